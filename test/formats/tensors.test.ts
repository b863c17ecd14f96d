/** Files of every format, made by the packages that own them: each tensor is found where those packages have it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { At1Error } from '../../src/errors.js';
import { findTensors } from '../../src/formats/tensors.js';
import { field, foundIn, npyOf, safetensorsOf, sourceOf } from './samples.js';

const folder = join(import.meta.dirname, '..', 'fixtures', 'tensors');
const cases = readdirSync(folder).filter((name) => !/\.(json|py|md)$/.test(name));
const load = (name: string) => Uint8Array.from(readFileSync(join(folder, name)));

describe('what is inside a file', () => {
  for (const name of cases) {
    it(`is found in ${name}`, async () => {
      const expected: unknown = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
      const { format, tensors, seams } = await foundIn(load(name));
      const plain = tensors.map(({ name: tensor, dtype, shape, offset, length }) => ({
        name: tensor,
        dtype,
        shape,
        offset,
        length,
      }));
      assert.deepEqual({ format, tensors: plain, seams }, expected);
    });
  }

  it('has an order of bytes and of dimensions', async () => {
    const [big] = (await foundIn(load('big-endian.npy'))).tensors;
    assert.deepEqual([big?.byteOrder, big?.width, big?.fortran], ['big', 2, undefined]);
    assert.equal((await foundIn(load('fortran.npy'))).tensors[0]?.fortran, true);
    const gguf = await foundIn(load('big-endian.gguf'));
    assert.ok(gguf.tensors.every(({ byteOrder }) => byteOrder === 'big'));
    assert.equal(gguf.tensors.find(({ dtype }) => dtype === 'Q4_K')?.width, 144);
  });

  it('says what is not told by name', async () => {
    assert.deepEqual((await foundIn(load('deflated.npz'))).warnings, ['3 members are compressed or no arrays']);
    assert.match((await foundIn(load('model.onnx'))).warnings.join(), /^1 tensors keep their values as numbers/);
    const longer = concatBytes([load('plain.safetensors'), new Uint8Array(5)]);
    assert.deepEqual((await foundIn(longer)).warnings, ['5 bytes belong to no tensor']);
    const records = npyOf("{'descr': [('a', '<f4'), ('b', '<i2')], 'fortran_order': False, 'shape': (1,), }", 6);
    const found = await foundIn(records);
    assert.deepEqual([found.tensors[0]?.dtype, found.warnings], ['OPAQUE', ['type of element not known: records']]);
  });

  it('is unknown, with a reason, for everything else', async () => {
    for (const bytes of [new Uint8Array(0), Uint8Array.of(8), utf8('{"a": 1}'), utf8('a,b\n1,2\n')]) {
      const { format, tensors, warnings } = await foundIn(bytes);
      assert.deepEqual([format, tensors.length, warnings.length], ['unknown', 0, 1]);
    }
  });

  it('is an ONNX model whatever field comes first', async () => {
    const model = load('model.onnx');
    const moved = concatBytes([field(6, utf8('moved by a description of 35 letters')), model]);
    const [plain, shifted] = [await foundIn(model), await foundIn(moved)];
    assert.deepEqual(
      shifted.tensors.map((t) => ({ ...t, offset: t.offset - 38 })),
      plain.tensors,
    );
    assert.equal((await foundIn(field(7, new Uint8Array(0)))).format, 'unknown');
  });

  it('is read in few small steps where the file is large', async () => {
    const header = utf8('{"a":{"dtype":"U8","shape":[1000000000000],"data_offsets":[0,1000000000000]}}');
    const start = safetensorsOf(header);
    let read = 0;
    const source = {
      read: async (offset: number, length: number) => {
        read += length;
        return start.slice(offset, offset + length);
      },
    };
    const { tensors } = await findTensors(source, start.length + 1e12);
    assert.deepEqual([tensors[0]?.length, tensors[0]?.offset], [1e12, start.length]);
    assert.ok(read < 1000);
  });

  it('never hides that the source failed or has shrunk', async () => {
    const failing = {
      read: async () => {
        throw new At1Error('object/missing', { message: 'gone' });
      },
    };
    await assert.rejects(findTensors(failing, 100), { code: 'object/missing' });
    await assert.rejects(findTensors(sourceOf(utf8('GGUF')), 100), { code: 'artifact/changed-while-read' });
    await assert.rejects(findTensors(sourceOf(new Uint8Array(0)), -1), RangeError);
  });
});
