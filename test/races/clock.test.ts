import assert from 'node:assert/strict';
import { assertFsck, assertVerified, makePerson, type Person, put } from '../e2e/people.js';
import { useTempDir } from '../helpers/temp-dir.js';
import type { Operation } from './client.js';
import { type Client, endAll, startClient } from './clients.js';

const YEARS = 365 * 24 * 3_600_000;
/** Behind, ahead, there and back while it runs, and after the 32 bits of many a format have run out. */
const CLOCKS: readonly (readonly number[])[] = [[-5 * YEARS], [5 * YEARS], [0, 5 * YEARS, -5 * YEARS, 0], [13 * YEARS]];

describe('clocks that are wrong, or jump', () => {
  const dir = useTempDir();
  let ana: Person;
  let registry: string;
  let clients: Client[];

  beforeEach(async () => {
    clients = [];
    ana = makePerson(dir.path, 'ana');
    registry = dir.at('registry');
    await ana.init(registry);
  });

  afterEach(() => endAll(clients));

  it('decide nothing: all register at once, in one order, and what they made is verified', async () => {
    const answers = await Promise.all(
      CLOCKS.map(async (clock, i) => {
        const client = startClient(ana, { clock });
        clients.push(client);
        const path = put(dir.at(`${i}.bin`), `${i}`);
        const refs = [`model/own-${i}@1.0.0`, 'model/next', `model/own-${i}@1.0.1`, 'model/next'];
        const said: (string | undefined)[] = [];
        for (const ref of refs) {
          const answer = await client.ask(registry, { op: 'register', ref, path });
          assert.equal(answer?.state, 'registered', JSON.stringify(answer));
          said.push(answer?.ref);
        }
        return said;
      }),
    );
    const given = answers.flat();
    assert.equal(new Set(given).size, given.length, String(given));
    const next = given.filter((ref) => ref?.startsWith('model/next@')).sort();
    assert.deepEqual(
      next,
      Array.from({ length: 8 }, (_, i) => `model/next@1.0.${i}`),
    );
    const result = await ana.verify(registry);
    assertVerified(result, ['commit/implausible-time']);
    assert.ok(result.ok);
    assert.deepEqual([result.checked.manifests, result.checked.tags], [16, 16]);
    assertFsck(ana, registry);
  });

  it('make nobody take a lock for old: who is ahead waits like the others', async () => {
    const holder = startClient(ana, { trap: { call: 'link', path: '/at1.lock', when: 'after', signal: 'SIGSTOP' } });
    const ahead = startClient(ana, { clock: [50 * YEARS] });
    clients.push(holder, ahead);
    const registration = (name: string): Operation => {
      return { op: 'register', ref: `model/${name}@1.0.0`, path: put(dir.at(`${name}.bin`), name) };
    };
    const held = holder.ask(registry, registration('held'));
    await holder.trapped;
    const waiting = ahead.ask(registry, registration('ahead'));
    const first = await Promise.race([waiting, new Promise((resolve) => setTimeout(resolve, 500, 'waits'))]);
    assert.equal(first, 'waits');
    await holder.signal('SIGCONT');
    assert.deepEqual([(await held)?.state, (await waiting)?.state], ['registered', 'registered']);
  });
});
