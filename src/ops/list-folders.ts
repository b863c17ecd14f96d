/** The folders of a registry that at1 writes into, for finding what an unfinished write left. */

import { join } from 'node:path';
import { readdir } from '../files/node-fs.js';
import { systemCode } from '../files/system-error.js';
import { OWNED_FOLDERS } from '../manifest/layout-of-registry.js';

export async function listFolders(root: string): Promise<string[]> {
  const folders = [root];
  for (const name of OWNED_FOLDERS) await walk(join(root, name), folders);
  return folders;
}

async function walk(folder: string, into: string[]): Promise<void> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    into.push(folder);
    for (const entry of entries) if (entry.isDirectory()) await walk(join(folder, entry.name), into);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' && systemCode(error) !== 'ENOTDIR') throw error;
  }
}
