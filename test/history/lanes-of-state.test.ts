/** Stages, aliases and withdrawals of a whole registry, artifact by artifact. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import {
  effectiveEvents,
  lanesByArtifact,
  lanesIn,
  waitingEvents,
  waitingVersions,
} from '../../src/history/lanes-of-state.js';
import type { RegistryState } from '../../src/history/registry-state.js';
import { parseKind, parseName } from '../../src/manifest/name.js';
import { parseVersion } from '../../src/manifest/version.js';
import { type EventOptions, eventFiles } from '../helpers/event-fixture.js';
import { ana, bo, HistoryBuilder } from '../helpers/registry-fixture.js';

describe('the lanes of a registry', () => {
  let state: RegistryState;

  before(async () => {
    const b = await HistoryBuilder.make();
    const rules = [
      { artifacts: ['*'], actions: ['promote:production'], role: 'owner', threshold: 2 },
      { artifacts: ['recipe/**'], actions: ['register'], role: 'owner', threshold: 2 },
      { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
    ];
    let tip: Oid = await b.commit([], await b.genesis(ana, { principals: [ana, bo], rules }));
    for (const ref of ['model/x@1.0.0', 'model/y@1.0.0', 'data/x@1.0.0']) {
      tip = await b.commit([tip], await b.version(ref));
    }
    const keys = { 'recipe/one@1.0.0': [ana], 'recipe/two@1.0.0': [ana, bo], 'recipe/none@1.0.0': [] };
    for (const [ref, signers] of Object.entries(keys)) {
      tip = await b.commit([tip], await b.version(ref, { keys: signers }));
    }
    const event = async (action: Parameters<typeof eventFiles>[2], ref: string, options?: EventOptions) => {
      tip = await b.commit([tip], await eventFiles(b, tip, action, ref, options));
    };
    await event('promote', 'model/x@1.0.0');
    await event('alias', 'model/y@1.0.0', { lane: 'champion' });
    await event('promote', 'model/x@1.0.0', { lane: 'production', from: 'staging' });
    await event('promote', 'model/x@1.0.0', { lane: 'archived', from: 'development' });
    await event('yank', 'data/x@1.0.0');
    state = (await b.fold(tip)).state;
  });

  it('come from what took effect, in that order', () => {
    const text = effectiveEvents(state).map(({ kind, name, action }) => `${kind}/${name} ${action}`);
    assert.deepEqual(text, ['model/x promote', 'model/y alias', 'data/x yank']);
    assert.deepEqual(
      effectiveEvents(state, { kind: parseKind('model'), name: parseName('x') }).map(({ path }) => path),
      ['model/x/events/staging/0001.toml'],
    );
  });

  it('are those of each artifact for itself', () => {
    const all = lanesByArtifact(state);
    assert.deepEqual([...all.keys()], ['model/x', 'model/y', 'data/x']);
    const version = parseVersion('1.0.0');
    assert.equal(all.get('model/x')?.stages.get(version)?.stage, 'staging');
    assert.deepEqual([...(all.get('model/y')?.aliases.keys() ?? [])], ['champion']);
    assert.equal(all.get('data/x')?.withdrawn.get(version)?.state, 'yanked');
    for (const [artifact, lanes] of all) {
      const [kind, name] = artifact.split('/') as [string, string];
      assert.deepEqual(lanesIn(state, { kind: parseKind(kind), name: parseName(name) }), lanes);
    }
    assert.equal(lanesIn(state, { kind: parseKind('data'), name: parseName('y') }).stages.size, 0);
  });

  it('have versions that some have signed of those who have to, and not those that nobody did', () => {
    assert.deepEqual(
      waitingVersions(state).map(({ path }) => path),
      ['recipe/one/1.0.0.toml'],
    );
  });

  it('leave out what waits, and nobody waits for what was refused', () => {
    assert.deepEqual(
      waitingEvents(state).map(({ path }) => path),
      ['model/x/events/production/0001.toml'],
    );
  });
});
