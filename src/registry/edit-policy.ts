/**
 * Adding a person to a policy without touching anything else: comments, order and spacing stay. The edit is made on
 * the text, then read back and compared with the policy that was meant; if it differs, a person has to edit.
 */
import { utf8 } from '../bytes/text.js';
import { type Digest, formatDigest } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import { type PrincipalName, parseLaneName } from '../manifest/name.js';
import { writeBasic, writeKey } from '../manifest/toml-writer.js';
import { keyWithoutComment, type Policy, parsePolicy, policyKeys, type RoleName } from './policy.js';

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
  setTop(lines, 'version', String(before.version + 1));
  setTop(lines, 'previous', writeBasic(formatDigest(added.previousDigest)));
  addToRole(lines, role, added.name);
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

/** Replaces the value of a key above the first table, keeping the comment after it, or adds it below `version`. */
function setTop(lines: string[], key: string, value: string): void {
  const end = lines.findIndex(isHeader);
  const top = lines.slice(0, end < 0 ? lines.length : end);
  const at = top.findIndex((line) => keyOf(line) === key);
  if (at >= 0) {
    const line = lines[at] as string;
    const comment = commentOf(line);
    const kept = `${line.slice(0, line.indexOf('='))}= ${value}`;
    lines[at] = comment === '' ? kept : `${kept}${spaceBefore(line, comment)}${comment}`;
    return;
  }
  const version = top.findIndex((line) => keyOf(line) === 'version');
  lines.splice(version + 1, 0, `${key} = ${value}`);
}

/** Into the role's array, whether it is on one line or many; a role that is not there yet gets a line. */
function addToRole(lines: string[], role: string, name: string): void {
  const table = lines.findIndex((line) => headerOf(line) === '[roles]');
  if (table < 0) throw byHand('there is no [roles] table');
  let end = lines.findIndex((line, i) => i > table && isHeader(line));
  if (end < 0) end = lines.length;
  const start = lines.findIndex((line, i) => i > table && i < end && keyOf(line) === role);
  if (start < 0) {
    let at = table + 1;
    for (let i = table + 1; i < end; i++) if (!isBlankOrComment(lines[i] as string)) at = i + 1;
    lines.splice(at, 0, `${writeKey(role)} = [${writeBasic(name)}]`);
    return;
  }
  const close = findClosingBracket(lines, start, end);
  const line = lines[close.line] as string;
  const head = line.slice(0, close.column);
  if (head.trim() === '') {
    // The bracket stands alone: a line of its own for the name, indented as the one before.
    const last = lastContent(lines, start, close.line);
    const text = lines[last] as string;
    const body = withoutComment(text).trimEnd();
    if (last !== start && !body.endsWith(',')) lines[last] = `${body},${text.slice(body.length)}`;
    const indent = last === start ? '  ' : text.slice(0, text.length - text.trimStart().length);
    lines.splice(close.line, 0, `${indent}${writeBasic(name)},`);
    return;
  }
  const comma = /[,[]\s*$/.test(head) ? '' : ',';
  const gap = /\[\s*$/.test(head) ? '' : ' ';
  lines[close.line] = `${head.trimEnd()}${comma}${gap}${writeBasic(name)}${line.slice(close.column)}`;
}

/** A table after the last principal's, before whatever follows and the comments that belong to it. */
function addTable(lines: string[], { name, key, printedName }: NewPrincipal): void {
  const table = [
    '',
    `[principals.${writeKey(name)}]`,
    ...(printedName === undefined ? [] : [`name = ${writeBasic(printedName)}`]),
    `keys = [${writeBasic(key)}]`,
  ];
  let last = -1;
  for (const [i, line] of lines.entries()) if (headerOf(line).startsWith('[principals.')) last = i;
  let end = last < 0 ? lines.length : lines.findIndex((line, i) => i > last && isHeader(line));
  if (end < 0) end = lines.length;
  while (end > 0 && isBlankOrComment(lines[end - 1] as string)) end--;
  lines.splice(end, 0, ...table);
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
  const intended: Policy = {
    ...before,
    version: before.version + 1,
    previous: added.previousDigest,
    principals,
    roles,
  };
  return comparable(after) === comparable(intended);
}

/** A policy as text; the order of principals, roles and members means nothing, that of rules does. */
function comparable(policy: Policy): string {
  const roles = [...policy.roles].map(([role, members]) => [role, [...members].sort()] as const);
  return JSON.stringify({
    ...policy,
    principals: Object.fromEntries([...policy.principals].sort(([a], [b]) => (a < b ? -1 : 1))),
    roles: roles.sort(([a], [b]) => (a < b ? -1 : 1)),
  });
}

/** Where the array that begins on line `start` ends, past strings and comments. */
function findClosingBracket(lines: readonly string[], start: number, end: number): { line: number; column: number } {
  let depth = 0;
  for (let line = start; line < end; line++) {
    const text = withoutComment(lines[line] as string);
    let quote = '';
    for (let column = line === start ? text.indexOf('=') : 0; column < text.length; column++) {
      const c = text[column] as string;
      if (quote !== '') {
        if (c === '\\' && quote === '"') column++;
        else if (c === quote) quote = '';
      } else if (c === '"' || c === "'") quote = c;
      else if (c === '[') depth++;
      else if (c === ']' && --depth === 0) return { line, column };
    }
  }
  throw byHand('the end of the list of members was not found');
}

function lastContent(lines: readonly string[], start: number, before: number): number {
  let at = before - 1;
  while (at > start && isBlankOrComment(lines[at] as string)) at--;
  return at;
}

/** Index of the `#` that begins a comment, or the length of the line. */
function commentStart(line: string): number {
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const c = line[i] as string;
    if (quote !== '') {
      if (c === '\\' && quote === '"') i++;
      else if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (c === '#') return i;
  }
  return line.length;
}

function withoutComment(line: string): string {
  return line.slice(0, commentStart(line));
}

function commentOf(line: string): string {
  return line.slice(commentStart(line));
}

function spaceBefore(line: string, comment: string): string {
  const body = line.slice(0, line.length - comment.length);
  return body.slice(body.trimEnd().length) || ' ';
}

function keyOf(line: string): string {
  const body = withoutComment(line);
  const key = body.slice(0, Math.max(0, body.indexOf('='))).trim();
  return /^".*"$|^'.*'$/.test(key) ? key.slice(1, -1) : key;
}

function headerOf(line: string): string {
  return withoutComment(line).replaceAll(' ', '');
}

function isHeader(line: string): boolean {
  return /^\s*\[\[?[^[\]]*\]\]?\s*$/.test(withoutComment(line)) && !/^\s*\[\s*["'][^"']*["']\s*,?/.test(line);
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
