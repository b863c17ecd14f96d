/** Objects under a name that is not theirs: damaged, cut, extended, exchanged, gone; in git and in the working tree. */
import { type Attack, type Attacker, defineAttack, type Refusal, refuses } from '../attack.js';
import type { Forge } from '../forge.js';
import { noise } from '../samples.js';

const M = 'model/m@1.0.0';
const VERIFY = ['verify'];
const GET = ['get', M, '-o', '../out'];

const DIGEST = both('object/digest-mismatch', 20);

function both(code: Refusal['code'], exit: number): Refusal[] {
  return [refuses(VERIFY, code, exit), refuses(GET, code, exit)];
}

interface Damage {
  readonly id: string;
  readonly title: string;
  readonly row?: number;
  readonly attacker?: Attacker;
  readonly ref?: string;
  readonly refused?: readonly Refusal[];
  edit(bytes: Uint8Array, forge: Forge): Uint8Array | null | Promise<Uint8Array>;
}

/** A commit that changes the object, so that the blob in git and the working file are both wrong. */
function damaged({ id, title, row, attacker, ref, refused, edit }: Damage): Attack {
  return defineAttack({
    id: `object/${id}`,
    row: row ?? 1,
    title,
    attacker: attacker ?? 'contributor',
    refused: refused ?? DIGEST,
    forge: async (forge) => {
      const path = forge.objectPath(ref ?? M);
      await forge.commit({ [path]: await edit(forge.read(path), forge) });
    },
  });
}

/** One bit in the object of a version of another form. */
function flippedIn(id: string, title: string, ref: string): Attack {
  const refused = [VERIFY, ['get', ref, '-o', '../out']].map((argv) => refuses(argv, 'object/digest-mismatch', 20));
  return damaged({ id, title, ref, refused, edit: (bytes) => flipped(bytes, 100) });
}

/** One bit of the byte at this place; from the end where it is negative. */
export function flipped(bytes: Uint8Array, at: number, bit = 0): Uint8Array {
  const place = at < 0 ? bytes.length + at : at;
  return bytes.with(place, (bytes[place] ?? 0) ^ (1 << bit));
}

export const objects: readonly Attack[] = [
  damaged({ id: 'bit-flip', title: 'one bit of the data is another', edit: (bytes) => flipped(bytes, 200) }),
  damaged({ id: 'head-flip', title: 'one bit of the magic is another', edit: (bytes) => flipped(bytes, 0) }),
  damaged({ id: 'backend-flip', title: 'another backend', edit: (bytes) => flipped(bytes, 5) }),
  damaged({ id: 'digest-flip', title: 'one bit of the digest in the trailer', edit: (bytes) => flipped(bytes, -20) }),
  damaged({
    id: 'trailer-flip',
    row: 2,
    title: 'one bit of the last byte, by which a lenient reader knows that there is a digest',
    edit: (bytes) => flipped(bytes, -1),
  }),
  damaged({ id: 'trailer-removed', row: 2, title: 'without its trailer', edit: (bytes) => bytes.subarray(0, -36) }),
  damaged({ id: 'truncated', row: 3, title: 'cut in the middle', edit: (bytes) => bytes.subarray(0, 500) }),
  damaged({ id: 'one-byte-less', row: 3, title: 'without its last byte', edit: (bytes) => bytes.subarray(0, -1) }),
  damaged({ id: 'empty', row: 3, title: 'nothing left of it', edit: () => new Uint8Array(0) }),
  damaged({
    id: 'extended',
    row: 3,
    title: 'one byte more',
    refused: both('object/damaged-copy', 20),
    edit: (bytes) => Uint8Array.of(...bytes, 0),
  }),
  flippedIn('zstd-flip', 'one bit of zstd data', 'model/words@1.0.0'),
  flippedIn('xz-flip', 'one bit of xz data', 'model/packed@1.0.0'),
  flippedIn('layout-flip', 'one bit of the list of segments', 'data/many@1.0.0'),
  damaged({
    id: 'another-version',
    row: 43,
    title: 'the sound container of another version under its name',
    refused: both('object/damaged-copy', 20),
    edit: (_, forge) => forge.read(forge.objectPath('model/m@1.1.0')),
  }),
  damaged({
    id: 'same-length',
    row: 43,
    title: 'other bytes of the same length, in a sound container',
    edit: (bytes, forge) => {
      const data = noise('other', 1000);
      return Uint8Array.of(...bytes.subarray(0, 6), ...data, ...forge.engines.sha256(data), ...bytes.subarray(-4));
    },
  }),
  damaged({ id: 'missing', row: 9, title: 'not there', refused: both('object/missing', 32), edit: () => null }),
  defineAttack({
    id: 'object/symlink-in-git',
    row: 53,
    title: 'a symbolic link in the commit where the object should be',
    attacker: 'contributor',
    refused: both('object/damaged-copy', 20),
    forge: async (forge) => {
      const link = forge.objects.put('blob', new TextEncoder().encode('../../../outside'));
      await forge.commit({ [forge.objectPath(M)]: { mode: '120000', oid: link } });
    },
  }),
  defineAttack({
    id: 'object/gitlink',
    row: 53,
    title: 'a submodule where the object should be',
    attacker: 'contributor',
    refused: both('object/damaged-copy', 20),
    forge: async (forge) => {
      await forge.commit({ [forge.objectPath(M)]: { mode: '160000', oid: forge.head() } });
    },
  }),
  defineAttack({
    id: 'object/shard-link-in-git',
    row: 53,
    title: 'a symbolic link in the commit instead of a folder of objects',
    attacker: 'contributor',
    refused: both('object/damaged-copy', 20),
    forge: async (forge) => {
      const path = forge.objectPath(M);
      const shard = path.slice(0, path.lastIndexOf('/'));
      const link = forge.objects.put('blob', new TextEncoder().encode('../../elsewhere'));
      await forge.commit({ [path]: null, [shard]: { mode: '120000', oid: link } });
    },
  }),
  defineAttack({
    id: 'object/blob-bomb',
    row: 4,
    title: 'a git blob of 100 MiB, small when compressed, as the object',
    attacker: 'contributor',
    refused: both('object/damaged-copy', 20),
    forge: async (forge) => {
      await forge.commit(
        {
          [forge.objectPath(M)]: { mode: '100644', oid: forge.objects.put('blob', new Uint8Array(100 * 1024 * 1024)) },
        },
        { checkout: false },
      );
      forge.remove(forge.objectPath(M));
    },
  }),
];
