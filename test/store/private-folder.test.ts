/** A folder for what is on its way: private, and gone whatever happens. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { interceptChanges } from '../../src/files/change.js';
import { withPrivateFolder } from '../../src/store/private-folder.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('a private folder', () => {
  const dir = useTempDir();

  const fill = (folder: string) => {
    mkdirSync(join(folder, 'deep'));
    writeFileSync(join(folder, 'deep', 'file'), 'x');
  };

  it('is there for its user alone while it is used', async () => {
    const mode = await withPrivateFolder(dir.path, undefined, async (folder) => {
      fill(folder);
      return statSync(folder).mode & 0o777;
    });
    if (process.platform !== 'win32') assert.equal(mode, 0o700);
    assert.deepEqual(readdirSync(dir.path), []);
  });

  it('is gone when its user fails, and the failure is what is told', async () => {
    const failing = withPrivateFolder(dir.path, undefined, async (folder) => {
      fill(folder);
      throw new RangeError('of the user');
    });
    await assert.rejects(failing, /of the user/);
    assert.deepEqual(readdirSync(dir.path), []);
  });

  it('is gone at once when the program is told to end', async () => {
    const interrupt = new AbortController();
    await withPrivateFolder(dir.path, interrupt.signal, async (folder) => {
      fill(folder);
      interrupt.abort();
      assert.deepEqual(readdirSync(dir.path), []);
    });
  });

  it('is no failure where it cannot be removed, and one where it cannot be made', async () => {
    await throwsCode(() => withPrivateFolder(dir.at('nothing'), undefined, async () => undefined), 'io/failed');
    interceptChanges((change, act) => {
      if (change.kind === 'rmdir') throw Object.assign(new Error('in use'), { code: 'EBUSY' });
      return act();
    });
    try {
      assert.equal(await withPrivateFolder(dir.path, undefined, async () => 'done'), 'done');
    } finally {
      interceptChanges(undefined);
    }
    assert.equal(readdirSync(dir.path).length, 1);
  });
});
