/**
 * Names in a directory of artifacts, and the files they become: docs/format/artifact-directory.md, sections 2 and 3.
 * A name is never decoded or normalised, so that two spellings are two artifacts; what could lead out is refused.
 */
import { utf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';

declare const artifactPathBrand: unique symbol;

/** A name of an artifact or of a folder of them: POSIX, relative, not empty. */
export type ArtifactPath = string & { readonly [artifactPathBrand]: true };

/** The folder that holds the ledger; no artifact is called so. */
export const LEDGER_FOLDER = '.at1-ledger';
const SUFFIX = '.at1';
const TEMPORARY = '.at1-tmp-';
const PATH_LIMIT = 4096;
/** A name on a disk has 255 bytes at most; the longest addition of ours is the suffix of a folder twice. */
const PART_LIMIT = 255 - '.at1'.length;
/** Encodings inside encodings that are looked through; what is still encoded then is refused. */
const DECODINGS = 8;
/** Controls of both ranges, and halves of surrogate pairs. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f]|\p{Surrogate}/u;
/** Folders that end like a container get a suffix of their own, so that no folder stands where a container belongs. */
const FOLDER_LIKE_CONTAINER = /\.at1(?:\.dir)*$/;
const ESCAPED_FOLDER = /\.at1(?:\.dir)+$/;
const FOLDER_SUFFIX = '.dir';

/** Throws `usage/path`, which names what is wrong. */
export function parseArtifactPath(text: string): ArtifactPath {
  const problem = problemOf(text);
  if (problem !== undefined) {
    const shown = text.slice(0, 200).replace(/[^\x20-\x7e]/g, '?');
    throw new At1Error('usage/path', {
      message: `Invalid artifact path '${shown}': it ${problem}`,
      hint: "name it relative to the artifact directory, with '/', without '.', '..' and encoded forms of them",
      facts: { path: shown },
    });
  }
  return text as ArtifactPath;
}

/** The same, or undefined for the directory itself, which is written as nothing. */
export function parseFolderPath(text: string): ArtifactPath | undefined {
  return text === '' ? undefined : parseArtifactPath(text);
}

function problemOf(text: string): string | undefined {
  if (text === '') return 'is empty';
  if (isLonger(text, PATH_LIMIT)) return `is longer than ${PATH_LIMIT} bytes`;
  if (UNPRINTABLE.test(text)) return 'has a control character';
  if (text.includes('\\')) return 'has a backslash';
  if (/^[A-Za-z]:/.test(text)) return 'begins with a drive letter';
  for (const part of text.split('/')) {
    const problem = problemOfPart(part);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemOfPart(part: string): string | undefined {
  if (part === '') return 'has an empty part';
  if (part === '.' || part === '..') return `has the part '${part}'`;
  if (isLonger(part + diskSuffix(part), PART_LIMIT)) {
    return `has a part longer than ${PART_LIMIT} bytes`;
  }
  // Some file systems ignore case: there the ledger would be found under another spelling.
  const folded = part.toLowerCase();
  if (folded === LEDGER_FOLDER || folded.startsWith(TEMPORARY))
    return `has the part '${part}', which at1 keeps for itself`;
  return problemOfEncoding(part);
}

/** In UTF-8, of which a character here has three bytes at most. */
function isLonger(text: string, limit: number): boolean {
  return 3 * text.length > limit && utf8(text).length > limit;
}

function diskSuffix(part: string): string {
  return FOLDER_LIKE_CONTAINER.test(part) ? FOLDER_SUFFIX : '';
}

/** A name is stored as it is; but whoever decodes it, however often, must not find a way out in it. */
function problemOfEncoding(part: string): string | undefined {
  let text = part;
  for (let i = 0; i < DECODINGS; i++) {
    const decoded = text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    if (decoded === text) return undefined;
    text = decoded;
    if (text === '.' || text === '..' || /[/\\\0-\x1f]/.test(text) || /^[A-Za-z]:/.test(text)) {
      return 'has an encoded separator, dot part or control character';
    }
  }
  return 'is encoded too many times over';
}

/** Where its container lies, below the directory. */
export function containerPath(path: ArtifactPath): string {
  const parts = path.split('/');
  const name = parts.pop() as string;
  return [...parts.map(folderName), name + SUFFIX].join('/');
}

/** Where a folder of artifacts lies, below the directory. */
export function folderPath(path: ArtifactPath): string {
  return path.split('/').map(folderName).join('/');
}

function folderName(part: string): string {
  return part + diskSuffix(part);
}

/** What a file of this name holds; undefined for what is none of ours. */
export function artifactOfFile(name: string): string | undefined {
  return name.endsWith(SUFFIX) && name.length > SUFFIX.length ? named(name.slice(0, -SUFFIX.length)) : undefined;
}

/** Which folder of artifacts a folder on the disk is; undefined for what is none. */
export function artifactFolderOf(name: string): string | undefined {
  const plain = ESCAPED_FOLDER.test(name) ? name.slice(0, -FOLDER_SUFFIX.length) : name;
  return folderName(plain) === name ? named(plain) : undefined;
}

function named(part: string): string | undefined {
  return problemOf(part) === undefined ? part : undefined;
}

/** The path of something below a folder; undefined stands for the directory itself. */
export function joinArtifactPath(folder: ArtifactPath | undefined, rest: string): ArtifactPath {
  return parseArtifactPath(folder === undefined ? rest : `${folder}/${rest}`);
}
