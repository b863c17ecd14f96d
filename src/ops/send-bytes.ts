/** Where `tensor` and `cat` put bytes: into a file that appears whole, into a stream as they come, or nowhere but a digest. */
import { dirname, resolve } from 'node:path';
import { digestOf, formatDigest } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import { sweep } from '../files/leftovers.js';
import { writeAtomic } from '../store/atomic.js';

export interface Destination {
  /** File to write; comes before `sink`. */
  readonly out?: string | undefined;
  readonly cwd?: string | undefined;
  /** Replace what is there. */
  readonly force?: boolean | undefined;
  /** Takes the bytes piece by piece, and is waited for. */
  readonly sink?: ((bytes: Uint8Array) => Promise<void>) | undefined;
  /** Bytes so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

export interface SentBytes {
  /** SHA-256 of what was sent. */
  readonly sha256: string;
  /** The file that was written, or null. */
  readonly path: string | null;
}

/** Throws what the source throws, `output/exists`, `io/*`. */
export async function sendBytes(
  source: AsyncIterable<Uint8Array>,
  to: Destination,
  engines: Engines,
): Promise<SentBytes> {
  const hasher = engines.newSha256();
  let size = 0;
  const counted = async function* () {
    for await (const piece of source) {
      hasher.update(piece);
      size += piece.length;
      to.onProgress?.(size);
      yield piece;
    }
  };
  const path = to.out === undefined ? null : resolve(to.cwd ?? '.', to.out);
  if (path !== null) {
    await sweep(dirname(path));
    await writeAtomic(path, counted(), { exclusive: to.force !== true });
  } else {
    for await (const piece of counted()) await to.sink?.(piece);
  }
  return { sha256: formatDigest(digestOf(hasher.digest())), path };
}
