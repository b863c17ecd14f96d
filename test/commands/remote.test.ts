/** at1 tag, status, push, pull: against real bare repositories, in text and JSON; tags are checked with git. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { checkOutput } from '../helpers/check-output.js';
import { git, runGit } from '../helpers/git.js';
import { addRemote, type Clone, cloneFrom, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';

interface StatusJson {
  readonly branch: string;
  readonly checkedOut: string | null;
  readonly remote: { readonly ref: string | null; readonly state: string };
  readonly missingTags: number;
  readonly wrong: readonly string[];
  readonly findings: readonly { readonly code: string; readonly subject: string }[];
}

const dir = useTempDir();
let ana: Clone;

beforeEach(async () => {
  ana = await initRegistry(dir.at('ana registry'), makePerson(dir.at('home-ana'), 'ana'));
});

async function json(clone: Clone, command: string): Promise<unknown> {
  const result = await clone.at1([command, '--json']);
  assert.equal(result.code, 0, result.stdout);
  checkOutput(command, result.json);
  return result.json;
}

async function fails(clone: Clone, command: string, exit: number, code: string): Promise<string> {
  const asJson = await clone.at1([command, '--json']);
  assert.equal(asJson.code, exit, asJson.stdout);
  checkOutput('error', asJson.json);
  const text = await clone.at1([command]);
  assert.equal(text.code, exit);
  assert.ok(text.stderr.includes(`[${code}]`), text.stderr);
  return text.stderr;
}

/** The same registry for bo, who is in its policy. */
async function withBo(): Promise<Clone> {
  const bo = makePerson(dir.at('home-bo'), 'bo');
  const { public: key } = await bo.makeKey();
  assert.equal((await ana.at1(['policy', 'add-principal', 'bo', key])).code, 0);
  addRemote(ana, dir.at('bare.git'));
  assert.equal((await ana.at1(['push'])).code, 0);
  return cloneFrom(dir.at('bare.git'), dir.at('bo clone'), bo);
}

describe('at1 tag', () => {
  it('makes the tags that are missing, signed as git checks them, and only those', async () => {
    await ana.register('model/fraud@1.0.0');
    ana.git('tag', '-d', 'model/fraud@v1.0.0');
    assert.deepEqual(await json(ana, 'tag'), {
      landed: 'refs/heads/main',
      created: [{ name: 'model/fraud@v1.0.0', target: ana.git('rev-parse', 'HEAD') }],
      present: 0,
      forOthers: [],
      waiting: [],
      notGto: [],
    });
    ana.git(
      '-c',
      'gpg.format=ssh',
      '-c',
      'gpg.ssh.allowedSignersFile=.at1/allowed_signers',
      'verify-tag',
      'model/fraud@v1.0.0',
    );
    const again = await ana.at1(['tag']);
    assert.deepEqual([again.code, again.stdout], [0, 'no tag is missing on refs/heads/main (1 there)\n']);
    ana.git('tag', '-d', 'model/fraud@v1.0.0');
    const { stdout } = await ana.at1(['tag']);
    assert.match(stdout, /^new model\/fraud@v1.0.0 on [0-9a-f]{12}\nmade 1 tag on refs\/heads\/main\n$/);
  });

  it('waits for the remote, and says so', async () => {
    addRemote(ana, dir.at('bare.git'));
    await ana.register('model/fraud@1.0.0');
    const { stdout } = await ana.at1(['tag']);
    assert.equal(
      stdout,
      'no tag is missing on refs/remotes/origin/main (0 there)\n' +
        'waiting until pushed: model/fraud@v1.0.0\nnext: at1 push\n',
    );
    checkOutput('tag', (await ana.at1(['tag', '--json'])).json);
    assert.equal(ana.git('tag'), '');
  });

  it('says once that gto does not read names with a dot', async () => {
    await ana.register('model/fraud.v2@1.0.0');
    ana.git('tag', '-d', 'model/fraud.v2@v1.0.0');
    const { code, stderr } = await ana.at1(['tag']);
    assert.equal(code, 0);
    assert.match(stderr, /^names with a dot are not read by gto;[^\n]*\n$/);
  });

  it('needs a key of somebody in the policy only where a tag has to be made', async () => {
    await ana.register('model/fraud@1.0.0');
    const { env } = makePerson(dir.at('home-nobody'), 'nobody');
    assert.equal((await ana.at1(['tag'], { env })).code, 0);
    ana.git('tag', '-d', 'model/fraud@v1.0.0');
    const { code, json: error } = await ana.at1(['tag', '--json'], { env });
    assert.equal(code, 14);
    checkOutput('error', error);
  });
});

