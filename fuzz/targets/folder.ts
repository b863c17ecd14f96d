/** A folder for the targets whose parsers read files; gone when the process ends. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let made: string | undefined;

/** A folder of this name in the one folder of the process. */
export function folder(name: string): string {
  if (made === undefined) {
    // In memory where that is possible: a case is a file, and a disk would take the most of its time.
    const path = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'at1-fuzz-'));
    made = path;
    process.once('exit', () => rmSync(path, { recursive: true, force: true }));
  }
  const path = join(made, name);
  mkdirSync(path, { recursive: true });
  return path;
}
