/** The content digest files on the disk would have as a version. A file that changes while it is read is a refusal. */
import { type Digest, digestOf } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import { treeDigest } from '../manifest/tree-digest.js';
import { readInSegments } from '../store/read-segments.js';
import type { InputFile, ScannedInput } from '../store/scan-input.js';
import { openStable } from '../store/stable-file.js';

/** Throws `artifact/changed-while-read`, `io/*`. */
export async function contentOf({ form, files, directories }: ScannedInput, engines: Engines): Promise<Digest> {
  const listed = [];
  for (const file of files) {
    const sha256 = await digestOfFile(file, engines);
    if (form === 'file') return sha256;
    listed.push({ path: file.path, sha256, executable: file.executable });
  }
  return treeDigest(listed, directories, engines);
}

async function digestOfFile(file: InputFile, engines: Engines): Promise<Digest> {
  const opened = await openStable(file);
  try {
    const hasher = engines.newSha256();
    for await (const piece of readInSegments(opened, file.size, { path: file.absolute })) hasher.update(piece);
    await opened.assertUnchanged();
    return digestOf(hasher.digest());
  } finally {
    await opened.close();
  }
}
