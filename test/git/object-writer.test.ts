import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { LevelDeflater, StoredDeflater } from '../../src/git/deflate.js';
import { looseIsIntact } from '../../src/git/loose-writer.js';
import { type ObjectSource, oidOf } from '../../src/git/object-source.js';
import { ObjectWriter } from '../../src/git/object-writer.js';
import { formatPackIndex } from '../../src/git/pack-index-writer.js';
import { GitReader } from '../../src/git/reader.js';
import { openRepository } from '../../src/git/repository.js';
import type { Oid } from '../../src/git-format/oid.js';
import { changesOf, refusingAt } from '../helpers/changes.js';
import { git, gitBytes } from '../helpers/git.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';
import { encode, makeRepository } from './writing.js';

describe('the object writer', () => {
  const dir = useTempDir();
  beforeEach(() => makeRepository(dir.path));

  const writer = (options = {}) => new ObjectWriter({ commonDir: dir.at('.git') }, options);
  const blob = (bytes: Uint8Array): ObjectSource => ({ type: 'blob', bytes });
  const stream = (bytes: Uint8Array, step = 100_000, size = bytes.length): ObjectSource => ({
    type: 'blob',
    size,
    open: async function* () {
      for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
    },
  });
  const packs = () => readdirSync(dir.at('.git/objects/pack')).filter((name) => name.endsWith('.pack'));
  const leftovers = () =>
    readdirSync(dir.at('.git/objects'), { recursive: true })
      .map(String)
      .filter((name) => name.includes('tmp_'));

  function assertReadable(oids: readonly Oid[], contents: readonly Uint8Array[]): void {
    contents.forEach((bytes, i) => {
      const oid = oids[i] as Oid;
      assert.equal(git(dir.path, ['hash-object', '--stdin'], { input: bytes }), oid);
      assert.equal(Buffer.compare(gitBytes(dir.path, ['cat-file', 'blob', oid]), bytes), 0);
    });
    assert.equal(git(dir.path, ['fsck', '--strict', '--full', '--no-dangling']), '');
    assert.deepEqual(leftovers(), []);
  }

  it('writes few objects loose: empty, small, compressible and not, in memory and streamed', async () => {
    const contents = [
      new Uint8Array(0),
      encode('small\n'),
      randomBytes(300_000, 1),
      new Uint8Array(2_500_000).fill(65),
      randomBytes(65_535 * 3, 2),
      randomBytes(1_500_000, 3),
    ];
    const oids = await writer().writeObjects([...contents.map(blob), ...contents.map((bytes) => stream(bytes))]);
    assert.deepEqual(oids.slice(6), oids.slice(0, 6));
    assertReadable(oids, contents);
    assert.equal(packs().length, 0);
  });

  it('stores what does not compress in stored blocks, and deflates what does', async () => {
    const random = randomBytes(2_000_000, 4);
    const [stored, deflated] = await writer().writeObjects([blob(random), blob(new Uint8Array(2_000_000))]);
    const raw = (oid: Oid | undefined) =>
      readFileSync(dir.at('.git/objects', String(oid).slice(0, 2), String(oid).slice(2)));
    assert.equal(raw(stored).length, 2 + 33 * 5 + 'blob 2000000\0'.length + random.length + 4);
    assert.ok(raw(deflated).length < 20_000);
  });

  it('writes many objects into one pack, large streamed ones among them, each once', async () => {
    const contents: Uint8Array[] = Array.from({ length: 200 }, (_, i) => encode(`object ${i % 150}\n`));
    contents.push(randomBytes(1_200_000, 5), new Uint8Array(1_200_000), randomBytes(1_200_000, 5));
    const sources = contents.map((bytes, i) => (i % 3 === 0 ? stream(bytes) : blob(bytes)));
    const oids = await writer().writeObjects(sources);
    for (const i of [0, 1, 64, 149, 150, 199, 200, 201, 202]) {
      const bytes = gitBytes(dir.path, ['cat-file', 'blob', oids[i] as Oid]);
      assert.equal(Buffer.compare(bytes, contents[i] as Uint8Array), 0, `object ${i}`);
    }
    assert.equal(packs().length, 1);
    git(dir.path, ['verify-pack', dir.at('.git/objects/pack', packs()[0] as string)]);
  });

  it('starts another pack at its size', async () => {
    const contents = Array.from({ length: 100 }, (_, i) => randomBytes(10_000, i));
    const oids = await writer({ packBytes: 300_000 }).writeObjects(contents.map(blob));
    assert.equal(packs().length, 4);
    assertReadable(oids.slice(0, 3), contents.slice(0, 3));
    assertReadable(oids.slice(97), contents.slice(97));
  });

  it('does not write again what is there, loose, packed or in the same batch', async () => {
    const contents = Array.from({ length: 10 }, (_, i) => encode(`object ${i}\n`));
    const oids = await writer().writeObjects(contents.map(blob));
    const reader = new GitReader(await openRepository(dir.path));
    const contains = async (oid: Oid) => reader.has(oid);
    const again = writer({ contains });
    const renames = async (work: () => Promise<unknown>) =>
      (await changesOf(work)).filter(({ kind }) => kind === 'rename');
    const twice = async () =>
      assert.deepEqual(await again.writeObjects([...contents, ...contents].map(blob)), [...oids, ...oids]);
    assert.deepEqual(await renames(twice), []);
    git(dir.path, ['update-ref', 'refs/tags/keep', oids[0] as Oid]);
    git(dir.path, ['repack', '-q', '-d', '-a', '-k']);
    git(dir.path, ['prune-packed']);
    assert.deepEqual(await renames(() => again.writeObjects(contents.map(blob))), []);
  });

  it('replaces torn objects of every shape', async () => {
    const bytes = randomBytes(400_000, 6);
    const [oid] = (await writer().writeObjects([blob(bytes)])) as [Oid];
    const path = dir.at('.git/objects', oid.slice(0, 2), oid.slice(2));
    const whole = readFileSync(path);
    const flipped = Uint8Array.from(whole);
    flipped[200_000] = (flipped[200_000] as number) ^ 1;
    for (const torn of [
      whole.subarray(0, 0),
      whole.subarray(0, 1000),
      whole.subarray(0, -1),
      new Uint8Array(whole.length),
      flipped,
    ]) {
      for (const source of [blob(bytes), stream(bytes)]) {
        chmodSync(path, 0o644);
        writeFileSync(path, torn);
        assert.equal(await looseIsIntact(path, oid), false);
        await writer().writeObjects([source]);
        assert.equal(await looseIsIntact(path, oid), true);
      }
    }
    assertReadable([oid], [bytes]);
  });

  it('refuses a source of another length than announced, and leaves nothing', async () => {
    const bytes = randomBytes(200_000, 7);
    for (const size of [0, 1, 199_999, 200_001]) {
      await throwsCode(() => writer().writeObjects([stream(bytes, 50_000, size)]), 'artifact/changed-while-read');
    }
    const many = Array.from({ length: 80 }, (_, i) => blob(encode(`x${i}`)));
    await throwsCode(
      () => writer().writeObjects([...many, stream(bytes, 50_000, 5), ...many]),
      'artifact/changed-while-read',
    );
    assert.deepEqual(leftovers(), []);
    assert.equal(packs().length, 0);
  });

  it('reports a full disk as io/full at every step of loose objects and packs, and cleans up', async () => {
    for (const count of [3, 70]) {
      const sources = () => Array.from({ length: count }, (_, i) => blob(encode(`full ${count} ${i}`)));
      for (let stop = 0; stop < 10; stop++) {
        await refusingAt(stop, 'ENOSPC', () => writer().writeObjects(sources())).then(
          () => undefined,
          (error: { code: string }) => assert.equal(error.code, 'io/full', `${count} ${stop}`),
        );
        assert.deepEqual(leftovers(), [], `${count} ${stop}`);
      }
      await writer().writeObjects(sources());
    }
    assert.equal(git(dir.path, ['fsck', '--strict', '--no-dangling']), '');
  });

  it('takes sources from an async generator one after the other', async () => {
    let alive = 0;
    let most = 0;
    async function* sources(): AsyncGenerator<ObjectSource> {
      for (let i = 0; i < 20; i++) {
        const bytes = randomBytes(1_100_000, i);
        alive++;
        most = Math.max(most, alive);
        yield {
          type: 'blob',
          size: bytes.length,
          open: async function* () {
            yield bytes;
            alive--;
          },
        };
      }
    }
    assert.equal((await writer().writeObjects(sources())).length, 20);
    assert.ok(most <= 6, `${most} at once`);
  });
});

