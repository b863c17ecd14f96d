/**
 * Names: kinds, artifacts, principals, lanes. Lower case only, so that no two names differ on one file system
 * and agree on another; docs/format/registry.md section 2.
 */
import { At1Error } from '../errors.js';
import { isVersion } from './version.js';

declare const artifactNameBrand: unique symbol;
declare const principalNameBrand: unique symbol;
declare const laneNameBrand: unique symbol;

export type Kind = 'model' | 'data' | 'recipe';
/** `fraud-detector` or `team/fraud-detector`: a name without its kind. */
export type ArtifactName = string & { readonly [artifactNameBrand]: true };
export type PrincipalName = string & { readonly [principalNameBrand]: true };
/** A stage, an alias or `lifecycle`: what a chain of events is about. */
export type LaneName = string & { readonly [laneNameBrand]: true };

export const KINDS: readonly Kind[] = ['model', 'data', 'recipe'];
export const STAGE_WORDS: readonly string[] = ['development', 'staging', 'production', 'archived'];

const NAME_LIMIT = 128;
const PRINCIPAL_LIMIT = 64;
const RESERVED_ENDINGS = ['.sig', '.toml', '.lock'];
const WINDOWS_DEVICES = new Set(['con', 'prn', 'aux', 'nul', ...numbered('com'), ...numbered('lpt')]);

function numbered(word: string): string[] {
  return Array.from({ length: 10 }, (_, i) => `${word}${i}`);
}

export function isKind(text: string): text is Kind {
  return text === 'model' || text === 'data' || text === 'recipe';
}

export function parseKind(text: string): Kind {
  if (!isKind(text)) {
    throw new At1Error('usage/name', {
      message: `not a kind: '${text.slice(0, 80)}'`,
      hint: `the kinds are ${KINDS.join(', ')}`,
    });
  }
  return text;
}

export function parseName(text: string): ArtifactName {
  if (text.length > NAME_LIMIT) refuse('name', text, `is longer than ${NAME_LIMIT} bytes`);
  for (const part of text.split('/')) checkArtifactPart(text, part);
  return text as ArtifactName;
}

/** True for what `parseName` accepts. */
export function isName(text: string): text is ArtifactName {
  return accepts(parseName, text);
}

export function parsePrincipalName(text: string): PrincipalName {
  if (text.length > PRINCIPAL_LIMIT) refuse('principal name', text, `is longer than ${PRINCIPAL_LIMIT} bytes`);
  checkPart('principal name', text, text);
  return text as PrincipalName;
}

export function isPrincipalName(text: string): text is PrincipalName {
  return accepts(parsePrincipalName, text);
}

/** Names of stages and aliases; also of roles, which look the same. */
export function parseLaneName(text: string): LaneName {
  if (text.length > PRINCIPAL_LIMIT) refuse('stage or alias name', text, `is longer than ${PRINCIPAL_LIMIT} bytes`);
  checkPart('stage or alias name', text, text);
  if (isVersion(text) || text === 'latest') refuse('stage or alias name', text, 'means something else in a reference');
  return text as LaneName;
}

export function isLaneName(text: string): text is LaneName {
  return accepts(parseLaneName, text);
}

function accepts(parse: (text: string) => string, text: string): boolean {
  try {
    parse(text);
    return true;
  } catch (error) {
    if (error instanceof At1Error) return false;
    throw error;
  }
}

function checkArtifactPart(whole: string, part: string): void {
  checkPart('name', whole, part);
  if (isVersion(part)) refuse('name', whole, `has the part '${part}', which is a version`);
  if (part === 'events') refuse('name', whole, `has the part 'events', which is the folder of events`);
  if (STAGE_WORDS.includes(part)) refuse('name', whole, `has the part '${part}', which is a stage`);
}

function checkPart(what: string, whole: string, part: string): void {
  if (part === '') refuse(what, whole, whole === '' ? 'is empty' : 'has an empty part');
  for (const c of part) {
    if (isLetterOrDigit(c) || c === '-' || c === '_' || c === '.') continue;
    if (c >= 'A' && c <= 'Z') refuse(what, whole, 'has capital letters', `write ${whole.toLowerCase()}`);
    refuse(what, whole, `has the character '${printable(c)}'`, 'use a-z, 0-9 and inside a name - _ .');
  }
  if (!isLetterOrDigit(part[0] as string) || !isLetterOrDigit(part[part.length - 1] as string)) {
    refuse(what, whole, `has the part '${part}', which must begin and end with a letter or digit`);
  }
  // Git refuses two dots in the name of a ref, and tags carry names.
  if (part.includes('..')) refuse(what, whole, 'has two dots in a row');
  const ending = RESERVED_ENDINGS.find((reserved) => part.endsWith(reserved));
  if (ending !== undefined) refuse(what, whole, `has a part that ends in ${ending}`);
  if (WINDOWS_DEVICES.has(part.split('.')[0] as string)) {
    refuse(what, whole, `has the part '${part}', which Windows reserves for a device`);
  }
}

function isLetterOrDigit(c: string): boolean {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/** A character as it may be shown: anything beyond printable ASCII by its number. */
function printable(c: string): string {
  const code = c.codePointAt(0) as number;
  return code > 0x20 && code < 0x7f ? c : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

function refuse(what: string, text: string, why: string, hint?: string): never {
  const shown = [...text.slice(0, NAME_LIMIT)].map((c) => (c === ' ' ? c : printable(c))).join('');
  throw new At1Error('usage/name', { message: `${what} '${shown}' ${why}`, ...(hint === undefined ? {} : { hint }) });
}
