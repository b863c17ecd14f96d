/**
 * Every class of failure against its code and its exit number: what fails never ends with 0, in text or in JSON, in this
 * process or in one of its own whose output goes nowhere.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { buildHealthy, type PlacedRegistry } from '../../testing/index.js';
import { runGit } from '../helpers/git.js';
import { runCli } from '../helpers/run-cli.js';
import { useTempDir } from '../helpers/temp-dir.js';

type Prepare = (registry: PlacedRegistry) => void;

interface Failure {
  readonly command: string;
  readonly code: string;
  readonly exit: number;
  readonly prepare?: Prepare;
  readonly env?: Readonly<Record<string, string>>;
}

const failure = (command: string, code: string, exit: number, prepare?: Prepare): Failure => ({
  command,
  code,
  exit,
  ...(prepare === undefined ? {} : { prepare }),
});
const write =
  (path: string, content: string): Prepare =>
  ({ dir }) => {
    const place = join(dir, ...path.split('/'));
    rmSync(place, { recursive: true, force: true });
    writeFileSync(place, content);
  };
const inGit =
  (...args: string[]): Prepare =>
  ({ dir }) => {
    const { status, stderr } = runGit(dir, args);
    assert.equal(status, 0, stderr);
  };
const noKey: Prepare = ({ home }) => rmSync(join(home, 'config', 'keys'), { recursive: true });
const remoteAt = (url: string): Prepare => inGit('remote', 'add', 'origin', url);
const NEW = 'model/new@1.0.0 at1.toml';

const FAILURES: readonly Failure[] = [
  // wrong use
  failure('nonsense', 'usage/invalid', 2),
  failure('list --nonsense', 'usage/invalid', 2),
  failure('get', 'usage/invalid', 2),
  failure('list a b', 'usage/invalid', 2),
  failure('verify --root abc', 'usage/invalid', 2),
  failure('get model/m --out=', 'usage/invalid', 2),
  failure('get model/M@1', 'usage/name', 2),
  failure('get model/m@1.x.', 'usage/reference', 2),
  failure('register model/new@01.0.0 at1.toml', 'usage/reference', 2),
  failure('register model/m@1.0.0+x at1.toml', 'usage/version', 2),
  failure('register model/new@1.0.0', 'usage/invalid', 2),
  // where and what
  failure('list --registry ..', 'registry/not-found', 10),
  failure('list --registry ../nowhere', 'registry/not-found', 10),
  failure('init', 'registry/exists', 13),
  failure('get model/nothing -o ../out', 'artifact/not-found', 12),
  failure('get model/m@7.0.0 -o ../out', 'artifact/not-found', 12),
  failure('verify model/nothing', 'artifact/not-found', 12),
  failure('list --at nothing', 'artifact/not-found', 12),
  failure('register model/m@1.0.0 at1.toml', 'artifact/exists', 13),
  failure('get model/m@1.0.0 -o ../out', 'output/exists', 13, write('../out', 'of somebody')),
  failure('register model/new@1.0.0 nowhere', 'usage/path', 2),
  failure('register model/new@1.0.0 link', 'artifact/unsupported-file', 2, ({ dir }) =>
    symlinkSync('at1.toml', join(dir, 'link')),
  ),
  failure('unregister model/m@1.0.0', 'artifact/landed', 13, ({ dir }) => {
    remoteAt('../bare.git')({ dir } as PlacedRegistry);
    inGit('init', '--quiet', '--bare', '../bare.git')({ dir } as PlacedRegistry);
    inGit('push', '--quiet', 'origin', 'main')({ dir } as PlacedRegistry);
  }),
  // keys
  failure(`register ${NEW}`, 'key/none', 14, noKey),
  failure(`register ${NEW} --key nowhere`, 'key/not-found', 14),
  failure('key generate', 'key/exists', 14),
  failure('key import ../bad', 'key/invalid', 14, write('../bad', '-----BEGIN OPENSSH PRIVATE KEY-----\nx\n')),
  failure('policy add-principal mallory nowhere.pub', 'key/not-found', 14),
  // the machine
  failure('get model/m@1.0.0 -o /dev/null/x', 'io/failed', 15),
  // git
  failure('list', 'git/unsupported', 16, inGit('config', 'core.repositoryFormatVersion', '7')),
  failure('list', 'git/ref-invalid', 20, write('.git/refs/heads/main', 'garbage\n')),
  failure('list', 'git/object-missing', 32, write('.git/refs/heads/main', `${'1'.repeat(40)}\n`)),
  failure('list', 'git/ref-invalid', 20, write('.git/HEAD', 'ref: refs/heads/../../x\n')),
  failure('list', 'git/ref-invalid', 20, write('.git/HEAD', 'nothing\n')),
  failure(`register ${NEW}`, 'git/busy', 11, write('.git/MERGE_HEAD', `${'1'.repeat(40)}\n`)),
  // documents and damage
  failure('list', 'document/syntax', 23, (place) => {
    write('at1.toml', 'id = \n')(place);
    inGit('commit', '--quiet', '--all', '-m', 'x')(place);
  }),
  failure('verify', 'worktree/differs', 20, write('model/m/1.0.0.toml', 'edited\n')),
  failure('verify', 'worktree/differs', 20, write('.at1/policy/policy.toml', 'edited\n')),
  failure('verify', 'history/manifest-changed', 24, (place) => {
    write('model/m/1.0.0.toml', 'edited\n')(place);
    inGit('commit', '--quiet', '--all', '-m', 'x')(place);
  }),
  failure('get model/m@1.0.0 -o ../out', 'history/manifest-removed', 24, (place) => {
    inGit('rm', '--quiet', 'model/m/1.0.0.toml')(place);
    inGit('commit', '--quiet', '-m', 'x')(place);
  }),
  failure('verify', 'policy/allowed-signers', 21, (place) => {
    write('.at1/allowed_signers', 'eve\n')(place);
    inGit('commit', '--quiet', '--all', '-m', 'x')(place);
  }),
  failure('verify', 'tag/unsigned', 21, inGit('tag', '--force', 'model/m@v1.0.0')),
  failure('verify', 'tag/unexpected', 24, inGit('tag', '-a', '-m', 'x', 'model/m@v8.0.0')),
  failure(`verify --root sha256:${'0'.repeat(64)}`, 'trust/root-changed', 21),
  failure(
    'unpack ../bad -o ../out',
    'container/malformed',
    20,
    write('../bad', 'no container at all, but long enough'),
  ),
  // remotes
  failure('push', 'remote/none', 31),
  failure('pull', 'remote/none', 31),
  failure('push', 'remote/failed', 31, remoteAt('../nowhere')),
  failure('pull', 'remote/failed', 31, remoteAt('http://127.0.0.1:9/nothing.git')),
];

describe('testing: exit numbers', () => {
  const temp = useTempDir();

  it('covers forty classes of failure and more', () => {
    assert.ok(new Set(FAILURES.map(({ command, code }) => `${command} ${code}`)).size >= 40);
    assert.ok(FAILURES.every(({ exit }) => exit > 0));
  });

  for (const [at, { command, code, exit, prepare }] of FAILURES.entries()) {
    it(`at1 ${command} ends with ${exit} for ${code} (${at + 1})`, async () => {
      const place = await buildHealthy({ dir: temp.at('place') });
      prepare?.(place);
      const argv = command.split(' ');
      const { code: json, json: body, stdout } = await run(place, [...argv, '--json']);
      assert.ok(codesOf(body).includes(code), stdout);
      const text = await run(place, argv);
      assert.deepEqual([json, text.code], [exit, exit], text.stderr);
      assert.ok(`${text.stdout}${text.stderr}`.includes(`[${code}]`), text.stdout + text.stderr);
      assert.ok(!existsSync(temp.at('place', 'out', 'm')));
    });
  }
});

function run({ dir, environment }: PlacedRegistry, argv: readonly string[]) {
  return runCli(argv, { cwd: dir, env: environment });
}

function codesOf(json: unknown): string[] {
  const { error, findings } = json as { error?: { code: string }; findings?: { code: string; severity: string }[] };
  if (error !== undefined) return [error.code];
  return (findings ?? []).filter(({ severity }) => severity === 'error').map((found) => found.code);
}

describe('testing: exit numbers of a process of its own', () => {
  const temp = useTempDir('suite');
  let place: PlacedRegistry;
  let program: string;

  before(async () => {
    place = await buildHealthy({ dir: temp.at('place') });
    writeFileSync(join(place.dir, 'model', 'm', '1.0.0.toml'), 'edited\n');
    // Inside node_modules, so that packages are found from there.
    const root = join(import.meta.dirname, '..', '..');
    program = join(root, 'node_modules', '.cache', 'at1', `program-${process.pid}`);
    buildSync({
      entryPoints: [join(root, 'bin', 'main.ts')],
      outdir: program,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      logLevel: 'error',
    });
  });
  after(() => rmSync(program, { recursive: true }));

  /** `stdout`: a pipe that is closed at once, an open file, or a pipe that is read. */
  function start(argv: readonly string[], stdout: 'closed' | 'read' | number, preload?: string) {
    const node = preload === undefined ? [] : ['--import', `data:text/javascript,${encodeURIComponent(preload)}`];
    const child = spawn(process.execPath, [...node, join(program, 'main.js'), ...argv], {
      cwd: place.dir,
      env: { ...place.environment },
      stdio: ['ignore', typeof stdout === 'number' ? stdout : 'pipe', 'pipe'],
    });
    if (stdout === 'closed') child.stdout?.destroy();
    else child.stdout?.resume();
    let stderr = '';
    child.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    return new Promise<{ code: number | null; stderr: string }>((resolve) => {
      child.once('close', (code) => resolve({ code, stderr }));
    });
  }

  for (const json of [[], ['--json']]) {
    it(`a failed verification whose reader went away is one still${json.length > 0 ? ', in JSON' : ''}`, async () => {
      const { code } = await start(['verify', ...json], 'closed');
      assert.ok(code === 20 || code === 141, `${code}`);
    });
  }

  it('an error whose reader went away is one still', async () => {
    for (const argv of [
      ['get', 'model/nothing', '--json'],
      ['list', '--nonsense', '--json'],
    ]) {
      assert.notEqual((await start(argv, 'closed')).code, 0);
    }
  });

  it('a full disk behind the output is told, whatever the answer was', async function () {
    if (!existsSync('/dev/full')) this.skip();
    for (const argv of [['verify'], ['list'], ['list', '--json'], ['show', 'model/words', '--json']]) {
      const { code, stderr } = await start(argv, openSync('/dev/full', 'w'));
      assert.equal(code, 15, `${argv.join(' ')}: ${stderr}`);
      assert.match(stderr, /\[io\/full\]/);
    }
  });

  it('what nobody caught ends with another number than 0', async () => {
    const later = (what: string) => `setTimeout(() => { ${what} }, 1)`;
    for (const what of ["Promise.reject(new Error('lost'))", "throw new Error('lost')"]) {
      const { code, stderr } = await start(['verify'], 'read', later(what));
      assert.notEqual(code, 0, stderr);
    }
  });

  it('a result that is damaged is told in its number, read or not', async () => {
    assert.equal((await start(['verify'], 'read')).code, 20);
    assert.equal((await start(['verify', '--quiet'], 'read')).code, 20);
  });
});
