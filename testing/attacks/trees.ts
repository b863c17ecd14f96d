/** Git trees that hold links, submodules, names twice or without end where the registry has its files. */
import { utf8 } from '../../src/bytes/text.js';
import type { Oid } from '../../src/git-format/oid.js';
import { type Attack, defineAttack, type Refusal, refuses } from '../attack.js';
import type { Forge, NewFile } from '../forge.js';

const M = 'model/m@1.0.0';
const GET = ['get', M, '-o', '../out'];
const VERIFY = ['verify'];

interface Entry {
  readonly mode: string;
  readonly name: string;
  readonly oid: Oid;
}

function entriesOf(forge: Forge, tree: string): Entry[] {
  const lines = forge.git('ls-tree', '-z', tree).split('\0').filter(Boolean);
  return lines.map((line) => {
    const [facts = '', name = ''] = line.split('\t');
    const [mode = '', , oid = ''] = facts.split(' ');
    return { mode: mode.replace(/^0/, ''), name, oid: oid as Oid };
  });
}

/** Entries of the top tree, as they are given. */
function topTree(
  id: string,
  title: string,
  refused: readonly Refusal[],
  edit: (entries: Entry[], forge: Forge) => readonly Entry[],
  checkout = false,
): Attack {
  return defineAttack({
    id: `tree/${id}`,
    row: 53,
    title,
    attacker: 'contributor',
    refused,
    forge: async (forge) => {
      const tree = forge.objects.rawTree(edit(entriesOf(forge, 'HEAD^{tree}'), forge));
      await forge.commit({}, { tree, checkout });
    },
  });
}

/** One path becomes something else. */
function placed(
  id: string,
  title: string,
  path: (forge: Forge) => string,
  file: (forge: Forge) => NewFile,
  refused: readonly Refusal[],
): Attack {
  return defineAttack({
    id: `tree/${id}`,
    row: 53,
    title,
    attacker: 'contributor',
    refused,
    forge: async (forge) => {
      await forge.commit({ [path(forge)]: file(forge) });
    },
  });
}

const link = (target: string) => (forge: Forge) => ({
  mode: '120000' as const,
  oid: forge.objects.put('blob', utf8(target)),
});
const gitlink = (forge: Forge) => ({ mode: '160000' as const, oid: forge.head() });
const replaced =
  (name: string, make: (forge: Forge) => { readonly mode: string; readonly oid: Oid }) =>
  (entries: Entry[], forge: Forge) =>
    entries.map((entry) => (entry.name === name ? { name, ...make(forge) } : entry));
const manifest = (forge: Forge) => forge.manifestPath(M);
const signature = (forge: Forge) => forge.manifestPath(M).replace('.toml', '.sig/ana.sig');

// A link in the working tree differs from what a manifest must be, which weighs more than history.
const FROZEN = [refuses(VERIFY, 'history/manifest-changed', 20), refuses(GET, 'history/manifest-changed', 24)];
const INVALID = [refuses(VERIFY, 'git/invalid-object', 20)];

/** A tree of ten entries that are each the same tree, ten deep: ten thousand million files in eleven objects. */
function bombTree(forge: Forge): Oid {
  let tree = forge.objects.rawTree([{ mode: '100644', name: '1.0.0.toml', oid: forge.objects.put('blob', utf8('x')) }]);
  for (let depth = 0; depth < 10; depth++) {
    const level = tree;
    tree = forge.objects.rawTree(Array.from({ length: 10 }, (_, i) => ({ mode: '40000', name: `a${i}`, oid: level })));
  }
  return tree;
}

/** Folders in folders, deeper than any name. */
function deepTree(forge: Forge): Oid {
  let tree = forge.objects.rawTree([{ mode: '100644', name: '1.0.0.toml', oid: forge.objects.put('blob', utf8('x')) }]);
  for (let depth = 0; depth < 5000; depth++) tree = forge.objects.rawTree([{ mode: '40000', name: 'a', oid: tree }]);
  return tree;
}

