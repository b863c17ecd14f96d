/** A reference against a registry with stages, aliases and withdrawals. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import { resolveVersion } from '../../src/ops/resolve-version.js';
import { type EventOptions, eventFiles } from '../helpers/event-fixture.js';
import { ana, bo, HistoryBuilder } from '../helpers/registry-fixture.js';
import { throwsCode } from '../helpers/throws-code.js';

const ONE = 'model/net@1.0.0';
const TWO = 'model/net@1.1.0';

describe('a reference', () => {
  let b: HistoryBuilder;
  let tip: Oid;

  beforeEach(async () => {
    b = await HistoryBuilder.make();
    const rules = [
      { artifacts: ['*'], actions: ['promote:production', 'alias:pair'], role: 'owner', threshold: 2 },
      { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
    ];
    tip = await b.commit([], await b.genesis(ana, { principals: [ana, bo], rules }));
    for (const ref of [ONE, TWO, 'data/net@2.0.0']) tip = await b.commit([tip], await b.version(ref));
  });

  const event = async (action: Parameters<typeof eventFiles>[2], ref = ONE, options?: EventOptions) => {
    tip = await b.commit([tip], await eventFiles(b, tip, action, ref, options));
  };
  const found = async (ref: string, options?: Parameters<typeof resolveVersion>[2]) => {
    const { row, warnings } = resolveVersion((await b.fold(tip)).state, ref, options);
    return [row.version, ...warnings.map(({ kind }) => kind)];
  };

  it('to a stage means the version that took it last, of those that have it still', async () => {
    await event('promote', ONE);
    assert.deepEqual(await found('model/net:staging'), ['1.0.0']);
    await event('promote', TWO);
    assert.deepEqual(await found('model/net:staging'), ['1.1.0']);
    await event('promote', TWO, { lane: 'development', from: 'staging' });
    assert.deepEqual(await found('model/net:staging'), ['1.0.0']);
    await event('promote', ONE, { lane: 'archived', from: 'staging' });
    await throwsCode(() => found('model/net:staging'), 'artifact/not-found');
  });

  it('to the initial stage finds only what was brought there', async () => {
    await throwsCode(() => found('model/net:development'), 'artifact/not-found');
  });

  it('to a stage or alias that waits means the one before, or nothing', async () => {
    await event('promote', ONE);
    await event('promote', ONE, { lane: 'production', from: 'staging' });
    await event('alias', ONE, { lane: 'pair' });
    await throwsCode(() => found('model/net:production'), 'artifact/not-found');
    await throwsCode(() => found('model/net:pair'), 'artifact/not-found');
    await event('alias', TWO, { lane: 'single' });
    assert.deepEqual(await found('model/net:single'), ['1.1.0']);
  });

  it('to one artifact does not see the stages of another', async () => {
    await event('promote', 'data/net@2.0.0');
    await throwsCode(() => found('model/net:staging'), 'artifact/not-found');
    assert.deepEqual(await found('data/net:staging'), ['2.0.0']);
  });

  it('finds nothing where the time has run out, if it is told the time', async () => {
    await event('alias', ONE, { lane: 'guest', edit: (honest) => ({ ...honest, expires: '2026-04-01T00:00:00Z' }) });
    assert.deepEqual(await found('model/net:guest'), ['1.0.0']);
    assert.deepEqual(await found('model/net:guest', { now: '2026-03-31T23:59:59Z' }), ['1.0.0']);
    await throwsCode(() => found('model/net:guest', { now: '2026-04-01T00:00:00Z' }), 'artifact/not-found');
  });

  it('to the latest passes over what was yanked or revoked, and warns of what was deprecated', async () => {
    await event('deprecate', TWO);
    assert.deepEqual(await found('model/net'), ['1.1.0', 'deprecated']);
    await event('yank', TWO);
    assert.deepEqual(await found('model/net@^1'), ['1.0.0']);
    assert.deepEqual(await found(TWO), ['1.1.0', 'yanked']);
    await event('revoke', ONE);
    await throwsCode(() => found('model/net'), 'artifact/not-found');
  });

  it('to what was revoked names who did it, and is let through only by the exact version or digest', async () => {
    const { row } = resolveVersion((await b.fold(tip)).state, ONE);
    await event('promote', ONE);
    await event('revoke', ONE, { keys: [bo] });
    const refused = await throwsCode(() => found(ONE), 'artifact/revoked');
    assert.equal(refused.facts.by, 'bo');
    assert.deepEqual(await found(ONE, { allowRevoked: true }), ['1.0.0', 'revoked']);
    assert.deepEqual(await found(`model/net@sha256:${row.content}`, { allowRevoked: true }), ['1.0.0', 'revoked']);
    await throwsCode(() => found('model/net:staging', { allowRevoked: true }), 'artifact/not-found');
  });

  it('to a stage whose version was yanked is answered, with a warning', async () => {
    await event('promote', ONE);
    await event('yank', ONE);
    assert.deepEqual(await found('model/net:staging'), ['1.0.0', 'yanked']);
  });
});