describe('at1 status', () => {
  it('goes with a registry from its start to pushed, naming the next command each time', async () => {
    const step = async (state: string, next: string) => {
      const { remote } = (await json(ana, 'status')) as StatusJson;
      assert.equal(remote.state, state);
      const { stdout, code } = await ana.at1(['status']);
      assert.equal(code, 0);
      assert.equal(stdout.trimEnd().split('\n').at(-1), next);
    };
    await step('none', 'next: at1 register PATH');
    await ana.register('model/fraud@1.0.0');
    await step('none', 'nothing to do');
    addRemote(ana, dir.at('bare.git'));
    await step('never-pushed', 'next: at1 push');
    await ana.at1(['push']);
    await step('equal', 'nothing to do');
    await ana.register('model/fraud@1.0.1');
    await step('ahead', 'next: at1 push');
    const { stdout } = await ana.at1(['status']);
    assert.match(
      stdout,
      /^registry [0-9A-Z]{26}, 2 versions\nbranch main at [0-9a-f]{12}, ahead of origin\/main\n1 tag missing\n/,
    );
  });

  it('sees commits on either side', async () => {
    const bo = await withBo();
    await bo.register('model/b@1.0.0');
    await bo.at1(['push']);
    ana.git('fetch', '--quiet');
    assert.equal(((await json(ana, 'status')) as StatusJson).remote.state, 'behind');
    assert.match((await ana.at1(['status'])).stdout, /behind origin\/main\n[\s\S]*next: at1 pull\n$/);
    await ana.register('model/a@1.0.0');
    assert.equal(((await json(ana, 'status')) as StatusJson).remote.state, 'diverged');
    assert.match((await ana.at1(['status'])).stdout, /next: git pull --rebase origin main\n$/);
  });

  it('names working files that are not what is committed', async () => {
    await ana.register('model/fraud@1.0.0');
    writeFileSync(`${ana.dir}/model/fraud/1.0.0.toml`, 'changed\n');
    const { findings } = (await json(ana, 'status')) as StatusJson;
    assert.deepEqual(
      findings.map(({ code, subject }) => [code, subject]),
      [['worktree/differs', 'model/fraud/1.0.0.toml']],
    );
    const { stdout } = await ana.at1(['status']);
    assert.match(stdout, /^error: model\/fraud\/1.0.0.toml: .* \[worktree\/differs\]$/m);
    assert.match(stdout, /next: git checkout -- model\/fraud\/1.0.0.toml\n$/);
  });

  it('names versions that are wrong', async () => {
    await ana.register('model/fraud@1.0.0');
    writeFileSync(`${ana.dir}/model/fraud/1.0.0.toml`, 'changed\n');
    ana.git('commit', '--quiet', '-am', 'tamper');
    const { wrong } = (await json(ana, 'status')) as StatusJson;
    assert.deepEqual(wrong, ['model/fraud@1.0.0']);
    assert.match(
      (await ana.at1(['status'])).stdout,
      /^wrong: model\/fraud@1.0.0\n[\s\S]*next: at1 verify tells what is wrong\n$/m,
    );
  });

  it('says where the checked-out branch is not the registry branch', async () => {
    ana.git('switch', '--quiet', '-c', 'feature');
    assert.match(
      (await ana.at1(['status'])).stdout,
      /^note: refs\/heads\/feature: this is not the registry branch main/m,
    );
    await json(ana, 'status');
  });

  it('tells of what is checked out, and sends it to a review and not to at1 push', async () => {
    const said = async () => {
      const { stdout } = await ana.at1(['status']);
      const lines = stdout.trimEnd().split('\n');
      return [lines[1]?.replace(/[0-9a-f]{12}/, 'COMMIT'), lines.at(-1)];
    };
    ana.git('switch', '--quiet', '-c', 'feature/one');
    await ana.register('model/fraud@1.0.0');
    assert.deepEqual(await said(), [
      'checked out: feature/one at COMMIT, no remote; the registry branch is main',
      'next: merge it into main, then at1 tag',
    ]);
    addRemote(ana, dir.at('bare.git'));
    assert.deepEqual(await said(), [
      'checked out: feature/one at COMMIT, never pushed to origin/main; the registry branch is main',
      'next: at1 push sends the registry branch main',
    ]);
    await ana.at1(['push']);
    assert.deepEqual(await said(), [
      'checked out: feature/one at COMMIT, ahead of origin/main; the registry branch is main',
      'next: git push -u origin feature/one, then open a pull request',
    ]);
    const { branch, checkedOut } = (await json(ana, 'status')) as StatusJson;
    assert.deepEqual([branch, checkedOut], ['main', 'feature/one']);
    ana.git('checkout', '--quiet', '--detach');
    assert.deepEqual(await said(), [
      'checked out: a detached HEAD at COMMIT, ahead of origin/main; the registry branch is main',
      'next: git switch -c BRANCH && git push -u origin BRANCH, then open a pull request',
    ]);
  });

  it('fails outside of a registry', async () => {
    const { code, json: error } = await ana.at1(['status', '--json'], { cwd: dir.path });
    assert.equal(code, 10);
    checkOutput('error', error);
  });
});

