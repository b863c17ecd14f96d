// Builds wasm/kernel.ts into src/transforms/generated/kernel-wasm.ts; `--check` writes nothing and fails when the file differs.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'src', 'transforms', 'generated');
const generated = join(folder, 'kernel-wasm.ts');
const OUTPUT = 'kernel.wasm';
// The memory that the addresses in wasm/kernel.ts reach into: 11 pages of 64 KiB, never more.
const PAGES = 11;
const FLAGS = [
  '-O3',
  '--converge',
  '--noAssert',
  '--runtime=stub',
  `--initialMemory=${PAGES}`,
  `--maximumMemory=${PAGES}`,
  '--enable=simd',
  '--enable=bulk-memory',
];

let module;
const { error, stderr } = await main(['wasm/kernel.ts', `--outFile=${OUTPUT}`, `--baseDir=${root}`, ...FLAGS], {
  writeFile: (name, contents) => {
    if (name === OUTPUT) module = contents;
  },
});
if (error !== null || module === undefined) {
  console.error(stderr.toString());
  process.exit(1);
}
const text = textOf(Buffer.from(module).toString('base64'));
if (process.argv.includes('--check')) {
  if (readFileSync(generated, 'utf8') !== text) {
    console.error('src/transforms/generated/kernel-wasm.ts is not what wasm/kernel.ts builds to: run `npm run kernel`');
    process.exitCode = 1;
  }
} else {
  mkdirSync(folder, { recursive: true });
  writeFileSync(generated, text);
}

function textOf(base64) {
  const lines = base64.match(/.{1,110}/g).map((line) => `  '${line}'`);
  return [
    '/** Generated from wasm/kernel.ts by `npm run kernel`: change that, not this file. */',
    '',
    '/** The module in base64, so that bundles and browsers need no file beside them. */',
    'export const KERNEL_WASM =',
    `${lines.join(' +\n')};`,
    '',
  ].join('\n');
}
