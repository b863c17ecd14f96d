/** Streams of xz put together by hand, wrong in one place each, and what is said about them. Checked beside the xz program. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { ByteWriter, concatBytes, encodeVarint } from '../../src/bytes/writer.js';
import { crc32 } from '../../src/container/crc32.js';
import { readXzStream } from '../../src/container/xz-stream.js';
import { throwsCode } from '../helpers/throws-code.js';

type Bytes = readonly number[];

interface Block {
  /** Flags and everything behind them up to the padding; LZMA2 with a dictionary of 4 KiB if not given. */
  readonly header?: Bytes;
  readonly headerPadding?: Bytes;
  readonly data?: Bytes;
  readonly check?: Bytes;
  readonly padding?: number;
  /** What the index says, where that is not the truth. */
  readonly unpadded?: number;
  readonly size?: number | bigint;
}

interface Parts {
  readonly blocks?: readonly Block[];
  readonly flags?: Bytes;
  readonly footerFlags?: Bytes;
  readonly footerMagic?: Bytes;
  readonly indexMark?: number;
  /** Records of the index, where they are not those of the blocks. */
  readonly records?: Uint8Array;
  readonly count?: number;
  readonly indexPadding?: Bytes;
  /** Added to the length of the index that the footer states, in units of four bytes. */
  readonly backward?: number;
  readonly broken?: 'header' | 'block header' | 'index' | 'footer';
}

const LZMA2_4K: Bytes = [0x00, 0x21, 0x01, 0x00];
/** `at1` as one chunk that is not compressed, and the end mark. */
const DATA: Bytes = [0x01, 0x00, 0x02, 0x61, 0x74, 0x31, 0x00];

function le32(value: number): number[] {
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
}

function withCrc(bytes: Bytes, broken = false): number[] {
  return [...bytes, ...le32(crc32(Uint8Array.from(bytes)) ^ (broken ? 1 : 0))];
}

const padTo4 = (length: number): number[] => Array<number>((4 - (length % 4)) % 4).fill(0);

function xzOf(parts: Parts): Uint8Array {
  const flags = parts.flags ?? [0, 0];
  const out = new ByteWriter().bytes(Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0));
  out.bytes(Uint8Array.from([...flags, ...withCrc(flags, parts.broken === 'header').slice(2)]));
  const blocks = parts.blocks ?? [{}];
  const records: Uint8Array[] = [];
  for (const block of blocks) {
    const content = block.header ?? LZMA2_4K;
    const padded = [...content, ...(block.headerPadding ?? padTo4(1 + content.length))];
    const header = withCrc([(1 + padded.length) / 4, ...padded], parts.broken === 'block header');
    const data = block.data ?? DATA;
    const unpadded = header.length + data.length + (block.check?.length ?? 0);
    const padding = Array<number>(padTo4(unpadded).length).fill(block.padding ?? 0);
    // The check stands behind the padding of the block.
    out.bytes(Uint8Array.from([...header, ...data, ...padding, ...(block.check ?? [])]));
    records.push(encodeVarint(block.unpadded ?? unpadded), encodeVarint(block.size ?? 3));
  }
  const body = [
    parts.indexMark ?? 0,
    ...encodeVarint(parts.count ?? blocks.length),
    ...(parts.records ?? concatBytes(records)),
  ];
  const index = withCrc([...body, ...(parts.indexPadding ?? padTo4(body.length))], parts.broken === 'index');
  out.bytes(Uint8Array.from(index));
  const footer = [...le32(index.length / 4 - 1 + (parts.backward ?? 0)), ...(parts.footerFlags ?? flags)];
  const sum = withCrc(footer, parts.broken === 'footer').slice(-4);
  return out.bytes(Uint8Array.from([...sum, ...footer, ...(parts.footerMagic ?? [0x59, 0x5a])])).finish();
}

/** What the xz program makes of it; undefined where it refuses. */
function byXz(stream: Uint8Array): string | undefined {
  const done = spawnSync('xz', ['-dc'], { input: stream });
  return done.status === 0 ? done.stdout.toString('latin1') : undefined;
}

