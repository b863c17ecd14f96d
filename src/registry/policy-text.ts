/**
 * The text of a policy as lines: finding tables, lists and values in it, and changing them without touching anything
 * else. It knows the TOML people write, not all TOML: whoever edits reads the result back.
 */
import { At1Error } from '../errors.js';
import { writeBasic } from '../manifest/toml-writer.js';
import { SECTION_COMMENTS } from './initial-policy.js';

/** Lines `start` to `end`, without `end`: a table, from its header to its last value. */
export interface Block {
  readonly start: number;
  readonly end: number;
}

interface ListItem {
  readonly line: number;
  /** First column of the string, and the one after it. */
  readonly from: number;
  readonly to: number;
  /** Undefined for a string with escapes that are read by TOML alone. */
  readonly value: string | undefined;
}

interface List {
  readonly items: readonly ListItem[];
  readonly close: { readonly line: number; readonly column: number };
}

/** Replaces the value of a key above the first table, keeping the comment after it, or adds it below `version`. */
export function setTop(lines: string[], key: string, value: string): void {
  const top = lines.slice(0, nextHeader(lines, -1));
  const at = top.findIndex((line) => keyOf(line) === key);
  if (at < 0) {
    const version = top.findIndex((line) => keyOf(line) === 'version');
    lines.splice(version + 1, 0, `${key} = ${value}`);
    return;
  }
  setValue(lines, at, value);
}

/** Another value for the key on this line, which ends there too; the comment after it stays. */
export function setValue(lines: string[], at: number, value: string): void {
  const line = lines[at] as string;
  const body = withoutComment(line);
  lines[at] = `${body.slice(0, body.indexOf('='))}= ${value}${spaceBeforeComment(line)}${line.slice(body.length)}`;
}

/** The line with this key in the table that begins at `header`; undefined where it has none. */
export function findKey(lines: readonly string[], header: number, key: string): number | undefined {
  const inTable = lines.slice(header + 1, nextHeader(lines, header));
  const at = inTable.findIndex((line) => keyOf(line) === key);
  return at < 0 ? undefined : header + 1 + at;
}

/** The line of the header of a table such as `[principals.ana]`, however its parts are quoted. */
export function findTable(lines: readonly string[], path: readonly string[]): number | undefined {
  const at = lines.findIndex((line) => {
    const parts = headerParts(line);
    return parts.length === path.length && parts.every((part, i) => part === path[i]);
  });
  return at < 0 ? undefined : at;
}

/** The tables of a list such as `[[rules]]`, with the tables inside of them. */
export function blocksOf(lines: readonly string[], name: string): Block[] {
  const starts = lines.flatMap((line, i) => (headerOf(line) === `[[${name}]]` ? [i] : []));
  return starts.map((start) => ({ start, end: blockEnd(lines, start, name) }));
}

