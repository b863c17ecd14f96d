/** The user's own keys: `<configDir>/keys/id_ed25519` and `<configDir>/keys/NAME.key`, each with its `.pub` beside it. */

import { platform } from 'node:os';
import { join } from 'node:path';
import { compareText } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { mkdir, readdir, stat } from '../files/node-fs.js';
import { makePublicKey, type PublicKey } from '../signing/public-key.js';
import { inspectKeyFile, writeKeyFile, writeKeyTexts } from './key-file.js';
import { canonicalKeyText, inspectKeyText, openKeyText, type PassphraseSource } from './key-text.js';
import { generatePrivateKey } from './seed.js';

export interface StoredKey {
  readonly name: string;
  readonly path: string;
  readonly publicKey: PublicKey;
  readonly encrypted: boolean;
}

export interface KeyList {
  /** The default key first, then by name. */
  readonly keys: readonly StoredKey[];
  /** Files that should be keys and cannot be read as such. */
  readonly problems: readonly At1Error[];
}

export interface GenerateOptions {
  /** `id_ed25519` by default, which is the key used when nothing else is said. */
  readonly name?: string | undefined;
  /** A label for people, as `ana@laptop`. */
  readonly comment: string;
  readonly passphrase?: string | undefined;
  /** Rounds of bcrypt_pbkdf. */
  readonly rounds?: number | undefined;
}

export interface ImportOptions {
  readonly name?: string | undefined;
  /** OpenSSH, PKCS#8 PEM, or a PEM of the bare seed. */
  readonly text: string;
  /** To open an encrypted text, which is then kept encrypted as it is. */
  readonly passphrase?: PassphraseSource | undefined;
  /** To protect the imported key anew. */
  readonly newPassphrase?: string | undefined;
  /** Instead of the comment in the text. */
  readonly comment?: string | undefined;
  readonly rounds?: number | undefined;
}

export const DEFAULT_KEY = 'id_ed25519';
const SUFFIX = '.key';
const NAME_LIMIT = 64;
const FOLDER_MODE = 0o700;
const WRITABLE_BY_OTHERS = 0o022;

export async function listKeys(configDir: string): Promise<KeyList> {
  const keys: StoredKey[] = [];
  const problems: At1Error[] = [];
  for (const name of await keyNames(configDir)) {
    try {
      keys.push(await showKey(configDir, name));
    } catch (error) {
      if (!(error instanceof At1Error)) throw error;
      problems.push(naming(name, keyPath(configDir, name), error));
    }
  }
  return { keys, problems };
}

/** A list is one of names: the path of a file does not say which of them it is. */
function naming(name: string, path: string, error: At1Error): At1Error {
  const { code, message, hint, facts } = error;
  const details = { message: `key ${name}: ${message}`, facts: { ...facts, path }, cause: error };
  return new At1Error(code, hint === undefined ? details : { ...details, hint });
}

/** Throws `key/not-found`, or what is wrong with the file. */
export async function showKey(configDir: string, name: string): Promise<StoredKey> {
  const path = keyPath(configDir, name);
  const found = await inspectKeyFile(path);
  if (found.kind === 'public') {
    throw new At1Error('key/invalid', {
      message: `${path} holds a public key where a private one belongs`,
      facts: { path },
    });
  }
  // an encrypted file keeps its comment secret; the .pub beside it has it in clear
  const publicKey = found.encrypted ? await commentedKey(path, found.publicKey) : found.publicKey;
  return { name, path, publicKey, encrypted: found.encrypted };
}

/** Throws `key/exists` where the name is taken. */
export async function generateKey(configDir: string, options: GenerateOptions): Promise<StoredKey> {
  const { name = DEFAULT_KEY, comment, passphrase, rounds } = options;
  const path = keyPath(configDir, name);
  await makeFolder(configDir);
  const key = generatePrivateKey(comment);
  await writeKeyFile(path, key, { passphrase, rounds });
  key.seed.fill(0);
  return showKey(configDir, name);
}

/** Throws `key/exists`, `key/passphrase`, `key/invalid`, `key/unsupported`. */
export async function importKey(configDir: string, options: ImportOptions): Promise<StoredKey> {
  const { name = DEFAULT_KEY, text, passphrase, newPassphrase, rounds } = options;
  const path = keyPath(configDir, name);
  const { encrypted } = inspectPrivate(text);
  const opened = await openKeyText(text, { passphrase, name });
  const comment = options.comment ?? opened.publicKey.comment;
  const key = { ...opened, publicKey: makePublicKey(opened.publicKey.raw, comment) };
  await makeFolder(configDir);
  if (encrypted && newPassphrase === undefined) await writeKeyTexts(path, canonicalKeyText(text), key.publicKey);
  else await writeKeyFile(path, key, { passphrase: newPassphrase, rounds });
  key.seed.fill(0);
  return showKey(configDir, name);
}

/** Throws `usage/name` for what cannot be a key's name. */
export function keyPath(configDir: string, name: string): string {
  if (!isKeyName(name)) {
    throw new At1Error('usage/name', {
      message: `'${name.slice(0, 80)}' is not a name for a key`,
      hint: `use letters, digits and - _ . @, at most ${NAME_LIMIT}, beginning with a letter or digit`,
    });
  }
  return join(keyFolder(configDir), name === DEFAULT_KEY ? name : `${name}${SUFFIX}`);
}

export function isKeyName(name: string): boolean {
  return name.length <= NAME_LIMIT && /^[A-Za-z0-9][A-Za-z0-9._@-]*$/.test(name) && !/\.(pub|key)$/.test(name);
}

async function keyNames(configDir: string): Promise<string[]> {
  let files: string[];
  try {
    files = await readdir(keyFolder(configDir));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw new At1Error('io/failed', { message: 'cannot list the folder of keys', cause });
  }
  const named = files.filter((file) => file.endsWith(SUFFIX)).map((file) => file.slice(0, -SUFFIX.length));
  const rest = named.filter((name) => isKeyName(name) && name !== DEFAULT_KEY).sort(compareText);
  return files.includes(DEFAULT_KEY) ? [DEFAULT_KEY, ...rest] : rest;
}

async function makeFolder(configDir: string): Promise<void> {
  const folder = keyFolder(configDir);
  try {
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  } catch (cause) {
    throw new At1Error('io/read-only', { message: `cannot make the folder ${folder}`, facts: { path: folder }, cause });
  }
  const { mode } = await stat(folder);
  if (platform() !== 'win32' && (mode & WRITABLE_BY_OTHERS) !== 0) {
    throw new At1Error('key/permissions', {
      message: `others can write to the folder of keys ${folder}`,
      hint: `chmod 700 '${folder}'`,
      facts: { path: folder, mode: mode & 0o777 },
    });
  }
}

async function commentedKey(path: string, publicKey: PublicKey): Promise<PublicKey> {
  try {
    const { publicKey: beside } = await inspectKeyFile(`${path}.pub`);
    return makePublicKey(publicKey.raw, beside.comment);
  } catch (error) {
    if (error instanceof At1Error) return publicKey;
    throw error;
  }
}

function inspectPrivate(text: string): { encrypted: boolean } {
  const found = inspectKeyText(text);
  if (found.kind === 'private') return found;
  throw new At1Error('key/invalid', { message: 'this is a public key; to sign, its private key is needed' });
}

function keyFolder(configDir: string): string {
  return join(configDir, 'keys');
}
