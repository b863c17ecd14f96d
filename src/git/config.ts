/**
 * Git's config format, read only: sections, quoting, escapes, continued lines, `include.path` and
 * `includeIf.gitdir`. Other conditions of `includeIf` count as not met. Nothing is taken from the environment.
 */

import { dirname, resolve } from 'node:path';
import { At1Error } from '../errors.js';
import { readFileSync } from '../files/read-whole.js';
import { globMatches } from './glob.js';

export interface ConfigEntry {
  /** `section.key` or `section.sub section.key`; section and key in lower case. */
  readonly name: string;
  /** Undefined for a key without `=`, which means true. */
  readonly value: string | undefined;
}

export interface GitConfig {
  readonly entries: readonly ConfigEntry[];
  /** The last value; a key without value reads as `true`. */
  get(name: string): string | undefined;
  all(name: string): readonly string[];
  /** As git reads booleans; throws `git/unsupported` for anything else. */
  boolean(name: string): boolean | undefined;
  /** `origin`, `upstream` for `remote`, in order of appearance. */
  subsections(section: string): readonly string[];
}

export interface IncludeContext {
  /** For `~/`. */
  readonly home: string | undefined;
  /** For `includeIf "gitdir:…"`. */
  readonly gitDir: string | undefined;
}

/** git stops there as well. */
const INCLUDE_DEPTH = 10;
const SIZE_LIMIT = 16 * 1024 * 1024;
/** What git takes for white space: nothing beyond ASCII, and neither form feed nor vertical tab. */
const BLANK = /[ \t\r\n]*/y;

export function makeConfig(entries: readonly ConfigEntry[]): GitConfig {
  const values = new Map<string, string[]>();
  for (const { name, value } of entries) {
    const list = values.get(name);
    if (list === undefined) values.set(name, [value ?? 'true']);
    else list.push(value ?? 'true');
  }
  const all = (name: string): readonly string[] => values.get(canonicalName(name)) ?? [];
  return {
    entries,
    all,
    get: (name) => all(name).at(-1),
    boolean: (name) => {
      const value = all(name).at(-1);
      return value === undefined ? undefined : parseBoolean(name, value);
    },
    subsections: (section) => {
      const found = new Set<string>();
      for (const { name } of entries) {
        const [first, last] = [name.indexOf('.'), name.lastIndexOf('.')];
        if (first < last && name.slice(0, first) === section) found.add(name.slice(first + 1, last));
      }
      return [...found];
    },
  };
}

function canonicalName(name: string): string {
  const [first, last] = [name.indexOf('.'), name.lastIndexOf('.')];
  return name.slice(0, first).toLowerCase() + name.slice(first, last) + name.slice(last).toLowerCase();
}

function parseBoolean(name: string, value: string): boolean {
  const text = value.toLowerCase();
  if (['true', 'yes', 'on'].includes(text) || /^[+-]?0*[1-9]\d*$/.test(text)) return true;
  if (['false', 'no', 'off', ''].includes(text) || /^[+-]?0+$/.test(text)) return false;
  throw new At1Error('git/unsupported', {
    message: `the git setting ${name} is not a boolean`,
    facts: { name, value },
  });
}

/** The entries of a file and of what it includes; none if the file is not there. */
export function readConfigFile(path: string, context: IncludeContext, depth = 0): ConfigEntry[] {
  const text = readText(path);
  if (text === undefined) return [];
  const entries: ConfigEntry[] = [];
  for (const entry of parseConfig(text, path)) {
    entries.push(entry);
    if (entry.value === undefined || !includes(entry.name, path, context)) continue;
    if (depth >= INCLUDE_DEPTH) {
      throw new At1Error('git/unsupported', {
        message: 'git config files include each other too deeply',
        facts: { path },
      });
    }
    const target = expandHome(entry.value, context.home);
    if (target !== undefined) entries.push(...readConfigFile(resolve(dirname(path), target), context, depth + 1));
  }
  return entries;
}

function readText(path: string): string | undefined {
  try {
    const bytes = readFileSync(path);
    if (bytes.length > SIZE_LIMIT) throw new At1Error('git/unsupported', { message: 'a git config file is too large' });
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    // What git cannot read here it says and goes on for files outside the repository; we do not guess.
    if (error instanceof At1Error) throw error;
    throw new At1Error('io/failed', {
      message: `cannot read the git config file ${path}`,
      facts: { path },
      cause: error,
    });
  }
}

