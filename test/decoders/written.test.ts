/** The stand-alone decoders on what the codecs and transforms of this package write: two more readings of one text. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { concatBytes } from '../../src/bytes/writer.js';
import type { EncodedStreams } from '../../src/codecs/streams.js';
import { writeColumnar } from '../../src/codecs/write-columnar.js';
import { writeEmbed } from '../../src/codecs/write-embed.js';
import { writeQcolumnar } from '../../src/codecs/write-qcolumnar.js';
import type { Backend, CodecName } from '../../src/container/format.js';
import { encodePayload } from '../../src/container/payload.js';
import { writeWholeCodec } from '../../src/container/write.js';
import type { ElementWidth, Engines, PlaneMode } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import type { Level } from '../../src/transforms/level.js';
import { writePlaneSet } from '../../src/transforms/plane-set.js';
import { anyTable } from '../codecs/tables.js';
import { BACKENDS } from '../container/samples.js';
import { normalFloats } from '../helpers/normal-floats.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { agreed, type Job, ROOT, sha256 } from './both.js';

const LEVELS = { stored: 0, zstd: 3, xz: 6 } as const;

describe('the stand-alone decoders', () => {
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });

  async function sealed(
    codec: CodecName,
    set: EncodedStreams,
    data: Uint8Array,
    backend: Backend,
  ): Promise<Uint8Array> {
    const streams = await Promise.all(
      set.map(async ({ name, data: bytes, payload }) => ({
        name,
        payload: payload ?? (await encodePayload(backend, bytes, LEVELS[backend], engines)),
      })),
    );
    return writeWholeCodec(codec, streams, engines.sha256(data));
  }

  it('read the tables that this package writes', async () => {
    const tables = fc.sample(anyTable, { numRuns: 40, seed: 20_261_128 });
    const jobs: Job[] = [];
    const wanted: string[] = [];
    for (const [i, data] of tables.entries()) {
      const backend = BACKENDS[i % 3] ?? 'stored';
      const sets = [
        ['columnar', await writeColumnar(data, { level: 'fast', engines })],
        ['qcolumnar', await writeQcolumnar(data, { level: 'fast', engines, rowsPerGroup: 3 })],
      ] as const;
      for (const [codec, set] of sets) {
        if (set === undefined) continue;
        jobs.push({ kind: 'container', data: await sealed(codec, set, data, backend) });
        wanted.push(sha256(data));
      }
    }
    assert.ok(jobs.length > 20, `${jobs.length} of 80 were tables`);
    assert.deepEqual(await agreed(jobs), wanted);
  });

  it('read tensors by codec embed', async () => {
    const jobs: Job[] = [];
    const wanted: string[] = [];
    for (const width of [1, 2, 4, 8, 12, 32]) {
      const [header, elements] = [randomBytes(width % 5, width), normalFloats(width * 24, width)];
      const data = concatBytes([header, elements]);
      const set = writeEmbed(header, elements, width) as EncodedStreams;
      jobs.push({ kind: 'container', data: await sealed('embed', set, data, 'zstd') });
      wanted.push(sha256(data));
    }
    assert.deepEqual(await agreed(jobs), wanted);
  });

  it('undo plane sets of every mode, width and effort', async () => {
    const jobs: Job[] = [];
    const wanted: string[] = [];
    const cases = [
      [0, 0, 0],
      [1, 3, 2],
      [7, 1000, 1],
      [0, 66_001, 3],
    ] as const;
    for (const [i, mode] of (['split', 'rotate', 'difference', 'ordered'] as PlaneMode[]).entries()) {
      for (const width of [1, 2, 4, 8] as ElementWidth[]) {
        for (const [head, most, tail] of cases) {
          // More than one block of a plane is work: once for each mode is enough.
          const elements = most > 65_536 && width !== 2 ? 500 : most;
          // Odd positions first, so that every bit of an element takes every value somewhere.
          const noise: Uint8Array = randomBytes(head + 4 * elements * 2 + tail, i + width);
          const floats = concatBytes([noise.subarray(0, head), normalFloats(2 * elements, width), noise]);
          const segment = floats.subarray(0, head + width * elements + tail);
          const near = segment.map((byte, at) => ((noise[at % noise.length] as number) < 40 ? byte ^ 129 : byte));
          const base = i >= 2 ? near : undefined;
          const effort: Level = i % 2 === 0 ? 'balanced' : 'fast';
          const set = await writePlaneSet(segment, { mode, width, head, elements }, base, engines, { effort });
          const asked = { size: segment.length, transform: i >= 2 ? 'delta' : 'planes' } as const;
          jobs.push({ kind: 'planes', data: set, ...asked, ...(base === undefined ? {} : { base }) });
          wanted.push(sha256(segment));
        }
      }
    }
    assert.deepEqual(await agreed(jobs), wanted);
  });

  it('undo the written examples, and agree on what each flipped bit of them does', async () => {
    const { segment, planes, base, delta } = examples();
    const size = segment.length;
    const whole: Job[] = [
      { kind: 'planes', data: planes, size },
      { kind: 'planes', data: delta, size, transform: 'delta', base },
    ];
    assert.deepEqual(await agreed(whole), [sha256(segment), sha256(segment)]);
    const broken: Job[] = [];
    for (const job of whole) {
      for (let bit = 0; bit < 8 * job.data.length; bit++) {
        const data = job.data.slice();
        data[bit >> 3] = (data[bit >> 3] as number) ^ (1 << (bit & 7));
        broken.push({ ...job, data });
      }
    }
    // Other bytes may come out, and both give the same ones: the digest of the segment is what refuses them.
    const answers = await agreed(broken);
    assert.ok(answers.filter((answer) => answer === 'transform/malformed').length > 400);
    const others = [
      { kind: 'planes', data: planes, size: size + 1 },
      { kind: 'planes', data: planes, size, transform: 'delta', base },
      { kind: 'planes', data: delta, size },
      { kind: 'planes', data: concatBytes([planes, Uint8Array.of(0)]), size },
      { kind: 'planes', data: planes.subarray(0, -1), size },
      { kind: 'planes', data: Uint8Array.of(1, 0, 8, 0, 255, 255, 255, 255, 255, 255, 255, 15, 0), size },
    ] as const;
    assert.deepEqual(
      await agreed(others),
      others.map(() => 'transform/malformed'),
    );
  });
});

/** The hexadecimal blocks of docs/format/transforms.md, by the name in the comment before each. */
function examples(): Record<'segment' | 'planes' | 'base' | 'delta', Uint8Array> {
  const text = readFileSync(join(ROOT, 'docs', 'format', 'transforms.md'), 'utf8');
  const found = new Map<string, Uint8Array>();
  for (const [, name = '', hex = ''] of text.matchAll(/<!-- example (\w+) -->\n\n```\n([0-9A-F \n]+)```/g)) {
    found.set(name, Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex')));
  }
  const of = (name: string): Uint8Array => found.get(name) ?? assert.fail(`no example ${name}`);
  return { segment: of('segment'), planes: of('planes'), base: of('base'), delta: of('delta') };
}
