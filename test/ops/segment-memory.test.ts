import assert from 'node:assert/strict';
import { SegmentMemory } from '../../src/ops/segment-memory.js';
import { SEGMENT_SIZE } from '../../src/store/read-segments.js';

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
    const [first, second] = [memory.take(SEGMENT_SIZE), memory.take(SEGMENT_SIZE)];
    memory.giveInOrder(first.subarray(0, 10));
    memory.giveInOrder(first.subarray(10));
    assert.notEqual(memory.take(SEGMENT_SIZE).buffer, first.buffer);
    memory.giveInOrder(second.subarray(0, 5));
    assert.equal(memory.take(SEGMENT_SIZE).buffer, first.buffer);
    memory.giveInOrder(Uint8Array.of(1));
    assert.equal(memory.take(SEGMENT_SIZE).buffer, second.buffer);
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
