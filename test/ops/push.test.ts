/** push and pull as library functions: remotes of several kinds and states, folders, and what is left when they fail. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pull, push, verify } from '../../src/index.js';
import { git } from '../helpers/git.js';
import { addRemote, type Clone, cloneFrom, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

const dir = useTempDir();
let ana: Clone;

beforeEach(async () => {
  ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home-ana'), 'ana'));
  await ana.register('model/fraud@1.0.0');
  addRemote(ana, dir.at('bare.git'));
});

describe('push', () => {
  it('sends the registry branch, whichever is checked out, and no other', async () => {
    ana.git('switch', '--quiet', '-c', 'feature');
    await ana.register('model/other@1.0.0');
    const { branch } = await push(await ana.open());
    assert.equal(branch, 'main');
    assert.equal(git(dir.at('bare.git'), ['rev-parse', 'main']), ana.git('rev-parse', 'main'));
    assert.equal(git(dir.at('bare.git'), ['branch']), '* main');
  });

  it('publishes what somebody else can verify in a fresh clone', async () => {
    await push(await ana.open());
    const clone = cloneFrom(dir.at('bare.git'), dir.at('bo'), makePerson(dir.at('home-bo'), 'bo'));
    const { ok, findings, checked } = await verify(await clone.open());
    assert.ok(ok, JSON.stringify(findings));
    assert.deepEqual([checked.manifests, checked.tags], [1, 1]);
  });

  it('does the rest when it is run again after a stop between branch and tags', async () => {
    ana.git('tag', '-d', 'model/fraud@v1.0.0');
    ana.git('push', '--quiet', 'origin', 'main');
    const { refs, tags } = await push(await ana.open());
    assert.equal(tags.created.length, 1);
    assert.deepEqual(refs, [
      { ref: 'refs/heads/main', status: 'up-to-date' },
      { ref: 'refs/tags/model/fraud@v1.0.0', status: 'new' },
    ]);
  });

  it('that takes away an object nobody needs is not stopped by one that the remote lacks as well', async () => {
    const [needed = assert.fail()] = (await ana.register('model/other@1.0.0')).objects;
    const stray = `objects/ab/${'ab'.repeat(32)}.at1`;
    mkdirSync(join(ana.dir, 'objects/ab'), { recursive: true });
    writeFileSync(join(ana.dir, stray), 'needed by nothing');
    ana.git('rm', '--quiet', needed.path);
    ana.git('add', '--all');
    ana.git('commit', '--quiet', '--message', 'a mistake');
    ana.git('push', '--quiet', 'origin', 'main');
    ana.git('rm', '--quiet', stray);
    ana.git('commit', '--quiet', '--message', 'tidy');
    await push(await ana.open());
    const [kept = assert.fail()] = (await ana.register('model/kept@1.0.0')).objects;
    await push(await ana.open());
    ana.git('rm', '--quiet', kept.path);
    ana.git('commit', '--quiet', '--message', 'another mistake');
    const { facts } = await throwsCode(async () => push(await ana.open()), 'object/missing');
    assert.equal(facts.object, kept.digest);
  });

  it('leaves foreign tags where they are', async () => {
    ana.git('tag', 'nightly');
    await push(await ana.open());
    assert.equal(git(dir.at('bare.git'), ['tag']), 'model/fraud@v1.0.0');
  });

  it('sends a registry in a folder with the repository around it', async () => {
    git(dir.path, ['init', '--quiet', '-b', 'main', 'project']);
    const inner = await initRegistry(join(dir.at('project'), 'registry'), makePerson(dir.at('home-ana'), 'ana'));
    await inner.register('model/x@1.0.0');
    addRemote(inner, dir.at('inner.git'));
    await push(await inner.open());
    assert.equal(git(dir.at('inner.git'), ['tag']), 'registry=model/x@v1.0.0');
  });

  it('names what is missing: a remote, the branch', async () => {
    ana.git('remote', 'remove', 'origin');
    await throwsCode(async () => push(await ana.open()), 'remote/none');
    addRemote(ana, dir.at('bare.git'));
    ana.git('branch', '-m', 'main', 'other');
    await throwsCode(async () => push(await ana.open()), 'git/ref-invalid');
  });
});

describe('pull', () => {
  it('moves forward only, and leaves files of the user as they are', async () => {
    await push(await ana.open());
    const clone = cloneFrom(dir.at('bare.git'), dir.at('bo'), makePerson(dir.at('home-bo'), 'bo'));
    await ana.register('model/fraud@1.0.1');
    await push(await ana.open());
    writeFileSync(join(clone.dir, 'notes.txt'), 'mine');
    clone.git('add', 'notes.txt');
    const { state, head } = await pull(await clone.open());
    assert.deepEqual([state, head], ['fast-forward', ana.git('rev-parse', 'HEAD')]);
    assert.equal(clone.git('status', '--porcelain'), 'A  notes.txt');
    assert.ok(existsSync(join(clone.dir, 'model/fraud/1.0.1.toml')));
    assert.equal((await pull(await clone.open())).state, 'up-to-date');
  });

  it('moves no other branch than that of the registry', async () => {
    await push(await ana.open());
    const clone = cloneFrom(dir.at('bare.git'), dir.at('bo'), makePerson(dir.at('home-bo'), 'bo'));
    await ana.register('model/fraud@1.0.1');
    await push(await ana.open());
    for (const elsewhere of [
      ['switch', '--quiet', '-c', 'feature'],
      ['checkout', '--quiet', '--detach'],
    ]) {
      clone.git(...elsewhere);
      const before = clone.git('rev-parse', 'HEAD');
      const { hint } = await throwsCode(async () => pull(await clone.open()), 'git/unsupported');
      assert.match(hint ?? '', /^git switch main, then at1 pull/);
      assert.equal(clone.git('rev-parse', 'HEAD'), before);
    }
    clone.git('switch', '--quiet', 'main');
    assert.equal((await pull(await clone.open())).state, 'fast-forward');
  });

  it('removes nothing behind a symbolic link', async () => {
    await push(await ana.open());
    const clone = cloneFrom(dir.at('bare.git'), dir.at('bo'), makePerson(dir.at('home-bo'), 'bo'));
    const [object = assert.fail()] = (await ana.register('model/fraud@1.0.1')).objects;
    await push(await ana.open());
    clone.git('commit', '--quiet', '--allow-empty', '--message', 'mine');
    rmSync(join(clone.dir, 'objects'), { recursive: true });
    cpSync(join(ana.dir, 'objects'), dir.at('elsewhere'), { recursive: true });
    symlinkSync(dir.at('elsewhere'), join(clone.dir, 'objects'), 'junction');
    await throwsCode(async () => pull(await clone.open()), 'remote/outdated');
    assert.ok(existsSync(join(clone.dir, object.path)));
    rmSync(join(clone.dir, 'objects'));
    cpSync(dir.at('elsewhere'), join(clone.dir, 'objects'), { recursive: true });
    await throwsCode(async () => pull(await clone.open()), 'remote/outdated');
    assert.ok(!existsSync(join(clone.dir, object.path)));
  });

  it('names what is missing: a remote, a branch on it, the remote itself', async () => {
    await throwsCode(async () => pull(await ana.open()), 'remote/failed');
    rmSync(dir.at('bare.git'), { recursive: true });
    await throwsCode(async () => pull(await ana.open()), 'remote/failed');
    ana.git('remote', 'remove', 'origin');
    await throwsCode(async () => pull(await ana.open()), 'remote/none');
  });
});
