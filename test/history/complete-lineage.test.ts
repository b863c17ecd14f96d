/** Promotions that wait for complete lineage. */
import assert from 'node:assert/strict';
import { effects, eventFiles, eventOf } from '../helpers/event-fixture.js';
import { codesOf } from '../helpers/fold-results.js';
import { BASE, COMPLETE, contentIn, DATA, ELSEWHERE, LineageHistory, M } from '../helpers/lineage-fixture.js';
import { ana, bo, carol } from '../helpers/registry-fixture.js';

let h: LineageHistory;

beforeEach(async () => {
  h = await LineageHistory.make();
});

describe('a rule that asks for complete lineage', () => {
  const promoted = async (): Promise<string[]> => {
    await h.event('promote', M);
    const folded = await h.fold();
    const row = eventOf(folded, 'model/m/events/staging/0001.toml');
    return [...stagedIn(folded), ...row.problems.map(({ message }) => message)];
  };

  it('lets go on what says where it came from', async () => {
    await h.lands(BASE, [{ relation: 'trained-on', uri: 's3://b/t', content: `sha256:${'1'.repeat(64)}` }]);
    await h.lands(M, [await h.from(BASE), await h.from(DATA, 'trained-on')]);
    assert.deepEqual(await promoted(), ['staging 1.0.0']);
  });

  it('holds back what says nothing', async () => {
    await h.lands(M);
    assert.deepEqual(await promoted(), ['its lineage is not complete: it does not say what it was made from']);
  });

  it('holds back what comes from something revoked, or from nothing that is known', async () => {
    await h.lands(BASE, [await h.from(DATA, 'trained-on'), { relation: 'trained-on', uri: 's3://b/t' }]);
    await h.lands(M, [await h.from(BASE), { ...ELSEWHERE, ref: 'data/none@1.0.0' }]);
    await h.event('revoke', DATA);
    assert.deepEqual(await promoted(), [
      [
        'its lineage is not complete: it is derived from data/none@1.0.0, which is not in this registry',
        'model/base@1.0.0 was trained on data/t@1.0.0, which was revoked',
        'model/base@1.0.0 was trained on something elsewhere, of which no digest is known',
      ].join('; '),
    ]);
  });

  it('lets go on what waited for a parent, when the parent comes, and not before', async () => {
    const parent = await h.b.version(BASE, {
      edit: (honest) => ({
        ...honest,
        lineage: [{ relation: 'trained-on', uri: 's3://b/t', content: `sha256:${'1'.repeat(64)}` }],
      }),
    });
    const content = contentIn(parent, 'model/base/1.0.0.toml');
    await h.lands(M, [{ relation: 'derived-from', ref: BASE, content }]);
    assert.deepEqual(await promoted(), [
      'its lineage is not complete: it is derived from model/base@1.0.0, which is not in this registry',
    ]);
    await h.lands('data/other@1.0.0');
    assert.deepEqual(stagedIn(await h.fold()), []);
    await h.commit(parent);
    assert.deepEqual(stagedIn(await h.fold()), ['staging 1.0.0']);
  });

  it('does not let anything go on from what the same commit revokes', async () => {
    await h.lands(M, [await h.from(DATA, 'trained-on')]);
    const changes = {
      ...(await eventFiles(h.b, h.tip, 'promote', M)),
      ...(await eventFiles(h.b, h.tip, 'revoke', DATA)),
    };
    await h.commit(changes);
    assert.deepEqual(stagedIn(await h.fold()), []);
  });

  it('is not asked again, with what came later, when a policy comes by a merge', async () => {
    await h.lands(M, [await h.from(DATA, 'trained-on')]);
    const asked = { principals: [ana, bo, carol], rules: COMPLETE };
    const side = await h.b.commit([h.tip], await h.b.policy(2, h.tip, [ana], asked));
    await h.event('promote', M);
    await h.event('revoke', DATA);
    const merged = await h.b.commit([h.tip, side], await h.b.policy(2, h.tip, [ana], asked));
    const folded = await h.b.fold(merged);
    assert.deepEqual([stagedIn(folded), codesOf(folded.state.findings)], [['staging 1.0.0'], []]);
    // What was not complete then counts for nothing under a policy that asks for it.
    h = await LineageHistory.make([]);
    await h.lands(M);
    const strict = await h.b.policy(2, h.tip, [ana], { principals: [ana, bo], rules: COMPLETE });
    const other = await h.b.commit([h.tip], strict);
    await h.event('promote', M);
    h.tip = await h.b.commit([h.tip, other], strict);
    assert.deepEqual(stagedIn(await h.fold()), []);
  });
});

function stagedIn(folded: Parameters<typeof effects>[0]): string[] {
  return effects(folded).filter((text) => text.startsWith('staging'));
}
