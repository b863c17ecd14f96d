/** The files of a git directory: packed refs, the index, configuration; read, changed, and read again. */

import { compareBytes } from '../../src/bytes/text.js';
import { At1Error } from '../../src/errors.js';
import { type ConfigEntry, makeConfig, parseConfig } from '../../src/git/config.js';
import {
  changeIndex,
  EMPTY_INDEX,
  type IndexChanges,
  nameOf,
  type ParsedIndex,
  parseIndex,
} from '../../src/git/index-format.js';
import { parsePackedRefs } from '../../src/git/packed-refs.js';
import { isOid, type Oid } from '../../src/git-format/oid.js';
import { isValidRefName } from '../../src/git-format/ref-name.js';
import { mustHold, type ParserTarget, violated } from '../target.js';
import { bytesOf, sameBytes, sha1, textOf } from './inputs.js';

const OID = '1'.repeat(40);
const OTHER = '89abcdef'.repeat(5);

export const PACKED_REFS_SEEDS: readonly Uint8Array[] = [
  `# pack-refs with: peeled fully-peeled sorted \n${OID} refs/heads/main\n${OTHER} refs/tags/model/a@v1.0.0\n^${OID}\n`,
  `${OID} refs/heads/a\n${OTHER} refs/remotes/origin/main\n`,
  `# note\n\n^${OID}\n${OID} bad name\n${OID}  refs/x\n`,
].map(bytesOf);
export const PACKED_REFS_TOKENS = [
  '\n',
  ' ',
  '^',
  '#',
  '# pack-refs with: peeled \n',
  OID,
  'refs/heads/',
  '\r\n',
  '\0',
  '..',
  '.lock',
  `^${OTHER}\n`,
];

export const CONFIG_SEEDS: readonly Uint8Array[] = [
  '[core]\n\trepositoryformatversion = 0\n\tbare = false\n[remote "origin"]\n\turl = https://example.org/a.git ; note\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n',
  '[user]\nname = "Ana \\"A\\" \\\\ x" # note\nemail=ana@example.org\nkey\n[a.B "c.D\\"e"] x = one \\\n two\n',
  '\ufeff[Section.Sub]\r\n  Key = a\\tb\\n"  "\r\n\r\n[x]y=z\n',
].map(bytesOf);
export const CONFIG_TOKENS = [
  '[',
  ']',
  '"',
  '\\',
  '\n',
  '\r\n',
  '\r',
  '=',
  ' = ',
  '#',
  ';',
  '\t',
  ' ',
  '\\\n',
  '\\"',
  '[a "b"]\n',
  '[a.b]\n',
  'key\n',
  '\0',
  '\ufeff',
  '\u00a0',
  '-',
  '.',
];

const NEW_PATH = 'model/a/1.0.0.toml';
const CHANGES: IndexChanges = new Map([
  [NEW_PATH, { oid: OTHER as Oid, executable: false, stat: undefined, skipWorktree: false }],
  ['b', null],
]);

export const INDEX_SEEDS: readonly Uint8Array[] = [
  withEntries(['a', 'b', 'model/a/1.0.0.toml', 'z/y']),
  withEntries([]),
  withEntries([`long/${'n'.repeat(70)}`]),
  withTree(),
  versionFour(),
];
export const INDEX_TOKENS = [
  'DIRC',
  'TREE',
  'REUC',
  'link',
  'sdir',
  'EOIE',
  Uint8Array.of(0, 0, 0, 4),
  Uint8Array.of(0, 0, 0, 3),
  Uint8Array.of(0x40, 0),
  '\0-1 1\n',
  '\x000 0\n',
];

