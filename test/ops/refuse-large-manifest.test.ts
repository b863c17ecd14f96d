/** Too many files for one manifest: said before they are read and stored. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { register } from '../../src/index.js';
import { leastManifestSize, refuseLargeManifest } from '../../src/ops/refuse-large-manifest.js';
import { scanInput } from '../../src/store/scan-input.js';
import { type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('a manifest that would be too large', () => {
  const dir = useTempDir();
  let ana: Clone;

  beforeEach(async () => {
    ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home-ana'), 'ana'));
    mkdirSync(dir.at('tree'));
  });

  it('is refused before anything is stored', async () => {
    // Long names stand for many files: 255 bytes each, where a short one takes more than 380 without its name.
    const count = 27_000;
    for (let i = 0; i < count; i++) writeFileSync(dir.at('tree', `${i}-${'n'.repeat(240)}`), '');
    const paths = [dir.at('tree')];
    const refused = await throwsCode(
      async () => register(await ana.open(), { ref: 'data/many@1.0.0', paths }),
      'document/too-large',
    );
    assert.match(refused.hint ?? '', /in parts/);
    assert.equal(refused.facts.files, count);
    assert.ok(!existsSync(join(ana.dir, 'objects')) || readdirSync(join(ana.dir, 'objects')).length === 0);
  });

  it('is never foreseen where it fits: the estimate is a lower bound, and a close one', async () => {
    for (let i = 0; i < 50; i++) {
      const bytes = i === 0 ? '' : 'x'.repeat(i * 300);
      writeFileSync(dir.at('tree', `\u00e4 "quoted" ${i}`), bytes, { mode: i % 2 === 0 ? 0o755 : 0o644 });
    }
    const scanned = await scanInput([dir.at('tree')], { cwd: '.' });
    refuseLargeManifest(scanned);
    const { manifest } = await register(await ana.open(), { ref: 'data/some@1.0.0', paths: [dir.at('tree')] });
    const actual = readFileSync(join(ana.dir, manifest.path)).length;
    const least = leastManifestSize(scanned);
    assert.ok(least <= actual && least > actual * 0.9, `${least} of ${actual}`);
  });
});
