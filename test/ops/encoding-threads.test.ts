import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { equalBytes } from '../../src/bytes/text.js';
import type { Engines } from '../../src/engines.js';
import { resolveBases } from '../../src/manifest/bases.js';
import { parseRelPath } from '../../src/manifest/rel-path.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { type EncodeContext, encodeFile } from '../../src/ops/encode-file.js';
import { type OpenEncoder, openEncoder } from '../../src/ops/encoding-threads.js';
import { SegmentMemory } from '../../src/ops/segment-memory.js';
import { encoderHere } from '../../src/packing/encoder.js';
import { openSegment } from '../../src/packing/segment.js';
import { ObjectStore } from '../../src/store/objects.js';
import { normalFloats } from '../helpers/normal-floats.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { useTempDir } from '../helpers/temp-dir.js';

const MIB = 1024 * 1024;
const FLOAT = { width: 4, kind: 'float', byteOrder: 'little', head: 0 } as const;

describe('pieces encoded by threads', function () {
  this.timeout(120_000);
  let engines: Engines;
  /** Of this thread; after `refuse` it can encode nothing. */
  let own: Engines;
  let refuse: boolean;
  const memory = new SegmentMemory();
  const dir = useTempDir();

  before(async () => {
    engines = await createNativeEngines();
  });

  /** As it is when the first megabytes have been encoded here. */
  async function started(): Promise<OpenEncoder> {
    refuse = false;
    own = {
      ...engines,
      kernel: () => (refuse ? Promise.reject(new RangeError('not here')) : engines.kernel()),
      zstdCompress: (data, level) =>
        refuse ? Promise.reject(new RangeError('not here')) : engines.zstdCompress(data, level),
    };
    const encoder = openEncoder(own, { threads: 2, start: startFromSource });
    const noise = randomBytes(8 * MIB, 1);
    for (let i = 0; i < 2; i++) await encoder.segment(noise, 'fast');
    refuse = true;
    return encoder;
  }

  it('are the same, in any order, in the memory that is there for them', async () => {
    const threads = await started();
    const here = encoderHere(engines);
    const base = normalFloats(MIB / 2, 2);
    const near = base.slice();
    near[0] = (near[0] as number) ^ 1;
    const shared = memory.take(4 * MIB);
    shared.set(normalFloats(MIB, 3));
    const pieces = [
      { data: near, options: { elements: FLOAT, base } },
      { data: shared, options: { elements: FLOAT, allocate: memory.take } },
      { data: new TextEncoder().encode('id,name\n'.repeat(9000)), options: {} },
      { data: new Uint8Array(0), options: {} },
    ];
    const got = await Promise.all(pieces.map(({ data, options }) => threads.segment(data, 'balanced', options)));
    for (const [i, { data, options }] of pieces.entries()) {
      assert.deepEqual(plain(got[i]), plain(await here.segment(data, 'balanced', options)));
    }
    assert.ok(got[1]?.container.buffer instanceof SharedArrayBuffer);
    const frame = { data: normalFloats(MIB / 4, 4), elements: FLOAT };
    assert.deepEqual(await threads.frame(frame, 'embed', 'balanced'), await here.frame(frame, 'embed', 'balanced'));
    threads.close();
  });

  it('keep the memory of their containers until it is given back, and then it is there once', async () => {
    const threads = await started();
    const here = encoderHere(engines);
    const data = [1, 2, 3].map((seed) => randomBytes(2 * MIB, seed));
    const segments = await Promise.all(data.map((piece) => threads.segment(piece, 'fast', { allocate: memory.take })));
    for (let i = 0; i < 9; i++) memory.take(2 * MIB).fill(i);
    for (const [i, segment] of segments.entries()) {
      assert.ok(segment.container.buffer instanceof SharedArrayBuffer);
      const { container } = await here.segment(data[i] as Uint8Array, 'fast');
      assert.ok(equalBytes(segment.container, container), `container ${i} was written over`);
    }
    for (const { container } of segments) memory.give(container);
    const taken = [1, 2, 3].map((mark) => memory.take(2 * MIB).fill(mark));
    assert.deepEqual(
      taken.map(([first]) => first),
      [1, 2, 3],
    );
    threads.close();
  });

  it('are stored as they are, while others are read into memory that was used before', async () => {
    const threads = await started();
    const store = new ObjectStore(dir.path, { sha256: engines.sha256Aside });
    const context: EncodeContext = {
      engines,
      encoder: threads,
      store,
      level: 'fast',
      places: new Map(),
      objects: new Map(),
      folders: new Set(),
      memory,
      onBytes: () => {},
    };
    const pieces = async function* () {
      for (let seed = 1; seed <= 12; seed++) {
        const data = memory.take(4 * MIB);
        data.set(randomBytes(data.length, seed));
        yield { data };
      }
    };
    const { parts } = await encodeFile(parseRelPath('model.bin'), pieces(), context);
    for (const [i, reference] of resolveBases({ segments: parts.segments ?? [] }).segments.entries()) {
      const container = await store.read(reference.object, reference.stored);
      const data = await openSegment(container ?? assert.fail(), reference, engines);
      assert.ok(equalBytes(data, randomBytes(4 * MIB, i + 1)), `segment ${i}`);
    }
    threads.close();
  });

  it('are encoded here, with the same error, where a thread cannot', async () => {
    const threads = await started();
    const wrong = { ...FLOAT, width: 3 } as unknown as typeof FLOAT;
    await assert.rejects(threads.segment(normalFloats(1000, 5), 'fast', { elements: wrong }), /not here/);
    refuse = false;
    assert.ok((await threads.segment(normalFloats(1000, 5), 'fast', { elements: FLOAT })).container.length > 0);
    threads.close();
  });

  it('are encoded here where the threads have ended, those under way too', async () => {
    const threads = await started();
    refuse = false;
    const waiting = [1, 2, 3].map((seed) => threads.segment(normalFloats(MIB, seed), 'balanced', { elements: FLOAT }));
    threads.close();
    for (const { size } of await Promise.all(waiting)) assert.equal(size, 4 * MIB);
    assert.equal((await threads.segment(normalFloats(1000, 6), 'fast')).size, 4000);
  });

  it('are none where one thread is asked for', async () => {
    const one = openEncoder(engines, { threads: 1 });
    assert.equal(one.width, encoderHere(engines).width);
    assert.equal((await one.segment(normalFloats(1000, 6), 'fast')).size, 4000);
    one.close();
  });
});

/** Threads do not inherit what makes this process read TypeScript. */
function startFromSource(): Worker {
  const file = new URL('../../src/ops/encode.worker.ts', import.meta.url).href;
  const program = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(file)}); })`;
  return new Worker(program, { eval: true, execArgv: [] });
}

function plain(segment: Awaited<ReturnType<OpenEncoder['segment']>> | undefined): unknown {
  return { ...segment, container: Buffer.from(segment?.container ?? []).toString('hex') };
}
