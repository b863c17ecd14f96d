/**
 * The allowed_signers file of ssh-keygen and git: written from the policy so that stock tools can check our signatures.
 * It is an export, not a trust root; nothing we verify is decided by it.
 */
import { compareText } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { formatPublicKey, type PublicKey } from './public-key.js';
import { NAMESPACES } from './sshsig.js';

export interface SignerKeys {
  /** A principal's name. */
  readonly name: string;
  readonly keys: readonly PublicKey[];
}

const HEADER = '# Made from .at1/policy/policy.toml; edits are overwritten. Nothing at1 verifies depends on this file.';

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

function isLiteralPrincipal(name: string): boolean {
  return /^[\p{L}\p{N}._@+/-]+$/u.test(name);
}
