import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { findLocks, LockFile } from '../../src/git/lock-file.js';
import { type RefUpdate, updateRefs } from '../../src/git/ref-writer.js';
import { Refs } from '../../src/git/refs.js';
import { openRepository } from '../../src/git/repository.js';
import type { Oid } from '../../src/git-format/oid.js';
import { git, runGit } from '../helpers/git.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';
import { ANA, makeRepository } from './writing.js';

describe('the ref writer', () => {
  const dir = useTempDir();
  let first: Oid;
  let second: Oid;

  beforeEach(() => {
    makeRepository(dir.path);
    first = commit('first');
    second = commit('second');
  });

  function commit(message: string): Oid {
    git(dir.path, ['commit', '-q', '--allow-empty', '-m', message]);
    return git(dir.path, ['rev-parse', 'HEAD']) as Oid;
  }

  async function update(updates: readonly RefUpdate[], wait = 100): Promise<void> {
    await updateRefs(await openRepository(dir.path), updates, { who: ANA, wait });
  }

  const make = (name: string, next: Oid | undefined, expected?: Oid): RefUpdate => ({
    name,
    next,
    expected,
    reason: 'test',
  });
  const show = (name: string) => runGit(dir.path, ['rev-parse', '--verify', '-q', name]).status === 0;

  it('creates, moves and deletes, with git agreeing', async () => {
    await update([make('refs/heads/side', first)]);
    assert.equal(git(dir.path, ['rev-parse', 'side']), first);
    await update([make('refs/heads/side', second, first)]);
    assert.equal(git(dir.path, ['rev-parse', 'side']), second);
    const log = git(dir.path, ['reflog', 'show', '--format=%gs', 'side']);
    assert.equal(log, 'test\ntest');
    await update([make('refs/heads/side', undefined, second)]);
    assert.ok(!show('refs/heads/side') && !existsSync(dir.at('.git/logs/refs/heads/side')));
    assert.equal(git(dir.path, ['fsck', '--strict']), '');
  });

  it('compares old values, loose and packed, and moves nothing if one differs', async () => {
    git(dir.path, ['tag', 'one', first]);
    git(dir.path, ['pack-refs', '--all']);
    await throwsCode(() => update([make('refs/tags/one', second)]), 'git/ref-conflict');
    await throwsCode(() => update([make('refs/tags/one', second, second)]), 'git/ref-conflict');
    await throwsCode(
      () => update([make('refs/heads/a', first), make('refs/tags/one', second, second)]),
      'git/ref-conflict',
    );
    assert.ok(!show('refs/heads/a'));
    await update([make('refs/tags/one', second, first)]);
    assert.equal(git(dir.path, ['rev-parse', 'one']), second);
  });

  it('deletes a ref from packed-refs too, keeping the others and their peeled values', async () => {
    for (let i = 0; i < 5; i++) git(dir.path, ['tag', '-a', '-m', 'x', `t/${i}`, first]);
    git(dir.path, ['pack-refs', '--all', '--prune']);
    const oid = git(dir.path, ['rev-parse', 'refs/tags/t/2']) as Oid;
    const before = readFileSync(dir.at('.git/packed-refs'), 'utf8');
    await update([make('refs/tags/t/2', undefined, oid)]);
    const after = readFileSync(dir.at('.git/packed-refs'), 'utf8');
    assert.equal(after, before.replace(`${oid} refs/tags/t/2\n^${first}\n`, ''));
    assert.equal(git(dir.path, ['tag', '-l']), 't/0\nt/1\nt/3\nt/4');
  });

  it('does not write a packed-refs again that holds lines it cannot read', async () => {
    await update([make('refs/tags/keep', first)]);
    git(dir.path, ['pack-refs', '--all']);
    const path = dir.at('.git/packed-refs');
    const before = `${readFileSync(path, 'utf8')}somebody's note\n`;
    writeFileSync(path, before);
    await throwsCode(() => update([make('refs/tags/keep', undefined, first)]), 'git/ref-invalid');
    assert.equal(readFileSync(path, 'utf8'), before);
    // What needs no new packed-refs goes on.
    await update([make('refs/heads/side', first)]);
    assert.equal(new Refs(await openRepository(dir.path)).resolve('refs/heads/side'), first);
  });

  it('promises nothing of the peeled values in a packed-refs without a header', async () => {
    git(dir.path, ['tag', '-a', '-m', 'annotated', 'annotated', first]);
    await update([make('refs/tags/gone', first)]);
    const tag = git(dir.path, ['rev-parse', 'refs/tags/annotated']);
    rmSync(dir.at('.git/refs/tags/annotated'));
    writeFileSync(dir.at('.git/packed-refs'), `${tag} refs/tags/annotated\n${first} refs/tags/gone\n`);
    rmSync(dir.at('.git/refs/tags/gone'));
    await update([make('refs/tags/gone', undefined, first)]);
    assert.match(readFileSync(dir.at('.git/packed-refs'), 'utf8'), /^# pack-refs with: sorted \n/);
    assert.equal(git(dir.path, ['rev-parse', 'annotated^{}']), first);
  });

  it('writes many new tags into packed-refs in one go', async () => {
    git(dir.path, ['tag', 'zzz', first]);
    git(dir.path, ['pack-refs', '--all']);
    const updates = Array.from({ length: 100 }, (_, i) => make(`refs/tags/many/${i}`, i % 2 === 0 ? first : second));
    await update([...updates, make('refs/heads/late', second)]);
    assert.equal(git(dir.path, ['tag', '-l', 'many/*']).split('\n').length, 100);
    assert.ok(!existsSync(dir.at('.git/refs/tags/many')));
    assert.equal(git(dir.path, ['rev-parse', 'many/7', 'zzz', 'late']), `${second}\n${first}\n${second}`);
    assert.equal(new Refs(await openRepository(dir.path)).list('refs/tags/').length, 101);
    assert.equal(git(dir.path, ['fsck', '--strict']), '');
    git(dir.path, ['pack-refs', '--all']);
    await throwsCode(() => update(updates.slice(0, 70)), 'git/ref-conflict');
  });

  it('finds names that are file and folder at once, loose and packed', async () => {
    for (const packed of [false, true]) {
      const [a, b] = packed ? ['p', 'q'] : ['a', 'b'];
      await update([make(`refs/heads/${a}`, first), make(`refs/heads/${b}/c`, first)]);
      if (packed) git(dir.path, ['pack-refs', '--all', '--prune']);
      await throwsCode(() => update([make(`refs/heads/${a}/b`, first)]), 'git/ref-conflict');
      await throwsCode(() => update([make(`refs/heads/${b}`, first)]), 'git/ref-conflict');
      await throwsCode(() => update([make('refs/heads/x', first), make('refs/heads/x/y', first)]), 'git/ref-conflict');
      assert.ok(!show('refs/heads/x') && !show(`refs/heads/${a}/b`));
    }
    mkdirSync(dir.at('.git/refs/heads/empty/folders'), { recursive: true });
    await update([make('refs/heads/empty', first)]);
    assert.ok(show('refs/heads/empty'));
  });

  it('refuses names git refuses, and refs that are symbolic', async () => {
    for (const name of ['HEAD', 'refs/heads/a..b', 'refs/heads/a.lock', 'refs/../x', 'refs/heads/-x y', 'heads/a']) {
      await throwsCode(() => update([make(name, first)]), 'git/ref-invalid');
    }
    git(dir.path, ['symbolic-ref', 'refs/heads/alias', 'refs/heads/main']);
    await throwsCode(() => update([make('refs/heads/alias', first, second)]), 'git/unsupported');
  });

  it('shuts git out while it holds a ref, and is shut out by git', async () => {
    const lock = await LockFile.acquire(dir.at('.git/refs/heads/main'));
    assert.notEqual(runGit(dir.path, ['update-ref', 'refs/heads/main', first]).status, 0);
    const error = await throwsCode(() => update([make('refs/heads/main', first, second)]), 'git/busy');
    assert.equal(error.facts.path, dir.at('.git/refs/heads/main.lock'));
    await lock.release();
    await update([make('refs/heads/main', first, second)]);
  });

  it('leaves a lock of others alone and tells old ones', async () => {
    writeFileSync(dir.at('.git/refs/heads/main.lock'), '');
    writeFileSync(dir.at('.git/index.lock'), '');
    const now = Date.now();
    utimesSync(dir.at('.git/index.lock'), new Date(now - 3_600_000), new Date(now - 3_600_000));
    await throwsCode(() => update([make('refs/heads/main', first, second)]), 'git/busy');
    const found = await findLocks(await openRepository(dir.path), now);
    assert.deepEqual(found.map(({ path, old }) => [path.slice(dir.path.length), old]).sort(), [
      ['/.git/index.lock', true],
      ['/.git/refs/heads/main.lock', false],
    ]);
  });

  it('logs where git would, and only there', async () => {
    await update([make('refs/heads/main', first, second)]);
    assert.match(git(dir.path, ['reflog', '-1', 'HEAD']), /test$/);
    await update([make('refs/tags/t', first), make('refs/remotes/o/m', first), make('refs/at1/x', first)]);
    assert.ok(!existsSync(dir.at('.git/logs/refs/tags/t')) && !existsSync(dir.at('.git/logs/refs/at1/x')));
    assert.ok(existsSync(dir.at('.git/logs/refs/remotes/o/m')));
    git(dir.path, ['config', 'core.logAllRefUpdates', 'false']);
    await update([make('refs/heads/quiet', first)]);
    assert.ok(!existsSync(dir.at('.git/logs/refs/heads/quiet')));
    await update([make('refs/heads/main', second, first)]);
    assert.equal(git(dir.path, ['reflog', 'show', '--format=%gs', 'main']).split('\n').length, 4);
    git(dir.path, ['config', 'core.logAllRefUpdates', 'always']);
    await update([make('refs/tags/logged', first)]);
    assert.ok(existsSync(dir.at('.git/logs/refs/tags/logged')));
    rmSync(dir.at('.git/logs'), { recursive: true });
  });

  it('moves a ref whose log is a link, and writes nothing where that points to', async function () {
    // Windows makes links for administrators only.
    if (process.platform === 'win32') this.skip();
    writeFileSync(dir.at('outside'), 'as it was\n');
    for (const log of ['HEAD', 'refs/heads/main']) {
      for (const target of ['outside', 'not-there']) {
        rmSync(dir.at('.git/logs', log));
        symlinkSync(dir.at(target), dir.at('.git/logs', log));
        await update([make('refs/heads/main', first, second)]);
        await update([make('refs/heads/main', second, first)]);
      }
    }
    assert.equal(readFileSync(dir.at('outside'), 'utf8'), 'as it was\n');
    assert.ok(!existsSync(dir.at('not-there')));
  });

  it('has no log of a tag where a named pipe stands for it, and waits for none', async function () {
    // Windows has no such pipes in its file system.
    if (process.platform === 'win32') this.skip();
    mkdirSync(dir.at('.git/logs/refs/tags'), { recursive: true });
    execFileSync('mkfifo', [dir.at('.git/logs/refs/tags/t')]);
    await update([make('refs/tags/t', first)]);
    assert.equal(git(dir.path, ['rev-parse', 't']), first);
    git(dir.path, ['config', 'core.logAllRefUpdates', 'always']);
    await throwsCode(() => update([make('refs/heads/x', first), make('refs/tags/t', second, first)]), 'io/unsafe-path');
    assert.ok(!show('refs/heads/x') && !existsSync(dir.at('.git/logs/refs/heads/x')));
  });

  it('keeps a reason with line breaks on one line', async () => {
    await update([{ ...make('refs/heads/x', first), reason: 'one\ntwo\t three\n' }]);
    assert.match(readFileSync(dir.at('.git/logs/refs/heads/x'), 'utf8'), /\tone two three\n$/);
  });
});
