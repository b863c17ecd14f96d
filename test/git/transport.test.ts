import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { guardedFs } from '../../src/git/guarded-fs.js';
import { openRepository } from '../../src/git/repository.js';
import { fetch, gitVersion, type PullOptions, pull, push, remoteTags } from '../../src/git/transport.js';
import type { Oid } from '../../src/git-format/oid.js';
import { git, gitEnvironment, runGit } from '../helpers/git.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';
import { type GitServer, serveGit } from './http-server.js';
import { ANA, makeRepository, openWriting, sign, type WritingFixture, withGit } from './writing.js';

const ORIGIN = { remote: 'origin' };
const PULL: PullOptions = {
  ...ORIGIN,
  remoteRef: 'refs/heads/main',
  trackingRef: 'refs/remotes/origin/main',
  isRegistryPath: (path) => path.startsWith('model/') || path === 'at1.toml',
  alone: (run) => run(),
};

describe('transport', () => {
  const dir = useTempDir();
  let server: GitServer | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  /** Two clones, ours and theirs, of one bare repository. */
  async function setUp(
    kind: 'git' | 'http',
    password?: string,
  ): Promise<{ ours: WritingFixture; theirs: WritingFixture }> {
    git(dir.path, ['init', '-q', '--bare', 'remote.git']);
    git(dir.at('remote.git'), ['config', 'http.receivepack', 'true']);
    if (kind === 'http') server = await serveGit(dir.path, password);
    const url = kind === 'http' ? `${server?.url}/remote.git` : dir.at('remote.git');
    const made: WritingFixture[] = [];
    for (const name of ['ours', 'theirs']) {
      mkdirSync(dir.at(name));
      makeRepository(dir.at(name));
      git(dir.at(name), ['remote', 'add', 'origin', name === 'ours' ? url : dir.at('remote.git')]);
      mkdirSync(dir.at(name, 'model'));
      made.push(await openWriting(dir.at(name), kind === 'git' || name === 'theirs' ? { open: withGit } : {}));
    }
    return { ours: made[0] as WritingFixture, theirs: made[1] as WritingFixture };
  }

  async function register(repo: WritingFixture, path: string, text = path): Promise<Oid> {
    repo.write(path, text);
    return (await repo.commit({ [path]: text })).commit;
  }

  const pushMain = (repo: WritingFixture, ...more: string[]) =>
    push(repo.writer.repository, ['refs/heads/main', ...more], ORIGIN);

  it('knows whether git is there', async () => {
    assert.match((await gitVersion({ path: 'git', environment: gitEnvironment() })) ?? '', /^\d+\.\d+/);
    assert.equal(await gitVersion({ path: dir.at('no-git'), environment: {} }), undefined);
    assert.equal(await gitVersion(undefined), undefined);
  });

  it('refuses what git could take for options or commands', async () => {
    const { ours } = await setUp('git');
    const { repository } = ours.writer;
    for (const remote of ['--upload-pack=touch x', '-x', '', 'ext::sh -c touch% x', 'a\nb', '+x']) {
      await throwsCode(() => push(repository, ['refs/heads/main'], { remote }), 'usage/invalid');
      await throwsCode(() => fetch(repository, { remote }), 'usage/invalid');
      await throwsCode(() => pull(ours.writer, { ...PULL, remote }), 'usage/invalid');
    }
    for (const ref of ['--force', '+refs/heads/main', 'main', 'refs/heads/a:refs/heads/b', 'refs/heads/a..b']) {
      await throwsCode(() => push(repository, [ref], ORIGIN), 'git/ref-invalid');
    }
    git(dir.at('ours'), ['remote', 'set-url', 'origin', `ext::touch ${dir.at('ran')}`]);
    await throwsCode(() => fetch(ours.writer.repository, ORIGIN), 'remote/failed');
    assert.ok(!existsSync(dir.at('ran')));
  });

  for (const kind of ['git', 'http'] as const) {
    describe(kind === 'git' ? 'through the git binary' : 'over http without it', () => {
      it('pushes branch and tags, says what was new, and is outdated where the remote moved', async () => {
        const { ours, theirs } = await setUp(kind);
        const commit = await register(ours, 'model/a');
        const tag = { name: 'model/a@v1', object: commit, tagger: ANA, message: 't', sign };
        await ours.writer.createTags([tag]);
        assert.deepEqual(await pushMain(ours, 'refs/tags/model/a@v1'), [
          { ref: 'refs/heads/main', status: 'new' },
          { ref: 'refs/tags/model/a@v1', status: 'new' },
        ]);
        assert.deepEqual(
          (await pushMain(ours)).map(({ status }) => status),
          ['up-to-date'],
        );
        theirs.git('pull', '-q', 'origin', 'main');
        await register(theirs, 'model/b');
        await pushMain(theirs);
        await register(ours, 'model/c');
        await throwsCode(() => pushMain(ours), 'remote/outdated');
        assert.equal(git(dir.at('remote.git'), ['rev-parse', 'main']), theirs.head());
        git(dir.at('remote.git'), ['fsck', '--strict']);
      });

      it('pulls forward: branch, index, work tree', async () => {
        const { ours, theirs } = await setUp(kind);
        await register(theirs, 'model/a', 'one');
        await pushMain(theirs);
        assert.deepEqual(await pull(ours.writer, PULL), { kind: 'fast-forward', from: undefined, to: theirs.head() });
        assert.equal(readFileSync(dir.at('ours/model/a'), 'utf8'), 'one');
        const from = ours.head();
        ours.write('mine', 'staged');
        ours.git('add', 'mine');
        await register(theirs, 'model/b');
        await theirs.commit({ 'model/a': 'two' });
        await pushMain(theirs);
        assert.deepEqual(await pull(ours.writer, PULL), { kind: 'fast-forward', from, to: theirs.head() });
        assert.deepEqual(await pull(ours.writer, PULL), { kind: 'up-to-date', head: theirs.head() });
        assert.equal(readFileSync(dir.at('ours/model/a'), 'utf8'), 'two');
        assert.equal(ours.git('status', '--porcelain'), 'A  mine');
        ours.assertSound();
      });

      it('names the tags of the remote, and brings them with a pull', async () => {
        const { ours, theirs } = await setUp(kind);
        const object = await register(theirs, 'model/a');
        assert.deepEqual(await remoteTags(ours.writer.repository, ORIGIN), new Set());
        await theirs.writer.createTags([{ name: 'model/a@v1', object, tagger: ANA, message: 't', sign }]);
        await pushMain(theirs, 'refs/tags/model/a@v1');
        assert.deepEqual(await remoteTags(ours.writer.repository, ORIGIN), new Set(['refs/tags/model/a@v1']));
        await pull(ours.writer, PULL);
        assert.equal(ours.git('tag'), 'model/a@v1');
      });

      it('pulls forward past a tag that was moved on the remote, and keeps ours', async () => {
        const { ours, theirs } = await setUp(kind);
        const object = await register(theirs, 'model/a');
        await theirs.writer.createTags([{ name: 'model/a@v1', object, tagger: ANA, message: 't', sign }]);
        await pushMain(theirs, 'refs/tags/model/a@v1');
        await pull(ours.writer, PULL);
        const tag = ours.git('rev-parse', 'model/a@v1');
        await register(theirs, 'model/b');
        await pushMain(theirs);
        git(dir.at('remote.git'), ['tag', '-f', 'model/a@v1', 'main']);
        assert.equal((await pull(ours.writer, PULL)).kind, 'fast-forward');
        assert.equal(ours.git('rev-parse', 'model/a@v1'), tag);
      });

      it('says so when both sides went on', async () => {
        const { ours, theirs } = await setUp(kind);
        await register(theirs, 'model/a');
        await pushMain(theirs);
        await pull(ours.writer, PULL);
        await register(theirs, 'model/b');
        await pushMain(theirs);
        const head = await register(ours, 'model/c');
        const result = await pull(ours.writer, PULL);
        assert.equal(result.kind, 'diverged');
        assert.match(result.kind === 'diverged' ? result.command : '', /^git pull --rebase/);
        assert.equal(ours.head(), head);
        assert.equal(ours.git('status', '--porcelain'), '');
      });

      it('does not write over files that were changed here', async () => {
        const { ours, theirs } = await setUp(kind);
        await register(theirs, 'model/a', 'one');
        await pushMain(theirs);
        await pull(ours.writer, PULL);
        await register(theirs, 'model/a', 'two');
        await register(theirs, 'model/new');
        await pushMain(theirs);
        const head = ours.head();
        for (const [path, text] of [
          ['model/a', 'mine'],
          ['model/new', 'also mine'],
        ] as const) {
          ours.write(path, text);
          await throwsCode(() => pull(ours.writer, PULL), 'worktree/differs');
          assert.equal(readFileSync(dir.at('ours', path), 'utf8'), text);
          assert.equal(ours.head(), head);
          ours.write('model/a', 'one');
        }
      });

      it('fails with the reason where the remote is not there', async () => {
        const { ours } = await setUp(kind);
        await register(ours, 'model/a');
        git(dir.at('ours'), [
          'remote',
          'set-url',
          'origin',
          kind === 'git' ? dir.at('nothing') : `${server?.url}/nothing.git`,
        ]);
        const again = await openWriting(dir.at('ours'), kind === 'git' ? { open: withGit } : {});
        const error = await throwsCode(() => fetch(again.writer.repository, ORIGIN), 'remote/failed');
        if (kind === 'git') assert.match(String(error.facts.git), /nothing/);
        else assert.equal(error.facts.status, 404);
        await throwsCode(() => pushMain(again), 'remote/failed');
      });
    });
  }

  it('pushes all refs or none through git', async () => {
    const { ours, theirs } = await setUp('git');
    await register(theirs, 'model/a');
    await pushMain(theirs);
    await register(ours, 'model/b');
    ours.git('tag', 'new');
    await throwsCode(() => pushMain(ours, 'refs/tags/new'), 'remote/outdated');
    assert.equal(runGit(dir.at('remote.git'), ['rev-parse', '-q', '--verify', 'refs/tags/new']).status, 1);
  });

  it('tells a refusal of the remote from being outdated', async () => {
    const { ours } = await setUp('git');
    await register(ours, 'model/a');
    mkdirSync(dir.at('remote.git/hooks'), { recursive: true });
    writeFileSync(dir.at('remote.git/hooks/pre-receive'), '#!/bin/sh\necho not today >&2\nexit 1\n', { mode: 0o755 });
    const error = await throwsCode(() => pushMain(ours), 'remote/failed');
    assert.match(String(error.facts.git), /not today/);
    assert.match(String(error.facts.rejected), /pre-receive hook declined/);
  });

  it('tells why a hook of this side refuses', async () => {
    const { ours } = await setUp('git');
    await register(ours, 'model/a');
    const said = '#!/bin/sh\necho it removes a version\nexit 1\n';
    mkdirSync(dir.at('ours/.git/hooks'), { recursive: true });
    writeFileSync(dir.at('ours/.git/hooks/pre-push'), said, { mode: 0o755 });
    const error = await throwsCode(() => pushMain(ours), 'remote/failed');
    assert.match(String(error.facts.git), /^it removes a version,error: failed to push/);
  });

  it('keeps passwords in URLs out of its messages', async () => {
    const { ours } = await setUp('git');
    await register(ours, 'model/a');
    git(dir.at('ours'), ['remote', 'set-url', 'origin', 'http://ana:secret@127.0.0.1:1/x.git']);
    const error = await throwsCode(() => fetch(ours.writer.repository, ORIGIN), 'remote/failed');
    assert.ok(!JSON.stringify(error.facts).includes('secret'), JSON.stringify(error.facts));
  });

  it('asks for a password over http, and gives up politely', async () => {
    const { ours, theirs } = await setUp('http', 'open sesame');
    await register(theirs, 'model/a');
    await pushMain(theirs);
    const { repository } = ours.writer;
    await throwsCode(() => fetch(repository, ORIGIN), 'remote/failed');
    const wrong = async () => ({ username: 'ana', password: 'wrong' });
    await throwsCode(() => fetch(repository, { ...ORIGIN, auth: wrong }), 'remote/failed');
    await fetch(repository, { ...ORIGIN, auth: async () => ({ username: 'ana', password: 'open sesame' }) });
    assert.equal(ours.git('rev-parse', 'origin/main'), theirs.head());
    assert.equal(ours.git('fsck', '--strict', '--no-dangling'), '');
  });

  it('without git leaves other transports and foreign changes to git', async () => {
    const { ours, theirs } = await setUp('http');
    const local = await openRepository(dir.at('theirs'));
    await throwsCode(() => push(local, ['refs/heads/main'], ORIGIN), 'capability/missing');
    await throwsCode(() => fetch(local, { remote: 'ssh://host/x' }), 'capability/missing');
    theirs.write('README.md', 'foreign');
    theirs.git('add', 'README.md');
    theirs.git('commit', '-qm', 'foreign');
    await pushMain(theirs);
    const error = await throwsCode(() => pull(ours.writer, PULL), 'capability/missing');
    assert.deepEqual(error.facts.paths, ['README.md']);
    assert.ok(!existsSync(dir.at('ours/README.md')));
  });

  it('never writes through a link where a folder should be', async () => {
    const { ours, theirs } = await setUp('http');
    mkdirSync(dir.at('theirs/model/x'));
    await register(theirs, 'model/x/a');
    await pushMain(theirs);
    mkdirSync(dir.at('outside'));
    symlinkSync(dir.at('outside'), dir.at('ours/model/x'));
    await throwsCode(() => pull(ours.writer, PULL), 'worktree/differs');
    assert.ok(!existsSync(dir.at('outside/a')));
  });

  it('lets isomorphic-git write only what a fetch needs', async () => {
    mkdirSync(dir.at('g/refs/remotes/origin'), { recursive: true });
    const { promises } = guardedFs(dir.at('g'));
    await promises.writeFile(dir.at('g/refs/remotes/origin/main'), 'x');
    for (const path of [
      'g/hooks/post-merge',
      'g/config',
      'g/refs/../config',
      'outside',
      'g/refs/heads/a.lock',
      'g/HEAD',
    ]) {
      await throwsCode(() => promises.writeFile(dir.at(path), 'x'), 'remote/failed');
      assert.ok(!existsSync(dir.at(path)));
    }
    await promises.mkdir(dir.at('g/refs/remotes/origin/team'));
    await promises.rmdir(dir.at('g/refs/remotes/origin/team'));
    for (const path of ['g/hooks', 'g/objects/zz', 'g/refs/a..b', 'outside', 'g/refs/../../outside']) {
      await throwsCode(() => promises.mkdir(dir.at(path)), 'remote/failed');
      await throwsCode(() => promises.rmdir(dir.at(path)), 'remote/failed');
    }
    await throwsCode(() => promises.symlink('x', dir.at('g/refs/heads/link')), 'remote/failed');
  });
});
