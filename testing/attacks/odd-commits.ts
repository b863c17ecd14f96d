/**
 * Commits that two programs could read differently: headers twice, in the wrong place, folded, cut. Each brings a properly
 * signed version, which would be there if the commit were believed.
 */
import { utf8 } from '../../src/bytes/text.js';
import { type Attack, defineAttack, refuses } from '../attack.js';
import type { Forge } from '../forge.js';
import { newVersion } from '../new-version.js';

const NEW = 'model/m@9.0.0';

interface Parts {
  readonly tree: string;
  readonly parent: string;
  readonly person: string;
  readonly armor: string;
}

/** What each attack writes; a good commit but for one thing. */
const TEXTS: Readonly<Record<string, readonly [title: string, write: (parts: Parts) => string | Uint8Array]>> = {
  'two-trees': [
    'two trees',
    ({ tree, parent, person }) =>
      `tree ${tree}\ntree ${tree}\nparent ${parent}\nauthor ${person}\ncommitter ${person}\n\nx\n`,
  ],
  'two-authors': [
    'two authors',
    ({ tree, parent, person }) =>
      `tree ${tree}\nparent ${parent}\nauthor ${person}\nauthor ${person}\ncommitter ${person}\n\nx\n`,
  ],
  'two-committers': [
    'two committers',
    ({ tree, parent, person }) =>
      `tree ${tree}\nparent ${parent}\nauthor ${person}\ncommitter ${person}\ncommitter ${person}\n\nx\n`,
  ],
  'two-signatures': [
    'two signatures, of which each reader may choose one',
    ({ tree, parent, person, armor }) =>
      `tree ${tree}\nparent ${parent}\nauthor ${person}\ncommitter ${person}\ngpgsig ${armor}\ngpgsig ${armor}\n\nx\n`,
  ],
  'two-encodings': [
    'two encodings',
    ({ tree, parent, person }) =>
      `tree ${tree}\nparent ${parent}\nauthor ${person}\ncommitter ${person}\nencoding a\nencoding b\n\nx\n`,
  ],
  'late-parent': [
    'a parent after the committer',
    ({ tree, parent, person }) =>
      `tree ${tree}\nparent ${parent}\nauthor ${person}\ncommitter ${person}\nparent ${parent}\n\nx\n`,
  ],
  'no-author': [
    'no author',
    ({ tree, parent, person }) => `tree ${tree}\nparent ${parent}\ncommitter ${person}\n\nx\n`,
  ],
  'folded-author': [
    'an author of two lines',
    ({ tree, parent, person }) =>
      `tree ${tree}\nparent ${parent}\nauthor ${person}\n ${person}\ncommitter ${person}\n\nx\n`,
  ],
  'folded-tree': [
    'a tree with a second line',
    ({ tree, parent, person }) =>
      `tree ${tree}\n ${tree}\nparent ${parent}\nauthor ${person}\ncommitter ${person}\n\nx\n`,
  ],
  'nul-in-header': [
    'a NUL in a header, at which git stops reading',
    ({ tree, parent, person }) => `tree ${tree}\nparent ${parent}\nauthor A\0 ${person}\ncommitter ${person}\n\nx\n`,
  ],
  'header-without-end': [
    'a last header without a line feed',
    ({ tree, parent, person }) => `tree ${tree}\nparent ${parent}\nauthor ${person}\ncommitter ${person}`,
  ],
  'cut-in-a-header': ['nothing after the parent', ({ tree, parent }) => `tree ${tree}\nparent ${parent}\nauth`],
};

function oddCommit([id, [title, write]]: readonly [string, (typeof TEXTS)[string]]): Attack {
  return defineAttack({
    id: `odd-commit/${id}`,
    row: 36,
    title: `a commit with ${title}`,
    attacker: 'contributor',
    refused: [
      refuses(['verify'], 'git/invalid-object', 20),
      refuses(['get', NEW, '-o', '../out'], 'artifact/not-found', 12),
    ],
    forge: async (forge) => {
      const parts = await partsOf(forge);
      const text = write(parts);
      forge.setRef('refs/heads/main', forge.objects.put('commit', typeof text === 'string' ? utf8(text) : text));
    },
  });
}

async function partsOf(forge: Forge): Promise<Parts> {
  const parent = forge.head();
  const good = await forge.commit(await newVersion(forge, NEW), { key: forge.keys.ana, ref: null });
  const lines = forge.git('cat-file', 'commit', good).split('\n');
  const value = (key: string) => lines.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1) ?? '';
  const armor = await forge.sign(forge.keys.ana, 'git', utf8('x'));
  return { tree: value('tree'), parent, person: value('author'), armor: armor.trimEnd().replaceAll('\n', '\n ') };
}

/** What cannot even be walked through. */
function noCommit(id: string, title: string, write: (parts: Parts, forge: Forge) => string): Attack {
  return defineAttack({
    id: `odd-commit/${id}`,
    row: 36,
    title,
    attacker: 'forge',
    refused: [refuses(['verify'], 'git/invalid-object', 20), refuses(['list'], 'git/invalid-object', 20)],
    forge: async (forge) => {
      const text = write(await partsOf(forge), forge);
      forge.setRef('refs/heads/main', forge.objects.put('commit', utf8(text)));
    },
  });
}

export const oddCommits: readonly Attack[] = [
  ...Object.entries(TEXTS).map(oddCommit),
  noCommit('empty', 'a commit of no bytes', () => ''),
  noCommit(
    'capital-tree',
    'a tree in capital digits',
    ({ tree, parent, person }) =>
      `tree ${tree.toUpperCase()}\nparent ${parent}\nauthor ${person}\ncommitter ${person}\n\nx\n`,
  ),
  noCommit(
    'tree-is-a-commit',
    'a commit where the tree should be',
    ({ parent, person }) => `tree ${parent}\nparent ${parent}\nauthor ${person}\ncommitter ${person}\n\nx\n`,
  ),
  noCommit(
    'parent-is-a-tree',
    'a tree where the parent should be',
    ({ tree, person }) => `tree ${tree}\nparent ${tree}\nauthor ${person}\ncommitter ${person}\n\nx\n`,
  ),
  defineAttack({
    id: 'odd-commit/parent-missing',
    row: 36,
    title: 'a parent that is nowhere',
    attacker: 'forge',
    refused: [refuses(['verify'], 'git/object-missing', 32), refuses(['list'], 'git/object-missing', 32)],
    forge: async (forge) => {
      const { tree, person } = await partsOf(forge);
      const text = `tree ${tree}\nparent ${'0'.repeat(39)}1\nauthor ${person}\ncommitter ${person}\n\nx\n`;
      forge.setRef('refs/heads/main', forge.objects.put('commit', utf8(text)));
    },
  }),
  defineAttack({
    id: 'odd-commit/huge',
    row: 36,
    title: 'a commit of 65 MiB',
    attacker: 'contributor',
    refused: [refuses(['verify'], 'git/object-too-large', 16)],
    forge: async (forge) => {
      const { tree, parent, person } = await partsOf(forge);
      const text = `tree ${tree}\nparent ${parent}\nauthor ${person}\ncommitter ${person}\n\n`;
      forge.setRef('refs/heads/main', forge.objects.put('commit', utf8(text.padEnd(65 * 1024 * 1024, 'x'))));
    },
  }),
];
