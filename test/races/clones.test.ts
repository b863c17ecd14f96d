import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { get, pull, push, status, tag, unregister } from '../../src/index.js';
import { assertFsck, assertVerified, makeTeam, type Person, put, type Team } from '../e2e/people.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('two clones of one registry', () => {
  const dir = useTempDir();
  let team: Team;

  beforeEach(async () => {
    team = await makeTeam(dir.path);
  });

  const file = (name: string, content: string) => put(dir.at('files', name), content);
  const pushAs = async (person: Person, clone: string) => push(await person.open(clone));
  const tagsOf = (person: Person, repository: string) =>
    person.git(repository, 'for-each-ref', '--format=%(refname) %(objectname)', 'refs/tags');

  /** The git command of a hint, run as it stands there. */
  function runNamed(person: Person, clone: string, hint: string | undefined): void {
    const command = /(git pull [a-z -]+)/.exec(hint ?? '')?.[1];
    assert.ok(command !== undefined, `no command in: ${hint}`);
    person.git(clone, ...command.split(' ').slice(1));
  }

  async function bothRegister(): Promise<void> {
    const { ana, ben, anas, bens } = team;
    await ana.register(anas, { ref: 'model/anas@1.0.0', paths: [file('a.bin', 'of ana')] });
    await ben.register(bens, { ref: 'model/bens@1.0.0', paths: [file('b.bin', 'of ben')] });
    await ben.register(bens, { ref: 'model/base@1.1.0', paths: [file('c.bin', 'better base')] });
    await pushAs(ana, anas);
  }

  async function assertBothSound(): Promise<void> {
    const { ana, ben, anas, bens, bare } = team;
    assert.equal((await pull(await ana.open(anas))).state, 'fast-forward');
    ana.git(anas, 'fetch', '-q', '--tags');
    for (const [person, clone] of [
      [ana, anas],
      [ben, bens],
    ] as const) {
      const result = await person.verify(clone);
      assertVerified(result);
      // Commits that git made anew in a merge or a rebase are not signed; manifests are.
      const codes = new Set(result.findings.map(({ code }) => code));
      codes.delete('trust/first-use');
      assert.deepEqual([...codes], ['commit/unsigned']);
      assert.equal(result.checked.manifests, 4);
      assert.equal(result.checked.tags, 4);
      assert.equal(person.git(clone, 'status', '--porcelain'), '');
      await get(await person.open(clone), { ref: 'model/anas@1.0.0', out: dir.at(`a of ${person.name}`) });
      await get(await person.open(clone), { ref: 'model/bens@1.0.0', out: dir.at(`b of ${person.name}`) });
      assertFsck(person, clone);
    }
    assertFsck(ana, bare);
    assert.equal(tagsOf(ana, anas), tagsOf(ben, bens));
    assert.equal(tagsOf(ana, anas), tagsOf(ana, bare));
  }

  it('the second push is told the one command that helps, a rebase, and both end verified', async () => {
    const { ana, ben, anas, bens } = team;
    await bothRegister();
    const tags = tagsOf(ana, anas);
    const outdated = await throwsCode(() => pushAs(ben, bens), 'remote/outdated');
    runNamed(ben, bens, outdated.hint);
    const pushed = await pushAs(ben, bens);
    assert.deepEqual(pushed.tags.created.map(({ name }) => name).sort(), ['model/base@v1.1.0', 'model/bens@v1.0.0']);
    assert.ok(tagsOf(ben, bens).includes(tags.split('\n')[0] ?? '?'));
    for (const line of tags.split('\n')) assert.ok(tagsOf(ben, bens).includes(line), line);
    await assertBothSound();
  });

  it('with a merge, by plain git, tags of the first stay where they are and both end verified', async () => {
    const { ana, ben, anas, bens } = team;
    await bothRegister();
    const tags = tagsOf(ana, anas);
    assert.match(ben.tryGit(bens, 'push', '-q').stderr, /rejected/);
    ben.git(bens, 'pull', '-q', '--no-rebase', '--no-edit');
    ben.git(bens, 'push', '-q');
    await tag(await ben.open(bens));
    ben.git(bens, 'push', '-q', '--tags');
    for (const line of tags.split('\n')) assert.ok(tagsOf(ben, bens).includes(line), line);
    await assertBothSound();
  });

  it('at1 pull changes nothing where both sides have commits, and names the same command', async () => {
    const { ben, bens } = team;
    await bothRegister();
    const head = ben.git(bens, 'rev-parse', 'HEAD');
    const diverged = await throwsCode(async () => pull(await ben.open(bens)), 'remote/outdated');
    assert.equal(ben.git(bens, 'rev-parse', 'HEAD'), head);
    assert.equal((await status(await ben.open(bens))).remote.state, 'diverged');
    runNamed(ben, bens, diverged.hint);
    await pushAs(ben, bens);
    await assertBothSound();
  });

  it('at1 pull takes out of git’s way the objects a stopped registration left, and none that differs', async () => {
    const { ana, ben, anas, bens } = team;
    await bothRegister();
    const [object = ''] = ana.git(anas, 'diff', '--name-only', 'HEAD~1', '--', 'objects').split('\n');
    mkdirSync(join(bens, dirname(object)), { recursive: true });
    writeFileSync(join(bens, object), 'other bytes');
    const diverged = await throwsCode(async () => pull(await ben.open(bens)), 'remote/outdated');
    assert.equal(readFileSync(join(bens, object), 'utf8'), 'other bytes');
    copyFileSync(join(anas, object), join(bens, object));
    assert.match(ben.tryGit(bens, 'pull', '-q', '--rebase', 'origin', 'main').stderr, /untracked/);
    await throwsCode(async () => pull(await ben.open(bens)), 'remote/outdated');
    assert.equal(existsSync(join(bens, object)), false);
    runNamed(ben, bens, diverged.hint);
    await pushAs(ben, bens);
    await assertBothSound();
  });

  it('what one takes back takes no object from a version the other has published meanwhile', async () => {
    const { ana, ben, anas, bens } = team;
    for (const version of ['1.0.0', '1.1.0'])
      await ben.register(bens, { ref: `model/bens@${version}`, paths: [file('b.bin', 'the same bytes')] });
    // What holds the object of both stays for the second, in a commit that has nothing else.
    await unregister(await ben.open(bens), { ref: 'model/bens@1.0.0' });
    await ana.register(anas, { ref: 'model/anas@1.0.0', paths: [file('b.bin', 'the same bytes')] });
    await pushAs(ana, anas);
    await unregister(await ben.open(bens), { ref: 'model/bens@1.1.0' });
    await ben.register(bens, { ref: 'model/bens@2.0.0', paths: [file('c.bin', 'better')] });
    ben.git(bens, 'pull', '-q', '--rebase', 'origin', 'main');
    await pushAs(ben, bens);
    for (const clone of [bens, anas]) {
      if (clone === anas) await pull(await ana.open(anas));
      assertVerified(await ben.verify(clone));
    }
  });

  it('a push is refused that would take an object from a version that is published', async () => {
    const { ben, bens } = team;
    await ben.register(bens, { ref: 'model/bens@1.0.0', paths: [file('b.bin', 'some bytes')] });
    await pushAs(ben, bens);
    const [object = ''] = ben.git(bens, 'diff', '--name-only', 'HEAD~1', '--', 'objects').split('\n');
    ben.git(bens, 'rm', '-q', '--', object);
    ben.git(bens, 'commit', '-q', '-m', 'tidy up');
    const refused = await throwsCode(() => pushAs(ben, bens), 'object/missing');
    assert.match(refused.message, /model\/bens@1\.0\.0/);
  });

  it('tags of one version made by both in ignorance of each other do not stop either from publishing', async () => {
    const { ana, ben, anas, bens } = team;
    await ana.register(anas, { ref: 'model/anas@1.0.0', paths: [file('a.bin', 'of ana')] });
    ana.git(anas, 'push', '-q');
    ben.git(bens, 'pull', '-q');
    await tag(await ana.open(anas));
    await pushAs(ben, bens);
    await ana.register(anas, { ref: 'model/more@1.0.0', paths: [file('m.bin', 'more')] });
    const pushed = await pushAs(ana, anas);
    assert.deepEqual(pushed.refs.map(({ ref }) => ref).sort(), ['refs/heads/main', 'refs/tags/model/more@v1.0.0']);
    assertVerified(await ana.verify(anas));
  });

  describe('that register the same version', () => {
    const ref = 'model/same@1.0.0';

    async function bothRegisterSame(anasBytes: string, bensBytes: string): Promise<void> {
      const { ana, ben, anas, bens } = team;
      await ana.register(anas, { ref, paths: [file('same.bin', anasBytes)] });
      await ben.register(bens, { ref, paths: [file('same.bin', bensBytes)] });
      await pushAs(ana, anas);
      await throwsCode(() => pushAs(ben, bens), 'remote/outdated');
    }

    const conflicts = (clone: string) => team.ben.git(clone, 'diff', '--name-only', '--diff-filter=U').split('\n');

    it('with other bytes conflict in git on the manifest; until that is over at1 changes nothing', async () => {
      const { ben, bens } = team;
      await bothRegisterSame('of ana', 'of ben');
      assert.notEqual(ben.tryGit(bens, 'pull', '-q', '--rebase').status, 0);
      assert.deepEqual(conflicts(bens), ['model/same/1.0.0.toml']);
      const busy = await throwsCode(
        () => ben.register(bens, { ref: 'model/other@1.0.0', paths: [file('o.bin', 'o')] }),
        'git/busy',
      );
      assert.match(busy.hint ?? '', /git rebase --abort/);
      const during = await ben.verify(bens);
      assert.deepEqual(
        during.findings.filter(({ severity }) => severity === 'error').map(({ code, subject }) => [code, subject]),
        [['worktree/differs', 'model/same/1.0.0.toml']],
      );
      ben.git(bens, 'rebase', '--skip');
      assertVerified(await ben.verify(bens));
      await get(await ben.open(bens), { ref, out: dir.at('got') });
      assert.equal(readFileSync(dir.at('got'), 'utf8'), 'of ana');
    });

    it('the clean way out is to take one back: unregister, pull, register the next version', async () => {
      const { ben, bens } = team;
      await bothRegisterSame('of ana', 'of ben');
      await unregister(await ben.open(bens), { ref });
      assert.equal((await pull(await ben.open(bens))).state, 'fast-forward');
      await throwsCode(() => ben.register(bens, { ref, paths: [file('same.bin', 'of ben')] }), 'artifact/exists');
      const again = await ben.register(bens, { ref: 'model/same', paths: [file('same.bin', 'of ben')] });
      assert.equal(again.ref, 'model/same@1.0.1');
      await pushAs(ben, bens);
      assertVerified(await ben.verify(bens));
    });

    it('verification is not fooled by a conflict that was resolved in favour of the second', async () => {
      const { ben, bens } = team;
      await bothRegisterSame('of ana', 'of ben');
      ben.tryGit(bens, 'pull', '-q', '--rebase');
      ben.git(bens, 'checkout', '-q', '--theirs', '.');
      ben.git(bens, 'add', '.');
      ben.git(bens, '-c', 'core.editor=true', 'rebase', '--continue');
      const result = await ben.verify(bens);
      assert.equal(result.ok, false);
      assert.ok(result.findings.some(({ code }) => code === 'history/manifest-changed'));
      await throwsCode(async () => get(await ben.open(bens), { ref, out: dir.at('got') }), 'history/manifest-changed');
      // Others are untouched by it.
      await get(await ben.open(bens), { ref: 'model/base@1.0.0', out: dir.at('base') });
    });

    it('nor by one merged in favour of the second', async () => {
      const { ben, bens } = team;
      await bothRegisterSame('of ana', 'of ben');
      ben.tryGit(bens, 'pull', '-q', '--no-rebase', '--no-edit');
      ben.git(bens, 'checkout', '-q', '--ours', '.');
      ben.git(bens, 'add', '.');
      ben.git(bens, 'commit', '-qm', 'mine is better');
      const result = await ben.verify(bens);
      assert.equal(result.ok, false);
      assert.ok(result.findings.some(({ code }) => code === 'history/manifest-changed'));
    });

    it('again with the same bytes after a pull is no change, with others exists', async () => {
      const { ana, ben, anas, bens } = team;
      const first = await ana.register(anas, { ref, paths: [file('same.bin', 'same')] });
      await pushAs(ana, anas);
      await pull(await ben.open(bens));
      const head = ben.git(bens, 'rev-parse', 'HEAD');
      const again = await ben.register(bens, { ref, paths: [file('same.bin', 'same')] });
      assert.deepEqual([again.state, again.commit, again.content], ['unchanged', first.commit, first.content]);
      await throwsCode(() => ben.register(bens, { ref, paths: [file('same.bin', 'other')] }), 'artifact/exists');
      assert.equal(ben.git(bens, 'rev-parse', 'HEAD'), head);
      assert.equal(ben.git(bens, 'status', '--porcelain'), '');
    });
  });
});
