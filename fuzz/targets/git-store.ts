/** Packs, their indexes, deltas and loose objects: what is handed out has the name that was asked for. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { At1Error } from '../../src/errors.js';
import { applyDelta, deltaSizes } from '../../src/git/delta.js';
import { PackIndex } from '../../src/git/pack-index.js';
import { formatPackIndex } from '../../src/git/pack-index-writer.js';
import { GitReader } from '../../src/git/reader.js';
import type { Repository } from '../../src/git/repository.js';
import { hashObject, type ObjectType, type Oid, oidFromBytes } from '../../src/git-format/oid.js';
import { type ParserTarget, violated } from '../target.js';
import { folder } from './folder.js';
import { bytesOf, sameBytes, sha1 } from './inputs.js';

const LIMIT = 1 << 18;
const BLOB = bytesOf('some text that is long enough to be worth a delta, some text that is long');
const OTHER = bytesOf('some text that is long enough to be worth a delta, another text\n');
/** Copies the first 51 bytes, inserts the rest. */
const DELTA = Uint8Array.from([BLOB.length, OTHER.length, 0x90, 51, OTHER.length - 51, ...OTHER.subarray(51)]);

export const GIT_STORE_TARGETS: readonly ParserTarget[] = [
  {
    kind: 'parser',
    name: 'git-delta',
    about: 'deltas, against a second reader of their instructions',
    files: ['git/delta'],
    seeds: () => [
      DELTA,
      Uint8Array.of(4, 4, 0x91, 0, 4),
      Uint8Array.of(BLOB.length, 80, 0xb0, 74, 0, 6, 1, 2, 3, 4, 5, 6),
    ],
    tokens: [Uint8Array.of(0x80), Uint8Array.of(0xff), Uint8Array.of(0x90, 1), Uint8Array.of(BLOB.length)],
    maxLength: 512,
    run: deltaCase,
  },
  {
    kind: 'parser',
    name: 'pack-index',
    about: 'indexes of packs: every name that is in them is found, and an offset is one a file can have',
    files: ['git/pack-index'],
    seeds: () => [samplePack().index],
    maxLength: 4096,
    run: packIndexCase,
  },
  {
    kind: 'parser',
    name: 'git-pack',
    about: 'packs with their indexes, as files: what is read has the name that was asked for',
    files: ['git/pack', 'git/pack-index', 'git/delta', 'git/inflate', 'git/reader'],
    oneIn: 4,
    seeds: packSeeds,
    tokens: ['PACK', Uint8Array.of(0x78, 0x9c), Uint8Array.of(0x6f), Uint8Array.of(0x7f)],
    maxLength: 4096,
    mend: mendPack,
    run: packCase,
  },
  {
    kind: 'parser',
    name: 'git-loose',
    about: 'loose objects, as files: what is read has the name that was asked for',
    files: ['git/loose', 'git/inflate'],
    oneIn: 4,
    seeds: () =>
      ['blob 3\0abc', 'commit 0\0', 'tree 1\0x', 'blob 03\0abc', 'blob 3\0abcd'].map((text) =>
        Uint8Array.from(deflateSync(text)),
      ),
    tokens: [Uint8Array.of(0x78, 0x9c), Uint8Array.of(0x78, 1)],
    maxLength: 512,
    mend: (input, random) =>
      random.chance(2)
        ? Uint8Array.from(
            deflateSync(
              Buffer.concat([Buffer.from(random.pick(['blob 8\0', 'tag 4\0', 'blob 2'])), input.subarray(0, 8)]),
            ),
          )
        : input,
    run: looseCase,
  },
];

function deltaCase(delta: Uint8Array): void {
  const { result } = deltaSizes(delta);
  if (result > LIMIT) return;
  const out = applyDelta(BLOB, delta);
  if (out.length !== result) violated('another size than stated');
  sameBytes(out, plainDelta(BLOB, delta), 'another result than the instructions say');
}

/** Without a single check: the delta was accepted. */
function plainDelta(base: Uint8Array, delta: Uint8Array): Uint8Array {
  const out: number[] = [];
  let at = 0;
  for (let sizes = 0; sizes < 2; at++) if ((delta[at] as number) < 128) sizes++;
  while (at < delta.length) {
    const op = delta[at++] as number;
    if (op < 128) {
      out.push(...delta.subarray(at, at + op));
      at += op;
      continue;
    }
    const bytes = Array.from({ length: 7 }, (_, bit) =>
      (op >> bit) & 1 ? BigInt(delta[at++] as number) << BigInt(8 * (bit < 4 ? bit : bit - 4)) : 0n,
    );
    const from = Number(bytes.slice(0, 4).reduce((sum, byte) => sum + byte, 0n));
    const length = Number(bytes.slice(4).reduce((sum, byte) => sum + byte, 0n)) || 0x10000;
    out.push(...base.subarray(from, from + length));
  }
  return Uint8Array.from(out);
}

