/** The working copies of objects, which another program can change at any time: git has an intact copy of each. */
import { linkSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Attack, defineAttack, refuses } from '../attack.js';
import type { Forge } from '../forge.js';
import { flipped } from './objects.js';

const M = 'model/m@1.0.0';
/** `get` takes the copy in git; only `verify` and `doctor` complain of the other. */
const REFUSED = [refuses(['verify'], 'object/damaged-copy', 20), refuses(['doctor'], 'worktree/damaged-copy', 20)];

interface Planted {
  readonly id: string;
  readonly row?: number;
  readonly title: string;
  readonly refused?: Attack['refused'];
  plant(forge: Forge, path: string): void;
}

function planted({ id, row, title, refused, plant }: Planted): Attack {
  return defineAttack({
    id: `store/${id}`,
    row: row ?? 13,
    title,
    attacker: 'local',
    refused: refused ?? REFUSED,
    forge: (forge) => {
      const path = forge.path(forge.objectPath(M));
      rmSync(path);
      plant(forge, path);
    },
  });
}

export const store: readonly Attack[] = [
  planted({
    id: 'symlink-to-intact',
    title: 'a symbolic link to an intact copy outside of the registry',
    plant: (forge, path) => {
      const outside = forge.outside('copy.at1', forge.blob(forge.objectPath(M)));
      symlinkSync(outside, path);
    },
  }),
  planted({
    id: 'symlink-to-secret',
    title: "a symbolic link to a file that is none of the registry's business",
    plant: (forge, path) => symlinkSync(forge.outside('secret', 'secret'), path),
  }),
  planted({
    id: 'dangling-symlink',
    title: 'a symbolic link to nothing, where a writer that follows links would make a file',
    plant: (forge, path) => symlinkSync(join(forge.place, 'made-by-a-careless-writer'), path),
  }),
  planted({
    id: 'hard-link',
    title: 'a hard link to a file outside, which a writer in place would change',
    plant: (forge, path) => linkSync(forge.outside('precious', 'precious'), path),
  }),
  planted({ id: 'folder', title: 'a folder instead of the object', plant: (_, path) => mkdirSync(path) }),
  planted({
    id: 'fifo',
    title: 'a pipe instead of the object, on which a reader would wait for ever',
    plant: (forge, path) => forge.run('mkfifo', path),
  }),
  planted({
    id: 'shard-link',
    title: 'a symbolic link instead of a folder of objects',
    plant: (forge, path) => {
      const copy = forge.outside(join('shard', path.slice(dirname(path).length + 1)), forge.blob(forge.objectPath(M)));
      rmSync(dirname(path), { recursive: true });
      symlinkSync(dirname(copy), dirname(path));
    },
  }),
  planted({
    id: 'empty',
    row: 11,
    title: 'an empty file, as a crash leaves it',
    plant: (_, path) => writeFileSync(path, ''),
  }),
  planted({
    id: 'short',
    row: 11,
    title: 'the first half of the object',
    plant: (forge, path) => writeFileSync(path, forge.blob(forge.objectPath(M)).subarray(0, 500)),
  }),
  planted({
    id: 'wrong-bytes',
    row: 11,
    title: 'other bytes of the same length',
    refused: [refuses(['verify'], 'object/digest-mismatch', 20), refuses(['doctor'], 'worktree/damaged-copy', 20)],
    plant: (forge, path) => writeFileSync(path, flipped(forge.blob(forge.objectPath(M)), 300)),
  }),
  planted({
    id: 'huge-file',
    row: 4,
    title: 'a file of 8 GiB without any bytes on the disk',
    plant: (forge, path) => forge.run('truncate', '-s', '8G', path),
  }),
];
