/** Files that this program writes for itself, as somebody else may have left them; and the words it puts into commits. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { catalogPath, loadCatalog, saveCatalog } from '../../src/catalog/catalog-file.js';
import { formatCatalog } from '../../src/catalog/catalog-format.js';
import { formatSegmentIndex, parseSegmentIndex } from '../../src/catalog/segment-index.js';
import { formatCommit, parseCommit } from '../../src/git-format/commit.js';
import type { Oid } from '../../src/git-format/oid.js';
import { registerMessage } from '../../src/history/message.js';
import type { RegistryState } from '../../src/history/registry-state.js';
import { parseRegistryId } from '../../src/manifest/registry-id.js';
import { matchesPattern } from '../../src/registry/pattern.js';
import { memoryPath, readMemory, writeMemory } from '../../src/store/state-memory.js';
import { mustHold, mustHoldLater, type ParserTarget, violated } from '../target.js';
import { folder } from './folder.js';
import { bytesOf, same, sha256, textOf } from './inputs.js';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const HEAD = '1'.repeat(40) as Oid;
const ID = parseRegistryId('01KAQ4Z6W3T8YB0JV9N2M5X7CD');
const STATE = {
  head: HEAD,
  registry: ID,
  branch: 'main',
  root: { commit: HEAD, policy: A, complete: true },
  policy: { blob: HEAD, digest: A, version: 1 },
  policies: [{ blob: HEAD, digest: A, version: 1 }],
  revoked: [],
  formerTags: [],
  refusals: [],
  stages: null,
  versions: new Map(),
  events: new Map(),
  evidence: new Map(),
  tagClocks: new Map([['model/m', { time: 1, number: 2 }]]),
  orders: 3,
  findings: [],
} as unknown as RegistryState;
const MEMORY = {
  version: 1,
  registry: ID,
  root: A,
  trust: 'pinned',
  branches: [{ ref: 'refs/remotes/origin/main', commit: HEAD, policyVersion: 2 }],
  policies: [A, B],
};

export const STATE_TARGETS: readonly ParserTarget[] = [
  {
    kind: 'parser',
    name: 'catalog',
    about:
      'the catalog and the list of digests it is believed by: what was written here is read, all else is no catalog',
    files: ['catalog/catalog-file', 'catalog/catalog-format'],
    oneIn: 4,
    seeds: async () => {
      const catalog = formatCatalog(STATE);
      const seal = `${HEAD} ${Buffer.from(sha256(catalog)).toString('hex')}\n`;
      return [Buffer.concat([Uint8Array.of(0), bytesOf(seal)]), Buffer.concat([Uint8Array.of(1), catalog])].map(
        (part) => Uint8Array.from(part),
      );
    },
    tokens: ['\n', ' ', HEAD, A, '{', '}', '"', 'null', '__proto__'],
    run: catalogCase,
  },
  {
    kind: 'parser',
    name: 'segment-index',
    about: 'the index of segments: damaged it is no index and never an error; written and read again it is equal',
    files: ['catalog/segment-index'],
    seeds: () => [
      formatSegmentIndex({
        head: HEAD,
        versions: 2,
        places: new Map([[A, { object: B, size: 5, stored: 7 }]]) as never,
      }),
      formatSegmentIndex({ head: HEAD, versions: 0, places: new Map() }),
    ],
    tokens: ['at1-segments 2 ', ' ', '\n', HEAD, A, '-1', '1e3', '0x10', '', '\u00a0'],
    run: (input) => {
      const index = mustHold('damage is an error', () => parseSegmentIndex(input));
      if (index === undefined) return;
      const numbers = [index.versions, ...[...index.places.values()].flatMap(({ size, stored }) => [size, stored])];
      if (numbers.some((number) => !Number.isSafeInteger(number) || number < 0)) violated('a number that is no count');
      same(parseSegmentIndex(formatSegmentIndex(index)), index, 'written and read again it is another index');
    },
  },
  {
    kind: 'parser',
    name: 'state-memory',
    about: 'what this machine remembers of a registry: damaged it is called so; written and read again it is equal',
    files: ['store/state-memory'],
    oneIn: 4,
    seeds: () => [
      bytesOf(`${JSON.stringify(MEMORY, undefined, 2)}\n`),
      bytesOf(JSON.stringify({ ...MEMORY, policies: undefined, branches: [] })),
    ],
    tokens: ['{', '}', '[', ']', ',', ':', '"ref"', '"__proto__"', '"version"', 'null', '1e2', '-0', A, HEAD],
    run: memoryCase,
  },
  {
    kind: 'parser',
    name: 'commit-message',
    about:
      'messages of registrations: whatever the note, the lines of the version come last, and the commit keeps them',
    files: ['history/message'],
    seeds: () => ['first version', '', 'a\n\nContent: x\nManifest: y', 'x\r\n\u2028'].map(bytesOf),
    tokens: ['\n', '\n\n', 'Content: ', 'Manifest: ', 'Registers: ', '\0', '\r', `sha256:${B}`, ' '],
    run: messageCase,
  },
  {
    kind: 'parser',
    name: 'pattern',
    about: 'patterns of rules, against a regular expression made of them',
    files: ['registry/pattern'],
    seeds: () =>
      ['model/fraud-*\nmodel/fraud-v2', 'data/**\ndata/a/b', '**/x\na/b/x', '*\na:b', 'a*b*c\naxbyc'].map(bytesOf),
    tokens: ['*', '**', '/', '\n', ':', 'model/'],
    maxLength: 48,
    run: patternCase,
  },
];

