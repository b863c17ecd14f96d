/** The stand-alone decoders on containers: every vector, what our writers make, and flipped bits of all of it. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { concatBytes } from '../../src/bytes/writer.js';
import type { Engines } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { packStream } from '../../src/packing/pack-stream.js';
import { BACKENDS, streamOf, wholeOf } from '../container/samples.js';
import { collectBytes, inChunks } from '../helpers/byte-stream.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { within } from '../helpers/time-limit.js';
import { agreed, askPython, askScript, type Job, ROOT, sha256 } from './both.js';

const VECTORS = join(ROOT, 'test', 'fixtures', 'vectors');
const CONTAINERS = join(ROOT, 'test', 'fixtures', 'containers');
const TRAILER_MAGIC = Uint8Array.of(0xa1, 0x53, 0x36, 0x01);

interface Vector {
  readonly name: string;
  readonly data: Uint8Array;
  /** The output, or for a bundle what its entries come to; undefined where it is refused. */
  readonly expected: string | undefined;
  readonly bundle: boolean;
}

function vectorsOf(folder: string): Vector[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.at1'))
    .sort()
    .map((file) => {
      const name = file.slice(0, -'.at1'.length);
      const data = new Uint8Array(readFileSync(join(folder, file)));
      const bundle = data[0] === 0x41 && data[3] === 2 && data[4] === 12;
      return { name, data, bundle, expected: expectedOf(folder, name) };
    });
}

function expectedOf(folder: string, name: string): string | undefined {
  const path = join(folder, `${name}.expected`);
  if (!existsSync(path)) return undefined;
  if (!statSync(path).isDirectory()) return sha256(readFileSync(path));
  // The entries of the samples are in this order.
  const names = ['model/config.json', 'model/weights.bin', 'data/train.csv'];
  return sha256(Buffer.from(names.map((entry) => `${entry} ${sha256(readFileSync(join(path, entry)))}\n`).join('')));
}

/** A strict reader refuses what a lenient one takes, but for a stream nobody asked for. */
const isStrict = (name: string) => !/^(reject|hostile|ext)-|-nosha$/.test(name) || name === 'ext-extra-stream';

