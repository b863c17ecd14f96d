import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { writeEmbed } from '../../src/codecs/write-embed.js';
import { encodePayload } from '../../src/container/payload.js';
import { decodeWhole } from '../../src/container/read.js';
import type { NamedPayload } from '../../src/container/stream-set.js';
import { writeStream, writeWhole, writeWholeCodec } from '../../src/container/write.js';
import { digestOf } from '../../src/digest/digest.js';
import type { Engines } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { type EncodedSegment, type ExpectedSegment, encodeSegment, openSegment } from '../../src/packing/segment.js';
import { createPortableEngines } from '../../src/portable/engines.js';
import { anyData } from '../helpers/byte-stream.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { throwsCode } from '../helpers/throws-code.js';

const expectedOf = (segment: EncodedSegment): ExpectedSegment => ({
  object: segment.object,
  sha256: segment.original,
  size: segment.size,
  stored: segment.container.length,
});
const text = utf8('one line of a table, 17, 4\n'.repeat(500));

describe('segment', () => {
  let engines: Engines;
  let portable: Engines;
  before(async () => {
    engines = await createNativeEngines();
    portable = await createPortableEngines();
  });

  it('gives back any data, with either set of engines', async () => {
    await fc.assert(
      fc.asyncProperty(anyData, fc.constantFrom('balanced' as const, 'max' as const), async (data, level) => {
        const segment = await encodeSegment(data, level, engines);
        assert.equal(segment.object, createHash('sha256').update(segment.container).digest('hex'));
        assert.equal(segment.original, createHash('sha256').update(data).digest('hex'));
        assert.ok(segment.container.length <= data.length + 42);
        assert.deepEqual(await openSegment(segment.container, expectedOf(segment), engines), data);
        assert.deepEqual(await openSegment(segment.container, expectedOf(segment), portable), data);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses a container with any bit flipped before it looks inside', async () => {
    const segment = await encodeSegment(text, 'balanced', engines);
    for (let bit = 0; bit < segment.container.length * 8; bit++) {
      const flipped = segment.container.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      await throwsCode(() => openSegment(flipped, expectedOf(segment), engines), 'object/digest-mismatch');
    }
    const short = segment.container.subarray(1);
    await throwsCode(() => openSegment(short, expectedOf(segment), engines), 'object/digest-mismatch');
  });

  it('refuses an intact object that holds something else than the manifest says, without decoding it', async () => {
    const segment = await encodeSegment(text, 'balanced', engines);
    const blind: Engines = { ...engines, zstdDecompress: () => assert.fail('decoded') };
    const other = digestOf(engines.sha256(utf8('other')));
    for (const lie of [{ size: 1 }, { size: text.length + 1 }, { sha256: other }]) {
      const expected = { ...expectedOf(segment), ...lie };
      await throwsCode(() => openSegment(segment.container, expected, blind), 'object/content-mismatch');
    }
  });

  it('opens an object of a codec, held to size and digest that the manifest says', async () => {
    const data = utf8('abcdefgh'.repeat(40));
    const streams = (writeEmbed(new Uint8Array(0), data, 4) ?? assert.fail()).map(
      ({ name, data: bytes }): NamedPayload => ({ name, payload: { backend: 'stored', bytes, size: bytes.length } }),
    );
    const expecting = (container: Uint8Array, claims: Partial<ExpectedSegment> = {}): ExpectedSegment => ({
      object: digestOf(engines.sha256(container)),
      sha256: digestOf(engines.sha256(data)),
      size: data.length,
      stored: container.length,
      ...claims,
    });
    const container = writeWholeCodec('embed', streams, engines.sha256(data));
    assert.deepEqual(await openSegment(container, expecting(container), engines), data);
    assert.deepEqual(await openSegment(container, expecting(container), portable), data);
    const other = engines.sha256(utf8('other'));
    const refused = (claims: Partial<ExpectedSegment>, object = container) =>
      openSegment(object, expecting(object, claims), engines);
    await throwsCode(() => refused({ sha256: digestOf(other) }), 'object/content-mismatch');
    await throwsCode(() => refused({ size: data.length - 1 }), 'container/limit');
    await throwsCode(() => refused({ size: data.length + 1 }), 'container/malformed');
    await throwsCode(() => refused({ object: digestOf(other) }), 'object/digest-mismatch');
    const lying = writeWholeCodec('embed', streams, other);
    await throwsCode(() => refused({ sha256: digestOf(other) }, lying), 'container/digest-mismatch');
    await throwsCode(() => refused({}, container.subarray(0, -36)), 'container/trailer-missing');
    await throwsCode(
      () => refused({}, writeWholeCodec('bundle', streams, engines.sha256(data))),
      'container/unsupported',
    );
    const stream: Uint8Array[] = [];
    for await (const part of writeStream([{ data, streams }], engines, 'embed')) stream.push(part);
    await throwsCode(() => refused({}, concatBytes(stream)), 'container/not-strict');
  });

  it('is not larger at `max` than at `balanced` where a codec saves little', async () => {
    const random = new DataView(randomBytes(64_000, 5).buffer);
    const number = (i: number) => (random.getUint32(4 * i, true) / 1e9).toFixed(9);
    const data = utf8(Array.from({ length: 8000 }, (_, i) => `${number(2 * i)},${number(2 * i + 1)}\n`).join(''));
    const balanced = await encodeSegment(data, 'balanced', engines);
    const max = await encodeSegment(data, 'max', engines);
    assert.equal(balanced.backend, 'streams');
    assert.ok(max.container.length <= balanced.container.length);
  });

  it('keeps text as the streams of a codec where those are smaller, but not at `fast` and not a little text', async () => {
    const line = (i: number) => `${i},2026-01-${(i % 28) + 10},${(i * 7919) % 1000}.${i % 10},place ${i % 7}\n`;
    const table = utf8(Array.from({ length: 2000 }, (_, i) => line(i)).join(''));
    const log = utf8(
      Array.from({ length: 500 }, (_, i) => `Dec 6 05:46:41 host job[${i * 7919}]: done in ${i % 90} ms\n`).join(''),
    );
    // Cut by its content a segment begins and ends anywhere in a line.
    for (const data of [table, log, table.subarray(11, -7)]) {
      const fast = await encodeSegment(data, 'fast', engines);
      assert.equal(fast.backend, 'zstd');
      for (const level of ['balanced', 'max'] as const) {
        const segment = await encodeSegment(data, level, engines);
        assert.equal(segment.backend, 'streams');
        assert.ok(segment.container.length < fast.container.length);
        assert.deepEqual(await openSegment(segment.container, expectedOf(segment), engines), data);
        assert.deepEqual(await openSegment(segment.container, expectedOf(segment), portable), data);
      }
    }
    assert.equal((await encodeSegment(table.subarray(0, 4000), 'max', engines)).backend, 'xz');
    const broken: Engines = { ...engines, xzDecompress: async (_, size) => new Uint8Array(size).fill(49) };
    const segment = await encodeSegment(table, 'balanced', broken);
    assert.deepEqual(await openSegment(segment.container, expectedOf(segment), engines), table);
  });

  it('refuses an object whose trailer lies', async () => {
    const payload = await encodePayload('zstd', text, 3, engines);
    const claimed = engines.sha256(utf8('other'));
    const container = writeWhole(payload, claimed);
    const expected: ExpectedSegment = {
      object: digestOf(engines.sha256(container)),
      sha256: digestOf(claimed),
      size: text.length,
      stored: container.length,
    };
    await throwsCode(() => openSegment(container, expected, engines), 'container/digest-mismatch');
  });

  it('refuses an object that is no container of ours', async () => {
    const container = utf8('a file that is no container at all, but has the right digest');
    const object = digestOf(engines.sha256(container));
    const expected: ExpectedSegment = { object, sha256: object, size: 5, stored: container.length };
    await throwsCode(() => openSegment(container, expected, engines), 'container/malformed');
  });

  it('refuses a stream container, however sound, before it looks at its frames', async () => {
    const payload = await encodePayload('stored', text, 0, engines);
    const pieces: Uint8Array[] = [];
    for await (const piece of writeStream([{ data: text, payload }], engines)) pieces.push(piece);
    const container = concatBytes(pieces);
    assert.deepEqual(await decodeWhole(container, engines), text);
    const expected: ExpectedSegment = {
      object: digestOf(engines.sha256(container)),
      sha256: digestOf(engines.sha256(text)),
      size: text.length,
      stored: container.length,
    };
    await throwsCode(() => openSegment(container, expected, engines), 'container/not-strict');
  });

  it('falls back to stored when a codec does not give back the same bytes', async () => {
    const broken: Engines[] = [
      {
        ...engines,
        zstdDecompress: async (frame, size) => {
          const data = await engines.zstdDecompress(frame, size);
          data[5] = (data[5] as number) ^ 1;
          return data;
        },
      },
      { ...engines, zstdDecompress: async () => new Uint8Array(3) },
    ];
    for (const each of broken) {
      const segment = await encodeSegment(text, 'balanced', each);
      assert.equal(segment.backend, 'stored');
      assert.deepEqual(await openSegment(segment.container, expectedOf(segment), engines), text);
    }
  });

  it('hands other failures of an engine on', async () => {
    const broken: Engines = { ...engines, zstdDecompress: () => Promise.reject(new RangeError('out of memory')) };
    await assert.rejects(encodeSegment(text, 'balanced', broken), RangeError);
    await throwsCode(() => encodeSegment(text, 'balanced', portable), 'capability/missing');
  });

  it('hashes stored data once for the object and once for the content, and does not copy it', async () => {
    const data = randomBytes(1_000_000, 7);
    const segment = await encodeSegment(data, 'balanced', engines);
    assert.equal(segment.backend, 'stored');
    let hashed = 0;
    const counting: Engines = {
      ...engines,
      sha256Aside: (bytes) => {
        hashed += bytes.length;
        return engines.sha256Aside(bytes);
      },
    };
    const opened = await openSegment(segment.container, expectedOf(segment), counting);
    assert.equal(hashed, segment.container.length + data.length);
    assert.equal(opened.buffer, segment.container.buffer);
  });
});
