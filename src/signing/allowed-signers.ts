/**
 * The allowed_signers file of ssh-keygen and git: written from the policy so that stock tools can check our signatures.
 * It is an export, not a trust root; nothing we verify is decided by it.
 */
import { compareText } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { formatPublicKey, isKeyType, type PublicKey, parsePublicKey } from './public-key.js';
import { NAMESPACES } from './sshsig.js';

export interface SignerKeys {
  /** A principal's name. */
  readonly name: string;
  readonly keys: readonly PublicKey[];
}

export interface AllowedSigner {
  readonly principals: readonly string[];
  /** Undefined where the line does not limit them. */
  readonly namespaces: readonly string[] | undefined;
  /** As written; a wish about time that we never judge by. */
  readonly validAfter: string | undefined;
  readonly validBefore: string | undefined;
  readonly key: PublicKey;
  readonly line: number;
}

export interface AllowedSigners {
  readonly signers: readonly AllowedSigner[];
  /** Lines we cannot use, and why: certificate authorities and keys of other types. */
  readonly skipped: readonly { readonly line: number; readonly reason: string }[];
}

const HEADER = '# Made from .at1/policy/policy.toml; edits are overwritten. Nothing at1 verifies depends on this file.';
const OPTIONS: ReadonlySet<string> = new Set(['cert-authority', 'namespaces', 'valid-after', 'valid-before']);

/** One line a key, principals in byte order, keys in the order given; throws `usage/name` for a name ssh-keygen would read as a pattern. */
export function formatAllowedSigners(principals: readonly SignerKeys[]): string {
  const lines = [HEADER];
  for (const { name, keys } of [...principals].sort((a, b) => compareText(a.name, b.name))) {
    if (!isLiteralPrincipal(name)) {
      throw new At1Error('usage/name', { message: `principal '${name}' cannot stand in an allowed_signers file` });
    }
    for (const key of keys) lines.push(`${name} namespaces="${NAMESPACES.join(',')}" ${formatPublicKey(key)}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Throws `document/syntax` with the line for text that is no allowed_signers file. */
export function parseAllowedSigners(text: string): AllowedSigners {
  const signers: AllowedSigner[] = [];
  const skipped: { line: number; reason: string }[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const content = raw.trim();
    if (content === '' || content.startsWith('#')) continue;
    const line = index + 1;
    try {
      const signer = parseLine(content, line);
      if (signer === undefined) skipped.push({ line, reason: 'certificate authorities are not supported' });
      else signers.push(signer);
    } catch (error) {
      if (!(error instanceof At1Error)) throw error;
      if (error.code !== 'key/unsupported') throw syntax(line, error);
      skipped.push({ line, reason: error.message });
    }
  }
  return { signers, skipped };
}

/** `principals [options] type base64 [comment]`; undefined for a certificate authority, which vouches for unknown keys. */
function parseLine(content: string, line: number): AllowedSigner | undefined {
  const principals = takeField(content);
  const second = takeField(principals.rest);
  const hasOptions = !isKeyType(second.field);
  const options = hasOptions ? parseOptions(second.field) : new Map<string, string>();
  const key = parsePublicKey(hasOptions ? second.rest : principals.rest);
  if (options.has('cert-authority')) return undefined;
  return {
    principals: principals.field.split(','),
    namespaces: options.get('namespaces')?.split(','),
    validAfter: options.get('valid-after'),
    validBefore: options.get('valid-before'),
    key,
    line,
  };
}

/** The text up to a blank outside quotation marks, without the marks. */
function takeField(text: string): { field: string; rest: string } {
  let field = '';
  let quoted = false;
  for (const [at, c] of [...text].entries()) {
    if (c === '"') quoted = !quoted;
    else if (!quoted && (c === ' ' || c === '\t')) return { field, rest: [...text].slice(at).join('').trim() };
    else field += c;
  }
  return { field, rest: '' };
}

/** Namespaces hold commas themselves, so a part without a known name continues the part before it. */
function parseOptions(field: string): Map<string, string> {
  const options = new Map<string, string>();
  let last: string | undefined;
  for (const part of field.split(',')) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).toLowerCase();
    if (OPTIONS.has(name)) {
      last = name;
      options.set(name, equals < 0 ? '' : part.slice(equals + 1));
    } else if (last === undefined) {
      throw new At1Error('key/invalid', { message: `neither an option nor a key type: '${part.slice(0, 60)}'` });
    } else {
      options.set(last, `${options.get(last)},${part}`);
    }
  }
  return options;
}

function isLiteralPrincipal(name: string): boolean {
  return /^[\p{L}\p{N}._@+/-]+$/u.test(name);
}

function syntax(line: number, cause: At1Error): At1Error {
  return new At1Error('document/syntax', {
    message: `allowed_signers line ${line}: ${cause.message}`,
    facts: { line },
    cause,
  });
}
