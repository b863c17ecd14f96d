/**
 * Reading TOML from strangers: size, encoding, characters and nesting are checked before and after the parser runs.
 * The only importer of smol-toml. Objects have no prototype, so that no key can mean anything.
 */
import { parse, TomlError } from 'smol-toml';
import { fromUtf8 } from '../bytes/text.js';
import { At1Error, type Facts } from '../errors.js';
import { findControl, findHidden, nameCharacter } from './hidden-text.js';
import { lineAndColumn, locate, type Pointer, showPointer } from './toml-place.js';

export type TomlValue = string | number | boolean | readonly TomlValue[] | TomlTable;
export interface TomlTable {
  readonly [key: string]: TomlValue;
}

export interface ReadOptions {
  /** Most bytes of the document. */
  readonly limit: number;
  /** False where the format has no floats: then 1.0 is not taken for 1. */
  readonly floats: boolean;
  /** Which strings may have more than one line, by pointer. */
  readonly multiLine?: readonly string[];
  /** Which strings are the text of a file, and may hold escaped invisible characters. */
  readonly verbatim?: readonly string[];
}

export const DEPTH_LIMIT = 16;

export interface TomlDocument {
  readonly text: string;
  readonly table: TomlTable;
}

export function readToml(bytes: Uint8Array, options: ReadOptions): TomlDocument {
  if (bytes.length > options.limit) {
    throw new At1Error('document/too-large', {
      message: `document of ${bytes.length} bytes exceeds the limit of ${options.limit}`,
      facts: { size: bytes.length, limit: options.limit },
    });
  }
  const text = fromUtf8(bytes);
  checkText(text);
  checkNesting(text);
  const parsed = parseText(text);
  return { text, table: convert(parsed, [], text, options) as TomlTable };
}

function parseText(text: string): unknown {
  try {
    return parse(text, { maxDepth: DEPTH_LIMIT, integersAsBigInt: true });
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const message = (cause.message.split('\n')[0] as string).replace('Invalid TOML document: ', '');
    throw syntax(message, { line: cause.line, column: cause.column });
  }
}

/** The source itself, comments included: what a reviewer sees must be what is there. */
function checkText(text: string): void {
  const at = findHidden(text);
  if (at < 0) return;
  const what = text[at] === '\r' ? 'carriage return' : `invisible character ${nameCharacter(text, at)}`;
  const hint = text[at] === '\r' ? { hint: 'use line feeds alone at the ends of lines' } : {};
  throw syntax(`${what} in the document`, lineAndColumn(text, at), hint);
}

const [LF, DOUBLE_QUOTE, HASH, QUOTE, COMMA, DOT, EQUALS, BRACE] = [...'\n"#\',.={'].map((c) => c.charCodeAt(0));

/** Dotted keys nest without a bracket, so the parser's own limit does not see them; a value has one dot at most. */
function checkNesting(text: string): void {
  let dots = 0;
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === DOUBLE_QUOTE || c === QUOTE) at = endOfString(text, at, text[at] as string);
    else if (c === HASH) at = endOf(text, '\n', at) - 1;
    else if (c === DOT) dots++;
    else if (c === LF || c === EQUALS || c === COMMA || c === BRACE) dots = 0;
    if (dots >= DEPTH_LIMIT) throw syntax(`nested deeper than ${DEPTH_LIMIT}`, lineAndColumn(text, at));
  }
}

/** Index of the last character of the string that begins at `start`; of the text where it has no end. */
function endOfString(text: string, start: number, quote: string): number {
  const long = text.startsWith(quote.repeat(3), start);
  const close = long ? quote.repeat(3) : quote;
  let at = start + close.length;
  if (!long) {
    // Nearly all strings are short and have nothing in them that is escaped.
    const end = text.indexOf(quote, at);
    const line = text.slice(at, end < 0 ? at : end);
    if (end >= 0 && !line.includes('\\') && !line.includes('\n')) return end;
  }
  for (; at < text.length; at++) {
    if (text[at] === '\\' && quote === '"') at++;
    else if (!long && text[at] === '\n') return at - 1;
    else if (text.startsWith(close, at)) break;
  }
  at += close.length - 1;
  // Up to two quotes before the closing three belong to the string.
  for (let more = 0; long && more < 2 && text[at + 1] === quote; more++) at++;
  return at;
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at;
}

/** `path` is one array for the whole walk: a fresh one for each value would cost more than the values. */
function convert(value: unknown, path: (string | number)[], text: string, options: ReadOptions): TomlValue {
  if (path.length > DEPTH_LIMIT) throw refuse(`nested deeper than ${DEPTH_LIMIT}`, path, text);
  switch (typeof value) {
    case 'string':
      checkString(value, path, text, options);
      return value;
    case 'boolean':
      return value;
    case 'bigint': {
      const number = Number(value);
      if (!Number.isSafeInteger(number)) throw refuse(`integer ${value} is out of range`, path, text);
      return number;
    }
    case 'number':
      if (!Number.isFinite(value)) throw refuse('inf and nan are not numbers here', path, text);
      if (!options.floats) throw refuse('a number with a point or exponent has no place here', path, text);
      return value;
    default:
      return convertObject(value, path, text, options);
  }
}

function convertObject(value: unknown, path: (string | number)[], text: string, options: ReadOptions): TomlValue {
  if (value instanceof Date) throw refuse('dates are written as strings, in quotes', path, text);
  if (Array.isArray(value)) {
    return value.map((item, i) => {
      path.push(i);
      const converted = convert(item, path, text, options);
      path.pop();
      return converted;
    });
  }
  const table: Record<string, TomlValue> = Object.create(null);
  for (const [key, item] of Object.entries(value as object)) {
    const hidden = firstHidden(key, false);
    if (hidden >= 0) throw refuse(`character ${nameCharacter(key, hidden)} in a key`, path, text);
    path.push(key);
    table[key] = convert(item, path, text, options);
    path.pop();
  }
  return table;
}

/** Index of a hidden character, or of a line feed or tab where the text must be one line. */
function firstHidden(text: string, multiLine: boolean): number {
  const at = multiLine ? -1 : text.search(/[\t\n]/);
  return at >= 0 ? at : findHidden(text);
}

function checkString(value: string, path: Pointer, text: string, options: ReadOptions): void {
  if (firstHidden(value, false) < 0) return;
  const name = showPointer(path);
  const verbatim = options.verbatim?.includes(name) === true;
  const at = verbatim ? findControl(value) : firstHidden(value, options.multiLine?.includes(name) === true);
  if (at >= 0) throw refuse(`character ${nameCharacter(value, at)} in ${name}`, path, text);
}

function refuse(message: string, pointer: Pointer, text: string): At1Error {
  return syntax(message, locate(text, pointer) ?? {}, { at: showPointer(pointer) });
}

function syntax(message: string, place: Facts, more: { readonly hint?: string; readonly at?: string } = {}): At1Error {
  const { hint, at } = more;
  return new At1Error('document/syntax', {
    message,
    facts: { ...place, ...(at === undefined ? {} : { at }) },
    ...(hint === undefined ? {} : { hint }),
  });
}
