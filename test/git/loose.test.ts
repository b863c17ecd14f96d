import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, deflateSync, inflateSync } from 'node:zlib';
import { looseEquals } from '../../src/git/loose.js';
import { GitReader } from '../../src/git/reader.js';
import { openRepository } from '../../src/git/repository.js';
import { parseOid } from '../../src/git-format/oid.js';
import { git } from '../helpers/git.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { useTempDir } from '../helpers/temp-dir.js';

describe('comparing a blob with bytes that are known already', () => {
  const temp = useTempDir();
  const data = randomBytes(3_000_001, 5);

  function store(bytes: Uint8Array, ...config: string[]) {
    git(temp.path, ['init', '-q', '.']);
    const oid = parseOid(git(temp.path, [...config, 'hash-object', '-w', '--stdin'], { input: bytes }));
    const objects = temp.at('.git', 'objects');
    return { oid, objects, path: join(objects, oid.slice(0, 2), oid.slice(2)) };
  }

  it('finds what git stored equal, however it was compressed, and in packs', async () => {
    const { oid, objects } = store(data);
    assert.equal(await looseEquals(objects, oid, data), true);
    const reader = new GitReader(await openRepository(temp.path));
    assert.equal(await reader.holdsBytes(oid, data), true);
    git(temp.path, ['pack-objects', '-q', join(objects, 'pack', 'pack')], { input: `${oid}\n` });
    git(temp.path, ['prune-packed', '-q']);
    assert.equal(await looseEquals(objects, oid, data), undefined);
    assert.equal(await reader.holdsBytes(oid, data), true);
    assert.equal(await reader.holdsBytes(oid, randomBytes(data.length, 6)), false);
    const zeros = new Uint8Array(2_000_000);
    const stored = store(zeros, '-c', 'core.compression=0');
    assert.equal(await looseEquals(objects, stored.oid, zeros), true);
  });

  it('reads a blob behind code tables of any length', async () => {
    // Each byte occurs another time as often, and so the codes of all of them have different lengths.
    const weights = randomBytes(256, 2).map((byte) => byte % 10);
    const drawn = Array.from(weights).flatMap((weight, byte) => new Array<number>(1 << weight).fill(byte));
    const places = new Uint32Array(randomBytes(4 * 20_000, 3).buffer, 0, 20_000);
    const uneven = Uint8Array.from(places, (place) => drawn[place % drawn.length] as number);
    const { oid, path } = store(uneven);
    const start = inflateSync(readFileSync(path).subarray(0, 128), { finishFlush: constants.Z_SYNC_FLUSH });
    assert.ok(start.length < 'blob 20000'.length, `${start.length} bytes lie within the first 128`);
    const reader = new GitReader(await openRepository(temp.path));
    assert.equal(reader.blobSize(oid), uneven.length);
    assert.deepEqual((await reader.read(oid)).bytes, uneven);
  });

  it('finds other bytes, other lengths and other names different', async () => {
    const { oid, objects } = store(data);
    const other = data.slice();
    other[2_999_999] = (other[2_999_999] as number) ^ 1;
    for (const bytes of [other, data.subarray(0, -1), new Uint8Array([...data, 0]), new Uint8Array(0)]) {
      assert.equal(await looseEquals(objects, oid, bytes), false);
    }
    const reader = new GitReader(await openRepository(temp.path));
    assert.equal(await reader.holdsBytes(parseOid('1'.repeat(40)), data), false);
  });

  it('finds a damaged file different even where the bytes come out: cut, lengthened, with a wrong sum or header', async () => {
    const { oid, objects, path } = store(data);
    const whole = new Uint8Array(readFileSync(path));
    const flipped = whole.slice();
    flipped[whole.length - 1] = (flipped[whole.length - 1] as number) ^ 1;
    const tagged = new Uint8Array(deflateSync(Buffer.concat([Buffer.from(`tree ${data.length}\0`), data])));
    chmodSync(path, 0o644);
    for (const bytes of [
      whole.subarray(0, -1),
      whole.subarray(0, -5),
      new Uint8Array([...whole, 0]),
      flipped,
      tagged,
    ]) {
      writeFileSync(path, bytes);
      assert.equal(await looseEquals(objects, oid, data), false);
    }
    writeFileSync(path, new Uint8Array(0));
    assert.equal(await looseEquals(objects, oid, data), false);
  });
});
