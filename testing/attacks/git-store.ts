/**
 * Attacks on git's own files: packs, indexes, loose objects, refs. The manifest of one version is taken out of the
 * repository and stored again as somebody would who wants a reader to believe, to hang or to run out of memory.
 */
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import type { ErrorCode } from '../../src/errors.js';
import { type Oid, parseOid } from '../../src/git-format/oid.js';
import { type Attack, defineAttack, refuses } from '../attack.js';
import type { Forge } from '../forge.js';
import {
  copyFrom,
  deltaOf,
  type ForgedEntry,
  insert,
  KIND,
  offsetDelta,
  plainEntry,
  refDelta,
  writePack,
} from '../pack-forge.js';
import { runGit } from '../run-git.js';

const MIB = 1024 * 1024;
const REF = 'model/m@1.1.0';
/** Names nothing. */
const NOBODY = parseOid('b'.repeat(40));

interface Stored {
  readonly forge: Forge;
  readonly oid: Oid;
  readonly bytes: Uint8Array;
  /** The folder of objects. */
  readonly objects: string;
}

/** Takes the manifest out of the object database. */
function takeOut(forge: Forge): Stored {
  const objects = forge.path('.git', 'objects');
  const bytes = forge.read(forge.manifestPath(REF));
  const oid = parseOid(forge.git('rev-parse', `HEAD:${forge.manifestPath(REF)}`));
  const packs = join(forge.place, 'packs');
  renameSync(join(objects, 'pack'), packs);
  for (const name of readdirSync(packs).filter((one) => one.endsWith('.pack'))) {
    runGit(forge.dir, forge.environment, ['unpack-objects', '-q'], new Uint8Array(readFileSync(join(packs, name))));
  }
  rmSync(packs, { recursive: true });
  rmSync(forge.objects.pathOf(oid), { force: true });
  return { forge, oid, bytes, objects };
}

function storeAttack(
  id: string,
  title: string,
  store: (stored: Stored) => void,
  code: ErrorCode = 'git/invalid-object',
): Attack {
  const exit = code === 'git/unsupported' ? 16 : 20;
  return defineAttack({
    id: `git-store/${id}`,
    row: 36,
    title,
    attacker: 'forge',
    refused: [
      // The working file is not the one in git any more either, which comes first.
      refuses(['verify'], code, 20),
      // Neither the damaged version nor, in its place, the one before it.
      refuses(['get', 'model/m', '-o', '../out'], code, exit),
    ],
    forge: (forge) => store(takeOut(forge)),
  });
}

function packed(
  entry: (stored: Stored) => Uint8Array | Partial<ForgedEntry>,
  tampering?: Parameters<typeof writePack>[2],
): (stored: Stored) => void {
  return (stored) => {
    const made = entry(stored);
    const forged = made instanceof Uint8Array ? { bytes: made } : made;
    writePack(stored.objects, [{ oid: stored.oid, bytes: plainEntry(KIND.blob, stored.bytes), ...forged }], tampering);
  };
}

const honest = ({ bytes }: Stored) => plainEntry(KIND.blob, bytes);
const copyAll = ({ bytes }: Stored) => deltaOf(bytes.length, bytes.length, copyFrom(0, bytes.length));
const setByte = (at: number, value: number) => (bytes: Uint8Array) =>
  bytes.with(at < 0 ? bytes.length + at : at, value);

function loose({ forge, oid }: Stored, file: Uint8Array): void {
  mkdirSync(dirname(forge.objects.pathOf(oid)), { recursive: true });
  writeFileSync(forge.objects.pathOf(oid), file);
}

function looseText(header: (size: number) => string, more = ''): (stored: Stored) => void {
  return (stored) => {
    const { bytes } = stored;
    loose(stored, deflateSync(concatBytes([utf8(header(bytes.length)), bytes, utf8(more)])));
  };
}

