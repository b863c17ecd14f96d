import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { get } from '../../src/index.js';
import { assertFsck, assertVerified, makePerson, type Person, put } from '../e2e/people.js';
import { useTempDir } from '../helpers/temp-dir.js';
import type { Operation, Trap } from './client.js';
import { type Client, endAll, startClient } from './clients.js';

type Place = Pick<Trap, 'call' | 'path' | 'when'>;
type Rows = readonly (readonly [title: string, place: Place])[];

/** Every lock of a registration while it is held, and both sides of every step by which something becomes visible. */
const REGISTER: Rows = [
  ['holding at1.lock', { call: 'link', path: '/at1.lock', when: 'after' }],
  ['with its manifest in the work tree', { call: 'rename', path: '/held/1.0.0.toml', when: 'after' }],
  ['holding index.lock', { call: 'link', path: '/index.lock', when: 'after' }],
  ['holding HEAD.lock', { call: 'link', path: '/HEAD.lock', when: 'after' }],
  ['holding the lock of the branch', { call: 'link', path: '/refs/heads/main.lock', when: 'after' }],
  ['with the index replaced', { call: 'rename', path: '/.git/index', when: 'after' }],
  ['with the branch moved', { call: 'rename', path: '/refs/heads/main', when: 'after' }],
  ['holding the lock of its tag', { call: 'link', path: '/model/held@v1.0.0.lock', when: 'after' }],
  ['about to give at1.lock back', { call: 'unlink', path: '/at1.lock', when: 'before' }],
];
/** From here on the version is there, and a lock that is taken away changes nothing. */
const DONE = ['with the branch moved', 'holding the lock of its tag', 'about to give at1.lock back'];
const UNREGISTER: Rows = [
  ['holding packed-refs.lock', { call: 'link', path: '/packed-refs.lock', when: 'after' }],
  ['with packed-refs replaced', { call: 'rename', path: '/packed-refs', when: 'after' }],
  ['holding the lock of the branch', { call: 'link', path: '/refs/heads/main.lock', when: 'after' }],
  ['with the branch moved', { call: 'rename', path: '/refs/heads/main', when: 'after' }],
];

