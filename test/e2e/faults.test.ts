import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { getuid } from 'node:process';
import { generateKey, get } from '../../src/index.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';
import { SCALE, scaled } from '../scale.js';
import { type Acknowledged, type Child, type ChildOptions, runAtOnce, startChild } from './children.js';
import { assertFsck, assertVerified, makePerson, type Person, put, treeOf } from './people.js';

const NOBODY = 65_534;

describe('when the machine refuses', () => {
  const dir = useTempDir();
  let ana: Person;
  let registry: string;

  beforeEach(async () => {
    ana = makePerson(dir.path, 'ana');
    registry = dir.at('registry');
    await ana.init(registry);
    await ana.register(registry, { ref: 'model/before@1.0.0', paths: [put(dir.at('before.bin'), 'before')] });
  });

  /** One registration in a process of its own. */
  async function registerInChild(path: string, options: ChildOptions, place = registry): Promise<Acknowledged> {
    const child = startChild(ana, place, 'model/new@1.0.0', path, options);
    await runAtOnce([child]);
    return child.said[0] ?? {};
  }

  const seen = (place = registry) => treeOf(place, { without: ['.git', '.at1/cache', 'objects'] });
  const head = (place = registry) => ana.git(place, 'rev-parse', 'HEAD');

  /** Nothing half done: what was is as it was, and the same command now works. */
  async function assertRetryWorks(path: string, place = registry): Promise<void> {
    assertVerified(await ana.verify(place));
    const done = await ana.register(place, { ref: 'model/new@1.0.0', paths: [path] });
    assert.equal(done.state, 'registered');
    const result = await ana.verify(place);
    assertVerified(result);
    assert.deepEqual([result.checked.manifests, result.checked.tags], [2, 2]);
    assert.equal(ana.git(place, 'status', '--porcelain'), '');
    assertFsck(ana, place);
  }

  it('a registry that may only be read gives files, and refuses registrations without a trace', async () => {
    const path = put(dir.at('new.bin'), 'new');
    const asNobody = getuid?.() === 0;
    const { before, first } = { before: treeOf(dir.path), first: head() };
    // The folders on the way and the keys have to be readable for somebody else.
    chmodSync(dir.path, 0o755);
    const giveKeys = (uid: number) => spawnSync('chown', ['-R', String(uid), join(ana.home, 'config')]);
    if (asNobody) giveKeys(NOBODY);
    else spawnSync('chmod', ['-R', 'a-w', registry]);
    const said = await registerInChild(path, asNobody ? { uid: NOBODY } : {});
    if (!asNobody) spawnSync('chmod', ['-R', 'u+w', registry]);
    assert.equal(said.code, 'io/read-only', JSON.stringify(said));
    assert.ok(said.hint !== undefined && said.message?.includes(registry), JSON.stringify(said));
    assert.deepEqual(treeOf(dir.path), before);
    assert.equal(head(), first);
    if (asNobody) giveKeys(0);
    await assertRetryWorks(path);
  });

  it('a full disk refuses the registration, keeps the registry whole, and with room it works', async () => {
    const path = put(dir.at('new.bin'), randomBytes(3 << 20, 1));
    const before = seen();
    const small = dir.at('small disk');
    mkdirSync(small);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', small]).status === 0;
    try {
      const place = mounted ? join(small, 'registry') : registry;
      if (mounted) cpSync(registry, place, { recursive: true });
      const first = head(place);
      // Without the right to mount: no file above 2 MiB, in blocks of 1024 bytes.
      const limited = ['bash', '-c', 'trap "" XFSZ; ulimit -f 2048; exec "$@"', '-'];
      const said = await registerInChild(path, mounted ? {} : { wrapper: limited }, place);
      assert.equal(said.code, 'io/full', JSON.stringify(said));
      assert.equal(head(place), first);
      assert.deepEqual(seen(place), before);
      assertVerified(await ana.verify(place));
      await get(await ana.open(place), { ref: 'model/before@1.0.0', out: dir.at('got') });
      if (mounted) {
        assert.equal(spawnSync('mount', ['-o', 'remount,size=32m', small]).status, 0);
        await assertRetryWorks(path, place);
      } else await assertRetryWorks(path);
    } finally {
      if (mounted) spawnSync('umount', ['-l', small]);
    }
  });

  it('a disk that fills up at any later step leaves the registry whole too', async function () {
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir.at('home of ana')]).status !== 0) {
      // Only a file system of its own can be filled to the brim; the steps are tried one by one in test/store and test/git.
      this.skip();
    }
    spawnSync('umount', ['-l', dir.at('home of ana')]);
    const disk = dir.at('disk');
    mkdirSync(disk);
    assert.equal(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]).status, 0);
    try {
      const place = join(disk, 'registry');
      cpSync(registry, place, { recursive: true });
      const path = put(dir.at('new.bin'), randomBytes(40_000, 2));
      let refused = 0;
      // From no room at all to enough, one block at a time.
      for (let free = 0; ; free += 4096) {
        const first = head(place);
        fillUp(join(disk, 'ballast'), free);
        const ref = `model/new@1.0.0`;
        const error = await ana.register(place, { ref, paths: [path] }).then(
          () => undefined,
          (reason: { code?: string }) => reason,
        );
        rmSync(join(disk, 'ballast'), { force: true });
        if (error === undefined) break;
        refused++;
        assert.equal(error.code, 'io/full', String(error));
        assert.equal(head(place), first);
        assert.equal(ana.git(place, 'status', '--porcelain', '--', 'model', '.at1'), '');
      }
      assert.ok(refused > 3, `${refused} refusals`);
      const result = await ana.verify(place);
      assertVerified(result);
      assert.equal(result.checked.manifests, 2);
      assertFsck(ana, place);
    } finally {
      spawnSync('umount', ['-l', disk]);
    }
  }).timeout(scaled(60_000));

  it('without a key, with a key nobody knows, and without a registry it says what to do', async () => {
    const path = put(dir.at('new.bin'), 'new');
    const guest = makePerson(dir.path, 'guest');
    const first = head();
    const none = await throwsCode(
      () => guest.register(registry, { ref: 'model/new@1.0.0', paths: [path] }),
      'key/none',
    );
    assert.match(none.hint ?? '', /at1 key/);
    await generateKey({ environment: guest.environment });
    const unknown = await throwsCode(
      () => guest.register(registry, { ref: 'model/new@1.0.0', paths: [path] }),
      'signature/unknown-key',
    );
    assert.match(unknown.hint ?? '', /at1 policy add-principal NAME 'ssh-ed25519 /);
    const nowhere = await throwsCode(() => guest.open(dir.at('home of guest')), 'registry/not-found');
    assert.match(nowhere.hint ?? '', /at1 init/);
    assert.equal(head(), first);
    assert.equal(ana.git(registry, 'status', '--porcelain'), '');
  });

  it(`${SCALE.kills} times kill -9 in the middle: what was acknowledged is there, and the next one works`, async () => {
    const path = put(dir.at('new.bin'), randomBytes(50_000, 3));
    const acknowledged: Acknowledged[] = [];
    let next: Child | undefined;
    const start = (round: number) =>
      startChild(ana, registry, `model/round-${round}@1.0.%`, path, {
        count: 1000,
        onLine: (line) => acknowledged.push(line),
      });
    for (let round = 0; round < SCALE.kills; round++) {
      const child = next ?? start(round);
      // Starting takes longer than registering: the one after this gets ready meanwhile.
      next = start(round + 1);
      await child.ready;
      child.go();
      // Somewhere in the first registration, or a while after the first that was acknowledged.
      if (round % 3 > 0) await child.firstLine;
      await new Promise((resolve) => setTimeout(resolve, (round * 37) % 200));
      child.process.kill('SIGKILL');
      await child.ended;
    }
    next?.process.kill('SIGKILL');
    await next?.ended;
    assert.deepEqual(
      acknowledged.filter(({ code }) => code !== undefined),
      [],
    );
    assert.ok(acknowledged.length > SCALE.kills / 2, `${acknowledged.length} acknowledged`);
    const registered = await ana.register(registry, { ref: 'model/after@1.0.0', paths: [path] });
    assert.equal(registered.state, 'registered');
    const commits = new Set(ana.git(registry, 'rev-list', 'HEAD').split('\n'));
    for (const { ref, commit } of acknowledged) assert.ok(commits.has(commit ?? ''), ref);
    assertFsck(ana, registry);
    const result = await ana.verify(registry);
    assertVerified(result);
    assert.ok(result.checked.manifests >= acknowledged.length + 2);
    // What the dead ones were about to register lies there untracked, or staged whole where death came between index and
    // branch; of what is committed nothing is in doubt, and no removal is staged.
    const changed = ana.git(registry, 'status', '--porcelain').split('\n');
    assert.deepEqual(
      changed.filter((line) => !/^$|^\?\? |^A {2}model\/round-/.test(line)),
      [],
    );
  }).timeout(scaled(90_000));
});

/** Leaves `free` bytes on the file system of `path`, give or take a block. */
function fillUp(path: string, free: number): void {
  spawnSync('sh', ['-c', 'cat /dev/zero > "$0" 2>/dev/null', path]);
  if (free > 0) spawnSync('truncate', ['-s', `-${free}`, path]);
}
