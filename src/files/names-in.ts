/** What is in a folder that others may take away at any moment: what is gone has nothing in it. */
import { readdir } from './node-fs.js';
import { isSystemError } from './system-error.js';

/** Sorted. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}
