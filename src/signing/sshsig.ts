/**
 * SSHSIG: the signatures of `ssh-keygen -Y` and of git, restricted to Ed25519 (OpenSSH, PROTOCOL.sshsig).
 * Every field is checked and nothing may follow, so that one signature has one meaning and nearly one spelling.
 */
import { Cursor } from '../bytes/cursor.js';
import { utf8 } from '../bytes/text.js';
import { ByteWriter, concatBytes } from '../bytes/writer.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { formatArmorText, parseArmorText } from './armor.js';
import { decodePublicBlob, encodePublicBlob, isKeyType, type PublicKey, unsupportedType } from './public-key.js';
import { ED25519, readName, readString, strings, writeString } from './wire.js';

/** One per kind of document, so that a signature over one can never be replayed as another. */
export const NAMESPACES = ['git', 'at1-manifest', 'at1-policy', 'at1-event', 'at1-evidence'] as const;
/** The ledger is of no registry: allowed_signers does not speak of it. */
export type Namespace = (typeof NAMESPACES)[number] | 'at1-ledger';

export type HashAlgorithm = 'sha256' | 'sha512';

export interface SshSignature {
  readonly publicKey: Uint8Array;
  readonly namespace: string;
  readonly hashAlgorithm: HashAlgorithm;
  /** R and S, 64 bytes. */
  readonly signature: Uint8Array;
}

/** Something that can sign: a key file or an agent. */
export interface Signer {
  readonly publicKey: PublicKey;
  /** The 64 bytes of an Ed25519 signature over exactly these bytes. */
  sign(signedData: Uint8Array): Promise<Uint8Array>;
}

export type SignatureCheck =
  | { readonly kind: 'good'; readonly publicKey: Uint8Array }
  | {
      readonly kind: 'bad';
      readonly code:
        | 'signature/malformed'
        | 'signature/invalid'
        | 'signature/namespace'
        | 'key/weak'
        | 'key/unsupported';
      readonly message: string;
    };

type Hashes = Pick<Engines, 'sha256' | 'sha512'>;
export type Verifier = Hashes & Pick<Engines, 'ed25519Verify' | 'ed25519KeyIsStrong'>;

const LABEL = 'SSH SIGNATURE';
const MAGIC = utf8('SSHSIG');
const VERSION = 1;
/** An Ed25519 signature needs about 300; RSA ones, which we name in the error, about 2000. */
const ARMOR_LIMIT = 16_384;

/** Throws `signature/malformed`, or `key/unsupported` for a signature by another type of key. */
export function parseArmor(text: string): SshSignature {
  if (text.length > ARMOR_LIMIT) throw malformed(`a signature of ${text.length} characters`);
  const cursor: Cursor = new Cursor(parseArmorText(LABEL, text, 'signature/malformed'), 'signature/malformed');
  const magic = cursor.take(MAGIC.length, 'magic');
  if (magic.some((byte, i) => byte !== MAGIC[i])) cursor.fail('magic is not SSHSIG');
  const version = cursor.u32be('version');
  if (version !== VERSION) cursor.fail(`version ${version} is not ${VERSION}`);
  const publicKey = decodePublicBlob(readString(cursor, 'public key'), 'signature/malformed');
  const namespace = readName(cursor, 'namespace');
  if (namespace === '') cursor.fail('namespace is empty');
  if (readString(cursor, 'reserved').length !== 0) cursor.fail('reserved field is not empty');
  const hashAlgorithm = readName(cursor, 'hash algorithm');
  if (hashAlgorithm !== 'sha256' && hashAlgorithm !== 'sha512') cursor.fail(`hash algorithm '${hashAlgorithm}'`);
  const signature = decodeSignatureBlob(readString(cursor, 'signature'));
  cursor.expectEnd('signature');
  return { publicKey: publicKey.slice(), namespace, hashAlgorithm, signature: signature.slice() };
}

/** Byte for byte what ssh-keygen prints for the same signature. */
export function formatArmor(signature: SshSignature): string {
  const writer = new ByteWriter().bytes(MAGIC).u32be(VERSION);
  writeString(writer, encodePublicBlob(signature.publicKey));
  writeString(writer, signature.namespace);
  writeString(writer, '');
  writeString(writer, signature.hashAlgorithm);
  writeString(writer, strings(ED25519, signature.signature));
  return formatArmorText(LABEL, writer.finish());
}

