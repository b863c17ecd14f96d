/** What `at1 register` is told, in words, flags and files, turned into requests of the library. */
import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { At1Error, parseReference, type RegisterRequest, readToEnd } from '../src/index.js';
import type { Environment } from './environment.js';

export interface Words {
  readonly ref: string | undefined;
  readonly paths: readonly string[];
}

/**
 * The first word is the reference, unless it is the only one: then it is the file. A plain name that also is a file
 * here could be meant either way, and a version cannot be taken back once it is published: so it is refused.
 */
export function splitWords(words: readonly string[], environment: Environment): Words {
  const [first, ...rest] = words;
  if (first === undefined) throw usage('no file or folder is named', 'at1 register [REF] PATH...');
  const here = existsSync(environment.resolve(first));
  if (rest.length === 0 && (here || !isMarked(first))) return { ref: undefined, paths: words };
  if (rest.length === 0) throw usage(`no file or folder is named for ${first}`, `at1 register ${first} PATH...`);
  if (!isReference(first, here)) return { ref: undefined, paths: words };
  if (here && !isMarked(first)) {
    throw usage(
      `'${first}' is a file or folder here, and could be a name too`,
      `say model/${first} for the name, or ./${first} for the path`,
    );
  }
  return { ref: first, paths: rest };
}

/** What is not there as a file is a reference, and must be a right one. */
function isReference(word: string, here: boolean): boolean {
  try {
    parseReference(word);
    return true;
  } catch (error) {
    if (!here && isMarked(word)) throw error;
    return false;
  }
}

/** Shows its being a reference: a version, or a kind in front. */
function isMarked(word: string): boolean {
  return word.includes('@') || /^(pacha:\/\/|(model|data|recipe)\/)/.test(word);
}

const DECIMAL = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** `auc=0.91`, several times. */
export function parseMetrics(given: readonly string[]): Record<string, number> {
  const metrics = new Map<string, number>();
  for (const text of given) {
    const at = text.lastIndexOf('=');
    const name = text.slice(0, Math.max(0, at));
    const value = text.slice(at + 1);
    const number = Number(value);
    if (name === '') throw usage(`--metric ${text}: not a name and a number`, 'write --metric auc=0.91');
    if (!DECIMAL.test(value) || !Number.isFinite(number)) {
      throw usage(`--metric ${text}: '${value}' is not a decimal number`, 'write --metric auc=0.91');
    }
    if (metrics.has(name)) throw usage(`--metric ${name} is given twice`, 'one number for one name');
    metrics.set(name, number);
  }
  return Object.fromEntries(metrics);
}

export type Card = NonNullable<RegisterRequest['card']>;

/** A file people wrote: Markdown or TOML, by its ending. */
export async function readCard(path: string, environment: Environment): Promise<Card> {
  const format = { '.md': 'markdown', '.toml': 'toml' }[extname(path).toLowerCase()];
  if (format !== 'markdown' && format !== 'toml') {
    throw usage(`a card is a .md or .toml file, not '${path}'`, 'at1 register --card card.md');
  }
  return { format, text: await readText(path, environment) };
}

/** Throws `usage/path` where nothing is there, `io/unsafe-path` for an empty pipe, `document/not-utf8` for other bytes. */
export async function readText(path: string, environment: Environment): Promise<string> {
  const absolute = environment.resolve(path);
  if (!existsSync(absolute)) {
    throw new At1Error('usage/path', {
      message: `no such file: '${path}'`,
      hint: 'check the spelling and the folder you are in',
      facts: { path },
    });
  }
  const bytes = await readToEnd(absolute);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new At1Error('document/not-utf8', { message: `'${path}' is not UTF-8 text`, facts: { path }, cause: error });
  }
}

export function usage(message: string, hint: string): At1Error {
  return new At1Error('usage/invalid', { message, hint });
}

/** All of standard input. */
export async function readInput({ stdin }: Environment): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stdin) {
    const piece: unknown = chunk;
    text += piece instanceof Uint8Array ? decoder.decode(piece, { stream: true }) : String(piece);
  }
  return text + decoder.decode();
}
