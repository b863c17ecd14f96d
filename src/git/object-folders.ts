/** Where a repository's objects lie: its own folder, those it borrows from (alternates), and the packs in them. */

import { join, resolve } from 'node:path';
import { utf8 } from '../bytes/text.js';
import { concatBytes } from '../bytes/writer.js';
import { readdirSync } from '../files/node-fs.js';
import { readFileSync } from '../files/read-whole.js';
import { isSystemError } from '../files/system-error.js';

/** As deep as git follows alternates of alternates. */
const ALTERNATE_DEPTH = 5;
const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r' };

/** Indexes, not packs: git and we put the index in place last. */
export function packPaths(objectsDir: string): string[] {
  const folder = join(objectsDir, 'pack');
  try {
    const names = readdirSync(folder).filter((name) => name.startsWith('pack-') && name.endsWith('.idx'));
    return names.sort().map((name) => join(folder, name.slice(0, -'.idx'.length)));
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}

/** The repository's own folder and those it borrows from, each once. */
export function objectFolders(objectsDir: string, depth = 0, seen = new Set<string>()): string[] {
  if (seen.has(objectsDir) || depth > ALTERNATE_DEPTH) return [];
  seen.add(objectsDir);
  return [
    objectsDir,
    ...alternates(objectsDir).flatMap((path) => objectFolders(resolve(objectsDir, path), depth + 1, seen)),
  ];
}

/**
 * What git lends to a hook while objects are in quarantine: the value of GIT_ALTERNATE_OBJECT_DIRECTORIES, paths between
 * colons (semicolons on Windows), in quotes where they hold one.
 */
export function parseAlternatesVariable(text: string, separator: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    const quoted = text[at] === '"' ? /"(?:[^"\\]|\\.)*"/y : undefined;
    if (quoted !== undefined) quoted.lastIndex = at;
    const whole = quoted?.exec(text)?.[0];
    const end = text.indexOf(separator, at + (whole?.length ?? 0));
    const part = text.slice(at, end < 0 ? undefined : end);
    if (part !== '') found.push(unquote(part));
    at = end < 0 ? text.length : end + separator.length;
  }
  return found;
}

function alternates(objectsDir: string): string[] {
  try {
    const lines = readFileSync(join(objectsDir, 'info', 'alternates'), 'utf8').split('\n');
    return lines.filter((line) => line !== '' && !line.startsWith('#')).map(unquote);
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}

/** Paths with unusual characters stand in double quotes, as in C; anything else is the path itself. */
function unquote(line: string): string {
  if (!line.startsWith('"') || !line.endsWith('"') || line.length < 2) return line;
  const parts: Uint8Array[] = [];
  for (const [, octal, escaped, plain] of line.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/gs)) {
    if (octal !== undefined) parts.push(Uint8Array.of(Number.parseInt(octal, 8)));
    else parts.push(utf8(plain ?? ESCAPES[escaped as string] ?? (escaped as string)));
  }
  return new TextDecoder().decode(concatBytes(parts));
}
