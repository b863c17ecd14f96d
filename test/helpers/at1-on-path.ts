/** A folder for the PATH with a program `at1` in it, as hooks of git look for one. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundled } from './bundle.js';

/** Returns the PATH. */
export function at1OnPath(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const program = process.env.AT1_TEST_BIN ?? bundled(join(import.meta.dirname, '..', '..', 'bin', 'main.ts'));
  const words = [process.execPath, program].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  writeFileSync(join(folder, 'at1'), `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`);
  chmodSync(join(folder, 'at1'), 0o755);
  return `${folder}:${process.env.PATH ?? ''}`;
}
