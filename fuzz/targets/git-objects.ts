/** Commits, tags and trees: what is signed and where it stands, read once more line by line. */
import { formatCommit, parseCommit, parseLinks, signCommit } from '../../src/git-format/commit.js';
import { isValidBranchName, isValidRefName } from '../../src/git-format/ref-name.js';
import { parseTag, signTag } from '../../src/git-format/tag.js';
import { formatTree, parseTree } from '../../src/git-format/tree.js';
import { mustHold, type ParserTarget, violated } from '../target.js';
import { bytesOf, same, sameBytes, textOf } from './inputs.js';

const OID = '1'.repeat(40);
const OTHER = '89abcdef'.repeat(5);
const PERSON = 'Ana Example <ana@example.org> 1750000000 +0100';
export const ARMOR = '-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n';
const HEAD = `tree ${OID}\nparent ${OTHER}\nauthor ${PERSON}\ncommitter ${PERSON}\n`;
const PLAIN = bytesOf(`${HEAD}\nsubject\n\nbody\n`);

export const COMMIT_SEEDS: readonly Uint8Array[] = [
  PLAIN,
  bytesOf(`tree ${OID}\nauthor ${PERSON}\ncommitter ${PERSON}\n\nroot\n`),
  signCommit(PLAIN, ARMOR),
  bytesOf(`${HEAD}encoding ISO-8859-1\nx-more one\n two\n\nsubject\n`),
  bytesOf(
    `tree ${OID}\nparent ${OID}\nparent ${OTHER}\nauthor <> 0 +0000\ncommitter A <a> 1 -0330\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\nmergetag object ${OID}\n type commit\n\nmerge`,
  ),
];
export const COMMIT_TOKENS = [
  '\n',
  ' ',
  '\n ',
  'tree ',
  'parent ',
  'author ',
  'committer ',
  'gpgsig ',
  'gpgsig-sha256 ',
  'encoding ',
  'mergetag ',
  '<',
  '>',
  '\0',
  OID,
  `parent ${OTHER}\n`,
  `gpgsig ${ARMOR.trim().replaceAll('\n', '\n ')}\n`,
  ' -0000',
  '99999999999999999999',
];
const TAG = bytesOf(`object ${OID}\ntype commit\ntag model/a@v1.0.0\ntagger ${PERSON}\n\nmodel/a 1.0.0\n`);
export const TAG_SEEDS: readonly Uint8Array[] = [
  TAG,
  signTag(TAG, ARMOR),
  bytesOf(`object ${OID}\ntype tree\ntag x\n\n`),
  bytesOf(
    `object ${OID}\ntype tag\ntag x\ntagger ${PERSON}\ngpgsig ${ARMOR.trim().replaceAll('\n', '\n ')}\n\nm\n-----BEGIN PGP MESSAGE-----\n`,
  ),
];
export const TAG_TOKENS = [
  '\n',
  ' ',
  'object ',
  'type ',
  'tag ',
  'tagger ',
  'commit',
  'blob',
  ARMOR,
  '-----BEGIN PGP SIGNATURE-----',
  '-----BEGIN SIGNED MESSAGE-----',
  'gpgsig ',
  '\0',
  OID,
];

export const TREE_SEEDS: readonly Uint8Array[] = [
  tree(['100644', 'a'], ['40000', 'b'], ['100755', 'c.sh'], ['120000', 'link'], ['160000', 'sub']),
  tree(['100644', 'a.b'], ['40000', 'a'], ['100644', 'a0']),
  tree(['040000', 'old'], ['100664', 'x']),
  tree(['100644', '\xff\xfe']),
];
export const TREE_TOKENS = [
  '100644 ',
  '40000 ',
  '100755 ',
  '120000 ',
  '160000 ',
  '040000 ',
  '100664 ',
  '\0',
  '/',
  '.',
  '..',
  '.git',
  new Uint8Array(20).fill(7),
  Uint8Array.of(0xff),
];

