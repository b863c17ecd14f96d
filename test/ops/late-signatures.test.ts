/** Signatures that come after their people left, or their keys were revoked: kept out by the gate, told once they are in. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import { type Environment, gate, openRegistry, verify } from '../../src/index.js';
import { codesOf } from '../helpers/fold-results.js';
import { ana, bo, environmentOf, HistoryBuilder } from '../helpers/registry-fixture.js';
import { useTempDir } from '../helpers/temp-dir.js';

const PATH = 'data/x/1.0.0.sig/bo.sig';

describe('a late signature on a version in effect', () => {
  const dir = useTempDir();
  let b: HistoryBuilder;
  let landed: Oid;
  let environment: Partial<Environment>;

  beforeEach(async () => {
    b = await HistoryBuilder.make();
    const root = await b.commit([], await b.genesis(ana, { principals: [ana, bo] }));
    landed = await b.commit([root], await b.version('data/x@1.0.0'));
    environment = await environmentOf(dir.at('home'), ana);
  });

  /** Adds bo's signature upon `base`; what the gate says to it, and what verify says once it is in. */
  async function add(base: Oid): Promise<{ readonly refused: readonly string[]; readonly told: readonly string[] }> {
    const theirs = await b.version('data/x@1.0.0', { keys: [bo] });
    const head = await b.commit([base], { [PATH]: theirs[PATH] as string });
    b.writeTo(dir.at('registry'), head);
    const open = (at: Oid) => openRegistry({ dir: dir.at('registry'), at, environment });
    const judged = await gate(await open(base), { head });
    const after = await verify(await open(head));
    assert.deepEqual([judged.ok, after.ok], [codesOf(judged.findings).length === 0, true]);
    return { refused: codesOf(judged.findings), told: codesOf(after.findings, 'warning') };
  }

  it('is welcome while its signer is listed', async () => {
    assert.deepEqual(await add(landed), { refused: [], told: [] });
  });

  it('of somebody who has left is refused by the gate, and a warning where it landed without one', async () => {
    const left = await b.commit([landed], await b.policy(2, landed, [ana], { principals: [ana] }));
    assert.deepEqual(await add(left), { refused: ['signature/unknown-key'], told: ['signature/unknown-key'] });
  });

  it('by a key that was revoked is the same', async () => {
    const revoked = [{ key: bo.line, cutoff: landed }];
    const without = await b.policy(2, landed, [ana], { principals: [ana], revoked });
    const left = await b.commit([landed], without);
    assert.deepEqual(await add(left), { refused: ['signature/revoked-key'], told: ['signature/revoked-key'] });
  });
});