/** What Ed25519 signs: the namespace and the hash of the message, never the message itself. */
export function signedData(
  namespace: string,
  message: Uint8Array,
  engines: Hashes,
  hashAlgorithm: HashAlgorithm = 'sha512',
): Uint8Array {
  const hash = hashAlgorithm === 'sha512' ? engines.sha512(message) : engines.sha256(message);
  return concatBytes([MAGIC, strings(namespace, '', hashAlgorithm, hash)]);
}

/** The armor; checked before it is returned, because a faulty signature must not reach a commit. */
export async function signMessage(
  signer: Signer,
  namespace: Namespace,
  message: Uint8Array,
  engines: Verifier,
): Promise<string> {
  const signature = await signer.sign(signedData(namespace, message, engines));
  const armor = formatArmor({ publicKey: signer.publicKey.raw, namespace, hashAlgorithm: 'sha512', signature });
  const check = verifyMessage(armor, namespace, message, engines);
  if (check.kind === 'bad') {
    throw new At1Error(check.code, {
      message: `the signature just made does not verify: ${check.message}`,
      hint: 'the key file or the agent is damaged; try another key',
    });
  }
  return armor;
}

/** Whether the armor is a signature over this message for this purpose; by whom is for the caller to judge. */
export function verifyMessage(
  armor: string,
  namespace: Namespace,
  message: Uint8Array,
  engines: Verifier,
): SignatureCheck {
  const claim = readClaim(armor, namespace, message, engines);
  if (claim.kind === 'bad') return claim;
  return verdict(claim, engines.ed25519Verify(claim.signature, claim.data, claim.publicKey));
}

/** The same, with the arithmetic on another thread: for many signatures one after the other. */
export async function verifyMessageAside(
  armor: string,
  namespace: Namespace,
  message: Uint8Array,
  engines: Verifier & Pick<Engines, 'ed25519VerifyAside'>,
): Promise<SignatureCheck> {
  const claim = readClaim(armor, namespace, message, engines);
  if (claim.kind === 'bad') return claim;
  return verdict(claim, await engines.ed25519VerifyAside(claim.signature, claim.data, claim.publicKey));
}

interface Claim {
  readonly kind: 'claim';
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
  /** What Ed25519 is said to have signed. */
  readonly data: Uint8Array;
}

function readClaim(
  armor: string,
  namespace: Namespace,
  message: Uint8Array,
  engines: Verifier,
): Claim | Extract<SignatureCheck, { kind: 'bad' }> {
  let parsed: SshSignature;
  try {
    parsed = parseArmor(armor);
  } catch (error) {
    if (error instanceof At1Error && (error.code === 'signature/malformed' || error.code === 'key/unsupported')) {
      return { kind: 'bad', code: error.code, message: error.message };
    }
    throw error;
  }
  const { publicKey, signature, hashAlgorithm } = parsed;
  if (parsed.namespace !== namespace) {
    const found = `signature is for '${parsed.namespace}', not for '${namespace}'`;
    return { kind: 'bad', code: 'signature/namespace', message: found };
  }
  if (!engines.ed25519KeyIsStrong(publicKey)) {
    return { kind: 'bad', code: 'key/weak', message: 'anyone can make signatures for this public key' };
  }
  return { kind: 'claim', publicKey, signature, data: signedData(namespace, message, engines, hashAlgorithm) };
}

function verdict({ publicKey }: Claim, good: boolean): SignatureCheck {
  if (good) return { kind: 'good', publicKey };
  return { kind: 'bad', code: 'signature/invalid', message: 'signature does not match the content' };
}

/** The 64 bytes inside `string type, string signature`, as SSHSIG and the agent carry them. */
export function decodeSignatureBlob(
  blob: Uint8Array,
  code: 'signature/malformed' | 'key/agent' = 'signature/malformed',
): Uint8Array {
  const cursor = new Cursor(blob, code);
  const type = readName(cursor, 'signature type');
  if (type !== ED25519)
    throw isKeyType(type) ? unsupportedType(type) : new At1Error(code, { message: 'unknown signature type' });
  const signature = readString(cursor, 'signature bytes');
  if (signature.length !== 64) cursor.fail(`an Ed25519 signature has 64 bytes, not ${signature.length}`);
  cursor.expectEnd('signature bytes');
  return signature;
}

function malformed(message: string): At1Error {
  return new At1Error('signature/malformed', { message });
}
