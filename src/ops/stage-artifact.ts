/** One local file as a container that waits: packed, hashed, written, not yet an artifact. Links to plain files are followed. */
import { dirname } from 'node:path';
import type { ArtifactPath } from '../artifacts/artifact-path.js';
import type { PutChange } from '../artifacts/ledger-entry.js';
import type { StoreLevel } from '../artifacts/requests.js';
import { demandTrailer } from '../container/trailer.js';
import { digestOf } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { type FileStat, nodeFileSystem } from '../files/file-system.js';
import { attempt } from '../files/io-error.js';
import { realpathSync } from '../files/node-fs.js';
import { processMark } from '../files/process-mark.js';
import { findTensors } from '../formats/tensors.js';
import { packFile } from '../packing/pack-file.js';
import { packQuickStream, packQuickWhole, QUICK_STREAM } from '../packing/pack-quick.js';
import { removeFile, writePieces } from '../store/atomic.js';
import { readExactly } from '../store/read-file.js';
import { readInSegments } from '../store/read-segments.js';
import { openStable, type StableFile } from '../store/stable-file.js';
import { type ArtifactContext, type ArtifactDirectory, stagedPath } from './artifact-directory.js';
import { openEncoder } from './encoding-threads.js';
import { SegmentMemory } from './segment-memory.js';

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
    const hasher = context.engines.newSha256();
    const memory = new SegmentMemory();
    let stored = 0;
    let last: Uint8Array = new Uint8Array(0);
    const counted = async function* () {
      for await (const piece of packed(opened, absolute, level, context.engines, memory)) {
        hasher.update(piece);
        stored += piece.length;
        last = piece;
        yield piece;
      }
      await opened.assertUnchanged();
    };
    await writeStaged(stagedPath(directory, staged), counted(), level === 'quick' ? memory : undefined);
    const container = digestOf(hasher.digest());
    // Never cut: a whole container is one piece, and the trailer of a stream is a piece of its own.
    const sha256 = digestOf(demandTrailer(last));
    return { op: 'put', path, size: stat.size, sha256, stored, container, staged };
  } finally {
    await opened.close();
  }
}

/**
 * Under its own name at once: no entry names it before it is whole. With `memory` the next piece is made while one is
 * written, and what was written is given back; without, whoever makes the pieces may use theirs again.
 */
async function writeStaged(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  memory: SegmentMemory | undefined,
): Promise<void> {
  const file = await attempt('write', path, () => nodeFileSystem.createExclusive(path, 0o666));
  const options = memory === undefined ? {} : { overlap: true, onWritten: (piece: Uint8Array) => memory.give(piece) };
  let done = false;
  try {
    await writePieces(file, path, pieces, options);
    done = true;
  } finally {
    await file.close();
    if (!done) await removeFile(path, { sync: false });
  }
}

async function* packed(
  opened: StableFile,
  path: string,
  level: StoreLevel,
  engines: Engines,
  memory: SegmentMemory,
): AsyncGenerator<Uint8Array> {
  const { size } = opened;
  if (level === 'quick') {
    if (size >= QUICK_STREAM) {
      return yield* packQuickStream(readInSegments(opened, size, { path, allocate: memory.take }), engines);
    }
    return yield await packQuickWhole(await readExactly(opened, path, 0, new Uint8Array(size)), engines);
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
