/**
 * Before anything is read or stored: files so many that their manifest would be too large to be written. The estimate
 * never exceeds what the manifest comes to, so nothing that fits is refused.
 */
import { utf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { MANIFEST_LIMIT } from '../manifest/documents.js';
import { SEGMENT_SIZE } from '../store/read-segments.js';
import type { InputFile, ScannedInput } from '../store/scan-input.js';
import { INLINE_SEGMENTS } from './encode-file.js';

const DIGEST = '0'.repeat(64);
/** What one file of one segment takes, without its path. */
const FILE = `
[[files]]
path = ""
size = 0
sha256 = "${DIGEST}"
blake3 = "${DIGEST}"
segments = [
  { size = 0, sha256 = "${DIGEST}", object = "${DIGEST}", stored = 0 },
]
`;

/** Throws `document/too-large`. */
export function refuseLargeManifest(scanned: ScannedInput): void {
  const least = leastManifestSize(scanned);
  if (least <= MANIFEST_LIMIT) return;
  throw new At1Error('document/too-large', {
    message: `the manifest of ${scanned.files.length} files would be ${least} bytes or more; ${MANIFEST_LIMIT} is the most`,
    hint: 'register them in parts, or put small files together in an archive',
    facts: { files: scanned.files.length, size: least, limit: MANIFEST_LIMIT },
  });
}

export function leastManifestSize({ files }: Pick<ScannedInput, 'files'>): number {
  return files.reduce((sum, file) => sum + leastEntrySize(file), 0);
}

/** A file with a layout is left out: its entry is shorter than this, and a few thousand of them fill any disk. */
function leastEntrySize({ path, size }: Pick<InputFile, 'path' | 'size'>): number {
  return size > INLINE_SEGMENTS * SEGMENT_SIZE ? 0 : FILE.length + utf8(path).length;
}
