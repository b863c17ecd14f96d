/** at1 unregister: takes back what nobody has seen, refuses what is published. */
import assert from 'node:assert/strict';
import type { UnregisterResult } from '../../src/index.js';
import { addRemote, type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

describe('taking back', () => {
  const dir = useTempDir();
  let ana: Clone;
  let here: Terminal;

  beforeEach(async () => {
    ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home'), 'ana'));
    here = terminalOf(ana.person, ana.dir);
    await ana.register('model/net@1.0.0');
    await ana.register('model/net@1.1.0');
  });

  describe('`at1 unregister`', () => {
    it('takes a version back, in text and in JSON', async () => {
      const text = await here.text('unregister model/net@1.1.0');
      assert.match(
        text,
        /^unregistered model\/net@1\.1\.0\n {2}3 files removed, the branch is at [0-9a-f]{12}\nnext: at1 list\n$/,
      );
      const gone = await here.json<UnregisterResult>('unregister', 'unregister net@1.0.0');
      assert.deepEqual([gone.ref, gone.removed.length], ['model/net@1.0.0', 3]);
      assert.equal(ana.git('rev-parse', 'HEAD').trim(), gone.commit);
      assert.match(await here.text('list'), /^no versions yet/);
      assert.match(await here.text('verify'), /^verified: 0 versions/);
    });

    it('refuses what is published, and what is not there', async () => {
      addRemote(ana, dir.at('bare'));
      ana.git('push', '--quiet', '--set-upstream', 'origin', 'main');
      await here.refuses(13, 'artifact/landed', 'unregister model/net@1.1.0');
      await here.refuses(12, 'artifact/not-found', 'unregister model/net@3.0.0');
    });
  });
});
