/**
 * Private keys as text: the OpenSSH form we write, and the two we import: PKCS#8 PEM, and pacha's dialect, a PEM whose
 * body is the bare 32-byte seed. Public keys are recognised too, since people point at `.pub` files.
 */
import { randomBytes } from 'node:crypto';
import { equalBytes } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { parseArmorText } from '../signing/armor.js';
import {
  type Ed25519PrivateKey,
  formatPrivateKeyContainer,
  formatPrivateSection,
  PRIVATE_KEY_LABEL,
  type PrivateKeyContainer,
  parsePrivateKeyContainer,
  parsePrivateSection,
} from '../signing/private-key.js';
import { isKeyType, makePublicKey, type PublicKey, parsePublicKey } from '../signing/public-key.js';
import { decryptSection, encryptSection, newEncryption } from './key-cipher.js';
import { privateKeyFromSeed, seedOfPkcs8 } from './seed.js';

/** The passphrase itself, or a question to ask once it is needed; `name` says of which key. Undefined gives up. */
export type PassphraseSource = string | ((name: string) => Promise<string | undefined>);

export type KeyText =
  | { readonly kind: 'public'; readonly publicKey: PublicKey }
  | { readonly kind: 'private'; readonly publicKey: PublicKey; readonly encrypted: boolean };

export interface OpenOptions {
  /** Asked only for encrypted keys. */
  readonly passphrase?: PassphraseSource | undefined;
  /** What the key is called in errors and questions: mostly its path. */
  readonly name: string;
}

export interface FormatOptions {
  /** Empty or undefined: the key is written in plain. */
  readonly passphrase?: string | undefined;
  /** Rounds of bcrypt_pbkdf. */
  readonly rounds?: number | undefined;
}

const SEED_LENGTH = 32;

/** What a key text is, without a passphrase. The public key of an encrypted file is as yet only its claim. */
export function inspectKeyText(text: string): KeyText {
  const trimmed = normalise(text);
  if (!trimmed.startsWith('-----BEGIN ')) {
    const line = firstLine(trimmed);
    if (line === '') throw new At1Error('key/invalid', { message: 'empty' });
    // What people take for a key may be anything, and a private key is what they mostly mean.
    if (!isKeyType(line.split(/[ \t]/, 1)[0] ?? '')) {
      throw new At1Error('key/invalid', { message: 'neither a private key nor an OpenSSH public key line' });
    }
    return { kind: 'public', publicKey: parsePublicKey(line) };
  }
  if (labelOf(trimmed) !== PRIVATE_KEY_LABEL) {
    return { kind: 'private', publicKey: parsePem(trimmed).publicKey, encrypted: false };
  }
  const container = parsePrivateKeyContainer(trimmed);
  const encrypted = container.encryption !== undefined;
  const publicKey = encrypted ? makePublicKey(container.publicKey) : openPlain(container).publicKey;
  return { kind: 'private', publicKey, encrypted };
}

/** The private key; throws `key/passphrase` where one is missing or wrong. */
export async function openKeyText(text: string, options: OpenOptions): Promise<Ed25519PrivateKey> {
  const trimmed = normalise(text);
  if (labelOf(trimmed) !== PRIVATE_KEY_LABEL) return parsePem(trimmed);
  const container = parsePrivateKeyContainer(trimmed);
  if (container.encryption === undefined) return openPlain(container);
  const passphrase = await askPassphrase(options);
  const section = decryptSection(container.section, container.encryption, passphrase);
  try {
    return checked(parsePrivateSection(section, container));
  } finally {
    section.fill(0);
  }
}

/** The OpenSSH file of a key. */
export function formatKeyText(key: Ed25519PrivateKey, options: FormatOptions = {}): string {
  const { passphrase = '' } = options;
  const encryption = passphrase === '' ? undefined : newEncryption(options.rounds);
  const plain = formatPrivateSection(key, randomBytes(4).readUInt32BE(), encryption !== undefined);
  const section = encryption === undefined ? plain : encryptSection(plain, encryption, passphrase);
  return formatPrivateKeyContainer({ publicKey: key.publicKey.raw, encryption, section });
}

/** An OpenSSH private key text as OpenSSH would write it, encryption untouched. */
export function canonicalKeyText(text: string): string {
  return formatPrivateKeyContainer(parsePrivateKeyContainer(normalise(text)));
}

function openPlain(container: PrivateKeyContainer): Ed25519PrivateKey {
  return checked(parsePrivateSection(container.section, container));
}

/** Signing with a public key that is not the seed's lets anyone compute the private key from two signatures. */
function checked(key: Ed25519PrivateKey): Ed25519PrivateKey {
  if (!equalBytes(privateKeyFromSeed(key.seed).publicKey.raw, key.publicKey.raw)) {
    throw new At1Error('key/invalid', { message: 'public key in the file does not belong to the private key' });
  }
  return key;
}

function parsePem(text: string): Ed25519PrivateKey {
  const label = labelOf(text);
  if (label === undefined) throw new At1Error('key/invalid', { message: 'not a private key' });
  if (label !== 'PRIVATE KEY' && !label.includes('ED25519')) {
    const encrypted = label === 'ENCRYPTED PRIVATE KEY';
    throw new At1Error('key/unsupported', {
      message: `key files of the form '${label}' are not supported`,
      hint: encrypted ? 'decrypt it first: `openssl pkey -in FILE`' : 'use an Ed25519 key in OpenSSH or PKCS#8 form',
      facts: { label },
    });
  }
  const body = parseArmorText(label, text, 'key/invalid');
  return privateKeyFromSeed(body.length === SEED_LENGTH ? body : seedOfPkcs8(body));
}

async function askPassphrase({ passphrase, name }: OpenOptions): Promise<string> {
  const answer = typeof passphrase === 'function' ? await passphrase(name) : passphrase;
  if (answer === undefined || answer === '') {
    throw new At1Error('key/passphrase', {
      message: `${name} is protected by a passphrase`,
      hint: 'load it into an ssh-agent with `ssh-add`, or give the passphrase',
      facts: { key: name },
    });
  }
  return answer;
}

/** Keys travel through editors and secret stores: CRLF, blanks around, and line feeds written as \n are forgiven. */
function normalise(text: string): string {
  const lines = text.includes('\n') ? text : text.replaceAll('\\n', '\n');
  return lines
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
}

function labelOf(text: string): string | undefined {
  return /^-----BEGIN ([A-Z0-9 ]+)-----$/.exec(firstLine(text))?.[1];
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
