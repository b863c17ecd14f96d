/**
 * Files read in one piece. A named pipe is not waited for, and neither a file of absurd size nor a device without an end
 * is taken into memory: all can lie in the git folder of a repository that somebody packed up and sent.
 */
import { closeSync, fstatSync, readFileSync as readAllSync, readSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { concatBytes } from '../bytes/writer.js';
import { openSync, TO_READ } from './node-fs.js';

/** A `packed-refs` of five million tags. */
const LIMIT = 512 * 1024 * 1024;
/** Of what does not tell its size: devices, pipes, the files of `/proc`. */
const LIMIT_UNTOLD = 16 * 1024 * 1024;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function readFileSync(path: string): Uint8Array;
export function readFileSync(path: string, encoding: 'utf8'): string;
export function readFileSync(path: string, encoding?: 'utf8'): Uint8Array | string {
  const file = openSync(path);
  try {
    if (tellsSize(path, fstatSync(file)))
      return encoding === undefined ? readAllSync(file) : readAllSync(file, encoding);
    const bytes = readUntold(path, file);
    return encoding === undefined ? bytes : decoder.decode(bytes);
  } finally {
    closeSync(file);
  }
}

/** The object is what isomorphic-git passes; only its encoding is used. */
export async function readFile(path: string): Promise<Uint8Array>;
export async function readFile(path: string, options: 'utf8'): Promise<string>;
export async function readFile(path: string, options?: 'utf8' | { encoding?: 'utf8' }): Promise<Uint8Array | string> {
  const encoding = typeof options === 'object' ? options.encoding : options;
  const file = await open(path, TO_READ);
  try {
    if (tellsSize(path, await file.stat())) {
      return encoding === undefined ? await file.readFile() : await file.readFile(encoding);
    }
    const bytes = readUntold(path, file.fd);
    return encoding === undefined ? bytes : decoder.decode(bytes);
  } finally {
    await file.close();
  }
}

/** Throws where it tells too large a size. */
function tellsSize(path: string, stats: Stats): boolean {
  if (stats.size > LIMIT) throw tooLarge(path, `${stats.size} bytes`);
  return stats.isFile() && stats.size > 0;
}

/** At once, as nothing here is waited for. */
function readUntold(path: string, file: number): Uint8Array {
  const chunk = new Uint8Array(64 * 1024);
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let count = readSync(file, chunk); count > 0; count = readSync(file, chunk)) {
    length += count;
    if (length > LIMIT_UNTOLD) throw tooLarge(path, `more than ${LIMIT_UNTOLD} bytes, how many it does not tell,`);
    parts.push(chunk.slice(0, count));
  }
  return concatBytes(parts);
}

function tooLarge(path: string, size: string): Error {
  const message = `EFBIG: ${size} are more than is read at once, read '${path}'`;
  return Object.assign(new Error(message), { code: 'EFBIG', syscall: 'read', path });
}
