/** Frames of zstd put together by hand: every field at its bounds, and what is said where one is wrong. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { Cursor } from '../../src/bytes/cursor.js';
import { isSkippableFrame, readFrameHeader, readZstdFrame } from '../../src/container/zstd-frame.js';
import type { ErrorCode } from '../../src/errors.js';
import { cutFields } from '../helpers/cut-fields.js';
import { throwsCode } from '../helpers/throws-code.js';

type Bytes = readonly number[];

const MAGIC: Bytes = [0x28, 0xb5, 0x2f, 0xfd];
const SINGLE = 0x20;
const RAW = 0;
const RLE = 1;
const PACKED = 2;

function block(kind: number, size: number, content: Bytes, last = true): number[] {
  const header = (size << 3) | (kind << 1) | (last ? 1 : 0);
  return [header & 255, (header >> 8) & 255, header >> 16, ...content];
}

/** A frame in a single segment whose header states the size in four bytes. */
function frameOf(size: number, ...blocks: Bytes[]): Uint8Array {
  const stated = [size & 255, (size >> 8) & 255, (size >> 16) & 255, size >>> 24];
  return Uint8Array.from([...MAGIC, 0x80 | SINGLE, ...stated, ...blocks.flat()]);
}

const zeros = (count: number): number[] => Array<number>(count).fill(0);
const header = (...bytes: number[]) => readFrameHeader(new Cursor(Uint8Array.from([...MAGIC, ...bytes])));

/** How much the zstd program makes of it; undefined where it refuses. */
function byZstd(frame: Uint8Array): number | undefined {
  const done = spawnSync('zstd', ['-dcq'], { input: frame, maxBuffer: 1 << 24 });
  return done.status === 0 ? done.stdout.length : undefined;
}