export const GIT_FILE_TARGETS: readonly ParserTarget[] = [
  {
    kind: 'parser',
    name: 'packed-refs',
    about: 'packed-refs: only ids and names that are refs come out of it, and a line is a ref or a problem',
    files: ['git/packed-refs', 'git-format/ref-name'],
    seeds: () => PACKED_REFS_SEEDS,
    tokens: PACKED_REFS_TOKENS,
    run: (input) => {
      for (const [name, { oid, peeled }] of parsePackedRefs(textOf(input)).refs) {
        if (!isValidRefName(name) || !isOid(oid)) violated('what is no ref comes out');
        if (peeled !== undefined && peeled !== 'none' && !isOid(peeled)) violated('peeled to what is no id');
      }
    },
  },
  {
    kind: 'parser',
    name: 'git-index',
    about: 'the index: read, changed and read again the entries are those of before and the change, in order',
    files: ['git/index-format', 'git/index-cache-tree'],
    seeds: () => INDEX_SEEDS,
    tokens: INDEX_TOKENS,
    mend: mendIndex,
    run: indexCase,
  },
  {
    kind: 'parser',
    name: 'git-config',
    about: 'git configuration: entries with names that can be asked for; booleans are read or refused',
    files: ['git/config'],
    seeds: () => CONFIG_SEEDS,
    tokens: CONFIG_TOKENS,
    run: (input) => {
      const entries = parseConfig(textOf(input), 'test');
      const config = makeConfig(entries);
      for (const { name, value } of entries) checkEntry(config, name, value);
    },
  },
];

/** With the right checksum. */
export function mendIndex(input: Uint8Array): Uint8Array {
  if (input.length < 32) return input;
  const out = input.slice();
  out.set(sha1(out.subarray(0, -20)), out.length - 20);
  return out;
}

function checkEntry(config: ReturnType<typeof makeConfig>, name: string, value: ConfigEntry['value']): void {
  if (!config.all(name).includes(value ?? 'true')) violated('an entry that cannot be asked for');
  try {
    config.boolean(name);
  } catch (error) {
    if (!(error instanceof At1Error && error.code === 'git/unsupported')) throw error;
  }
}

function indexCase(input: Uint8Array): void {
  const index = parseIndex(input);
  const before = namesOf(index);
  const copied = mustHold('unchanged it cannot be written', () => parseIndex(changeIndex(index, new Map())));
  sameBytes(Buffer.concat(namesOf(copied)), Buffer.concat(before), 'unchanged it has other entries');
  // git refuses an index out of order, and so a search in it need not find what is there.
  if (before.some((name, i) => i > 0 && compareBytes(before[i - 1] as Uint8Array, name) >= 0)) return;
  const written = changeIndex(index, CHANGES);
  const after = namesOf(mustHold('what was written is refused', () => parseIndex(written))).map((name) =>
    Buffer.from(name).toString('latin1'),
  );
  const expected = new Set(
    before.map((name) => Buffer.from(name).toString('latin1')).filter((name) => name !== 'b'),
  ).add(NEW_PATH);
  const sorted = [...expected].sort((a, b) => (a < b ? -1 : 1));
  if (after.join('\0') !== sorted.join('\0')) violated('changed it has other entries than before and the change');
}

function namesOf(index: ParsedIndex): Uint8Array[] {
  return index.starts.slice(0, -1).map((_, i) => nameOf(index, i));
}

function withEntries(paths: readonly string[]): Uint8Array {
  const entry = { oid: OID as Oid, executable: false, stat: undefined, skipWorktree: false };
  return changeIndex(EMPTY_INDEX, new Map(paths.map((path, i) => [path, { ...entry, executable: i % 2 === 1 }])));
}

function withTree(): Uint8Array {
  const plain = withEntries(['a', 'model/b']);
  const nodes = Buffer.concat([
    Buffer.from('\x002 1\n'),
    Buffer.alloc(20, 1),
    Buffer.from('model\x001 0\n'),
    Buffer.alloc(20, 2),
  ]);
  const head = Buffer.alloc(8);
  head.write('TREE');
  head.writeUInt32BE(nodes.length, 4);
  return mendIndex(Uint8Array.from(Buffer.concat([plain.subarray(0, -20), head, nodes, plain.subarray(-20)])));
}

/** Two entries whose names share a beginning. */
function versionFour(): Uint8Array {
  const fixed = Buffer.alloc(62, 1);
  const entry = (name: string, strip: number, length: number): Buffer => {
    fixed.writeUInt16BE(length, 60);
    return Buffer.concat([fixed, Buffer.from([strip]), Buffer.from(`${name}\0`)]);
  };
  const header = Buffer.from('DIRC\0\0\0\x04\0\0\0\x02');
  return mendIndex(Uint8Array.from(Buffer.concat([header, entry('data/a', 0, 6), entry('b', 1, 6), Buffer.alloc(20)])));
}
