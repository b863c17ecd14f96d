/** One file that was named on the command line, opened so that a change while it is read is noticed. */
import { At1Error } from '../errors.js';
import { type InputFile, scanInput } from '../store/scan-input.js';
import { openStable, type StableFile } from '../store/stable-file.js';

/** Throws `artifact/unsupported-file` for anything but a plain file, and `io/*`. */
export async function openPlainFile(
  path: string,
  cwd: string,
): Promise<{ readonly file: InputFile; readonly opened: StableFile }> {
  const { form, files } = await scanInput([path], { cwd });
  const [file] = files;
  if (form !== 'file' || file === undefined) {
    throw new At1Error('artifact/unsupported-file', {
      message: `${path} is a folder`,
      hint: 'a container holds one file; at1 register takes folders',
    });
  }
  return { file, opened: await openStable(file) };
}
