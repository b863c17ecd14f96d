import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { concatBytes } from '../../src/bytes/writer.js';
import { nodeFileSystem } from '../../src/files/file-system.js';
import { cutInSegments, readInSegments, SEGMENT_SIZE } from '../../src/store/read-segments.js';
import { collect } from '../helpers/collect.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

/** Reads at most `most` bytes at a time, as a network file system may. */
function inMemory(bytes: Uint8Array, most = Number.MAX_SAFE_INTEGER) {
  return {
    read: async (into: Uint8Array, position: number) => {
      const part = bytes.subarray(position, position + Math.min(into.length, most));
      into.set(part);
      return part.length;
    },
  };
}

function* inChunks(bytes: Uint8Array, sizes: readonly number[]) {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] as number;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

describe('readInSegments and cutInSegments', () => {
  const dir = useTempDir();

  it('cut everything into exact pieces, whatever the source gives at a time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }),
        async (bytes, segmentSize, sizes) => {
          async function* source() {
            yield* inChunks(bytes, sizes);
          }
          for (const pieces of [
            await collect(readInSegments(inMemory(bytes, sizes[0]), bytes.length, { segmentSize })),
            await collect(cutInSegments(source(), { segmentSize })),
            await collect(cutInSegments(source(), { segmentSize, size: bytes.length })),
            await collect(cutInSegments(bytes, { segmentSize })),
          ]) {
            assert.deepEqual(concatBytes(pieces), bytes);
            assert.equal(pieces.length, Math.ceil(bytes.length / segmentSize));
            for (const piece of pieces.slice(0, -1)) assert.equal(piece.length, segmentSize);
            // Nobody holds on to a piece: writing into one must not reach another.
            assert.equal(new Set(pieces.map((piece) => piece.buffer)).size, pieces.length);
          }
        },
      ),
    );
  });

  it('cut a real file at 8 MiB', async () => {
    const bytes = randomBytes(SEGMENT_SIZE * 2 + 5, 1);
    await writeFile(dir.at('x'), bytes);
    const file = await nodeFileSystem.openRead(dir.at('x'));
    const pieces = await collect(readInSegments(file, bytes.length));
    await file.close();
    assert.deepEqual(
      pieces.map((piece) => piece.length),
      [SEGMENT_SIZE, SEGMENT_SIZE, 5],
    );
    assert.equal(Buffer.compare(Buffer.concat(pieces), bytes), 0);
  });

  it('refuse a source that is shorter or longer than announced', async () => {
    const bytes = randomBytes(100, 1);
    for (const size of [99, 101, 0]) {
      const options = { segmentSize: 40, size };
      await throwsCode(() => collect(readInSegments(inMemory(bytes), size, options)), 'artifact/changed-while-read');
      await throwsCode(() => collect(cutInSegments(bytes, options)), 'artifact/changed-while-read');
    }
  });

  it('read one piece ahead, not more', async () => {
    let furthest = 0;
    const file = {
      read: async (into: Uint8Array, position: number) => {
        furthest = Math.max(furthest, position);
        return Math.min(into.length, 1000 - position);
      },
    };
    let used = 0;
    for await (const piece of readInSegments(file, 1000, { segmentSize: 100 })) {
      await new Promise((done) => setImmediate(done));
      used += piece.length;
      assert.ok(furthest <= used + 100, `at ${furthest} while ${used} are used`);
    }
    assert.equal(used, 1000);
  });

  it('report a failing read when its piece is asked for, and survive an early end', async () => {
    const file = {
      read: async (into: Uint8Array, position: number) => {
        if (position >= 100) throw new RangeError('broken disk');
        return into.length;
      },
    };
    const pieces = readInSegments(file, 300, { segmentSize: 100 });
    assert.equal((await pieces.next()).value?.length, 100);
    await assert.rejects(pieces.next(), RangeError);
    for await (const _ of readInSegments(file, 300, { segmentSize: 100 })) break;
  });
});
