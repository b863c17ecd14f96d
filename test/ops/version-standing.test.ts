/** What the events say of a version: stage, aliases, withdrawal, what waits; at one moment and at another. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import type { LoadedPolicy } from '../../src/history/load-policy.js';
import { standings, type VersionStanding } from '../../src/ops/version-standing.js';
import { type EventOptions, eventFiles } from '../helpers/event-fixture.js';
import { rowOf } from '../helpers/fold-results.js';
import { ana, bo, type Changes, HistoryBuilder } from '../helpers/registry-fixture.js';

const NET = 'model/net@1.0.0';
const NOW = '2026-03-05T12:00:00Z';
const LATER = '2026-06-01T00:00:00Z';

describe('where a version stands', () => {
  let b: HistoryBuilder;
  let tip: Oid;

  beforeEach(async () => {
    b = await HistoryBuilder.make();
    const rules = [
      { artifacts: ['*'], actions: ['promote:production', 'yank'], role: 'owner', threshold: 2 },
      { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
    ];
    tip = await b.commit([], await b.genesis(ana, { principals: [ana, bo], rules }));
    await add(await b.version(NET));
    await add(await b.version('model/net@1.1.0'));
  });

  async function add(changes: Changes): Promise<void> {
    tip = await b.commit([tip], changes);
  }

  const event = async (action: Parameters<typeof eventFiles>[2], options?: EventOptions) =>
    add(await eventFiles(b, tip, action, NET, options));

  async function standing(now = NOW, ref = NET): Promise<VersionStanding> {
    const folded = await b.fold(tip);
    return standings(folded.state, folded.policy as LoadedPolicy, now)(rowOf(folded, ref));
  }

  it('is the initial stage where nothing happened', async () => {
    assert.deepEqual(await standing(), { stage: 'development', aliases: [], withdrawn: null, waiting: [] });
  });

  it('is its stage and its aliases, sorted, until they have run out', async () => {
    const until =
      (expires: string): EventOptions['edit'] =>
      (honest) => ({ ...honest, expires });
    await event('promote', { edit: until('2026-04-01T00:00:00Z') });
    await event('alias', { lane: 'winner', edit: until('2026-05-01T00:00:00Z') });
    await event('alias', { lane: 'champion' });
    assert.deepEqual(await standing(), {
      stage: 'staging',
      aliases: ['champion', 'winner'],
      withdrawn: null,
      waiting: [],
    });
    const late = await standing(LATER);
    assert.deepEqual([late.stage, late.aliases], [null, ['champion']]);
    assert.equal((await standing('2026-03-31T23:59:59Z')).stage, 'staging');
    assert.equal((await standing('2026-04-01T00:00:00Z')).stage, null);
  });

  it('is by whom, when and why it was withdrawn', async () => {
    await event('deprecate', { edit: (honest) => ({ ...honest, reason: 'old' }) });
    assert.deepEqual((await standing()).withdrawn, {
      state: 'deprecated',
      by: 'ana',
      at: '2026-03-05T00:00:00Z',
      reason: 'old',
    });
    await event('restore');
    assert.equal((await standing()).withdrawn, null);
    await event('promote');
    await event('revoke');
    const { stage, withdrawn } = await standing();
    assert.deepEqual([stage, withdrawn?.state, withdrawn?.reason], [null, 'revoked', null]);
    assert.equal((await standing(NOW, 'model/net@1.1.0')).withdrawn, null);
  });

  it('is what waits, with the signatures it has and needs, and not what was refused', async () => {
    await event('promote');
    await event('promote', { lane: 'production', from: 'staging' });
    await event('yank');
    await event('promote', { lane: 'archived', from: 'development' });
    const { stage, waiting } = await standing();
    assert.equal(stage, 'staging');
    assert.deepEqual(waiting, [
      { action: 'yank', lane: 'lifecycle', have: 1, needs: 2, path: 'model/net/events/lifecycle/0001.toml' },
      { action: 'promote', lane: 'production', have: 1, needs: 2, path: 'model/net/events/production/0001.toml' },
    ]);
    assert.deepEqual((await standing(NOW, 'model/net@1.1.0')).waiting, []);
  });
});
