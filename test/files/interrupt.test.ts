import assert from 'node:assert/strict';
import { interrupt, passReturn, refuseWhenInterrupted, unbroken } from '../../src/files/interrupt.js';

describe('an interrupt', () => {
  let ended = 0;
  const end = () => {
    ended++;
  };
  beforeEach(() => {
    ended = 0;
  });

  it('ends at once where nothing is under way', () => {
    interrupt(end);
    assert.equal(ended, 1);
    refuseWhenInterrupted('create');
  });

  it('refuses one change that goes forward, lets what takes back happen, and ends when the outermost work has', async () => {
    await assert.rejects(
      unbroken(() =>
        unbroken(async () => {
          interrupt(end);
          for (const kind of ['unlink', 'rmdir', 'truncate', 'chmod', 'sync'] as const) refuseWhenInterrupted(kind);
          assert.throws(() => refuseWhenInterrupted('write'), { code: 'EINTR' });
          refuseWhenInterrupted('create');
          assert.equal(ended, 0);
          throw new Error('taken back');
        }).finally(() => assert.equal(ended, 0)),
      ),
      /taken back/,
    );
    assert.equal(ended, 1);
    refuseWhenInterrupted('write');
  });

  it('refuses nothing where what is done can be seen already, and the next work anew', async () => {
    await unbroken(async () => {
      interrupt(end);
      passReturn();
      refuseWhenInterrupted('rename');
      interrupt(end);
      refuseWhenInterrupted('rename');
    });
    assert.equal(ended, 1);
    await unbroken(async () => {
      interrupt(end);
      assert.throws(() => refuseWhenInterrupted('rename'), { code: 'EINTR' });
    });
    assert.equal(ended, 2);
  });

  it('between two pieces of work has nothing to wait for', async () => {
    await unbroken(async () => passReturn());
    interrupt(end);
    assert.equal(ended, 1);
  });
});
