import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { equalBytes } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { encodePayload } from '../../src/container/payload.js';
import { decodeStream } from '../../src/container/read-stream.js';
import { writeStream } from '../../src/container/write.js';
import type { OpenFile } from '../../src/files/file-system.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { SegmentMemory } from '../../src/ops/segment-memory.js';
import { writePieces } from '../../src/store/atomic.js';
import { SEGMENT_SIZE } from '../../src/store/read-segments.js';
import { randomBytes } from '../helpers/random-bytes.js';

describe('memory for segments', () => {
  it('hands out memory that was given back, and never the same twice', () => {
    const memory = new SegmentMemory();
    const first = memory.take(SEGMENT_SIZE);
    const second = memory.take(SEGMENT_SIZE + 42);
    assert.notEqual(first.buffer, second.buffer);
    memory.give(first);
    memory.give(first.subarray(6));
    const third = memory.take(2 * 1024 * 1024);
    assert.equal(third.buffer, first.buffer);
    assert.equal(third.length, 2 * 1024 * 1024);
    assert.notEqual(memory.take(SEGMENT_SIZE).buffer, first.buffer);
  });

  it('is given back in order when a piece of the next one comes', () => {
    const memory = new SegmentMemory();
    const stream = memory.inOrder();
    const [first, second, third] = [stream.take(SEGMENT_SIZE), stream.take(SEGMENT_SIZE), stream.take(SEGMENT_SIZE)];
    stream.done(first.subarray(0, 10));
    stream.done(first.subarray(10));
    assert.notEqual(memory.take(SEGMENT_SIZE).buffer, first.buffer);
    // Of the second one no view came: all of it was decoded.
    stream.done(third.subarray(0, 5));
    const again = new Set([memory.take(SEGMENT_SIZE).buffer, memory.take(SEGMENT_SIZE).buffer]);
    assert.deepEqual(again, new Set([first.buffer, second.buffer]));
    assert.notEqual(memory.take(SEGMENT_SIZE).buffer, third.buffer);
    stream.end();
    assert.equal(memory.take(SEGMENT_SIZE).buffer, third.buffer);
  });

  it('is given back for pieces of other memory too, as far as nothing of them lies in it', () => {
    const memory = new SegmentMemory();
    const stream = memory.inOrder();
    const [first, second] = [stream.take(SEGMENT_SIZE), stream.take(SEGMENT_SIZE)];
    const decoded = [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)] as const;
    for (const [i, behind] of [0, SEGMENT_SIZE - 1, SEGMENT_SIZE].entries()) {
      stream.comes(decoded[i] as Uint8Array, behind);
      const free = memory.take(SEGMENT_SIZE);
      assert.notEqual(free.buffer, first.buffer);
      stream.done(decoded[i] as Uint8Array);
    }
    assert.equal(memory.take(SEGMENT_SIZE).buffer, first.buffer);
    assert.notEqual(memory.take(SEGMENT_SIZE).buffer, second.buffer);
  });

  it('keeps a few in mind for a stream, and gives those of one to the next', () => {
    const memory = new SegmentMemory();
    const stream = memory.inOrder();
    const taken = Array.from({ length: 12 }, () => stream.take(SEGMENT_SIZE).buffer);
    assert.equal(new Set(taken).size, 12);
    stream.end();
    const other = memory.inOrder();
    const next = Array.from({ length: 9 }, () => other.take(SEGMENT_SIZE).buffer);
    assert.deepEqual(new Set(next.slice(0, 8)), new Set(taken.slice(4)));
    assert.ok(!taken.includes(next[8] as SharedArrayBuffer));
  });

  it('is not given back while views of it may come, whatever comes between them', () => {
    const memory = new SegmentMemory();
    const stream = memory.inOrder();
    const [first, second] = [stream.take(SEGMENT_SIZE), stream.take(SEGMENT_SIZE)];
    for (const other of [Uint8Array.of(1), memory.take(SEGMENT_SIZE)]) {
      stream.done(first.subarray(0, 10));
      stream.done(other);
      assert.notEqual(memory.take(SEGMENT_SIZE).buffer, first.buffer);
    }
    stream.done(first.subarray(20));
    stream.done(second);
    assert.equal(memory.take(SEGMENT_SIZE).buffer, first.buffer);
  });

  it('holds what is read until it is written, whatever frames take turns in it', async () => {
    const engines = await createNativeEngines();
    // Stored frames come out as views of what was read, others and crumbs do not.
    const sizes = Array.from({ length: 24 }, (_, i) => (i % 3 === 1 ? 10 : 600_000));
    const blocks = await Promise.all(
      sizes.map(async (size, i) => {
        const data = i % 3 === 2 ? new Uint8Array(size).fill(i) : randomBytes(size, i);
        const backend = i % 3 === 2 ? 'zstd' : 'stored';
        return { data, payload: await encodePayload(backend, data, 3, engines) };
      }),
    );
    const parts: Uint8Array[] = [];
    for await (const part of writeStream(blocks, engines)) parts.push(Uint8Array.from(part));
    const container = concatBytes(parts);
    const memory = new SegmentMemory().inOrder();
    const chunks = async function* () {
      for (let at = 0; at < container.length; at += 2 ** 21) {
        const bytes = container.subarray(at, at + 2 ** 21);
        const chunk = memory.take(bytes.length);
        chunk.set(bytes);
        yield chunk;
      }
    };
    const written: Uint8Array[] = [];
    const file = {
      // As slow as a disk: what the memory holds by then is what is written.
      write: async (data: Uint8Array) => {
        await setTimeout(5);
        written.push(Uint8Array.from(data));
        return data.length;
      },
    } as unknown as OpenFile;
    await writePieces(file, 'x', decodeStream(chunks(), engines, { onPiece: memory.comes }), {
      overlap: true,
      onWritten: memory.done,
    });
    assert.ok(equalBytes(concatBytes(written), concatBytes(blocks.map(({ data }) => data))));
  });

  it('takes nothing that is not its own', () => {
    const memory = new SegmentMemory();
    const small = memory.take(100);
    assert.equal(small.length, 100);
    memory.give(small);
    memory.give(new Uint8Array(SEGMENT_SIZE));
    memory.give(new Uint8Array(new SharedArrayBuffer(SEGMENT_SIZE)));
    assert.deepEqual([...memory.take(3)], [0, 0, 0]);
    const fresh = memory.take(SEGMENT_SIZE);
    assert.ok(fresh.every((byte) => byte === 0));
    assert.equal(memory.take(SEGMENT_SIZE * 3).length, SEGMENT_SIZE * 3);
  });
});
