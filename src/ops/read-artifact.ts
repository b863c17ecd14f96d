/**
 * One artifact out of its container, believed only when container and content are those the ledger names. Without a ledger
 * the digest inside the container is all there is to hold it against.
 */
import { dirname } from 'node:path';
import type { ArtifactPath } from '../artifacts/artifact-path.js';
import type { PutChange } from '../artifacts/ledger-entry.js';
import type { EntryStanding, LedgerState, LiveArtifact } from '../artifacts/ledger-state.js';
import { decodeContainerStream } from '../codecs/read-container.js';
import { TRAILER_LENGTH } from '../container/format.js';
import { demandTrailer } from '../container/trailer.js';
import { type Digest, digestOf } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { nodeFileSystem } from '../files/file-system.js';
import { attempt } from '../files/io-error.js';
import { sweep } from '../files/leftovers.js';
import { keyIdOf } from '../signing/public-key.js';
import { verifyMessage } from '../signing/sshsig.js';
import { writeAtomic } from '../store/atomic.js';
import { readExactly } from '../store/read-file.js';
import { readInSegments } from '../store/read-segments.js';
import { openStable, type StableFile } from '../store/stable-file.js';
import {
  type ArtifactContext,
  type ArtifactDirectory,
  nameInLedger,
  notFound,
  openDirectory,
  stagedPath,
  stateOf,
} from './artifact-directory.js';
import { placeOf } from './artifact-places.js';

export interface ReadArtifact {
  readonly size: number;
  /** Of the original, in hex. */
  readonly sha256: string;
  readonly stored: number;
  /** Of the container, in hex; only of an integrity check. */
  readonly container?: string | undefined;
  readonly ledger:
    | { readonly kind: 'none' }
    | { readonly kind: 'unsigned'; readonly entry: number; readonly time: string }
    | { readonly kind: 'signed'; readonly entry: number; readonly time: string; readonly key: string };
}

type Contents = Pick<PutChange, 'size' | 'sha256' | 'stored'> & {
  /** Undefined where only the content was asked for. */
  readonly container: Digest | undefined;
};

/** Small enough that what is hashed and written is still in the cache of the processor. */
const READ_SIZE = 2 * 1024 * 1024;
/** Somebody may write the same artifact meanwhile, again and again. */
const ATTEMPTS = 5;

/** Nothing appears under `local` unless all of it is right. Throws `artifact/not-found`, `ledger/*`, `container/*`, `signature/*`, `io/*`. */
export async function getArtifact(
  context: ArtifactContext,
  request: { readonly root: string; readonly path: string; readonly local: string },
): Promise<ReadArtifact> {
  const folder = dirname(request.local);
  if (!context.swept.has(folder)) await sweep(folder);
  context.swept.add(folder);
  const sink: Reading['sink'] = async (bytes, onWritten) =>
    writeAtomic(request.local, bytes, { sync: false, overlap: true, onWritten });
  return read(context, request, { ...context, sink, whole: false });
}

/** As `getArtifact`, without writing anything. */
export async function artifactIntegrity(
  context: ArtifactContext,
  request: { readonly root: string; readonly path: string },
): Promise<ReadArtifact> {
  return read(context, request, { ...context, sink: ignore, whole: true });
}

interface Reading extends Pick<ArtifactContext, 'engines' | 'memory'> {
  /** Takes the content and says which pieces it is done with; what it keeps is worth nothing when this throws. */
  readonly sink: (bytes: AsyncIterable<Uint8Array>, done: (piece: Uint8Array) => void) => Promise<void>;
  /** Whether the container is hashed as well, and not only its content. */
  readonly whole: boolean;
}

async function read(
  context: ArtifactContext,
  request: { readonly root: string; readonly path: string },
  reading: Reading,
): Promise<ReadArtifact> {
  const directory = await openDirectory(context, request.root);
  const path = nameInLedger(directory, request.path);
  if (path === undefined || request.path === '') throw notFound(request.path);
  const state = await stateOf(directory);
  if (state === undefined) {
    const place = await placeOf(directory, path, 'read');
    const found = await decodeFile(place, undefined, reading);
    if (found === undefined) throw notFound(request.path);
    return { ...found, ledger: { kind: 'none' } };
  }
  return readListed(context, directory, path, reading);
}

async function readListed(
  context: ArtifactContext,
  directory: ArtifactDirectory,
  path: ArtifactPath,
  reading: Reading,
): Promise<ReadArtifact> {
  for (let attempts = 1; ; attempts++) {
    const state = await directory.ledger.read();
    const live = state.artifacts.get(path) ?? (await refuseUnlisted(directory, state, path));
    // Before anything is handed out: a forged signature is not a missing one.
    const ledger = standing(context, state, live.sequence);
    try {
      const contents =
        (await decodeFile(await placeOf(directory, path, 'read'), live, reading)) ??
        (await decodeFile(stagedPath(directory, live.staged), live, reading));
      if (contents !== undefined) return { ...contents, ledger };
      throw mismatch(path, live, 'its container is gone');
    } catch (error) {
      if (!(error instanceof At1Error)) throw error;
      const waiting = await readWaiting(directory, live, reading, error);
      if (waiting !== undefined) return { ...waiting, ledger };
      const newer = (await directory.ledger.read()).artifacts.get(path);
      if (newer?.sequence === live.sequence || attempts >= ATTEMPTS) throw error;
    }
  }
}

