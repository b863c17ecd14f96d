/** Segments of one file with the same SHA-256: the first counts as the base of others; docs/format/registry.md. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeWhole } from '../../src/container/write.js';
import type { Engines } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { writePlaneSet } from '../../src/transforms/plane-set.js';
import { put } from '../e2e/people.js';
import { normalFloats } from '../helpers/normal-floats.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { PYTHON, SCRIPT, sha256 } from './both.js';

describe('segments that are twins', () => {
  const dir = useTempDir();
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });

  /** Puts the object into the registry; the lines of its segment. */
  function store(segment: Uint8Array, held: Uint8Array, ...more: readonly string[]): string {
    const object = writeWhole({ backend: 'stored', bytes: held, size: held.length }, engines.sha256(held));
    const name = sha256(object);
    put(dir.at('registry', 'objects', name.slice(0, 2), `${name}.at1`), object);
    const fields = [`size = ${segment.length}`, `sha256 = "${sha256(segment)}"`, `object = "${name}"`];
    return ['[[files.segments]]', ...fields, `stored = ${object.length}`, ...more, ''].join('\n');
  }

  async function delta(segment: Uint8Array, base: Uint8Array): Promise<string> {
    const layout = { mode: 'difference', width: 4, head: 0, elements: segment.length / 4 } as const;
    const set = await writePlaneSet(segment, layout, base, engines, { effort: 'fast' });
    return store(segment, set, 'transform = "delta"', `base = "${sha256(base)}"`);
  }

  it('count by the first of them, so that one may be a difference to what needs the other', async () => {
    const x = normalFloats(500, 1);
    const y = x.map((byte, i) => (i % 9 === 0 ? byte ^ 1 : byte));
    const file = Buffer.concat([x, y, x]);
    const segments = [store(x, x), await delta(y, x), await delta(x, y)];
    put(dir.at('registry', 'at1.toml'), '');
    const digest = sha256(file);
    const head = ['#:schema urn:at1:schema:manifest:1', '', 'kind = "model"', 'name = "a"', 'version = "1.0.0"'];
    const fields = ['form = "file"', `size = ${file.length}`, `content = "sha256:${digest}"`, '', '[[files]]'];
    const entry = ['path = "f"', `size = ${file.length}`, `sha256 = "${digest}"`, ''];
    put(dir.at('registry', 'model', 'a', '1.0.0.toml'), [...head, ...fields, ...entry, ...segments].join('\n'));
    for (const [program, script] of [
      ['python3', PYTHON],
      [process.execPath, SCRIPT],
    ] as const) {
      const out = dir.at(`out of ${script === PYTHON ? 'Python' : 'Node'}`);
      const argv = [script, 'get', dir.at('registry'), 'model/a@1.0.0', '-o', out];
      const { status, stderr } = spawnSync(program, argv, { encoding: 'utf8' });
      assert.equal(status, 0, stderr);
      assert.deepEqual(readFileSync(out), file);
    }
  });
});