function includes(name: string, path: string, context: IncludeContext): boolean {
  if (name === 'include.path') return true;
  const condition = /^includeif\.gitdir(\/i)?:(.*)\.path$/s.exec(name);
  if (condition === null || context.gitDir === undefined) return false;
  let pattern = expandHome(condition[2] as string, context.home);
  if (pattern === undefined) return false;
  if (pattern.startsWith('./')) pattern = resolve(dirname(path)) + pattern.slice(1);
  else if (!pattern.startsWith('/')) pattern = `**/${pattern}`;
  if (pattern.endsWith('/')) pattern += '**';
  return globMatches(pattern, context.gitDir, condition[1] !== undefined);
}

function expandHome(path: string, home: string | undefined): string | undefined {
  if (path !== '~' && !path.startsWith('~/')) return path;
  return home === undefined ? undefined : home + path.slice(1);
}

/** Throws `git/unsupported` with file and line where the text breaks git's rules. */
export function parseConfig(text: string, path: string): ConfigEntry[] {
  const entries: ConfigEntry[] = [];
  const source = text.startsWith('\ufeff') ? text.slice(1) : text;
  let at = 0;
  let section: string | undefined;

  const fail = (): never => {
    const line = source.slice(0, at).split('\n').length;
    throw new At1Error('git/unsupported', {
      message: `the git config file ${path} has an error in line ${line}`,
      facts: { path, line },
      hint: 'see `git config --list` for what git makes of it',
    });
  };
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match === null) return undefined;
    at += match[0].length;
    return match[0];
  };

  // git's own readers stop at one, each somewhere else.
  at = source.indexOf('\0');
  if (at >= 0) fail();
  at = 0;
  for (;;) {
    take(BLANK);
    if (at >= source.length) return entries;
    if (take(/[#;][^\n]*/y) !== undefined) continue;
    if (source[at] === '[') {
      section = takeSection();
      continue;
    }
    const key = take(/[A-Za-z][A-Za-z0-9-]*/y)?.toLowerCase();
    if (key === undefined) return fail();
    take(/[ \t]*/y);
    const value = source[at] === '=' ? takeValue() : undefined;
    if (value === undefined && at < source.length && take(/\r?\n/y) === undefined) fail();
    // A key before any section has no use, but git does not mind it.
    entries.push({ name: section === undefined ? key : `${section}.${key}`, value });
  }

  function takeSection(): string {
    at++;
    const name = take(/[A-Za-z0-9.-]+/y)?.toLowerCase();
    if (name === undefined) return fail();
    let sub = '';
    if (take(/[ \t]+"/y) !== undefined) {
      const quoted = take(/(?:[^"\\\n]|\\[^\n])*(?=")/y);
      if (quoted === undefined) return fail();
      at++;
      sub = `.${quoted.replace(/\\(.)/gs, '$1')}`;
    }
    if (take(/\]/y) === undefined) return fail();
    return name + sub;
  }

  function takeValue(): string {
    at++;
    take(/[ \t]*/y);
    let value = '';
    let pending = '';
    let quoted = false;
    for (;;) {
      const c = source[at];
      if (c === undefined || c === '\n' || (c === '\r' && source[at + 1] === '\n')) {
        if (quoted) return fail();
        return value;
      }
      at++;
      if (!quoted && (c === '#' || c === ';')) {
        take(/[^\n]*/y);
        return value;
      }
      if (!quoted && (c === ' ' || c === '\t' || c === '\r')) {
        // Blanks before the first character are not part of the value, wherever the line was continued.
        if (value !== '') pending += c;
        continue;
      }
      value += pending;
      pending = '';
      if (c === '"') quoted = !quoted;
      else if (c === '\\') value += takeEscape();
      else value += c;
    }
  }

  function takeEscape(): string {
    const c = source[at++];
    // The end of the file ends a line too, so that it is one continued by nothing.
    if (c === '\n' || c === undefined) return '';
    if (c === '\r' && source[at] === '\n') {
      at++;
      return '';
    }
    const meaning = { n: '\n', t: '\t', b: '\b', '"': '"', '\\': '\\' }[c];
    return meaning ?? fail();
  }
}
