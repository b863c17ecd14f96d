// What `npm pack` would ship: everything that is needed, nothing else, and the library entry can be imported.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LIMIT_BYTES = 15 * 2 ** 20;
const NEEDED = [
  'package.json',
  'LICENSE',
  'README.md',
  'CHANGELOG.md',
  'bin/run.js',
  'dist/main.js',
  'dist/index.js',
  'dist/testing.js',
  'dist/encode.worker.js',
  'dist/verify.worker.js',
  'dist/types/src/index.d.ts',
  'dist/types/testing/index.d.ts',
  'decoders/at1.py',
  'decoders/at1-decode.mjs',
  'docs/attacks.md',
  'docs/decoders.md',
  'docs/durability.md',
  'docs/errors.md',
  'docs/gate.md',
  'schemas/manifest.schema.json',
  'schemas/output/error.schema.json',
];
const ALLOWED =
  /^(package\.json|LICENSE|README\.md|CHANGELOG\.md|bin\/run\.js|dist\/.+|decoders\/(at1\.py|at1-decode\.mjs)|schemas\/.+\.json|docs\/.+\.md)$/;
const REFUSED = /(^|\/)(\.|test\/|node_modules)|(?<!\.d)\.ts$|\.map$/;

const root = fileURLToPath(new URL('..', import.meta.url));
const problems = [];

const packed = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, encoding: 'utf8' });
if (packed.status !== 0) {
  process.stderr.write(packed.stderr);
  process.exit(1);
}
// A list of packages, or in newer npm an object by name.
const [listing] = Object.values(JSON.parse(packed.stdout));
const names = listing.files.map(({ path }) => path);

for (const name of NEEDED) if (!names.includes(name)) problems.push(`missing: ${name}`);
for (const name of names) if (!ALLOWED.test(name) || REFUSED.test(name)) problems.push(`does not belong: ${name}`);
for (const name of names.filter((path) => path.endsWith('.js'))) {
  if (readFileSync(join(root, name), 'utf8').includes(root)) problems.push(`holds a path of this machine: ${name}`);
}
if (listing.unpackedSize > LIMIT_BYTES) problems.push(`too large: ${listing.unpackedSize} bytes`);

// By its own name, as a user would; from another folder for the program.
const library = spawnSync(
  process.execPath,
  [
    '--input-type=module',
    '-e',
    "import { At1Error } from 'at1-registry'; import { attacks } from 'at1-registry/testing'; if (typeof At1Error !== 'function' || !(attacks.length > 0)) process.exit(1)",
  ],
  { cwd: root, encoding: 'utf8' },
);
if (library.status !== 0) problems.push(`the library cannot be imported: ${library.stderr}`);

const elsewhere = mkdtempSync(join(tmpdir(), 'at1-package-'));
const program = spawnSync(process.execPath, [join(root, 'bin', 'run.js'), 'help'], {
  cwd: elsewhere,
  encoding: 'utf8',
});
rmSync(elsewhere, { recursive: true });
if (program.status !== 0 || !program.stdout.startsWith('at1'))
  problems.push(`the program does not start: ${program.stderr}`);
if (!existsSync(join(root, 'dist', 'types', 'src', 'index.d.ts'))) problems.push('no declarations');

for (const problem of problems) process.stderr.write(`package: ${problem}\n`);
process.stdout.write(`package: ${names.length} files, ${(listing.unpackedSize / 1024).toFixed(0)} KiB unpacked\n`);
process.exit(problems.length === 0 ? 0 : 1);
