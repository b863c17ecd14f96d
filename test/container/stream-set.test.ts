import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Cursor } from '../../src/bytes/cursor.js';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { MAX_WHOLE_OUTPUT, maxStreams } from '../../src/container/format.js';
import { decodePayload, type Payload } from '../../src/container/payload.js';
import { formatStreamSet, type NamedPayload, readStreamSet } from '../../src/container/stream-set.js';
import type { Engines } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { anyData } from '../helpers/byte-stream.js';
import { throwsCode } from '../helpers/throws-code.js';
import { BACKENDS, block } from './samples.js';

const VISIBLE = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i));
const anyName = fc.array(fc.constantFrom(...VISIBLE), { minLength: 1, maxLength: 31 }).map((all) => all.join(''));

function stored(text: string): Payload {
  return { backend: 'stored', bytes: utf8(text), size: text.length };
}

function read(bytes: Uint8Array | readonly number[], limit = 1000): readonly NamedPayload[] {
  return readStreamSet(new Cursor(Uint8Array.from(bytes)), limit);
}

/** One stored stream of one byte. */
const one = (name: Uint8Array | readonly number[]): number[] => [name.length, ...name, 2, 1, 65];

describe('stream set', () => {
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });

  it('gives back any streams, in their order, through every backend', async () => {
    const stream = fc.record({ name: anyName, data: anyData, backend: fc.constantFrom(...BACKENDS) });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(stream, { maxLength: 6, selector: ({ name }) => name }), async (streams) => {
        const named: NamedPayload[] = [];
        let size = 0;
        for (const { name, data, backend } of streams) {
          named.push({ name, payload: (await block(data, backend, engines)).payload });
          size += data.length;
        }
        const back = readStreamSet(new Cursor(formatStreamSet(named)), size);
        assert.deepEqual(back, named);
        for (const [i, { payload }] of back.entries()) {
          assert.deepEqual(await decodePayload(payload, engines), streams[i]?.data);
        }
        if (size > 0) {
          await throwsCode(() => readStreamSet(new Cursor(formatStreamSet(named)), size - 1), 'container/limit');
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is written byte by byte as the format says', () => {
    const set = formatStreamSet([
      { name: 'meta', payload: stored('xyz') },
      { name: 'b', payload: stored('') },
    ]);
    assert.deepEqual(set, Uint8Array.of(2, 4, 0x6d, 0x65, 0x74, 0x61, 2, 3, 0x78, 0x79, 0x7a, 1, 0x62, 2, 0));
    assert.deepEqual(formatStreamSet([]), Uint8Array.of(0));
    assert.deepEqual(read([0]), []);
  });

  it('takes 256 streams and refuses one more, without looking at it', async () => {
    const streams = Array.from({ length: 256 }, (_, i) => ({ name: `s${i}`, payload: stored('') }));
    assert.equal(read(formatStreamSet(streams)).length, 256);
    assert.throws(() => formatStreamSet([...streams, { name: 'more', payload: stored('') }]), RangeError);
    await throwsCode(() => read([0x81, 0x02]), 'container/malformed');
    await throwsCode(() => read([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]), 'container/malformed');
  });

  it('refuses names that are empty, long, not visible ASCII, or there twice', async () => {
    assert.deepEqual(
      read([1, ...one(utf8('!~'))]).map(({ name }) => name),
      ['!~'],
    );
    const long = new Uint8Array(31).fill(0x61);
    assert.equal(read([1, ...one(long)])[0]?.name, 'a'.repeat(31));
    for (const name of [[], [...long, 0x61], [0x61, 0x20], [0x61, 0x7f], [0x61, 0], [0xc3, 0xa9]]) {
      await throwsCode(() => read([1, ...one(name)]), 'container/malformed');
    }
    await throwsCode(() => read([2, ...one([0x61]), ...one([0x61])]), 'container/not-strict');
    for (const name of ['', 'a'.repeat(32), 'a b', 'é']) {
      assert.throws(() => formatStreamSet([{ name, payload: stored('') }]), RangeError);
    }
    const twice = [0, 1].map(() => ({ name: 'a', payload: stored('') }));
    assert.throws(() => formatStreamSet(twice), RangeError);
  });

  it('refuses what is cut short, goes on, is padded, or has another backend', async () => {
    const set = concatBytes([Uint8Array.of(2), Uint8Array.from(one([0x61])), Uint8Array.from(one([0x62]))]);
    for (let length = 0; length < set.length; length++) {
      await throwsCode(() => read(set.subarray(0, length)), 'container/malformed');
    }
    await throwsCode(() => read([...set, 0]), 'container/not-strict');
    await throwsCode(() => read([0x80, 0]), 'container/not-strict');
    await throwsCode(() => read([1, 1, 0x61, 3, 0]), 'container/malformed');
    await throwsCode(() => read([1, 1, 0x61, 9, 1, 0]), 'container/malformed');
    await throwsCode(() => read([1, 1, 0x61, 1, 1, 0]), 'container/malformed');
  });

  it('says what is wrong, and where', async () => {
    const says = async (act: () => unknown, message: string): Promise<void> => {
      await assert.rejects(
        async () => act(),
        (error: Error) => {
          assert.equal(error.message.replace(/ \(at offset .*/, ''), message);
          return true;
        },
      );
    };
    await says(() => read([]), 'number of streams: length 1 exceeds 0 available');
    const many = Array.from({ length: 257 }, (_, i) => one([0x61 + (i % 26), 0x61 + Math.floor(i / 26)])).flat();
    await says(() => read([0x81, 2, ...many]), '257 streams, 256 are the most');
    await says(() => read([1]), 'length of a stream name: length 1 exceeds 0 available');
    await says(() => read([1, 2, 0x61]), 'stream name: length 2 exceeds 1 available');
    await says(() => read([1, 0]), 'name of a stream of 0 bytes is not 1 to 31 visible ASCII characters');
    await says(() => read([1, 1, 0x61]), 'backend: length 1 exceeds 0 available');
    await says(() => read([1, 1, 0x61, 2]), 'stream length: length 1 exceeds 0 available');
    await says(() => read([1, 1, 0x61, 2, 2, 0]), 'stream: length 2 exceeds 1 available');
    await says(() => read([2, ...one([0x61]), ...one([0x61])]), 'two streams have the name a');
    await says(() => read([1, ...one([0x61])], 0), 'streams of a codec: 1 exceeds 0');
    await says(() => read([0, 7, 7]), '2 bytes after the streams');
    await says(() => formatStreamSet([{ name: 'a b', payload: stored('') }]), 'not a name of a stream: a b');
    const twice = [0, 1].map(() => ({ name: 'a', payload: stored('') }));
    await says(() => formatStreamSet(twice), 'a stream set has at most 256 streams, each with a name of its own');
  });

  it('bounds the streams of a codec by eight times the output and a MiB, and by what memory holds', () => {
    assert.equal(maxStreams(0), 2 ** 20);
    assert.equal(maxStreams(100), 2 ** 20 + 800);
    assert.equal(maxStreams(Number.MAX_SAFE_INTEGER), MAX_WHOLE_OUTPUT);
  });
});
