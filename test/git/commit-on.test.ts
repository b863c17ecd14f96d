/** Commits on a branch that is not checked out: index, work tree and HEAD are none of its business. */
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import type { CommitRequest } from '../../src/git/writer.js';
import type { Oid } from '../../src/git-format/oid.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';
import { ANA, encode, makeRepository, openWriting, sign, type WritingFixture } from './writing.js';

describe('a commit on another branch', () => {
  const dir = useTempDir();
  let repo: WritingFixture;
  let base: Oid;

  beforeEach(async () => {
    makeRepository(dir.path);
    repo = await openWriting(dir.path);
    repo.write('a.toml', 'a\n');
    repo.write('b.toml', 'b\n');
    await repo.commit({ 'a.toml': 'a\n', 'b.toml': 'b\n' });
    base = repo.head() ?? assert.fail();
  });

  const request = (files: Record<string, string | null>, expectedHead?: Oid): CommitRequest => ({
    changes: new Map(
      Object.entries(files).map(([path, text]) => [path, text === null ? null : { bytes: encode(text) }]),
    ),
    message: 'propose something',
    author: ANA,
    sign,
    expectedHead,
  });

  it('makes the branch, with the changes upon the commit it is told', async () => {
    const commit = await repo.writer.commitOn('promote/x', base, request({ 'model/c.toml': 'c\n', 'a.toml': null }));
    assert.equal(repo.git('rev-parse', 'promote/x'), commit);
    assert.equal(repo.git('rev-parse', 'promote/x^'), base);
    assert.equal(repo.git('ls-tree', '-r', '--name-only', 'promote/x'), 'b.toml\nmodel/c.toml');
    assert.match(repo.git('reflog', 'promote/x'), /commit: propose something/);
    repo.git('verify-commit', 'promote/x');
    repo.assertSound();
  });

  it('leaves HEAD, index and work tree as they are, staged and changed files among them', async () => {
    repo.write('a.toml', 'staged\n');
    repo.git('add', 'a.toml');
    repo.write('a.toml', 'changed\n');
    repo.write('mine', 'mine\n');
    const state = () => [
      repo.git('symbolic-ref', 'HEAD'),
      repo.git('rev-parse', 'HEAD'),
      repo.git('ls-files', '--stage', '--debug'),
      repo.git('status', '--porcelain=v2'),
      repo.git('reflog'),
    ];
    const before = state();
    await repo.writer.commitOn('promote/x', base, request({ 'a.toml': 'theirs\n', 'model/c.toml': 'c\n' }));
    assert.deepEqual(state(), before);
    assert.ok(!existsSync(dir.at('model', 'c.toml')));
  });

  it('goes on from where the branch is, and only from there', async () => {
    const one = await repo.writer.commitOn('promote/x', base, request({ x: '1\n' }));
    const two = await repo.writer.commitOn('promote/x', one, request({ x: '2\n' }, one));
    assert.equal(repo.git('rev-parse', 'promote/x'), two);
    assert.equal(repo.git('show', 'promote/x:x'), '2');
    for (const expected of [undefined, one, base]) {
      await throwsCode(
        () => repo.writer.commitOn('promote/x', two, request({ x: '3\n' }, expected)),
        'git/ref-conflict',
      );
    }
    assert.equal(repo.git('rev-parse', 'promote/x'), two);
    await throwsCode(() => repo.writer.commitOn('promote/y', base, request({ x: '3\n' }, base)), 'git/ref-conflict');
    assert.equal(repo.git('for-each-ref', 'refs/heads/promote/y'), '');
  });

  it('refuses the branch that is checked out, also one without a commit', async () => {
    const before = [repo.git('count-objects'), repo.git('for-each-ref')];
    await throwsCode(() => repo.writer.commitOn('main', base, request({ x: '1\n' }, base)), 'git/busy');
    repo.git('symbolic-ref', 'HEAD', 'refs/heads/unborn');
    await throwsCode(() => repo.writer.commitOn('unborn', base, request({ x: '1\n' })), 'git/busy');
    assert.deepEqual([repo.git('count-objects'), repo.git('for-each-ref')], before);
  });

  it('works beside a detached HEAD, a merge and a locked index', async () => {
    repo.git('checkout', '--quiet', '--detach');
    writeFileSync(dir.at('.git', 'MERGE_HEAD'), `${base}\n`);
    writeFileSync(dir.at('.git', 'index.lock'), '');
    const commit = await repo.writer.commitOn('promote/x', base, request({ x: '1\n' }));
    assert.equal(repo.git('rev-parse', 'promote/x'), commit);
    assert.equal(repo.git('rev-parse', 'HEAD'), base);
  });
});
