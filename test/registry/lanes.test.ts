import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isStageAction } from '../../src/manifest/check-event.js';
import type { LaneName, PrincipalName } from '../../src/manifest/name.js';
import { type StageMachine, stageMachine, USUAL_STAGES } from '../../src/manifest/stage-machine.js';
import { parseVersion } from '../../src/manifest/version.js';
import {
  type ArtifactLanes,
  formerHolder,
  holderOf,
  isExpired,
  type LaneEvent,
  noEvents,
  stageOf,
  takeEffect,
  whyNot,
} from '../../src/registry/lanes.js';

const lane = (name: string) => name as LaneName;
const [ONE, TWO, THREE] = ['1.0.0', '2.0.0', '3.0.0'].map(parseVersion) as [
  LaneEvent['version'],
  LaneEvent['version'],
  LaneEvent['version'],
];

interface Said {
  readonly from?: string;
  readonly expires?: string;
}

let lanes: ArtifactLanes;
let made: number;

beforeEach(() => {
  lanes = noEvents();
  made = 0;
});

/** An event as an honest writer makes it, from where the version is. */
function eventOf(
  action: LaneEvent['action'],
  at: string,
  version: LaneEvent['version'],
  { from, expires }: Said = {},
  machine: StageMachine = USUAL_STAGES,
): LaneEvent {
  const here = stageOf(lanes, version, machine.initial) ?? machine.initial;
  return {
    path: `event ${++made}`,
    lane: lane(at),
    action,
    version,
    from: isStageAction(action) ? lane(from ?? here) : null,
    expires: expires ?? null,
    actor: 'ana' as PrincipalName,
    created: '2026-03-05T00:00:00Z',
    reason: null,
    displaced: isStageAction(action) ? (machine.stages.get(lane(at))?.displaced ?? null) : null,
  };
}

/** Why it cannot be; where it can, it takes effect. */
function tried(action: LaneEvent['action'], at: string, version = ONE, said: Said = {}): string | undefined {
  const event = eventOf(action, at, version, said);
  const why = whyNot(lanes, event, USUAL_STAGES);
  if (why === undefined) takeEffect(lanes, event);
  return why;
}

/** The same for an event that must be possible: who moved, as `leaves staging 1.0.0`. */
function moved(action: LaneEvent['action'], at: string, version = ONE, said: Said = {}): string[] {
  const event = eventOf(action, at, version, said);
  assert.equal(whyNot(lanes, event, USUAL_STAGES), undefined);
  return takeEffect(lanes, event).map((move) => `${move.kind} ${move.stage} ${move.version}`);
}

const stages = () => [...lanes.stages].map(([version, { stage }]) => `${version} ${stage}`).sort();

describe('a promotion', () => {
  it('goes from stage to stage, along the ways there are', () => {
    assert.deepEqual(moved('promote', 'staging'), ['enters staging 1.0.0']);
    assert.deepEqual(moved('promote', 'production'), ['leaves staging 1.0.0', 'enters production 1.0.0']);
    assert.equal(tried('promote', 'development'), 'no way leads from production to development');
    assert.deepEqual(stages(), ['1.0.0 production']);
    assert.equal(stageOf(lanes, TWO, USUAL_STAGES.initial), 'development');
  });

  it('needs a stage, a version that is there, and one that is not withdrawn', () => {
    assert.equal(tried('promote', 'champion'), 'there is no stage champion');
    assert.equal(
      tried('promote', 'staging', ONE, { from: 'archived' }),
      'version 1.0.0 is in development, not in archived',
    );
    assert.equal(tried('promote', 'development'), 'version 1.0.0 is in development already');
    moved('deprecate', 'lifecycle', ONE);
    moved('promote', 'staging');
    moved('yank', 'lifecycle', ONE);
    assert.equal(tried('promote', 'production'), 'version 1.0.0 is yanked');
    moved('revoke', 'lifecycle', ONE);
    assert.equal(tried('promote', 'staging'), 'version 1.0.0 is revoked');
  });

  it('has no way from a stage that at1.toml names no more', () => {
    moved('promote', 'staging');
    const machine = stageMachine({ draft: { to: ['live'], initial: true }, live: { to: [] } });
    const event = eventOf('promote', 'live', ONE, {}, machine);
    assert.equal(whyNot(lanes, event, machine), 'no way leads from staging to live');
  });

  it('sends the former holder of a unique stage away, and nobody else', () => {
    for (const version of [ONE, TWO, THREE]) moved('promote', 'staging', version);
    moved('promote', 'production', ONE);
    assert.deepEqual(moved('promote', 'production', TWO), [
      'leaves staging 2.0.0',
      'leaves production 1.0.0',
      'enters archived 1.0.0',
      'enters production 2.0.0',
    ]);
    assert.deepEqual(stages(), ['1.0.0 archived', '2.0.0 production', '3.0.0 staging']);
    assert.equal(lanes.stages.get(ONE)?.event, lanes.stages.get(TWO)?.event);
    assert.deepEqual(
      [holderOf(lanes, lane('production'))?.version, formerHolder(lanes, lane('production'))],
      [TWO, ONE],
    );
  });

  it('leaves several in a stage that is not unique, and the last of them holds it', () => {
    for (const version of [ONE, TWO]) moved('promote', 'staging', version);
    assert.equal(holderOf(lanes, lane('staging'))?.version, TWO);
    moved('promote', 'archived', TWO);
    assert.equal(holderOf(lanes, lane('staging'))?.version, ONE);
    assert.equal(holderOf(lanes, lane('production')), undefined);
  });

  it('renews what expires, and nothing else', () => {
    moved('promote', 'staging', ONE, { expires: '2026-04-01T00:00:00Z' });
    assert.deepEqual(moved('promote', 'staging', ONE, { expires: '2026-05-01T00:00:00Z' }), ['enters staging 1.0.0']);
    assert.equal(lanes.stages.get(ONE)?.expires, '2026-05-01T00:00:00Z');
    assert.equal(tried('rollback', 'staging'), 'version 1.0.0 is in staging already');
    moved('promote', 'staging');
    assert.equal(lanes.stages.get(ONE)?.expires, null);
    assert.equal(tried('promote', 'staging'), 'version 1.0.0 is in staging already');
  });

  it('renewed in a unique stage displaces nobody', () => {
    for (const version of [ONE, TWO]) moved('promote', 'staging', version);
    moved('promote', 'production', ONE);
    moved('promote', 'production', TWO, { expires: '2026-04-01T00:00:00Z' });
    assert.deepEqual(moved('promote', 'production', TWO), ['enters production 2.0.0']);
    assert.deepEqual(stages(), ['1.0.0 archived', '2.0.0 production']);
    assert.equal(formerHolder(lanes, lane('production')), ONE);
  });
});

