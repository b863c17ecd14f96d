import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unregister } from '../../src/index.js';
import { assertFsck, assertVerified, makePerson, type Person, put } from '../e2e/people.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';
import { SCALE, scaled } from '../scale.js';
import type { Answer } from './client.js';
import { type Client, endAll, pause, startClient } from './clients.js';

interface Said {
  readonly args: readonly string[];
  readonly code: number;
  readonly said: string;
}

describe('at1 and git in one working tree at once', () => {
  const dir = useTempDir();
  let ana: Person;
  let registry: string;
  let clients: Client[];

  beforeEach(async () => {
    clients = [];
    ana = makePerson(dir.path, 'ana');
    registry = dir.at('registry');
    await ana.init(registry);
    ana.git(registry, 'config', 'gc.auto', '0');
    put(join(registry, 'kept.txt'), 'kept');
    ana.git(registry, 'add', 'kept.txt');
    ana.git(registry, 'commit', '-q', '-m', 'kept');
  });

  afterEach(() => endAll(clients));

  function git(...args: string[]): Promise<Said> {
    return new Promise((resolve) => {
      execFile('git', args, { cwd: registry, env: { ...ana.variables } }, (error, stdout, stderr) => {
        resolve({ args, code: error === null ? 0 : 1, said: `${stderr}${stdout}` });
      });
    });
  }

  function client(): Client {
    const started = startClient(ana);
    clients.push(started);
    return started;
  }

  const manifests = () =>
    ana
      .git(registry, 'ls-tree', '-r', '--name-only', 'HEAD', 'model')
      .split('\n')
      .filter((path) => path.endsWith('.toml'))
      .sort();

  /** Registers one version after the other; all of them have to get through. */
  async function registerMany(name: string): Promise<string[]> {
    const at1 = client();
    const paths: string[] = [];
    for (let i = 0; i < SCALE.besideGit; i++) {
      const path = put(dir.at('files', `${name}-${i}.bin`), `${name} ${i}`);
      const answer = await at1.ask(registry, { op: 'register', ref: `model/${name}@1.0.${i}`, path });
      assert.equal(answer?.state, 'registered', JSON.stringify(answer));
      paths.push(`model/${name}/1.0.${i}.toml`);
    }
    return paths;
  }

  /** Runs these again and again until `until` is over. */
  async function loop(until: Promise<unknown>, commands: (round: number) => readonly (readonly string[])[]) {
    const said: Said[] = [];
    let over = false;
    until.then(
      () => {
        over = true;
      },
      () => {
        over = true;
      },
    );
    for (let round = 0; !over; round++) {
      for (const command of commands(round)) said.push(await git(...command));
      await pause(1);
    }
    return said;
  }

  function assertGitFared(said: readonly Said[], expected: RegExp): void {
    const refused = said.filter(({ code }) => code !== 0);
    for (const { args, said: words } of refused) assert.match(words, expected, `${args.join(' ')}: ${words}`);
    assert.ok(refused.length < said.length, 'git never got a turn');
  }

  async function assertWhole(expected: readonly string[]): Promise<void> {
    assert.deepEqual(manifests(), [...expected].sort());
    const result = await ana.verify(registry);
    assertVerified(result);
    assert.equal(result.checked.tags, expected.length);
    assert.equal(ana.git(registry, 'status', '--porcelain', '-uno'), '');
    assertFsck(ana, registry);
  }

  it("commits of people and versions: neither takes the other's back", async () => {
    const registered = registerMany('busy');
    const said = await loop(registered, (round) => {
      put(join(registry, `user-${round}.txt`), `${round}`);
      return [
        ['add', `user-${round}.txt`],
        ['commit', '-q', '-m', `user ${round}`],
      ];
    });
    const paths = await registered;
    // Where nothing is left to commit git says how things stand.
    assertGitFared(said, /\.lock|cannot lock ref|nothing to commit|nothing added|^On branch main\n/);
    const subjects = new Set(ana.git(registry, 'log', '--format=%s').split('\n'));
    for (const { args, code } of said) if (args[0] === 'commit' && code === 0) assert.ok(subjects.has(args[3] ?? ''));
    // What git refused to commit is still staged, or not; it is people's own.
    ana.git(registry, 'add', '-A');
    ana.git(registry, 'commit', '-q', '--allow-empty', '-m', 'the rest');
    await assertWhole(paths);
  }).timeout(scaled(60_000));

  it('packing objects and refs: whatever lies where, all is found and nothing is dropped', async () => {
    const registered = registerMany('packed');
    const reading = client();
    const reads: (Answer | undefined)[] = [];
    let over = false;
    const readers = (async () => {
      while (!over) {
        for (const op of ['list', 'verify', 'tag', 'reindex'] as const) reads.push(await reading.ask(registry, { op }));
      }
    })();
    const said = await loop(registered, (round) => [
      ['repack', '-q', '-a', '-d'],
      ['pack-refs', '--all'],
      ...(round % 3 === 0 ? [['gc', '-q']] : []),
    ]);
    over = true;
    await readers;
    assertGitFared(said, /\.lock|gc is already running|cannot lock ref/);
    for (const answer of reads) {
      assert.equal(answer?.code, undefined, JSON.stringify(answer));
      const errors = (answer?.findings ?? []).filter(({ code }) => code !== 'worktree/differs');
      assert.deepEqual(errors, []);
    }
    await assertWhole(await registered);
  }).timeout(scaled(60_000));

  /** Registers while somebody changes a file of theirs and gives these commands, again and again. */
  async function besideChanges(name: string, commands: readonly (readonly string[])[]) {
    const registered = registerMany(name);
    const said = await loop(registered, (round) => {
      put(join(registry, 'kept.txt'), `changed in round ${round}`);
      return commands;
    });
    return { paths: await registered, said };
  }

  it('looking and restoring: work of people and versions both stay', async () => {
    const { paths, said } = await besideChanges('looked', [
      ['status', '--porcelain'],
      ['checkout', '-q', '--', 'kept.txt'],
      ['diff', '--stat'],
    ]);
    assertGitFared(said, /\.lock/);
    ana.git(registry, 'checkout', '-q', 'HEAD', '--', 'kept.txt');
    await assertWhole(paths);
  }).timeout(scaled(60_000));

  it('stashing: what is committed stays, and git brings working files back', async () => {
    const { paths, said } = await besideChanges('stashed', [
      ['stash', 'push', '-q', '--', 'kept.txt'],
      ['stash', 'pop', '-q'],
      ['checkout', '-q', '--', 'kept.txt'],
      ['restore', '--staged', '.'],
    ]);
    // After a push that met a lock the change is still in the tree, and the pop that follows is refused: git keeps the stash.
    // And a stash reads the index before HEAD: beside any commit, git's own too, it may take what was just committed for
    // deleted, and run into that when it is brought back.
    const refused =
      /^$|\.lock|no stash entries|no local changes|could not write index|cannot lock ref|stash entry is kept|needs merge|unmerged/i;
    assertGitFared(said, refused);
    ana.git(registry, 'checkout', '-q', 'HEAD', '--', '.');
    await assertWhole(paths);
  }).timeout(scaled(60_000));

  describe('where git holds a lock', () => {
    for (const lock of ['index', 'HEAD', 'refs/heads/main']) {
      it(`${lock}.lock stops at1 and git alike, and nothing has changed`, async () => {
        const path = put(dir.at('new.bin'), 'new');
        const place = join(registry, '.git', `${lock}.lock`);
        const before = [ana.git(registry, 'rev-parse', 'HEAD'), ana.git(registry, 'ls-files', '-s')];
        writeFileSync(place, '');
        const busy = await throwsCode(
          () => ana.register(registry, { ref: 'model/new@1.0.0', paths: [path] }),
          'git/busy',
        );
        assert.equal(busy.facts.path, place);
        assert.ok(busy.message.includes(place) && busy.hint !== undefined);
        assert.notEqual(ana.tryGit(registry, 'commit', '-q', '--allow-empty', '-m', 'x').status, 0);
        assert.ok(existsSync(place));
        rmSync(place);
        assert.deepEqual([ana.git(registry, 'rev-parse', 'HEAD'), ana.git(registry, 'ls-files', '-s')], before);
        assert.equal(ana.git(registry, 'status', '--porcelain', '--', 'model'), '');
        await ana.register(registry, { ref: 'model/new@1.0.0', paths: [path] });
        await assertWhole(['model/new/1.0.0.toml']);
      });
    }

    it('packed-refs.lock stops neither of them from committing, and at1 from removing tags', async () => {
      const path = put(dir.at('new.bin'), 'new');
      await ana.register(registry, { ref: 'model/new@1.0.0', paths: [path] });
      const place = join(registry, '.git', 'packed-refs.lock');
      writeFileSync(place, '');
      const before = ana.git(registry, 'for-each-ref');
      const busy = await throwsCode(
        async () => unregister(await ana.open(registry), { ref: 'model/new@1.0.0' }),
        'git/busy',
      );
      assert.equal(busy.facts.path, place);
      assert.equal(ana.git(registry, 'for-each-ref'), before);
      ana.git(registry, 'commit', '-q', '--allow-empty', '-m', 'x');
      await ana.register(registry, { ref: 'model/more@1.0.0', paths: [path] });
      rmSync(place);
      await assertWhole(['model/more/1.0.0.toml', 'model/new/1.0.0.toml']);
    });

    it('a commit whose editor is open holds the index: at1 waits, refuses, and works afterwards', async () => {
      const path = put(dir.at('new.bin'), 'new');
      const editor = put(
        dir.at('editor.sh'),
        `#!/bin/sh\ntouch '${dir.at('open')}'\nwhile [ ! -e '${dir.at('close')}' ]; do sleep 0.02; done\necho mine > "$1"\n`,
        0o755,
      );
      put(join(registry, 'kept.txt'), 'more');
      const committing = git('-c', `core.editor='${editor}'`, 'commit', '-q', '-a');
      while (!existsSync(dir.at('open'))) await pause(5);
      const busy = await throwsCode(
        () => ana.register(registry, { ref: 'model/new@1.0.0', paths: [path] }),
        'git/busy',
      );
      assert.equal(busy.facts.path, join(registry, '.git', 'index.lock'));
      writeFileSync(dir.at('close'), '');
      assert.equal((await committing).code, 0);
      await ana.register(registry, { ref: 'model/new@1.0.0', paths: [path] });
      await assertWhole(['model/new/1.0.0.toml']);
    });
  });
});
