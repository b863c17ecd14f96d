/** What `identify` vouches for: effective versions of the registry whose root is the right one, and nothing else. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, list, log, openRegistry, register, show } from '../../src/index.js';
import { type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('identify', () => {
  const dir = useTempDir();
  let ana: Clone;

  beforeEach(async () => {
    ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home-ana'), 'ana'));
    await ana.register('model/good@1.0.0', 'good');
  });

  it('knows a file of an effective version', async () => {
    writeFileSync(dir.at('copy'), 'good');
    const { known, versions } = await identify(await ana.open(), dir.at('copy'));
    assert.equal(known, true);
    assert.deepEqual(
      versions.map(({ ref, state }) => [ref, state]),
      [['model/good@1.0.0', 'effective']],
    );
  });

  it('does not vouch for a version that nobody signed', async () => {
    writeFileSync(dir.at('evil.onnx'), 'evil');
    const request = { ref: 'model/evil@1.0.0', paths: [dir.at('evil.onnx')] };
    await register(await ana.open(), request, { commit: false });
    rmSync(join(ana.dir, 'model', 'evil', '1.0.0.sig'), { recursive: true });
    ana.git('add', '-A');
    ana.git('commit', '-q', '-m', 'slip it in');
    const { known, versions } = await identify(await ana.open(), dir.at('evil.onnx'));
    assert.equal(known, false);
    assert.ok(versions.every(({ state }) => state !== 'effective'));
  });

  it('like every reader, refuses a registry with another root than the pinned one', async () => {
    const { environment } = await ana.open();
    const pinned = () =>
      openRegistry({ dir: ana.dir, environment: { ...environment, root: `sha256:${'0'.repeat(64)}` } });
    for (const read of [
      async () => identify(await pinned(), `sha256:${'1'.repeat(64)}`),
      async () => list(await pinned()),
      async () => log(await pinned()),
      async () => show(await pinned(), 'good'),
    ]) {
      await throwsCode(read, 'trust/root-changed');
    }
  });
});
