/** What a stranger gets: the packed package, installed in an empty folder, used by its command and by its library. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalFloats } from '../helpers/normal-floats.js';
import { isolatedHome } from '../helpers/run-cli.js';
import { useTempDir } from '../helpers/temp-dir.js';

const root = join(import.meta.dirname, '..', '..');

describe('the packed package', function () {
  this.timeout(180_000);
  const temp = useTempDir('suite');
  const home = isolatedHome();
  after(() => home.remove());
  let folder = '';

  /** npm by the program that runs this one, with the user's own npm configuration and no at1 or git settings. */
  function npm(args: readonly string[], cwd: string): string {
    const path = process.env.npm_execpath;
    const [command, first] = path === undefined ? ['npm', []] : [process.execPath, [path]];
    const done = spawnSync(command, [...first, ...args], { cwd, encoding: 'utf8', env: process.env });
    assert.equal(done.status, 0, done.stderr);
    return done.stdout;
  }

  function at1(args: readonly string[], cwd: string) {
    const bin = join(folder, 'node_modules', '.bin', 'at1');
    return spawnSync(bin, [...args], { cwd, encoding: 'utf8', env: home.env });
  }

  before(() => {
    folder = temp.at('stranger');
    mkdirSync(folder);
    npm(['run', '--silent', 'build'], root);
    npm(['pack', '--silent', '--pack-destination', temp.path, '--ignore-scripts'], root);
    const tarball = readdirSync(temp.path).find((name) => name.endsWith('.tgz'));
    assert.ok(tarball !== undefined);
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', join(temp.path, tarball)], folder);
  });

  it('installs few packages: what can be bundled is', () => {
    assert.ok(existsSync(join(folder, 'node_modules', 'at1-registry', 'dist', 'THIRD-PARTY-LICENSES.txt')));
    assert.equal(existsSync(join(folder, 'node_modules', 'isomorphic-git')), false);
  });

  it('has a command that makes a registry, registers, verifies and gets back', () => {
    const registry = join(folder, 'registry');
    assert.equal(at1(['init', registry], folder).status, 0);
    writeFileSync(join(folder, 'weights.onnx'), 'some weights');
    const registered = at1(['register', 'model/small@1.0.0', '../weights.onnx', '--json'], registry);
    assert.equal(registered.status, 0, registered.stderr + registered.stdout);
    assert.equal((JSON.parse(registered.stdout) as { ref: string }).ref, 'model/small@1.0.0');
    assert.equal(at1(['verify'], registry).status, 0);
    assert.equal(at1(['get', 'small', '-o', join(folder, 'back.onnx')], registry).status, 0);
    assert.equal(readFileSync(join(folder, 'back.onnx'), 'utf8'), 'some weights');
  });

  it('encodes a large file on threads, with the same result as on one', () => {
    writeFileSync(join(folder, 'weights.bin'), normalFloats(12 * 1024 * 1024, 7));
    const program = `
      import { createHash } from 'node:crypto';
      import { readFileSync } from 'node:fs';
      import { pack } from 'at1-registry';
      const count = { started: 0, failed: 0 };
      process.on('worker', (worker) => { count.started++; worker.on('error', () => count.failed++); });
      const digests = [];
      for (const threads of [1, 2]) {
        const { path } = await pack({ path: 'weights.bin', out: \`\${threads}.at1\`, dtype: 'F32', level: 'fast', threads });
        digests.push(createHash('sha256').update(readFileSync(path)).digest('hex'));
      }
      console.log(JSON.stringify({ ...count, same: digests[0] === digests[1] }));`;
    const done = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: folder,
      encoding: 'utf8',
      env: home.env,
    });
    assert.deepEqual(JSON.parse(done.stdout), { started: 2, failed: 0, same: true }, done.stderr);
    const registry = join(folder, 'registry');
    const registered = at1(['register', 'model/large@1.0.0', '../weights.bin', '--threads', '2'], registry);
    assert.equal(registered.status, 0, registered.stderr);
    const verified = at1(['verify', '--json'], registry);
    assert.equal(verified.status, 0, verified.stdout);
    assert.equal(at1(['get', 'model/large', '-o', join(folder, 'back.bin')], registry).status, 0);
    assert.ok(readFileSync(join(folder, 'back.bin')).equals(readFileSync(join(folder, 'weights.bin'))));
  });

  it('runs the TypeScript of the README as it stands there', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const snippets = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code ?? '');
    assert.ok(snippets.length > 0, 'the README shows the library');
    for (const [index, code] of snippets.entries()) {
      const cwd = join(folder, `snippet-${index}`);
      mkdirSync(cwd);
      writeFileSync(join(cwd, 'model.onnx'), 'weights for the snippet');
      writeFileSync(join(cwd, 'snippet.mts'), code);
      const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
      const done = spawnSync(process.execPath, [tsx, 'snippet.mts'], { cwd, encoding: 'utf8', env: home.env });
      assert.equal(done.status, 0, done.stderr);
      const types = spawnSync(
        process.execPath,
        [
          join(root, 'node_modules/typescript/bin/tsc'),
          '--noEmit',
          '--strict',
          '--module',
          'nodenext',
          '--target',
          'es2023',
          '--skipLibCheck',
          '--types',
          'node',
          '--typeRoots',
          join(root, 'node_modules/@types'),
          'snippet.mts',
        ],
        { cwd, encoding: 'utf8', env: home.env },
      );
      assert.equal(types.status, 0, types.stdout);
    }
  });
});
