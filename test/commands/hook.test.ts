/** at1 hook: real git asks at1 before it commits, pushes and receives; hooks of others are never touched. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type HookResult,
  type JudgePushResult,
  judgePush,
  openRegistry,
  type StagedKeysResult,
  showPolicy,
  verify,
} from '../../src/index.js';
import { at1OnPath } from '../helpers/at1-on-path.js';
import { checkOutput } from '../helpers/check-output.js';
import { type GitResult, git, runGit } from '../helpers/git.js';
import { addRemote, type Clone, cloneFrom, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { demandObjects } from '../helpers/sign-policy.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

const NONE = '0'.repeat(40);

describe('hooks', function () {
  this.timeout(120_000);
  const dir = useTempDir();
  let clone: Clone;
  let here: Terminal;
  let path: string;

  beforeEach(async () => {
    clone = await initRegistry(dir.at('work'), makePerson(dir.at('home'), 'ana'));
    here = terminalOf(clone.person, clone.dir);
    path = at1OnPath(dir.at('bin'));
  });

  const hookFile = (name: string) => join(clone.dir, '.git', 'hooks', name);

  /** git as ana runs it, with at1 on the PATH: nobody's hooks are run otherwise. */
  const tryGit = (cwd: string, ...args: string[]): GitResult =>
    runGit(cwd, args, { env: { ...clone.person.env, PATH: path } });

  describe('`at1 hook install`', () => {
    it('writes both hooks, says so once more, and takes them away', async () => {
      const made = await here.json<HookResult>('hook-files', 'hook install');
      assert.deepEqual(
        made.hooks.map(({ name, state }) => [name, state]),
        [
          ['pre-commit', 'written'],
          ['pre-push', 'written'],
        ],
      );
      assert.ok((statSync(hookFile('pre-push')).mode & 0o100) !== 0);
      assert.match(await here.text('hook install'), /there already: .*pre-commit\nthere already: .*pre-push\n/);
      assert.match(await here.text('hook uninstall'), /removed .*pre-commit\nremoved .*pre-push\n/);
      assert.ok(!existsSync(hookFile('pre-push')));
      assert.match(await here.text('hook uninstall'), /no hook pre-commit\nno hook pre-push\n/);
    });

    it('leaves a hook of somebody else as it is, and one of ours that was changed', async () => {
      mkdirSync(join(clone.dir, '.git', 'hooks'), { recursive: true });
      writeFileSync(hookFile('pre-commit'), '#!/bin/sh\nexit 0\n');
      const { code, stdout } = await here.at1('hook install');
      assert.equal(code, 13);
      assert.match(stdout, /left .*pre-commit as it is.*\n {4}at1 hook pre-commit \|\| exit \$\?\nwrote .*pre-push\n/);
      writeFileSync(hookFile('pre-push'), `${readFileSync(hookFile('pre-push'), 'utf8')}# mine\n`);
      await here.text('hook uninstall');
      assert.equal(readFileSync(hookFile('pre-commit'), 'utf8'), '#!/bin/sh\nexit 0\n');
      assert.match(readFileSync(hookFile('pre-push'), 'utf8'), /# mine\n$/);
      await here.refuses(2, 'usage/invalid', 'hook install --force');
    });

    it('refuses where git takes its hooks from elsewhere', async () => {
      clone.git('config', 'core.hooksPath', dir.at('shared'));
      await here.refuses(16, 'git/unsupported', 'hook install');
      assert.ok(!existsSync(dir.at('shared')));
      clone.git('config', '--unset', 'core.hooksPath');
      // For all repositories of a person, or of the machine: whatever file git is told to read.
      const text = `[core]\n\thooksPath = ${dir.at('shared').replaceAll('\\', '/')}\n`;
      writeFileSync(dir.at('git-config'), text);
      for (const name of ['GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM']) {
        const person = { ...clone.person, env: { ...clone.person.env, [name]: dir.at('git-config') } };
        const env = name === 'GIT_CONFIG_SYSTEM' ? { ...person.env, GIT_CONFIG_NOSYSTEM: '0' } : person.env;
        await terminalOf({ ...person, env }, clone.dir).refuses(16, 'git/unsupported', 'hook install');
      }
      assert.ok(!existsSync(hookFile('pre-push')));
    });

    it('writes hooks that refuse where there is no at1', async () => {
      await here.text('hook install');
      writeFileSync(join(clone.dir, 'note.txt'), 'x\n');
      clone.git('add', 'note.txt');
      const done = runGit(clone.dir, ['commit', '-m', 'x']);
      assert.equal(done.status, 1);
      assert.match(done.stderr, /at1 is not on the PATH/);
    });
  });

  describe('`at1 hook pre-commit`', () => {
    it('lets git commit what is no key, and refuses one, whatever is checked out or in part', async () => {
      await here.text('hook install');
      const key = readFileSync(join(dir.at('home'), 'config', 'keys', 'id_ed25519'), 'utf8');
      writeFileSync(join(clone.dir, 'note.txt'), 'a label, -----BEGIN OPENSSH PRIVATE KEY-----, is no key\n');
      clone.git('add', 'note.txt');
      assert.equal(tryGit(clone.dir, 'commit', '-m', 'x').status, 0);
      writeFileSync(join(clone.dir, 'it is mine'), `a = """\n${key}"""\n`);
      clone.git('add', 'it is mine');
      const done = tryGit(clone.dir, 'commit', '-m', 'x');
      assert.equal(done.status, 1);
      assert.match(done.stderr, /it is mine: a private key is about to be committed \[key\/exposed\]/);
      writeFileSync(join(clone.dir, 'note.txt'), 'other\n');
      // In part: git makes an index of its own for this commit.
      assert.equal(tryGit(clone.dir, 'commit', '-m', 'x', 'note.txt').status, 0);
      assert.equal(tryGit(clone.dir, 'commit', '-m', 'x', '--', 'it is mine').status, 1);
      const found = await here.at1('hook pre-commit --json');
      checkOutput('hook-pre-commit', found.json);
      assert.deepEqual([found.code, (found.json as StagedKeysResult).checked], [21, 1]);
    });

    it('knows keys of PEM and age too, and works before the first commit', async () => {
      git(dir.path, ['init', '--quiet', 'new']);
      const there = terminalOf(clone.person, dir.at('new'));
      writeFileSync(dir.at('new', 'a'), `-----BEGIN RSA PRIVATE KEY-----\n${'A'.repeat(64)}\n`);
      writeFileSync(dir.at('new', 'b'), `AGE-SECRET-KEY-1${'Q'.repeat(58)}\n`);
      writeFileSync(dir.at('new', 'c'), '-----BEGIN PUBLIC KEY-----\nAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n');
      git(dir.at('new'), ['add', '.']);
      const { code, json } = await there.at1('hook pre-commit --json');
      assert.equal(code, 21);
      assert.deepEqual(
        (json as StagedKeysResult).findings.map(({ subject }) => subject),
        ['a', 'b'],
      );
    });
  });

  describe('`at1 hook pre-push`', () => {
    it('lets git push what may land, and nothing else', async () => {
      addRemote(clone, dir.at('origin.git'));
      await here.text('hook install');
      const first = tryGit(clone.dir, 'push', '-u', 'origin', 'main');
      assert.equal(first.status, 0, first.stderr);
      await clone.register('model/base@1.0.0');
      const good = tryGit(clone.dir, 'push', 'origin', 'main', 'HEAD:refs/heads/other');
      assert.equal(good.status, 0, good.stderr);
      writeFileSync(join(clone.dir, 'model/base/1.0.0.toml'), 'nothing\n');
      clone.git('commit', '--quiet', '--no-verify', '-a', '-m', 'x');
      const bad = tryGit(clone.dir, 'push', 'origin', 'main');
      assert.equal(bad.status, 1);
      const said = new TextDecoder().decode(bad.stdout);
      assert.match(said, /at1: refused refs\/heads\/main\n[\s\S]*\[history\/manifest-changed\]/);
      assert.equal(tryGit(clone.dir, 'push', 'origin', 'HEAD:refs/heads/other').status, 0, 'another branch is its own');
      assert.equal(tryGit(clone.dir, 'push', 'origin', ':main').status, 1);
      clone.git('reset', '--quiet', '--hard', 'HEAD~2');
      assert.equal(tryGit(clone.dir, 'push', '--force', 'origin', 'main').status, 1);
    });

    it('looks as closely at objects as the policy asks, and refuses a setting that asks for less', async () => {
      demandObjects(clone.dir, 'decode');
      await here.text('policy sign');
      const before = clone.git('rev-parse', 'HEAD');
      await clone.register('model/base@1.0.0');
      const lines = `refs/heads/main ${clone.git('rev-parse', 'HEAD')} refs/heads/main ${before}\n`;
      const judged = async () => {
        const { code, json } = await clone.at1(['hook', 'pre-push', '--json'], { stdin: lines });
        const [one] = (json as JudgePushResult).refs;
        return [code, one?.gate?.objects, one?.findings.map((found) => found.code)];
      };
      assert.deepEqual(await judged(), [0, 'decode', []]);
      clone.git('config', 'at1.objects', 'present');
      assert.deepEqual(await judged(), [22, 'present', ['gate/objects-unchecked']]);
    });

    it('reads what git gives it, and refuses anything else', async () => {
      const head = clone.git('rev-parse', 'HEAD');
      const run = (stdin: string) => clone.at1(['hook', 'pre-push', '--json'], { stdin });
      const { code, json } = await run(`refs/heads/x ${head} refs/heads/x ${NONE}\n`);
      checkOutput('hook-push', json);
      assert.deepEqual([code, (json as JudgePushResult).refs[0]?.state], [0, 'ignored']);
      assert.equal((await run('anything\n')).code, 2);
      assert.equal((await run(`refs/heads/x ${head} refs/heads/x HEAD\n`)).code, 2);
      const behind = await run(`refs/heads/main ${head} refs/heads/main ${'1'.repeat(40)}\n`);
      assert.deepEqual(
        [behind.code, (behind.json as JudgePushResult).refs[0]?.findings[0]?.code],
        [30, 'remote/outdated'],
      );
      checkOutput('hook-push', behind.json);
    });
  });

  describe('`at1 hook pre-receive`', () => {
    const bare = () => dir.at('origin.git');

    beforeEach(async () => {
      addRemote(clone, bare());
      const made = await terminalOf(clone.person, bare()).json<HookResult>('hook-files', 'hook install');
      assert.deepEqual([made.hooks[0]?.name, made.hooks[0]?.state], ['pre-receive', 'written']);
    });

    const push = (from: Clone, ...args: string[]) => tryGit(from.dir, 'push', 'origin', ...args);
    const tip = () => git(bare(), ['rev-parse', 'main']);

    it('takes the beginning of a registry, by its pinned root if there is one', async () => {
      git(bare(), ['config', 'at1.root', `sha256:${'1'.repeat(64)}`]);
      const other = push(clone, 'main');
      assert.equal(other.status, 1);
      assert.match(other.stderr, /trust\/root-changed/);
      git(bare(), ['config', 'at1.root', (await showPolicy(await clone.open())).root]);
      const good = push(clone, 'main');
      assert.equal(good.status, 0, good.stderr);
    });

    it('judges what is still in quarantine, and lets in what may land', async () => {
      const first = push(clone, 'main');
      assert.equal(first.status, 0, first.stderr);
      assert.match(first.stderr, /a registry begins here, with the root sha256:/);
      await clone.register('model/base@1.0.0');
      const good = push(clone, 'main', '--tags');
      assert.equal(good.status, 0, good.stderr);
      assert.match(good.stderr, /at1: accepted refs\/heads\/main/);
      assert.equal(tip(), clone.git('rev-parse', 'HEAD'));
    });

    it('refuses a tampered change, and nothing of it stays', async () => {
      await clone.register('model/base@1.0.0');
      assert.equal(push(clone, 'main').status, 0);
      const before = tip();
      const eve = cloneFrom(bare(), dir.at('eve'), makePerson(dir.at('home-eve'), 'eve'));
      writeFileSync(join(eve.dir, 'model/base/1.0.0.toml'), 'nothing\n');
      eve.git('commit', '--quiet', '-a', '-m', '\u001b[2Jcleared');
      const bad = push(eve, 'main', 'HEAD:refs/heads/other');
      assert.equal(bad.status, 1);
      assert.match(bad.stderr, /remote: at1: refused refs\/heads\/main/);
      assert.match(bad.stderr, /history\/manifest-changed/);
      assert.equal(tip(), before);
      assert.equal(runGit(bare(), ['cat-file', '-e', eve.git('rev-parse', 'HEAD')]).status === 0, false);
      const alone = push(eve, 'HEAD:refs/heads/other');
      assert.equal(alone.status, 0, alone.stderr);
    });

    it('refuses to delete the branch, or to move it back', async () => {
      await clone.register('model/base@1.0.0');
      assert.equal(push(clone, 'main').status, 0);
      git(bare(), ['config', 'receive.denyDeleteCurrent', 'ignore']);
      const gone = push(clone, ':main');
      assert.equal(gone.status, 1);
      assert.match(gone.stderr, /would be deleted.*\[history\/rewound\]/);
      clone.git('reset', '--quiet', '--hard', 'HEAD~1');
      const back = push(clone, '--force', 'main');
      assert.equal(back.status, 1);
      assert.match(back.stderr, /gate\/outdated/);
    });

    it('refuses a merge that would tell the history of the branch in another order', async () => {
      assert.equal(push(clone, 'main').status, 0);
      const beginning = tip();
      await clone.register('model/base@1.0.0');
      assert.equal(push(clone, 'main').status, 0);
      const before = tip();
      clone.git('reset', '--quiet', '--hard', beginning);
      writeFileSync(join(clone.dir, 'notes.txt'), 'mine\n');
      clone.git('add', 'notes.txt');
      clone.git('commit', '--quiet', '-m', 'notes');
      clone.git('merge', '--quiet', '--no-edit', before);
      const turned = push(clone, 'main');
      assert.equal(turned.status, 1);
      assert.match(turned.stderr, /into another history.*\[gate\/outdated\]/);
      assert.match(turned.stderr, /git pull --rebase/);
      assert.equal(tip(), before);
      clone.git('rebase', '--quiet', before);
      const rebased = push(clone, 'main');
      assert.equal(rebased.status, 0, rebased.stderr);
    });

    it('refuses everything for the branch while the pinned root is another', async () => {
      assert.equal(push(clone, 'main').status, 0);
      git(bare(), ['config', 'at1.root', `sha256:${'1'.repeat(64)}`]);
      await clone.register('model/base@1.0.0');
      assert.match(push(clone, 'main').stderr, /trust\/root-changed/);
      git(bare(), ['config', 'at1.root', 'nonsense']);
      assert.equal(push(clone, 'main').status, 1);
    });

    it('takes the name of a commit for that commit, though somebody gave it to a branch', async () => {
      await clone.register('model/base@1.0.0');
      assert.equal(push(clone, 'main').status, 0);
      const before = tip();
      writeFileSync(join(clone.dir, 'model/base/1.0.0.toml'), 'nothing\n');
      clone.git('commit', '--quiet', '-a', '-m', 'x');
      git(bare(), ['fetch', '--quiet', clone.dir, `HEAD:refs/heads/${before}`, `HEAD:refs/tags/${before}`]);
      const bad = push(clone, 'main');
      assert.equal(bad.status, 1);
      assert.match(bad.stderr, /history\/manifest-changed/);
    });

    it('guards a branch that HEAD of the server does not name', async () => {
      git(bare(), ['symbolic-ref', 'HEAD', 'refs/heads/elsewhere']);
      assert.equal(push(clone, 'main').status, 0);
      writeFileSync(join(clone.dir, 'at1.toml'), 'no\n');
      clone.git('commit', '--quiet', '-a', '-m', 'x');
      assert.equal(push(clone, 'main').status, 1);
    });

    it('guards the branch by every name that leads to it', async () => {
      assert.equal(push(clone, 'main').status, 0);
      const before = tip();
      git(bare(), ['symbolic-ref', 'refs/heads/master', 'refs/heads/main']);
      git(bare(), ['symbolic-ref', 'refs/other/trunk', 'refs/heads/master']);
      writeFileSync(join(clone.dir, 'at1.toml'), 'no\n');
      clone.git('commit', '--quiet', '-a', '-m', 'x');
      for (const name of ['refs/heads/master', 'refs/other/trunk', 'refs/heads/main']) {
        const bad = push(clone, `HEAD:${name}`);
        assert.equal(bad.status, 1, name);
        assert.match(bad.stderr, /history\/|policy\/denied/);
        assert.equal(tip(), before);
      }
      git(bare(), ['config', 'at1.branch', 'master']);
      assert.match(push(clone, 'HEAD:refs/heads/main').stderr, /at1: refused refs\/heads\/main/);
      // A broken ref is no reason to refuse others.
      git(bare(), ['symbolic-ref', 'refs/heads/loop', 'refs/heads/loop']);
      const other = push(clone, 'HEAD~1:refs/heads/elsewhere');
      assert.equal(other.status, 0, other.stderr);
    });

    it('guards a branch that leads to a ref which is none, and one that is a link of the disk', async () => {
      assert.equal(push(clone, 'main').status, 0);
      const before = tip();
      writeFileSync(join(clone.dir, 'at1.toml'), 'no\n');
      clone.git('commit', '--quiet', '-a', '-m', 'x');
      git(bare(), ['update-ref', 'refs/other/main', before]);
      git(bare(), ['symbolic-ref', 'refs/heads/main', 'refs/other/main']);
      for (const name of ['refs/heads/main', 'refs/other/main']) {
        assert.match(push(clone, `HEAD:${name}`).stderr, /at1: refused refs/, name);
        assert.equal(tip(), before);
      }
      git(bare(), ['symbolic-ref', '--delete', 'refs/heads/main']);
      git(bare(), ['update-ref', 'refs/heads/main', before]);
      // As git with core.preferSymlinkRefs makes it.
      symlinkSync('refs/heads/main', join(bare(), 'refs', 'heads', 'master'));
      const environment = { home: dir.at('home-server'), configDir: dir.at('none'), stateDir: dir.at('server-state') };
      const refs = [{ ref: 'refs/heads/master', before, after: clone.git('rev-parse', 'HEAD') }];
      git(bare(), ['fetch', '--quiet', clone.dir, 'HEAD:refs/other/incoming']);
      const judged = await judgePush({ dir: bare(), refs, received: true, environment });
      assert.equal(judged.refs[0]?.state, 'refused');
    });

    it('takes a folder called at1.toml, empty or not, for no registry', async () => {
      git(dir.path, ['init', '--quiet', '--initial-branch=main', 'mono']);
      const inside = await initRegistry(dir.at('mono', 'registry'), clone.person);
      inside.git('remote', 'add', 'origin', bare());
      assert.equal(push(inside, 'main').status, 0);
      // Nobody sees an empty folder in a list of files, so nobody is asked about it.
      const empty = git(bare(), ['mktree'], { input: '' });
      const top = git(bare(), ['ls-tree', 'main']);
      const tree = git(bare(), ['mktree'], { input: `${top}\n040000 tree ${empty}\tat1.toml\n` });
      const planted = git(bare(), ['commit-tree', '-p', 'main', '-m', 'x', tree]);
      git(bare(), ['update-ref', 'refs/heads/main', planted]);
      inside.git('pull', '--quiet', '--rebase', 'origin', 'main');
      await inside.register('model/base@1.0.0');
      const good = push(inside, 'main');
      assert.equal(good.status, 0, good.stderr);
      assert.match(good.stderr, /at1: accepted refs\/heads\/main/);
      assert.ok((await verify(await openRegistry({ dir: dir.at('mono'), environment: inside.person.environment }))).ok);
    });

    it('lets nobody put another registry above, below or beside the one it guards', async () => {
      git(dir.path, ['init', '--quiet', '--initial-branch=main', 'mono']);
      const inside = await initRegistry(dir.at('mono', 'registry'), clone.person);
      inside.git('remote', 'add', 'origin', bare());
      assert.equal(push(inside, 'main').status, 0);
      const before = tip();
      const eve = cloneFrom(bare(), dir.at('eve'), makePerson(dir.at('home-eve'), 'eve'));
      for (const path of ['at1.toml', 'other/at1.toml', 'registry/docs/at1.toml']) {
        mkdirSync(dirname(join(eve.dir, path)), { recursive: true });
        writeFileSync(join(eve.dir, path), 'format = 1\nbranch = "elsewhere"\n');
        eve.git('add', path);
        eve.git('commit', '--quiet', '-m', 'x');
        const bad = push(eve, 'HEAD:main');
        assert.equal(bad.status, 1, path);
        assert.match(bad.stderr, /changes what steers the registry.*\[policy\/denied\]/);
        assert.equal(tip(), before);
        eve.git('reset', '--quiet', '--hard', before);
      }
      // What another registry says of itself is not for this one to judge.
      const second = await initRegistry(dir.at('mono', 'second'), clone.person);
      assert.equal(push(second, 'main').status, 0);
      git(bare(), ['config', 'at1.registry', 'registry']);
      const path = join(dir.at('mono', 'second'), 'at1.toml');
      writeFileSync(path, `# said anew\n${readFileSync(path, 'utf8')}`);
      second.git('commit', '--quiet', '-a', '-m', 'x');
      const good = push(second, 'main');
      assert.equal(good.status, 0, good.stderr);
      // As a link it is another thing to whoever works there.
      rmSync(path);
      symlinkSync('nowhere', path);
      second.git('commit', '--quiet', '-a', '-m', 'x');
      second.git('config', 'commit.gpgsign', 'false');
      second.git('commit', '--quiet', '--amend', '--no-edit', '--no-gpg-sign');
      assert.match(push(second, 'main').stderr, /second\/at1.toml: .*changes what steers the registry/);
    });

    it('finds the registry in a folder, and asks which of several', async () => {
      git(dir.path, ['init', '--quiet', '--initial-branch=main', 'mono']);
      const inside = await initRegistry(dir.at('mono', 'registry'), clone.person);
      inside.git('remote', 'add', 'origin', bare());
      assert.equal(push(inside, 'main').status, 0);
      await inside.register('model/base@1.0.0');
      assert.equal(push(inside, 'main').status, 0);
      const second = await initRegistry(dir.at('mono', 'second'), clone.person);
      assert.equal(push(second, 'main').status, 0);
      await inside.register('model/base@1.1.0');
      const asked = push(inside, 'main');
      assert.match(asked.stderr, /several folders are registries: registry, second/);
      git(bare(), ['config', 'at1.registry', 'registry']);
      const told = push(inside, 'main');
      assert.equal(told.status, 0, told.stderr);
    });

    it('is not steered by what a client may set, and reads no lines but those of git', async () => {
      const { code } = await clone.at1(['hook', 'pre-receive'], { stdin: 'x y\n', cwd: bare() });
      assert.equal(code, 2);
      const head = clone.git('rev-parse', 'HEAD');
      const here = await clone.at1(['hook', 'pre-receive', '--json'], {
        stdin: `${NONE} ${head} refs/heads/main\n`,
        cwd: bare(),
        env: { GIT_OBJECT_DIRECTORY: join(clone.dir, '.git', 'objects'), GIT_DIR: '.' },
      });
      checkOutput('hook-push', here.json);
      assert.equal(here.code, 0, here.stdout);
      const lent = await clone.at1(['hook', 'pre-receive', '--json'], {
        stdin: `${NONE} ${head} refs/heads/main\n`,
        cwd: bare(),
        env: { GIT_ALTERNATE_OBJECT_DIRECTORIES: `/nowhere:"${join(clone.dir, '.git', 'objects')}"` },
      });
      assert.equal(lent.code, 0, lent.stdout);
    });
  });
});
