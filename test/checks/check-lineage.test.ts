/** What versions say they come from, over folded histories. */
import assert from 'node:assert/strict';
import { checkLineage } from '../../src/checks/check-lineage.js';
import { codesOf, errorsOf, rowOf } from '../helpers/fold-results.js';
import { BASE, contentIn, DATA, ELSEWHERE, LineageHistory, M } from '../helpers/lineage-fixture.js';
import { ana } from '../helpers/registry-fixture.js';

let h: LineageHistory;

beforeEach(async () => {
  h = await LineageHistory.make();
});

async function found(): Promise<string[]> {
  const folded = await h.fold();
  assert.deepEqual(errorsOf(folded), []);
  return checkLineage(folded.state).map(({ severity, code, subject }) => `${severity} ${code} ${subject}`);
}

describe('what versions come from', () => {
  it('is as they say where the parents landed with that content', async () => {
    assert.deepEqual(await found(), []);
    await h.lands(BASE, [await h.from(DATA, 'trained-on')]);
    await h.lands(M, [await h.from(BASE), await h.from(DATA, 'trained-on')]);
    assert.deepEqual(await found(), []);
    assert.deepEqual(rowOf(await h.fold(), M).lineage.length, 2);
  });

  it('is wrong where a parent is not there, or is another', async () => {
    await h.lands(BASE, [{ ...ELSEWHERE, ref: 'data/none@1.0.0' }]);
    await h.lands(M, [ELSEWHERE]);
    const errors = ['lineage/unknown model/base/1.0.0.toml', 'lineage/other-content model/m/1.0.0.toml'];
    assert.deepEqual(
      await found(),
      errors.map((text) => `error ${text}`),
    );
    for (const ref of [BASE, M]) await h.event('yank', ref);
    // Who withdrew it has said all there is to say.
    assert.deepEqual(
      await found(),
      errors.map((text) => `warning ${text}`),
    );
  });

  it('is not asked of what nobody signed', async () => {
    const { 'model/m/1.0.0.toml': manifest } = await h.b.version(M, {
      edit: (honest) => ({ ...honest, lineage: [ELSEWHERE] }),
    });
    await h.commit({ 'model/m/1.0.0.toml': manifest as Uint8Array });
    const { state } = await h.fold();
    assert.deepEqual(checkLineage(state), []);
    // It is of what somebody signed, though others still have to.
    const versions = new Map(
      [...state.versions].map(([path, row]) => [path, { ...row, signers: [ana.name as never] }]),
    );
    assert.deepEqual(codesOf(checkLineage({ ...state, versions })), ['lineage/other-content']);
  });

  it('never goes round in a circle', async () => {
    const other = await h.b.version(BASE);
    const content = contentIn(other, 'model/base/1.0.0.toml');
    await h.lands(M, [{ relation: 'derived-from', ref: BASE, content }]);
    await h.lands(BASE, [await h.from(M)]);
    assert.deepEqual(await found(), [
      'error lineage/cycle model/base/1.0.0.toml',
      'error lineage/cycle model/m/1.0.0.toml',
    ]);
  });

  it('carries on what was revoked', async () => {
    await h.lands(BASE, [await h.from(DATA, 'trained-on')]);
    await h.lands(M, [await h.from(BASE)]);
    await h.event('revoke', DATA);
    assert.deepEqual(await found(), [
      'warning lineage/revoked model/base/1.0.0.toml',
      'warning lineage/revoked model/m/1.0.0.toml',
    ]);
    await h.event('revoke', M);
    assert.equal((await found()).length, 2);
  });
});
