/** Which tags a history asks for. */
import assert from 'node:assert/strict';
import { expectedTags } from '../../src/history/expected-tags.js';
import { versionTagMessage } from '../../src/history/message.js';
import { rowOf } from '../helpers/fold-results.js';
import { eve, HistoryBuilder, REGISTRY } from '../helpers/registry-fixture.js';

describe('the tags of a history', () => {
  it('are those of effective versions, where they landed, in seconds that rise', async () => {
    const b = await HistoryBuilder.make('sub/dir');
    const root = await b.commit([], await b.genesis());
    const both = { ...(await b.version('model/x@1.0.0')), ...(await b.version('model/x@1.1.0')) };
    const landed = await b.commit([root], both);
    const tip = await b.commit([landed], await b.version('model/x@2.0.0', { keys: [eve] }));
    const folded = await b.fold(tip);
    const tags = [...expectedTags(folded.state, 'sub/dir').values()];
    const rows = ['model/x@1.0.0', 'model/x@1.1.0'].map((ref) => rowOf(folded, ref));
    assert.deepEqual(
      tags,
      rows.map((row, i) => ({
        name: `sub/dir=model/x@v${row.version}`,
        target: landed,
        seconds: (rows[0]?.tagTime ?? 0) + i,
        message: versionTagMessage(REGISTRY, row),
        row,
        event: undefined,
      })),
    );
  });
});