describe('a process that holds a lock', () => {
  const dir = useTempDir('suite');
  let ana: Person;
  let template: string;
  let registry: string;
  let held: string;
  let other: string;
  let running: Client[];

  before(async () => {
    ana = makePerson(dir.path, 'ana');
    template = dir.at('template');
    await ana.init(template);
    ana.git(template, 'config', 'gc.auto', '0');
    held = put(dir.at('held.bin'), 'held');
    other = put(dir.at('other.bin'), 'other');
    await ana.register(template, { ref: 'model/here@1.0.0', paths: [put(dir.at('here.bin'), 'here')] });
    ana.git(template, 'pack-refs', '--all');
  });

  beforeEach(() => {
    running = [];
    registry = dir.at('registry');
    cpSync(template, registry, { recursive: true, preserveTimestamps: true });
    ana.git(registry, 'update-index', '-q', '--refresh');
  });

  afterEach(async () => {
    await endAll(running);
    rmSync(registry, { recursive: true });
  });

  /** One that does the operation up to that place, and is dead or frozen there. */
  async function heldAt(place: Place, operation: Operation, signal: Trap['signal']) {
    const client = startClient(ana, { trap: { ...place, signal } });
    running.push(client);
    const answer = client.ask(registry, operation);
    await Promise.race([client.trapped, answer.then((said) => assert.fail(`not trapped: ${JSON.stringify(said)}`))]);
    return { client, answer };
  }
  const registration: Operation = { op: 'register', ref: 'model/held@1.0.0', path: '' };
  const ofHeld = (): Operation => ({ ...registration, path: held });

  const versions = () =>
    ana
      .git(registry, 'ls-tree', '-r', '--name-only', 'HEAD', 'model')
      .split('\n')
      .filter((path) => path.endsWith('.toml'));

  /** Nothing is in doubt, nothing is in the way, and git's next commit takes nothing back. */
  async function assertWhole(expected: readonly string[]): Promise<void> {
    put(join(registry, 'notes.txt'), `after ${expected.length}`);
    ana.git(registry, 'add', 'notes.txt');
    ana.git(registry, 'commit', '-q', '-m', 'notes');
    assert.deepEqual(versions(), [...expected].sort());
    const result = await ana.verify(registry);
    assertVerified(result);
    assert.equal(result.checked.manifests, expected.length);
    assert.equal(result.checked.tags, expected.length);
    const status = ana.git(registry, 'status', '--porcelain', '--untracked-files=all').split('\n');
    assert.deepEqual(
      // Objects nobody names, and what a killed process was about to write: `at1 doctor` tidies it.
      status.filter((line) => !/^$|^\?\? (objects\/..\/[0-9a-f]{64}\.at1|.*\/\.at1-tmp-[0-9a-z-]+)$/.test(line)),
      [],
    );
    assertFsck(ana, registry);
    for (const lock of ['at1.lock', 'index.lock', 'HEAD.lock', 'refs/heads/main.lock', 'packed-refs.lock']) {
      assert.ok(!existsSync(join(registry, '.git', lock)), lock);
    }
  }
  const [HERE, HELD, OTHER] = ['here', 'held', 'other'].map((name) => `model/${name}/1.0.0.toml`) as [
    string,
    string,
    string,
  ];

  describe('killed while it registers', () => {
    for (const [title, place] of REGISTER) {
      it(`${title}: the next ones are not held up, and nothing is lost`, async () => {
        const { client } = await heldAt(place, ofHeld(), 'SIGKILL');
        await client.ended;
        assert.equal((await ana.register(registry, { ref: 'model/other@1.0.0', paths: [other] })).state, 'registered');
        const again = await ana.register(registry, { ref: 'model/held@1.0.0', paths: [held] });
        assert.match(again.state, /^(registered|unchanged)$/);
        await assertWhole([HELD, HERE, OTHER]);
      });
    }
  });

  describe('killed while it unregisters', () => {
    for (const [title, place] of UNREGISTER) {
      it(`${title}: the next ones are not held up, and nothing is lost`, async () => {
        const { client } = await heldAt(place, { op: 'unregister', ref: 'model/here@1.0.0' }, 'SIGKILL');
        await client.ended;
        await ana.register(registry, { ref: 'model/other@1.0.0', paths: [other] });
        const gone = !versions().includes(HERE);
        if (gone) await ana.register(registry, { ref: 'model/here@1.0.0', paths: [dir.at('here.bin')] });
        await assertWhole([HERE, OTHER]);
      });
    }
  });

  describe('frozen while it registers', () => {
    for (const [title, place] of REGISTER) {
      it(`${title}: git and at1 wait or are refused, and once it goes on all finish`, async () => {
        const { client, answer } = await heldAt(place, ofHeld(), 'SIGSTOP');
        put(join(registry, 'mine.txt'), 'mine');
        const ours = ana.tryGit(registry, 'add', 'mine.txt').status === 0;
        const committed = ours && ana.tryGit(registry, 'commit', '-q', '-m', 'mine').status === 0;
        const waiting = ana.register(registry, { ref: 'model/other@1.0.0', paths: [other] });
        const first = await Promise.race([waiting, new Promise((resolve) => setTimeout(resolve, 300, 'waits'))]);
        assert.equal(first, 'waits');
        await client.signal('SIGCONT');
        assert.equal((await answer)?.state, 'registered');
        assert.equal((await waiting).state, 'registered');
        if (committed) assert.ok(ana.git(registry, 'log', '--format=%s').split('\n').includes('mine'));
        else if (!ours) rmSync(join(registry, 'mine.txt'));
        await assertWhole([HELD, HERE, OTHER]);
      });

      if (DONE.includes(title)) continue;
      it(`${title}, and a person removes the locks that are named: who came first stays`, async () => {
        const { client, answer } = await heldAt(place, ofHeld(), 'SIGSTOP');
        rmSync(join(registry, '.git', 'at1.lock'), { force: true });
        // The same version with other bytes: both cannot have it.
        let done: string | undefined;
        for (let attempt = 0; attempt < 4 && done === undefined; attempt++) {
          done = await ana.register(registry, { ref: 'model/held@1.0.0', paths: [other] }).then(
            ({ state }) => state,
            (error: { code: string; facts: { path?: string } }) => {
              if (error.code !== 'git/busy') return error.code;
              assert.ok(error.facts.path !== undefined, String(error));
              rmSync(error.facts.path);
              return undefined;
            },
          );
        }
        await client.signal('SIGCONT');
        const late = await answer;
        const outcomes = [done, late?.state ?? late?.code];
        assert.equal(outcomes.filter((outcome) => outcome === 'registered').length, 1, JSON.stringify([done, late]));
        const winner = done === 'registered' ? other : held;
        const out = join(registry, '.git', 'got');
        await get(await ana.open(registry), { ref: 'model/held@1.0.0', out });
        assert.deepEqual(readFileSync(out), readFileSync(winner));
        await assertWhole([HELD, HERE]);
      });
    }
  });
});