describe('a rollback', () => {
  it('goes to a version that had the stage, over any way', () => {
    for (const version of [ONE, TWO]) moved('promote', 'staging', version);
    for (const version of [ONE, TWO]) moved('promote', 'production', version);
    assert.equal(tried('rollback', 'production', THREE), 'version 3.0.0 never was in production');
    assert.equal(tried('rollback', 'production', TWO), 'version 2.0.0 is in production already');
    assert.equal(tried('rollback', 'nowhere', ONE), 'there is no stage nowhere');
    assert.deepEqual(moved('rollback', 'production', ONE), [
      'leaves archived 1.0.0',
      'leaves production 2.0.0',
      'enters archived 2.0.0',
      'enters production 1.0.0',
    ]);
    assert.equal(formerHolder(lanes, lane('production')), TWO);
    moved('yank', 'lifecycle', TWO);
    assert.equal(formerHolder(lanes, lane('production')), undefined);
    assert.equal(tried('rollback', 'production', TWO), 'version 2.0.0 is yanked');
  });

  it('has nowhere to go where nobody held the stage', () => {
    assert.equal(tried('rollback', 'production'), 'version 1.0.0 never was in production');
    assert.equal(formerHolder(lanes, lane('production')), undefined);
  });
});

describe('an alias', () => {
  it('points at one version, until it is moved or taken away', () => {
    assert.deepEqual(moved('alias', 'champion'), []);
    assert.equal(tried('alias', 'champion'), '1.0.0 has the alias champion already');
    moved('alias', 'champion', TWO);
    assert.equal(holderOf(lanes, lane('champion'))?.version, TWO);
    assert.equal(tried('unalias', 'champion', ONE), '1.0.0 has no alias champion');
    assert.deepEqual(moved('unalias', 'champion', TWO), []);
    assert.equal(holderOf(lanes, lane('champion')), undefined);
    assert.equal(tried('unalias', 'champion', TWO), '2.0.0 has no alias champion');
    assert.deepEqual(stages(), []);
  });

  it('is no stage, and points at nothing that is withdrawn', () => {
    assert.equal(tried('alias', 'staging'), 'staging is a stage, not an alias');
    moved('deprecate', 'lifecycle');
    moved('alias', 'old');
    moved('yank', 'lifecycle');
    assert.equal(tried('alias', 'champion'), 'version 1.0.0 is yanked');
    assert.equal(holderOf(lanes, lane('old'))?.version, ONE);
    moved('revoke', 'lifecycle');
    assert.equal(tried('alias', 'champion'), 'version 1.0.0 is revoked');
    assert.equal(holderOf(lanes, lane('old')), undefined);
  });
});

describe('a stage that was an alias before', () => {
  it('is held by the version that is promoted to it', () => {
    moved('alias', 'live');
    const machine = stageMachine({ draft: { to: ['live'], initial: true }, live: { to: [], unique: true } });
    const event = eventOf('promote', 'live', TWO, {}, machine);
    assert.equal(whyNot(lanes, event, machine), undefined);
    takeEffect(lanes, event);
    assert.equal(holderOf(lanes, lane('live'))?.version, TWO);
  });
});

