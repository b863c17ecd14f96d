/** Bundles a program of the tests once per process: many of them start in a fraction of the time compiling would take. */
import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildSync } from 'esbuild';

const bundles = new Map<string, string>();

/** Path of the program, ready to be started with node. */
export function bundled(entry: string): string {
  const known = bundles.get(entry);
  if (known !== undefined) return known;
  const root = join(import.meta.dirname, '..', '..');
  // Inside node_modules, so that packages are found from there.
  const outfile = join(root, 'node_modules', '.cache', 'at1', `${basename(entry, '.ts')}-${process.pid}.mjs`);
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  });
  process.once('exit', () => rmSync(outfile, { force: true }));
  bundles.set(entry, outfile);
  return outfile;
}
