/** A small text from a file or from standard input. */
import { readFile, stat } from 'node:fs/promises';
import { At1Error } from '../src/index.js';
import type { Environment } from './environment.js';

const LIMIT = 1024 * 1024;

/** `-` is standard input. Throws `usage/path` for a file that is not there or is too long. */
export async function readText(given: string, environment: Environment): Promise<string> {
  if (given === '-') return readStream(environment.stdin);
  const path = environment.resolve(given);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) throw new At1Error('usage/path', { message: `there is no file ${given}` });
  if (found.size > LIMIT) throw tooLong(given);
  return readFile(path, 'utf8');
}

async function readStream(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : (chunk as Uint8Array);
    size += bytes.length;
    if (size > LIMIT) throw tooLong('standard input');
    chunks.push(bytes);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function tooLong(from: string): At1Error {
  return new At1Error('usage/path', { message: `${from} is longer than ${LIMIT} bytes` });
}
