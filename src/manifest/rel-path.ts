/** Paths inside a version: POSIX, relative, NFC, the same text on every system; docs/format/registry.md section 2. */
import { utf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { findHidden, nameCharacter } from './hidden-text.js';

declare const relPathBrand: unique symbol;

export type RelPath = string & { readonly [relPathBrand]: true };

const PATH_LIMIT = 4096;
const PART_LIMIT = 255;

export function parseRelPath(text: string): RelPath {
  const problem = problemOf(text);
  if (problem !== undefined) {
    const shown = text.slice(0, 200).replace(/[^\x20-\x7e]/g, '?');
    throw new At1Error('usage/path', { message: `path '${shown}' ${problem}`, facts: { path: shown } });
  }
  return text as RelPath;
}

function problemOf(text: string): string | undefined {
  if (text === '') return 'is empty';
  if (text.length > PATH_LIMIT || utf8(text).length > PATH_LIMIT) return `is longer than ${PATH_LIMIT} bytes`;
  if (text.includes('\\')) return 'has a backslash';
  if (text.includes('\n') || text.includes('\t')) return 'has a line feed or tab';
  const hidden = findHidden(text);
  if (hidden >= 0) return `has the invisible character ${nameCharacter(text, hidden)}`;
  if (/^[A-Za-z]:/.test(text)) return 'begins with a drive letter';
  if (text.normalize('NFC') !== text) return 'is not in Unicode form NFC';
  for (const part of text.split('/')) {
    if (part === '') return 'has an empty part';
    if (part === '.' || part === '..') return `has the part '${part}'`;
    if (utf8(part).length > PART_LIMIT) return `has a part longer than ${PART_LIMIT} bytes`;
    if (isGitFolder(part)) return `has the part '${part}'`;
  }
  return undefined;
}

/** Whether some system takes this part of a path for git's own folder; git itself refuses to check it out everywhere. */
export function isGitFolder(part: string): boolean {
  return /^(?:\.git|git~1)[. ]*(?::|$)/i.test(part);
}

/** Equal for two paths that a file system which ignores case or Unicode form takes for one. */
export function foldPath(path: string): string {
  // Lower case first: the capital sharp s has no other way to the two letters that the small one becomes.
  return path.toLowerCase().toUpperCase().toLowerCase().normalize('NFC');
}