function blockEnd(lines: readonly string[], start: number, name: string): number {
  const isInside = (line: string) => headerOf(line).replace(/^\[+/, '').startsWith(`${name}.`);
  let next = nextHeader(lines, start);
  while (next < lines.length && isInside(lines[next] as string)) next = nextHeader(lines, next);
  return contentEnd(lines, start, next);
}

/** One after the last line between the two that is neither blank nor a comment. */
export function contentEnd(lines: readonly string[], start: number, next: number): number {
  return start + 1 + lines.slice(start + 1, next).findLastIndex((line) => !isBlankOrComment(line)) + 1;
}

/** A new table above `at`, which begins another one, and above the comments that belong to that. */
export function insertAbove(lines: string[], at: number, block: readonly string[]): void {
  lines.splice(ownComments(lines, at), 0, ...block, '');
}

export function insertBelow(lines: string[], end: number, block: readonly string[]): void {
  lines.splice(end, 0, '', ...block);
}

/** Takes a table away, and the comments right above it: what is said there would seem to be about the next one. */
export function removeBlock(lines: string[], { start, end }: Block): void {
  const from = ownComments(lines, start);
  lines.splice(from, end - from);
  const above = lines[from - 1];
  if (from >= lines.length) {
    if (isBlank(above)) lines.pop();
  } else if ((isBlank(above) || isSection(above)) && isBlank(lines[from])) lines.splice(from, 1);
}

/** The first of the comment lines that stand right above; what `init` says about the whole section is not among them. */
function ownComments(lines: readonly string[], at: number): number {
  let from = at;
  while (from > 0 && isComment(lines[from - 1] as string)) from--;
  return isSection(lines[from]) ? at : from;
}

function isSection(line: string | undefined): boolean {
  return line !== undefined && SECTION_COMMENTS.has(line.trim());
}

/** Into the list that begins on line `start`, whether it is on one line or many. */
export function addToList(lines: string[], start: number, value: string): void {
  const { close } = listAt(lines, start);
  const line = lines[close.line] as string;
  const head = line.slice(0, close.column);
  if (head.trim() !== '') {
    const comma = /[,[]$/.test(head.trimEnd()) ? '' : ',';
    lines[close.line] = `${head.trimEnd()}${comma} ${writeBasic(value)}${line.slice(close.column)}`;
    return;
  }
  // The bracket stands alone: a line of its own for the value, indented as the one before. A list is never empty.
  const last = lines.slice(0, close.line).findLastIndex((text) => !isBlankOrComment(text));
  const text = lines[last] as string;
  const body = withoutComment(text).trimEnd();
  if (!body.endsWith(',')) lines[last] = `${body},${text.slice(body.length)}`;
  const indent = text.slice(0, text.length - text.trimStart().length);
  lines.splice(close.line, 0, `${indent}${writeBasic(value)},`);
}

/** Out of a list that has others as well. */
export function removeFromList(lines: string[], start: number, isIt: (value: string) => boolean): void {
  const { items, close } = listAt(lines, start);
  const item = items.find(({ value }) => value !== undefined && isIt(value));
  if (item === undefined) throw tooUnusual('what is to go from a list was not found');
  const { line, from, to } = item;
  const text = lines[line] as string;
  const [before, after] = [text.slice(0, from), text.slice(to)];
  const alone = before.trim() === '' && /^\s*,?\s*$/.test(withoutComment(after)) && close.line !== line;
  if (alone) lines.splice(line, 1);
  else if (/^\s*,/.test(after)) lines[line] = before + after.replace(/^\s*,[ \t]*/, '');
  else lines[line] = before.replace(/,?[ \t]*$/, '') + after;
}

/** One value instead of all that the list has. */
export function replaceList(lines: string[], start: number, value: string): void {
  const { close } = listAt(lines, start);
  const open = (lines[start] as string).indexOf('[', (lines[start] as string).indexOf('='));
  if (open < 0) throw tooUnusual('the beginning of a list was not found');
  const head = (lines[start] as string).slice(0, open + 1);
  const tail = (lines[close.line] as string).slice(close.column);
  lines.splice(start, close.line - start + 1, `${head}${writeBasic(value)}${tail}`);
}

/** The last line of the list that begins on line `start`. */
export function lastLineOfList(lines: readonly string[], start: number): number {
  return listAt(lines, start).close.line;
}

/** Strings and the closing bracket, past comments; no lists in lists. */
function listAt(lines: readonly string[], start: number): List {
  const items: ListItem[] = [];
  for (let line = start; line < lines.length; line++) {
    const text = lines[line] as string;
    // What is left of `=` is no part of the list.
    let column = line === start ? text.indexOf('=') + 1 : 0;
    while (column < text.length && text[column] !== '#') {
      const c = text[column] as string;
      if (c === ']') return { items, close: { line, column } };
      const to = c === '"' || c === "'" ? endOfString(text, column) : column + 1;
      if (to > column + 1) items.push({ line, from: column, to, value: unquoted(text.slice(column, to)) });
      column = to;
    }
  }
  throw tooUnusual('the end of a list was not found');
}

/** The column after the string that begins at `from`. */
function endOfString(text: string, from: number): number {
  const quote = text[from];
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === '\\' && quote === '"') i++;
    else if (text[i] === quote) return i + 1;
  }
  return text.length;
}

function unquoted(string: string): string | undefined {
  if (string.startsWith("'")) return string.slice(1, -1);
  try {
    return JSON.parse(string) as string;
  } catch (error) {
    // TOML has escapes that JSON has not.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function withoutComment(line: string): string {
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (c === '#') return line.slice(0, i);
    if (c === '"' || c === "'") i = endOfString(line, i) - 1;
  }
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

export function headerOf(line: string): string {
  return withoutComment(line).replaceAll(' ', '').trim();
}

/** `principals`, `ana.lopez` of `[principals."ana.lopez"]`; nothing for lines that begin no plain table. */
function headerParts(line: string): string[] {
  const header = headerOf(line);
  if (!/^\[[^[].*\]$/.test(header)) return [];
  const parts = header.slice(1, -1).match(/"[^"]*"|'[^']*'|[^."']+/g) ?? [];
  return parts.map((part) => part.replace(/^(["'])(.*)\1$/, '$2'));
}

/** The first line after `from` that begins a table, or the end. */
export function nextHeader(lines: readonly string[], from: number): number {
  const at = lines.findIndex((line, i) => i > from && headerOf(line).startsWith('['));
  return at < 0 ? lines.length : at;
}

export function isBlankOrComment(line: string): boolean {
  return withoutComment(line).trim() === '';
}

function isComment(line: string): boolean {
  return line.trimStart().startsWith('#');
}

/** Also beyond both ends. */
function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === '';
}

/** `editPolicy` adds what to do by hand. */
export function tooUnusual(why: string): At1Error {
  return new At1Error('policy/invalid', {
    message: `the policy could not be edited: ${why}`,
    facts: { unusual: true },
  });
}
