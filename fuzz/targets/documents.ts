/** TOML and the documents made of it: against the TOML package's own writer, and against our canonical one. */
import { parse as parseToml, stringify } from 'smol-toml';
import type { Digest } from '../../src/digest/digest.js';
import type { At1Error } from '../../src/errors.js';
import {
  readConfig,
  readEvent,
  readEvidence,
  readLayout,
  readManifest,
  readPolicy,
  writeConfig,
  writeEvent,
  writeEvidence,
  writeLayout,
  writeManifest,
  writePolicy,
} from '../../src/manifest/documents.js';
import { eventShape, evidenceShape, layoutShape, manifestShape } from '../../src/manifest/generated/order.js';
import type { FileEntry } from '../../src/manifest/generated/types.js';
import { parseRelPath, type RelPath } from '../../src/manifest/rel-path.js';
import { readToml } from '../../src/manifest/toml.js';
import { writeToml } from '../../src/manifest/toml-writer.js';
import { canonicalListing, treeDigest } from '../../src/manifest/tree-digest.js';
import { initialPolicy } from '../../src/registry/initial-policy.js';
import { parsePolicy, samePolicy } from '../../src/registry/policy.js';
import { mustHold, type ParserTarget, violated } from '../target.js';
import { bytesOf, same, sameBytes, sha256, textOf } from './inputs.js';

const A = 'a'.repeat(64);
const ID = '01KAQ4Z6W3T8YB0JV9N2M5X7CD';
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINd3+jRyhEMt0hDPPTdmq6JPlxP3ODWnaeeaHwOAlXPi';
const engines = { sha256 };

const FILE_MANIFEST = `#:schema urn:at1:schema:manifest:1\n\nregistry = "${ID}"\nkind = "model"\nname = "fraud"\nversion = "1.0.0"\ncreated = "2026-11-22T01:02:03Z"\ncontent = "sha256:${A}"\nform = "file"\nsize = 8\ndescription = "Finds\\tfraud."\n\n[metrics]\nauc = 0.91\nf1 = 1.0\n\n[card]\nformat = "markdown"\ntext = """\n# Fraud "x"\nC:\\\\y"""\n\n[[files]]\npath = "model.onnx"\nsize = 8\nsha256 = "${A}"\nblake3 = "${A}"\nsegments = [\n  { size = 5, sha256 = "${A}", object = "${A}", stored = 50 },\n  { size = 3, sha256 = "${A}", object = "${A}", stored = 40 },\n]\n`;
const LINEAGE_MANIFEST = FILE_MANIFEST.replace(
  '\n[card]',
  `\n[[lineage]]\nrelation = "trained-on"\nref = "data/t@1.0.0"\ncontent = "sha256:${A}"\nparameters = [\n  { name = "rows", value = "3" },\n]\n\n[[lineage]]\nrelation = "trained-on"\nuri = "s3://b/t"\n\n[card]`,
);
const TREE_MANIFEST = FILE_MANIFEST.replace('form = "file"', 'form = "tree"').replace(
  '\n[card]\nformat = "markdown"\ntext = """\n# Fraud "x"\nC:\\\\y"""\n',
  '',
);
const LAYOUT = `#:schema urn:at1:schema:layout:1\n\nsize = 3\nsegments = [\n  { size = 3, sha256 = "${A}", object = "${A}", stored = 40 },\n]\n`;
const CONFIG = `#:schema urn:at1:schema:registry:1\n\nformat = 1\nid = "${ID}"\nbranch = "main"\nstorage = "git"\n`;
const POLICY_MORE = `\n[[bars]]\nartifacts = ["model/*"]\nstage = "production"\nmetric = "auc >= 0.9"\n\n[[revoked]]\nkey = "x"\ncutoff = "${'1'.repeat(40)}"\n\n[gate]\nobjects = "decode"\n`;
const POLICY = initialPolicy({ registry: ID as never, principal: 'ana' as never, key: KEY });
const ANY_TOML = `title = "x" # note\nn = -1_000\nf = 1e3\nlist = [1, [2, 'a'], { b = true }]\n"quoted key" = '''\nmany\nlines'''\n[a.b]\nc.d = 0x1F\n[[t]]\nx = "\\u00e4\\t"\n[[t]]\n`;

const EVENT = `#:schema urn:at1:schema:event:1\n\nregistry = "${ID}"\nkind = "model"\nname = "fraud"\nlane = "staging"\nseq = 2\nprevious = "sha256:${A}"\naction = "promote"\nversion = "1.0.0"\nmanifest = "sha256:${A}"\ncontent = "sha256:${A}"\npolicy = "sha256:${A}"\nfrom = "development"\nexpires = "2027-01-01T00:00:00Z"\nactor = "ana"\nprinted = "Ana"\ncreated = "2026-11-22T01:02:03Z"\nmeaning = "approval"\nreason = "good"\n`;
const EVIDENCE = `#:schema urn:at1:schema:evidence:1\n\nregistry = "${ID}"\nid = "${ID}"\ncontent = "sha256:${A}"\npolicy = "sha256:${A}"\ntype = "eval"\nresult = "pass"\nsuite = "sha256:${A}"\nfiles = [\n  { path = "a.html", size = 3, sha256 = "${A}" },\n]\nactor = "ana"\nprinted = "Ana"\ncreated = "2026-11-22T01:02:03Z"\nmeaning = "review"\n\n[metrics]\nauc = 0.91\n`;
const EVENT_TOKENS = [
  'lane = "lifecycle"\n',
  'action = "yank"\n',
  'action = "alias"\n',
  'from = "x"\n',
  'seq = 1\n',
  'previous',
  'expires',
  'reason = ',
  'result = "fail"\n',
  'metrics',
  `"sha256:${A}"`,
];