function packIndexCase(input: Uint8Array): void {
  const index = new PackIndex(input);
  const names = Array.from({ length: Math.min(index.count, 64) }, (_, i) =>
    input.subarray(1032 + 20 * i, 1052 + 20 * i),
  );
  const sorted =
    names.length === index.count &&
    names.every((name, i) => i === 0 || Buffer.compare(names[i - 1] as Uint8Array, name) < 0);
  const fanOut = new DataView(input.buffer, input.byteOffset + 8, 1024);
  const right = names.every((name, i) => {
    const first = name[0] as number;
    return i < fanOut.getUint32(4 * first) && (first === 0 || i >= fanOut.getUint32(4 * first - 4));
  });
  for (const name of names) {
    const offset = attempt(() => index.find(name));
    if (offset instanceof At1Error) continue;
    if (offset === undefined && sorted && right) violated('a name that is there is not found');
    if (offset !== undefined && !(Number.isSafeInteger(offset) && offset >= 0)) violated('an offset that is none');
  }
}

function attempt<T>(act: () => T): T | At1Error {
  try {
    return act();
  } catch (error) {
    if (error instanceof At1Error) return error;
    throw error;
  }
}

interface Pack {
  readonly pack: Uint8Array;
  readonly index: Uint8Array;
}

/** Two whole objects and two deltas, one by distance and one by name. */
function samplePack(): Pack {
  const entries = [
    { type: 3, extra: [], data: BLOB, oid: oid('blob', BLOB) },
    { type: 2, extra: [], data: new Uint8Array(0), oid: oid('tree', new Uint8Array(0)) },
    { type: 7, extra: [...Buffer.from(oid('blob', BLOB), 'hex')], data: DELTA, oid: oid('blob', OTHER) },
  ];
  let pack = Buffer.from('PACK\0\0\0\x02\0\0\0\x03', 'latin1');
  const rows = entries.map(({ type, extra, data, oid: name }) => {
    const offset = pack.length;
    const first = (type << 4) | (data.length & 15);
    const head = data.length < 16 ? [first] : [first | 128, data.length >> 4];
    pack = Buffer.concat([pack, Uint8Array.from([...head, ...extra]), deflateSync(data)]);
    return { oid: name, offset, crc: 0 };
  });
  const sum = sha1(pack);
  return {
    pack: Uint8Array.from(Buffer.concat([pack, sum])),
    index: Uint8Array.from(Buffer.concat(formatPackIndex(rows, sum))),
  };
}

function oid(type: ObjectType, bytes: Uint8Array): Oid {
  return hashObject(type, bytes, sha1);
}

/** Length of the index, index, pack. */
function joined({ pack, index }: Pack): Uint8Array {
  return Uint8Array.from(Buffer.concat([Uint8Array.of(index.length >> 8, index.length & 255), index, pack]));
}

function split(input: Uint8Array): Pack {
  const length = (input[0] ?? 0) * 256 + (input[1] ?? 0);
  return { index: input.subarray(2, 2 + length), pack: input.subarray(2 + length) };
}

function packSeeds(): Uint8Array[] {
  const sample = samplePack();
  // The delta by name becomes one by distance: 20 bytes of base fewer.
  const at = sample.pack.indexOf(0xef, 12);
  return at < 0
    ? [joined(sample)]
    : [joined(sample), mendPack(joined({ ...sample, pack: sample.pack.slice(0, at + 2) }))];
}

/** The index names the pack it belongs to by the pack's last bytes. */
function mendPack(input: Uint8Array): Uint8Array {
  const { pack, index } = split(input.slice());
  if (pack.length < 32 || index.length < 1072) return input;
  const mended = Uint8Array.from(index);
  mended.set(pack.subarray(-20), mended.length - 40);
  return joined({ pack, index: mended });
}

async function packCase(input: Uint8Array): Promise<void> {
  const place = folder('pack');
  const { pack, index } = split(input);
  mkdirSync(join(place, 'objects', 'pack'), { recursive: true });
  writeFileSync(join(place, 'objects', 'pack', 'pack-x.pack'), pack);
  writeFileSync(join(place, 'objects', 'pack', 'pack-x.idx'), index);
  const reader = new GitReader(repositoryAt(place), { objectLimit: LIMIT });
  try {
    const names = new PackIndex(index);
    for (let i = 0; i < Math.min(names.count, 4); i++)
      await readOne(reader, oidFromBytes(index.slice(1032 + 20 * i, 1052 + 20 * i)));
  } finally {
    reader.close();
  }
}

async function looseCase(input: Uint8Array): Promise<void> {
  const place = folder('loose');
  const name = oid('blob', bytesOf('abc'));
  const path = join(place, 'objects', name.slice(0, 2), name.slice(2));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, input);
  const reader = new GitReader(repositoryAt(place), { objectLimit: LIMIT });
  reader.stat(name);
  const { type, bytes } = await reader.read(name);
  if (oid(type, bytes) !== name) violated('handed out under a name that is not its own');
}

/** Refused or right; refused objects are not the end of the case, because others may be read. */
async function readOne(reader: GitReader, name: Oid): Promise<void> {
  try {
    const { type, bytes } = await reader.read(name);
    if (oid(type, bytes) !== name) violated('handed out under a name that is not its own');
    const stated = reader.stat(name);
    if (stated?.type !== type || stated.size !== bytes.length) violated('its stated size or type is not its own');
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
  }
}

function repositoryAt(place: string): Repository {
  return { gitDir: place, commonDir: place, partial: false, git: undefined, lazyFetch: false } as unknown as Repository;
}
