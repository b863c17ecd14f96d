/** Plane sets as they come out of a container: hostile shapes, tables, codes and frames. */
import { At1Error } from '../../src/errors.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { createPortableEngines } from '../../src/portable/engines.js';
import { type PlaneShape, readPlaneSet, writePlaneSet } from '../../src/transforms/plane-set.js';
import { encodeRansPlane } from '../../src/transforms/rans-plane.js';
import { scriptKernel } from '../../src/transforms/script-kernel.js';
import { mustHoldLater, type ParserTarget, violated } from '../target.js';
import { sameBytes } from './inputs.js';

const native = await createNativeEngines();
const script = { ...(await createPortableEngines()), kernel: async () => scriptKernel };

/** A case begins with the segment's size, u16; of its two high bits one asks for a base. */
const SIZE_LENGTH = 2;
const SIZE_MASK = 0x3fff;
const BASE_BIT = 0x4000;

/** Skewed bytes, so that rANS is worth it. */
function skewed(length: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return 120 + Math.clz32(state) + (state & 1);
  });
}

function baseOf(size: number): Uint8Array {
  return skewed(size, 7);
}

function inputOf(size: number, delta: boolean, set: Uint8Array): Uint8Array {
  const head = size | (delta ? BASE_BIT : 0);
  return Uint8Array.from([head & 255, head >> 8, ...set]);
}

async function seeds(): Promise<Uint8Array[]> {
  const inputs: Uint8Array[] = [];
  const shapes: PlaneShape[] = [
    { mode: 'split', width: 1, head: 3, elements: 1000 },
    { mode: 'rotate', width: 4, head: 0, elements: 200 },
    { mode: 'difference', width: 2, head: 1, elements: 300 },
    { mode: 'ordered', width: 8, head: 0, elements: 20 },
    { mode: 'rotate', width: 2, head: 0, elements: 0 },
  ];
  for (const shape of shapes) {
    const size = shape.head + shape.width * shape.elements + 2;
    const delta = shape.mode === 'difference' || shape.mode === 'ordered';
    const segment = skewed(size, delta ? 7 : 3).map((byte, i) => (i % 90 === 5 ? byte + 1 : byte));
    for (const effort of ['balanced', 'max'] as const) {
      const set = await writePlaneSet(segment, shape, delta ? baseOf(size) : undefined, native, { effort });
      inputs.push(inputOf(size, delta, set));
    }
  }
  // rANS alone, whatever is smaller.
  const plane = skewed(900, 5);
  const coded = encodeRansPlane(plane, scriptKernel);
  const length = [(coded.length & 127) | 128, coded.length >> 7];
  inputs.push(inputOf(900, false, Uint8Array.from([1, 0, 1, 0, 0x84, 7, 0, 1, ...length, ...coded])));
  return inputs;
}

export const PLANE_SET_TARGETS: readonly ParserTarget[] = [
  {
    kind: 'parser',
    name: 'plane-set',
    about:
      'plane sets: both kernels give the same verdict and the same segment, which written again as a plane set is that segment',
    files: [
      'transforms/plane-set',
      'transforms/rans-plane',
      'transforms/frequencies',
      'transforms/rans-block',
      'transforms/read-varint',
    ],
    seeds,
    tokens: [Uint8Array.of(1, 0, 1, 0), Uint8Array.of(1, 1, 4, 0), Uint8Array.of(0, 0, 1), Uint8Array.of(2, 7)],
    run: async (input) => {
      const head = ((input[0] ?? 0) | ((input[1] ?? 0) << 8)) & 0xffff;
      const size = head & SIZE_MASK;
      const base = (head & BASE_BIT) === 0 ? undefined : baseOf(size);
      const set = input.subarray(SIZE_LENGTH);
      const segment = await verdict(() => readPlaneSet(set, size, base, native));
      const other = await verdict(() => readPlaneSet(set, size, base, script));
      if (segment instanceof At1Error) {
        // A frame that libzstd refuses the portable decoder may decode: docs/fuzzing.md.
        if (segment.code !== 'transform/malformed') violated(`refused as ${segment.code}`);
        if (!(other instanceof At1Error) && !segment.message.includes('zstd')) violated('only one kernel refuses it');
        throw segment;
      }
      if (other instanceof At1Error) violated('only one kernel accepts it');
      if (segment.length !== size) violated('another size than was asked for');
      sameBytes(segment, other, 'two kernels, two segments');
      const mode = base === undefined ? 'rotate' : 'ordered';
      const shape: PlaneShape = { mode, width: 2, head: size % 3, elements: (size - (size % 3)) >> 1 };
      const again = await mustHoldLater('writing it again', () =>
        writePlaneSet(segment, shape, base, native, { effort: 'fast' }),
      );
      sameBytes(await readPlaneSet(again, size, base, native), segment, 'written again it is another segment');
    },
  },
];

async function verdict(read: () => Promise<Uint8Array>): Promise<Uint8Array | At1Error> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof At1Error) return error;
    throw error;
  }
}