const TOML_TOKENS = [
  '=',
  '[',
  ']',
  '[[',
  ']]',
  '{',
  '}',
  ',',
  '.',
  '"',
  "'",
  '"""',
  "'''",
  '\n',
  '\\',
  '\\u202e',
  '\\U000e0041',
  '#',
  ' = ',
  'true',
  '1.0',
  '0x1',
  '1979-05-27',
  'inf',
  '-nan',
  '__proto__',
  'constructor',
  '\u202e',
  '\r\n',
  'a = 1\n',
];
const FIELD_TOKENS = [
  'name',
  'version',
  'size',
  'form = "tree"',
  'content',
  '[[files]]\n',
  'path = "a"\n',
  'directories = ["d"]\n',
  'executable = true\n',
  '[metrics]\n',
  '[params]\n',
  'sha256',
  'lineage',
  `"${A}"`,
  'description = ',
  'threshold = 2\n',
  '[principals.bo]\n',
  'actions = ["register"]\n',
  'keys',
  'role = "owner"\n',
  'lineage = "complete"\n',
  '[[lineage]]\n',
  'relation = "derived-from"\n',
  'uri = "https://a:b@c"\n',
  'parameters',
];

export const DOCUMENT_TARGETS: readonly ParserTarget[] = [
  {
    kind: 'parser',
    name: 'toml',
    about: 'any TOML that our lint lets through: written by the TOML package and read again it is equal',
    files: ['manifest/toml', 'manifest/toml-place', 'manifest/hidden-text'],
    seeds: () => [ANY_TOML, FILE_MANIFEST, POLICY].map(bytesOf),
    tokens: TOML_TOKENS,
    run: (input) => {
      const { table, text } = readToml(input, {
        limit: 1 << 16,
        floats: true,
        multiLine: ['/description'],
        verbatim: ['/card/text'],
      });
      same(
        plain(table),
        plain(mustHold('the TOML package refuses it', () => parseToml(text))),
        'not what the TOML package reads',
      );
      const written = mustHold('it cannot be written', () => stringify(plain(table) as object));
      same(
        plain(mustHold('what was written is refused', () => parseToml(written))),
        plain(table),
        'written and read again it is another document',
      );
    },
  },
  {
    kind: 'parser',
    name: 'manifest',
    about: 'manifests: what is read is the one canonical text, and writing it gives the same bytes',
    files: [
      'manifest/documents',
      'manifest/check',
      'manifest/check-manifest',
      'manifest/lineage',
      'manifest/toml-writer',
    ],
    seeds: () => [FILE_MANIFEST, TREE_MANIFEST, LINEAGE_MANIFEST].map((text) => mendManifest(bytesOf(text))),
    tokens: [...TOML_TOKENS, ...FIELD_TOKENS],
    maxLength: 4096,
    mend: mendManifest,
    run: (input) => {
      const manifest = readManifest(input, engines);
      sameBytes(
        mustHold('it cannot be written', () => writeManifest(manifest, engines)),
        input,
        'written again it is another text',
      );
    },
  },
  {
    kind: 'parser',
    name: 'layout',
    about: 'layouts: what is read is the one canonical text, and writing it gives the same bytes',
    files: ['manifest/documents', 'manifest/check-manifest', 'manifest/toml-writer'],
    seeds: () => [bytesOf(LAYOUT)],
    tokens: [...TOML_TOKENS, 'segments', 'stored'],
    mend: (input) => mended(input, (table) => writeToml('urn:at1:schema:layout:1', layoutShape, table)),
    run: (input) => sameBytes(writeLayout(readLayout(input)), input, 'written again it is another text'),
  },
  {
    kind: 'parser',
    name: 'policy',
    about: 'policies: their form and their meaning; written in canonical form they mean the same',
    files: ['manifest/documents', 'registry/policy'],
    seeds: () => [POLICY, `${POLICY}${POLICY_MORE}`].map(bytesOf),
    tokens: [...TOML_TOKENS, ...FIELD_TOKENS],
    maxLength: 4096,
    run: (input) => {
      const { document } = readPolicy(input);
      const written = mustHold('it cannot be written', () => writePolicy(document));
      same(
        mustHold('its own text is refused', () => readPolicy(written)).document,
        document,
        'written and read again it is another policy',
      );
      const policy = parsePolicy(input);
      const again = mustHold('its own text has no meaning', () => parsePolicy(written));
      if (!samePolicy(again, policy)) violated('written again it means something else');
    },
  },
  {
    kind: 'parser',
    name: 'config',
    about: 'at1.toml: written in canonical form and read again it is equal',
    files: ['manifest/documents', 'manifest/registry-id'],
    seeds: () => [bytesOf(CONFIG)],
    tokens: [...TOML_TOKENS, 'format', 'storage = "lfs"\n', 'refs/', '@{', '.lock'],
    run: (input) => {
      const config = readConfig(input);
      const written = mustHold('it cannot be written', () => writeConfig(config));
      same(
        mustHold('its own text is refused', () => readConfig(written)),
        config,
        'written and read again it is another config',
      );
    },
  },
  {
    kind: 'parser',
    name: 'event',
    about: 'events: what is read is the one canonical text, and writing it gives the same bytes',
    files: ['manifest/documents', 'manifest/check-event', 'manifest/toml-writer'],
    seeds: () => [bytesOf(EVENT)],
    tokens: [...TOML_TOKENS, ...EVENT_TOKENS],
    mend: (input) => mended(input, (table) => writeToml('urn:at1:schema:event:1', eventShape, table)),
    run: (input) => sameBytes(writeEvent(readEvent(input)), input, 'written again it is another text'),
  },
  {
    kind: 'parser',
    name: 'evidence',
    about: 'evidence: what is read is the one canonical text, and writing it gives the same bytes',
    files: ['manifest/documents', 'manifest/check-event', 'manifest/toml-writer'],
    seeds: () => [bytesOf(EVIDENCE)],
    tokens: [...TOML_TOKENS, ...EVENT_TOKENS],
    mend: (input) => mended(input, (table) => writeToml('urn:at1:schema:evidence:1', evidenceShape, table)),
    run: (input) => sameBytes(writeEvidence(readEvidence(input)), input, 'written again it is another text'),
  },
  {
    kind: 'parser',
    name: 'tree-digest',
    about: 'listings of trees: read back by a second reader they are the same files, so no two trees share one',
    files: ['manifest/tree-digest'],
    seeds: () => [bytesOf('a\nb/c\n!run.sh\n=empty'), bytesOf('executable  x\n directory  y\n=d/e')],
    tokens: ['\n', '!', '=', '  ', 'executable  ', 'directory  ', '/', A],
    run: listingCase,
  },
];

