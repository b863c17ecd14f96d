/** One program of the session and all targets, in which the files that the targets name count their branches. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { build, type Plugin, transform } from 'esbuild';
import { createInstrumenter } from 'istanbul-lib-instrument';
import { COVERAGE_VARIABLE } from './coverage.js';

const ROOT = join(import.meta.dirname, '..');

/** Path of the program, and how to take it away again. */
export async function bundleSession(files: ReadonlySet<string>): Promise<{ path: string; remove(): void }> {
  // Below node_modules, so that packages are found from there.
  const folder = join(ROOT, 'node_modules', '.cache', 'at1-fuzz', String(process.pid));
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'session.mjs');
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['fuzz/session.ts'],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
    plugins: [counting(files)],
  });
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function counting(files: ReadonlySet<string>): Plugin {
  const instrumenter = createInstrumenter({
    esModules: true,
    compact: true,
    produceSourceMap: false,
    coverageVariable: COVERAGE_VARIABLE,
  });
  return {
    name: 'counting',
    setup(builder) {
      builder.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const name = relative(ROOT, path).split(sep).join('/');
        // A bundled file lies elsewhere; what it finds beside itself is still there.
        const text = readFileSync(path, 'utf8').replaceAll('import.meta.dirname', JSON.stringify(dirname(path)));
        if (!files.has(name)) return { contents: text, loader: 'ts' };
        const { code } = await transform(text, { loader: 'ts', format: 'esm', target: 'node20' });
        return { contents: instrumenter.instrumentSync(code, name), loader: 'js' };
      });
    },
  };
}
