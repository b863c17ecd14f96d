/** Rules of a manifest and of a layout that a schema cannot say: sums, order, twins, digests. */
import { compareText, utf8 } from '../bytes/text.js';
import { formatDigest } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { checkBases } from './bases.js';
import { inField, invalid } from './check.js';
import type { FileEntry, Layout, ManifestDocument, Segment } from './generated/types.js';
import { checkLineage } from './lineage.js';
import { parseName } from './name.js';
import { foldPath, parseRelPath } from './rel-path.js';
import { isTimestamp } from './timestamp.js';
import { type Pointer, showPointer } from './toml-place.js';
import { treeDigest } from './tree-digest.js';
import { parseVersion } from './version.js';

export const DESCRIPTION_LIMIT = 4096;
export const CARD_LIMIT = 256 * 1024;

export function checkManifest(
  manifest: ManifestDocument,
  text: string | undefined,
  engines: Pick<Engines, 'sha256'>,
): void {
  inField(['name'], text, () => parseName(manifest.name));
  inField(['version'], text, () => parseVersion(manifest.version));
  if (!isTimestamp(manifest.created)) throw invalid(`/created is not a date: ${manifest.created}`, ['created'], text);
  checkLength(manifest.description, DESCRIPTION_LIMIT, ['description'], text);
  checkLength(manifest.purpose, DESCRIPTION_LIMIT, ['purpose'], text);
  checkLength(manifest.card?.text, CARD_LIMIT, ['card', 'text'], text);
  checkLineage(manifest, text);
  for (const [i, file] of manifest.files.entries()) checkFile(file, ['files', i], text);
  checkSum(manifest.files, manifest.size, ['size'], text);
  checkPaths(manifest, text);
  checkContent(manifest, text, engines);
}

export function checkLayout(layout: Layout, text: string | undefined): void {
  checkSegments(layout.segments, layout.size, ['segments'], text);
  checkBases(layout, [], text);
}

function checkFile(file: FileEntry, pointer: Pointer, text: string | undefined): void {
  inField([...pointer, 'path'], text, () => parseRelPath(file.path));
  const { segments, layout, bases } = file;
  if (segments !== undefined) {
    checkSegments(segments, file.size, [...pointer, 'segments'], text);
    checkBases(bases === undefined ? { segments } : { segments, bases }, pointer, text);
  } else if (bases !== undefined) {
    throw invalid('bases without segments: a layout lists its own', [...pointer, 'bases'], text);
  }
  if (layout?.transform !== undefined || layout?.base !== undefined) {
    throw invalid('a layout is stored as it is', [...pointer, 'layout'], text);
  }
}

function checkSegments(segments: readonly Segment[], size: number, pointer: Pointer, text: string | undefined): void {
  checkSum(segments, size, pointer, text);
  const empty = segments.findIndex((segment) => segment.size === 0);
  if (empty >= 0 && segments.length > 1) throw invalid('an empty segment among others', [...pointer, empty], text);
}

/** Sums stay exact: a total above the safe integers is refused before it could be rounded. */
function checkSum(parts: readonly { size: number }[], size: number, pointer: Pointer, text: string | undefined): void {
  let sum = 0;
  for (const part of parts) {
    sum += part.size;
    if (!Number.isSafeInteger(sum)) break;
  }
  if (sum !== size) throw invalid(`${showPointer(pointer)}: sizes add up to ${sum}, not ${size}`, pointer, text);
}

function checkPaths(manifest: ManifestDocument, text: string | undefined): void {
  const directories = manifest.directories ?? [];
  for (const [i, path] of directories.entries()) inField(['directories', i], text, () => parseRelPath(path));
  if (manifest.form === 'file' && (manifest.files.length !== 1 || directories.length > 0)) {
    throw invalid('form is file, but there is not exactly one file', ['form'], text);
  }
  const paths = manifest.files.map((file) => file.path);
  checkOrder(paths, 'files', text);
  checkOrder(directories, 'directories', text);
  const all = new Map<string, string>();
  const folders = new Map<string, string>();
  for (const path of [...paths, ...directories]) {
    const folded = foldPath(path);
    const twin = all.get(folded);
    if (twin !== undefined) throw twins(path, twin);
    all.set(folded, path);
    for (let at = folded.indexOf('/'); at >= 0; at = folded.indexOf('/', at + 1))
      folders.set(folded.slice(0, at), path);
  }
  for (const [folded, path] of all) {
    const inside = folders.get(folded);
    if (inside !== undefined) throw twins(path, inside);
  }
}

function twins(path: string, other: string): At1Error {
  return new At1Error('manifest/name-twin', {
    message: `paths '${other}' and '${path}' cannot both exist where case or Unicode form is ignored, or one is a folder of the other`,
    facts: { path, other },
  });
}

function checkOrder(paths: readonly string[], field: string, text: string | undefined): void {
  for (let i = 1; i < paths.length; i++) {
    const order = compareText(paths[i - 1] as string, paths[i] as string);
    if (order >= 0) {
      throw invalid(`/${field}: paths are not ${order === 0 ? 'unique' : 'sorted by bytes'}`, [field, i], text);
    }
  }
}

function checkContent(manifest: ManifestDocument, text: string | undefined, engines: Pick<Engines, 'sha256'>): void {
  const digest =
    manifest.form === 'tree'
      ? treeDigest(manifest.files, manifest.directories ?? [], engines)
      : (manifest.files[0] as FileEntry).sha256;
  const expected = formatDigest(digest);
  if (manifest.content === expected) return;
  throw new At1Error('manifest/content-mismatch', {
    message: 'the content digest is not that of the files listed',
    facts: { ...invalid('', ['content'], text).facts, expected, found: manifest.content },
  });
}

function checkLength(value: string | undefined, limit: number, pointer: Pointer, text: string | undefined): void {
  if (value === undefined || utf8(value).length <= limit) return;
  throw invalid(`${showPointer(pointer)} is longer than ${limit} bytes`, pointer, text);
}
