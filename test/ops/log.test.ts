/** log: what happened, newest first, the order of history where times agree. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import type { LogEntry } from '../../src/index.js';
import { log } from '../../src/index.js';
import { eventFiles, signedToo } from '../helpers/event-fixture.js';
import { ana, bo } from '../helpers/registry-fixture.js';
import { stagedRegistry } from '../helpers/staged-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';

const NET = 'model/net@1.0.0';
const RELEASED = 'model/net/events/production/0001.toml';

describe('the log', () => {
  const dir = useTempDir();

  const text = (entries: readonly LogEntry[]) =>
    entries.map(({ event, lane, ref, state }) => [event, lane, ref, state].filter((word) => word !== null).join(' '));

  it('has an event where it took effect, with all who signed it', async () => {
    const commits: Oid[] = [];
    const { as } = await stagedRegistry(dir.path, {
      more: async (b, tip) => {
        const to = { lane: 'production', from: 'staging' };
        const staged = await b.commit([tip], await eventFiles(b, tip, 'promote', NET));
        const asked = await b.commit([staged], await eventFiles(b, staged, 'promote', NET, to));
        const signed = await b.commit([asked], await signedToo(b, asked, RELEASED, [bo]));
        commits.push(staged, asked, signed);
        return signed;
      },
    });
    const clone = await as(ana);
    const now = (await log(await clone.open())).entries;
    assert.deepEqual(text(now.slice(0, 2)), [
      `promote production ${NET} effective`,
      `promote staging ${NET} effective`,
    ]);
    assert.deepEqual([now[0]?.commit, now[0]?.by], [commits[2], ['ana', 'bo']]);
    const before = (await log(await clone.open(commits[1]))).entries;
    assert.deepEqual(text(before.slice(0, 1)), [`promote production ${NET} pending`]);
    assert.deepEqual([before[0]?.commit, before[0]?.by], [commits[1], ['ana']]);
  });

  it('has the steps of one commit in the order in which they took effect, the last one first', async () => {
    const { as } = await stagedRegistry(dir.path, {
      more: async (b, tip) =>
        b.commit([tip], {
          ...(await b.version('data/rows@1.0.0')),
          ...(await eventFiles(b, tip, 'promote', NET)),
          ...(await eventFiles(b, tip, 'promote', NET, { lane: 'production', from: 'staging', keys: [ana, bo] })),
          ...(await eventFiles(b, tip, 'alias', NET, { lane: 'champion' })),
        }),
    });
    const clone = await as(ana);
    assert.deepEqual(text((await log(await clone.open())).entries), [
      `promote production ${NET} effective`,
      `promote staging ${NET} effective`,
      `alias champion ${NET} effective`,
      'registered data/rows@1.0.0 effective',
      'registered model/net@1.1.0 effective',
      `registered ${NET} effective`,
    ]);
    assert.deepEqual(text((await log(await clone.open(), 'data')).entries), ['registered data/rows@1.0.0 effective']);
    assert.equal((await log(await clone.open(), 'net')).entries.length, 5);
  });

  it('has what was refused, and calls it so', async () => {
    const { as } = await stagedRegistry(dir.path, {
      more: async (b, tip) => {
        const early = { lane: 'production', from: 'staging', keys: [ana, bo] };
        return b.commit([tip], await eventFiles(b, tip, 'promote', NET, early));
      },
    });
    const { entries } = await log(await (await as(ana)).open());
    assert.deepEqual(text(entries.slice(0, 1)), [`promote production ${NET} refused`]);
  });
});
