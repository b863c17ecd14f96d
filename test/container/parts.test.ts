/** The small parts of a container, each at its bounds: head, varints, trailer, limits, payloads, frames. */
import assert from 'node:assert/strict';
import { Cursor } from '../../src/bytes/cursor.js';
import { encodeVarint } from '../../src/bytes/writer.js';
import { codecName, formatBackend, parseBackend } from '../../src/container/format.js';
import { formatFrame, readFrame, readFrameLength } from '../../src/container/frame.js';
import { demandRaw, formatHead, readHead } from '../../src/container/head.js';
import { checkComplete, checkOutput, limitsOf, type ReadOptions } from '../../src/container/limits.js';
import { decodePayload, encodePayload, readPayload } from '../../src/container/payload.js';
import { demandTrailer, expectDigest, findTrailer, formatTrailer } from '../../src/container/trailer.js';
import { readVarint } from '../../src/container/varint.js';
import type { Engines } from '../../src/engines.js';
import type { ErrorCode } from '../../src/errors.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { throwsCode } from '../helpers/throws-code.js';
import { STREAM_HEAD, WHOLE_HEAD } from './samples.js';

/** The codecs of AT-1 in the order of their ids. */
const CODECS = 'ssh json osm log columnar vcf jsondoc qcolumnar qjson dicom embed qjson2 bundle'.split(' ');
const MIB = 1024 * 1024;

async function refuses(fn: () => unknown, code: ErrorCode, message: string): Promise<void> {
  assert.equal((await throwsCode(fn, code)).message.replace(/ \(at offset \d+\)$/, ''), message);
}

describe('the head of a container', () => {
  it('is five bytes: magic, mode, codec', async () => {
    assert.deepEqual(readHead(Uint8Array.from(WHOLE_HEAD)), { mode: 'whole', codec: 255 });
    assert.deepEqual(readHead(Uint8Array.from(STREAM_HEAD)), { mode: 'stream', codec: 255 });
    assert.deepEqual([...formatHead('whole')], WHOLE_HEAD);
    assert.deepEqual([...formatHead('stream')], STREAM_HEAD);
    for (const bytes of [[], WHOLE_HEAD.slice(0, 4), [0x41, 0x54, 0x30, 2, 255], [0x40, 0x54, 0x31, 2, 255]]) {
      await refuses(() => readHead(Uint8Array.from(bytes)), 'container/malformed', 'not an AT-1 container');
    }
    for (const mode of [0, 1, 4, 255]) {
      const bytes = Uint8Array.of(0x41, 0x54, 0x31, mode, 255);
      await refuses(() => readHead(bytes), 'container/malformed', `unknown container mode ${mode}`);
    }
  });

  it('names one of the codecs of AT-1, of which only raw can be read', async () => {
    for (let codec = 0; codec < 256; codec++) {
      const bytes = Uint8Array.of(0x41, 0x54, 0x31, 2, codec);
      const name = codecName(codec);
      if (name === undefined) {
        assert.ok(codec > 12 && codec < 255);
        await refuses(() => readHead(bytes), 'container/malformed', `unknown codec ${codec}`);
        continue;
      }
      const head = readHead(bytes);
      assert.equal(head.codec, codec);
      if (codec === 255) {
        assert.equal(name, 'raw');
        demandRaw(head);
        continue;
      }
      assert.equal(name, CODECS[codec]);
      const error = await throwsCode(() => demandRaw(head), 'container/unsupported');
      assert.equal(error.message, `container uses the codec ${name}, which is not supported`);
      assert.match(error.hint ?? '', /codec raw/);
      assert.deepEqual(error.facts, { codec });
    }
  });

  it('knows three backends', async () => {
    for (const [id, backend] of (['xz', 'zstd', 'stored'] as const).entries()) {
      assert.equal(parseBackend(id), backend);
      assert.equal(formatBackend(backend), id);
    }
    await refuses(() => parseBackend(3), 'container/malformed', 'unknown backend 3');
  });
});

