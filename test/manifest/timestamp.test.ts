import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatTimestamp, isTimestamp, parseTimestamp } from '../../src/manifest/timestamp.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('timestamps', () => {
  it('have one form, and only for times that exist', async () => {
    assert.equal(parseTimestamp('2026-11-22T01:02:03Z'), Date.UTC(2026, 10, 22, 1, 2, 3) / 1000);
    for (const text of [
      '',
      '2026-02-30T00:00:00Z',
      '2026-11-22T24:00:00Z',
      '2026-11-22T01:02:60Z',
      '2026-11-22 01:02:03Z',
      '2026-11-22T01:02:03+00:00',
      '2026-11-22T01:02:03.0Z',
      '2026-11-22t01:02:03z',
      '+02026-11-22T01:02Z',
      '12026-11-22T01:02:03Z',
    ]) {
      assert.equal(isTimestamp(text), false, text);
      await throwsCode(() => parseTimestamp(text), 'usage/invalid');
    }
  });

  it('are read back as they were written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -62167219200, max: 253402300799 }),
        (seconds) => parseTimestamp(formatTimestamp(seconds)) === seconds,
      ),
    );
    assert.throws(() => formatTimestamp(253402300800), RangeError);
  });
});
