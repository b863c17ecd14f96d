/** at1 tensor and at1 cat: lists, bytes, ranges; only what is needed is read, and nothing unverified comes out. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatResult, TensorResult } from '../../src/index.js';
import { npyOf, safetensorsOf, zipOf } from '../formats/samples.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { inProcess } from '../helpers/run-cli.js';
import { type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

const MIB = 1024 * 1024;
const sha256 = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

function model(seed: number): { readonly file: Uint8Array; readonly data: Uint8Array } {
  const data = randomBytes(12 * MIB, seed);
  const entry = (from: number, to: number) => ({ dtype: 'F32', shape: [(to - from) / 4], data_offsets: [from, to] });
  const header = { early: entry(0, MIB), 'layer.0 weight': entry(MIB, 9 * MIB), late: entry(10 * MIB, 12 * MIB) };
  return { file: safetensorsOf(JSON.stringify(header), data), data };
}

describe('at1 tensor and at1 cat', function () {
  this.timeout(120_000);
  const dir = useTempDir('suite');
  const { file, data } = model(1);
  const rows = randomBytes(70_000, 5);
  const start = file.length - data.length;
  let ana: Clone;
  let here: Terminal;

  before(async () => {
    ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home'), 'ana'));
    mkdirSync(dir.at('work', 'tree', 'deep'), { recursive: true });
    here = terminalOf(ana.person, dir.at('work'), { env: { AT1_REGISTRY: ana.dir } });
    writeFileSync(dir.at('work', 'net.safetensors'), file);
    writeFileSync(dir.at('work', 'tree', 'a.safetensors'), small('x', 'y'));
    writeFileSync(dir.at('work', 'tree', 'deep', 'b.safetensors'), small('y', 'z'));
    writeFileSync(dir.at('work', 'tree', 'notes.txt'), 'notes\n');
    writeFileSync(dir.at('work', 'rows.csv'), rows);
    await here.text('register model/net@1.0.0 net.safetensors');
    await here.text('register model/tree@1.0.0 tree');
    await here.text('register data/rows@1.0.0 rows.csv');
  });

  function small(...names: readonly string[]): Uint8Array {
    const header = names.map(
      (name, i) => `"${name}":{"dtype":"U8","shape":[2,2],"data_offsets":[${i * 4},${i * 4 + 4}]}`,
    );
    return safetensorsOf(`{${header.join()}}`, randomBytes(names.length * 4, names.join().length));
  }

  describe('`at1 tensor`', () => {
    it('lists the tensors of a version and of a file, in text and in JSON', async () => {
      const text = await here.text('tensor model/net');
      assert.match(text, /^NAME +TYPE +SHAPE +OFFSET +BYTES\nearly +F32 +262144 +\d+ +1048576\n/);
      assert.match(text, /\n3 tensors, safetensors\nnext: at1 tensor model\/net early -o OUT\n$/);
      const found = await here.json<TensorResult>('tensor', 'tensor model/net@1.0.0');
      assert.deepEqual(
        [found.ref, found.trust === null, found.files],
        ['model/net@1.0.0', false, [{ path: 'net.safetensors', size: file.length, format: 'safetensors' }]],
      );
      assert.deepEqual(
        found.tensors.map(({ name, offset, size, sha256: digest }) => [name, offset, size, digest]),
        [
          ['early', start, MIB, null],
          ['layer.0 weight', start + MIB, 8 * MIB, null],
          ['late', start + 10 * MIB, 2 * MIB, null],
        ],
      );
      const local = await here.json<TensorResult>('tensor', 'tensor net.safetensors');
      assert.deepEqual([local.ref, local.trust], [null, null]);
      assert.deepEqual(local.tensors, found.tensors);
    });

    it('gives the bytes of one, to a pipe and to a file, with their digest', async () => {
      const wanted = data.subarray(MIB, 9 * MIB);
      for (const what of ['model/net', 'net.safetensors']) {
        const piped = await here.at1(`tensor ${what}`, 'layer.0 weight');
        assert.equal(piped.code, 0, piped.stderr);
        assert.equal(Buffer.compare(piped.bytes, wanted), 0);
        const written = await here.json<TensorResult>(
          'tensor',
          `tensor ${what}`,
          'layer.0 weight',
          '-o',
          'weight',
          '-f',
        );
        assert.equal(written.written, dir.at('work', 'weight'));
        assert.deepEqual(
          written.tensors.map(({ sha256: digest }) => digest),
          [sha256(wanted)],
        );
        assert.equal(Buffer.compare(readFileSync(dir.at('work', 'weight')), wanted), 0);
        const only = await here.json<TensorResult>('tensor', `tensor ${what} late`);
        assert.deepEqual([only.written, only.tensors[0]?.sha256], [null, sha256(data.subarray(10 * MIB))]);
      }
      await here.refuses(13, 'output/exists', 'tensor model/net late -o weight');
      assert.match(
        await here.text('tensor model/net late -o weight -f'),
        /^wrote .*weight\n2 MiB\nsha256:[0-9a-f]{64}\n$/,
      );
    });

    it('looks into containers, whole and in frames, after their digest was right', async () => {
      await here.text('pack net.safetensors -o net.at1 -f');
      await here.text('pack tree/a.safetensors -o a.at1 -f');
      const wanted = data.subarray(0, MIB);
      assert.equal(Buffer.compare((await here.at1('tensor net.at1 early')).bytes, wanted), 0);
      assert.equal((await here.json<TensorResult>('tensor', 'tensor a.at1')).tensors.length, 2);
      const npy = npyOf("{'descr': '|u1', 'fortran_order': False, 'shape': (9,)}", 9);
      const zip = zipOf(['b', 'a'].map((name) => ({ name: `${name}.npy`, data: npy })));
      writeFileSync(dir.at('work', 'z.npz'), zip);
      await here.text('pack z.npz -f');
      const plain = await here.json<TensorResult>('tensor', 'tensor z.npz');
      const packed = await here.json<TensorResult>('tensor', 'tensor z.npz.at1');
      assert.equal(plain.tensors.length, 2);
      assert.deepEqual(
        packed.tensors.map(({ offset }) => offset),
        plain.tensors.map(({ offset }) => offset),
      );
      // Of another codec, which is decoded the same way.
      const columnar = join(import.meta.dirname, '..', 'fixtures', 'containers', 'columnar-basic.at1');
      await here.text('unpack', columnar, '-o', 'columns', '-f');
      const { files } = await here.json<TensorResult>('tensor', 'tensor', columnar);
      assert.deepEqual(
        files.map(({ size }) => size),
        [readFileSync(dir.at('work', 'columns')).length],
      );
      const damaged = Uint8Array.from(readFileSync(dir.at('work', 'net.at1')));
      damaged[damaged.length - 2 * MIB] = (damaged[damaged.length - 2 * MIB] ?? 0) ^ 1;
      writeFileSync(dir.at('work', 'damaged.at1'), damaged);
      const { code, bytes } = await here.at1('tensor damaged.at1 early');
      assert.deepEqual([code, bytes.length], [20, 0]);
    });

    it('takes versions of several files', async () => {
      const { files, tensors, warnings } = await here.json<TensorResult>('tensor', 'tensor model/tree');
      assert.deepEqual(
        files.map(({ path, format }) => [path, format]),
        [
          ['a.safetensors', 'safetensors'],
          ['deep/b.safetensors', 'safetensors'],
          ['notes.txt', 'unknown'],
        ],
      );
      assert.deepEqual(
        tensors.map(({ path, name }) => `${path} ${name}`),
        ['a.safetensors x', 'a.safetensors y', 'deep/b.safetensors y', 'deep/b.safetensors z'],
      );
      assert.deepEqual(warnings, ['notes.txt: no format that is known']);
      assert.match(await here.text('tensor model/tree'), /^FILE +NAME +TYPE/);
      assert.equal((await here.at1('tensor model/tree z')).bytes.length, 4);
      await here.refuses(12, 'artifact/ambiguous', 'tensor model/tree y');
      assert.equal((await here.at1('tensor model/tree y --path deep/b.safetensors')).bytes.length, 4);
      await here.refuses(2, 'usage/path', 'tensor model/tree --path c');
    });

    it('refuses what is not there, and says why a file has none', async () => {
      await here.refuses(12, 'tensor/not-found', 'tensor model/net lat');
      assert.match(await here.refuses(12, 'tensor/not-found', 'tensor data/rows x'), /unknown: rows\.csv: /);
      await here.refuses(12, 'artifact/not-found', 'tensor model/nothing');
      await here.refuses(2, 'usage/invalid', 'tensor net.safetensors --path x');
      await here.refuses(2, 'usage/invalid', 'tensor');
      assert.match(await here.text('tensor rows.csv'), /^0 tensors, no format that is known\n$/);
    });
  });

  describe('`at1 cat`', () => {
    it('writes a file or a range of it, exactly', async () => {
      assert.equal(Buffer.compare((await here.at1('cat data/rows')).bytes, rows), 0);
      for (const [range, from, to] of [
        ['0:10', 0, 10],
        ['10:10', 10, 10],
        [':5', 0, 5],
        ['69990:', 69_990, 70_000],
        [':', 0, 70_000],
        ['70000:', 70_000, 70_000],
      ] as const) {
        const part = rows.subarray(from, to);
        const { bytes, code, stderr } = await here.at1(`cat data/rows --range ${range}`);
        assert.equal(code, 0, stderr);
        assert.deepEqual(bytes, part, range);
        const found = await here.json<CatResult>('cat', `cat data/rows --range ${range}`);
        assert.deepEqual([found.from, found.to, found.size, found.sha256], [from, to, rows.length, sha256(part)]);
      }
      const crossing = await here.at1(`cat model/net --range ${8 * MIB - 3}:${8 * MIB + 3}`);
      assert.equal(Buffer.compare(crossing.bytes, file.subarray(8 * MIB - 3, 8 * MIB + 3)), 0);
    });

    it('takes a file of a tree, and writes into a file', async () => {
      await here.refuses(2, 'usage/invalid', 'cat model/tree');
      await here.refuses(2, 'usage/path', 'cat model/tree deep');
      assert.equal((await here.at1('cat model/tree notes.txt')).stdout, 'notes\n');
      const { written } = await here.json<CatResult>('cat', 'cat model/tree notes.txt -o copy -f');
      assert.equal(written, dir.at('work', 'copy'));
      assert.equal(readFileSync(dir.at('work', 'copy'), 'utf8'), 'notes\n');
      await here.refuses(13, 'output/exists', 'cat model/tree notes.txt -o copy');
      assert.match(await here.text('cat model/tree notes.txt -o copy -f'), /^wrote .*copy\n6 B\nsha256:/);
    });

    it('refuses ranges that are none or not inside', async () => {
      for (const range of ['5', '5:4', '-1:4', 'a:b', '1:2:3', '0:99999999999999999', '0x1:2', '']) {
        await here.refuses(2, 'usage/invalid', 'cat data/rows', `--range=${range}`);
      }
      await here.refuses(2, 'usage/invalid', 'cat data/rows --range 0:70001');
      await here.refuses(2, 'usage/invalid', 'cat data/rows --range 70001:');
    });

    it('does not write to a terminal', async function () {
      // A terminal can be played only in this process; from source this test always runs.
      if (!inProcess) this.skip();
      const terminal = terminalOf(ana.person, dir.at('work'), { terminal: true, env: { AT1_REGISTRY: ana.dir } });
      for (const line of ['cat data/rows', 'tensor model/net late']) {
        const { code, stdout } = await terminal.at1(line);
        assert.deepEqual([code, stdout], [2, '']);
      }
    });
  });

  describe('damaged objects', () => {
    // The last one, because it damages the registry.
    it('are passed over, and only those that are needed are read: no byte of a wrong one comes out', async () => {
      const objects = dir.at('registry', 'objects');
      const segments: string[] = [];
      for (const folder of readdirSync(objects)) {
        for (const name of readdirSync(join(objects, folder))) segments.push(join(objects, folder, name));
      }
      const damage = (path: string) => {
        const bytes = Uint8Array.from(readFileSync(path));
        bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
        writeFileSync(path, bytes, { flag: 'r+' });
      };
      for (const path of segments) damage(path);
      const all = await here.json<CatResult>('cat', 'cat model/net');
      assert.ok(all.damaged.length >= 2, 'git has the intact ones');
      const at = 9.5 * MIB;
      const few = await here.json<CatResult>('cat', `cat model/net --range ${at}:${at + 1000}`);
      assert.equal(few.damaged.length, 1, 'one object holds the range');
      assert.equal(few.sha256, sha256(file.subarray(at, at + 1000)));
      const late = await here.json<TensorResult>('tensor', 'tensor model/net late');
      assert.equal(late.damaged.length, 2, 'that of the header and that of the tensor');
      const [path = ''] = few.damaged[0]?.split(' ') ?? [];
      const oid = ana.git('rev-parse', `HEAD:${path}`).trim();
      rmSync(dir.at('registry', '.git', 'objects', oid.slice(0, 2), oid.slice(2)));
      const lost = await here.at1(`cat model/net --range ${at}:${at + 1000}`);
      assert.deepEqual([lost.code, lost.bytes.length], [32, 0], lost.stderr);
      const begun = await here.at1(`cat model/net --range ${7 * MIB}:${10 * MIB} -o begun`);
      assert.deepEqual([begun.code, existsSync(dir.at('work', 'begun'))], [32, false]);
      assert.equal((await here.at1('cat model/net --range 0:5')).bytes.length, 5);
    });
  });
});
