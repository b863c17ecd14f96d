/** The version `register` chooses: above what took effect, past what is taken, wherever strangers put theirs. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { openRegistry, register } from '../../src/index.js';
import { ana, environmentOf, eve, HistoryBuilder } from '../helpers/registry-fixture.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('the version that is chosen', () => {
  const dir = useTempDir();

  it('does not follow what a stranger pushed, and passes over what they took', async () => {
    const b = await HistoryBuilder.make();
    const root = await b.commit([], await b.genesis(ana));
    const one = await b.commit([root], await b.version('model/x@1.0.0'));
    const far = await b.commit([one], await b.version('model/x@999999999999999999999.0.0', { keys: [eve] }));
    const near = await b.version('model/x@1.0.1', { keys: [] });
    b.writeTo(dir.at('registry'), await b.commit([far], near));
    writeFileSync(dir.at('file'), 'new bytes');
    const environment = await environmentOf(dir.at('home'), ana);
    const open = () => openRegistry({ dir: dir.at('registry'), environment });
    const paths = [dir.at('file')];
    await throwsCode(async () => register(await open(), { ref: 'model/x@1.0.1', paths }), 'artifact/exists');
    assert.equal((await register(await open(), { ref: 'model/x', paths })).ref, 'model/x@1.0.2');
  });
});
