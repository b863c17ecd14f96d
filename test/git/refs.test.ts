import assert from 'node:assert/strict';
import fs, { mkdirSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { Refs } from '../../src/git/refs.js';
import { openRepository } from '../../src/git/repository.js';
import { git } from '../helpers/git.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('Refs', () => {
  const temp = useTempDir();
  const refsOf = async (dir: string): Promise<Refs> => new Refs(await openRepository(temp.at(dir)));
  const rev = (name: string): string => git(temp.at('r'), ['rev-parse', name]);

  /** What git lists, in our shape. */
  function listed(dir: string, prefix = 'refs/'): string[] {
    const text = git(temp.at(dir), ['for-each-ref', '--format=%(refname) %(objectname)', prefix]);
    return text === '' ? [] : text.split('\n');
  }

  beforeEach(() => {
    git(temp.path, ['init', '-q', 'r']);
    git(temp.at('r'), ['commit', '-q', '--allow-empty', '-m', 'first']);
    git(temp.at('r'), ['tag', 'light']);
    git(temp.at('r'), ['tag', '-a', '-m', 'm', 'model/x@v1']);
    git(temp.at('r'), ['branch', 'side']);
  });

  it('lists loose, packed and mixed refs as git does', async () => {
    const refs = await refsOf('r');
    const check = (): void => {
      for (const prefix of ['refs/', 'refs/tags/', 'refs/heads/']) {
        assert.deepEqual(
          refs.list(prefix).map(({ name, oid }) => `${name} ${oid}`),
          listed('r', prefix),
        );
      }
      assert.deepEqual(refs.listAll().problems, []);
    };
    check();
    git(temp.at('r'), ['pack-refs', '--all']);
    check();
    git(temp.at('r'), ['commit', '-q', '--allow-empty', '-m', 'second']);
    git(temp.at('r'), ['tag', '-d', 'light']);
    git(temp.at('r'), ['tag', '-f', '-a', '-m', 'moved', 'model/x@v1']);
    check();
    assert.equal(refs.resolve('refs/tags/light'), undefined);
    assert.equal(refs.resolve('refs/heads/main'), rev('main'));
  });

  it('uses the peeled ids of packed-refs', async () => {
    git(temp.at('r'), ['pack-refs', '--all']);
    const refs = (await refsOf('r')).list('refs/');
    const peeled = new Map(refs.map((ref) => [ref.name, ref.peeled]));
    assert.equal(peeled.get('refs/tags/model/x@v1'), rev('main'));
    assert.equal(peeled.get('refs/tags/light'), rev('main'));
    assert.notEqual(rev('refs/tags/model/x@v1'), rev('main'));
  });

  it('tells an attached, a detached and an unborn HEAD', async () => {
    const refs = await refsOf('r');
    assert.deepEqual(refs.head(), { ref: 'refs/heads/main', oid: rev('HEAD') });
    git(temp.at('r'), ['checkout', '-q', '--detach']);
    assert.deepEqual(refs.head(), { ref: undefined, oid: rev('HEAD') });
    git(temp.at('r'), ['checkout', '-q', '--orphan', 'new']);
    assert.deepEqual(refs.head(), { ref: 'refs/heads/new', oid: undefined });
    assert.equal(refs.symbolicTarget('HEAD'), 'refs/heads/new');
  });

  it('keeps a HEAD per linked working tree and shares the other refs', async () => {
    git(temp.at('r'), ['worktree', 'add', '-q', '-b', 'tree', temp.at('linked')]);
    git(temp.at('linked'), ['commit', '-q', '--allow-empty', '-m', 'there']);
    git(temp.at('linked'), ['update-ref', 'refs/worktree/mine', 'HEAD']);
    const [main, linked] = [await refsOf('r'), await refsOf('linked')];
    assert.equal(main.head().ref, 'refs/heads/main');
    assert.deepEqual(linked.head(), { ref: 'refs/heads/tree', oid: rev('tree') });
    assert.equal(main.resolve('refs/heads/tree'), rev('tree'));
    assert.equal(main.resolve('refs/worktree/mine'), undefined);
    assert.equal(linked.resolve('refs/worktree/mine'), rev('tree'));
    assert.deepEqual(
      linked.list().map(({ name, oid }) => `${name} ${oid}`),
      listed('linked'),
    );
  });

  it('reports bad and dangling refs one by one and lists the rest', async () => {
    const before = listed('r');
    const put = (name: string, text: string): void => writeFileSync(temp.at('r', '.git', 'refs', 'heads', name), text);
    put('short', 'abc\n');
    put('empty', '');
    put('dangling', 'ref: refs/heads/nowhere\n');
    put('circle', 'ref: refs/heads/circle\n');
    put('outside', 'ref: ../../etc/passwd\n');
    put('bad~name', `${rev('main')}\n`);
    put('half.lock', 'x');
    writeFileSync(
      temp.at('r', '.git', 'packed-refs'),
      `# pack-refs with: peeled\nnonsense\n${rev('main')} refs/heads/..\n^${rev('main')}\n`,
    );
    const { refs, problems } = (await refsOf('r')).listAll('refs/');
    assert.deepEqual(
      refs.map(({ name, oid }) => `${name} ${oid}`),
      before,
    );
    const names = problems.map(({ name }) => name).sort();
    for (const name of ['short', 'empty', 'dangling', 'circle', 'outside', 'bad~name', '..']) {
      assert.ok(names.includes(`refs/heads/${name}`), name);
    }
    assert.ok(names.includes('nonsense'));
    assert.ok(!names.some((name) => name.includes('.lock')));
    await throwsCode(async () => (await refsOf('r')).resolve('refs/heads/short'), 'git/ref-invalid');
    await throwsCode(async () => (await refsOf('r')).resolve('refs/heads/circle'), 'git/ref-invalid');
  });

  it('finds refs that git packs between the listing and the reading of one', async () => {
    git(temp.at('r'), ['pack-refs', '--all']);
    git(temp.at('r'), ['tag', 'new']);
    git(temp.at('r'), ['tag', '-f', 'light', 'model/x@v1']);
    const before = listed('r');
    const refs = await refsOf('r');
    const real = fs.lstatSync;
    let packed = false;
    const packFirst = (...args: Parameters<typeof real>) => {
      if (!packed) git(temp.at('r'), ['pack-refs', '--all']);
      packed = true;
      return real(...args);
    };
    Object.assign(fs, { lstatSync: packFirst });
    syncBuiltinESMExports();
    try {
      assert.deepEqual(
        refs.list().map(({ name, oid }) => `${name} ${oid}`),
        before,
      );
    } finally {
      Object.assign(fs, { lstatSync: real });
      syncBuiltinESMExports();
    }
    assert.ok(packed);
  });

  it('follows symbolic refs as far as git does', async () => {
    git(temp.at('r'), ['symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/heads/side']);
    const refs = await refsOf('r');
    assert.equal(refs.resolve('refs/remotes/origin/HEAD'), rev('side'));
    assert.deepEqual(
      refs.list().map(({ name, oid }) => `${name} ${oid}`),
      listed('r'),
    );
  });

  it('reads no file outside the folders of refs', async () => {
    const refs = await refsOf('r');
    mkdirSync(temp.at('r', '.git', 'refs', 'heads', 'folder'));
    for (const name of ['refs/../config', '../x', 'config', 'main', 'refs/heads/', '/etc/passwd', '']) {
      await throwsCode(() => refs.resolve(name), 'git/ref-invalid');
    }
    await throwsCode(() => refs.list('refs/../'), 'git/ref-invalid');
    await throwsCode(() => refs.list('objects/'), 'git/ref-invalid');
    assert.equal(refs.resolve('refs/heads/folder'), undefined);
    assert.equal(refs.resolve('refs/heads/main/below'), undefined);
  });

  it('maps a branch to where its remote is tracked', async () => {
    git(temp.path, ['clone', '-q', 'r', 'clone']);
    git(temp.at('clone'), ['branch', '-q', '--track', 'local', 'main']);
    const refs = await refsOf('clone');
    assert.deepEqual(refs.upstreamOf('main'), {
      remote: 'origin',
      ref: 'refs/remotes/origin/main',
      remoteRef: 'refs/heads/main',
    });
    assert.deepEqual(refs.upstreamOf('local'), { remote: '.', ref: 'refs/heads/main', remoteRef: 'refs/heads/main' });
    assert.equal(refs.upstreamOf('none'), undefined);
    git(temp.at('clone'), ['config', 'remote.origin.fetch', '+refs/heads/other:refs/x']);
    assert.equal((await refsOf('clone')).upstreamOf('main'), undefined);
  });
});
