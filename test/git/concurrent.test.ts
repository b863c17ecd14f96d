import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { git, runGit } from '../helpers/git.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { makeRepository, openWriting } from './writing.js';

const LOOP = fileURLToPath(new URL('./commit-loop.ts', import.meta.url));

describe('several writers at once', () => {
  const dir = useTempDir();

  beforeEach(async () => {
    makeRepository(dir.path);
    writeFileSync(dir.at('README.md'), 'hello\n');
    git(dir.path, ['add', '-A']);
    git(dir.path, ['commit', '-qm', 'first']);
  });

  function start(
    name: string,
    count: number,
  ): { child: ChildProcess; ended: Promise<{ code: number | null; out: string }> } {
    const child = spawn(process.execPath, ['--import', 'tsx', LOOP, dir.path, name, String(count)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    child.stdout?.on('data', (chunk) => {
      out += chunk;
    });
    let err = '';
    child.stderr?.on('data', (chunk) => {
      err += chunk;
    });
    const ended = new Promise<{ code: number | null; out: string }>((resolve) => {
      child.once('close', (code) => resolve({ code, out: code === 0 || code === null ? out : out + err }));
    });
    return { child, ended };
  }

  const committed = () => new Set(git(dir.path, ['log', '--format=%s']).split('\n'));

  it('two processes with 20 commits each lose none of the 40', async () => {
    const results = await Promise.all([start('one', 20).ended, start('two', 20).ended]);
    for (const { code, out } of results) {
      assert.equal(code, 0, out);
      assert.ok(!out.includes('stale'), out);
    }
    assert.equal(git(dir.path, ['rev-list', '--count', 'HEAD']), '41');
    assert.equal(git(dir.path, ['ls-tree', '-r', '--name-only', 'HEAD']).split('\n').length, 41);
    assert.equal(git(dir.path, ['status', '--porcelain']), '');
    assert.equal(git(dir.path, ['reflog']).split('\n').length, 41);
    (await openWriting(dir.path)).assertSound();
  });

  it('git commits of the user meanwhile are kept, and neither side commits what the other has staged', async () => {
    const writer = start('ours', 10);
    const theirs: string[] = [];
    for (let i = 0; i < 10; i++) {
      writeFileSync(dir.at(`user-${i}`), 'x');
      // Git reads the index before it locks it, so one git may drop what another has just added: add again each time.
      const attempt = () =>
        runGit(dir.path, ['add', `user-${i}`]).status === 0 &&
        runGit(dir.path, ['commit', '-qm', `user ${i}`]).status === 0;
      while (!attempt()) await new Promise((resolve) => setImmediate(resolve));
      theirs.push(`user ${i}`);
    }
    const { code, out } = await writer.ended;
    assert.equal(code, 0, out);
    const subjects = committed();
    for (const subject of theirs) assert.ok(subjects.has(subject), subject);
    for (let i = 0; i < 10; i++) {
      assert.ok(subjects.has(`ours ${i}`), `ours ${i}`);
      const change = git(dir.path, ['log', '--fixed-strings', `--grep=ours ${i}`, '--format=', '--name-status']);
      assert.equal(change, `A\tmodel/ours/1.0.${i}.toml`);
    }
    assert.equal(git(dir.path, ['fsck', '--strict', '--no-dangling']), '');
  });

  it('whatever moment a process is killed at, what it acknowledged is there and the next one works', async () => {
    for (let round = 0; round < 6; round++) {
      const { child, ended } = start(`killed${round}`, 1000);
      let seen = 0;
      child.stdout?.on('data', (chunk) => {
        seen += String(chunk).split('\n').length - 1;
        // Between two acknowledgements, at another point each time.
        if (seen >= 3) setTimeout(() => child.kill('SIGKILL'), round * 1.7);
      });
      const { out } = await ended;
      const acknowledged = out.split('\n').filter((line) => /^\d+ /.test(line));
      for (const lock of ['index.lock', 'refs/heads/main.lock']) {
        if (existsSync(dir.at('.git', lock))) rmSync(dir.at('.git', lock));
      }
      const subjects = committed();
      for (const line of acknowledged) assert.ok(subjects.has(`killed${round} ${line.split(' ')[0]}`), line);
      const fsck = runGit(dir.path, ['fsck', '--strict', '--no-dangling']);
      assert.equal(fsck.status, 0, fsck.stderr);
    }
    const repo = await openWriting(dir.path);
    await repo.commit({ after: 'x' });
    repo.assertSound();
  });
});
