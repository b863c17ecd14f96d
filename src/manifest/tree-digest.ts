/**
 * The content digest of a tree: SHA-256 of a listing that `sha256sum` prints too, with lines for executables and
 * empty directories after it; docs/format/registry.md section 5.
 */
import { compareText, utf8 } from '../bytes/text.js';
import { type Digest, digestOf } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import type { RelPath } from './rel-path.js';

export interface ListedFile {
  readonly path: RelPath;
  readonly sha256: Digest;
  readonly executable?: boolean | undefined;
}

/** Files and empty directories in any order; the listing is sorted by the bytes of the paths. */
export function canonicalListing(files: Iterable<ListedFile>, directories: Iterable<RelPath> = []): string {
  const sorted = [...files].sort((a, b) => compareText(a.path, b.path));
  const lines = sorted.map((file) => `${file.sha256}  ${file.path}\n`);
  for (const file of sorted) if (file.executable === true) lines.push(`executable  ${file.path}\n`);
  for (const path of [...directories].sort(compareText)) lines.push(`directory  ${path}\n`);
  return lines.join('');
}

export function treeDigest(
  files: Iterable<ListedFile>,
  directories: Iterable<RelPath>,
  engines: Pick<Engines, 'sha256'>,
): Digest {
  return digestOf(engines.sha256(utf8(canonicalListing(files, directories))));
}
