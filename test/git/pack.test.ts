import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import nodeFs, { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import isomorphic from 'isomorphic-git';
import { utf8 } from '../../src/bytes/text.js';
import { ByteWriter, concatBytes } from '../../src/bytes/writer.js';
import { ByteLru } from '../../src/git/byte-lru.js';
import { applyDelta } from '../../src/git/delta.js';
import { initRepository } from '../../src/git/init-repository.js';
import { GitReader } from '../../src/git/reader.js';
import { openRepository } from '../../src/git/repository.js';
import { parseCommit } from '../../src/git-format/commit.js';
import { hashObject, type Oid, oidToBytes } from '../../src/git-format/oid.js';
import { readBlob } from '../../src/git-format/read-object.js';
import { sha1 } from '../git-format/oracle.js';
import { git } from '../helpers/git.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

/** Git's size of a delta: little-endian, seven bits a byte. */
function size(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...size(Math.floor(value / 128))];
}

function entryHead(kind: number, length: number): number[] {
  const first = (kind << 4) | (length & 15);
  return length < 16 ? [first] : [first | 128, ...size(Math.floor(length / 16))];
}

function distance(value: number): number[] {
  const out = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    rest--;
    out.unshift((rest % 128) | 128);
  }
  return out;
}

describe('packs of more than 2 GiB', () => {
  const temp = useTempDir();

  /** A pack with holes: entries at 12 and beyond 5 GiB, the second a delta of the first. */
  function sparsePack(
    folder: string,
    far: number,
    base: Uint8Array,
    delta: Uint8Array,
    names: readonly [Oid, Oid],
  ): void {
    const file = openSync(`${folder}/pack-sparse.pack`, 'w');
    writeSync(file, concatBytes([utf8('PACK'), Uint8Array.of(0, 0, 0, 2, 0, 0, 0, 2)]), 0, 12, 0);
    const first = concatBytes([Uint8Array.from(entryHead(3, base.length)), deflateSync(base)]);
    writeSync(file, first, 0, first.length, 12);
    const second = concatBytes([
      Uint8Array.from([...entryHead(6, delta.length), ...distance(far - 12)]),
      deflateSync(delta),
    ]);
    writeSync(file, second, 0, second.length, far);
    ftruncateSync(file, far + second.length + 20);
    closeSync(file);

    const rows = [
      { oid: names[0], offset: 12 },
      { oid: names[1], offset: far },
    ].sort((a, b) => (a.oid < b.oid ? -1 : 1));
    const index = new ByteWriter().u32be(0xff744f63).u32be(2);
    for (let i = 0; i < 256; i++)
      index.u32be(rows.filter(({ oid }) => Number.parseInt(oid.slice(0, 2), 16) <= i).length);
    for (const { oid } of rows) index.bytes(oidToBytes(oid));
    for (const _ of rows) index.u32be(0);
    for (const { offset } of rows) index.u32be(offset === far ? 0x80000000 : offset);
    index.u32be(Math.floor(far / 2 ** 32)).u32be(far >>> 0);
    writeFileSync(`${folder}/pack-sparse.idx`, index.bytes(new Uint8Array(40)).finish());
  }

  it('are read at any offset, without the rest being touched', async () => {
    const repository = await initRepository(temp.path, 'main');
    const base = utf8('the base, far in front\n');
    const result = utf8('the base, far in front\nand more\n');
    const delta = Uint8Array.from([
      ...size(base.length),
      ...size(result.length),
      0x90,
      base.length,
      9,
      ...utf8('and more\n'),
    ]);
    const names = [hashObject('blob', base, sha1), hashObject('blob', result, sha1)] as const;
    sparsePack(`${repository.gitDir}/objects/pack`, 5 * 2 ** 30 + 7, base, delta, names);
    const reader = new GitReader(repository);
    assert.deepEqual(await readBlob(reader, names[1]), result);
    assert.deepEqual(await readBlob(reader, names[0]), base);
    assert.equal(reader.blobSize(names[1]), result.length);
    reader.close();
  });
});

describe('deltas', () => {
  const base = utf8('0123456789');

  it('copy and insert', () => {
    const delta = Uint8Array.from([10, 7, 0x91, 2, 3, 2, 0x78, 0x79, 0x90, 2]);
    assert.deepEqual(applyDelta(base, delta), utf8('234xy01'));
    const wide = new Uint8Array(0x10000).fill(5);
    assert.deepEqual(applyDelta(wide, Uint8Array.from([...size(0x10000), ...size(0x10000), 0x80])), wide);
  });

  it('are refused where they lie about sizes or reach outside', async () => {
    for (const bytes of [
      [],
      [10],
      [9, 1, 0x90, 1],
      [10, 5, 0x90, 4],
      [10, 3, 0x90, 4],
      [10, 4, 0x91, 8, 4],
      [10, 1, 0],
      [10, 5, 5, 1],
      [10, 1, 0x91],
    ]) {
      await throwsCode(() => applyDelta(base, Uint8Array.from(bytes)), 'git/invalid-object');
    }
  });

  it('never fail in another way, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
        // The result's size is the caller's to check: keep it small here.
        const delta = Uint8Array.from([10, 20, ...bytes]);
        try {
          assert.equal(applyDelta(base, delta).length, 20);
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'git/invalid-object');
        }
      }),
    );
  });
});

describe('ByteLru', () => {
  it('forgets what was used longest ago, and keeps nothing too heavy', () => {
    const lru = new ByteLru<string, number>(1600);
    for (const [i, key] of ['a', 'b', 'c', 'd'].entries()) lru.set(key, i, 240);
    assert.equal(lru.get('a'), 0);
    lru.set('e', 4, 240);
    assert.equal(lru.get('b'), undefined);
    assert.equal(lru.get('a'), 0);
    lru.set('heavy', 1, 500);
    assert.equal(lru.get('heavy'), undefined);
    lru.delete('a');
    assert.equal(lru.get('a'), undefined);
    lru.clear();
    assert.equal(lru.get('e'), undefined);
  });
});

describe('a second reader of git repositories', () => {
  const temp = useTempDir();

  it('sees the same history and files as ours', async () => {
    git(temp.path, ['init', '-q', '.']);
    mkdirSync(temp.at('folder'));
    for (let i = 0; i < 5; i++) {
      writeFileSync(temp.at('folder', 'file'), `${i}\n${'same\n'.repeat(500)}`);
      git(temp.path, ['add', '-A']);
      git(temp.path, ['commit', '-q', '-m', `number ${i}`]);
    }
    git(temp.path, ['gc', '-q']);
    const place = { fs: nodeFs, dir: temp.path };
    const reader = new GitReader(await openRepository(temp.path));
    for (const { oid, commit } of await isomorphic.log(place)) {
      const ours = parseCommit((await reader.read(oid as Oid)).bytes);
      assert.equal(ours.tree, commit.tree);
      assert.deepEqual(ours.parents, commit.parent);
      assert.equal(ours.message, commit.message);
      assert.equal(ours.author.seconds, commit.author.timestamp);
      const { oid: blob, blob: bytes } = await isomorphic.readBlob({ ...place, oid, filepath: 'folder/file' });
      assert.deepEqual(await readBlob(reader, blob as Oid), new Uint8Array(bytes));
      assert.equal(createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex'), blob);
    }
  });
});