describe('a withdrawal', () => {
  const state = () => lanes.withdrawn.get(ONE)?.state;

  it('is a deprecation, then a yank, and either is taken back', () => {
    assert.equal(tried('restore', 'lifecycle'), 'version 1.0.0 is not withdrawn');
    moved('deprecate', 'lifecycle');
    assert.equal(tried('deprecate', 'lifecycle'), 'version 1.0.0 is deprecated already');
    moved('restore', 'lifecycle');
    assert.equal(state(), undefined);
    moved('deprecate', 'lifecycle');
    moved('yank', 'lifecycle');
    assert.equal(state(), 'yanked');
    assert.equal(tried('yank', 'lifecycle'), 'version 1.0.0 is yanked already');
    assert.equal(tried('deprecate', 'lifecycle'), 'version 1.0.0 is yanked already');
    moved('restore', 'lifecycle');
    assert.equal(state(), undefined);
  });

  it('leaves a version in its stage, unless it is revoked: then it holds nothing, for ever', () => {
    moved('promote', 'staging');
    moved('alias', 'champion');
    moved('alias', 'other', TWO);
    moved('yank', 'lifecycle');
    assert.deepEqual(stages(), ['1.0.0 staging']);
    assert.deepEqual(moved('revoke', 'lifecycle'), ['leaves staging 1.0.0']);
    assert.deepEqual([stages(), [...lanes.aliases.keys()]], [[], ['other']]);
    assert.equal(stageOf(lanes, ONE, USUAL_STAGES.initial), undefined);
    assert.equal(tried('restore', 'lifecycle'), 'version 1.0.0 is revoked, and that is for ever');
    assert.equal(tried('revoke', 'lifecycle'), 'version 1.0.0 is revoked already');
    assert.equal(tried('yank', 'lifecycle'), 'version 1.0.0 is revoked already');
    assert.equal(tried('deprecate', 'lifecycle'), 'version 1.0.0 is revoked already');
    assert.deepEqual(moved('revoke', 'lifecycle', TWO), []);
  });
});

describe('what expires', () => {
  it('has run out from its end on, and never without one', () => {
    const end = { expires: '2026-04-01T00:00:00Z' };
    assert.deepEqual(
      ['2026-03-31T23:59:59Z', '2026-04-01T00:00:00Z', '2026-04-01T00:00:01Z'].map((now) => isExpired(end, now)),
      [false, true, true],
    );
    assert.equal(isExpired({ expires: null }, '9999-12-31T23:59:59Z'), false);
  });
});

const MACHINES = [
  USUAL_STAGES,
  stageMachine({
    draft: { to: ['live', 'beta'], initial: true },
    beta: { to: ['live', 'draft'], unique: true },
    live: { to: ['draft'], unique: true, displaced: 'spare' },
    spare: { to: ['live'] },
  }),
];

const anyAction = fc.constantFrom(
  ...([
    'promote',
    'promote',
    'promote',
    'rollback',
    'alias',
    'unalias',
    'deprecate',
    'yank',
    'revoke',
    'restore',
  ] as const),
);
const anyTry = fc.record({
  action: anyAction,
  stage: fc.nat({ max: 3 }),
  version: fc.constantFrom(ONE, TWO, THREE),
  expires: fc.constantFrom(undefined, '2026-04-01T00:00:00Z'),
});

describe('any sequence of events that may take effect', () => {
  for (const [number, machine] of MACHINES.entries()) {
    it(`leaves each version in one stage, and unique stages with one holder (machine ${number + 1})`, () => {
      const names = [...machine.stages.keys()];
      fc.assert(
        fc.property(fc.array(anyTry, { maxLength: 40 }), (tries) => {
          lanes = noEvents();
          // What a reader of the tags alone knows: who entered and did not leave.
          const tagged = new Set<string>();
          for (const { action, stage, version, expires } of tries) {
            const at = isStageAction(action) ? (names[stage] as string) : `alias-${stage}`;
            const event = eventOf(action, at, version, expires === undefined ? {} : { expires }, machine);
            if (whyNot(lanes, event, machine) !== undefined) continue;
            for (const move of takeEffect(lanes, event)) {
              const place = `${move.version} ${move.stage}`;
              if (move.kind === 'enters') tagged.add(place);
              else assert.ok(tagged.delete(place), `${place} was left and never entered`);
            }
          }
          assert.deepEqual([...tagged].sort(), stages());
          for (const { name, unique } of machine.stages.values()) {
            const holders = [...lanes.stages].filter(([, placed]) => placed.stage === name);
            if (unique) assert.ok(holders.length <= 1, `${holders.length} versions hold ${name}`);
            const holder = holderOf(lanes, name)?.version;
            assert.equal(holder !== undefined, holders.length > 0);
            assert.ok(holder === undefined || holders.some(([version]) => version === holder));
            assert.ok(holder === undefined || formerHolder(lanes, name) !== holder);
          }
          for (const [version, { state }] of lanes.withdrawn) {
            if (state !== 'revoked') continue;
            assert.equal(lanes.stages.has(version), false);
            assert.ok([...lanes.aliases.values()].every((given) => given.version !== version));
          }
        }),
        { numRuns: 500 },
      );
    });
  }
});