const DELTA: Bytes = [0x01, 0x03, 0x01, 0x00, 0x21, 0x01, 0x00];
const dict = (property: number): Block => ({ header: [0x00, 0x21, 0x01, property] });
const lzma2 = (...data: number[]): Parts => ({ blocks: [{ data }] });
const header = (...bytes: number[]): Parts => ({ blocks: [{ header: bytes }] });

describe('an xz stream put together by hand', () => {
  const plain = { size: 3, dictionary: 4096, check: 0, filtered: false };
  const good: readonly (readonly [string, Parts, ReturnType<typeof readXzStream>])[] = [
    ['one block', {}, plain],
    ['no block', { blocks: [] }, { ...plain, size: 0, dictionary: 0 }],
    ['two blocks', { blocks: [dict(4), dict(0)] }, { ...plain, size: 6, dictionary: 16_384 }],
    ['both sizes in the block header', header(0xc0, 7, 3, 0x21, 1, 0), plain],
    ['its packed size in the block header', header(0x40, 7, 0x21, 1, 0), plain],
    ['its size in the block header', header(0x80, 3, 0x21, 1, 0), plain],
    ['more padding in the block header', { blocks: [{ headerPadding: Array(11).fill(0) }] }, plain],
    ['a filter before LZMA2', { blocks: [{ header: DELTA }, {}] }, { ...plain, size: 6, filtered: true }],
    ['two chunks', lzma2(1, 0, 0, 0x61, 2, 0, 1, 0x74, 0x31, 0), plain],
    ['no chunk', { blocks: [{ data: [0], size: 0 }] }, { ...plain, size: 0 }],
    [
      'a check',
      { flags: [0, 1], blocks: [{ check: le32(crc32(Uint8Array.of(0x61, 0x74, 0x31))) }] },
      { ...plain, check: 1 },
    ],
    [
      'a check of 32 bytes',
      { flags: [0, 10], blocks: [{ check: [...createHash('sha256').update('at1').digest()] }] },
      { ...plain, check: 10 },
    ],
  ];
  for (const [what, parts, expected] of good) {
    it(`with ${what} is read, by the xz program too`, () => {
      const stream = xzOf(parts);
      assert.deepEqual(readXzStream(stream), expected);
      // The delta filter of distance 1 adds to every byte the one before it.
      if (!expected.filtered) assert.equal(byXz(stream), 'at1'.repeat(expected.size / 3));
    });
  }

  const most = BigInt(Number.MAX_SAFE_INTEGER);
  const malformed: readonly (readonly [string, Parts, RegExp])[] = [
    ['a broken header', { broken: 'header' }, /^\.xz stream header is damaged/],
    ['a first flag', { flags: [1, 0] }, /^\.xz stream header has unknown flags/],
    ['a check without meaning', { flags: [0, 2] }, /^\.xz stream header has unknown flags/],
    ['another end', { footerMagic: [0x59, 0x5b] }, /^payload does not end with an \.xz footer/],
    ['a broken footer', { broken: 'footer' }, /^\.xz footer is damaged/],
    ['another check in the footer', { footerFlags: [0, 1] }, /^\.xz header and footer disagree/],
    ['an index longer than all', { blocks: [], backward: 1 }, /^\.xz index is larger than the stream/],
    ['an index that starts late', { backward: -1 }, /^\.xz index is /],
    ['a broken index', { broken: 'index' }, /^\.xz index is damaged/],
    ['no index', { indexMark: 1 }, /^\.xz index is not where the footer says/],
    ['more blocks than listed', { count: 2 }, /^number of \.xz blocks 2 exceeds 1 available/],
    ['more blocks listed than counted', { count: 0 }, /^\.xz index has no end/],
    ['a word of padding in the index', { indexPadding: [0, 0, 0, 0] }, /^\.xz index has no end/],
    ['padding in the index that is not zero', { blocks: [{}, {}], indexPadding: [0, 1] }, /^\.xz index has no end/],
    ['a block of 4 bytes', { blocks: [{ unpadded: 4 }] }, /^\.xz index has an impossible size/],
    ['a block of 5 bytes', { blocks: [{ unpadded: 5 }] }, /^\.xz block header is not there/],
    ['blocks of 2^53', { blocks: [{ size: most }, { size: 1 }] }, /^\.xz index has an impossible size/],
    ['a block beyond the index', { blocks: [{ unpadded: 21 }] }, /^\.xz index lists a block that is not there/],
    ['a block up to its padding', { blocks: [{ unpadded: 20 }] }, /^1 bytes after the end of the LZMA2 data/],
    ['a broken block header', { broken: 'block header' }, /^\.xz block header is damaged/],
    ['block flag 4', header(0x04, 0x21, 1, 0), /^\.xz block header has unknown flags/],
    ['block flag 32', header(0x20, 0x21, 1, 0), /^\.xz block header has unknown flags/],
    ['another packed size in the block header', header(0x40, 8, 0x21, 1, 0), /^\.xz block header and index disagree/],
    ['another size in the block header', header(0x80, 4, 0x21, 1, 0), /^\.xz block header and index disagree/],
    ['LZMA2 twice', header(0x01, 0x21, 1, 0, 0x21, 1, 0), /^\.xz block has LZMA2 in the wrong place/],
    ['no LZMA2', header(0x00, 0x03, 1, 0), /^\.xz block does not end in LZMA2/],
    ['no filter behind the first', header(0x01, 0x03, 1, 0), /^\.xz block does not end in LZMA2/],
    ['a filter whose properties go on', header(0x01, 0x03, 0x7f, 0), /^\.xz filter properties 127 exceeds /],
    ['two bytes of properties', header(0x00, 0x21, 2, 0, 0), /^\.xz block has broken LZMA2 properties/],
    ['no properties', header(0x00, 0x21, 0), /^\.xz block has broken LZMA2 properties/],
    ['dictionary 41', { blocks: [dict(41)] }, /^\.xz block has a broken dictionary size/],
    ['bytes behind the filters', header(0x00, 0x21, 1, 0, 1), /^\.xz block header has bytes after its filters/],
    ['a chunk of kind 3', lzma2(3, 0, 2, 0x61, 0x74, 0x31, 0), /^LZMA2 chunk of an unknown kind/],
    ['a chunk of kind 127', lzma2(0x7f, 0, 2, 0x61, 0x74, 0x31, 0), /^LZMA2 chunk of an unknown kind/],
    ['no end mark', lzma2(1, 0, 2, 0x61, 0x74, 0x31), /^LZMA2 chunk: length 1 exceeds 0 available/],
    ['data behind the end mark', lzma2(1, 0, 2, 0x61, 0x74, 0x31, 0, 0), /^1 bytes after the end of the LZMA2 data/],
    ['a chunk that is cut short', lzma2(1, 0, 9, 0x61, 0x74, 0x31, 0), /^LZMA2 chunk: length 10 exceeds 4 available/],
    ['a wrong size', { blocks: [{ size: 4 }] }, /^\.xz index states 4 bytes for a block of 3/],
    ['a block that is all header', lzma2(), /^LZMA2 chunk: length 1 exceeds 0 available/],
    ['a check and no data', { flags: [0, 10], blocks: [{ data: [] }] }, /^LZMA2 chunk: length 1 exceeds 0 available/],
  ];
  for (const [what, parts, message] of malformed) {
    it(`with ${what} is refused, by the xz program too`, async () => {
      const stream = xzOf(parts);
      assert.match((await throwsCode(() => readXzStream(stream), 'container/malformed')).message, message);
      assert.equal(byXz(stream), undefined);
    });
  }

  it('that lists millions of blocks and holds none is refused before one of them is looked at', async () => {
    const count = 4_000_000;
    const stream = xzOf({ blocks: [], count, records: new Uint8Array(2 * count).fill(100) });
    const before = process.memoryUsage().rss;
    const { message } = await throwsCode(() => readXzStream(stream), 'container/malformed');
    assert.equal(message, '.xz index lists a block that is not there');
    assert.ok(process.memoryUsage().rss - before < 64 * 1024 * 1024);
  });

  it('is one stream, and no second one follows', async () => {
    const twice = concatBytes([xzOf({}), xzOf({})]);
    const error = await throwsCode(() => readXzStream(twice), 'container/not-strict');
    assert.equal(error.message, 'payload holds more than one .xz stream');
  });

  it('that is shorter than an empty one, or no whole number of words, is cut short', async () => {
    const stream = xzOf({});
    const start = /^payload is not an \.xz stream/;
    for (const [length, message] of [
      [0, start],
      [5, start],
      [6, /^\.xz stream is cut short/],
      [28, /^\.xz stream is cut short/],
      [stream.length - 1, /^\.xz stream is cut short/],
    ] as const) {
      const error = await throwsCode(() => readXzStream(stream.subarray(0, length)), 'container/malformed');
      assert.match(error.message, message);
    }
    const other = stream.map((byte, i) => (i === 5 ? 1 : byte));
    assert.match((await throwsCode(() => readXzStream(other), 'container/malformed')).message, start);
  });

  it('whose block has no header, or none that fits, is refused', async () => {
    // The block has 19 bytes, header of 12 included; its first byte states the length of the header in words.
    for (const [first, what] of [
      [0, 'not there'],
      [3, 'damaged'],
      [4, 'not there'],
      [255, 'not there'],
    ] as const) {
      const stream = xzOf({});
      stream[12] = first;
      const error = await throwsCode(() => readXzStream(stream), 'container/malformed');
      assert.match(error.message, new RegExp(`^\\.xz block header is ${what}`));
    }
  });

  it('may ask for a dictionary of up to 64 MiB, in steps of a half', async () => {
    for (let property = 0; property <= 40; property++) {
      const stream = xzOf({ blocks: [dict(property)] });
      const size =
        property === 40 ? 2 ** 32 - 1 : ([2, 3][property % 2] as number) * 2 ** (Math.floor(property / 2) + 11);
      if (size <= 64 * 1024 * 1024) {
        assert.equal(readXzStream(stream).dictionary, size);
      } else {
        const error = await throwsCode(() => readXzStream(stream), 'container/limit');
        assert.equal(error.message, `.xz dictionary: ${size} exceeds 67108864`);
        assert.deepEqual(error.facts, { size, limit: 67_108_864 });
      }
    }
  });

  it('states in the headers of its chunks what they yield, packed or not', async () => {
    // Control byte, size less one, packed size less one, properties where the control byte says so, data.
    const chunks: readonly (readonly [Bytes, number])[] = [
      [[0x80, 0, 0, 0, 1, 0, 9], 1],
      [[0xbf, 0xff, 0xff, 0, 0, 0], 32 * 65_536],
      [[0xc0, 1, 0, 0, 0, 0x5d, 0], 257],
      [[0xe1, 0, 2, 0, 4, 0x5d, 0, 1, 2, 3, 4], 65_536 + 3],
      [[0x01, 0, 1, 7, 7], 2],
      [[0x02, 1, 0, ...Array<number>(257).fill(7)], 257],
    ];
    for (const [chunk, size] of chunks) {
      const read = readXzStream(xzOf({ blocks: [{ data: [...chunk, 0], size }] }));
      assert.equal(read.size, size);
      const error = await throwsCode(
        () => readXzStream(xzOf({ blocks: [{ data: [...chunk, 0], size: size + 1 }] })),
        'container/malformed',
      );
      assert.match(error.message, new RegExp(`^\\.xz index states ${size + 1} bytes for a block of ${size}`));
    }
    const first = xzOf(lzma2(0xe0, 0, 2, 0, 0, 0x5d, 1, 0));
    const error = await throwsCode(() => readXzStream(first), 'container/malformed');
    assert.match(error.message, /^LZMA2 chunk does not begin with a zero/);
  });
});
