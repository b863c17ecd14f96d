import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { At1Error } from '../../src/errors.js';
import { initRepository } from '../../src/git/init-repository.js';
import { Refs } from '../../src/git/refs.js';
import { openRepository } from '../../src/git/repository.js';
import { git } from '../helpers/git.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('openRepository', () => {
  const temp = useTempDir();

  beforeEach(() => {
    git(temp.path, ['init', '-q', 'main']);
    git(temp.at('main'), ['commit', '-q', '--allow-empty', '-m', 'first']);
  });

  it('finds the repository from a folder inside it', async () => {
    mkdirSync(temp.at('main', 'a', 'b'), { recursive: true });
    for (const dir of ['main', 'main/a/b']) {
      const repository = await openRepository(temp.at(dir));
      assert.equal(repository.gitDir, temp.at('main', '.git'));
      assert.equal(repository.commonDir, repository.gitDir);
      assert.equal(repository.workTree, temp.at('main'));
      assert.equal(repository.bare, false);
      assert.equal(repository.partial, false);
      assert.equal(repository.shallow.size, 0);
    }
    const inside = await openRepository(temp.at('main', '.git', 'objects'));
    assert.equal(inside.workTree, temp.at('main'));
  });

  it('knows bare repositories', async () => {
    git(temp.path, ['clone', '-q', '--bare', 'main', 'bare']);
    const repository = await openRepository(temp.at('bare', 'refs'));
    assert.equal(repository.gitDir, temp.at('bare'));
    assert.equal(repository.bare, true);
    assert.equal(repository.workTree, undefined);
  });

  it('knows linked working trees, also of bare repositories', async () => {
    git(temp.path, ['clone', '-q', '--bare', 'main', 'bare']);
    for (const from of ['main', 'bare']) {
      git(temp.at(from), ['worktree', 'add', '-q', '-b', `side-${from}`, temp.at(`linked-${from}`)]);
      const repository = await openRepository(temp.at(`linked-${from}`));
      const common = from === 'main' ? temp.at('main', '.git') : temp.at('bare');
      assert.equal(repository.commonDir, common);
      assert.equal(repository.gitDir, `${common}/worktrees/linked-${from}`);
      assert.equal(repository.workTree, temp.at(`linked-${from}`));
      const inside = await openRepository(repository.gitDir);
      assert.equal(inside.workTree, temp.at(`linked-${from}`));
    }
  });

  it('knows submodules', async () => {
    git(temp.path, ['init', '-q', 'outer']);
    git(temp.at('outer'), ['submodule', '--quiet', 'add', temp.at('main'), 'inner']);
    const repository = await openRepository(temp.at('outer', 'inner'));
    assert.equal(repository.gitDir, temp.at('outer', '.git', 'modules', 'inner'));
    assert.equal(repository.workTree, temp.at('outer', 'inner'));
  });

  it('knows shallow and partial clones', async () => {
    git(temp.at('main'), ['commit', '-q', '--allow-empty', '-m', 'second']);
    git(temp.at('main'), ['config', 'uploadpack.allowFilter', 'true']);
    const url = `file://${temp.at('main')}`;
    git(temp.path, ['clone', '-q', '--depth=1', url, 'shallow']);
    git(temp.path, ['clone', '-q', '--filter=blob:none', url, 'partial']);
    const head = git(temp.at('main'), ['rev-parse', 'HEAD']);
    assert.deepEqual([...(await openRepository(temp.at('shallow'))).shallow], [head]);
    assert.equal((await openRepository(temp.at('partial'))).partial, true);
  });

  it('reads the config of the user where told, below the config of the repository', async () => {
    mkdirSync(temp.at('home', '.config', 'git'), { recursive: true });
    writeFileSync(temp.at('home', '.gitconfig'), '[user]\n\tname = Home\n\temail = home@example.org\n');
    writeFileSync(temp.at('home', '.config', 'git', 'config'), '[user]\n\tname = Xdg\n\tsigningkey = k\n');
    writeFileSync(temp.at('system'), '[user]\n\tsigningkey = s\n[gpg]\n\tformat = ssh\n');
    git(temp.at('main'), ['config', 'user.email', 'main@example.org']);
    const options = { home: temp.at('home'), systemConfig: temp.at('system') };
    const { config } = await openRepository(temp.at('main'), options);
    assert.equal(config.get('user.name'), 'Home');
    assert.equal(config.get('user.email'), 'main@example.org');
    assert.equal(config.get('user.signingkey'), 'k');
    assert.equal(config.get('gpg.format'), 'ssh');
    assert.equal((await openRepository(temp.at('main'))).config.get('user.name'), undefined);
  });

  it('reads the config of one working tree where it is switched on', async () => {
    git(temp.at('main'), ['config', 'extensions.worktreeConfig', 'true']);
    git(temp.at('main'), ['config', '--worktree', 'user.name', 'Tree']);
    assert.equal((await openRepository(temp.at('main'))).config.get('user.name'), 'Tree');
  });

  const unsupported: readonly [feature: string, settings: readonly (readonly [string, string])[]][] = [
    [
      'object format sha256',
      [
        ['core.repositoryFormatVersion', '1'],
        ['extensions.objectFormat', 'sha256'],
      ],
    ],
    [
      'ref storage reftable',
      [
        ['core.repositoryFormatVersion', '1'],
        ['extensions.refStorage', 'reftable'],
      ],
    ],
    ['repository format version 2', [['core.repositoryFormatVersion', '2']]],
    [
      'extension from-tomorrow',
      [
        ['core.repositoryFormatVersion', '1'],
        ['extensions.from-tomorrow', 'x'],
      ],
    ],
  ];
  for (const [feature, settings] of unsupported) {
    it(`refuses ${feature} by name`, async () => {
      for (const [name, value] of settings) git(temp.at('main'), ['config', '--file', '.git/config', name, value]);
      const error = await throwsCode(() => openRepository(temp.at('main')), 'git/unsupported');
      assert.equal(error.facts.feature, feature);
    });
  }

  it('refuses a real SHA-256 repository, and grafts', async () => {
    git(temp.path, ['init', '-q', '--object-format=sha256', 'other']);
    await throwsCode(() => openRepository(temp.at('other')), 'git/unsupported');
    const head = git(temp.at('main'), ['rev-parse', 'HEAD']);
    writeFileSync(temp.at('main', '.git', 'info', 'grafts'), `# none\n`);
    await openRepository(temp.at('main'));
    writeFileSync(temp.at('main', '.git', 'info', 'grafts'), `${head}\n`);
    await throwsCode(() => openRepository(temp.at('main')), 'git/unsupported');
  });

  it('opens version 1 with extensions that change nothing for us', async () => {
    git(temp.at('main'), ['config', 'core.repositoryFormatVersion', '1']);
    for (const [name, value] of [
      ['noop', 'x'],
      ['preciousObjects', 'true'],
      ['objectFormat', 'sha1'],
    ] as const) {
      git(temp.at('main'), ['config', `extensions.${name}`, value]);
    }
    await openRepository(temp.at('main'));
  });

  it('says where there is no repository, or only a stale git file', async () => {
    await throwsCode(() => openRepository('/'), 'git/not-a-repository');
    git(temp.at('main'), ['worktree', 'add', '-q', '-b', 'x', temp.at('linked')]);
    renameSync(temp.at('main'), temp.at('moved'));
    await throwsCode(() => openRepository(temp.at('linked')), 'git/not-a-repository');
    writeFileSync(temp.at('linked', '.git'), 'something else');
    await throwsCode(() => openRepository(temp.at('linked')), 'git/not-a-repository');
  });

  it('names a damaged HEAD, which is no reason to make a second repository', async () => {
    const head = temp.at('main', '.git', 'HEAD');
    for (const damage of ['', '\0'.repeat(21), 'nonsense\n', 'ref: nowhere\n']) {
      writeFileSync(head, damage);
      const failure = await openRepository(temp.at('main'))
        .then((repository) => new Refs(repository).head())
        .catch((error: At1Error) => error);
      assert.ok(failure instanceof At1Error, JSON.stringify(damage));
      assert.equal(failure.code, 'git/ref-invalid');
      assert.match(failure.message, /HEAD/);
      const line = /echo "(.+)" > \.git\/HEAD/.exec(failure.hint ?? '')?.[1];
      writeFileSync(head, `${line}\n`);
      assert.equal(git(temp.at('main'), ['symbolic-ref', 'HEAD']), 'refs/heads/main');
      await openRepository(temp.at('main'));
    }
    // Not git's: a folder of anything else that happens to have these names.
    for (const name of ['objects', 'refs']) mkdirSync(temp.at('main', 'other', name), { recursive: true });
    writeFileSync(temp.at('main', 'other', 'HEAD'), 'a poem');
    assert.equal((await openRepository(temp.at('main', 'other'))).workTree, temp.at('main'));
  });
});

