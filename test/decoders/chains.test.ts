/** The stand-alone decoders on segments that are differences: bases in the file, beside it and in layouts, and chains. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeWhole } from '../../src/container/write.js';
import type { Engines, PlaneMode } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { writePlaneSet } from '../../src/transforms/plane-set.js';
import { put } from '../e2e/people.js';
import { normalFloats } from '../helpers/normal-floats.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { PYTHON, SCRIPT, sha256 } from './both.js';

/** A segment as its entry in a manifest, and what it stands for. */
interface Piece {
  readonly data: Uint8Array;
  readonly entry: string;
}

describe('a difference to another segment', () => {
  const dir = useTempDir('suite');
  let engines: Engines;
  /** The bytes of generation `n`: each differs a little from the one before. */
  const generation = (n: number) =>
    normalFloats(40, 1).map((byte, i) => (i % 4 === 1 ? byte + n * ((i >> 2) % 3) : byte));

  before(async () => {
    engines = await createNativeEngines();
    put(dir.at('at1.toml'), 'format = 1\n');
  });

  function piece(data: Uint8Array, held: Uint8Array, more = ''): Piece {
    const container = writeWhole({ backend: 'stored', size: held.length, bytes: held }, engines.sha256(held));
    const object = sha256(container);
    put(dir.at('objects', object.slice(0, 2), `${object}.at1`), container);
    const size = `size = ${data.length}, sha256 = "${sha256(data)}"`;
    return { data, entry: `{ ${size}, object = "${object}", stored = ${container.length}${more} }` };
  }

  const plain = (data: Uint8Array) => piece(data, data);

  async function planes(data: Uint8Array, base?: Uint8Array, mode: PlaneMode = 'ordered'): Promise<Piece> {
    const shape = {
      mode: base === undefined ? 'rotate' : mode,
      width: 4,
      head: 0,
      elements: data.length >> 2,
    } as const;
    const set = await writePlaneSet(data, shape, base, engines);
    const more = base === undefined ? ', transform = "planes"' : `, transform = "delta", base = "${sha256(base)}"`;
    return piece(data, set, more);
  }

  /** Generations `from` to 1, each against the one before it; generation 0 is plain. */
  async function chain(from: number): Promise<Piece[]> {
    const found = [plain(generation(0))];
    for (let n = 1; n <= from; n++) found.unshift(await planes(generation(n), generation(n - 1)));
    return found;
  }

  const list = (name: string, pieces: readonly Piece[]) =>
    pieces.length === 0 ? '' : `${name} = [\n${pieces.map(({ entry }) => `  ${entry},\n`).join('')}]\n`;

  function register(name: string, segments: readonly Piece[], bases: readonly Piece[], layout = false): string {
    const whole = Buffer.concat(segments.map(({ data }) => data));
    const lists = `${list('segments', segments)}${list('bases', bases)}`;
    const text = Buffer.from(`#:schema urn:at1:schema:layout:1\n\nsize = ${whole.length}\n${lists}`);
    const body = layout ? `layout = ${plain(text).entry}\n` : lists;
    const digest = sha256(whole);
    put(
      dir.at('model', name, '1.0.0.toml'),
      [
        '#:schema urn:at1:schema:manifest:1\n',
        'registry = "01KAQ4Z6W3T8YB0JV9N2M5X7CD"\nkind = "model"',
        `name = "${name}"\nversion = "1.0.0"\ncreated = "2026-11-22T01:02:03Z"`,
        `content = "sha256:${digest}"\nform = "file"\nsize = ${whole.length}\n`,
        `[[files]]\npath = "weights"\nsize = ${whole.length}\nsha256 = "${digest}"\nblake3 = "${digest}"\n${body}`,
      ].join('\n'),
    );
    return `model/${name}/1.0.0.toml`;
  }

  /** For each manifest `ok`, or the code of what is wrong with it. */
  function verdicts(places: readonly string[]): string[][] {
    const environment = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
    return [
      ['python3', PYTHON],
      [process.execPath, SCRIPT],
    ].map(([program = '', file = '']) => {
      const { stdout } = spawnSync(program, [file, 'verify', dir.path, ...places], {
        encoding: 'utf8',
        env: environment,
      });
      return stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => (line.startsWith('ok ') ? 'ok' : (/toml: ([a-z/-]+): /.exec(line)?.[1] ?? line)));
    });
  }

  it('is undone wherever its base is', async () => {
    const [zero, one, two] = [generation(0), generation(1), generation(2)];
    const eight = await chain(8);
    const places = [
      register('planes', [await planes(zero), await planes(one)], []),
      register('inside', [plain(zero), await planes(one, zero), await planes(two, zero, 'difference')], []),
      register('inside-later', [await planes(one, zero), plain(zero)], []),
      register('beside', [await planes(one, zero)], [await planes(zero)]),
      register('layout', [await planes(two, one), await planes(one, zero)], [plain(zero)], true),
      register('eight', eight.slice(0, 1), eight.slice(1)),
      register('eight-inside', eight.toReversed(), []),
    ];
    for (const found of verdicts(places)) {
      assert.deepEqual(
        found,
        places.map(() => 'ok'),
      );
    }
  });

  it('is refused without its base, with one too many, in a circle, and beyond eight', async () => {
    const [zero, one] = [generation(0), generation(1)];
    const nine = await chain(9);
    const short = plain(zero.subarray(0, 80));
    const invalid = [
      register('absent', [await planes(one, zero)], []),
      register('idle', [await planes(one, zero)], [plain(zero), plain(generation(2))]),
      register('circle', [await planes(one, zero)], [await planes(zero, one)]),
      register('nine', nine.slice(0, 1), nine.slice(1)),
      register('nine-inside', nine.toReversed(), []),
      register('short', [piece(one, zero, `, transform = "delta", base = "${sha256(short.data)}"`)], [short]),
      register('baseless', [piece(one, one, ', transform = "delta"')], []),
      register('needless', [piece(one, one, `, transform = "planes", base = "${sha256(zero)}"`), plain(zero)], []),
    ];
    const others: readonly (readonly [string, string])[] = [
      [register('unknown', [piece(one, one, ', transform = "wavelet"')], []), 'container/unsupported'],
      [register('no-set', [piece(one, one, ', transform = "planes"')], []), 'transform/malformed'],
      [register('plain-set', [piece(one, generation(3))], []), 'object/content-mismatch'],
      [register('other-base', [await planes(one, zero), piece(zero, one)], []), 'object/content-mismatch'],
    ];
    const places = [...invalid, ...others.map(([place]) => place)];
    const wanted = [...invalid.map(() => 'document/invalid'), ...others.map(([, code]) => code)];
    for (const found of verdicts(places)) assert.deepEqual(found, wanted);
  });
});
