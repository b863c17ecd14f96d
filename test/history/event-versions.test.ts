/** Events about versions that are not what they were. */
import assert from 'node:assert/strict';
import { effects, eventFiles } from '../helpers/event-fixture.js';
import { errorsOf } from '../helpers/fold-results.js';
import { HistoryBuilder } from '../helpers/registry-fixture.js';

describe('an event about a version', () => {
  it('waits while the version is not as it landed', async () => {
    const b = await HistoryBuilder.make();
    const root = await b.commit([], await b.genesis());
    const landed = await b.commit([root], await b.version('model/x@1.0.0'));
    const bad = await b.commit([landed], { 'model/x/1.0.0.toml': 'junk' });
    const asked = await b.commit([bad], await eventFiles(b, landed, 'promote', 'model/x@1.0.0'));
    const folded = await b.fold(asked);
    assert.ok(errorsOf(folded).includes('event/other-version'));
    assert.deepEqual(effects(folded), []);
    const back = await b.fold(
      await b.commit([asked], { 'model/x/1.0.0.toml': b.bytesAt(landed, 'model/x/1.0.0.toml') }),
    );
    assert.deepEqual([errorsOf(back), effects(back)], [[], ['staging 1.0.0']]);
  });
});
