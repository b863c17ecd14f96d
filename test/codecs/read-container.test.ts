import assert from 'node:assert/strict';
import { concatBytes } from '../../src/bytes/writer.js';
import { decodeCodec } from '../../src/codecs/decode-codec.js';
import { decodeContainer, decodeContainerStream } from '../../src/codecs/read-container.js';
import { writeEmbed } from '../../src/codecs/write-embed.js';
import { type CodecBlock, writeStream } from '../../src/container/write.js';
import type { Engines } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { collectBytes } from '../helpers/byte-stream.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { throwsCode } from '../helpers/throws-code.js';
import { storedSet } from './make-streams.js';

const FRAME = 100_000;
const CHUNK = 4096;

function embedBlock(seed: number): CodecBlock {
  const data = randomBytes(FRAME, seed);
  const encoded = writeEmbed(new Uint8Array(0), data, 4) ?? assert.fail();
  return { data, streams: storedSet(new Map(encoded.map(({ name, data: bytes }) => [name, bytes]))) };
}

describe('containers of codecs', () => {
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });

  it('come out frame by frame, with no more read than the frame that is next', async () => {
    const blocks = Array.from({ length: 20 }, (_, i) => embedBlock(i));
    const container = await collectBytes(writeStream(blocks, engines, 'embed'));
    let read = 0;
    const source = async function* () {
      for (; read < container.length; read += CHUNK) yield container.slice(read, read + CHUNK);
    };
    let frames = 0;
    for await (const piece of decodeContainerStream(source(), engines)) {
      assert.deepEqual(piece, blocks[frames]?.data);
      frames++;
      const overhead = 100 * frames + 2 * CHUNK;
      assert.ok(read <= frames * FRAME + overhead, `${read} bytes read for ${frames} frames`);
    }
    assert.equal(frames, 20);
    const output = concatBytes(blocks.map(({ data }) => data));
    assert.deepEqual(await decodeContainer(container, engines), output);
    assert.deepEqual(await decodeContainer(container, engines, { size: output.length }), output);
    await throwsCode(() => decodeContainer(container, engines, { maxFrameOutput: FRAME - 1 }), 'container/limit');
    await throwsCode(() => decodeContainer(container, engines, { size: output.length - 1 }), 'container/limit');
  });

  it('have a reader for every codec that yields one output', async () => {
    await throwsCode(() => decodeCodec('bundle', new Map(), 1, engines), 'container/unsupported');
    await throwsCode(() => decodeCodec('raw', new Map(), 1, engines), 'container/unsupported');
    // Without a stream most of them miss something, and say so in their own words.
    for (const codec of ['ssh', 'json', 'osm', 'log', 'columnar', 'vcf', 'jsondoc', 'qcolumnar'] as const) {
      await throwsCode(() => decodeCodec(codec, new Map(), 1, engines), 'container/malformed');
    }
    for (const codec of ['qjson', 'dicom', 'embed', 'qjson2'] as const) {
      await throwsCode(() => decodeCodec(codec, new Map(), 1, engines), 'container/malformed');
    }
  });
});
