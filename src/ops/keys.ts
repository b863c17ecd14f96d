/** The user's own signing keys, outside any repository: make, list, show, import. */
import { resolve } from 'node:path';
import { fromUtf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { ofKeyFile } from '../keys/key-file.js';
import {
  DEFAULT_KEY,
  generateKey as generate,
  importKey as importText,
  listKeys as listStored,
  type StoredKey,
  showKey as showStored,
} from '../keys/key-store.js';
import { createNativeEngines } from '../native/engines.js';
import { formatPublicKey, keyIdOf } from '../signing/public-key.js';
import { readFileBounded } from '../store/read-file.js';
import { defaultEnvironment, type Environment } from './environment.js';

export interface KeyResult {
  readonly name: string;
  readonly path: string;
  /** `SHA256:…`, as ssh-keygen prints it. */
  readonly id: string;
  /** What `at1 policy add-principal NAME KEY` takes. */
  readonly public: string;
  readonly encrypted: boolean;
}

const KEY_FILE_LIMIT = 64 * 1024;

async function described(key: StoredKey): Promise<KeyResult> {
  const engines = await createNativeEngines();
  return {
    name: key.name,
    path: key.path,
    id: keyIdOf(key.publicKey.raw, engines),
    public: formatPublicKey(key.publicKey),
    encrypted: key.encrypted,
  };
}

export interface KeyOptions {
  readonly name?: string | undefined;
  readonly comment?: string | undefined;
  readonly environment?: Partial<Environment> | undefined;
}

/** Throws `key/exists`, `io/*`. The key is protected by the environment's passphrase if it has one. */
export async function generateKey(options: KeyOptions = {}): Promise<KeyResult> {
  const { configDir, passphrase } = defaultEnvironment(options.environment);
  return described(await generate(configDir, { name: options.name, comment: options.comment ?? 'at1', passphrase }));
}

export async function listKeys(
  environment?: Partial<Environment>,
): Promise<{ readonly keys: readonly KeyResult[]; readonly problems: readonly string[] }> {
  const { keys, problems } = await listStored(defaultEnvironment(environment).configDir);
  return { keys: await Promise.all(keys.map(described)), problems: problems.map((problem) => problem.message) };
}

export async function showKey(name: string | undefined, environment?: Partial<Environment>): Promise<KeyResult> {
  const { configDir } = defaultEnvironment(environment);
  return described(await showStored(configDir, name ?? DEFAULT_KEY));
}

/** Reads an OpenSSH, PKCS#8 or pacha private key file. Throws `key/*`. */
export async function importKey(
  path: string,
  options: KeyOptions & { readonly cwd?: string } = {},
): Promise<KeyResult> {
  const { configDir, passphrase } = defaultEnvironment(options.environment);
  const bytes = await readFileBounded(resolve(options.cwd ?? '.', path), KEY_FILE_LIMIT);
  if (bytes === undefined) {
    throw new At1Error('key/not-found', {
      message: `there is no file ${path}`,
      hint: 'check the spelling and the folder you are in',
    });
  }
  const { name, comment } = options;
  return described(
    await ofKeyFile(path, async () => importText(configDir, { name, text: fromUtf8(bytes), comment, passphrase })),
  );
}
