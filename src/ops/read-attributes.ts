/** The text of `.gitattributes` to go on from: the working file, or where that is not checked out what HEAD holds. */
import { join } from 'node:path';
import { fromUtf8 } from '../bytes/text.js';
import type { GitReader } from '../git/reader.js';
import { readSmallBlob } from '../git-format/read-object.js';
import type { TreeEntry } from '../git-format/tree.js';
import { readFileBounded } from '../store/read-file.js';

const ATTRIBUTES_LIMIT = 1024 * 1024;

/** People's own lines are in it: to begin anew because the file is not there would lose them with the next commit. */
export async function readAttributes(
  root: string,
  reader: GitReader,
  committed: TreeEntry | undefined,
): Promise<string> {
  const here = await readFileBounded(join(root, '.gitattributes'), ATTRIBUTES_LIMIT);
  if (here !== undefined) return fromUtf8(here);
  if (committed?.mode.startsWith('100') !== true) return '';
  return fromUtf8(await readSmallBlob(reader, committed.oid, ATTRIBUTES_LIMIT));
}
