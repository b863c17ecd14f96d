/**
 * Files read in one piece. A named pipe is not waited for and a file of absurd size not taken into memory: both can lie
 * in the git folder of a repository that somebody packed up and sent.
 */
import { closeSync, fstatSync, readFileSync as readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { openSync, TO_READ } from './node-fs.js';

/** A `packed-refs` of five million tags. */
const LIMIT = 512 * 1024 * 1024;

export function readFileSync(path: string): Uint8Array;
export function readFileSync(path: string, encoding: 'utf8'): string;
export function readFileSync(path: string, encoding?: 'utf8'): Uint8Array | string {
  const file = openSync(path);
  try {
    refuseLarge(path, fstatSync(file).size);
    return encoding === undefined ? readSync(file) : readSync(file, encoding);
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
    refuseLarge(path, (await file.stat()).size);
    return encoding === undefined ? await file.readFile() : await file.readFile(encoding);
  } finally {
    await file.close();
  }
}

function refuseLarge(path: string, size: number): void {
  if (size <= LIMIT) return;
  const message = `EFBIG: ${size} bytes are more than is read at once, read '${path}'`;
  throw Object.assign(new Error(message), { code: 'EFBIG', syscall: 'read', path });
}
