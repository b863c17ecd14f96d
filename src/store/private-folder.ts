/** A folder for what is on its way: nobody else may look into it, and it is gone afterwards, an interrupt included. */
import { join } from 'node:path';
import { attempt } from '../files/io-error.js';
import { mkdir, removeTreeSync } from '../files/node-fs.js';
import { processMark, TEMP_PREFIX } from '../files/process-mark.js';

/** Made in `base`, for as long as `use` takes. An abort removes it before the process ends. */
export async function withPrivateFolder<T>(
  base: string,
  signal: AbortSignal | undefined,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = join(base, TEMP_PREFIX + processMark());
  const remove = () => removeTreeSync(folder);
  signal?.addEventListener('abort', remove, { once: true });
  try {
    await attempt('write', folder, () => mkdir(folder, { mode: 0o700 }));
    return await use(folder);
  } finally {
    signal?.removeEventListener('abort', remove);
    // A failure here would hide the result, or the failure that led here; the name tells what is left.
    await attempt('write', folder, async () => remove()).catch(() => undefined);
  }
}
