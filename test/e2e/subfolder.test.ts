import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { list, tag, unregister } from '../../src/index.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';
import { assertFsck, assertVerified, makePerson, type Person, put } from './people.js';

describe('a registry in a subfolder of a repository with a life of its own', () => {
  const dir = useTempDir();
  let ana: Person;
  let top: string;
  let registry: string;

  /** History, tags that look like versions, a data folder, staged, changed, deleted and untracked files. */
  beforeEach(async () => {
    ana = makePerson(dir.path, 'ana');
    top = dir.at('project');
    registry = dir.at('project', 'ml', 'registry');
    ana.git(dir.path, 'init', '-q', top);
    put(dir.at('project', 'src', 'main.py'), 'print(1)\n');
    put(dir.at('project', 'data', 'iris.csv'), 'a,b\r\n1,2\r\n');
    put(dir.at('project', 'model', 'README.md'), 'not ours\n');
    put(dir.at('project', 'gone.txt'), 'to be deleted\n');
    ana.git(top, 'add', '-A');
    ana.git(top, 'commit', '-qm', 'start');
    ana.git(top, 'tag', 'v1.0');
    ana.git(top, 'tag', '-a', '-m', 'old', 'model@v0.9.0');
    put(dir.at('project', 'src', 'main.py'), 'print(2)\n');
    ana.git(top, 'add', 'src/main.py');
    put(dir.at('project', 'src', 'main.py'), 'print(3)\n');
    put(dir.at('project', 'data', 'iris.csv'), 'a,b\r\n1,3\r\n');
    put(dir.at('project', 'new', 'staged.txt'), 'staged\n');
    ana.git(top, 'add', 'new/staged.txt');
    ana.git(top, 'rm', '-q', '--cached', 'gone.txt');
    put(dir.at('project', 'untracked.txt'), 'untracked\n');
  });

  /** What the user would see of their own work, to the byte. */
  const ownWork = () => [
    ana.git(top, 'status', '--porcelain=v2', '--untracked-files=all'),
    ana.git(top, 'diff'),
    ana.git(top, 'diff', '--cached'),
    ana.git(top, 'stash', 'list'),
    ana.git(top, 'tag', '--list', 'v*', 'model@*'),
  ];

  const model = () => put(dir.at('m.bin'), 'model bytes');

  it('init at the top is refused, naming the folder and the subfolder form', async () => {
    const before = ownWork();
    const refused = await throwsCode(() => ana.init(top), 'registry/foreign-folder');
    assert.match(`${refused.message} ${refused.hint}`, /'(data|model)'.*at1 init registry/);
    assert.ok(!existsSync(dir.at('project', 'at1.toml')));
    assert.deepEqual(ownWork(), before);
  });

  it('changes nothing of the user, in the work tree, the index, tags or history', async () => {
    const before = ownWork();
    const start = ana.git(top, 'rev-parse', 'HEAD');
    await ana.init(registry);
    assert.deepEqual(ownWork(), before);
    await ana.register(registry, { ref: 'model/fraud@1.0.0', paths: [model()] });
    await ana.register(registry, { ref: 'data/iris@1.0.0', paths: [dir.at('project', 'data', 'iris.csv')] });
    assert.deepEqual((await tag(await ana.open(registry))).created, []);
    assert.deepEqual(ownWork(), before);
    const touched = ana.git(top, 'diff', '--name-only', start, 'HEAD').split('\n');
    assert.ok(
      touched.every((path) => path.startsWith('ml/registry/')),
      touched.join('\n'),
    );
    const result = await ana.verify(registry);
    assertVerified(result);
    assert.deepEqual(result.findings, []);
    assert.equal(result.checked.manifests, 2);
    assert.equal(result.checked.tags, 2);
    assertFsck(ana, top);
  });

  it('the tags name the subfolder, so that two registries in one repository do not meet', async () => {
    await ana.init(registry);
    await ana.init(dir.at('project', 'second'));
    await ana.register(registry, { ref: 'model/fraud@1.0.0', paths: [model()] });
    await ana.register(dir.at('project', 'second'), { ref: 'model/fraud@1.0.0', paths: [model()] });
    const names = ana.git(top, 'tag', '--list', '*fraud*').split('\n');
    assert.equal(new Set(names).size, 2);
    for (const place of [registry, dir.at('project', 'second')]) {
      const result = await ana.verify(place);
      assertVerified(result);
      assert.deepEqual([result.findings.length, result.checked.tags], [0, 1]);
    }
  });

  it('works from any folder inside the registry and says so from outside of it', async () => {
    await ana.init(registry);
    await ana.register(registry, { ref: 'model/fraud@1.0.0', paths: [model()] });
    const inside = await list(await ana.open(dir.at('project', 'ml', 'registry', 'model', 'fraud')));
    assert.equal(inside.artifacts.length, 1);
    await throwsCode(() => ana.open(dir.at('project', 'src')), 'registry/not-found');
    await throwsCode(() => ana.open(dir.path), 'registry/not-found');
  });

  it('commits of others between registrations are nothing to it', async () => {
    await ana.init(registry);
    await ana.register(registry, { ref: 'model/fraud@1.0.0', paths: [model()] });
    ana.git(top, 'commit', '-qm', 'mine');
    put(dir.at('project', 'model', 'fraud', '1.0.0.toml'), 'not a manifest of any registry\n');
    ana.git(top, 'add', 'model');
    ana.git(top, 'commit', '-qm', 'looks like a registry, is none');
    ana.git(top, 'checkout', '-q', '-b', 'side');
    ana.git(top, 'commit', '-q', '--allow-empty', '-m', 'side');
    ana.git(top, 'checkout', '-q', 'main');
    ana.git(top, 'merge', '-q', '--no-ff', '-m', 'merge', 'side');
    await ana.register(registry, { ref: 'model/fraud@1.1.0', paths: [put(dir.at('n.bin'), 'newer')] });
    const result = await ana.verify(registry);
    assertVerified(result);
    assert.deepEqual(result.findings, []);
    // init and two registrations: only commits that change the registry are judged.
    assert.equal(result.checked.commits, 3);
  });

  it('unregister takes its commit out from under the staged work of the user', async () => {
    await ana.init(registry);
    const before = ownWork();
    const head = ana.git(top, 'rev-parse', 'HEAD');
    await ana.register(registry, { ref: 'model/fraud@1.0.0', paths: [model()] });
    await unregister(await ana.open(registry), { ref: 'model/fraud@1.0.0' });
    assert.equal(ana.git(top, 'rev-parse', 'HEAD'), head);
    assert.deepEqual(ownWork(), before);
  });

  it('registering while the user adds files loses nothing of either', async () => {
    await ana.init(registry);
    for (let i = 0; i < 300; i++) put(dir.at('project', 'many', `${i}.txt`), `${i}\n`);
    // Tries are bounded: `git add` fails while at1 holds the index, and for good once the folder is gone.
    const script =
      'i=0; n=0; while [ $i -lt 300 ] && [ $n -lt 6000 ]; do n=$((n+1)); git add "many/$i.txt" 2>/dev/null && i=$((i+1)); done';
    const adding = spawn('sh', ['-c', script], { cwd: top, env: { ...ana.variables } });
    let running = true;
    const ended = once(adding, 'close').then(() => {
      running = false;
    });
    let registered = 0;
    try {
      while (running || registered < 3) {
        await ana.register(registry, { ref: `model/m${registered}@1.0.0`, paths: [model()] });
        registered++;
      }
    } finally {
      if (running) adding.kill('SIGKILL');
      await ended;
    }
    const staged = ana
      .git(top, 'diff', '--cached', '--name-only')
      .split('\n')
      .filter((path) => path.startsWith('many/'));
    assert.equal(staged.length, 300);
    const result = await ana.verify(registry);
    assertVerified(result);
    assert.equal(result.checked.manifests, registered);
    assert.equal(ana.git(top, 'status', '--porcelain', 'ml'), '');
    assert.equal(readFileSync(dir.at('project', 'src', 'main.py'), 'utf8'), 'print(3)\n');
  });

  for (const operation of ['merge', 'rebase', 'cherry-pick'] as const) {
    it(`registering in the middle of a ${operation} is refused with the way out`, async () => {
      await ana.init(registry);
      ana.git(top, 'commit', '-qam', 'all of it');
      ana.git(top, 'checkout', '-q', '-b', 'side');
      put(dir.at('project', 'src', 'main.py'), 'print("side")\n');
      ana.git(top, 'commit', '-qam', 'side');
      ana.git(top, 'checkout', '-q', 'main');
      put(dir.at('project', 'src', 'main.py'), 'print("main")\n');
      ana.git(top, 'commit', '-qam', 'main');
      assert.notEqual(ana.tryGit(top, operation, 'side').status, 0);
      const before = ownWork();
      const busy = await throwsCode(
        () => ana.register(registry, { ref: 'model/fraud@1.0.0', paths: [model()] }),
        'git/busy',
      );
      assert.ok(busy.hint?.includes(`git ${operation} --abort`), busy.hint);
      assert.deepEqual(ownWork(), before);
      ana.git(top, operation, '--abort');
      const done = await ana.register(registry, { ref: 'model/fraud@1.0.0', paths: [model()] });
      assert.equal(done.state, 'registered');
    });
  }
});
