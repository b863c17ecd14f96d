/** Identity of a registry (a ULID) and the name of its branch: the two values of `at1.toml` that have rules. */
import { At1Error } from '../errors.js';

declare const registryIdBrand: unique symbol;

/** A ULID in its canonical upper-case form: 26 Crockford base-32 digits. */
export type RegistryId = string & { readonly [registryIdBrand]: true };

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export function parseRegistryId(text: string): RegistryId {
  if (!isUlid(text)) {
    throw new At1Error('usage/invalid', { message: `not a registry id (a ULID): '${text.slice(0, 80)}'` });
  }
  return text as RegistryId;
}

/** 26 digits of which the first is at most 7: more would not fit into 128 bits. */
export function isUlid(text: string): boolean {
  if (text.length !== 26 || (text[0] as string) > '7') return false;
  for (const digit of text) if (!CROCKFORD.includes(digit)) return false;
  return true;
}

/** True where git accepts `refs/heads/<name>` and `git branch <name>`. */
export function isBranchName(name: string): boolean {
  if (name === '' || name.length > 255 || name === '@' || name === 'HEAD' || name.startsWith('-')) return false;
  if (name.endsWith('.') || name.includes('..') || name.includes('@{')) return false;
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code <= 0x20 || code === 0x7f || '~^:?*[\\'.includes(name[i] as string)) return false;
  }
  return name.split('/').every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'));
}