describe('a varint of a container', () => {
  it('is minimal and an exact number', async () => {
    const most = BigInt(Number.MAX_SAFE_INTEGER);
    for (const value of [0n, 1n, 127n, 128n, 16_383n, 16_384n, most]) {
      assert.equal(readVarint(new Cursor(encodeVarint(value)), 'hint'), Number(value));
    }
    const large = new Cursor(encodeVarint(most + 1n));
    await refuses(() => readVarint(large, 'hint'), 'container/malformed', 'hint 9007199254740992 is not a size');
    for (const [bytes, length] of [
      [[0x80, 0], 2],
      [[0xff, 0x80, 0], 3],
    ] as const) {
      const padded = `hint is a varint of ${length} bytes with leading zeros`;
      const error = await throwsCode(
        () => readVarint(new Cursor(Uint8Array.from([7, ...bytes]), 'container/malformed', 1), 'hint'),
        'container/not-strict',
      );
      assert.equal(error.message, padded);
      assert.match(error.hint ?? '', /pack the data again/);
    }
  });
});

describe('the trailer', () => {
  const digest = new Uint8Array(32).map((_, i) => i);

  it('is the last 36 bytes: a digest and a magic', () => {
    const trailer = formatTrailer(digest);
    assert.deepEqual([...trailer], [...digest, 0xa1, 0x53, 0x36, 0x01]);
    assert.deepEqual(findTrailer(trailer), digest);
    assert.deepEqual(findTrailer(Uint8Array.from([9, 9, ...trailer])), digest);
    assert.equal(findTrailer(trailer.subarray(1)), undefined);
    assert.equal(findTrailer(Uint8Array.from([...trailer, 1])), undefined);
  });

  it('holds 32 bytes of digest', () => {
    for (const length of [31, 33]) {
      assert.throws(
        () => formatTrailer(new Uint8Array(length)),
        new RangeError(`a SHA-256 has 32 bytes, not ${length}`),
      );
    }
  });

  it('must be there and must be right', async () => {
    const missing = await throwsCode(() => demandTrailer(digest), 'container/trailer-missing');
    assert.equal(missing.message, 'container does not end with an integrity trailer');
    assert.match(missing.hint ?? '', /cut short, damaged/);
    assert.equal(expectDigest(digest, digest.slice()), undefined);
    const other = digest.map((byte, i) => (i === 31 ? byte ^ 1 : byte));
    const wrong = await throwsCode(() => expectDigest(other, digest), 'container/digest-mismatch');
    assert.equal(wrong.message, 'decoded data does not match the digest in the trailer');
    assert.match(wrong.hint ?? '', /fetch it again/);
  });
});

describe('limits of the output', () => {
  it('are what the caller expects or allows, else those of the description', () => {
    const rows: readonly (readonly [ReadOptions, boolean, number, number])[] = [
      [{}, false, 1024 * MIB, 1024 * MIB],
      [{}, true, Number.MAX_SAFE_INTEGER, 1024 * MIB],
      [{ size: 5 }, false, 5, 5],
      [{ size: 5 }, true, 5, 5],
      [{ size: 2048 * MIB }, true, 2048 * MIB, 2048 * MIB],
      [{ maxOutput: 2048 * MIB }, false, 2048 * MIB, 2048 * MIB],
      [{ maxOutput: 9 }, true, 9, 9],
      [{ size: 5, maxOutput: 9 }, true, 5, 5],
      [{ size: 9, maxOutput: 5 }, false, 5, 5],
    ];
    for (const [options, unbounded, output, whole] of rows) {
      assert.deepEqual(limitsOf(options, unbounded), { size: options.size, output, frame: 64 * MIB, whole });
    }
    assert.equal(limitsOf({ maxFrameOutput: 7 }, true).frame, 7);
  });

  it('hold at the last byte', async () => {
    const limits = limitsOf({ size: 5 }, false);
    checkOutput(5, limits);
    checkComplete(5, limits);
    checkComplete(6, limitsOf({}, false));
    const over = await throwsCode(() => checkOutput(6, limits), 'container/limit');
    assert.equal(over.message, 'output of the container: 6 exceeds 5');
    assert.deepEqual(over.facts, { size: 6, limit: 5 });
    for (const total of [4, 6]) {
      const message = `container yields ${total} bytes, 5 are expected`;
      await refuses(() => checkComplete(total, limits), 'container/malformed', message);
    }
  });
});

