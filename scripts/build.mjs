// Bundles the program and the library into dist/ and writes declarations; does nothing when nothing changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { directImports } from './direct-imports.mjs';
import { leaveOut } from './leave-out.mjs';
import { licensesOf } from './licenses.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
// Not in dist/, which is packed.
const stamp = join(root, 'node_modules', '.cache', 'at1', 'build-inputs');
const complete = [
  'main.js',
  'index.js',
  'testing.js',
  'encode.worker.js',
  'verify.worker.js',
  'THIRD-PARTY-LICENSES.txt',
  'types/src/index.d.ts',
];

// Native code cannot be bundled; the rest of the list loads its own files (wasm, workers) by path.
const EXTERNAL = ['lzma-native', '@napi-rs/blake-hash', '@bokuweb/zstd-wasm', 'typescript', 'ts-node', 'tsx'];

// Commands are in a table of ours: nothing searches folders for plugins, and nothing writes a log for whoever debugs oclif.
const UNUSED = {
  '@oclif/core/lib/config/plugin.js': '',
  '@oclif/core/lib/config/plugin-loader.js': '',
  '@oclif/core/lib/config/ts-path.js': '',
  'debug/src/index.js': 'module.exports = () => Object.assign(() => {}, { enabled: false });',
};

// Packages that are CommonJS inside an ES module bundle still call `require`.
const BANNER = "import{createRequire as __at1Require}from'node:module';const require=__at1Require(import.meta.url);";

const inputs = hashInputs([
  'bin',
  'commands',
  'src',
  'schemas',
  'testing',
  'scripts/build.mjs',
  'scripts/direct-imports.mjs',
  'scripts/leave-out.mjs',
  'scripts/licenses.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]);
const current =
  existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs && complete.every((name) => existsSync(join(dist, name)));
if (current && !process.argv.includes('--force')) process.exit(0);

rmSync(stamp, { force: true });
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

// One after the other: the program is cut so that each command loads little, the library so that it is few files.
const results = [
  await bundle({ main: 'bin/main.ts', ...workers() }, [directImports(root), leaveOut(UNUSED)]),
  await bundle({ index: 'src/index.ts', testing: 'testing/index.ts' }, []),
];
const problems = results.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
if (results[0].metafile.inputs['src/index.ts'] !== undefined) {
  problems.push({ text: 'a command imports src/index.ts in a way that direct-imports.mjs does not know' });
}
for (const { text, location } of problems) {
  process.stderr.write(`build: ${location ? `${location.file}:${location.line}: ` : ''}${text}\n`);
}
if (problems.length > 0) fail();
const outputs = results.flatMap(({ metafile }) => Object.keys(metafile.outputs));
const sources = [...new Set(results.flatMap(({ metafile }) => Object.keys(metafile.inputs)))];

// No module of ours does anything when it is loaded (`sideEffects` in package.json): an import without names only costs time.
for (const path of outputs) {
  const text = readFileSync(join(root, path), 'utf8');
  writeFileSync(
    join(root, path),
    text.replace(/(^|;|\n)import"\.{1,2}\/[^"]+\.js";/g, '$1').replace(/import"\.\/chunk-[A-Z0-9]+\.js";/g, ''),
  );
}
writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), licensesOf(root, sources));

const types = spawnSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.types.json', '--outDir', 'dist/types'],
  { cwd: root, encoding: 'utf8' },
);
if (types.status !== 0) {
  process.stderr.write(types.stdout + types.stderr);
  fail();
}
mkdirSync(dirname(stamp), { recursive: true });
// Last, and at once: a stopped build is never taken for a finished one.
writeFileSync(`${stamp}.new`, inputs);
renameSync(`${stamp}.new`, stamp);

function bundle(entryPoints, plugins) {
  return build({
    absWorkingDir: root,
    entryPoints,
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: EXTERNAL,
    plugins,
    banner: { js: BANNER },
    // Names stay, so that a stack trace can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    keepNames: false,
    legalComments: 'none',
    // Beside the entries: what starts a worker finds it there, in whichever chunk it is.
    chunkNames: '[name]-[hash]',
    logLevel: 'silent',
    metafile: true,
  });
}

function fail() {
  rmSync(dist, { recursive: true, force: true });
  process.exit(1);
}

/** Files named `*.worker.ts` are started by path, so each is an entry of its own beside the bundle. */
function workers() {
  const found = readdirSync(join(root, 'src'), { recursive: true }).filter((name) => name.endsWith('.worker.ts'));
  return Object.fromEntries(found.map((name) => [name.split(/[\\/]/).pop().replace(/\.ts$/, ''), join('src', name)]));
}

function hashInputs(names) {
  const hash = createHash('sha256').update(process.version);
  for (const name of names) {
    const path = join(root, name);
    if (!existsSync(path)) continue;
    const files = /\.\w+$/.test(name)
      ? ['']
      : readdirSync(path, { recursive: true, withFileTypes: true })
          .filter((e) => e.isFile())
          .map((e) => join(e.parentPath, e.name))
          .sort();
    for (const file of files) {
      const full = file || path;
      const bytes = readFileSync(full);
      hash.update(`${full.slice(root.length)}\0${bytes.length}\0`).update(bytes);
    }
  }
  return hash.digest('hex');
}
