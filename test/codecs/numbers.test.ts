import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Numbers, numbersOf, Sum } from '../../src/codecs/numbers.js';
import { Strings } from '../../src/codecs/strings.js';
import { throwsCode } from '../helpers/throws-code.js';
import { bytesOf, lp, type Part, sv, uv } from './make-streams.js';

const from = (...parts: readonly Part[]): Numbers => new Numbers(bytesOf(...parts), 'x');

/** Close to every power of two, and anything else of 64 bits. */
const anyInt64 = fc.oneof(
  fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }),
  fc
    .tuple(fc.integer({ min: 0, max: 62 }), fc.integer({ min: -3, max: 3 }), fc.boolean())
    .map(([bit, off, negative]) => (negative ? -(1n << BigInt(bit)) : 1n << BigInt(bit)) + BigInt(off)),
);

describe('numbers of a stream', () => {
  it('are any unsigned number that is exact', async () => {
    const near = fc
      .tuple(fc.integer({ min: 0, max: 53 }), fc.integer({ min: -3, max: 3 }))
      .map(([bit, off]) => Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, 2 ** bit + off)));
    fc.assert(
      fc.property(fc.array(fc.oneof(near, fc.maxSafeNat())), (values) => {
        const numbers = from(...values.map(uv));
        assert.deepEqual(
          values.map(() => numbers.uint()),
          values,
        );
        assert.equal(numbers.remaining, 0);
      }),
    );
    await throwsCode(() => from(uv(2n ** 53n)).uint(), 'container/malformed');
    await throwsCode(() => from(uv(2n ** 64n - 1n)).uint(), 'container/malformed');
  });

  it('are any signed number of 64 bits, and their sums while those have 64 bits', () => {
    fc.assert(
      fc.property(fc.array(anyInt64), (values) => {
        const numbers = from(...values.map(sv));
        const read = values.map(() => numbers.signed());
        assert.deepEqual(read.map(BigInt), values);
        // A number where that is exact: what is printed is the same either way, and faster.
        for (const value of read) assert.ok(typeof value === 'bigint' || Number.isSafeInteger(value));
        const sum = new Sum();
        let expected = 0n;
        for (const value of read) {
          expected += BigInt(value);
          if (BigInt.asIntN(64, expected) !== expected) {
            assert.throws(() => sum.add(value), { code: 'container/malformed' });
            return;
          }
          assert.equal(String(sum.add(value)), String(expected));
        }
      }),
      { numRuns: 300 },
    );
    assert.equal(String(from(sv(0)).signed()), '0');
  });

  it('are refused where they are cut short, padded, or longer than ten bytes', async () => {
    for (const read of [(numbers: Numbers) => numbers.uint(), (numbers: Numbers) => numbers.signed()]) {
      for (let length = 0; length < 10; length++) {
        await throwsCode(() => read(from(new Uint8Array(length).fill(0xff))), 'container/malformed');
        if (length > 0) {
          await throwsCode(() => read(from(new Uint8Array(length).fill(0x80), 0)), 'container/not-strict');
        }
      }
      await throwsCode(() => read(from(new Uint8Array(10).fill(0xff), 1)), 'container/malformed');
      await throwsCode(() => read(from(new Uint8Array(9).fill(0xff), 2)), 'container/malformed');
    }
    await throwsCode(() => from().u8(), 'container/malformed');
    await throwsCode(() => from(1, 2).take(3), 'container/malformed');
    await throwsCode(() => from(3, 'ab').string(), 'container/malformed');
    await throwsCode(() => from('ab').until(0), 'container/malformed');
  });

  it('count no more than what is left can hold', async () => {
    assert.equal(from(2, 'ab').count(), 2);
    assert.equal(from(2, 'abcd').count(2), 2);
    await throwsCode(() => from(3, 'ab').count(), 'container/malformed');
    await throwsCode(() => from(2, 'abc').count(2), 'container/malformed');
    await throwsCode(() => from(uv(Number.MAX_SAFE_INTEGER), 'ab').count(8), 'container/malformed');
  });

  it('of a stream that is not there are none', async () => {
    assert.equal(numbersOf(new Map(), 'x').remaining, 0);
    await throwsCode(() => numbersOf(new Map(), 'x').uint(), 'container/malformed');
  });
});

describe('strings of a vocabulary', () => {
  const all = (strings: Strings): string[] =>
    Array.from({ length: strings.count }, (_, i) => new TextDecoder().decode(strings.at(i)));

  it('stand behind their lengths or before NUL, in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 5 }).filter((text) => !text.includes('\0'))), (texts) => {
        const prefixed = from(uv(texts.length), ...texts.map((text) => lp(text)), 'rest');
        assert.deepEqual(all(Strings.read(prefixed)), texts);
        assert.equal(prefixed.remaining, 4);
        const ended = from(uv(texts.length), ...texts.flatMap((text) => [text, 0]), 'rest');
        assert.deepEqual(all(Strings.readEnded(ended)), texts);
        assert.equal(ended.remaining, 4);
      }),
    );
  });

  it('are refused beyond the last, and where fewer are there than are counted', async () => {
    const strings = Strings.read(from(1, lp('a')));
    assert.equal(strings.count, 1);
    await throwsCode(() => strings.at(1), 'container/malformed');
    await throwsCode(() => Strings.read(from(2, 1, 'a')), 'container/malformed');
    await throwsCode(() => Strings.read(from(2, 0)), 'container/malformed');
    await throwsCode(() => Strings.readEnded(from(2, 'a', 0)), 'container/malformed');
    const many = 2 ** 24 + 1;
    await throwsCode(() => Strings.read(from(uv(many), new Uint8Array(many))), 'container/limit');
  });
});