/** Without the null prototypes and with numbers as one kind. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

type Table = Record<string, unknown>;

/** The canonical text of whatever the input says, where it says anything. */
function mended(input: Uint8Array, write: (table: Table) => string): Uint8Array {
  try {
    return bytesOf(
      write(
        readToml(input, {
          limit: 1 << 16,
          floats: true,
          multiLine: ['/description', '/purpose'],
          verbatim: ['/card/text'],
        }).table as Table,
      ),
    );
  } catch {
    // Nothing to be made of it: then it is tried as it is.
    return input;
  }
}

/** With sums and the content digest made right. */
function mendManifest(input: Uint8Array): Uint8Array {
  return mended(input, (table) => {
    const files = table.files as FileEntry[];
    const directories = (table.directories ?? []) as RelPath[];
    table.size = files.reduce((sum, { size }) => sum + size, 0);
    table.content = `sha256:${table.form === 'tree' ? treeDigest(files, directories, engines) : files[0]?.sha256}`;
    return writeToml('urn:at1:schema:manifest:1', manifestShape, table);
  });
}

/** One path a line; `!` in front: executable, `=`: an empty directory. */
function listingCase(input: Uint8Array): void {
  const lines = textOf(input).split('\n').slice(0, 50);
  const files = new Map<string, { path: RelPath; sha256: Digest; executable: boolean }>();
  const directories = new Set<RelPath>();
  let refused: At1Error | undefined;
  for (const [i, line] of lines.entries()) {
    try {
      const path = parseRelPath(line.replace(/^[!=]/, ''));
      const digest = Buffer.from(sha256(Uint8Array.of(i))).toString('hex') as Digest;
      if (line.startsWith('=')) directories.add(path);
      else files.set(path, { path, sha256: digest, executable: line.startsWith('!') });
    } catch (error) {
      refused = error as At1Error;
    }
  }
  if (refused !== undefined && files.size + directories.size === 0) throw refused;
  const listing = canonicalListing(files.values(), directories);
  const found = new Map<string, { path: string; sha256: string; executable: boolean }>();
  const folders: string[] = [];
  for (const line of listing.split('\n').slice(0, -1)) {
    const match = /^([0-9a-f]{64}|executable|directory) {2}(.+)$/.exec(line);
    const [, word = '', path = ''] = match ?? [];
    if (word === 'directory') folders.push(path);
    else if (word === 'executable') found.set(path, { path, sha256: found.get(path)?.sha256 ?? '', executable: true });
    else if (word !== '' && !found.has(path)) found.set(path, { path, sha256: word, executable: false });
    else violated('a line of the listing has no meaning');
  }
  const byPath = <T extends { path: string }>(list: Iterable<T>): T[] =>
    [...list].sort((a, b) => (a.path < b.path ? -1 : 1));
  same(byPath(found.values()), byPath(files.values()), 'a listing is read as other files');
  same(folders.sort(), [...directories].sort(), 'a listing is read as other directories');
}
