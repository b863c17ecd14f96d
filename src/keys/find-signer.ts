/**
 * Which key signs: the one asked for, git's `user.signingkey`, our own key folder, the agent; in that order.
 * Everything arrives through options. Candidates are found lazily, and no passphrase is asked before one is opened.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { equalBytes, fromBase64, fromHex } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { isKeyType, keyIdOf, type PublicKey, parsePublicKey } from '../signing/public-key.js';
import type { Signer } from '../signing/sshsig.js';
import { agentSigner, listAgentKeys } from './agent.js';
import { inspectKeyFile, readKeyFile } from './key-file.js';
import { isKeyName, keyPath, listKeys } from './key-store.js';
import { inspectKeyText, openKeyText, type PassphraseSource } from './key-text.js';
import { signerOf } from './seed.js';

export interface FindSignerOptions {
  /** `--key` or AT1_SIGNING_KEY: a path, the name of a key of ours, a key id, a public key, or the private key itself. */
  readonly explicit?: string | undefined;
  /** git's `user.signingkey`. */
  readonly gitSigningKey?: string | undefined;
  /** git's `gpg.format`. */
  readonly gitFormat?: string | undefined;
  /** The folder that holds `keys/`. */
  readonly configDir: string;
  /** SSH_AUTH_SOCK. */
  readonly agentSocket?: string | undefined;
  /** For `~/` at the start of a path. */
  readonly homeDir?: string | undefined;
  readonly passphrase?: PassphraseSource | undefined;
  /** Hears why a source other than the explicit one was passed over; of git's, with a message for people. */
  readonly onProblem?: ((problem: At1Error, source: SignerSource) => void) | undefined;
}

export type SignerSource = 'explicit' | 'git' | 'at1' | 'agent';

export interface SignerCandidate {
  readonly source: SignerSource;
  /** Where the private key is, for people: a path, `ssh-agent`, or `given text`. */
  readonly place: string;
  readonly publicKey: PublicKey;
  /** Asks for a passphrase if it must; throws `key/passphrase`, `key/permissions`, `key/agent` and the like. */
  open(): Promise<Signer>;
}

/** All candidates, each public key once. An explicit key that cannot be found throws; other sources only report. */
export async function* findSigners(options: FindSignerOptions): AsyncGenerator<SignerCandidate> {
  const seen: Uint8Array[] = [];
  for await (const candidate of allCandidates(new Finder(options), options)) {
    if (seen.some((raw) => equalBytes(raw, candidate.publicKey.raw))) continue;
    seen.push(candidate.publicKey.raw);
    yield candidate;
  }
}

/**
 * The explicit one; else the first that is best, by default that the policy lists; else the first that it lists; else the
 * first. Throws `key/none` where there is none.
 */
export async function chooseSigner(
  candidates: AsyncIterable<SignerCandidate> | Iterable<SignerCandidate>,
  isListed: (raw: Uint8Array) => boolean,
  isBest: (raw: Uint8Array) => boolean = isListed,
): Promise<SignerCandidate> {
  let first: SignerCandidate | undefined;
  let listed: SignerCandidate | undefined;
  for await (const candidate of candidates) {
    const { raw } = candidate.publicKey;
    if (candidate.source === 'explicit' || isBest(raw)) return candidate;
    if (isListed(raw)) listed ??= candidate;
    first ??= candidate;
  }
  const found = listed ?? first;
  if (found !== undefined) return found;
  throw new At1Error('key/none', {
    message: 'no signing key found',
    hint: 'make one with `at1 key generate`, give one with --key, or load one into the ssh-agent',
  });
}

async function* allCandidates(finder: Finder, options: FindSignerOptions): AsyncGenerator<SignerCandidate> {
  const { explicit = '', gitSigningKey = '', gitFormat, configDir, onProblem } = options;
  if (explicit.trim() !== '') yield await finder.explicit(explicit.trim());
  const ours = isSshSigningKey(gitSigningKey, gitFormat);
  const tellOfGit = (problem: At1Error) => onProblem?.(passedOver(problem), 'git');
  if (gitSigningKey !== '' && ours) {
    const found = await reported(() => finder.designated('git', gitSigningKey), tellOfGit);
    if (found !== undefined) yield found;
  }
  const tell = (problem: At1Error) => onProblem?.(problem, 'at1');
  const own = await reported(() => listKeys(configDir), tell);
  for (const problem of own?.problems ?? []) tell(problem);
  for (const key of own?.keys ?? []) yield finder.file('at1', key.path, key.publicKey, key.encrypted);
  for (const key of (await finder.agentKeysIfAny()) ?? []) yield finder.agent('agent', key);
  // Many sign git's commits with GPG and have another key for this: they hear of it only where no key was the one.
  if (gitSigningKey !== '' && !ours) tellOfGit(ofOtherFormat(gitFormat));
}

