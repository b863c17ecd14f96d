import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readConfig, writeConfig } from '../../src/manifest/documents.js';
import type { ConfigDocument } from '../../src/manifest/generated/types.js';
import type { LaneName } from '../../src/manifest/name.js';
import { stageMachine, stepsBetween, USUAL_STAGES } from '../../src/manifest/stage-machine.js';
import { throwsCode } from '../helpers/throws-code.js';
import { REGISTRY } from './example.js';

type Stages = NonNullable<ConfigDocument['stages']>;

const lane = (name: string) => name as LaneName;
const ways = (from: string, to: string) => stepsBetween(USUAL_STAGES, lane(from), lane(to));

describe('the stages of a registry', () => {
  it('are the usual four where at1.toml says nothing, and production has one holder', () => {
    assert.equal(USUAL_STAGES.initial, 'development');
    assert.deepEqual(
      [...USUAL_STAGES.stages.values()].map(({ name, to, unique, displaced, expiresDays }) => [
        name,
        to.join(' '),
        unique,
        displaced,
        expiresDays,
      ]),
      [
        ['development', 'staging archived', false, undefined, undefined],
        ['staging', 'development production archived', false, undefined, undefined],
        ['production', 'staging archived', true, 'archived', undefined],
        ['archived', 'development', false, undefined, undefined],
      ],
    );
  });

  it('are those of at1.toml where it has some', () => {
    const { initial, stages } = stageMachine({
      draft: { to: ['live'], initial: true },
      live: { to: ['draft'], unique: true, expires_days: 30 },
    });
    assert.deepEqual([initial, [...stages.keys()]], ['draft', ['draft', 'live']]);
    assert.deepEqual(stages.get(lane('live')), {
      name: 'live',
      to: ['draft'],
      unique: true,
      displaced: 'draft',
      expiresDays: 30,
    });
    assert.deepEqual([...stageMachine({ only: { to: [], initial: true } }).stages.keys()], ['only']);
  });

  it('send who is displaced to archived where there is one, else to the initial stage, or where at1.toml says', () => {
    const displacedFrom = (stages: Stages) => stageMachine(stages).stages.get(lane('live'))?.displaced;
    const base: Stages = { draft: { to: [], initial: true }, live: { to: [], unique: true } };
    assert.equal(displacedFrom(base), 'draft');
    assert.equal(displacedFrom({ ...base, archived: { to: [] } }), 'archived');
    assert.equal(
      displacedFrom({ ...base, archived: { to: [] }, live: { to: [], unique: true, displaced: 'draft' } }),
      'draft',
    );
    assert.equal(displacedFrom({ ...base, live: { to: [], unique: false } }), undefined);
  });

  const start: Stages = { draft: { to: [], initial: true } };
  const wrong: [what: string, stages: Stages][] = [
    ['none that is initial', { draft: { to: [] } }],
    ['one that is said not to be initial', { draft: { to: [], initial: false } }],
    ['two that are initial', { ...start, other: { to: [], initial: true } }],
    ['no stages at all', {}],
    ['a way to a stage that is not there', { draft: { to: ['live'], initial: true } }],
    [
      'a displaced holder who goes to a stage that is not there',
      { ...start, a: { to: [], unique: true, displaced: 'b' } },
    ],
    ['a displaced holder who stays', { ...start, a: { to: [], unique: true, displaced: 'a' } }],
    ['a unique archived whose holder stays', { ...start, archived: { to: [], unique: true, displaced: 'archived' } }],
    ['displaced where many may be', { ...start, a: { to: [], displaced: 'draft' } }],
    ['a unique initial stage, in which every new version would be', { draft: { to: [], initial: true, unique: true } }],
    [
      'a unique initial stage whose holders go elsewhere',
      { draft: { to: [], initial: true, unique: true, displaced: 'a' }, a: { to: [] } },
    ],
    [
      'a displaced holder who goes where one has a place already',
      { ...start, a: { to: [], unique: true, displaced: 'b' }, b: { to: [], unique: true, displaced: 'draft' } },
    ],
    [
      'a unique archived to which the holders of another go untold',
      { ...start, a: { to: [], unique: true }, archived: { to: [], unique: true, displaced: 'draft' } },
    ],
    ['a stage with capitals', { ...start, Live: { to: [] } }],
    ['a stage that is a version', { ...start, '1.0.0': { to: [] } }],
    ['a stage that is called latest', { ...start, latest: { to: [] } }],
    ['a stage that is called as the lane of withdrawals', { ...start, lifecycle: { to: [] } }],
    ['a way to a name of every object', { draft: { to: ['constructor'], initial: true } }],
  ];
  for (const [what, stages] of wrong) {
    it(`are refused with ${what}, when they are read and when they are written`, async () => {
      await throwsCode(() => stageMachine(stages), 'document/schema');
      const config = { format: 1, id: REGISTRY, branch: 'main', storage: 'git', stages } as const;
      await throwsCode(() => writeConfig(config), 'document/schema');
    });
  }

  it('say where in at1.toml they are wrong', async () => {
    const text = `format = 1\nid = "${REGISTRY}"\nbranch = "main"\nstorage = "git"\n\n[stages.draft]\ninitial = true\nto = ["live"]\n`;
    const { facts } = await throwsCode(() => readConfig(new TextEncoder().encode(text)), 'document/schema');
    assert.deepEqual([facts.line, facts.at], [8, '/stages/draft/to']);
  });

  it('are read from at1.toml as they were written', () => {
    const stages: Stages = {
      draft: { to: ['live'], initial: true },
      live: { to: [], unique: true, displaced: 'draft', expires_days: 7 },
    };
    const config = { format: 1, id: REGISTRY, branch: 'main', storage: 'git', stages } as const;
    assert.deepEqual(structuredClone(readConfig(writeConfig(config)).stages), stages);
  });
});

describe('the way between two stages', () => {
  it('is the shortest, without the first and with the last', () => {
    assert.deepEqual(ways('development', 'production'), ['staging', 'production']);
    assert.deepEqual(ways('archived', 'production'), ['development', 'staging', 'production']);
    assert.deepEqual(ways('production', 'archived'), ['archived']);
    assert.deepEqual(ways('staging', 'staging'), []);
  });

  it('is undefined where none leads there', () => {
    const machine = stageMachine({ a: { to: [], initial: true }, b: { to: ['a'] } });
    assert.equal(stepsBetween(machine, lane('a'), lane('b')), undefined);
    assert.equal(stepsBetween(machine, lane('nowhere'), lane('b')), undefined);
  });

  it('goes by steps that the stages allow, and none of it twice', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const anyMachine = fc
      .tuple(...names.map(() => fc.subarray(names)))
      .map((all) => stageMachine(Object.fromEntries(all.map((to, i) => [names[i], { to, initial: i === 0 }]))));
    fc.assert(
      fc.property(anyMachine, fc.constantFrom(...names), fc.constantFrom(...names), (machine, from, to) => {
        const way = stepsBetween(machine, lane(from), lane(to));
        if (way === undefined) return;
        const all = [lane(from), ...way];
        assert.equal(all.at(-1), to);
        assert.equal(new Set(all).size, all.length);
        for (const [i, next] of way.entries()) {
          assert.ok(machine.stages.get(all[i] as LaneName)?.to.includes(next));
        }
      }),
    );
  });
});
