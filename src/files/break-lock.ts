/** Takes a lock away from a holder that is dead. Whoever does so has read the lock and judged the holder. */
import { discard } from './durable-file.js';
import { link, rename } from './node-fs.js';
import { readFile } from './read-whole.js';
import { systemCode } from './system-error.js';

/**
 * Two processes may find the same dead holder: the file is taken away by name first and looked at again. `text`: what the
 * lock said; `aside`: a name beside it that nobody else has. Throws the system's own errors.
 */
export async function breakLock(path: string, text: string, aside: string): Promise<void> {
  try {
    await rename(path, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readFile(aside, 'utf8')) !== text) {
    // A new holder came between; give the lock back unless yet another has it.
    await link(aside, path).catch((error: unknown) => {
      if (systemCode(error) !== 'EEXIST') throw error;
    });
  }
  await discard(aside);
}
