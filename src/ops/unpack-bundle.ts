/** `unpack` of a bundle: its entries as the files of a new folder, which appears when all of them are proven. */
import { type BundleEntry, decodeEntry, readBundle } from '../codecs/bundle.js';
import { MAX_WHOLE_OUTPUT, overLimit, PAYLOAD_SLACK } from '../container/format.js';
import { digestOf, formatDigest } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import { readExactly } from '../store/read-file.js';
import type { InputFile } from '../store/scan-input.js';
import type { StableFile } from '../store/stable-file.js';
import { type OutputEntry, writeOutputTree } from '../store/write-output.js';

export interface UnpackedFile {
  /** Inside the folder. */
  readonly path: string;
  readonly size: number;
  /** SHA-256 of the original. */
  readonly sha256: string;
}

export interface UnpackResult {
  /** The file, or the folder of a bundle. */
  readonly path: string;
  /** Bytes of the original, or of all of them, and of the container. */
  readonly size: number;
  readonly stored: number;
  /** SHA-256 of the original; null for a bundle. */
  readonly sha256: string | null;
  /** Of a bundle only. */
  readonly files?: readonly UnpackedFile[];
}

export interface Unpacking {
  readonly file: InputFile;
  readonly opened: StableFile;
  readonly out: string;
  readonly request: {
    readonly force?: boolean | undefined;
    readonly onProgress?: ((bytes: number) => void) | undefined;
  };
  readonly engines: Engines;
}

export async function unpackBundle({ file, opened, out, request, engines }: Unpacking): Promise<UnpackResult> {
  const entries = await readBundle(await readWhole(opened, file), engines);
  const files: UnpackedFile[] = [];
  let total = 0;
  const decoded = async function* (entry: BundleEntry) {
    const hasher = engines.newSha256();
    let size = 0;
    for await (const piece of decodeEntry(entry, engines)) {
      hasher.update(piece);
      size += piece.length;
      request.onProgress?.(total + size);
      yield piece;
    }
    total += size;
    files.push({ path: entry.name, size, sha256: formatDigest(digestOf(hasher.digest())) });
  };
  const outputs = entries.map(
    (entry): OutputEntry => ({ kind: 'file', path: entry.name, size: entry.size, source: () => decoded(entry) }),
  );
  await writeOutputTree(out, outputs, { force: request.force === true });
  return { path: out, size: total, stored: file.size, sha256: null, files };
}

/** Its names come last, so a bundle is held in memory. */
async function readWhole(opened: StableFile, file: InputFile): Promise<Uint8Array> {
  const most = MAX_WHOLE_OUTPUT + PAYLOAD_SLACK;
  if (file.size > most) throw overLimit('a bundle', file.size, most);
  const bytes = await readExactly(opened, file.absolute, 0, new Uint8Array(file.size));
  await opened.assertUnchanged();
  return bytes;
}
