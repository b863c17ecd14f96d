/** One local file as a container that waits: packed, hashed, written, not yet an artifact. Links to plain files are followed. */
import { dirname } from 'node:path';
import type { ArtifactPath } from '../artifacts/artifact-path.js';
import type { PutChange } from '../artifacts/ledger-entry.js';
import type { StoreLevel } from '../artifacts/requests.js';
import { demandTrailer } from '../container/trailer.js';
import { digestOf } from '../digest/digest.js';
import { asideHere } from '../engines.js';
import { At1Error } from '../errors.js';
import { type FileStat, nodeFileSystem, type OpenFile } from '../files/file-system.js';
import { attempt } from '../files/io-error.js';
import { realpathSync } from '../files/node-fs.js';
import { processMark } from '../files/process-mark.js';
import { findTensors } from '../formats/tensors.js';
import { packFile } from '../packing/pack-file.js';
import { packQuickStream, packQuickWhole, QUICK_STREAM } from '../packing/pack-quick.js';
import { removeFile, writeAll, writePieces } from '../store/atomic.js';
import { readExactly } from '../store/read-file.js';
import { readInSegments } from '../store/read-segments.js';
import { openStable, type StableFile } from '../store/stable-file.js';
import { type ArtifactContext, type ArtifactDirectory, stagedPath } from './artifact-directory.js';
import { openEncoder } from './encoding-threads.js';

/** A head and its data, twice: where the other thread has to wait for its turn, this one goes on. */
const HASHED_BEHIND = 4;

/** Throws `artifact/unsupported-file`, `artifact/changed-while-read`, `io/*`. */
export async function stageArtifact(
  context: ArtifactContext,
  directory: ArtifactDirectory,
  path: ArtifactPath,
  local: string,
  level: StoreLevel,
): Promise<PutChange> {
  const { absolute, stat } = await plainFile(local);
  const opened = await openStable({ ...stat, absolute });
  const staged = processMark();
  try {
    const stage = level === 'quick' && stat.size < QUICK_STREAM ? stageWhole : stagePieces;
    const container = await stage(opened, { absolute, level, ...context }, stagedPath(directory, staged));
    return { op: 'put', path, size: stat.size, ...container, staged };
  } finally {
    await opened.close();
  }
}

interface Packing extends Pick<ArtifactContext, 'engines' | 'memory'> {
  readonly absolute: string;
  readonly level: StoreLevel;
}

type Staged = Pick<PutChange, 'sha256' | 'stored' | 'container'>;

async function stageWhole(opened: StableFile, { absolute, engines }: Packing, target: string): Promise<Staged> {
  const data = await readExactly(opened, absolute, 0, new Uint8Array(opened.size));
  await opened.assertUnchanged();
  const container = await packQuickWhole(data, engines);
  await writeStaged(target, (file) => writeAll(file, target, container));
  return {
    sha256: digestOf(demandTrailer(container)),
    stored: container.length,
    container: digestOf(engines.sha256(container)),
  };
}

async function stagePieces(opened: StableFile, packing: Packing, target: string): Promise<Staged> {
  const overlap = packing.level === 'quick';
  const { engines, memory } = packing;
  // Other levels have all threads at work with encoding.
  const hasher = overlap ? engines.newSha256Aside(opened.size) : asideHere(engines.newSha256());
  const hashed = new WeakMap<Uint8Array, Promise<void>>();
  /** Of pieces that may be on their way yet, in order. */
  const hashing: Promise<void>[] = [];
  let stored = 0;
  let last: Uint8Array = new Uint8Array(0);
  const pieces = async function* () {
    for await (const piece of packed(opened, packing)) {
      const done = hasher.update(piece);
      // Reported when it is waited for.
      done.catch(() => undefined);
      hashed.set(piece, done);
      hashing.push(done);
      stored += piece.length;
      last = piece;
      yield piece;
      // Whoever makes the pieces of other levels uses their memory again when the next one is asked for.
      while (hashing.length > (overlap ? HASHED_BEHIND : 0)) await hashing.shift();
    }
    await opened.assertUnchanged();
  };
  const onWritten = (piece: Uint8Array) => {
    const give = () => memory.give(piece);
    if (overlap) hashed.get(piece)?.then(give, () => undefined);
  };
  try {
    await writeStaged(target, (file) => writePieces(file, target, pieces(), { overlap, onWritten }));
    await Promise.all(hashing);
    const container = digestOf(await hasher.digest());
    // Never cut: a whole container is one piece, and the trailer of a stream is a piece of its own.
    return { sha256: digestOf(demandTrailer(last)), stored, container };
  } finally {
    hasher.close();
  }
}

/** Under its own name at once: no entry names it before it is whole. */
async function writeStaged(path: string, write: (file: OpenFile) => Promise<void>): Promise<void> {
  const file = await attempt('write', path, () => nodeFileSystem.createExclusive(path, 0o666));
  let done = false;
  try {
    await write(file);
    done = true;
  } finally {
    await file.close();
    if (!done) await removeFile(path, { sync: false });
  }
}

async function* packed(
  opened: StableFile,
  { absolute: path, level, engines, memory }: Packing,
): AsyncGenerator<Uint8Array> {
  const { size } = opened;
  if (level === 'quick') {
    const frames = readInSegments(opened, size, { path, allocate: memory.take });
    return yield* packQuickStream(frames, engines, (data) => memory.give(data));
  }
  const source = {
    read: async (offset: number, length: number) => readExactly(opened, path, offset, memory.take(length)),
  };
  const encoder = openEncoder(engines);
  encoder.expect(size);
  try {
    const release = memory.give.bind(memory);
    const tensors = await findTensors(source, size);
    const { container } = await packFile(source, size, tensors, engines, { level, encoder, release });
    yield* container;
  } finally {
    encoder.close();
  }
}

/** Of what is to be logged; a link that leads nowhere is a failure of its own. */
export function noSuchInput(local: string): At1Error {
  return new At1Error('artifact/unsupported-file', { message: `there is no '${local}'`, facts: { path: local } });
}

async function plainFile(local: string): Promise<{ readonly absolute: string; readonly stat: FileStat }> {
  const link = await attempt('read', local, () => nodeFileSystem.lstat(local));
  if (link === undefined) throw noSuchInput(local);
  // Where each link leads is only asked of links: that costs a look at every folder on the way.
  const absolute = link.kind === 'file' ? local : await attempt('read', local, async () => realpathSync(local));
  const stat = link.kind === 'file' ? link : await attempt('read', local, () => nodeFileSystem.lstat(absolute));
  if (stat?.kind === 'file') return { absolute, stat };
  throw new At1Error('artifact/unsupported-file', {
    message: `'${local}' is no plain file`,
    hint: `see what is in '${dirname(local)}'`,
    facts: { path: local },
  });
}
