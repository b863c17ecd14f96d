// Bundles action/main.ts into action/gate.mjs, one file that runs without any package; `--check` writes nothing and fails
// when the file differs. Native packages are not there on a clean runner: the engines do without.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { licensesOf } from './licenses.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const generated = join(root, 'action', 'gate.mjs');
const NATIVE = join(root, 'src', 'native', 'engines.ts');

const enginesWithoutPackages = {
  name: 'engines-without-packages',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/native\/engines\.js$/ }, () => ({ path: NATIVE }));
    onLoad({ filter: /[\\/]native[\\/]engines\.ts$/ }, () => ({
      contents:
        "export { createEnginesWithoutPackages as createNativeEngines } from '../ops/engines-without-packages.js';",
      resolveDir: join(root, 'src', 'native'),
      loader: 'ts',
    }));
  },
};

const { outputFiles, metafile, warnings } = await build({
  absWorkingDir: root,
  entryPoints: ['action/main.ts'],
  outfile: generated,
  write: false,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  plugins: [enginesWithoutPackages],
  // Packages that are CommonJS inside an ES module bundle still call `require`.
  banner: {
    js: "import{createRequire as __at1Require}from'node:module';const require=__at1Require(import.meta.url);",
  },
  minifyWhitespace: true,
  minifySyntax: true,
  // One statement a line, so that a difference can be read.
  lineLimit: 120,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
});
const [output] = outputFiles;
const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.filter(({ external }) => external));
const outside = imported.map(({ path }) => path).filter((path) => !isBuiltin(path));
if (warnings.length > 0 || output === undefined || outside.length > 0) {
  process.stderr.write(`action: not one file that runs alone: ${outside.join(', ')}\n`);
  process.exit(1);
}
const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
  Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
);
const licenses = licensesOf(root, used);
const text = [
  '// Generated from action/main.ts by `npm run action`: change that, not this file.',
  output.text.trimEnd(),
  `/*\n${licenses.replaceAll('*/', '* /').trimEnd()}\n*/\n`,
].join('\n');
if (process.argv.includes('--check')) {
  if (!existsSync(generated) || readFileSync(generated, 'utf8') !== text) {
    process.stderr.write('action/gate.mjs is not what its sources build to: run `npm run action`\n');
    process.exitCode = 1;
  }
} else writeFileSync(generated, text);