describe('zlib framing', () => {
  it('is undone by zlib for any content and any cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 70_000, size: 'max' }), { maxLength: 4 }),
        async (chunks) => {
          const whole = Buffer.concat(chunks);
          fc.pre(whole.length > 0);
          for (const kind of ['stored', 'level'] as const) {
            const out: Uint8Array[] = [];
            const sink = async (parts: readonly Uint8Array[]) => {
              out.push(...parts.map((part) => part.slice()));
            };
            const deflater = kind === 'stored' ? new StoredDeflater(whole.length, sink) : new LevelDeflater(sink);
            for (const chunk of chunks) await deflater.write(chunk);
            await deflater.finish();
            assert.equal(Buffer.compare(inflateSync(Buffer.concat(out)), whole), 0);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('the pack index', () => {
  it('holds offsets above 2 GiB in its large table', () => {
    const oid = (n: number) => oidOf('blob', Uint8Array.of(n));
    const parts = formatPackIndex(
      [
        { oid: oid(1), offset: 12, crc: 1 },
        { oid: oid(2), offset: 5_000_000_000, crc: 0xffffffff },
        { oid: oid(3), offset: 0x8000_0000, crc: 3 },
      ],
      new Uint8Array(20).fill(9),
    );
    const bytes = Buffer.concat(parts);
    const table = 8 + 1024 + 3 * 20 + 3 * 4;
    const order = [oid(1), oid(2), oid(3)].sort();
    const offsets = order.map((_, i) => bytes.readUInt32BE(table + 4 * i));
    const real = offsets.map((at) =>
      at < 0x80000000 ? at : Number(bytes.readBigUInt64BE(table + 12 + 8 * (at - 0x80000000))),
    );
    assert.deepEqual(Object.fromEntries(order.map((name, i) => [name, real[i]])), {
      [oid(1)]: 12,
      [oid(2)]: 5_000_000_000,
      [oid(3)]: 0x8000_0000,
    });
    assert.deepEqual(bytes.subarray(-20), createHash('sha1').update(bytes.subarray(0, -20)).digest());
  });
});
