/** A file in a container of its own: the same bytes at every level, in the form that suits it, never worse than `xz -9` at max. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { decodeContainer } from '../../src/codecs/read-container.js';
import { randomAccessTo } from '../../src/container/frame-source.js';
import { inspectContainer } from '../../src/container/inspect.js';
import type { Engines } from '../../src/engines.js';
import { findTensors } from '../../src/formats/tensors.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { FLOOR_LIMIT, type PackFileOptions, packFile, WHOLE_TEXT_LIMIT } from '../../src/packing/pack-file.js';
import { LEVELS } from '../../src/transforms/level.js';
import { anyTable } from '../codecs/tables.js';
import { agreed, type Job, sha256 } from '../decoders/both.js';
import { npyOf, safetensorsOf } from '../formats/samples.js';
import { anyData, collectBytes } from '../helpers/byte-stream.js';
import { normalFloats } from '../helpers/normal-floats.js';
import { randomBytes } from '../helpers/random-bytes.js';

const repeat = (make: (i: number) => string, count: number): Uint8Array =>
  utf8(Array.from({ length: count }, (_, i) => make(i)).join(''));

const CSV = repeat(
  (i) => `${i},2026-01-${String((i % 28) + 1).padStart(2, '0')},${(i * 7919) % 1000}.${i % 10},"x ${i % 7}"\n`,
  3000,
);
const NDJSON = repeat(
  (i) => `{"id":${i},"name":"user ${(i * 31) % 977}","tags":[${i % 5},${i % 3}],"ok":${i % 2 === 0}}\n`,
  2000,
);
const DOCUMENT = utf8(
  JSON.stringify(
    { rows: Array.from({ length: 1500 }, (_, i) => ({ key: `k${i}`, value: (i * 7919) % 10007, unit: 'ms' })) },
    null,
    2,
  ),
);
const LOG = repeat(
  (i) =>
    `Dec ${(i % 9) + 1} 05:46:${String(i % 60).padStart(2, '0')} host sshd[${24000 + i}]: Failed password for root from 10.0.${i % 256}.${(i * 37) % 256} port ${4000 + ((i * 7919) % 3000)} ssh2\n`,
  2000,
);
const FLOATS = normalFloats(100_000, 5);

/** A tensor file of the given types. */
function safetensors(parts: readonly (readonly [string, Uint8Array])[], width = 4): Uint8Array {
  let at = 0;
  const entries = parts.map(([dtype, { length }], i) => {
    const entry = { dtype, shape: [length / width], data_offsets: [at, at + length] };
    at += length;
    return [`t${i}`, entry];
  });
  return safetensorsOf(JSON.stringify(Object.fromEntries(entries)), concatBytes(parts.map(([, data]) => data)));
}