/** A few bytes at the end of a chain of which each link makes 60 MiB again. */
function deltaBomb({ oid, bytes, objects }: Stored): void {
  const size = 60 * MIB;
  const copies: Uint8Array[] = [];
  for (let at = 0; at < size; at += 0xffff00) copies.push(copyFrom(at, Math.min(0xffff00, size - at)));
  let last = plainEntry(KIND.blob, new Uint8Array(size));
  const entries: ForgedEntry[] = [{ bytes: last }];
  for (let depth = 0; depth < 4000; depth++) {
    last = offsetDelta(last.length, deltaOf(size, size, ...copies));
    entries.push({ bytes: last });
  }
  const end = offsetDelta(last.length, deltaOf(size, bytes.length, insert(bytes.subarray(0, 100))));
  writePack(objects, [...entries, { oid, bytes: end }]);
}

export const gitStore: readonly Attack[] = [
  storeAttack('other-bytes', 'an object whose bytes do not hash to its name', (stored) =>
    packed(() => plainEntry(KIND.blob, setByte(20, 0x78)(stored.bytes)))(stored),
  ),
  storeAttack('pack-cut', 'a pack that ends too soon', packed(honest, { pack: (b) => b.subarray(0, b.length - 40) })),
  storeAttack('pack-cut-to-its-head', 'a pack shorter than any', packed(honest, { pack: (b) => b.subarray(0, 20) })),
  storeAttack('pack-empty', 'a pack of no bytes', packed(honest, { pack: () => new Uint8Array() })),
  storeAttack('pack-checksum', 'a pack with another checksum', packed(honest, { pack: setByte(-1, 0) })),
  storeAttack('pack-version', 'a pack of a version that there is not', packed(honest, { pack: setByte(7, 9) })),
  storeAttack('pack-count', 'a pack that counts other objects than its index', packed(honest, { count: 7 })),
  storeAttack('index-empty', 'an index of no bytes', packed(honest, { index: () => new Uint8Array() })),
  storeAttack(
    'index-version',
    'an index of an old version',
    packed(honest, { index: setByte(7, 1) }),
    'git/unsupported',
  ),
  storeAttack('index-fan-out', 'an index whose first table falls', packed(honest, { index: setByte(8, 0xff) })),
  storeAttack(
    'index-count',
    'an index of four thousand million objects',
    packed(honest, { index: setByte(8 + 255 * 4, 0xff) }),
  ),
  storeAttack(
    'index-outside',
    'an index that points behind its pack',
    packed(() => ({ offset: 100_000 })),
  ),
  storeAttack(
    'index-far-outside',
    'an index that points where no file reaches',
    packed(() => ({ offset: 2 ** 52 })),
  ),
  storeAttack(
    'index-into-header',
    'an index that points into the header of its pack',
    packed(() => ({ offset: 0 })),
  ),
  storeAttack('index-sparse', 'an index of three gibibytes of nothing', ({ oid, bytes, objects }) => {
    const path = writePack(objects, [{ oid, bytes: plainEntry(KIND.blob, bytes) }]);
    truncateSync(`${path}.idx`, 3 * 1024 * MIB);
  }),
  storeAttack(
    'declares-too-much',
    'an object that declares 2^62 bytes',
    packed(({ bytes }) => plainEntry(KIND.blob, bytes, 2n ** 62n)),
  ),
  storeAttack(
    'declares-more',
    'an object that declares 60 MiB it does not have',
    packed(({ bytes }) => plainEntry(KIND.blob, bytes, 60 * MIB)),
  ),
  storeAttack(
    'inflates-more',
    'an object that inflates to 256 MiB',
    packed(({ bytes }) => plainEntry(KIND.blob, new Uint8Array(256 * MIB), bytes.length)),
  ),
  storeAttack(
    'type-lie',
    'a blob stored as a tree',
    packed(({ bytes }) => plainEntry(KIND.tree, bytes)),
  ),
  storeAttack(
    'type-reserved',
    'an object of a type that there is not',
    packed(({ bytes }) => plainEntry(KIND.reserved, bytes)),
  ),
  storeAttack(
    'not-zlib',
    'an object that was never deflated',
    packed(({ bytes }) => concatBytes([Uint8Array.of(0x35), bytes])),
  ),
  storeAttack(
    'delta-of-itself',
    'a delta whose base is itself',
    packed((stored) => refDelta(stored.oid, copyAll(stored))),
  ),
  storeAttack('delta-cycle', 'two deltas, each the base of the other', (stored) =>
    writePack(stored.objects, [
      { oid: stored.oid, bytes: refDelta(NOBODY, copyAll(stored)) },
      { oid: NOBODY, bytes: refDelta(stored.oid, copyAll(stored)) },
    ]),
  ),
  storeAttack(
    'delta-no-distance',
    'a delta whose base is no bytes away',
    packed((stored) => offsetDelta(0, copyAll(stored))),
  ),
  storeAttack(
    'delta-before-pack',
    'a delta whose base lies before its pack',
    packed((stored) => offsetDelta(5000, copyAll(stored))),
  ),
  storeAttack(
    'delta-without-base',
    'a delta whose base is nowhere',
    packed((stored) => refDelta(NOBODY, copyAll(stored))),
  ),
  storeAttack('delta-reaches-out', 'a delta that copies from behind its base', ({ oid, bytes, objects }) => {
    const delta = deltaOf(bytes.length, bytes.length, copyFrom(10, bytes.length));
    writePack(objects, [
      { oid: NOBODY, bytes: plainEntry(KIND.blob, bytes) },
      { oid, bytes: refDelta(NOBODY, delta) },
    ]);
  }),
  storeAttack('delta-bomb', 'a chain of deltas that makes 240 GiB', deltaBomb),
  storeAttack('loose-empty', 'a loose object of no bytes', (stored) => loose(stored, new Uint8Array())),
  storeAttack('loose-not-zlib', 'a loose object that was never deflated', (stored) =>
    loose(stored, utf8('not deflated')),
  ),
  storeAttack('loose-header-alone', 'a loose object of a header alone', (stored) =>
    loose(stored, deflateSync('blob 7\0')),
  ),
  storeAttack(
    'loose-longer',
    'a loose object with more bytes than it says',
    looseText((size) => `blob ${size}\0`, 'more'),
  ),
  storeAttack(
    'loose-shorter',
    'a loose object with fewer bytes than it says',
    looseText((size) => `blob ${size + 9}\0`),
  ),
  storeAttack(
    'loose-negative',
    'a loose object of a negative size',
    looseText(() => 'blob -5\0'),
  ),
  storeAttack(
    'loose-endless',
    'a loose object that says it has 10^15 bytes',
    looseText(() => 'blob 1000000000000000\0'),
  ),
  storeAttack(
    'loose-type-lie',
    'a loose blob that says it is a commit',
    looseText((size) => `commit ${size}\0`),
  ),
  storeAttack(
    'loose-unknown-type',
    'a loose object of a type that there is not',
    looseText((size) => `blub ${size}\0`),
  ),
  storeAttack('loose-trailing', 'a loose object with bytes behind its end', (stored) => {
    const { bytes } = stored;
    loose(stored, concatBytes([deflateSync(concatBytes([utf8(`blob ${bytes.length}\0`), bytes])), utf8('x')]));
  }),
  storeAttack('loose-bomb', 'a loose object that inflates to 256 MiB', (stored) => {
    const { bytes } = stored;
    loose(stored, deflateSync(concatBytes([utf8(`blob ${bytes.length}\0`), new Uint8Array(256 * MIB)])));
  }),
  storeAttack('loose-folder', 'a folder where a loose object stands', ({ forge, oid }) => {
    mkdirSync(forge.objects.pathOf(oid), { recursive: true });
  }),
  storeAttack('loose-link-elsewhere', 'a link to another file where a loose object stands', ({ forge, oid }) => {
    writeFileSync(join(forge.place, 'elsewhere'), 'secret');
    mkdirSync(dirname(forge.objects.pathOf(oid)), { recursive: true });
    symlinkSync(join(forge.place, 'elsewhere'), forge.objects.pathOf(oid));
  }),
];
