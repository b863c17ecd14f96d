import assert from 'node:assert/strict';
import { existsSync, rmSync, statSync } from 'node:fs';
import { addPrincipal, generateKey, list, type RegisterResult, registerAll, tag, unregister } from '../../src/index.js';
import { assertFsck, assertVerified, makePerson, type Person, put } from '../e2e/people.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('unregister', () => {
  const dir = useTempDir();
  let ana: Person;
  let registry: string;

  beforeEach(async () => {
    ana = makePerson(dir.path, 'ana');
    registry = dir.at('registry');
    await ana.init(registry);
  });

  const head = () => ana.git(registry, 'rev-parse', 'HEAD');
  const file = (content: string) => put(dir.at('files', `${content}.bin`), content);
  const add = (ref: string, content = ref.replaceAll('/', '-')): Promise<RegisterResult> =>
    ana.register(registry, { ref, paths: [file(content)] });
  const takeBack = async (ref: string) => unregister(await ana.open(registry), { ref });
  const versions = async () => {
    const { artifacts } = await list(await ana.open(registry));
    return artifacts
      .flatMap(({ kind, name, versions }) => versions.map(({ version }) => `${kind}/${name}@${version}`))
      .sort();
  };

  /** Sound for at1, for git and for whoever looks at the work tree. */
  async function assertSound(tags: readonly string[]): Promise<void> {
    const result = await ana.verify(registry);
    assertVerified(result);
    assert.deepEqual(result.findings, []);
    assert.equal(ana.git(registry, 'status', '--porcelain'), '');
    assert.deepEqual(ana.git(registry, 'tag', '--list').split('\n'), tags);
    const signers = ['-c', 'gpg.ssh.allowedSignersFile=.at1/allowed_signers'];
    for (const name of tags) ana.git(registry, ...signers, 'verify-tag', name);
    for (const commit of ana.git(registry, 'rev-list', 'HEAD').split('\n')) {
      ana.git(registry, ...signers, 'verify-commit', commit);
    }
    assertFsck(ana, registry);
  }

  it('keeps objects that a version written without a commit needs', async () => {
    const { objects } = await add('model/gone@1.0.0', 'shared');
    const request = { ref: 'model/waits@1.0.0', paths: [file('shared')] };
    await ana.register(registry, request, { commit: false });
    const { removed } = await takeBack('model/gone@1.0.0');
    assert.ok(!removed.includes(objects[0]?.path ?? ''), removed.join());
    ana.git(registry, 'add', '-A');
    ana.git(registry, 'commit', '-qm', 'mine');
    const { findings } = await ana.verify(registry);
    assert.ok(!findings.some(({ code }) => code.startsWith('object/')), JSON.stringify(findings));
  });

  it('takes the newest back: branch, tag, manifest, signature and object are as if it had never been', async () => {
    await add('model/kept@1.0.0');
    const before = head();
    const { commit, objects, manifest } = await add('model/gone@1.0.0');
    const [object] = objects;
    const done = await takeBack('model/gone@1.0.0');
    assert.equal(done.commit, before);
    assert.equal(head(), before);
    assert.deepEqual([...done.removed].sort(), [manifest.path, 'model/gone/1.0.0.sig/ana.sig', object?.path].sort());
    for (const path of done.removed) assert.ok(!existsSync(`${registry}/${path}`), path);
    assert.deepEqual(await versions(), ['model/kept@1.0.0']);
    await assertSound(['model/kept@v1.0.0']);
    // What was undone can still be found by git, as after any reset.
    assert.match(ana.git(registry, 'reflog'), /unregister model\/gone@1\.0\.0/);
    assert.equal(ana.git(registry, 'rev-parse', 'HEAD@{1}'), commit);
  });

  it('frees the number for other bytes', async () => {
    await add('model/a@1.0.0', 'wrong');
    await takeBack('model/a@1.0.0');
    const again = await add('model/a@1.0.0', 'right');
    assert.equal(again.state, 'registered');
    await assertSound(['model/a@v1.0.0']);
  });

  it('makes later commits again, with their tags, and keeps who made them when', async () => {
    await add('model/a@1.0.0');
    await add('model/gone@1.0.0');
    await add('data/b@1.0.0');
    put(`${registry}/README.md`, 'a file of the user\n');
    ana.git(registry, 'add', 'README.md');
    ana.git(registry, 'commit', '-qm', 'a commit of the user');
    const later = await add('model/a@1.1.0');
    const fields = ['log', '--format=%an <%ae> %at %cn <%ce> %ct %s'];
    const before = ana.git(registry, ...fields).split('\n');
    const { commit } = await takeBack('model/gone@1.0.0');
    assert.equal(head(), commit);
    assert.notEqual(ana.git(registry, 'rev-parse', 'model/a@v1.1.0^{commit}'), later.commit);
    assert.deepEqual(
      ana.git(registry, ...fields).split('\n'),
      before.filter((line) => !line.includes('model/gone')),
    );
    assert.deepEqual(await versions(), ['data/b@1.0.0', 'model/a@1.0.0', 'model/a@1.1.0']);
    assert.equal(ana.git(registry, 'show', 'HEAD:README.md'), 'a file of the user');
    await assertSound(['data/b@v1.0.0', 'model/a@v1.0.0', 'model/a@v1.1.0']);
  });

  it('takes one version out of a commit of several and leaves the others', async () => {
    const requests = ['model/x@1.0.0', 'model/gone@1.0.0', 'data/y@1.0.0'].map((ref) => ({
      ref,
      paths: [file(ref.replaceAll('/', '-'))],
    }));
    await registerAll(await ana.open(registry), requests);
    await takeBack('model/gone@1.0.0');
    assert.deepEqual(await versions(), ['data/y@1.0.0', 'model/x@1.0.0']);
    assert.equal(ana.git(registry, 'rev-list', '--count', 'HEAD'), '2');
    await assertSound(['data/y@v1.0.0', 'model/x@v1.0.0']);
  });

  it('keeps objects that another version needs, earlier or later', async () => {
    const [shared] = (await add('model/first@1.0.0', 'same')).objects;
    await add('model/second@1.0.0', 'same');
    await add('model/third@1.0.0', 'same');
    await takeBack('model/second@1.0.0');
    await assertSound(['model/first@v1.0.0', 'model/third@v1.0.0']);
    await takeBack('model/first@1.0.0');
    await assertSound(['model/third@v1.0.0']);
    assert.ok(existsSync(`${registry}/${shared?.path}`));
    await takeBack('model/third@1.0.0');
    // It came with the first commit, of which nothing else is left.
    assert.ok(existsSync(`${registry}/${shared?.path}`));
    assert.deepEqual(await versions(), []);
  });

  it('refuses what is not there, and changes nothing', async () => {
    await add('model/a@1.0.0');
    const before = head();
    await throwsCode(() => takeBack('model/a@2.0.0'), 'artifact/not-found');
    await throwsCode(() => takeBack('model/b'), 'artifact/not-found');
    assert.equal(head(), before);
    await assertSound(['model/a@v1.0.0']);
  });

  it('leaves files, with the rights they had, where the branch cannot be moved', async () => {
    const { objects, manifest } = await add('model/a@1.0.0');
    const rights = (path: string) => statSync(`${registry}/${path}`).mode & 0o777;
    const paths = [objects[0]?.path ?? '', manifest.path];
    const before = paths.map(rights);
    put(`${registry}/.git/refs/heads/main.lock`, '');
    await throwsCode(() => takeBack('model/a@1.0.0'), 'git/busy');
    rmSync(`${registry}/.git/refs/heads/main.lock`);
    assert.deepEqual(paths.map(rights), before);
    await assertSound(['model/a@v1.0.0']);
  });

  it('refuses what a remote has, and still takes back what it has not', async () => {
    ana.git(dir.path, 'init', '-q', '--bare', dir.at('remote.git'));
    ana.git(registry, 'remote', 'add', 'origin', dir.at('remote.git'));
    await add('model/a@1.0.0');
    ana.git(registry, 'push', '-q', '-u', 'origin', 'main');
    await tag(await ana.open(registry));
    const landed = head();
    await add('model/b@1.0.0');
    const refused = await throwsCode(() => takeBack('model/a@1.0.0'), 'artifact/landed');
    assert.match(refused.message, /origin\/main/);
    await takeBack('model/b@1.0.0');
    assert.equal(head(), landed);
    await assertSound(['model/a@v1.0.0']);
  });

  it('refuses where a commit of somebody else came later', async () => {
    const ben = makePerson(dir.path, 'ben');
    const { public: key } = await generateKey({ environment: ben.environment });
    await addPrincipal(await ana.open(registry), { name: 'ben', key });
    await add('model/of-ana@1.0.0');
    await ben.register(registry, { ref: 'model/of-ben@1.0.0', paths: [file('ben')] });
    const before = head();
    await throwsCode(() => takeBack('model/of-ana@1.0.0'), 'policy/denied');
    await throwsCode(() => takeBack('model/of-ben@1.0.0'), 'policy/denied');
    assert.equal(head(), before);
    await unregister(await ben.open(registry), { ref: 'model/of-ben@1.0.0' });
    await takeBack('model/of-ana@1.0.0');
    assert.deepEqual(await versions(), []);
    assertVerified(await ana.verify(registry));
  });

  it('refuses where an unsigned commit of somebody else came later', async () => {
    await add('model/a@1.0.0');
    ana.git(registry, 'commit', '-q', '--allow-empty', '--author=Ben <ben@example.org>', '-m', 'a commit of ben');
    const before = head();
    const refused = await throwsCode(() => takeBack('model/a@1.0.0'), 'policy/denied');
    assert.match(refused.message, /ben@example\.org/);
    assert.equal(head(), before);
  });

  it('refuses what landed beyond the edge of a clone that was made shallow afterwards', async () => {
    await add('model/a@1.0.0');
    const last = await add('model/b@1.0.0');
    put(`${registry}/.git/shallow`, `${last.commit}\n`);
    await throwsCode(() => takeBack('model/a@1.0.0'), 'git/unsupported');
    assert.equal(head(), last.commit);
  });

  it('refuses what any of many remote branches holds, through merges too', async () => {
    await add('model/a@1.0.0');
    const landed = head();
    ana.git(registry, 'checkout', '-q', '-b', 'side', 'HEAD~1');
    ana.git(registry, 'commit', '-q', '--allow-empty', '-m', 'side');
    ana.git(registry, 'merge', '-q', '--no-ff', '-m', 'merge', landed);
    for (const name of ['b', 'c']) ana.git(registry, 'update-ref', `refs/remotes/origin/${name}`, 'side~1');
    ana.git(registry, 'update-ref', 'refs/remotes/origin/d', 'side');
    ana.git(registry, 'checkout', '-q', 'main');
    const refused = await throwsCode(() => takeBack('model/a@1.0.0'), 'artifact/landed');
    assert.match(refused.message, /origin\/d/);
  });

  it('refuses where a merge came later', async () => {
    await add('model/a@1.0.0');
    ana.git(registry, 'checkout', '-q', '-b', 'side', 'HEAD~1');
    ana.git(registry, 'commit', '-q', '--allow-empty', '-m', 'side');
    ana.git(registry, 'checkout', '-q', 'main');
    ana.git(registry, 'merge', '-q', '--no-ff', '-m', 'merge', 'side');
    const before = head();
    await throwsCode(() => takeBack('model/a@1.0.0'), 'git/unsupported');
    assert.equal(head(), before);
    assert.equal(ana.git(registry, 'tag', '--list'), 'model/a@v1.0.0');
  });

  it('refuses in the middle of a merge and on a detached HEAD, with the tags as they were', async () => {
    await add('model/a@1.0.0');
    const before = head();
    ana.git(registry, 'checkout', '-q', '--detach');
    await throwsCode(() => takeBack('model/a@1.0.0'), 'git/unsupported');
    ana.git(registry, 'checkout', '-q', 'main');
    put(`${registry}/.git/MERGE_HEAD`, `${before}\n`);
    await throwsCode(() => takeBack('model/a@1.0.0'), 'git/busy');
    assert.equal(head(), before);
    assert.equal(ana.git(registry, 'tag', '--list'), 'model/a@v1.0.0');
    assert.ok(existsSync(`${registry}/model/a/1.0.0.toml`));
  });
});
