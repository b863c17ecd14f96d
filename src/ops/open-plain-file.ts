/** One file that was named on the command line, opened so that a change while it is read is noticed. */
import { type InputFile, scanFile } from '../store/scan-input.js';
import { openStable, type StableFile } from '../store/stable-file.js';

/** Throws `usage/path`, `artifact/unsupported-file` for anything but a plain file, and `io/*`. */
export async function openPlainFile(
  path: string,
  cwd: string,
): Promise<{ readonly file: InputFile; readonly opened: StableFile }> {
  const file = await scanFile(path, { cwd });
  return { file, opened: await openStable(file) };
}
