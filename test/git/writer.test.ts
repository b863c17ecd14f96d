import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';

import { join } from 'node:path';
import { type Change, interceptChanges } from '../../src/files/change.js';
import { GitReader } from '../../src/git/reader.js';
import { openRepository } from '../../src/git/repository.js';
import { GitWriter } from '../../src/git/writer.js';
import type { Oid } from '../../src/git-format/oid.js';
import { changesOf, refusingAt } from '../helpers/changes.js';
import { git, gitBytes, runGit } from '../helpers/git.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';
import { ANA, decode, encode, makeRepository, openWriting, sign, type WritingFixture, withGit } from './writing.js';

describe('the git writer', () => {
  const dir = useTempDir();
  beforeEach(() => makeRepository(dir.path));

  function place(path: string, text: string | Uint8Array): void {
    mkdirSync(join(dir.path, path, '..'), { recursive: true });
    writeFileSync(join(dir.path, path), text);
  }

  const sizeOf = (path: string) => statSync(path).size;

  it('makes the first commit of a branch without any', async () => {
    const repo = await openWriting(dir.path);
    place('model/a/1.0.0.toml', 'x\n');
    const { index } = await repo.commit({ 'model/a/1.0.0.toml': 'x\n' });
    assert.equal(index, 'updated');
    assert.equal(repo.git('status', '--porcelain'), '');
    assert.equal(repo.git('ls-files'), 'model/a/1.0.0.toml');
    repo.assertSound();
    assert.match(repo.git('reflog', '-1'), /HEAD@\{0\}: commit \(initial\): register something/);
  });

  it('adds, changes and deletes files beside foreign ones', async () => {
    place('README.md', 'hello\n');
    place('model/old.toml', 'old\n');
    repoGit('add', '-A');
    repoGit('commit', '-qm', 'first');
    const repo = await openWriting(dir.path);
    place('model/new.toml', 'new\n');
    execFileSync('rm', [join(dir.path, 'model/old.toml')]);
    await repo.commit({ 'model/new.toml': 'new\n', 'model/old.toml': null });
    assert.equal(repo.git('ls-tree', '-r', '--name-only', 'HEAD'), 'README.md\nmodel/new.toml');
    assert.equal(repo.git('status', '--porcelain'), '');
    repo.assertSound();
    assert.equal(repo.git('verify-commit', '--raw', 'HEAD'), '');
    assert.match(repo.git('reflog'), /commit: register something/);
    assert.match(repo.git('reflog', 'main'), /commit: register something/);
  });

  it("leaves the user's staged, changed and untracked files exactly as they were", async () => {
    for (const name of ['a', 'b', 'c', 'gone', 'exec']) place(name, `${name}\n`);
    repoGit('add', '-A');
    repoGit('commit', '-qm', 'first');
    place('a', 'a staged\n');
    repoGit('add', 'a');
    place('a', 'a staged and changed\n');
    place('b', 'b changed\n');
    place('added', 'staged new file\n');
    repoGit('add', 'added');
    repoGit('rm', '-q', 'gone');
    repoGit('update-index', '--chmod=+x', 'exec');
    place('intended', 'later\n');
    repoGit('add', '-N', 'intended');
    place('untracked', 'mine\n');
    const state = () => [repoGit('diff'), repoGit('diff', '--cached'), repoGit('status', '--porcelain=v2')];
    const before = state();
    const repo = await openWriting(dir.path);
    place('model/x.toml', 'x\n');
    await repo.commit({ 'model/x.toml': 'x\n' });
    assert.deepEqual(state(), before);
    assert.equal(repo.git('show', '--format=', '--name-only', 'HEAD'), 'model/x.toml');
    repo.assertSound();
  });

  it('streams files from disk and marks them as up to date', async () => {
    const bytes = randomBytes(3_000_000, 1);
    place('objects/ab/c.at1', bytes);
    const repo = await openWriting(dir.path);
    const file = join(dir.path, 'objects/ab/c.at1');
    const changes = new Map([['objects/ab/c.at1', { file, size: bytes.length }]]);
    await repo.writer.commit({ changes, message: 'm', author: ANA, sign, expectedHead: undefined });
    assert.equal(Buffer.compare(gitBytes(dir.path, ['cat-file', 'blob', 'HEAD:objects/ab/c.at1']), bytes), 0);
    assert.equal(repo.git('diff-files', '--name-only'), '');
    repo.assertSound();
    await throwsCode(
      () =>
        repo.writer.commit({
          changes: new Map([['objects/x', { file, size: 5 }]]),
          message: 'm',
          author: ANA,
          sign,
          expectedHead: repo.head(),
        }),
      'artifact/changed-while-read',
    );
    assert.equal(leftovers().length, 0);
  });

  it('shows a file that was edited meanwhile as changed', async () => {
    const repo = await openWriting(dir.path);
    place('x', 'same size A\n');
    await repo.commit({ x: 'same size B\n' });
    assert.equal(repo.git('status', '--porcelain'), ' M x');
  });

  it('refuses a head that moved, and changes nothing', async () => {
    const repo = await openWriting(dir.path);
    const { commit } = await repo.commit({ a: '1' });
    await repo.commit({ a: '2' });
    const request = { changes: new Map([['b', { bytes: encode('b') }]]), message: 'm', author: ANA, sign };
    await throwsCode(() => repo.writer.commit({ ...request, expectedHead: commit }), 'git/ref-conflict');
    await throwsCode(() => repo.writer.commit({ ...request, expectedHead: undefined }), 'git/ref-conflict');
    assert.equal(repo.git('rev-list', '--count', 'HEAD'), '2');
    assert.ok(!existsSync(dir.at('.git/index.lock')));
  });

  it('refuses a detached head and operations that are half done', async () => {
    const repo = await openWriting(dir.path);
    await repo.commit({ a: '1' });
    repo.git('checkout', '-q', '--detach');
    await throwsCode(() => repo.commit({ a: '2' }), 'git/unsupported');
    repo.git('checkout', '-q', 'main');
    for (const [file, operation] of [
      ['MERGE_HEAD', 'merge'],
      ['CHERRY_PICK_HEAD', 'cherry-pick'],
      ['BISECT_LOG', 'bisect'],
    ] as const) {
      writeFileSync(dir.at('.git', file), '');
      const error = await throwsCode(() => repo.commit({ a: '2' }), 'git/busy');
      assert.equal(error.facts.operation, operation);
      execFileSync('rm', [dir.at('.git', file)]);
    }
    mkdirSync(dir.at('.git/rebase-merge'));
    assert.equal((await throwsCode(() => repo.commit({ a: '2' }), 'git/busy')).facts.operation, 'rebase');
  });

  it('mends an index that is behind the branch', async () => {
    const repo = await openWriting(dir.path);
    await repo.commit({ a: '1' });
    const before = readFileSync(dir.at('.git/index'));
    place('b', '2');
    await repo.commit({ b: '2' });
    writeFileSync(dir.at('.git/index'), before);
    assert.match(repo.git('status', '--porcelain', '--', 'b'), /^D {2}b/);
    assert.equal(await repo.writer.syncIndex(['b']), 'updated');
    assert.equal(repo.git('status', '--porcelain', '--', 'b'), '');
    repo.assertSound();
  });

  describe('where a git that read the index before ours writes it back after ours', () => {
    /** What a `git commit` that read the index early does `when` that is renamed: its old one takes the place of ours. */
    async function commitWithLateGit(repo: WritingFixture, when: string, keepsLock = false): Promise<string> {
      place('a', '1');
      await repo.commit({ a: '1', gone: '1' });
      place('b', '2');
      const early = readFileSync(dir.at('.git/index'));
      let done = false;
      const writeBack = () => {
        writeFileSync(dir.at('late-index'), early);
        renameSync(dir.at('late-index'), dir.at('.git/index'));
        if (keepsLock) writeFileSync(dir.at('.git/index.lock'), '');
      };
      interceptChanges(<T>(change: Change, act: () => T): T => {
        const result = act();
        if (done || change.kind !== 'rename' || !change.path.endsWith(when)) return result;
        done = true;
        return Promise.resolve(result).then(writeBack) as T;
      });
      try {
        return (await repo.commit({ b: '2', gone: null })).index;
      } finally {
        interceptChanges(undefined);
        assert.ok(done);
      }
    }

    for (const when of ['.git/index', 'refs/heads/main']) {
      it(`puts its paths in again, so that the next commit does not take them back (${when})`, async () => {
        const repo = await openWriting(dir.path);
        assert.equal(await commitWithLateGit(repo, when), 'updated');
        assert.equal(repo.git('diff', '--cached', '--name-status'), '');
        repo.git('commit', '-q', '--allow-empty', '-m', 'next');
        assert.equal(repo.git('ls-tree', '--name-only', 'HEAD'), 'a\nb');
        assert.ok(!existsSync(dir.at('.git/index.lock')));
      });
    }

    it('says that the index is stale where it cannot', async () => {
      const repo = await openWriting(dir.path, { lockWait: 50 });
      assert.equal(await commitWithLateGit(repo, '.git/index', true), 'stale');
      rmSync(dir.at('.git/index.lock'));
      assert.equal(await repo.writer.syncIndex(['b', 'gone']), 'updated');
      assert.equal(repo.git('diff', '--cached', '--name-status'), '');
    });
  });

  it('takes its paths out of the index again where the branch could not be moved in the end', async () => {
    const repo = await openWriting(dir.path);
    place('a', '1');
    await repo.commit({ a: '1' });
    const head = repo.head();
    place('b', '2');
    interceptChanges((change, act) => {
      if (change.kind === 'rename' && change.path.endsWith('refs/heads/main')) {
        throw Object.assign(new Error('refused'), { code: 'EIO' });
      }
      return act();
    });
    try {
      await throwsCode(() => repo.commit({ b: '2' }), 'io/failed');
    } finally {
      interceptChanges(undefined);
    }
    assert.equal(repo.head(), head);
    assert.equal(repo.git('status', '--porcelain'), '?? b');
  });

  it('is busy while somebody holds the branch, HEAD or the index, and leaves no lock of its own', async () => {
    const repo = await openWriting(dir.path, { lockWait: 50 });
    await repo.commit({ a: '1' });
    const names = ['refs/heads/main', 'HEAD', 'index'];
    for (const name of names) {
      const head = repo.head();
      writeFileSync(dir.at(`.git/${name}.lock`), '');
      const error = await throwsCode(() => repo.commit({ b: name }), 'git/busy');
      assert.equal(error.facts.path, dir.at(`.git/${name}.lock`));
      const left = names.filter((other) => existsSync(dir.at(`.git/${other}.lock`)));
      assert.deepEqual(left, [name]);
      assert.equal(repo.head(), head);
      execFileSync('rm', [dir.at(`.git/${name}.lock`)]);
      await repo.commit({ b: name });
    }
    repo.assertSound();
  });

  it('works in a packed repository, with packed refs', async () => {
    const repo = await openWriting(dir.path);
    for (let i = 0; i < 5; i++) await repo.commit({ [`model/${i}.toml`]: `${i}\n` });
    repo.git('gc', '-q', '--prune=now');
    repo.git('pack-refs', '--all', '--prune');
    await repo.commit({ 'model/6.toml': '6\n' });
    assert.equal(repo.git('rev-list', '--count', 'HEAD'), '6');
    repo.assertSound();
  });

  it('works in a linked work tree, on its own branch and index', async () => {
    const main = await openWriting(dir.path);
    place('a', '1');
    await main.commit({ a: '1' });
    main.git('worktree', 'add', '-q', '-b', 'side', dir.at('linked'));
    const side = await openWriting(dir.at('linked'));
    writeFileSync(dir.at('linked/b'), '2');
    await side.commit({ b: '2' });
    assert.equal(git(dir.at('linked'), ['status', '--porcelain']), '');
    assert.equal(git(dir.at('linked'), ['rev-list', '--count', 'side']), '2');
    assert.match(git(dir.at('linked'), ['reflog', '-1', 'HEAD']), /commit: register/);
    assert.equal(main.git('rev-list', '--count', 'main'), '1');
    assert.equal(main.git('status', '--porcelain', '-uno'), '');
    side.assertSound();
  });

  it('works in a bare repository', async () => {
    git(dir.path, ['init', '-q', '--bare', 'bare.git']);
    const repo = await openWriting(dir.at('bare.git'));
    const { index } = await repo.commit({ 'model/a.toml': 'a\n' });
    assert.equal(index, 'none');
    assert.equal(git(dir.at('bare.git'), ['show', 'main:model/a.toml']), 'a');
    assert.equal(git(dir.at('bare.git'), ['fsck', '--strict']), '');
  });

  it('refuses to put a file where a folder or a link of the repository stands', async () => {
    place('folder/file', 'x');
    symlinkSync('folder/file', dir.at('link'));
    repoGit('add', '-A');
    repoGit('commit', '-qm', 'first');
    const repo = await openWriting(dir.path);
    await throwsCode(() => repo.commit({ folder: 'x' }), 'registry/foreign-folder');
    await throwsCode(() => repo.commit({ 'folder/file/x': 'x' }), 'registry/foreign-folder');
    await throwsCode(() => repo.commit({ link: 'x' }), 'registry/foreign-folder');
    for (const path of ['../x', '.git/config', 'a//b', '', '.GIT/x', 'a/./b', 'git~1/x', '.git./x']) {
      await throwsCode(() => repo.commit({ [path]: 'x' }), 'usage/path');
    }
    place('staged', 'a file');
    repoGit('add', 'staged');
    await throwsCode(() => repo.commit({ 'staged/below': 'x' }), 'registry/foreign-folder');
    assert.equal(repo.git('rev-list', '--count', 'HEAD'), '1');
  });

  it('refuses a signature that does not fit, before anything is visible', async () => {
    const repo = await openWriting(dir.path);
    const request = {
      changes: new Map([['a', { bytes: encode('a') }]]),
      message: 'm',
      author: ANA,
      expectedHead: undefined,
    };
    await throwsCode(() => repo.writer.commit({ ...request, sign: async () => 'no armor' }), 'signature/malformed');
    assert.equal(repo.head(), undefined);
    assert.equal(leftovers().length, 0);
  });

  it('makes and deletes signed tags, one or many', async () => {
    const repo = await openWriting(dir.path);
    const { commit } = await repo.commit({ a: '1' });
    const request = { object: commit, tagger: ANA, message: 'released', sign };
    const [oid] = await repo.writer.createTags([{ ...request, name: 'model/a@v1.0.0' }]);
    repo.git('verify-tag', 'model/a@v1.0.0');
    assert.equal(repo.git('rev-parse', 'refs/tags/model/a@v1.0.0'), oid);
    await throwsCode(() => repo.writer.createTags([{ ...request, name: 'model/a@v1.0.0' }]), 'git/ref-conflict');
    await throwsCode(() => repo.writer.createTags([{ ...request, name: 'bad..name' }]), 'git/ref-invalid');
    const many = Array.from({ length: 150 }, (_, i) => ({ ...request, name: `model/b@v1.0.${i}` }));
    await repo.writer.createTags(many);
    assert.equal(repo.git('tag', '-l', 'model/b@*').split('\n').length, 150);
    assert.equal(repo.git('rev-parse', 'model/b@v1.0.99^{commit}'), commit);
    repo.git('verify-tag', 'model/b@v1.0.99');
    assert.equal(readdirSync(dir.at('.git/objects/pack')).filter((name) => name.endsWith('.pack')).length, 1);
    await throwsCode(() => repo.writer.createTags(many.slice(149)), 'git/ref-conflict');
    const drop = (...tags: [string, string][]) =>
      repo.writer.moveBranch(commit, commit, 'drop tags', new Map(tags as [string, Oid][]));
    await throwsCode(() => drop(['model/a@v1.0.0', oid ?? ''], ['model/b@v1.0.99', commit]), 'git/ref-conflict');
    assert.equal(repo.git('tag').split('\n').length, 151);
    await drop(['model/b@v1.0.99', repo.git('rev-parse', 'refs/tags/model/b@v1.0.99')], ['model/a@v1.0.0', oid ?? '']);
    assert.equal(repo.git('tag').split('\n').length, 149);
    assert.equal(runGit(dir.path, ['rev-parse', '--verify', '-q', 'refs/tags/model/a@v1.0.0']).status, 1);
    repo.assertSound();
  });

  it('moves the branch back with the index, keeping what the user staged', async () => {
    const repo = await openWriting(dir.path);
    place('a', '1');
    const first = await repo.commit({ a: '1' });
    place('b', '2');
    const second = await repo.commit({ b: '2' });
    place('mine', 'm');
    repo.git('add', 'mine');
    assert.equal(await repo.writer.moveBranch(second.commit, first.commit, 'unregister b'), 'updated');
    assert.equal(repo.git('status', '--porcelain'), 'A  mine\n?? b');
    assert.match(repo.git('reflog', '-1'), /unregister b/);
    repo.assertSound();
  });

  it('writes merges with the parents it is given', async () => {
    const repo = await openWriting(dir.path);
    const first = await repo.commit({ a: '1' });
    repo.git('branch', 'side');
    const second = await repo.commit({ b: '2' });
    const changes = new Map([['c', { bytes: encode('3') }]]);
    const parents = [second.commit, first.commit];
    await repo.writer.commit({ changes, message: 'merge', author: ANA, sign, expectedHead: second.commit, parents });
    assert.equal(repo.git('log', '-1', '--format=%P'), `${second.commit} ${first.commit}`);
    repo.assertSound();
  });

  it('keeps executable bits where asked', async () => {
    const repo = await openWriting(dir.path);
    const changes = new Map([['run.sh', { bytes: encode('#!/bin/sh\n'), executable: true }]]);
    await repo.writer.commit({ changes, message: 'm', author: ANA, sign, expectedHead: undefined });
    assert.match(repo.git('ls-tree', 'HEAD'), /^100755 blob/);
    assert.match(repo.git('ls-files', '-s'), /^100755/);
  });

  it('writes one pack for a commit with many files', async () => {
    const repo = await openWriting(dir.path);
    const files = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`model/m${i}/1.0.0.toml`, `${i}\n`]));
    for (const [path, text] of Object.entries(files)) place(path, text);
    await repo.commit(files);
    const packs = readdirSync(dir.at('.git/objects/pack'));
    assert.equal(packs.filter((name) => name.endsWith('.pack')).length, 1);
    assert.equal(packs.filter((name) => name.startsWith('tmp_')).length, 0);
    assert.equal(repo.git('status', '--porcelain'), '');
    assert.equal(repo.git('count-objects', '-v').split('\n')[0], 'count: 0');
    repo.assertSound();
  });

  it('replaces a torn object instead of trusting its name', async () => {
    const repo = await openWriting(dir.path);
    await repo.commit({ a: 'content that was torn\n' });
    const oid = repo.git('rev-parse', 'HEAD:a');
    const path = dir.at('.git/objects', oid.slice(0, 2), oid.slice(2));
    execFileSync('chmod', ['u+w', path]);
    for (const torn of [new Uint8Array(0), readFileSync(path).subarray(0, 10), Buffer.alloc(40)]) {
      writeFileSync(path, torn);
      const again = await openWriting(dir.path);
      await again.commit({ [`b${torn.length}`]: 'content that was torn\n' });
      assert.equal(again.git('cat-file', 'blob', oid), 'content that was torn');
      again.assertSound();
      execFileSync('chmod', ['u+w', path]);
    }
  });

  it('keeps sparse checkouts sparse', async () => {
    for (const path of ['in/a', 'out/b']) place(path, path);
    repoGit('add', '-A');
    repoGit('commit', '-qm', 'first');
    repoGit('sparse-checkout', 'set', '--no-cone', '/in/');
    const repo = await openWriting(dir.path);
    await repo.commit({ 'out/c': 'new', 'in/d': 'x', 'out/b': 'changed' });
    assert.equal(repo.git('ls-files', '-t'), 'H in/a\nS in/d\nS out/b\nS out/c');
    assert.equal(repo.git('status', '--porcelain'), '');
    repo.assertSound();
  });

  it('leaves split and sparse indexes to git, or refuses before anything is moved', async () => {
    place('a', '1');
    repoGit('add', 'a');
    repoGit('commit', '-qm', 'first');
    repoGit('update-index', '--split-index');
    place('b', '2');
    const alone = await openWriting(dir.path);
    await throwsCode(() => alone.commit({ b: '2' }), 'git/index-unsupported');
    assert.equal(alone.git('rev-list', '--count', 'HEAD'), '1');
    const helped = await openWriting(dir.path, { open: withGit });
    assert.equal((await helped.commit({ b: '2' })).index, 'updated');
    assert.equal(helped.git('status', '--porcelain'), '');
    helped.assertSound();
  });

  it('waits for no named pipe in the place of the index or of a log, and leaves everything as it was', async function () {
    // Windows has no such pipes in its file system.
    if (process.platform === 'win32') this.skip();
    place('a', '1');
    await (await openWriting(dir.path)).commit({ a: '1' });
    for (const name of ['index', 'logs/HEAD', 'logs/refs/heads/main']) {
      const repo = await openWriting(dir.path, { open: withGit });
      const [head, logs] = [repo.head(), ['HEAD', 'refs/heads/main'].map((log) => dir.at('.git', 'logs', log))];
      const path = dir.at('.git', ...name.split('/'));
      renameSync(path, dir.at('kept'));
      execFileSync('mkfifo', [path]);
      const before = logs.map(sizeOf);
      await throwsCode(() => repo.commit({ [name]: '2' }), 'io/unsafe-path');
      assert.deepEqual([repo.head(), logs.map(sizeOf)], [head, before]);
      assert.ok(!existsSync(dir.at('.git/index.lock')) && !existsSync(dir.at('.git/refs/heads/main.lock')));
      renameSync(dir.at('kept'), path);
      repo.assertSound();
    }
    const repo = await openWriting(dir.path);
    place('b', '2');
    await repo.commit({ b: '2' });
    repo.assertSound();
  });

  it('stops at any step without harm, and the next commit succeeds', async () => {
    const repo = await openWriting(dir.path);
    place('a', '1');
    await repo.commit({ a: '1' });
    const steps = await changesOf(() => repo.commit({ probe: '1' }));
    assert.ok(steps.length > 10, String(steps.length));
    for (let stop = 0; stop < steps.length + 4; stop++) {
      const failing = await openWriting(dir.path);
      const before = failing.head();
      const outcome = await refusingAt(stop, 'ENOSPC', () => failing.commit({ [`f${stop}`]: `${stop}` })).then(
        () => 'done',
        (error: { code?: string }) => error.code,
      );
      assert.ok(['done', 'io/full', 'ENOSPC'].includes(String(outcome)), `${stop}: ${outcome}`);
      if (outcome === 'done') assert.notEqual(failing.head(), before);
      assert.ok(!existsSync(dir.at('.git/index.lock')) && !existsSync(dir.at('.git/refs/heads/main.lock')));
    }
    place('last', 'x');
    await repo.commit({ last: 'x' });
    repo.assertSound();
    assert.equal(leftovers().length, 0);
  });

  it('gives objects the rights git gives them', async () => {
    const repo = await openWriting(dir.path);
    await repo.commit({ a: '1' });
    const oid = repo.git('rev-parse', 'HEAD:a');
    assert.equal(statSync(dir.at('.git/objects', oid.slice(0, 2), oid.slice(2))).mode & 0o777, 0o444);
  });

  it('commits over an index written in version 4 and keeps conflict-free entries', async () => {
    for (const path of ['deep/a', 'deep/b/c', 'z']) place(path, path);
    repoGit('add', '-A');
    repoGit('commit', '-qm', 'first');
    repoGit('update-index', '--index-version', '4');
    const repo = await openWriting(dir.path);
    place('deep/b/d', 'new');
    await repo.commit({ 'deep/b/d': 'new' });
    assert.equal(repo.git('ls-files'), 'deep/a\ndeep/b/c\ndeep/b/d\nz');
    assert.equal(repo.git('status', '--porcelain'), '');
    repo.assertSound();
  });

  it('reads what another reader cached before', async () => {
    const repository = await openRepository(dir.path);
    const reader = new GitReader(repository);
    const writer = new GitWriter(repository, { reader, who: () => ANA });
    const changes = new Map([['a', { bytes: encode('text') }]]);
    const { commit } = await writer.commit({ changes, message: 'm', author: ANA, sign, expectedHead: undefined });
    assert.match(decode((await reader.read(commit)).bytes), /^tree /);
  });

  function repoGit(...args: string[]): string {
    return git(dir.path, args);
  }

  function leftovers(): string[] {
    return readdirSync(dir.at('.git/objects'), { recursive: true })
      .map(String)
      .filter((name) => name.includes('tmp_'));
  }
});