/** Resolves what people write for a key; asks the agent for its list at most once. */
class Finder {
  readonly #options: FindSignerOptions;
  #agentKeys: Promise<PublicKey[]> | undefined;

  constructor(options: FindSignerOptions) {
    this.#options = options;
  }

  async explicit(value: string): Promise<SignerCandidate> {
    if (value.includes('-----BEGIN ')) return this.#text(value);
    if (value.startsWith('SHA256:')) return this.#byKeyId(value);
    if (looksSecret(value)) {
      // the value must not reach an error message as if it were a path
      throw new At1Error('key/invalid', {
        message: 'the given key looks like a private key without its BEGIN and END lines',
        hint: 'give the whole text of the key file, or its path',
      });
    }
    try {
      return await this.designated('explicit', value);
    } catch (error) {
      const named = isKeyName(value) && error instanceof At1Error && error.code === 'key/not-found';
      if (named) return this.#path('explicit', keyPath(this.#options.configDir, value));
      throw error;
    }
  }

  /** What git's `user.signingkey` may hold: a public key, or the path of a private or public key file. */
  async designated(source: SignerSource, value: string): Promise<SignerCandidate> {
    const literal = value.startsWith('key::') ? value.slice(5) : value;
    if (literal !== value || isKeyType(literal.split(/\s/, 1)[0] ?? '')) {
      return this.#inAgent(source, parsePublicKey(literal));
    }
    const { homeDir } = this.#options;
    return this.#path(source, homeDir !== undefined && value.startsWith('~/') ? join(homeDir, value.slice(2)) : value);
  }

  file(source: SignerSource, path: string, publicKey: PublicKey, encrypted: boolean): SignerCandidate {
    const { passphrase } = this.#options;
    const open = async () => {
      // an agent that has the key spares the passphrase; that it cannot be asked is no reason not to ask the person
      if (encrypted && (await this.#agentHas(publicKey))) return this.agent(source, publicKey).open();
      const key = await readKeyFile(path, { passphrase });
      if (!equalBytes(key.publicKey.raw, publicKey.raw)) {
        throw new At1Error('key/invalid', { message: `${path} changed while it was read`, facts: { path } });
      }
      return signerOf(key);
    };
    return { source, place: path, publicKey, open };
  }

  agent(source: SignerSource, publicKey: PublicKey): SignerCandidate {
    const { agentSocket } = this.#options;
    const open = async () => {
      if (agentSocket === undefined) throw noAgent();
      return agentSigner({ socket: agentSocket }, publicKey);
    };
    return { source, place: 'ssh-agent', publicKey, open };
  }

  agentKeys(): Promise<PublicKey[]> {
    const { agentSocket } = this.#options;
    this.#agentKeys ??= agentSocket === undefined ? Promise.resolve([]) : listAgentKeys({ socket: agentSocket });
    return this.#agentKeys;
  }

  /** Undefined where the agent cannot be asked. */
  agentKeysIfAny(): Promise<PublicKey[] | undefined> {
    return reported(
      () => this.agentKeys(),
      (problem) => this.#options.onProblem?.(problem, 'agent'),
    );
  }

  #text(text: string): SignerCandidate {
    const found = inspectKeyText(text);
    const { passphrase } = this.#options;
    const open = async () => signerOf(await openKeyText(text, { passphrase, name: 'the given key' }));
    return { source: 'explicit', place: 'given text', publicKey: found.publicKey, open };
  }

  async #byKeyId(id: string): Promise<SignerCandidate> {
    const has = (key: PublicKey) => keyIdOf(key.raw, { sha256 }) === id;
    const { keys } = await listKeys(this.#options.configDir);
    const own = keys.find((key) => has(key.publicKey));
    if (own !== undefined) return this.file('explicit', own.path, own.publicKey, own.encrypted);
    const held = (await this.agentKeys()).find(has);
    if (held !== undefined) return this.agent('explicit', held);
    throw new At1Error('key/not-found', { message: `no key ${id} in the key folder or the agent`, facts: { key: id } });
  }

  async #path(source: SignerSource, path: string): Promise<SignerCandidate> {
    let found: Awaited<ReturnType<typeof inspectKeyFile>>;
    try {
      found = await inspectKeyFile(path);
    } catch (error) {
      const beside = isUnreachable(error) ? await publicKeyAt(`${path}.pub`) : undefined;
      if (beside !== undefined && (await this.#agentHas(beside))) return this.agent(source, beside);
      throw error;
    }
    if (found.kind === 'private') return this.file(source, path, found.publicKey, found.encrypted);
    return this.#privateBeside(source, path, found.publicKey);
  }

  /** For `x.pub`: the private file `x` if it is there, else the agent, as ssh-keygen does. */
  async #privateBeside(source: SignerSource, path: string, publicKey: PublicKey): Promise<SignerCandidate> {
    if (!path.endsWith('.pub')) return this.#inAgent(source, publicKey);
    const privatePath = path.slice(0, -'.pub'.length);
    try {
      const found = await inspectKeyFile(privatePath);
      if (found.kind === 'private' && equalBytes(found.publicKey.raw, publicKey.raw)) {
        return this.file(source, privatePath, publicKey, found.encrypted);
      }
    } catch (error) {
      if (!isUnreachable(error)) throw error;
    }
    return this.#inAgent(source, publicKey);
  }

  async #inAgent(source: SignerSource, publicKey: PublicKey): Promise<SignerCandidate> {
    if (this.#options.agentSocket === undefined) throw noAgent();
    const held = (await this.agentKeys()).find((key) => equalBytes(key.raw, publicKey.raw));
    if (held !== undefined) return this.agent(source, held);
    throw new At1Error('key/not-found', {
      message: 'the private key is neither beside its public key nor in the ssh-agent',
      hint: 'load it with `ssh-add`',
      facts: { key: keyIdOf(publicKey.raw, { sha256 }) },
    });
  }

  async #agentHas(publicKey: PublicKey): Promise<boolean> {
    const keys = await this.agentKeysIfAny();
    return keys?.some((key) => equalBytes(key.raw, publicKey.raw)) ?? false;
  }
}

