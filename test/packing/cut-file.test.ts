/** Cutting a file: every byte once, at the tensors, and alike wherever the same content stands. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { concatBytes } from '../../src/bytes/writer.js';
import type { FileShape, TensorPlace } from '../../src/formats/file-shape.js';
import { findTensors } from '../../src/formats/tensors.js';
import { cutFile, LEAD_LIMIT, matchBases, PIECE_LIMIT, type Piece } from '../../src/packing/cut-file.js';
import { CONTENT_SIZES, type CutPiece, cutSource } from '../../src/packing/cut-source.js';
import { ggufOf, onnxOf, onnxTensor, safetensorsOf, sourceOf, zipOf } from '../formats/samples.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { SCALE } from '../scale.js';

const MIB = 1024 * 1024;

/** A stand-in for the real search: cuts behind a byte 0x55 whose neighbours say so, within the limits. */
function cutPoints(data: Uint8Array, { least, most }: typeof CONTENT_SIZES): number[] {
  const cuts: number[] = [];
  for (let start = 0; start < data.length; ) {
    const last = Math.min(data.length, start + most);
    let cut = last;
    for (let i = start + least; i < last; i++) {
      if (data[i] === 0x55 && data[i - 1] === 0xaa && (data[i - 2] as number) < 32) {
        cut = i + 1;
        break;
      }
    }
    cuts.push(cut);
    start = cut;
  }
  return cuts;
}

async function cutOf(bytes: Uint8Array): Promise<CutPiece[]> {
  const found: CutPiece[] = [];
  for await (const piece of cutSource(sourceOf(bytes), bytes.length, { cutPoints })) found.push(piece);
  assert.equal(Buffer.compare(concatBytes(found.map(({ data }) => data)), bytes), 0, 'all bytes, in order');
  for (const { piece, data } of found) {
    assert.equal(data.length, piece.length);
    assert.ok(data.length > 0 && data.length <= PIECE_LIMIT);
    assert.ok(piece.byContent === undefined);
  }
  return found;
}

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const hashes = (pieces: readonly CutPiece[]) => pieces.map(({ data }) => hash(data));

function safetensors(list: readonly (readonly [string, string, Uint8Array])[], note = ''): Uint8Array {
  const widths: Readonly<Record<string, number>> = { F32: 4, F16: 2, U8: 1 };
  let at = 0;
  const members = list.map(([name, dtype, data]) => {
    const begin = at;
    at += data.length;
    const shape = [data.length / (widths[dtype] ?? 1)];
    return `"${name}":${JSON.stringify({ dtype, shape, data_offsets: [begin, at] })}`;
  });
  const header = `{"__metadata__":{"note":"${note}"},${members.join()}}`;
  return safetensorsOf(header, concatBytes(list.map(([, , data]) => data)));
}