describe('initRepository', () => {
  const temp = useTempDir();

  it('makes what git accepts as its own', async () => {
    const repository = await initRepository(temp.at('new', 'deep'), 'trunk');
    assert.equal(repository.workTree, temp.at('new', 'deep'));
    assert.equal(git(temp.at('new', 'deep'), ['symbolic-ref', 'HEAD']), 'refs/heads/trunk');
    assert.equal(git(temp.at('new', 'deep'), ['status', '--porcelain']), '');
    git(temp.at('new', 'deep'), ['fsck', '--strict']);
    git(temp.at('new', 'deep'), ['commit', '-q', '--allow-empty', '-m', 'x']);
    git(temp.path, ['init', '-q', 'theirs']);
    const config = (dir: string): string => git(temp.at(dir), ['config', '--local', '--list']);
    assert.equal(config('new/deep'), config('theirs'));
  });

  it('finishes what a crash left and leaves a repository as it is', async () => {
    await initRepository(temp.at('r'), 'main');
    rmSync(temp.at('r', '.git', 'HEAD'));
    rmSync(temp.at('r', '.git', 'refs', 'tags'), { recursive: true });
    await throwsCode(() => openRepository(temp.at('r')), 'git/not-a-repository');
    await initRepository(temp.at('r'), 'main');
    git(temp.at('r'), ['commit', '-q', '--allow-empty', '-m', 'x']);
    git(temp.at('r'), ['config', 'user.name', 'kept']);
    const head = readFileSync(temp.at('r', '.git', 'HEAD'), 'utf8');
    const again = await initRepository(temp.at('r'), 'other');
    assert.equal(again.config.get('user.name'), 'kept');
    assert.equal(readFileSync(temp.at('r', '.git', 'HEAD'), 'utf8'), head);
  });

  it('refuses what is no branch name', async () => {
    for (const name of ['', '-x', 'a..b', 'HEAD', 'x.lock']) {
      await throwsCode(() => initRepository(temp.at('r'), name), 'usage/name');
    }
  });
});