export const GIT_OBJECT_TARGETS: readonly ParserTarget[] = [
  {
    kind: 'parser',
    name: 'git-commit',
    about: 'commits: parts, signature and what it is about, cut out once more by lines',
    files: ['git-format/commit', 'git-format/headers', 'git-format/person', 'git-format/signature-block'],
    seeds: () => COMMIT_SEEDS,
    tokens: COMMIT_TOKENS,
    run: commitCase,
  },
  {
    kind: 'parser',
    name: 'git-tag',
    about: 'tags: payload and signature are the whole object, and the signature begins where git finds it',
    files: ['git-format/tag', 'git-format/headers', 'git-format/signature-block'],
    seeds: () => TAG_SEEDS,
    tokens: TAG_TOKENS,
    run: tagCase,
  },
  {
    kind: 'parser',
    name: 'git-tree',
    about: 'trees: written again they are the same bytes, whatever bytes the names have',
    files: ['git-format/tree'],
    seeds: () => TREE_SEEDS,
    tokens: TREE_TOKENS,
    run: (input) => {
      const entries = parseTree(input);
      sameBytes(
        mustHold('it cannot be written', () => formatTree(entries)),
        input,
        'written again it is another tree',
      );
    },
  },
  {
    kind: 'parser',
    name: 'ref-name',
    about: 'names of refs and branches: what passes is a path that stays below its folder',
    files: ['git-format/ref-name'],
    seeds: () => ['refs/heads/main', 'refs/tags/model/a@v1.0.0', 'a/b', 'refs/x.lock/y'].map(bytesOf),
    tokens: ['/', '.', '..', '@{', '@', '.lock', '~', '^', ':', '?', '*', '[', '\\', ' ', '\x7f', '-', 'HEAD', 'refs/'],
    maxLength: 300,
    run: (input) => {
      const text = textOf(input);
      const safe = text
        .split('/')
        .every((part) => part !== '' && part !== '.' && part !== '..' && !part.endsWith('.lock'));
      if (isValidRefName(text) && (!safe || /[\0-\x20\x7f\\]/.test(text))) violated('a ref leaves its folder');
      if (isValidBranchName(text) && !isValidRefName(`refs/heads/${text}`)) violated('a branch is no ref');
    },
  },
];

function tree(...entries: readonly (readonly [mode: string, name: string])[]): Uint8Array {
  return Uint8Array.from(
    Buffer.concat(
      entries.map(([mode, name], i) =>
        Buffer.concat([Buffer.from(`${mode} ${name}\0`, 'latin1'), Buffer.alloc(20, i + 1)]),
      ),
    ),
  );
}

function commitCase(input: Uint8Array): void {
  const commit = parseCommit(input);
  const text = Buffer.from(input).toString('latin1');
  const end = text.startsWith('\n') ? 0 : text.indexOf('\n\n') + 1;
  const head = end === 0 ? text : text.slice(0, end);
  // A header with the lines that continue it.
  const headers = head.match(/[^\n]*\n(?: [^\n]*\n)*/g) ?? [];
  const signatures = headers.filter((header) => header.startsWith('gpgsig'));
  const unsigned =
    headers.filter((header) => !/^gpgsig[^ \n]*(?: |\n)/.test(header)).join('') + text.slice(head.length);
  if (Buffer.from(commit.payload).toString('latin1') !== unsigned)
    violated('what is signed is not the object without its signatures');
  const signature = signatures.find((header) => header.startsWith('gpgsig ') || header.startsWith('gpgsig\n'));
  const armor = signature?.replace(/^gpgsig ?/, '').replaceAll('\n ', '\n');
  same(commit.signature?.armor, armor, 'another signature');
  const links = mustHold('a walk refuses it', () => parseLinks(input));
  same(links, { tree: commit.tree, parents: commit.parents }, 'a walk sees other parents');
  same(
    [commit.tree, ...commit.parents],
    headers.filter((line) => /^(?:tree|parent) /.test(line)).map((line) => line.trim().split(' ')[1]),
    'other links',
  );
  if (/[<>\n\0]/.test(commit.author.name + commit.author.email + commit.committer.name + commit.committer.email))
    return;
  if (commit.message.includes('\0')) return;
  const again = mustHold('it cannot be written', () => parseCommit(formatCommit(commit)));
  same(
    { ...again, payload: 0, signature: 0 },
    { ...commit, payload: 0, signature: 0 },
    'written and read again it is another commit',
  );
}

function tagCase(input: Uint8Array): void {
  const tag = parseTag(input);
  const text = Buffer.from(input).toString('latin1');
  const starts = [
    ...text.matchAll(/(?<=^|\n)-----BEGIN (?:SSH SIGNATURE|PGP SIGNATURE|PGP MESSAGE|SIGNED MESSAGE)-----/g),
  ];
  const start = starts.at(-1)?.index;
  if ((start === undefined) !== (tag.signature === undefined)) violated('a signature is not where git finds it');
  const whole = start === undefined ? text : text.slice(0, start);
  const payload = Buffer.from(tag.payload).toString('latin1');
  if (!whole.includes('\ngpgsig') && payload !== whole)
    violated('what is signed is not what stands before the signature');
  if (payload.length > whole.length || !payload.startsWith('object ')) violated('what is signed is not of this tag');
  if (tag.object !== text.slice(7, 47)) violated('another object');
}