describe('the stand-alone decoders', () => {
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });

  const vectors = vectorsOf(VECTORS);

  it('give the expected side of every vector, and refuse every other', async () => {
    assert.ok(vectors.length > 110);
    const found = await agreed(
      vectors.map(({ data, bundle }) => ({ kind: bundle ? 'bundle' : 'container', data })),
      vectors.map(({ name }) => name),
    );
    for (const [i, { name, expected }] of vectors.entries()) {
      if (isStrict(name)) assert.equal(found[i], expected, name);
      else assert.match(found[i] as string, /^container\//, name);
    }
  });

  it('give the same for what the containers of other tests hold', async () => {
    const others = vectorsOf(CONTAINERS);
    const found = await agreed(others.map(({ data, bundle }) => ({ kind: bundle ? 'bundle' : 'container', data })));
    for (const [i, { name, expected }] of others.entries()) {
      if (expected !== undefined) assert.equal(found[i], expected, name);
    }
  });

  it('read what lacks nothing but the trailer, once it has one', async () => {
    const bare = vectors.filter(({ name, bundle }) => name.endsWith('-nosha') && !bundle);
    assert.ok(bare.length > 6);
    const whole = ({ data, expected }: Vector) =>
      concatBytes([data, Buffer.from(expected as string, 'hex'), TRAILER_MAGIC]);
    const found = await agreed(bare.map((vector): Job => ({ kind: 'container', data: whole(vector) })));
    assert.deepEqual(
      found,
      bare.map(({ expected }) => expected),
    );
  });

  it('refuse hostile ones at once, behind a trailer too', async () => {
    const hostile = vectors.filter(({ name }) => name.startsWith('hostile-'));
    assert.ok(hostile.length >= 7);
    const jobs = hostile.map(
      ({ data }): Job => ({ kind: 'container', data: concatBytes([data, new Uint8Array(32), TRAILER_MAGIC]) }),
    );
    // The one in this process; the other has only as long as the test.
    const found = await within(5_000, () => agreed(jobs));
    for (const [i, answer] of found.entries()) {
      assert.match(answer, /^container\/(malformed|limit|not-strict)$/, hostile[i]?.name);
    }
  });

  it('read what our writers make, in each mode and with each backend', async () => {
    const samples = [
      new Uint8Array(0),
      Uint8Array.of(7),
      new Uint8Array(70_000),
      randomBytes(50_000, 3),
      textOf(60_000),
    ];
    const jobs: Job[] = [];
    const wanted: string[] = [];
    for (const data of samples) {
      for (const backend of BACKENDS) {
        jobs.push({ kind: 'container', data: await wholeOf(data, backend, engines) });
        wanted.push(sha256(data));
      }
    }
    const parts = samples.map((data, i) => ({ data, backend: BACKENDS[i % 3] ?? 'stored' }));
    jobs.push({ kind: 'container', data: await streamOf(parts, engines) });
    wanted.push(sha256(concatBytes(samples)));
    const packed = concatBytes([textOf(300_000), randomBytes(200_000, 9)]);
    jobs.push({ kind: 'container', data: await collectBytes(packStream(inChunks(packed, 65_536), engines)) });
    wanted.push(sha256(packed));
    assert.deepEqual(await agreed(jobs), wanted);
  });

  it('never give other bytes for a flipped bit, and pass the same flips', async () => {
    const chosen = vectors.filter(({ name, bundle, data }) => isStrict(name) && !bundle && data.length < 330);
    assert.ok(chosen.length > 25);
    const jobs = chosen.map(({ data }, i): Job => ({ kind: 'flips', data, first: i % 11, step: 11 }));
    const found = await agreed(
      jobs,
      chosen.map(({ name }) => name),
    );
    for (const [i, marks] of found.entries()) {
      assert.ok(marks.length > 25 && !marks.includes('!'), chosen[i]?.name);
    }
    const all = found.join('');
    assert.ok(all.replaceAll('=', '').length > 0.9 * all.length, 'nearly all are refused');
  });

  it('agree on what changed streams decode to, where no digest refuses them first', async () => {
    const chosen = vectors.filter(({ name, bundle, data }) => isStrict(name) && !bundle && data.length < 1000);
    const chance = randomBytes(chosen.length * 240, 12);
    const changed = chosen.flatMap(({ data }, i) =>
      Array.from({ length: 60 }, (_, k) => {
        const [high = 0, low = 0, what = 0, value = 0] = chance.subarray(240 * i + 4 * k);
        const at = 4 + ((256 * high + low) % (data.length - 40));
        return data.map((byte, place) => (place !== at ? byte : what < 128 ? byte ^ (1 << (what & 7)) : value));
      }),
    );
    const found = askPython(changed.map((data): Job => ({ kind: 'unsealed', data })));
    // Sealed with what came out of the one, they are sound to the other, which would say where they differ.
    const sealed = changed.map((data, i): Job => {
      const digest = found[i]?.includes('/') ? new Uint8Array(32) : Buffer.from(found[i] as string, 'hex');
      return { kind: 'container', data: concatBytes([data.subarray(0, -36), digest, TRAILER_MAGIC]) };
    });
    assert.deepEqual(await askScript(sealed), found);
    const passed = found.filter((answer) => !answer.includes('/')).length;
    assert.ok(passed > 0.1 * found.length && passed < 0.9 * found.length, `${passed} of ${found.length} were decoded`);
  });

  it('refuse a container that is cut anywhere, or longer', async () => {
    const { data = new Uint8Array(0) } = vectors.find(({ name }) => name === 'columnar-basic') ?? {};
    const jobs: Job[] = [{ kind: 'container', data: concatBytes([data, Uint8Array.of(0)]) }];
    for (let end = 0; end < data.length; end++) jobs.push({ kind: 'container', data: data.subarray(0, end) });
    for (const answer of await agreed(jobs)) assert.match(answer, /^container\//);
  });
});

/** Lines that compress as logs do. */
function textOf(length: number): Uint8Array {
  const words = ['loss', 'step', 'epoch', 'accuracy', 'learning rate', 'batch', '0.00', '1e-4'];
  const noise = randomBytes(length, 1);
  let text = '';
  for (let i = 0; text.length < length; i++) text += `${words[(noise[i] as number) % 8]} ${noise[i + 1]}\n`;
  return Buffer.from(text.slice(0, length));
}