describe('packing of a file', () => {
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });

  async function pack(data: Uint8Array, options: PackFileOptions = {}, by: Engines = engines) {
    const source = randomAccessTo(data);
    const { container, floor } = await packFile(
      source,
      data.length,
      await findTensors(source, data.length),
      by,
      options,
    );
    return { container: await collectBytes(container), floor };
  }
  const infoOf = (container: Uint8Array) => inspectContainer(randomAccessTo(container));
  async function packed(data: Uint8Array, options: PackFileOptions = {}) {
    const { container, floor } = await pack(data, options);
    assert.ok(Buffer.from(await decodeContainer(container, engines, { size: data.length })).equals(data));
    const { mode, codec } = await infoOf(container);
    return { container, floor, mode, codec };
  }

  const anyTensors = fc
    .array(fc.tuple(fc.constantFrom('F32', 'BF16', 'I64', 'U8', 'F16'), fc.integer({ min: 0, max: 3000 })), {
      maxLength: 5,
    })
    .map((parts) => {
      const widths: Readonly<Record<string, number>> = { F32: 4, BF16: 2, I64: 8, U8: 1, F16: 2 };
      let at = 0;
      const header = parts.map(([dtype, count], i) => {
        const length = count * (widths[dtype] as number);
        at += length;
        return [`t${i}`, { dtype, shape: [count], data_offsets: [at - length, at] }];
      });
      return safetensorsOf(
        JSON.stringify(Object.fromEntries(header)),
        normalFloats(Math.ceil(at / 4), at).slice(0, at),
      );
    });
  const oddLine = fc.oneof(
    fc.json(),
    fc.constantFrom(
      '{"a":1.50,"b":-0}\r',
      '{"a":1,"a":2}',
      '[1,2',
      '"',
      '\r',
      'a,b',
      'a\t"b\t',
      '<*> x=1 y=<*>',
      '',
      '   ',
      '{}',
      '\u00e9,\ud83d',
    ),
    fc.string(),
  );
  const anyText = fc
    .tuple(
      fc.array(oddLine, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom('\n', '\r\n'),
      fc.string(),
    )
    .map(([lines, times, end, rest]) => utf8(Array.from({ length: times }, () => lines.join(end)).join(end) + rest));

  it('gives back any data, text, table and tensors at every level', async () => {
    const any = fc.oneof(anyData, anyText, anyText, anyTable, anyTensors);
    await fc.assert(
      fc.asyncProperty(
        any,
        fc.constantFrom(...LEVELS),
        fc.constantFrom(undefined, 'F32', 'F64', 'U8', 'Q4_0'),
        async (data, level, dtype) => {
          const { container, floor } = await packed(data, { level, dtype: dtype as PackFileOptions['dtype'] });
          assert.ok(container.length <= data.length + 42 || floor === 'not raced');
          assert.equal(floor, level === 'max' ? 'verified' : 'not raced');
        },
      ),
      { numRuns: 60 },
    );
  });

  it('chooses the codec by what the data is, and planes for tensors', async () => {
    for (const [name, data, codec] of [
      ['csv', CSV, /^columnar$/],
      ['ndjson', NDJSON, /^json(doc)?$/],
      ['document', DOCUMENT, /^jsondoc$/],
      [
        'document in one line',
        utf8(JSON.stringify(JSON.parse(Buffer.from(DOCUMENT).toString())).repeat(6)),
        /^jsondoc$/,
      ],
      ['log', LOG, /^(log|jsondoc)$/],
      ['npy', npyOf("{'descr': '<f4', 'fortran_order': False, 'shape': (100000,), }\n", FLOATS), /^embed$/],
      ['safetensors', safetensors([['F32', FLOATS]]), /^embed$/],
      ['guessed', FLOATS, /^embed$/],
      ['prose', repeat((i) => `${Buffer.from(randomBytes(30, i)).toString('base64')}\n`, 300), /^raw$/],
      ['noise', randomBytes(100_000, 3), /^raw$/],
    ] as const) {
      const raw = (await engines.xzCompress(data, 9)).length;
      const balanced = await packed(data);
      assert.match(balanced.codec, codec, name);
      assert.equal(balanced.mode, 'whole', name);
      if (balanced.codec !== 'raw') assert.ok(balanced.container.length < raw, `${name}: ${balanced.container.length}`);
      const fast = await packed(data, { level: 'fast' });
      assert.match(fast.codec, codec.test('embed') ? /^embed$/ : /^raw$/, name);
    }
  });

  it('makes frames of tensors of several types, planes where they are smaller', async () => {
    const noise = randomBytes(200_000, 1);
    const file = safetensors(
      [
        ['F32', FLOATS],
        ['U8', noise],
        ['F32', FLOATS.slice(0, 200_000)],
      ],
      1,
    ).slice();
    const typed = safetensorsOf(
      JSON.stringify({
        a: { dtype: 'F32', shape: [100_000], data_offsets: [0, 400_000] },
        b: { dtype: 'U8', shape: [200_000], data_offsets: [400_000, 600_000] },
        c: { dtype: 'F32', shape: [50_000], data_offsets: [600_000, 800_000] },
      }),
      concatBytes([FLOATS, noise, FLOATS.slice(0, 200_000)]),
    );
    const { container, mode, codec } = await packed(typed);
    assert.deepEqual([mode, codec], ['stream', 'embed']);
    const kinds = (await infoOf(container)).frames.map((frame) => frame.kind);
    assert.deepEqual(kinds, ['raw', 'codec', 'raw', 'codec']);
    // A header whose shapes do not fit is no header: the bytes come back all the same.
    await packed(file);
  });

  it('takes the type of numbers that it is told, whatever is left behind the last of them', async () => {
    const halves = FLOATS.filter((_, i) => i % 4 > 1);
    for (const data of [halves, concatBytes([halves, Uint8Array.of(7)])]) {
      const { codec, mode } = await packed(data, { dtype: 'BF16' });
      assert.deepEqual([codec, mode], ['embed', data === halves ? 'whole' : 'stream']);
    }
  });

  it('makes frames of whole lines from long text', async () => {
    const text = repeat((i) => `${i},${(i * 7919) % 1000},${i % 7}\n`, 20_000);
    const long = concatBytes(Array.from({ length: Math.ceil((WHOLE_TEXT_LIMIT + 1) / text.length) }, () => text));
    const { container } = await pack(long, { level: 'fast' });
    const { mode, outputSize } = await infoOf(container);
    assert.deepEqual([mode, outputSize], ['stream', long.length]);
    assert.equal(sha256(await decodeContainer(container, engines)), sha256(long));
  });

  it('drops a codec that does not give back the same bytes', async () => {
    for (const data of [CSV, LOG, NDJSON, FLOATS]) {
      const kernel = await engines.kernel();
      const broken: Engines = {
        ...engines,
        kernel: async () => ({ ...kernel, merge: (_, __, out) => void out.fill(1) }),
        xzDecompress: async (_, size) => new Uint8Array(size).fill(49),
        zstdDecompress: async (_, size) => new Uint8Array(size).fill(49),
      };
      const { container } = await pack(data, {}, broken);
      assert.equal((await infoOf(container)).codec, 'raw');
      assert.deepEqual(await decodeContainer(container, engines), data);
    }
  });

  it('is read by decoders that are not ours', async () => {
    const texts = [CSV, NDJSON, DOCUMENT, LOG].map((text) => text.slice(0, 20_000));
    const files = [...texts, safetensors([['F32', FLOATS.slice(0, 80_000)]]), randomBytes(5000, 1), new Uint8Array(0)];
    const jobs: Job[] = [];
    for (const data of files) jobs.push({ kind: 'container', data: (await pack(data)).container });
    assert.deepEqual(await agreed(jobs), files.map(sha256));
  });

  it('is at max never longer than what the xz program makes, and 42 bytes', async () => {
    const files = {
      text: repeat((i) => `the ${i % 13}th of ${i % 7} things that ${'repeat '.repeat(i % 4)}\n`, 900),
      csv: CSV.slice(0, 30_000),
      log: LOG.slice(0, 40_000),
      document: DOCUMENT.slice(0, 40_000),
      random: randomBytes(70_000, 9),
      floats: FLOATS.slice(0, 120_000),
      zeros: new Uint8Array(300_000),
      few: randomBytes(190, 4).map((byte) => byte & 1),
      one: Uint8Array.of(65),
      empty: new Uint8Array(0),
    };
    for (const [name, data] of Object.entries(files)) {
      const { container, floor } = await packed(data, { level: 'max' });
      const xz = spawnSync('xz', ['-9', '-c'], { input: data, maxBuffer: 2 ** 28 });
      assert.equal(xz.status, 0);
      assert.ok(container.length <= xz.stdout.length + 42, `${name}: ${container.length}, xz ${xz.stdout.length}`);
      assert.equal(floor, 'verified');
    }
  });

  it('races no floor for files that it will not hold in memory', async () => {
    const size = FLOOR_LIMIT + 1;
    let most = 0;
    const source = {
      read: async (_: number, length: number) => {
        most = Math.max(most, length);
        return new Uint8Array(length);
      },
    };
    const shape = { format: 'unknown', tensors: [], seams: [], warnings: [] } as const;
    const { floor, container } = await packFile(source, size, shape, engines, { level: 'max' });
    assert.equal(floor, 'not raced');
    for await (const _ of container) break;
    assert.ok(most <= 8 * 1024 * 1024);
  });
});