describe('at1 push and pull', () => {
  it('push the branch, then make and push the tags of what has landed', async () => {
    addRemote(ana, dir.at('bare.git'));
    await ana.register('model/fraud@1.0.0');
    const { stdout, code } = await ana.at1(['push']);
    assert.equal(code, 0);
    assert.equal(
      stdout,
      'new refs/heads/main\nnew refs/tags/model/fraud@v1.0.0\npushed main to origin, 1 tag made\n' +
        'next: others get it with: at1 pull\n',
    );
    assert.equal(git(dir.at('bare.git'), ['rev-parse', 'main']), ana.git('rev-parse', 'main'));
    assert.equal(git(dir.at('bare.git'), ['tag']), 'model/fraud@v1.0.0');
    const again = (await json(ana, 'push')) as { refs: unknown };
    assert.deepEqual(again.refs, [{ ref: 'refs/heads/main', status: 'up-to-date' }]);
    assert.match((await ana.at1(['push'])).stdout, /^main is up to date on origin\n/);
  });

  it('say which branch was sent and which is checked out, where these are two', async () => {
    addRemote(ana, dir.at('bare.git'));
    await ana.register('model/fraud@1.0.0');
    ana.git('switch', '--quiet', '-c', 'feature');
    await ana.register('model/fraud@1.1.0');
    const review =
      'not sent: feature, which is checked out\nnext: git push -u origin feature, then open a pull request\n';
    assert.equal(
      (await ana.at1(['push'])).stdout,
      'new refs/heads/main\nnew refs/tags/model/fraud@v1.0.0\npushed the registry branch main to origin, 1 tag made\n' +
        review,
    );
    assert.equal((await ana.at1(['push'])).stdout, `the registry branch main is up to date on origin\n${review}`);
    const { branch, checkedOut } = (await json(ana, 'push')) as { branch: string; checkedOut: string | null };
    assert.deepEqual([branch, checkedOut], ['main', 'feature']);
    ana.git('checkout', '--quiet', '--detach');
    assert.match((await ana.at1(['push'])).stdout, /\nnot sent: a detached HEAD, which is checked out\n/);
  });

  it('name the branch that has to catch up, where another one is checked out', async () => {
    const bo = await withBo();
    await ana.register('model/a@1.0.0');
    await ana.at1(['push']);
    await bo.register('model/b@1.0.0');
    bo.git('switch', '--quiet', '-c', 'feature');
    const feature = bo.git('rev-parse', 'HEAD');
    const text = await fails(bo, 'push', 30, 'remote/outdated');
    assert.match(text, /^error: main on origin has commits that main here has not; feature is checked out /);
    const hint = /hint: get them first: `git (switch main) && git (pull --rebase origin main)`, then push again\n/.exec(
      text,
    );
    for (const line of hint?.slice(1) ?? []) bo.git(...line.split(' '));
    assert.equal((await bo.at1(['push'])).code, 0);
    assert.equal(bo.git('rev-parse', 'feature'), feature, 'nothing was done to the other branch');
  });

  it('bring what others registered, with tags', async () => {
    const bo = await withBo();
    await ana.register('model/fraud@1.0.0');
    await ana.at1(['push']);
    const pulled = (await json(bo, 'pull')) as { state: string; head: string };
    assert.deepEqual(pulled, { remote: 'origin', state: 'fast-forward', head: ana.git('rev-parse', 'HEAD') });
    assert.equal(bo.git('status', '--porcelain'), '');
    assert.equal(bo.git('tag'), 'model/fraud@v1.0.0');
    const again = await bo.at1(['pull']);
    assert.deepEqual([again.code, again.stdout], [0, 'already up to date with origin\nnext: at1 status\n']);
  });

  it('stop where both sides have commits, and name the command that helps', async () => {
    const bo = await withBo();
    await ana.register('model/a@1.0.0');
    await ana.at1(['push']);
    await bo.register('model/b@1.0.0');
    const head = bo.git('rev-parse', 'HEAD');
    assert.match(await fails(bo, 'push', 30, 'remote/outdated'), /hint: .*`git pull --rebase origin main`/);
    const hint = /hint: run: (git pull --rebase origin main)\n/.exec(await fails(bo, 'pull', 30, 'remote/outdated'));
    assert.equal(bo.git('rev-parse', 'HEAD'), head);
    const words = (hint?.[1] ?? '').split(' ').slice(1);
    const rebased = runGit(bo.dir, words);
    assert.equal(rebased.status, 0, rebased.stderr);
    assert.equal((await bo.at1(['push'])).code, 0);
    assert.equal(git(dir.at('bare.git'), ['tag']), 'model/a@v1.0.0\nmodel/b@v1.0.0');
    await ana.at1(['pull']);
    assert.equal(ana.git('rev-parse', 'HEAD'), bo.git('rev-parse', 'HEAD'));
  });

  it('fail with the number for remotes where there is none, or none to be reached', async () => {
    await fails(ana, 'push', 31, 'remote/none');
    await fails(ana, 'pull', 31, 'remote/none');
    addRemote(ana, dir.at('bare.git'));
    rmSync(dir.at('bare.git'), { recursive: true });
    await fails(ana, 'push', 31, 'remote/failed');
    await fails(ana, 'pull', 31, 'remote/failed');
  });

  it('refuse a version whose object is not committed', async () => {
    addRemote(ana, dir.at('bare.git'));
    await ana.register('model/fraud@1.0.0');
    ana.git('rm', '--quiet', '-r', '--cached', 'objects');
    ana.git('commit', '--quiet', '-m', 'lose the objects');
    await fails(ana, 'push', 32, 'object/missing');
    assert.equal(git(dir.at('bare.git'), ['for-each-ref']), '');
  });

  it('does not write over what was changed here', async () => {
    const bo = await withBo();
    await ana.register('model/a@1.0.0');
    await ana.at1(['push']);
    bo.git('checkout', '--quiet', 'main');
    rmSync(`${bo.dir}/model`, { recursive: true, force: true });
    writeFileSync(`${bo.dir}/model`, 'mine');
    await fails(bo, 'pull', 20, 'worktree/differs');
  });
});
