import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { At1Error, get, openRegistry, pull, push, unregister } from '../../src/index.js';
import { assertFsck, assertVerified, makeTeam, type Person, put, type Team } from '../e2e/people.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { SCALE, scaled } from '../scale.js';
import { pause } from './clients.js';

describe('clients and their remote', () => {
  const dir = useTempDir('suite');
  let team: Team;
  let number = 0;

  before(async () => {
    team = await makeTeam(dir.path);
  });

  const file = (content: string) => put(dir.at('new.bin'), content);
  /** A version that only one of them has. */
  async function registerNew(): Promise<void> {
    const ref = `model/new@1.0.${number++}`;
    await team.ana.register(team.anas, { ref, paths: [file(ref)] });
  }

  /** What a push or pull comes to, with another program for git. */
  async function attempt(
    { environment }: Person,
    clone: string,
    op: 'push' | 'pull',
    program = 'git',
    variables: Readonly<Record<string, string>> = {},
  ): Promise<At1Error | undefined> {
    const own = { ...environment, git: program, variables: { ...environment.variables, ...variables } };
    try {
      const registry = await openRegistry({ dir: clone, environment: own });
      await (op === 'push' ? push(registry) : pull(registry));
      return undefined;
    } catch (error) {
      if (error instanceof At1Error) return error;
      throw error;
    }
  }

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
      { person: ana, clone: anas },
      { person: ben, clone: bens },
    ];
    for (let round = 0; round < SCALE.pushes; round++) {
      const ref = `model/same@1.0.${round}`;
      for (const { person, clone } of sides) {
        await person.register(clone, { ref, paths: [file(`${person.name} in round ${round}`)] });
      }
      const said = await Promise.all(sides.map(({ person, clone }) => attempt(person, clone, 'push')));
      assert.deepEqual(said.map((refused) => refused?.code ?? 'pushed').sort(), ['pushed', 'remote/outdated']);
      const [winner, loser] = said[0] === undefined ? sides : [...sides].reverse();
      const told = said.find((refused) => refused !== undefined);
      assert.ok(winner !== undefined && loser !== undefined);
      const command = /`(git pull --rebase \S+ \S+)`/.exec(told?.hint ?? '')?.[1];
      assert.ok(command !== undefined, told?.hint);
      // Both have the number, so only one commit can stay.
      assert.notEqual(loser.person.tryGit(loser.clone, ...command.split(' ').slice(1)).status, 0);
      loser.person.git(loser.clone, 'rebase', '--abort');
      await unregister(await loser.person.open(loser.clone), { ref });
      for (const op of ['pull', 'push'] as const) {
        assert.equal(await attempt(loser.person, loser.clone, op), undefined);
      }
      for (const { person, clone } of sides) {
        await get(await person.open(clone), { ref, out: dir.at('got'), force: true });
        assert.equal(readFileSync(dir.at('got'), 'utf8'), `${winner.person.name} in round ${round}`);
      }
    }
    await assertAllSound();
  }).timeout(scaled(60_000));

  /** Follows what at1 says until it works: removes a lock that is named, runs the command again. */
  async function untilDone(person: Person, clone: string, op: 'push' | 'pull'): Promise<void> {
    for (let tries = 0; tries < 6; tries++) {
      const refused = await attempt(person, clone, op);
      if (refused === undefined) return;
      const lock = lockIn(refused);
      assert.ok(lock !== undefined, refused.message);
      assert.equal(refused.code, lock.startsWith(clone) ? 'git/busy' : 'remote/failed');
      rmSync(lock);
    }
    assert.fail('it never worked again');
  }

  function lockIn({ facts, message }: At1Error): string | undefined {
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
        await registerNew();
        const [hook, script] = make();
        put(dir.at(hook), script, 0o755);
        assert.equal((await attempt(ana, anas, 'push', watchedGit()))?.code, 'remote/failed');
        assert.ok(!existsSync(dir.at('armed')), 'the hook did not run');
        assertVerified(await ana.verify(anas));
        rmSync(dir.at(hook));
        await untilDone(ana, anas, 'push');
        await pull(await ben.open(bens));
        await assertAllSound();
      });
    }

    /** Each gives the file by which git is killed. */
    const PULLS: Readonly<Record<string, () => string>> = {
      'before the fetched refs are there': () => {
        return put(dir.at('of ben/.git/hooks/reference-transaction'), transaction('prepared', killGit()), 0o755);
      },
      'when the fetched refs are there': () => {
        return put(dir.at('of ben/.git/hooks/reference-transaction'), transaction('committed', killGit()), 0o755);
      },
      'in the middle of writing files': () => {
        const script = once(`${killGit()}`);
        put(dir.at('smudge'), `${script.replace(' || exit 0', ' || exec cat')}\ncat\n`, 0o755);
        team.ben.git(team.bens, 'config', 'filter.kill.smudge', `'${dir.at('smudge')}'`);
        return put(dir.at('of ben/.git/info/attributes'), 'model/**/*.toml filter=kill\n');
      },
      'when all is done': () => {
        return put(dir.at('of ben/.git/hooks/post-merge'), once(killGit()), 0o755);
      },
    };
    for (const [title, arm] of Object.entries(PULLS)) {
      it(`${title}, a pull is reported as failed, and the next one succeeds`, async () => {
        const { ana, anas, ben, bens } = team;
        await registerNew();
        await push(await ana.open(anas));
        const placed = arm();
        assert.equal((await attempt(ben, bens, 'pull', watchedGit()))?.code, 'remote/failed');
        assert.ok(!existsSync(dir.at('armed')), 'it was not killed');
        rmSync(placed);
        await untilDone(ben, bens, 'pull');
        await assertAllSound();
      });
    }
  });

  it('a git that is stopped is waited for, and nothing else is held up meanwhile', async () => {
    const { ana, anas, ben, bens } = team;
    await registerNew();
    const hook = put(dir.at('of ana/.git/hooks/pre-push'), once(`kill -STOP $(cat '${dir.at('pid')}')`), 0o755);
    const pushing = attempt(ana, anas, 'push', watchedGit());
    while (existsSync(dir.at('armed'))) await pause(5);
    await registerNew();
    process.kill(Number(readFileSync(dir.at('pid'), 'utf8')), 'SIGCONT');
    assert.equal(await pushing, undefined);
    rmSync(hook);
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
      await registerNew();
      const variables = { KILL_AFTER: String(((round * 7) % 60) / 1000) };
      for (const [person, clone, op] of [
        [ana, anas, 'push'],
        [ben, bens, 'pull'],
      ] as const) {
        const refused = await attempt(person, clone, op, killed, variables);
        if (refused !== undefined) {
          failed++;
          assert.match(refused.code, /^(remote\/failed|git\/busy|capability\/missing|remote\/outdated)$/);
        }
        await untilDone(person, clone, op);
      }
    }
    assert.ok(failed > 0, 'git was never killed in time');
    await assertAllSound();
  }).timeout(scaled(60_000));
});