describe('frames and payloads', () => {
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });

  it('have a method, a backend and a length that is not zero', async () => {
    const frame =
      (...bytes: number[]) =>
      () =>
        readFrame(Uint8Array.from(bytes));
    await refuses(frame(0, 2), 'container/malformed', 'codec frame in a container of codec raw');
    await refuses(frame(2, 2), 'container/not-strict', 'unknown frame method 2');
    await refuses(frame(1), 'container/malformed', 'frame without a backend');
    await refuses(frame(1, 3), 'container/malformed', 'unknown backend 3');
    await refuses(() => readFrameLength(new Cursor(Uint8Array.of(0))), 'container/malformed', 'frame of length 0');
    await refuses(
      () => readFrameLength(new Cursor(Uint8Array.of(0x80, 0))),
      'container/not-strict',
      'frame length is a varint of 2 bytes with leading zeros',
    );
    assert.deepEqual(readFrame(Uint8Array.of(1, 2)), { backend: 'stored', bytes: new Uint8Array(0), size: 0 });
    const payload = { backend: 'stored' as const, bytes: Uint8Array.of(7, 8), size: 2 };
    assert.deepEqual([...formatFrame(payload)], [4, 1, 2, 7, 8]);
    assert.deepEqual(readFrame(Uint8Array.of(1, 2, 7, 8)), payload);
  });

  it('hold notes for others only where a zstd payload is one skippable frame', async () => {
    const skippable = [0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0];
    assert.equal(readFrame(Uint8Array.from([1, 1, ...skippable])), 'index');
    assert.notEqual(readFrame(Uint8Array.from([1, 2, ...skippable])), 'index');
    await refuses(
      () => readFrame(Uint8Array.from([1, 0, ...skippable])),
      'container/malformed',
      'payload is not an .xz stream',
    );
  });

  it('are refused where a library yields or makes another size than stated', async () => {
    const data = new Uint8Array(100);
    for (const backend of ['zstd', 'xz'] as const) {
      const payload = await encodePayload(backend, data, 3, engines);
      assert.deepEqual(await decodePayload(payload, engines), data);
      for (const length of [99, 101]) {
        const other = async () => new Uint8Array(length);
        await refuses(
          () => decodePayload(payload, { ...engines, zstdDecompress: other, xzDecompress: other }),
          'container/malformed',
          `${backend} payload yields ${length} bytes and states 100`,
        );
      }
      const same = async () => payload.bytes;
      await refuses(
        () => encodePayload(backend, new Uint8Array(99), 3, { ...engines, zstdCompress: same, xzCompress: same }),
        'container/malformed',
        `${backend} encoder states 100 of 99 bytes`,
      );
    }
  });

  it('pass a tuning on to xz and to nothing else', async () => {
    const data = new Uint8Array(100);
    const seen: unknown[][] = [];
    const listening: Engines = {
      ...engines,
      xzCompress: (...all) => {
        seen.push(['xz', ...all.slice(1)]);
        return engines.xzCompress(...all);
      },
      zstdCompress: (...all) => {
        seen.push(['zstd', ...all.slice(1)]);
        return engines.zstdCompress(...all);
      },
    };
    const tuning = { lc: 0, lp: 2 };
    await encodePayload('xz', data, 9, listening, tuning);
    await encodePayload('zstd', data, 3, listening, tuning);
    assert.deepEqual(seen, [
      ['xz', 9, tuning],
      ['zstd', 3],
    ]);
  });

  it('that are stored are the data itself, not a copy', async () => {
    const data = Uint8Array.of(1, 2, 3);
    const payload = await encodePayload('stored', data, 0, engines);
    assert.deepEqual(payload, readPayload('stored', data));
    assert.equal(await decodePayload(payload, engines), data);
  });
});