let saved: Promise<readonly [seals: Uint8Array, catalog: Uint8Array]> | undefined;

/** First byte 0: the rest is the list of digests, otherwise the catalog; the other file is as it was written. */
async function catalogCase(input: Uint8Array): Promise<void> {
  const place = { root: folder('catalog'), stateDir: folder('catalog-state'), registry: ID, prefix: '', sha256 };
  const [sealsPath, path] = [join(place.stateDir, 'catalogs', `${ID}.txt`), catalogPath(place.root)];
  saved ??= saveCatalog(place, STATE).then(() => [readFileSync(sealsPath), readFileSync(path)] as const);
  const [seals, catalog] = await saved;
  writeFileSync(sealsPath, input[0] === 0 ? input.subarray(1) : seals);
  writeFileSync(path, input[0] === 0 ? catalog : input.subarray(1));
  const loaded = await mustHoldLater('damage is an error', () => loadCatalog(place));
  if (loaded !== undefined) same(loaded, STATE, 'another catalog than was written is believed');
}

async function memoryCase(input: Uint8Array): Promise<void> {
  const stateDir = folder('memory');
  const path = memoryPath(stateDir, ID);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, input);
  const read = await readMemory(stateDir, ID);
  if (read.kind !== 'found') return;
  const other = folder('memory-again');
  if ((await writeMemory(other, ID, read.memory)).kind !== 'written') violated('what was read cannot be written');
  same(await readMemory(other, ID), read, 'written and read again it is another memory');
}

function messageCase(input: Uint8Array): void {
  const note = textOf(input);
  const version = { reference: 'model/a@1.0.0', content: `sha256:${A}`, manifest: `sha256:${B}` };
  const message = registerMessage([version], note);
  if (!message.startsWith('at1: register model/a@1.0.0\n\n')) violated('another subject');
  if (!message.endsWith(`\n\nContent: ${version.content}\nManifest: ${version.manifest}\n`))
    violated('the last lines are not those of the version');
  if (note.includes('\0') || /\p{Surrogate}/u.test(note)) return;
  const who = { name: 'Ana', email: 'ana@example.org', seconds: 1, timezone: '+0000' };
  const commit = parseCommit(formatCommit({ tree: HEAD, parents: [], author: who, committer: who, message }));
  if (commit.message !== message) violated('the commit has another message');
}

/** Pattern, line feed, text. */
function patternCase(input: Uint8Array): void {
  const [pattern = '', text = ''] = textOf(input).split('\n');
  const parts = pattern
    .split('/')
    .map((part) =>
      part === '**' ? '[^/]*(?:/[^/]*)*' : part.replace(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll(/\*+/g, '[^/]*'),
    );
  const expected = pattern === '*' || new RegExp(`^${parts.join('/')}$`, 's').test(text);
  if (matchesPattern(pattern, text, '/') !== expected)
    violated(`${expected ? 'no match' : 'a match'} against the regular expression`);
}
