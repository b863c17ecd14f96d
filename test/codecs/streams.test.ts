import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromLatin1, utf8 } from '../../src/bytes/text.js';
import { Output } from '../../src/codecs/output.js';
import { Cells, cellsOf, decodeStreams, Lines, linesOf, streamOf } from '../../src/codecs/streams.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { throwsCode } from '../helpers/throws-code.js';
import { storedSet, streamsOf } from './make-streams.js';

describe('streams', () => {
  it('have zero bytes where they are not there', async () => {
    const streams = streamsOf({ a: 'x' });
    assert.deepEqual(streamOf(streams, 'a'), utf8('x'));
    assert.equal(streamOf(streams, 'b').length, 0);
    assert.deepEqual(linesOf(streams, 'b').next(), new Uint8Array(0));
    assert.equal(cellsOf(streams, 'b').count, 1);
    const decoded = await decodeStreams(storedSet(streams), await createNativeEngines());
    assert.deepEqual(decoded, streams);
  });

  it('have one cell more than line feeds, in order and by number', async () => {
    const text = fc.array(fc.constantFrom('a', 'bc', '\n', '\r'), { maxLength: 30 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, async (all) => {
        const expected = all.split('\n');
        const lines = new Lines(utf8(all), 'x');
        const cells = new Cells(utf8(all), 'x');
        assert.equal(cells.count, expected.length);
        for (const [i, cell] of expected.entries()) {
          assert.equal(fromLatin1(lines.next()), cell);
          assert.equal(fromLatin1(cells.at(i)), cell);
        }
        await throwsCode(() => lines.next(), 'container/malformed');
        await throwsCode(() => lines.next(), 'container/malformed');
        await throwsCode(() => cells.at(expected.length), 'container/malformed');
      }),
    );
    await throwsCode(() => new Cells(new Uint8Array(2 ** 24).fill(10), 'x'), 'container/limit');
  });
});

describe('the output of a codec', () => {
  it('is what was written, up to its limit and not a byte more', async () => {
    const piece = fc.oneof(fc.string({ unit: 'binary-ascii', maxLength: 300 }), fc.constant('y'.repeat(3000)));
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const expected = utf8(pieces.join(''));
        const write = (output: Output): void => {
          for (const [i, text] of pieces.entries()) {
            if (i % 3 === 0) output.bytes(utf8(text));
            else if (i % 3 === 1) output.ascii(text);
            else for (const byte of utf8(text)) output.u8(byte);
          }
        };
        const output = new Output(expected.length);
        write(output);
        assert.equal(output.length, expected.length);
        const bytes = output.finish();
        assert.deepEqual(bytes, expected);
        // No large buffer behind a small result.
        assert.ok(bytes.buffer.byteLength <= Math.max(2 * bytes.length, 1), `${bytes.buffer.byteLength}`);
        if (expected.length > 0) await throwsCode(() => write(new Output(expected.length - 1)), 'container/limit');
      }),
    );
  });

  it('takes no memory for a limit that is not used', () => {
    const output = new Output(Number.MAX_SAFE_INTEGER);
    output.u8(1);
    assert.deepEqual(output.finish(), Uint8Array.of(1));
  });
});
