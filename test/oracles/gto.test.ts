/**
 * The real GTO reads our tags and agrees: same versions, same stages, same history, over random histories with rollbacks,
 * re-assignments and withdrawals. AT1_GTO names the program; without it there is nothing to ask.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { scaled } from '../scale.js';

const GTO = process.env.AT1_GTO;

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('register' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('promote' as const),
      version: fc.nat(9),
      stage: fc.constantFrom('development', 'staging', 'production', 'archived'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('rollback' as const), stage: fc.constantFrom('staging', 'production') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('yank' as const, 'restore' as const, 'revoke' as const, 'deprecate' as const),
      version: fc.nat(9),
    }),
  },
);

interface Shown {
  readonly version: string | null;
  readonly stage: Readonly<Record<string, string | null>>;
}

function gto<T>(dir: string, ...args: string[]): T {
  const done = spawnSync(GTO ?? '', args, { cwd: dir, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  assert.equal(done.status, 0, `gto ${args.join(' ')}: ${done.stderr}`);
  return JSON.parse(done.stdout) as T;
}

describe('the real gto', () => {
  const temp = useTempDir('test');

  before(function () {
    if (GTO === undefined) this.skip();
  });

  it('agrees with us on versions, stages and history', async function () {
    this.timeout(scaled(180_000));
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 24 }), async (steps) => {
        const clone = await initRegistry(temp.at(`r${count++}`), makePerson(temp.at('home'), 'ana'));
        let made = 0;
        for (const one of [{ kind: 'register' as const }, ...steps]) {
          if (one.kind === 'register') await clone.register(`model/m@1.${made++}.0`);
          else await clone.at1(commandOf(one, made));
        }
        await agrees(clone);
      }),
      { numRuns: 3 },
    );
  });
});

function commandOf(one: Exclude<StepOf, { kind: 'register' }>, made: number): string[] {
  if (one.kind === 'rollback') return ['rollback', 'model/m', one.stage];
  const ref = `model/m@1.${one.version % made}.0`;
  if (one.kind === 'promote') return ['promote', ref, one.stage];
  return one.kind === 'restore' ? ['yank', '--undo', ref] : [one.kind, ref];
}

type StepOf = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What did not work was refused by us, and then nothing of it is in the tags. */
async function agrees(clone: Clone): Promise<void> {
  const listed = await clone.at1(['list', '--json']);
  const { artifacts } = listed.json as {
    artifacts: { versions: { version: string; stage: string | null; withdrawn: { state: string } | null }[] }[];
  };
  const versions = artifacts[0]?.versions ?? [];
  const history = gto<{ event: string; version: string; stage: string | null; ref: string }[]>(
    clone.dir,
    'history',
    '--json',
  );
  const tags = clone.git('tag', '--list').split('\n');
  assert.deepEqual(history.map(({ ref }) => ref).sort(), tags.sort());
  const shown = gto<Record<string, Shown>>(clone.dir, 'show', '--json')['model/m'];
  const out = versions.filter(({ withdrawn }) => withdrawn?.state === 'yanked' || withdrawn?.state === 'revoked');
  for (const [stage, holder] of Object.entries(shown?.stage ?? {})) {
    if (holder === null) continue;
    const ours = await clone.at1(['show', `model/m:${stage}`, '--json']);
    const said = (ours.json as { version?: string }).version;
    const about = `${stage}: ${clone.git('tag', '--list', '--sort=taggerdate')}`;
    // GTO forgets the stages of what was yanked; to us it stays where it is, and that is told. GTO then names another one there.
    if (out.some(({ version }) => version === said)) {
      assert.ok(
        versions.some((one) => `v${one.version}` === holder && one.stage === stage && !out.includes(one)),
        about,
      );
    } else assert.equal(`v${said}`, holder, about);
  }
  for (const { version, stage } of versions.filter((one) => !out.includes(one))) {
    if (stage === null || stage === 'development') continue;
    assert.ok(stage in (shown?.stage ?? {}), `gto knows ${stage} of ${version}`);
  }
}
