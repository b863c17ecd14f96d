/** What the index holds for some paths: to see whether the user has staged something of their own there. */

import { join } from 'node:path';
import { ioError } from '../files/io-error.js';
import { readFile } from '../files/read-whole.js';
import { systemCode } from '../files/system-error.js';
import { type Oid, oidFromBytes } from '../git-format/oid.js';
import { decodeName } from '../git-format/tree.js';
import { nameOf, parseIndex } from './index-format.js';

/** Where the object's name stands in an entry. */
const OID_AT = 40;

/** Undefined where there is no index. Of a path in conflict, the last stage. */
export async function indexOids(
  repository: { readonly gitDir: string },
  paths: { has(path: string): boolean },
): Promise<Map<string, Oid> | undefined> {
  const path = join(repository.gitDir, 'index');
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await readFile(path));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw ioError('read', path, error);
  }
  const index = parseIndex(bytes);
  const found = new Map<string, Oid>();
  for (let entry = 0; entry + 1 < index.starts.length; entry++) {
    const name = decodeName(nameOf(index, entry));
    const at = (index.starts[entry] as number) + OID_AT;
    if (paths.has(name)) found.set(name, oidFromBytes(index.entries.subarray(at, at + 20)));
  }
  return found;
}