describe('a zstd frame put together by hand', () => {
  it('states its size in one, two, four or eight bytes', () => {
    const sizes: readonly (readonly [Bytes, number])[] = [
      [[SINGLE, 0], 0],
      [[SINGLE, 255], 255],
      [[0x40 | SINGLE, 0, 0], 256],
      [[0x40 | SINGLE, 2, 1], 514],
      [[0x40 | SINGLE, 255, 255], 65_791],
      [[0x80 | SINGLE, 1, 2, 3, 4], 0x04030201],
      [[0x80 | SINGLE, 255, 255, 255, 255], 0xffffffff],
      [[0xc0 | SINGLE, 1, 0, 0, 0, 1, 0, 0, 0], 2 ** 32 + 1],
      [[0xc0 | SINGLE, 255, 255, 255, 255, 255, 255, 0x1f, 0], Number.MAX_SAFE_INTEGER],
    ];
    for (const [bytes, size] of sizes) {
      assert.deepEqual(header(...bytes), { size, window: size, checksum: false });
    }
  });

  it('names a window of up to 128 MiB, whatever it states as its size', async () => {
    for (let byte = 0; byte < 256; byte++) {
      const exponent = Math.floor(byte / 8);
      const window = 2 ** (10 + exponent) + 2 ** (7 + exponent) * (byte % 8);
      const read = () => header(0x80, byte, 9, 0, 0, 0);
      if (window <= 128 * 1024 * 1024) {
        assert.deepEqual(read(), { size: 9, window, checksum: false });
      } else {
        const error = await throwsCode(read, 'container/limit');
        assert.equal(error.message, `zstd window: ${window} exceeds 134217728`);
        assert.deepEqual(error.facts, { size: window, limit: 134_217_728 });
      }
    }
  });

  it('says whether a checksum follows', () => {
    assert.equal(header(0x04 | SINGLE, 1).checksum, true);
    assert.equal(header(SINGLE, 1).checksum, false);
  });

  const wrongHeaders: readonly (readonly [string, Bytes, ErrorCode, RegExp])[] = [
    ['its unused bit set', [0x10 | SINGLE, 0], 'container/not-strict', /^zstd frame header has its unused bit set$/],
    ['its reserved bit set', [0x08 | SINGLE, 0], 'container/malformed', /^zstd frame header has its reserved bit set$/],
    ['a dictionary of one byte', [0x01 | SINGLE, 7, 0], 'container/malformed', /^zstd frame asks for a dictionary$/],
    ['a dictionary of two', [0x02 | SINGLE, 7, 7, 0], 'container/malformed', /^zstd frame asks for a dictionary$/],
    ['no size', [0, 0], 'container/malformed', /^zstd frame does not state its content size$/],
    [
      'a size of 2^53',
      [0xc0 | SINGLE, 0, 0, 0, 0, 0, 0, 0x20, 0],
      'container/malformed',
      /^zstd content size 9007199254740992 is not a size$/,
    ],
  ];
  for (const [what, bytes, code, message] of wrongHeaders) {
    it(`with ${what} is refused`, async () => {
      assert.match((await throwsCode(() => header(...bytes), code)).message, message);
    });
  }

  it('begins with its own magic', async () => {
    for (let last = 0x50; last < 0x60; last++) {
      const skippable = new Cursor(Uint8Array.of(last, 0x2a, 0x4d, 0x18, 0, 0, 0, 0));
      const error = await throwsCode(() => readFrameHeader(skippable), 'container/not-strict');
      assert.equal(error.message, 'zstd payload starts with a skippable frame');
    }
    for (const first of [0x27, 0x29, 0x4f, 0x60]) {
      for (const rest of [MAGIC.slice(1), [0x2a, 0x4d, 0x18]]) {
        const other = new Cursor(Uint8Array.from([first, ...rest, SINGLE, 0, 1, 0, 0]));
        const error = await throwsCode(() => readFrameHeader(other), 'container/malformed');
        assert.equal(error.message, 'payload is not a zstd frame');
      }
    }
  });

  it('yields what its blocks yield, as the zstd program finds too', () => {
    const frames: readonly (readonly [number, Uint8Array])[] = [
      [0, frameOf(0, block(RAW, 0, []))],
      [3, frameOf(3, block(RAW, 3, [1, 2, 3]))],
      [131_072, frameOf(131_072, block(RLE, 131_072, [65]))],
      [131_072, frameOf(131_072, block(RAW, 131_072, zeros(131_072)))],
      [131_075, frameOf(131_075, block(RLE, 131_072, [65], false), block(RAW, 3, [1, 2, 3]))],
      // Literals of one run of five bytes, no sequences.
      [5, frameOf(5, block(PACKED, 3, [(5 << 3) | 1, 65, 0]))],
    ];
    for (const [size, frame] of frames) {
      assert.deepEqual(readZstdFrame(frame), { size, window: size, checksum: false });
      assert.equal(byZstd(frame), size);
    }
  });

  it('states no more than its blocks can yield: a packed one 128 KiB, the others their size', async () => {
    const packed = block(PACKED, 3, [(5 << 3) | 1, 65, 0]);
    for (const [most, ...blocks] of [
      [2, block(RAW, 2, [1, 2])],
      [9, block(RLE, 9, [65])],
      [131_072, packed],
      [131_072 + 7, block(RLE, 7, [65], false), packed],
    ] as const) {
      assert.equal(readZstdFrame(frameOf(most, ...blocks)).size, most);
      const error = await throwsCode(() => readZstdFrame(frameOf(most + 1, ...blocks)), 'container/malformed');
      assert.equal(error.message, `zstd frame states ${most + 1} bytes, its blocks yield at most ${most}`);
    }
  });

  const wrongBlocks: readonly (readonly [string, Bytes, RegExp])[] = [
    ['the reserved kind', block(3, 1, [0]), /^zstd block of the reserved kind$/],
    ['131,073 bytes', block(RAW, 131_073, zeros(131_073)), /^zstd block of 131073 bytes$/],
    ['a run of 131,073 bytes', block(RLE, 131_073, [65]), /^zstd block of 131073 bytes$/],
    ['one packed byte', block(PACKED, 1, [0]), /^zstd block of 1 bytes$/],
    ['no packed byte', block(PACKED, 0, []), /^zstd block of 0 bytes$/],
  ];
  for (const [what, bytes, message] of wrongBlocks) {
    it(`with a block of ${what} is refused`, async () => {
      const error = await throwsCode(() => readZstdFrame(frameOf(0, bytes)), 'container/malformed');
      assert.match(error.message, message);
    });
  }

  it('names the field in which it ends', () => {
    const frame = [...MAGIC, 0x84, 0, 3, 0, 0, 0, ...block(RAW, 3, [1, 2, 3]), 0, 0, 0, 0];
    const names = ['magic', 'frame header', 'window', 'content size', 'block header', 'block', 'checksum'];
    assert.deepEqual(
      cutFields(Uint8Array.from(frame), readZstdFrame),
      names.map((name) => `zstd ${name}`),
    );
    for (const flags of [SINGLE, 0x40 | SINGLE, 0xc0 | SINGLE]) {
      const short = Uint8Array.from([...MAGIC, flags, ...zeros([1, 2, 4, 8][flags >> 6] ?? 0)]);
      assert.equal(cutFields(short, readZstdFrame).at(-1), 'zstd content size');
    }
  });

  it('ends where its payload ends', async () => {
    const longer = Uint8Array.from([...frameOf(0, block(RAW, 0, [])), 1, 2]);
    const error = await throwsCode(() => readZstdFrame(longer), 'container/not-strict');
    assert.equal(error.message, '2 bytes after the zstd frame');
  });
});

describe('a skippable frame of zstd', () => {
  it('has one of sixteen magics and exactly the length it states', () => {
    for (let first = 0; first < 256; first++) {
      const frame = Uint8Array.of(first, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9);
      assert.equal(isSkippableFrame(frame), first >= 0x50 && first <= 0x5f);
    }
    const empty = Uint8Array.of(0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0);
    assert.ok(isSkippableFrame(empty));
    assert.ok(!isSkippableFrame(empty.subarray(0, 7), 8));
    const head = Uint8Array.of(0x50, 0x2a, 0x4d, 0x18, 1, 2, 0, 0);
    for (const length of [8, 520, 521, 522]) assert.equal(isSkippableFrame(head, length), length === 8 + 513);
  });
});