/** With the format unset, only what cannot be the name of a GPG key is taken. */
function isSshSigningKey(value: string, format: string | undefined): boolean {
  if (format !== undefined) return format === 'ssh';
  const isPath = /^(~?\/|\.{1,2}\/|[A-Za-z]:[\\/])/.test(value) || value.endsWith('.pub');
  return isPath || value.startsWith('key::') || isKeyType(value.split(/\s/, 1)[0] ?? '');
}

/** The bare base64 of an OpenSSH or PKCS#8 key, or a bare seed, as a mistaken secret would hold it. */
function looksSecret(value: string): boolean {
  const isSeed = fromBase64(value)?.length === 32 || fromHex(value.toLowerCase())?.length === 32;
  return (
    isSeed || value.includes('\n') || value.startsWith('b3BlbnNzaC1rZXktdjE') || value.startsWith('MC4CAQAwBQYDK2Vw')
  );
}

async function publicKeyAt(path: string): Promise<PublicKey | undefined> {
  try {
    const found = await inspectKeyFile(path);
    return found.kind === 'public' ? found.publicKey : undefined;
  } catch (error) {
    if (error instanceof At1Error) return undefined;
    throw error;
  }
}

/** The result, or undefined and a report. */
async function reported<T>(find: () => Promise<T>, onProblem: (problem: At1Error) => void): Promise<T | undefined> {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    onProblem(error);
    return undefined;
  }
}

function ofOtherFormat(format = 'openpgp'): At1Error {
  const message = `it is a key for ${format}, and at1 signs with Ed25519 keys of SSH`;
  return new At1Error('key/unsupported', { message });
}

/** Git's configuration is no argument of the command: people may not think of it when another key signs. */
function passedOver(problem: At1Error): At1Error {
  const { code, message, hint, facts } = problem;
  // With these the key itself can be used; else another one has to be named.
  const mends = code === 'key/agent' || code === 'key/permissions' || facts.key !== undefined;
  return new At1Error(code, {
    message: `git's user.signingkey is passed over: ${message}`,
    hint:
      mends && hint !== undefined
        ? hint
        : 'set it to an Ed25519 key of SSH, with gpg.format ssh; or name the key with --key or AT1_SIGNING_KEY',
    facts,
    cause: problem,
  });
}

function isUnreachable(error: unknown): boolean {
  return error instanceof At1Error && (error.code === 'key/not-found' || error.code === 'key/permissions');
}

function noAgent(): At1Error {
  return new At1Error('key/agent', {
    message: 'only the public key is known and there is no ssh-agent to ask',
    hint: 'start an agent and load the key with `ssh-add`, or give the private key file',
  });
}

function sha256(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(bytes).digest());
}