export const trees: readonly Attack[] = [
  placed(
    'manifest-link',
    'a symbolic link instead of a landed manifest',
    manifest,
    link('../../../etc/passwd'),
    FROZEN,
  ),
  placed('manifest-gitlink', 'a submodule instead of a landed manifest', manifest, gitlink, FROZEN),
  placed('signature-link', 'a symbolic link instead of a signature', signature, link('bo.sig'), [
    refuses(VERIFY, 'history/signature-changed', 20),
    refuses(GET, 'history/signature-changed', 24),
  ]),
  placed(
    'new-manifest-link',
    'a symbolic link to a signed manifest, under another version',
    () => 'model/m/3.0.0.toml',
    link('1.0.0.toml'),
    [
      refuses(VERIFY, 'manifest/wrong-place', 20),
      refuses(['get', 'model/m@3.0.0', '-o', '../out'], 'artifact/not-found', 12),
    ],
  ),
  placed('config-link', 'a symbolic link instead of at1.toml', () => 'at1.toml', link('other.toml'), [
    refuses(VERIFY, 'registry/not-found', 10),
  ]),
  placed(
    'config-gone',
    'no at1.toml any more',
    () => 'at1.toml',
    () => null,
    [refuses(VERIFY, 'registry/not-found', 10)],
  ),
  placed(
    'policy-link',
    'a symbolic link instead of the policy',
    () => '.at1/policy/policy.toml',
    link('../../model/m'),
    [refuses(VERIFY, 'policy/invalid', 20)],
  ),
  placed(
    'allowed-signers-link',
    'a symbolic link instead of what stock git believes',
    () => '.at1/allowed_signers',
    link('../mine'),
    [refuses(VERIFY, 'policy/allowed-signers', 20)],
  ),
  topTree(
    'kind-link',
    'a symbolic link instead of the folder of models',
    FROZEN.map(gone),
    replaced('model', link('data')),
    true,
  ),
  topTree(
    'kind-gitlink',
    'a submodule instead of the folder of models',
    FROZEN.map(gone),
    replaced('model', gitlink),
    true,
  ),
  topTree(
    'objects-link',
    'a symbolic link instead of the folder of objects',
    [refuses(GET, 'object/damaged-copy', 20)],
    replaced('objects', link('../files')),
    true,
  ),
  topTree(
    'at1-link',
    'a symbolic link instead of .at1',
    [refuses(VERIFY, 'history/policy-removed', 20)],
    replaced('.at1', link('data')),
    true,
  ),
  topTree('twice', 'the folder of models twice, of which each reader takes its own', INVALID, (entries) =>
    entries.flatMap((entry) => (entry.name === 'model' ? [entry, entry] : [entry])),
  ),
  topTree('unsorted', 'a tree in another order, where a search finds nothing', INVALID, (entries) =>
    entries.toReversed(),
  ),
  topTree('dot-dot', 'a folder called ..', INVALID, (entries) => [
    { ...(entries[0] as Entry), name: '..' },
    ...entries,
  ]),
  topTree('dot', 'a folder called .', INVALID, (entries) => [{ ...(entries[0] as Entry), name: '.' }, ...entries]),
  topTree('slash', 'a name with a slash', INVALID, (entries) => [
    { ...(entries.at(-1) as Entry), name: 'a/b' },
    ...entries,
  ]),
  topTree('empty-name', 'an entry without a name', INVALID, (entries) => [
    { ...(entries.at(-1) as Entry), name: '' },
    ...entries,
  ]),
  topTree('mode', 'a mode that git does not have', INVALID, (entries) =>
    entries.map((entry) => (entry.name === 'model' ? { ...entry, mode: '777' } : entry)),
  ),
  topTree('blob-as-tree', 'a file that says it is the folder of models', INVALID, (entries, forge) =>
    replaced('model', () => ({ mode: '40000', oid: forge.objects.put('blob', utf8('no tree')) }))(entries, forge),
  ),
  topTree('tree-as-blob', 'a folder that says it is at1.toml', INVALID, (entries, forge) =>
    replaced('at1.toml', () => ({ mode: '100644', oid: forge.objects.rawTree([]) }))(entries, forge),
  ),
  topTree(
    'bomb',
    'ten thousand million files in eleven objects',
    [refuses(VERIFY, 'document/too-large', 23)],
    (entries, forge) => replaced('model', () => ({ mode: '40000', oid: bombTree(forge) }))(entries, forge),
  ),
  topTree(
    'deep',
    'five thousand folders in each other',
    [refuses(VERIFY, 'document/too-large', 23)],
    (entries, forge) => replaced('model', () => ({ mode: '40000', oid: deepTree(forge) }))(entries, forge),
  ),
];

function gone({ command, exit }: Refusal): Refusal {
  return refuses(command, 'history/manifest-removed', exit);
}
