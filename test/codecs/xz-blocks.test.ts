import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { compressPart, deltaOf, joinXzBlocks, XZ_BLOCK_OVERHEAD, type XzPart } from '../../src/codecs/xz-blocks.js';
import { decodePayload, type Payload } from '../../src/container/payload.js';
import { readXzStream } from '../../src/container/xz-stream.js';
import type { Engines } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { createPortableEngines } from '../../src/portable/engines.js';
import { anyData } from '../helpers/byte-stream.js';

const TUNINGS = [{}, { lc: 4, lp: 0, pb: 0 }, { lc: 0, lp: 2, pb: 2 }, { lc: 2, pb: 0, extreme: true }];

const anyPart: fc.Arbitrary<XzPart> = fc.record(
  {
    data: anyData,
    tuning: fc.constantFrom(...TUNINGS),
    delta: fc.option(fc.integer({ min: 1, max: 256 }), { nil: undefined }),
  },
  { noNullPrototype: true },
);

describe('an .xz stream of fitted blocks', () => {
  let engines: Engines;
  let portable: Engines;
  before(async () => {
    engines = await createNativeEngines();
    portable = await createPortableEngines();
  });

  async function join(parts: readonly XzPart[]): Promise<Payload> {
    const blocks: { part: XzPart; lzma2: Uint8Array }[] = [];
    for (const part of parts) blocks.push({ part, lzma2: await compressPart(part, engines) });
    return joinXzBlocks(blocks);
  }

  it('decodes to its parts with liblzma, which checks sums, filters and index, and with xz-embedded', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyPart, { maxLength: 4 }), async (parts) => {
        const payload = await join(parts);
        const data = concatBytes(parts.map((part) => part.data));
        for (const each of [engines, portable]) assert.deepEqual(await decodePayload(payload, each), data);
      }),
      { numRuns: 60 },
    );
  });

  it('is what the xz program reads', async () => {
    const parts: XzPart[] = [
      { data: utf8('2010-01-01\n2010-01-02\n'.repeat(50)), tuning: { lc: 0, pb: 0 }, delta: 11 },
      { data: new Uint8Array(0), tuning: {} },
      { data: utf8('free text, '.repeat(90)), tuning: { lc: 4, lp: 0, pb: 0 } },
    ];
    const { bytes } = await join(parts);
    const output = execFileSync('xz', ['-dc'], { input: bytes });
    assert.deepEqual(new Uint8Array(output), concatBytes(parts.map(({ data }) => data)));
    const single = await join(parts.slice(2));
    assert.deepEqual(new Uint8Array(execFileSync('xz', ['-dc'], { input: single.bytes })), parts[2]?.data);
  });

  it('asks for no larger dictionary than its largest part needs', async () => {
    const parts = [{ data: new Uint8Array(5000), tuning: {} }];
    assert.equal(readXzStream((await join(parts)).bytes).dictionary, 6144);
  });

  it('costs about what is said for each block', async () => {
    const part: XzPart = { data: utf8('some text to pack '.repeat(20)), tuning: {}, delta: 3 };
    const [one, three] = [await join([part]), await join([part, part, part])];
    const lzma2 = (await compressPart(part, engines)).length;
    const each = (three.bytes.length - one.bytes.length) / 2 - lzma2;
    assert.ok(Math.abs(each - XZ_BLOCK_OVERHEAD) <= 6, `${each} bytes`);
  });

  it('takes the byte a distance before from each byte, and leaves the first ones', () => {
    assert.deepEqual(deltaOf(Uint8Array.of(5, 7, 6, 6, 0), 2), Uint8Array.of(5, 7, 1, 255, 250));
  });
});