describe('cutting a file', () => {
  const big = randomBytes(20 * MIB + 400, 1);
  const middle = randomBytes(300_000, 2);
  const small = [3, 4, 5].map((seed) => randomBytes(40_000, seed));

  it('cuts tensors apart, long ones in equal pieces at elements, and small ones together', async () => {
    const bytes = safetensors([
      ['big', 'F32', big],
      ['middle', 'F16', middle],
      ['s0', 'F32', small[0] as Uint8Array],
      ['s1', 'F32', small[1] as Uint8Array],
      ['s2', 'F16', small[2] as Uint8Array],
    ]);
    const pieces = (await cutOf(bytes)).map(({ piece }) => piece);
    const start = bytes.length - 20 * MIB - 400 - 300_000 - 120_000;
    const third = Math.ceil(big.length / 4 / 3) * 4;
    assert.deepEqual(
      pieces.map(({ offset, length, dtype, tensor, within }) => [offset, length, dtype, tensor, within]),
      [
        [0, start, undefined, undefined, undefined],
        [start, third, 'F32', 'big', 0],
        [start + third, third, 'F32', 'big', third],
        [start + 2 * third, big.length - 2 * third, 'F32', 'big', 2 * third],
        [start + big.length, 300_000, 'F16', 'middle', 0],
        [start + big.length + 300_000, 80_000, 'F32', 's0', 0],
        [start + big.length + 380_000, 40_000, 'F16', 's2', 0],
      ],
    );
    assert.ok(pieces.slice(1).every(({ width, length }) => width !== undefined && length % width === 0));
  });

  it('gives the same tensor as the same pieces in a new version, in another order and behind other bytes', async () => {
    const first = await cutOf(
      safetensors([
        ['a', 'F32', big],
        ['b', 'F16', middle],
      ]),
    );
    const second = await cutOf(
      safetensors(
        [
          ['b', 'F16', middle],
          ['new', 'U8', randomBytes(70_001, 9)],
          ['a', 'F32', big],
        ],
        'longer',
      ),
    );
    const known = new Set(hashes(first));
    const again = second.filter(({ data }) => known.has(hash(data)));
    assert.deepEqual(
      again.map(({ piece }) => piece.tensor),
      ['b', 'a', 'a', 'a'],
    );
  });

  it('keeps the pieces of a file that moved by 37 bytes: ONNX', async () => {
    const tensors = [big, middle, small[0] as Uint8Array].map((data, i) => onnxTensor(`t${i}`, [data.length], 2, data));
    const plain = await cutOf(onnxOf(...tensors));
    // A longer name of a first tensor, as a longer producer's name would.
    const shifted = await cutOf(onnxOf(onnxTensor('n'.repeat(30), [1], 2, Uint8Array.of(1)), ...tensors));
    const known = new Set(hashes(shifted));
    const kept = plain.filter(({ data }) => known.has(hash(data)));
    assert.deepEqual(
      kept.map(({ piece }) => piece.tensor),
      ['t0', 't0', 't1', 't2'],
    );
    // The first piece of the first tensor had the file's start before it; the name of the second goes with it.
    assert.ok(kept.some(({ piece }) => piece.tensor === 't1' && (piece.lead ?? 0) > 0));
  });

  it('lets what stands before a large tensor go with it, and counts it', async () => {
    const npy = (data: Uint8Array) => data;
    const bytes = zipOf([
      { name: 'm/data.pkl', data: new Uint8Array(100) },
      { name: 'm/data/0', data: npy(middle) },
      { name: 'm/data/1', data: npy(big) },
      { name: 'm/version', data: Uint8Array.of(51, 10) },
    ]);
    const pieces = (await cutOf(bytes)).map(({ piece }) => piece);
    const header = 30 + 'm/data/1'.length;
    assert.deepEqual(
      pieces.map(({ lead, tensor }) => [lead, tensor]),
      [
        [undefined, undefined],
        [undefined, 'data/0'],
        [header, 'data/1'],
        [undefined, 'data/1'],
        [undefined, 'data/1'],
        [undefined, undefined],
      ],
    );
    assert.ok(pieces.every(({ length }) => length <= PIECE_LIMIT));
  });

  it('never cuts through a block of a quantised tensor', async () => {
    const blocks = 70_001;
    const data = randomBytes(blocks * 144, 6);
    const bytes = ggufOf({ tensors: [{ name: 'q', shape: [256, blocks], type: 12, offset: 0 }], data });
    const pieces = (await cutOf(bytes)).map(({ piece }) => piece);
    assert.deepEqual(
      pieces.map(({ dtype }) => dtype),
      [undefined, 'Q4_K', 'Q4_K'],
    );
    assert.ok(pieces.slice(1).every(({ length, width }) => width === 144 && length % 144 === 0));
  });

  it('cuts what it does not know by content, the same behind other bytes', async () => {
    const body = randomBytes(30 * MIB, 7);
    for (let i = 3; i < body.length; i += 700_001) body.set([1, 0xaa, 0x55], i);
    body[0] = 0xff;
    const plain = await cutOf(body);
    assert.ok(plain.length > 20, `${plain.length} pieces`);
    assert.deepEqual(
      plain.map(({ piece }) => piece.offset + piece.length),
      cutPoints(body, CONTENT_SIZES),
      'as if all of it had been searched at once',
    );
    const shifted = await cutOf(concatBytes([new Uint8Array(37).fill(0xfe), body]));
    assert.deepEqual(hashes(shifted).slice(1), hashes(plain).slice(1));
  });

  it('makes one piece of a small file, and none of an empty one', async () => {
    assert.deepEqual(await cutOf(new Uint8Array(0)), []);
    assert.equal((await cutOf(safetensors([['a', 'F32', new Uint8Array(400)]]))).length, 1);
  });

  it('cuts parquet at its row groups, and long ones by content', () => {
    const seams = [4, 3 * MIB, 10 * MIB, 30 * MIB];
    const shape: FileShape = { format: 'parquet', tensors: [], seams, warnings: [] };
    assert.deepEqual(cutFile(shape, 30 * MIB + 500), [
      { offset: 0, length: 4 },
      { offset: 4, length: 3 * MIB - 4 },
      { offset: 3 * MIB, length: 7 * MIB },
      { offset: 10 * MIB, length: 20 * MIB, byContent: true },
      { offset: 30 * MIB, length: 500 },
    ]);
  });

  it('covers every byte once, whatever tensors there are', () => {
    const dtype = fc.constantFrom(['F32', 4], ['U8', 1], ['Q6_K', 210], ['OPAQUE', 1] as const);
    const part = fc.record({
      dtype,
      gap: fc.oneof(fc.constant(0), fc.nat({ max: 5000 }), fc.nat({ max: 2 * MIB })),
      units: fc.oneof(fc.nat({ max: 100 }), fc.nat({ max: 100_000 }), fc.nat({ max: 10_000_000 })),
    });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), fc.nat({ max: 100_000 }), (parts, rest) => {
        let at = 0;
        const tensors = parts.map(({ dtype: [type, width], gap, units }, i): TensorPlace => {
          const offset = at + gap;
          at = offset + units * (width as number);
          return {
            name: `t${i}`,
            dtype: type as 'F32',
            shape: [units],
            offset,
            length: at - offset,
            width: width as number,
            byteOrder: 'little',
          };
        });
        const pieces = cutFile({ format: 'gguf', tensors, seams: [], warnings: [] }, at + rest);
        let end = 0;
        for (const piece of pieces) {
          assert.equal(piece.offset, end);
          assert.ok(piece.length > 0);
          end += piece.length;
          checkPiece(piece, tensors, at + rest);
        }
        assert.equal(end, at + rest);
      }),
      { numRuns: Math.ceil(SCALE.properties / 3) },
    );
  });

  function checkPiece(piece: Piece, tensors: readonly TensorPlace[], size: number): void {
    if (piece.byContent !== true) assert.ok(piece.length <= Math.max(PIECE_LIMIT, size <= 65536 ? size : 0));
    assert.ok((piece.lead ?? 0) <= LEAD_LIMIT);
    if (piece.dtype === undefined || piece.width === undefined) return;
    const start = piece.offset + (piece.lead ?? 0);
    const end = piece.offset + piece.length;
    assert.equal((end - start) % piece.width, 0);
    const inside = tensors.filter(({ offset, length }) => offset < end && offset + length > start);
    const covered = inside.reduce(
      (sum, { offset, length }) => sum + Math.min(end, offset + length) - Math.max(start, offset),
      0,
    );
    assert.equal(covered, end - start, 'nothing but elements');
    assert.ok(inside.every(({ dtype }) => dtype === piece.dtype));
    const owner = tensors.find(({ name }) => name === piece.tensor);
    assert.equal((owner?.offset ?? 0) + (piece.within ?? 0), start);
  }

  it('stops reading when nobody wants more, and refuses a file that shrinks or cuts that are none', async () => {
    let reading = 0;
    const bytes = randomBytes(20 * MIB, 8);
    bytes[0] = 0xff;
    const source = {
      read: async (offset: number, length: number) => {
        reading++;
        await new Promise((resolve) => setImmediate(resolve));
        reading--;
        return bytes.slice(offset, offset + length);
      },
    };
    for await (const { data } of cutSource(source, bytes.length, { cutPoints })) {
      assert.ok(data.length > 0);
      break;
    }
    assert.equal(reading, 0);
    const all = async (size: number, find: typeof cutPoints) => {
      for await (const { data } of cutSource(source, size, { cutPoints: find })) assert.ok(data.length > 0);
    };
    await assert.rejects(all(bytes.length + 1, cutPoints), { code: 'artifact/changed-while-read' });
    for (const wrong of [[], [5], [0, 8 * MIB], [8 * MIB], [9, 3, 8 * MIB], [Number.NaN, 8 * MIB]]) {
      await assert.rejects(
        all(bytes.length, () => wrong),
        RangeError,
      );
    }
  });

  it('gives every block back that was only searched', async () => {
    const bytes = randomBytes(20 * MIB, 8);
    bytes[0] = 0xff;
    const given: Uint8Array[] = [];
    const taken: number[] = [];
    const options = {
      cutPoints,
      release: (block: Uint8Array) => {
        given.push(block);
        block.fill(0);
      },
      allocate: (length: number) => {
        taken.push(length);
        return new Uint8Array(length);
      },
    };
    const parts: Uint8Array[] = [];
    for await (const { data } of cutSource(sourceOf(bytes), bytes.length, options)) parts.push(data);
    assert.equal(Buffer.compare(concatBytes(parts), bytes), 0);
    assert.ok(given.length >= 3 && taken.length === parts.length);
  });
});

