/** Version tags: where they go, when, with which times and names; git is asked what they are. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { push, type Registry, status, tag, verify } from '../../src/index.js';
import { git } from '../helpers/git.js';
import { addRemote, type Clone, cloneFrom, initRegistry, makePerson, NOW } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

const dir = useTempDir();
let ana: Clone;

beforeEach(async () => {
  ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home-ana'), 'ana'));
});

function taggerSeconds(clone: Clone, name: string): number {
  return Number(clone.git('for-each-ref', '--format=%(taggerdate:unix)', `refs/tags/${name}`));
}

async function isTrue(registry: Registry): Promise<void> {
  const { ok, findings } = await verify(registry);
  assert.ok(ok, JSON.stringify(findings));
}

describe('tags without a remote', () => {
  it('come with the registration, signed, on the commit that holds the manifest', async () => {
    const { tag: name, commit } = await ana.register('model/fraud@1.0.0');
    assert.equal(name, 'model/fraud@v1.0.0');
    assert.equal(ana.git('cat-file', '-t', `refs/tags/${name}`), 'tag');
    assert.equal(ana.git('rev-parse', `${name}^{commit}`), commit);
    assert.match(ana.git('cat-file', '-p', name), /-----BEGIN SSH SIGNATURE-----/);
    await isTrue(await ana.open());
  });

  it('have strictly increasing times for versions of one second, the same on every machine', async () => {
    for (const version of ['1.0.0', '1.0.1', '1.1.0-rc.1']) await ana.register(`model/fraud@${version}`);
    await ana.register('data/other@1.0.0');
    const first = Math.floor(NOW.getTime() / 1000);
    const times = ['1.0.0', '1.0.1', '1.1.0-rc.1'].map((version) => taggerSeconds(ana, `model/fraud@v${version}`));
    assert.deepEqual(times, [first, first + 1, first + 2]);
    assert.equal(taggerSeconds(ana, 'data/other@v1.0.0'), first);
    const objects = ana.git('tag', '--format=%(objectname)');
    for (const name of ana.git('tag').split('\n')) ana.git('tag', '-d', name);
    assert.equal((await tag(await ana.open())).created.length, 4);
    assert.equal(ana.git('tag', '--format=%(objectname)'), objects, 'a pure function of history and key');
    await isTrue(await ana.open());
  });

  it('carry the folder of the registry in their names', async () => {
    git(dir.path, ['init', '--quiet', 'project']);
    const inner = await initRegistry(join(dir.at('project'), 'registry'), makePerson(dir.at('home-ana'), 'ana'));
    const { tag: name } = await inner.register('model/x@1.0.0');
    assert.equal(name, 'registry=model/x@v1.0.0');
    assert.equal(inner.git('tag'), name);
    const { present, created } = await tag(await inner.open());
    assert.deepEqual([present, created], [1, []]);
    await isTrue(await inner.open());
  });

  it('are never moved, and foreign ones never touched', async () => {
    await ana.register('model/fraud@1.0.0');
    ana.git('tag', 'nightly');
    ana.git('tag', '-f', 'model/fraud@v1.0.0', 'HEAD~1');
    const moved = ana.git('rev-parse', 'model/fraud@v1.0.0');
    assert.deepEqual((await tag(await ana.open())).created, []);
    assert.equal(ana.git('rev-parse', 'model/fraud@v1.0.0'), moved);
    const { ok, findings } = await verify(await ana.open());
    assert.equal(ok, false);
    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'error').map(({ subject }) => subject),
      ['tag model/fraud@v1.0.0'],
    );
  });

  it('are refused from a key that the policy does not list', async () => {
    await ana.register('model/fraud@1.0.0');
    ana.git('tag', '-d', 'model/fraud@v1.0.0');
    const eve = makePerson(dir.at('home-eve'), 'eve');
    await eve.makeKey();
    await throwsCode(
      async () => tag({ ...(await ana.open()), environment: eveOf(await ana.open(), eve.environment) }),
      'signature/unknown-key',
    );
    assert.equal(ana.git('tag'), '');
  });
});

function eveOf(registry: Registry, other: Partial<Registry['environment']>): Registry['environment'] {
  return { ...registry.environment, ...other };
}

describe('tags with a remote', () => {
  it('wait for the commit to land there, and are made and pushed by push', async () => {
    addRemote(ana, dir.at('bare.git'));
    assert.equal((await ana.register('model/fraud@1.0.0')).tag, null);
    assert.deepEqual((await tag(await ana.open())).waiting, ['model/fraud@v1.0.0']);
    assert.equal(ana.git('tag'), '');
    const { tags, refs } = await push(await ana.open());
    assert.deepEqual(
      tags.created.map(({ name }) => name),
      ['model/fraud@v1.0.0'],
    );
    assert.deepEqual(
      refs.map(({ ref }) => ref),
      ['refs/heads/main', 'refs/tags/model/fraud@v1.0.0'],
    );
    assert.equal(git(dir.at('bare.git'), ['tag']), 'model/fraud@v1.0.0');
    await ana.register('model/fraud@1.0.1');
    assert.deepEqual((await tag(await ana.open())).waiting, ['model/fraud@v1.0.1']);
    assert.equal((await status(await ana.open())).missingTags, 1);
    await isTrue(await ana.open());
  });

  it('are not made on a branch that has not landed', async () => {
    addRemote(ana, dir.at('bare.git'));
    await push(await ana.open());
    ana.git('switch', '--quiet', '-c', 'feature');
    assert.equal((await ana.register('model/fraud@1.0.0')).tag, null);
    const { created, waiting } = await tag(await ana.open());
    assert.deepEqual([created, waiting], [[], ['model/fraud@v1.0.0']]);
    await push(await ana.open());
    assert.equal(git(dir.at('bare.git'), ['for-each-ref', '--format=%(refname)']), 'refs/heads/main');
  });

  it('sit on the merge that brought a pull request to the mainline', async () => {
    addRemote(ana, dir.at('bare.git'));
    await push(await ana.open());
    ana.git('switch', '--quiet', '-c', 'feature');
    await ana.register('model/fraud@1.0.0');
    ana.git('switch', '--quiet', 'main');
    ana.git('merge', '--quiet', '--no-ff', '--no-edit', 'feature');
    const { tags } = await push(await ana.open());
    assert.deepEqual(tags.created, [{ name: 'model/fraud@v1.0.0', target: ana.git('rev-parse', 'main') }]);
    await isTrue(await ana.open());
  });

  it('of somebody else are taken over by push, not made a second time', async () => {
    const bo = makePerson(dir.at('home-bo'), 'bo');
    const { public: key } = await bo.makeKey();
    assert.equal((await ana.at1(['policy', 'add-principal', 'bo', key])).code, 0);
    addRemote(ana, dir.at('bare.git'));
    await push(await ana.open());
    const clone = cloneFrom(dir.at('bare.git'), dir.at('bo'), bo);
    await ana.register('model/a@1.0.0');
    await push(await ana.open());
    // As `git pull origin main` does: the commits without the tags.
    clone.git('fetch', '--quiet', '--no-tags', 'origin');
    clone.git('merge', '--quiet', '--ff-only', 'origin/main');
    await clone.register('model/b@1.0.0');
    const { tags } = await push(await clone.open());
    assert.deepEqual(
      tags.created.map(({ name }) => name),
      ['model/b@v1.0.0'],
    );
    assert.equal(clone.git('rev-parse', 'model/a@v1.0.0'), ana.git('rev-parse', 'model/a@v1.0.0'));
  });

  it('made twice before anybody pushed keep nobody from pushing', async () => {
    await ana.register('model/a@1.0.0');
    const bo = makePerson(dir.at('home-bo'), 'bo');
    const { public: key } = await bo.makeKey();
    assert.equal((await ana.at1(['policy', 'add-principal', 'bo', key])).code, 0);
    addRemote(ana, dir.at('bare.git'));
    ana.git('push', '--quiet', 'origin', 'main');
    const clone = cloneFrom(dir.at('bare.git'), dir.at('bo'), bo);
    await tag(await clone.open());
    assert.notEqual(clone.git('rev-parse', 'model/a@v1.0.0'), ana.git('rev-parse', 'model/a@v1.0.0'));
    await push(await clone.open());
    await ana.register('model/c@1.0.0');
    const { refs } = await push(await ana.open());
    assert.deepEqual(
      refs.map(({ ref }) => ref),
      ['refs/heads/main', 'refs/tags/model/c@v1.0.0'],
    );
    await isTrue(await ana.open());
    await isTrue(await clone.open());
  });
});
