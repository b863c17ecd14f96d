/**
 * A damaged file in the place of an object is mended from the intact copy in git; a link or a pipe is refused, and what it
 * points to is left alone; a registration that meets such a thing under its own object's name is not misled by it.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { objectPath } from '../../src/manifest/layout-of-registry.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { encodeSegment } from '../../src/packing/segment.js';
import { attacks, buildHealthy, type PlacedRegistry } from '../../testing/index.js';
import { runCli } from '../helpers/run-cli.js';
import { memoryDir, useTempDir } from '../helpers/temp-dir.js';

const at1 = ({ dir, environment }: PlacedRegistry, ...argv: string[]) => runCli(argv, { cwd: dir, env: environment });

describe('testing: what was planted in the place of an object', () => {
  const temp = useTempDir('test', memoryDir());
  const planted = attacks.filter(({ id }) => id.startsWith('store/'));

  it('is a list that is there', () => assert.ok(planted.length >= 10));

  for (const attack of planted) {
    // What is no plain file is for its owner to remove: doctor neither follows it nor takes it away.
    const plain = ['hard-link', 'empty', 'short', 'wrong-bytes', 'huge-file'].some(
      (end) => attack.id === `store/${end}`,
    );
    it(`${attack.id}: ${plain ? 'doctor mends it' : 'doctor refuses it'}, and what is outside stays as it was`, async () => {
      const attacked = await attack.build({ dir: temp.at('place') });
      const outside = ['precious', 'secret', 'copy.at1'].map((name) => temp.at('place', 'outside', name));
      const before = outside.filter((path) => existsSync(path)).map((path) => readFileSync(path));
      const mended = await at1(attacked, 'doctor', '--fix', '--json');
      const verified = await at1(attacked, 'verify', '--json');
      assert.deepEqual([mended.code, verified.code], plain ? [0, 0] : [15, 20], mended.stdout + verified.stdout);
      assert.deepEqual(
        outside.filter((path) => existsSync(path)).map((path) => readFileSync(path)),
        before,
      );
      assert.equal(existsSync(temp.at('place', 'made-by-a-careless-writer')), false);
    });
  }
});

describe('testing: a registration over what was planted', () => {
  const temp = useTempDir('test', memoryDir());
  const data = new TextEncoder().encode('what is registered next\n');

  /** The path its object will have, and the container that belongs there. */
  async function target(placed: PlacedRegistry) {
    const { object, container } = await encodeSegment(data, 'balanced', await createNativeEngines());
    const path = join(placed.dir, ...objectPath(object).split('/'));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(join(placed.dir, '..', 'next.bin'), data);
    return { path, container };
  }

  const wrong: readonly [string, (container: Uint8Array) => Uint8Array][] = [
    ['nothing', () => new Uint8Array(0)],
    ['the first half', (container) => container.subarray(0, container.length / 2)],
    ['other bytes of the same length', (container) => container.toReversed()],
    ['the object and more', (container) => Uint8Array.of(...container, 0)],
  ];
  for (const [what, bytes] of wrong) {
    it(`stores its object where ${what} had its name`, async () => {
      const placed = await buildHealthy({ dir: temp.at('place') });
      const { path, container } = await target(placed);
      writeFileSync(path, bytes(container));
      const registered = await at1(placed, 'register', 'model/next@1.0.0', '../next.bin', '--json');
      assert.equal(registered.code, 0, registered.stdout);
      assert.deepEqual(new Uint8Array(readFileSync(path)), container);
      assert.equal((await at1(placed, 'verify')).code, 0);
    });
  }

  it('refuses to write through a symbolic link, and leaves what it points to as it was', async () => {
    const placed = await buildHealthy({ dir: temp.at('place') });
    const { path } = await target(placed);
    writeFileSync(temp.at('precious'), 'precious');
    symlinkSync(temp.at('precious'), path);
    const registered = await at1(placed, 'register', 'model/next@1.0.0', '../next.bin', '--json');
    assert.equal((registered.json as { error: { code: string } }).error.code, 'io/unsafe-path');
    assert.equal(registered.code, 15);
    assert.equal(readFileSync(temp.at('precious'), 'utf8'), 'precious');
    assert.equal((await at1(placed, 'verify')).code, 0);
  });
});
