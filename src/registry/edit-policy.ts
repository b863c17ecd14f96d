/**
 * Adding a person to a policy without touching anything else: comments, order and spacing stay. The edit is made on
 * the text, then read back and compared with the policy that was meant; if it differs, a person has to edit.
 */
import { utf8 } from '../bytes/text.js';
import { type Digest, formatDigest } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import { type PrincipalName, parseLaneName } from '../manifest/name.js';
import { writeBasic, writeKey } from '../manifest/toml-writer.js';
import { keyWithoutComment, type Policy, parsePolicy, policyKeys, type RoleName, samePolicy } from './policy.js';

export interface NewPrincipal {
  readonly name: PrincipalName;
  /** Public key in OpenSSH form. */
  readonly key: string;
  /** A role of the policy, or a new one. */
  readonly role: RoleName;
  readonly printedName?: string | undefined;
  /** SHA-256 of the policy file as it is now. */
  readonly previousDigest: Digest;
}

/** The new text; throws `policy/principal-exists`, or `policy/invalid` where the text is too unusual to edit. */
export function addPrincipal(text: string, added: NewPrincipal): string {
  const before = parsePolicy(utf8(text));
  checkNew(before, added);
  const role = parseLaneName(added.role);
  const lines = text.replace(/\n*$/, '').split('\n');
  addToRole(lines, role, added.name);
  setTop(lines, 'version', String(before.version + 1));
  setTop(lines, 'previous', writeBasic(formatDigest(added.previousDigest)));
  addTable(lines, added);
  const edited = `${lines.join('\n')}\n`;
  if (!isIntended(edited, before, added)) throw byHand('the edit would not have given the policy that was meant');
  return edited;
}

function checkNew(policy: Policy, { name, key }: NewPrincipal): void {
  const owner = policyKeys(policy).find((entry) => keyWithoutComment(entry.key) === keyWithoutComment(key));
  if (!policy.principals.has(name) && owner === undefined) return;
  throw new At1Error('policy/principal-exists', {
    message: owner === undefined ? `the policy has ${name} already` : `this key belongs to ${owner.principal} already`,
    facts: { principal: owner?.principal ?? name },
  });
}

/** Into the role's array, whether it is on one line or many; a role that is not there yet gets a line. */
function addToRole(lines: string[], role: string, name: string): void {
  const table = lines.findIndex((line) => headerOf(line) === '[roles]');
  if (table < 0) throw byHand('there is no [roles] table');
  const end = nextHeader(lines, table);
  const inTable = lines.slice(table + 1, end);
  const start = inTable.findIndex((line) => keyOf(line) === role);
  if (start < 0) {
    const last = inTable.findLastIndex((line) => !isBlankOrComment(line));
    lines.splice(table + last + 2, 0, `${writeKey(role)} = [${writeBasic(name)}]`);
    return;
  }
  addToArray(lines, table + 1 + start, name);
}

function addToArray(lines: string[], start: number, name: string): void {
  const close = findClosingBracket(lines, start);
  const line = lines[close.line] as string;
  const head = line.slice(0, close.column);
  if (head.trim() !== '') {
    const comma = head.trimEnd().endsWith(',') ? '' : ',';
    lines[close.line] = `${head.trimEnd()}${comma} ${writeBasic(name)}${line.slice(close.column)}`;
    return;
  }
  // The bracket stands alone: a line of its own for the name, indented as the one before. A role is never empty.
  const last = lines.slice(0, close.line).findLastIndex((text) => !isBlankOrComment(text));
  const text = lines[last] as string;
  const body = withoutComment(text).trimEnd();
  if (!body.endsWith(',')) lines[last] = `${body},${text.slice(body.length)}`;
  const indent = text.slice(0, text.length - text.trimStart().length);
  lines.splice(close.line, 0, `${indent}${writeBasic(name)},`);
}

