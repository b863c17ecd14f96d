/** The digest files would have as a version: the one they get, and none where they change meanwhile. */
import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { createNativeEngines } from '../../src/native/engines.js';
import { contentOf } from '../../src/ops/hash-input.js';
import { scanInput } from '../../src/store/scan-input.js';
import { initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('contentOf', () => {
  const dir = useTempDir();

  it('is the content of the version the file becomes', async () => {
    const ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home-ana'), 'ana'));
    const { content } = await ana.register('model/x@1.0.0', 'some bytes');
    writeFileSync(dir.at('x.bin'), 'some bytes');
    const engines = await createNativeEngines();
    assert.equal(`sha256:${await contentOf(await scanInput([dir.at('x.bin')], { cwd: '.' }), engines)}`, content);
  });

  it('refuses a file that is not the one that was looked at', async () => {
    writeFileSync(dir.at('x.bin'), 'some bytes');
    const scanned = await scanInput([dir.at('x.bin')], { cwd: '.' });
    appendFileSync(dir.at('x.bin'), ' more');
    const engines = await createNativeEngines();
    await throwsCode(() => contentOf(scanned, engines), 'artifact/changed-while-read');
  });
});
