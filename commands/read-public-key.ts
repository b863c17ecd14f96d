/** A public key as users give it: the text itself, a file, or standard input. A private key is refused unread. */
import { readFile, stat } from 'node:fs/promises';
import { At1Error } from '../src/index.js';
import type { Environment } from './environment.js';

const LIMIT = 64 * 1024;

/** One line `type base64 comment`; whether it is a good key is for the library to say. Throws `key/*`. */
export async function readPublicKey(given: string, environment: Environment): Promise<string> {
  const text = given.trim();
  if (given === '-') return onlyLine(await readStdin(environment), 'standard input');
  if (/^\S+\s+\S/.test(text) && !(await isFile(environment.resolve(given)))) return onlyLine(text, 'the given text');
  if (text.includes('-----BEGIN')) throw privateKey('the given text');
  const path = environment.resolve(given);
  if (!(await isFile(path))) {
    throw new At1Error('key/not-found', {
      message: `there is no file ${given}`,
      hint: "give a .pub file, the key in quotes ('ssh-ed25519 AAAA...'), or - for standard input",
    });
  }
  if ((await stat(path)).size > LIMIT) throw tooLong(given);
  return onlyLine(await readFile(path, 'utf8'), given);
}

/** A name or key id as it is; whatever else stands for a public key as its line. */
export async function readKeyOrName(given: string, environment: Environment): Promise<string> {
  const isKey = given === '-' || given.endsWith('.pub') || /[\s/\\]/.test(given.trim()) || given.includes('-----BEGIN');
  return isKey && !given.startsWith('SHA256:') ? readPublicKey(given, environment) : given;
}

function onlyLine(text: string, from: string): string {
  if (text.includes('-----BEGIN')) throw privateKey(from);
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const [line] = lines;
  if (line !== undefined && lines.length === 1) return line;
  throw new At1Error('key/invalid', {
    message: `${from} holds ${lines.length} lines where one public key belongs`,
    hint: 'give one key; a second one for the same person is added with at1 policy rotate --add',
  });
}

async function readStdin({ stdin }: Environment): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : (chunk as Uint8Array);
    size += bytes.length;
    if (size > LIMIT) throw tooLong('standard input');
    chunks.push(bytes);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

function privateKey(from: string): At1Error {
  return new At1Error('key/invalid', {
    message: `${from} is a private key; a policy takes public ones`,
    hint: 'give the .pub file beside it, or what `at1 key show` prints',
  });
}

function tooLong(from: string): At1Error {
  return new At1Error('key/invalid', { message: `${from} is too long for a public key` });
}
