/** Private key files on disk: read with ssh's care about permissions, written exclusively with mode 0600. */

import { platform } from 'node:os';
import { fromUtf8, utf8 } from '../bytes/text.js';
import { At1Error, type ErrorCode } from '../errors.js';
import { createWhole } from '../files/durable-file.js';
import { uninterrupted } from '../files/interrupt.js';
import { type FileHandle, open, TO_READ, unlink } from '../files/node-fs.js';
import { readInto, refuseSilentPipe } from '../files/read-pipe.js';
import type { Ed25519PrivateKey } from '../signing/private-key.js';
import { formatPublicKey, type PublicKey } from '../signing/public-key.js';
import {
  type FormatOptions,
  formatKeyText,
  inspectKeyText,
  type KeyText,
  openKeyText,
  type PassphraseSource,
} from './key-text.js';

export interface ReadKeyOptions {
  /** Asked only for encrypted keys. */
  readonly passphrase?: PassphraseSource | undefined;
}

/** Real key files have a few hundred bytes. */
const SIZE_LIMIT = 65_536;
const PRIVATE_MODE = 0o600;
const PUBLIC_MODE = 0o644;
const OTHERS = 0o077;
const KEY_HINT = 'give an Ed25519 private key, as `at1 key generate` or `ssh-keygen -t ed25519` makes one';

/** The private key; throws `key/not-found`, `key/permissions`, `key/passphrase`, `key/invalid`, `key/unsupported`. */
export async function readKeyFile(path: string, options: ReadKeyOptions = {}): Promise<Ed25519PrivateKey> {
  const text = await readText(path, { secret: true });
  return ofKeyFile(path, () => openKeyText(text, { passphrase: options.passphrase, name: path }));
}

/** What a key file is, public or private; permissions are not judged, since nothing secret is kept. */
export async function inspectKeyFile(path: string): Promise<KeyText> {
  const text = await readText(path, { secret: false });
  return ofKeyFile(path, async () => inspectKeyText(text));
}

/** Runs what reads the text of a key file; what is wrong with the text then says which file it is from. */
export async function ofKeyFile<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    if (error.code === 'document/not-utf8') throw notAKey(path, 'is not a key file', error);
    if (error.code !== 'key/invalid') throw error;
    const { message, hint = KEY_HINT, facts } = error;
    throw new At1Error('key/invalid', {
      message: `${path}: ${message}`,
      hint,
      facts: { ...facts, path },
      cause: error,
    });
  }
}

function notAKey(path: string, why: string, cause?: unknown): At1Error {
  return new At1Error('key/invalid', { message: `${path} ${why}`, hint: KEY_HINT, facts: { path }, cause });
}

/** Writes `path` (OpenSSH form, mode 0600) and `path`.pub; throws `key/exists` rather than replace anything. */
export async function writeKeyFile(path: string, key: Ed25519PrivateKey, options: FormatOptions = {}): Promise<void> {
  await writeKeyTexts(path, formatKeyText(key, options), key.publicKey);
}

/** The same for a private key that already is text, so that an imported file keeps its encryption. */
export function writeKeyTexts(path: string, privateText: string, publicKey: PublicKey): Promise<void> {
  return uninterrupted(() => writeBoth(path, privateText, publicKey));
}

async function writeBoth(path: string, privateText: string, publicKey: PublicKey): Promise<void> {
  // the private file first: alone it is a whole key, while a .pub alone would only block the name
  await writeNew(path, privateText, PRIVATE_MODE);
  try {
    await writeNew(`${path}.pub`, `${formatPublicKey(publicKey)}\n`, PUBLIC_MODE);
  } catch (error) {
    await unlink(path);
    throw error;
  }
}

async function readText(path: string, { secret }: { secret: boolean }): Promise<string> {
  let file: FileHandle;
  try {
    file = await open(path, TO_READ);
  } catch (cause) {
    throw readFailure(path, cause);
  }
  try {
    const status = await file.stat();
    if (status.isDirectory()) throw notAKey(path, 'is a folder');
    // pipes (/dev/fd/3, process substitution) have no mode worth judging; Windows has access lists instead
    if (secret && status.isFile() && platform() !== 'win32' && (status.mode & OTHERS) !== 0)
      throw tooOpen(path, status.mode);
    return fromUtf8(await readAtMost(file, path));
  } catch (error) {
    if (error instanceof At1Error && error.code === 'document/not-utf8') {
      throw notAKey(path, 'is not a key file', error);
    }
    throw error instanceof At1Error ? error : readFailure(path, error);
  } finally {
    await file.close();
  }
}

async function readAtMost(file: FileHandle, path: string): Promise<Uint8Array> {
  const buffer = new Uint8Array(SIZE_LIMIT + 1);
  const length = await readInto(file, buffer);
  if (length === 0) await refuseSilentPipe(file, 'give a key file: a private key is read twice, which no pipe allows');
  if (length > SIZE_LIMIT) throw notAKey(path, 'is too large for a key file');
  const bytes = buffer.slice(0, length);
  buffer.fill(0);
  return bytes;
}

async function writeNew(path: string, text: string, mode: number): Promise<void> {
  try {
    await createWhole(path, utf8(text), mode);
  } catch (cause) {
    throw writeFailure(path, cause);
  }
}

function tooOpen(path: string, mode: number): At1Error {
  return new At1Error('key/permissions', {
    message: `others can read the private key ${path} (mode ${(mode & 0o777).toString(8).padStart(4, '0')})`,
    hint: `chmod 600 '${path}'`,
    facts: { path, mode: mode & 0o777 },
  });
}

function readFailure(path: string, cause: unknown): At1Error {
  const system = systemCode(cause);
  if (system === 'ENOENT' || system === 'ENOTDIR') {
    return new At1Error('key/not-found', {
      message: `no key file ${path}`,
      hint: 'give the path of a key file, or a name that `at1 key list` shows; `at1 key generate` makes a key',
      facts: { path },
      cause,
    });
  }
  if (system === 'EACCES' || system === 'EPERM') {
    return new At1Error('key/permissions', { message: `key file ${path} may not be read`, facts: { path }, cause });
  }
  return new At1Error('io/failed', { message: `cannot read ${path}`, facts: { path }, cause });
}

const WRITE_CODES: ReadonlyMap<string, ErrorCode> = new Map([
  ['EEXIST', 'key/exists'],
  ['ENOSPC', 'io/full'],
  ['EDQUOT', 'io/full'],
  ['EROFS', 'io/read-only'],
  ['EACCES', 'io/read-only'],
  ['EPERM', 'io/read-only'],
]);

function writeFailure(path: string, cause: unknown): At1Error {
  const code = WRITE_CODES.get(systemCode(cause) ?? '') ?? 'io/failed';
  const message = code === 'key/exists' ? `${path} exists already` : `cannot write ${path}`;
  return new At1Error(code, { message, facts: { path }, cause });
}

/** `ENOENT` and the like of a node error. */
function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