/** What stands in the place is not it; perhaps the right one was never moved there. */
async function readWaiting(
  directory: ArtifactDirectory,
  live: LiveArtifact,
  reading: Reading,
  error: At1Error,
): Promise<Contents | undefined> {
  if (!/^(?:ledger|container|artifact)\//.test(error.code)) throw error;
  try {
    return await decodeFile(stagedPath(directory, live.staged), live, reading);
  } catch (second) {
    if (second instanceof At1Error) throw error;
    throw second;
  }
}

/** Undefined where there is no file. */
async function decodeFile(
  place: string,
  expected: LiveArtifact | undefined,
  { engines, memory, sink, whole }: Reading,
): Promise<Contents | undefined> {
  const stat = await attempt('read', place, () => nodeFileSystem.lstat(place));
  if (stat === undefined || stat.kind === 'directory') return undefined;
  if (expected !== undefined && stat.size !== expected.stored) {
    throw mismatch(expected.path, expected, `a container of ${stat.size} bytes instead of ${expected.stored} is there`);
  }
  const opened = await openStable({ ...stat, absolute: place });
  const chunks = memory.inOrder();
  try {
    const container = engines.newSha256();
    let size = 0;
    let contents: Contents | undefined;
    const reading = { path: place, segmentSize: READ_SIZE, allocate: chunks.take };
    const options = { expected: stat.size, onPiece: chunks.comes };
    const source = async function* () {
      for await (const piece of readInSegments(opened, stat.size, reading)) {
        if (whole) container.update(piece);
        yield piece;
      }
    };
    const decoded = async function* () {
      for await (const piece of decodeContainerStream(source(), engines, options)) {
        size += piece.length;
        yield piece;
      }
      // The decoder has just found the content to be of the digest in the trailer, or we would not be here.
      const sha256 = await trailerOf(opened, place);
      contents = { size, sha256, stored: stat.size, container: whole ? digestOf(container.digest()) : undefined };
      if (expected !== undefined) demandSame(contents, expected);
    };
    await sink(decoded(), chunks.done);
    return contents;
  } finally {
    chunks.end();
    await opened.close();
  }
}

function demandSame(found: Contents, expected: LiveArtifact): void {
  if (found.sha256 !== expected.sha256 || found.size !== expected.size) {
    throw mismatch(
      expected.path,
      expected,
      `a valid container of other content is there (sha256 ${found.sha256}): swapped or rolled back`,
    );
  }
  if (found.container !== undefined && found.container !== expected.container) {
    throw mismatch(expected.path, expected, 'another container of the same content is there: packed anew by somebody');
  }
}

function mismatch(path: string, { sequence, sha256 }: LiveArtifact, what: string): At1Error {
  return new At1Error('ledger/mismatch', {
    message: `'${path}' is not what entry ${sequence} of the ledger names (sha256 ${sha256}): ${what}`,
    hint: 'restore the file from a copy, or log the artifact again',
    facts: { path, entry: sequence, expected: sha256 },
  });
}

async function refuseUnlisted(directory: ArtifactDirectory, state: LedgerState, path: ArtifactPath): Promise<never> {
  const place = await placeOf(directory, path, 'read');
  const stat = await attempt('read', place, () => nodeFileSystem.lstat(place));
  if (stat?.kind !== 'file' || state.deleted.has(path)) throw notFound(path);
  throw new At1Error('ledger/unlisted', {
    message: `'${path}' is not in the ledger: somebody has put its container there`,
    hint: 'remove the file, or log the artifact',
    facts: { path },
  });
}

/** Of the entry that put it there; one signed later says nothing about who put it. Throws `signature/*`, `key/weak`. */
function standing(context: ArtifactContext, state: LedgerState, entry: number): ReadArtifact['ledger'] {
  const { time, signature } = state.entries.get(entry) as EntryStanding;
  if (signature === undefined) return { kind: 'unsigned', entry, time };
  const known = context.signers.get(signature);
  if (known !== undefined) return { kind: 'signed', entry, time, key: known };
  const check = verifyMessage(signature.armor, 'at1-ledger', signature.body, context.engines);
  if (check.kind === 'bad') {
    throw new At1Error(check.code, { message: `entry ${entry} of the ledger: ${check.message}` });
  }
  const key = keyIdOf(check.publicKey, context.engines);
  context.signers.set(signature, key);
  return { kind: 'signed', entry, time, key };
}

/** SHA-256 of a file; undefined where there is none. */
export async function hashContainer(place: string, engines: Engines): Promise<Digest | undefined> {
  const stat = await attempt('read', place, () => nodeFileSystem.lstat(place));
  if (stat?.kind !== 'file') return undefined;
  const opened = await openStable({ ...stat, absolute: place });
  try {
    const hasher = engines.newSha256();
    for await (const piece of readInSegments(opened, stat.size, { path: place })) hasher.update(piece);
    return digestOf(hasher.digest());
  } finally {
    await opened.close();
  }
}

/** What a container that no ledger lists holds; undefined for one that is not intact. */
export async function describeContainer(place: string, context: Pick<ArtifactContext, 'engines' | 'memory'>) {
  try {
    const found = await decodeFile(place, undefined, { ...context, sink: ignore, whole: true });
    return found?.container === undefined ? undefined : { ...found, container: found.container };
  } catch (error) {
    if (error instanceof At1Error && error.code.startsWith('container/')) return undefined;
    throw error;
  }
}

async function ignore(bytes: AsyncIterable<Uint8Array>, done: (piece: Uint8Array) => void): Promise<void> {
  for await (const piece of bytes) done(piece);
}

async function trailerOf(opened: StableFile, place: string): Promise<Digest> {
  const tail = await readExactly(opened, place, opened.size - TRAILER_LENGTH, new Uint8Array(TRAILER_LENGTH));
  return digestOf(demandTrailer(tail));
}