describe('bases of pieces', () => {
  const piece = (tensor: string | undefined, more: Partial<Piece> = {}): Piece => ({
    offset: 0,
    length: 100,
    dtype: 'F32',
    within: 0,
    ...(tensor === undefined ? {} : { tensor }),
    ...more,
  });

  it('are at the same place of the same tensor, as long and of the same type', () => {
    const bases = [piece('a'), piece('b', { within: 100 }), piece(undefined), piece('c', { lead: 4 })];
    const wanted = [
      piece('a', { offset: 50 }),
      piece('a', { length: 99 }),
      piece('a', { dtype: 'F16' }),
      piece('a', { byteOrder: 'big' }),
      piece('b'),
      piece('b', { within: 100 }),
      piece('c'),
      piece('c', { lead: 4 }),
      piece(undefined),
      piece('__proto__'),
    ];
    assert.deepEqual(
      matchBases(wanted, bases).map((base) => (base === undefined ? -1 : bases.indexOf(base))),
      [0, -1, -1, -1, -1, 1, -1, 3, -1, -1],
    );
  });

  it('are found for a version whose tensors moved', async () => {
    const [first, second] = [1, 2].map((note) =>
      safetensors(
        [
          ['x', 'F32', randomBytes(9 * MIB, note)],
          ['y', 'F32', randomBytes(100_000, note + 10)],
        ],
        'n'.repeat(note * 50),
      ),
    ) as [Uint8Array, Uint8Array];
    const cut = async (bytes: Uint8Array) => cutFile(await findTensors(sourceOf(bytes), bytes.length), bytes.length);
    const matched = matchBases(await cut(second), await cut(first));
    assert.deepEqual(
      matched.map((base) => base?.tensor),
      [undefined, 'x', 'x', 'y'],
    );
  });
});
