import assert from 'node:assert/strict';
import { equalBytes } from '../../src/bytes/text.js';

describe('equalBytes', () => {
  it('sees every byte that differs, wherever either lies in its memory', () => {
    const at = (offset: number, length: number): Uint8Array =>
      new Uint8Array(64).fill(1).subarray(offset, offset + length);
    for (let length = 0; length < 20; length++) {
      for (const [a, b] of Array.from({ length: 25 }, (_, i) => [i % 5, Math.floor(i / 5)] as const)) {
        assert.ok(equalBytes(at(a, length), at(b, length)));
        assert.ok(!equalBytes(at(a, length), at(b, length + 1)));
        for (let i = 0; i < length; i++) {
          const other = at(b, length);
          other[i] = 129;
          assert.ok(!equalBytes(at(a, length), other), `${length} bytes at ${a} and ${b}, byte ${i}`);
        }
      }
    }
  });
});