/** Replaces the value of a key above the first table, keeping the comment after it, or adds it below `version`. */
function setTop(lines: string[], key: string, value: string): void {
  const top = lines.slice(0, nextHeader(lines, -1));
  const at = top.findIndex((line) => keyOf(line) === key);
  if (at < 0) {
    const version = top.findIndex((line) => keyOf(line) === 'version');
    lines.splice(version + 1, 0, `${key} = ${value}`);
    return;
  }
  const line = lines[at] as string;
  const body = withoutComment(line);
  lines[at] = `${body.slice(0, body.indexOf('='))}= ${value}${spaceBeforeComment(line)}${line.slice(body.length)}`;
}

/** A table after the last principal's, before whatever follows and the comments that belong to it. */
function addTable(lines: string[], { name, key, printedName }: NewPrincipal): void {
  const table = [
    '',
    `[principals.${writeKey(name)}]`,
    ...(printedName === undefined ? [] : [`name = ${writeBasic(printedName)}`]),
    `keys = [${writeBasic(key)}]`,
  ];
  const last = lines.findLastIndex((line) => headerOf(line).startsWith('[principals.'));
  const before = lines.slice(0, last < 0 ? lines.length : nextHeader(lines, last));
  lines.splice(before.findLastIndex((line) => !isBlankOrComment(line)) + 1, 0, ...table);
}

function isIntended(text: string, before: Policy, added: NewPrincipal): boolean {
  let after: Policy;
  try {
    after = parsePolicy(utf8(text));
  } catch (cause) {
    if (!(cause instanceof At1Error)) throw cause;
    return false;
  }
  const { name, key, printedName, role } = added;
  const principals = new Map(before.principals).set(name, { name, printedName: printedName ?? name, keys: [key] });
  const roles = new Map(before.roles).set(role, new Set([...(before.roles.get(role) ?? []), name]));
  return samePolicy(after, {
    ...before,
    version: before.version + 1,
    previous: added.previousDigest,
    principals,
    roles,
  });
}

/** Where the array that begins on line `start` ends, past strings and comments. */
function findClosingBracket(lines: readonly string[], start: number): { line: number; column: number } {
  for (const [offset, text] of lines.slice(start).entries()) {
    // What is left of `=` is no part of the array.
    const from = offset === 0 ? text.indexOf('=') : -1;
    for (const column of bareCharacters(withoutComment(text))) {
      if (column > from && text[column] === ']') return { line: start + offset, column };
    }
  }
  throw byHand('the end of the list of members was not found');
}

/** Where the characters are that stand outside of strings. */
function* bareCharacters(line: string): Generator<number> {
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const c = line[i] as string;
    if (quote === '') {
      if (c === '"' || c === "'") quote = c;
      else yield i;
    } else if (c === '\\' && quote === '"') i++;
    else if (c === quote) quote = '';
  }
}

function withoutComment(line: string): string {
  for (const i of bareCharacters(line)) if (line[i] === '#') return line.slice(0, i);
  return line;
}

function spaceBeforeComment(line: string): string {
  const body = withoutComment(line);
  if (body === line) return '';
  return body.slice(body.trimEnd().length) || ' ';
}

function keyOf(line: string): string {
  const body = withoutComment(line);
  const key = body.slice(0, Math.max(0, body.indexOf('='))).trim();
  return key.replace(/^(["'])(.*)\1$/, '$2');
}

function headerOf(line: string): string {
  return withoutComment(line).replaceAll(' ', '');
}

/** The first line after `from` that begins a table, or the end. */
function nextHeader(lines: readonly string[], from: number): number {
  const at = lines.findIndex((line, i) => i > from && headerOf(line).trimStart().startsWith('['));
  return at < 0 ? lines.length : at;
}

function isBlankOrComment(line: string): boolean {
  return withoutComment(line).trim() === '';
}

function byHand(why: string): At1Error {
  return new At1Error('policy/invalid', {
    message: `the policy could not be edited: ${why}`,
    hint: 'edit .at1/policy/policy.toml by hand: raise version, set previous, add the principal and put it into a role',
  });
}
