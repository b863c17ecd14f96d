import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pull, push } from '../../src/index.js';
import { assertFsck, assertVerified, makeTeam, type Person, put, type Team } from '../e2e/people.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { SCALE, scaled } from '../scale.js';
import type { Answer } from './client.js';
import { askOnce, type Client, endAll, pause, startClient } from './clients.js';

describe('clients and their remote', () => {
  const dir = useTempDir();
  let team: Team;
  let clients: Client[];

  beforeEach(async () => {
    clients = [];
    team = await makeTeam(dir.path);
  });

  afterEach(() => endAll(clients));

  async function assertAllSound(): Promise<void> {
    const { ana, ben, anas, bens, bare } = team;
    const heads = new Set<string>();
    for (const [person, clone] of [
      [ana, anas],
      [ben, bens],
    ] as const) {
      assertVerified(await person.verify(clone));
      assert.equal(person.git(clone, 'status', '--porcelain', '-uno'), '');
      assertFsck(person, clone);
      heads.add(person.git(clone, 'rev-parse', 'main'));
    }
    heads.add(ana.git(bare, 'rev-parse', 'main'));
    assert.equal(heads.size, 1);
    assertFsck(ana, bare);
  }

  it(`${SCALE.pushes} times two clones push one version at once: one has it, the other is told what to do`, async () => {
    const { ana, ben, anas, bens } = team;
    const sides = [
      { person: ana, clone: anas, client: startClient(ana) },
      { person: ben, clone: bens, client: startClient(ben) },
    ];
    clients.push(...sides.map(({ client }) => client));
    for (let round = 0; round < SCALE.pushes; round++) {
      const ref = `model/same@1.0.${round}`;
      for (const { person, clone, client } of sides) {
        const path = put(dir.at('files', `${person.name}.bin`), `${person.name} in round ${round}`);
        const said = await client.ask(clone, { op: 'register', ref, path });
        assert.equal(said?.state, 'registered', JSON.stringify(said));
      }
      const said = await Promise.all(sides.map(({ clone, client }) => client.ask(clone, { op: 'push' })));
      assert.deepEqual(said.map((answer) => answer?.code ?? 'pushed').sort(), ['pushed', 'remote/outdated']);
      const [winner, loser] = said[0]?.code === undefined ? sides : [...sides].reverse();
      const told = said.find((answer) => answer?.code !== undefined);
      assert.ok(winner !== undefined && loser !== undefined);
      const command = /`(git pull --rebase \S+ \S+)`/.exec(told?.hint ?? '')?.[1];
      assert.ok(command !== undefined, told?.hint);
      // Both have the number, so only one commit can stay.
      assert.notEqual(loser.person.tryGit(loser.clone, ...command.split(' ').slice(1)).status, 0);
      loser.person.git(loser.clone, 'rebase', '--abort');
      for (const operation of [{ op: 'unregister', ref }, { op: 'pull' }, { op: 'push' }] as const) {
        const done = await loser.client.ask(loser.clone, operation);
        assert.equal(done?.code, undefined, JSON.stringify(done));
      }
      await winner.client.ask(winner.clone, { op: 'pull' });
      const got = await Promise.all(sides.map(({ clone, client }) => client.ask(clone, { op: 'get', ref })));
      assert.deepEqual(got[0]?.versions, got[1]?.versions);
    }
    await assertAllSound();
  }).timeout(scaled(60_000));

  /** Follows what at1 says until it works: removes a lock that is named, runs the command again. */
  async function untilDone(person: Person, clone: string, op: 'push' | 'pull'): Promise<number> {
    for (let attempt = 0; attempt < 6; attempt++) {
      const said = await askOnce(person, clone, { op });
      if (said?.code === undefined) return attempt;
      const lock = lockIn(said);
      assert.ok(lock !== undefined, JSON.stringify(said));
      assert.equal(said.code, lock.startsWith(clone) ? 'git/busy' : 'remote/failed', JSON.stringify(said));
      rmSync(lock);
    }
    return assert.fail('it never worked again');
  }

  function lockIn({ facts, message }: Answer): string | undefined {
    return /(?:'|holds )([^':]+\.lock)/.exec(`${message} ${JSON.stringify(facts)}`)?.[1];
  }

  /** A git that tells its number to the hooks of these tests. */
  function watchedGit(): string {
    return put(dir.at('watched-git'), `#!/bin/sh\necho $$ > '${dir.at('pid')}'\nexec git "$@"\n`, 0o755);
  }

  /** Does `action` once: later runs of the hook find nothing to do. */
  function once(action: string): string {
    writeFileSync(dir.at('armed'), '');
    return `#!/bin/sh\n[ -e '${dir.at('armed')}' ] || exit 0\nrm '${dir.at('armed')}'\n${action}\n`;
  }
  const transaction = (state: string, action: string) =>
    once(`[ "$1" = ${state} ] || { touch '${dir.at('armed')}'; exit 0; }\n${action}`);
  const killGit = () => `kill -9 $(cat '${dir.at('pid')}')\nsleep 0.2`;

  describe('where the git that at1 started is killed', () => {
    const PUSHES: Readonly<Record<string, () => readonly [hook: string, script: string]>> = {
      'before anything is sent': () => ['of ana/.git/hooks/pre-push', once(killGit())],
      'before the remote takes it': () => ['shared.git/hooks/pre-receive', once(killGit())],
      'while the remote holds its locks': () => [
        'shared.git/hooks/reference-transaction',
        transaction('prepared', killGit()),
      ],
      'after the remote has it': () => ['shared.git/hooks/post-receive', once(killGit())],
      'with the remote itself, holding its locks': () => [
        'shared.git/hooks/reference-transaction',
        transaction('prepared', 'kill -9 $PPID'),
      ],
    };
    for (const [title, make] of Object.entries(PUSHES)) {
      it(`${title}, a push is reported as failed, and the next one succeeds`, async () => {
        const { ana, anas, ben, bens } = team;
        await ana.register(anas, { ref: 'model/new@1.0.0', paths: [put(dir.at('new.bin'), 'new')] });
        const [hook, script] = make();
        put(dir.at(hook), script, 0o755);
        const said = await askOnce(ana, anas, { op: 'push' }, { git: watchedGit() });
        assert.equal(said?.code, 'remote/failed', JSON.stringify(said));
        assert.ok(!existsSync(dir.at('armed')), 'the hook did not run');
        assertVerified(await ana.verify(anas));
        rmSync(dir.at(hook));
        await untilDone(ana, anas, 'push');
        await pull(await ben.open(bens));
        await assertAllSound();
      });
    }

    const PULLS: Readonly<Record<string, () => void>> = {
      'before the fetched refs are there': () => {
        put(dir.at('of ben/.git/hooks/reference-transaction'), transaction('prepared', killGit()), 0o755);
      },
      'when the fetched refs are there': () => {
        put(dir.at('of ben/.git/hooks/reference-transaction'), transaction('committed', killGit()), 0o755);
      },
      'in the middle of writing files': () => {
        const script = once(`${killGit()}`);
        put(dir.at('smudge'), `${script.replace(' || exit 0', ' || exec cat')}\ncat\n`, 0o755);
        team.ben.git(team.bens, 'config', 'filter.kill.smudge', `'${dir.at('smudge')}'`);
        put(dir.at('of ben/.git/info/attributes'), 'model/**/*.toml filter=kill\n');
      },
      'when all is done': () => {
        put(dir.at('of ben/.git/hooks/post-merge'), once(killGit()), 0o755);
      },
    };
    for (const [title, arm] of Object.entries(PULLS)) {
      it(`${title}, a pull is reported as failed, and the next one succeeds`, async () => {
        const { ana, anas, ben, bens } = team;
        await ana.register(anas, { ref: 'model/new@1.0.0', paths: [put(dir.at('new.bin'), 'new')] });
        await push(await ana.open(anas));
        arm();
        const said = await askOnce(ben, bens, { op: 'pull' }, { git: watchedGit() });
        assert.equal(said?.code, 'remote/failed', JSON.stringify(said));
        assert.ok(!existsSync(dir.at('armed')), 'it was not killed');
        await untilDone(ben, bens, 'pull');
        await assertAllSound();
      });
    }
  });

  it('a git that is stopped is waited for, and nothing else is held up meanwhile', async () => {
    const { ana, anas, ben, bens } = team;
    await ana.register(anas, { ref: 'model/new@1.0.0', paths: [put(dir.at('new.bin'), 'new')] });
    put(dir.at('of ana/.git/hooks/pre-push'), once(`kill -STOP $(cat '${dir.at('pid')}')`), 0o755);
    const client = startClient(ana, { git: watchedGit() });
    clients.push(client);
    const pushing = client.ask(anas, { op: 'push' });
    while (!existsSync(dir.at('pid')) || existsSync(dir.at('armed'))) await pause(5);
    await ana.register(anas, { ref: 'model/more@1.0.0', paths: [dir.at('new.bin')] });
    process.kill(Number(readFileSync(dir.at('pid'), 'utf8')), 'SIGCONT');
    assert.equal((await pushing)?.code, undefined);
    await untilDone(ana, anas, 'push');
    await pull(await ben.open(bens));
    await assertAllSound();
  });

  it(`${SCALE.gitKills} times git is killed at any moment of a push or pull: the next one succeeds`, async () => {
    const { ana, anas, ben, bens } = team;
    const killed = put(
      dir.at('killed-git'),
      '#!/bin/sh\ngit "$@" &\nchild=$!\n(sleep "$KILL_AFTER"; kill -9 $child) >/dev/null 2>&1 &\nwait $child\n',
      0o755,
    );
    let failed = 0;
    for (let round = 0; round < SCALE.gitKills; round++) {
      const path = put(dir.at('new.bin'), `new in round ${round}`);
      await ana.register(anas, { ref: `model/new@1.0.${round}`, paths: [path] });
      const variables = { KILL_AFTER: String(((round * 7) % 60) / 1000) };
      for (const [person, clone, op] of [
        [ana, anas, 'push'],
        [ben, bens, 'pull'],
      ] as const) {
        const said = await askOnce(person, clone, { op }, { git: killed, variables });
        if (said?.code !== undefined) {
          failed++;
          assert.match(said.code, /^(remote\/failed|git\/busy|capability\/missing|remote\/outdated)$/);
        }
        await untilDone(person, clone, op);
      }
    }
    assert.ok(failed > 0, 'git was never killed in time');
    await assertAllSound();
  }).timeout(scaled(60_000));
});
