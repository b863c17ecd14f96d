import assert from 'node:assert/strict';
import {
  interrupt,
  onInterrupt,
  pointOfNoReturn,
  refuseWhenInterrupted,
  takingBack,
  uninterrupted,
} from '../../src/files/interrupt.js';

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

  it('refuses what goes forward until something is taken back, and ends when the outermost work has', async () => {
    await assert.rejects(
      uninterrupted(() =>
        uninterrupted(async () => {
          interrupt(end);
          for (const kind of ['unlink', 'rmdir', 'truncate', 'chmod', 'sync'] as const) refuseWhenInterrupted(kind);
          // A cache that cannot be written is no reason to end anything: what comes after it is refused too.
          for (let i = 0; i < 2; i++) assert.throws(() => refuseWhenInterrupted('write'), { code: 'EINTR' });
          await takingBack(async () => refuseWhenInterrupted('create'));
          assert.throws(() => refuseWhenInterrupted('link'), { code: 'EINTR' });
          assert.equal(ended, 0);
          throw new Error('taken back');
        }).finally(() => assert.equal(ended, 0)),
      ),
      /taken back/,
    );
    assert.equal(ended, 1);
    refuseWhenInterrupted('write');
  });

  it('is heard by whoever listens', () => {
    let heard = 0;
    const forget = onInterrupt(() => heard++);
    interrupt(end);
    forget();
    interrupt(end);
    assert.deepEqual([heard, ended], [1, 2]);
  });

  it('is not heard by who finishes what can be seen already', async () => {
    let heard = 0;
    const forget = onInterrupt(() => heard++);
    await uninterrupted(async () => {
      pointOfNoReturn();
      interrupt(end);
    });
    forget();
    assert.deepEqual([heard, ended], [0, 1]);
  });

  it('refuses nothing where what is done can be seen already, and the next work anew', async () => {
    await uninterrupted(async () => {
      interrupt(end);
      pointOfNoReturn();
      refuseWhenInterrupted('rename');
      interrupt(end);
      refuseWhenInterrupted('rename');
    });
    assert.equal(ended, 1);
    await uninterrupted(async () => {
      interrupt(end);
      assert.throws(() => refuseWhenInterrupted('rename'), { code: 'EINTR' });
    });
    assert.equal(ended, 2);
  });

  it('between two pieces of work has nothing to wait for', async () => {
    await uninterrupted(async () => pointOfNoReturn());
    interrupt(end);
    assert.equal(ended, 1);
  });

  it('waits for all that is under way side by side, and ends as the first one asked', async () => {
    let other = 0;
    let finish = () => {};
    const long = uninterrupted(() => new Promise<void>((resolve) => (finish = resolve)));
    await uninterrupted(async () => {
      interrupt(end);
      interrupt(() => other++);
    });
    assert.deepEqual([ended, other], [0, 0]);
    finish();
    await long;
    assert.deepEqual([ended, other], [1, 0]);
  });
});
