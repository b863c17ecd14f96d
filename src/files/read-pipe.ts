/**
 * What people name may be a pipe: `<(command)`, `/dev/stdin`, or a named one that nobody writes to. None is opened or read
 * in a way that keeps the process from ending: a thread that waits in the system would.
 */
import { setTimeout } from 'node:timers/promises';
import { concatBytes } from '../bytes/writer.js';
import { At1Error } from '../errors.js';
import { attempt } from './io-error.js';
import { type FileHandle, open, TO_READ } from './node-fs.js';
import { isSystemError } from './system-error.js';

const CHUNK = 64 * 1024;
const POLL_MS = 10;

/** All of a file or pipe; throws `io/unsafe-path` for a pipe with nothing in it. */
export async function readToEnd(path: string): Promise<Uint8Array> {
  return attempt('read', path, async () => {
    const file = await open(path, TO_READ);
    try {
      const parts: Uint8Array[] = [];
      for (;;) {
        const chunk = new Uint8Array(CHUNK);
        const length = await readInto(file, chunk);
        parts.push(chunk.subarray(0, length));
        if (length < CHUNK) break;
      }
      const bytes = concatBytes(parts);
      if (bytes.length === 0) await refuseSilentPipe(file, 'give a file, or a pipe that something writes to');
      return bytes;
    } finally {
      await file.close();
    }
  });
}

/** Fills `into` as far as the file goes, which was opened with `TO_READ`; a pipe is waited for while it has a writer. */
export async function readInto(file: FileHandle, into: Uint8Array): Promise<number> {
  let length = 0;
  while (length < into.length) {
    const count = await readSome(file, into.subarray(length));
    if (count === 0) break;
    length += count ?? 0;
    if (count === undefined) await setTimeout(POLL_MS);
  }
  return length;
}

/** Of a file in which nothing was found. */
export async function refuseSilentPipe(file: FileHandle, hint: string): Promise<void> {
  if (!(await file.stat()).isFIFO()) return;
  const { path } = file;
  throw new At1Error('io/unsafe-path', { message: `'${path}' is a pipe with nothing in it`, hint, facts: { path } });
}

/** Undefined where the writer has written nothing yet. */
async function readSome(file: FileHandle, into: Uint8Array): Promise<number | undefined> {
  try {
    return (await file.read(into, 0, into.length, null)).bytesRead;
  } catch (error) {
    if (isSystemError(error, 'EAGAIN')) return undefined;
    throw error;
  }
}
