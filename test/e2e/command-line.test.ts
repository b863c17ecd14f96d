import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git, runGit } from '../helpers/git.js';
import { type CliResult, type Home, isolatedHome, runCli } from '../helpers/run-cli.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { put, sha256 } from './people.js';

describe('a day with the command line', () => {
  const dir = useTempDir('suite');
  const homes: Home[] = [];
  let [ana, ben]: (Home | undefined)[] = [];
  const bytes = new TextEncoder().encode('weights of the model\n'.repeat(1000));

  before(() => {
    homes.push(isolatedHome(), isolatedHome());
    [ana, ben] = homes;
    git(dir.path, ['init', '-q', '--bare', 'shared.git']);
    put(dir.at('model.bin'), bytes);
    put(dir.at('other.bin'), 'other bytes');
  });
  after(() => {
    for (const home of homes) home.remove();
  });

  const run = (home: Home | undefined, cwd: string, ...argv: string[]) =>
    runCli(argv, {
      cwd: dir.at(cwd),
      env: { ...home?.env, GIT_AUTHOR_EMAIL: home === ana ? 'ana@x.org' : 'ben@x.org' },
    });

  async function expectCode(result: Promise<CliResult>, code: number, said: RegExp): Promise<CliResult> {
    const done = await result;
    assert.equal(done.code, code, done.stderr);
    assert.match(`${done.stdout}${done.stderr}`, said);
    return done;
  }

  it('ana starts a registry, registers and publishes', async () => {
    await expectCode(run(ana, '.', 'init', 'ana', '--json'), 0, /"principal": ?"ana"/);
    git(dir.at('ana'), ['remote', 'add', 'origin', dir.at('shared.git')]);
    const done = await run(ana, 'ana', 'register', 'model/fraud@1.0.0', '../model.bin', '--json');
    assert.equal(done.code, 0, done.stderr);
    const { state, content, tag } = done.json as { state: string; content: string; tag: string | null };
    assert.deepEqual([state, content, tag], ['registered', `sha256:${sha256(bytes)}`, null]);
    await expectCode(run(ana, 'ana', 'push'), 0, /pushed main to origin, 1 tag made/);
  });

  it('registering again with the same bytes is no change, with others exit 13', async () => {
    const before = git(dir.at('ana'), ['rev-parse', 'HEAD']);
    await expectCode(run(ana, 'ana', 'register', 'model/fraud@1.0.0', '../model.bin'), 0, /unchanged|already|before/);
    await expectCode(
      run(ana, 'ana', 'register', 'model/fraud@1.0.0', '../other.bin'),
      13,
      /artifact\/exists|immutable/,
    );
    assert.equal(git(dir.at('ana'), ['rev-parse', 'HEAD']), before);
    assert.equal(git(dir.at('ana'), ['status', '--porcelain']), '');
  });

  it('ben verifies and gets it from a plain clone with an empty home, and may not register', async () => {
    git(dir.path, ['clone', '-q', 'shared.git', 'ben']);
    const verified = await run(ben, 'ben', 'verify', '--json');
    assert.equal(verified.code, 0, verified.stderr);
    const { ok, trust } = verified.json as { ok: boolean; trust: string };
    assert.deepEqual([ok, trust], [true, 'first-use']);
    await expectCode(run(ben, 'ben', 'get', 'fraud', '-o', '../got.bin'), 0, /fraud/);
    assert.equal(Buffer.compare(readFileSync(dir.at('got.bin')), bytes), 0);
    await expectCode(run(ben, 'ben', 'get', 'fraud', '-o', '../got.bin'), 13, /there|exists/);
    await expectCode(run(ben, 'ben', 'register', 'model/b@1.0.0', '../other.bin'), 14, /at1 key generate/);
    await expectCode(run(ben, 'ben', 'key', 'generate'), 0, /ssh-ed25519/);
    const refused = await expectCode(
      run(ben, 'ben', 'register', 'model/b@1.0.0', '../other.bin'),
      21,
      /at1 policy add-principal/,
    );
    const key = /ssh-ed25519 [A-Za-z0-9+/=]+/.exec(refused.stderr)?.[0] ?? '';
    await expectCode(run(ana, 'ana', 'policy', 'add-principal', 'ben', key), 0, /ben/);
    await expectCode(run(ana, 'ana', 'push'), 0, /pushed/);
    await expectCode(run(ben, 'ben', 'pull'), 0, /moved forward/);
    await expectCode(run(ben, 'ben', 'register', 'model/b@1.0.0', '../other.bin'), 0, /model\/b@1\.0\.0/);
  });

  it('a push that comes too late ends with 30 and the one command that helps', async () => {
    await expectCode(run(ana, 'ana', 'register', 'model/c@1.0.0', '../other.bin'), 0, /model\/c@1\.0\.0/);
    await expectCode(run(ana, 'ana', 'push'), 0, /pushed/);
    const late = await expectCode(run(ben, 'ben', 'push'), 30, /git pull --rebase origin main/);
    const command = /`git ([^`]+)`/.exec(late.stderr)?.[1] ?? '';
    const done = runGit(dir.at('ben'), command.split(' '));
    assert.equal(done.status, 0, done.stderr);
    await expectCode(run(ben, 'ben', 'push'), 0, /pushed/);
    await expectCode(run(ben, 'ben', 'verify'), 0, /./);
  });

  it('damage ends with 20, a changed history with 24, and get gives nothing of either', async () => {
    git(dir.path, ['clone', '-q', 'ben', 'damaged']);
    const place = dir.at('damaged');
    const manifest = join(place, 'model', 'b', '1.0.0.toml');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('b', 'c'));
    git(place, ['commit', '-qam', 'small correction']);
    await expectCode(run(ben, 'damaged', 'verify'), 24, /history\/manifest-changed/);
    await expectCode(
      run(ben, 'damaged', 'get', 'model/b@1.0.0', '-o', '../b.bin'),
      24,
      /history\/manifest-changed|landed/,
    );
    await expectCode(run(ben, 'damaged', 'get', 'model/c@1.0.0', '-o', '../c.bin'), 0, /./);
    git(place, ['reset', '-q', '--hard', 'HEAD~1']);
    for (const object of git(place, ['ls-files', 'objects']).split('\n')) {
      git(place, ['rm', '-q', object]);
      put(join(place, object), 'not a container');
      git(place, ['add', object]);
    }
    git(place, ['commit', '-qm', 'rot']);
    await expectCode(run(ben, 'damaged', 'verify'), 20, /object\//);
    await expectCode(run(ben, 'damaged', 'get', 'model/c@1.0.0', '-o', '../rot.bin'), 20, /no intact copy/);
  });

  it('places it cannot work in end with 10 and 16', async () => {
    await expectCode(run(ana, '.', 'list'), 10, /at1 init/);
    git(dir.path, ['init', '-q', '--object-format=sha256', 'new']);
    await expectCode(run(ana, 'new', 'init'), 16, /sha256/);
  });
});
