import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { GitReader, type ReaderOptions } from '../../src/git/reader.js';
import { openRepository } from '../../src/git/repository.js';
import { type Oid, parseOid } from '../../src/git-format/oid.js';
import { readBlob } from '../../src/git-format/read-object.js';
import { git, gitBytes, gitEnvironment } from '../helpers/git.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

interface Listed {
  readonly oid: Oid;
  readonly type: string;
  readonly size: number;
}

/** Every object git knows in a repository, its alternates included. */
function allObjects(dir: string): Listed[] {
  const text = git(dir, ['cat-file', '--batch-all-objects', '--batch-check', '--unordered']);
  return text.split('\n').map((line) => {
    const [oid, type, size] = line.split(' ') as [string, string, string];
    return { oid: parseOid(oid), type, size: Number(size) };
  });
}

/** Type and bytes of all objects in one go, as git sees them. */
function contents(dir: string, objects: readonly Listed[]): Uint8Array[] {
  const input = objects.map(({ oid }) => `${oid}\n`).join('');
  const bytes = gitBytes(dir, ['cat-file', '--batch'], { input });
  let at = 0;
  return objects.map(({ size }) => {
    const start = bytes.indexOf(0x0a, at) + 1;
    at = start + size + 1;
    return bytes.subarray(start, start + size);
  });
}

async function readerOf(dir: string, options?: ReaderOptions): Promise<GitReader> {
  return new GitReader(await openRepository(dir), options);
}

async function checkAll(dir: string, reader: GitReader): Promise<number> {
  const objects = allObjects(dir);
  const wanted = contents(dir, objects);
  for (const [i, { oid, type, size }] of objects.entries()) {
    assert.deepEqual(reader.stat(oid), { type, size });
    const object = await reader.read(oid);
    assert.equal(object.type, type);
    assert.ok(!(object.bytes instanceof Buffer));
    assert.equal(Buffer.compare(object.bytes, wanted[i] as Uint8Array), 0);
  }
  return objects.length;
}

function packFiles(dir: string, ending: string): string[] {
  const folder = join(dir, '.git', 'objects', 'pack');
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}

function damage(path: string, change: (bytes: Uint8Array) => Uint8Array): void {
  chmodSync(path, 0o644);
  const bytes = new Uint8Array(readFileSync(path));
  writeFileSync(path, change(bytes));
}

function flip(at: number): (bytes: Uint8Array) => Uint8Array {
  return (bytes) => {
    bytes[at] = (bytes[at] as number) ^ 0x10;
    return bytes;
  };
}

describe('GitReader', () => {
  const temp = useTempDir();
  let dir: string;

  /** Commits, trees, blobs that differ a little (deltas), one that does not compress, an empty one, tags. */
  beforeEach(() => {
    dir = temp.at('r');
    git(temp.path, ['init', '-q', 'r']);
    git(dir, ['config', 'gc.auto', '0']);
    writeFileSync(join(dir, 'noise'), randomBytes(300_000));
    writeFileSync(join(dir, 'empty'), '');
    let text = Array.from({ length: 3000 }, (_, i) => `line ${i} ${i * i}\n`).join('');
    mkdirSync(join(dir, 'model'));
    for (let i = 0; i < 12; i++) {
      text = text.replace(`line ${i * 100} `, `changed ${i} `);
      writeFileSync(join(dir, 'big.txt'), text);
      writeFileSync(join(dir, 'model', `${i}.toml`), `version = ${i}\n`);
      git(dir, ['add', '-A']);
      git(dir, ['commit', '-q', '-m', `commit ${i}`]);
    }
    git(dir, ['tag', '-a', '-m', 'tag', 'v1']);
  });

  it('reads loose objects as git does', async () => {
    assert.ok((await checkAll(dir, await readerOf(dir))) > 50);
  });

  it('reads packs with chains of deltas, by offset and by id, with small caches too', async () => {
    git(dir, ['gc', '-q', '--aggressive', '--prune=now']);
    await checkAll(dir, await readerOf(dir));
    await checkAll(dir, await readerOf(dir, { cacheBytes: 2000 }));
    git(dir, ['-c', 'repack.useDeltaBaseOffset=false', 'repack', '-q', '-a', '-d', '-f', '--depth=200', '--window=50']);
    await checkAll(dir, await readerOf(dir));
  });

  it('reads several packs and loose objects together, with 64-bit offsets in the index', async () => {
    git(dir, ['repack', '-q', '-d']);
    writeFileSync(join(dir, 'next'), 'next');
    git(dir, ['add', '-A']);
    git(dir, ['commit', '-q', '-m', 'next']);
    git(dir, ['repack', '-q', '-d']);
    const [idx] = packFiles(dir, '.idx') as [string];
    const pack = idx.replace(/idx$/, 'pack');
    git(dir, ['index-pack', '--index-version=2,0x40', '-o', temp.at('wide.idx'), pack]);
    rmSync(idx);
    writeFileSync(idx, readFileSync(temp.at('wide.idx')));
    writeFileSync(join(dir, 'loose'), 'loose');
    git(dir, ['add', '-A']);
    git(dir, ['commit', '-q', '-m', 'loose']);
    assert.equal(packFiles(dir, '.pack').length, 2);
    await checkAll(dir, await readerOf(dir));
  });

  it('finds objects again after git has moved them', async () => {
    const reader = await readerOf(dir, { cacheBytes: 0 });
    await checkAll(dir, reader);
    git(dir, ['gc', '-q', '--prune=now']);
    await checkAll(dir, reader);
    writeFileSync(join(dir, 'more'), 'more');
    git(dir, ['add', '-A']);
    git(dir, ['commit', '-q', '-m', 'more']);
    git(dir, ['repack', '-q', '-a', '-d', '-f']);
    await checkAll(dir, reader);
    reader.close();
    await checkAll(dir, reader);
  });

  it('follows alternates, also of alternates', async () => {
    git(temp.path, ['clone', '-q', '--shared', 'r', 'one']);
    git(temp.path, ['clone', '-q', '--shared', 'one', 'two']);
    writeFileSync(temp.at('two', 'own'), 'own');
    git(temp.at('two'), ['add', '-A']);
    git(temp.at('two'), ['commit', '-q', '-m', 'own']);
    await checkAll(temp.at('two'), await readerOf(temp.at('two')));
    const quoted = `"${join(dir, '.git', 'objects').replace('é', '\\303\\251')}"\n# comment\n/not/there\n`;
    writeFileSync(temp.at('one', '.git', 'objects', 'info', 'alternates'), quoted);
    await checkAll(temp.at('one'), await readerOf(temp.at('one')));
  });

  it('reads linked working trees, bare and shallow repositories', async () => {
    git(dir, ['worktree', 'add', '-q', '-b', 'side', temp.at('linked')]);
    git(temp.path, ['clone', '-q', '--bare', 'r', 'bare']);
    git(temp.path, ['clone', '-q', '--depth=2', `file://${dir}`, 'shallow']);
    for (const name of ['linked', 'bare', 'shallow']) await checkAll(temp.at(name), await readerOf(temp.at(name)));
  });

  it('lets git fetch what a partial clone left out, and says so where it may not', async () => {
    git(dir, ['config', 'uploadpack.allowFilter', 'true']);
    git(dir, ['config', 'uploadpack.allowAnySHA1InWant', 'true']);
    git(temp.path, ['clone', '-q', '--no-checkout', '--filter=blob:none', `file://${dir}`, 'partial']);
    const blob = parseOid(git(dir, ['rev-parse', 'HEAD:model/3.toml']));
    const without = await readerOf(temp.at('partial'));
    assert.equal(without.has(blob), false);
    const error = await throwsCode(() => without.read(blob), 'git/object-missing');
    assert.equal(error.facts.partial, true);
    const options = { git: 'git', environment: gitEnvironment() };
    const unasked = new GitReader(await openRepository(temp.at('partial'), options));
    await throwsCode(() => unasked.read(blob), 'git/object-missing');
    const reader = new GitReader(await openRepository(temp.at('partial'), { ...options, lazyFetch: true }));
    assert.equal(new TextDecoder().decode(await readBlob(reader, blob)), 'version = 3\n');
    assert.equal(without.blobSize(blob), 12);
    await throwsCode(() => reader.read(parseOid('0'.repeat(39).concat('1'))), 'git/object-missing');
    rmSync(dir, { recursive: true });
    const gone = parseOid(git(temp.at('partial'), ['ls-tree', 'HEAD', 'empty']).slice(12, 52));
    await throwsCode(() => reader.read(gone), 'git/object-missing');
  });

  it('says what is missing and what is no blob', async () => {
    const reader = await readerOf(dir);
    const missing = parseOid('1'.repeat(40));
    await throwsCode(() => reader.read(missing), 'git/object-missing');
    assert.equal(reader.blobSize(missing), undefined);
    const head = parseOid(git(dir, ['rev-parse', 'HEAD']));
    assert.equal(reader.blobSize(head), undefined);
    await throwsCode(() => readBlob(reader, head), 'git/invalid-object');
    await assert.rejects(reader.read('../../config' as Oid), TypeError);
  });

  it('refuses objects above its limit before it makes room for them', async () => {
    const noise = parseOid(git(dir, ['rev-parse', 'HEAD:noise']));
    for (const pack of [false, true]) {
      if (pack) git(dir, ['gc', '-q']);
      const reader = await readerOf(dir, { objectLimit: 100_000 });
      assert.equal(reader.blobSize(noise), 300_000);
      await throwsCode(() => reader.read(noise), 'git/object-too-large');
    }
  });

  describe('of a damaged repository', () => {
    /** Either the right bytes or the right error. */
    async function neverOtherBytes(wanted: ReadonlyMap<Oid, Uint8Array>): Promise<number> {
      const reader = await readerOf(dir, { cacheBytes: 0 });
      let refused = 0;
      for (const [oid, bytes] of wanted) {
        try {
          const object = await reader.read(oid);
          assert.equal(Buffer.compare(object.bytes, bytes), 0);
        } catch (error) {
          const code = (error as { code?: string }).code ?? String(error);
          assert.ok(
            ['git/invalid-object', 'git/object-too-large', 'git/object-missing', 'git/unsupported'].includes(code),
            code,
          );
          refused++;
        }
      }
      reader.close();
      return refused;
    }

    function snapshot(): Map<Oid, Uint8Array> {
      const objects = allObjects(dir);
      const bytes = contents(dir, objects);
      return new Map(objects.map(({ oid }, i) => [oid, bytes[i] as Uint8Array]));
    }

    it('refuses loose files that are cut, changed, swapped, lengthened or bombs', async () => {
      const blob = parseOid(git(dir, ['rev-parse', 'HEAD:model/5.toml']));
      const path = join(dir, '.git', 'objects', blob.slice(0, 2), blob.slice(2));
      const intact = new Uint8Array(readFileSync(path));
      const packed = (text: string): Uint8Array => deflateSync(text);
      const forged: readonly Uint8Array[] = [
        new Uint8Array(0),
        intact.slice(0, -1),
        intact.slice(0, 5),
        Uint8Array.of(...intact, 0),
        packed('blob 12\0version = 6\n'),
        packed('blob 11\0version = 5\n'),
        packed('blob 13\0version = 5\n'),
        packed('blob 012\0version = 5\n'),
        packed('tree 12\0version = 5\n'),
        packed('bush 12\0version = 5\n'),
        packed(`blob 12\0version = 5\n${'\0'.repeat(5_000_000)}`),
        packed('x'.repeat(1_000_000)),
        packed('blob 99999999999\0version = 5\n'),
      ];
      for (const bytes of forged) {
        damage(path, () => bytes);
        await throwsCode(async () => (await readerOf(dir)).read(blob), 'git/invalid-object');
      }
      damage(path, () => intact);
      await (await readerOf(dir)).read(blob);
    });

    it('never gives other bytes from a pack or an index with a changed bit', async () => {
      git(dir, ['gc', '-q', '--aggressive', '--prune=now']);
      const wanted = snapshot();
      assert.equal(await neverOtherBytes(wanted), 0);
      let refused = 0;
      for (const ending of ['.pack', '.idx']) {
        const [path] = packFiles(dir, ending) as [string];
        const intact = new Uint8Array(readFileSync(path));
        for (let i = 0; i < 40; i++) {
          damage(path, () => flip(i < 12 ? i : Math.floor((intact.length * i) / 40))(intact.slice()));
          refused += await neverOtherBytes(wanted);
        }
        damage(path, () => intact.slice(0, intact.length >> 1));
        refused += await neverOtherBytes(wanted);
        damage(path, () => intact);
      }
      assert.ok(refused > 100);
      assert.equal(await neverOtherBytes(wanted), 0);
    });

    it('takes the intact copy where there are two', async () => {
      const blob = parseOid(git(dir, ['rev-parse', 'HEAD:model/5.toml']));
      git(dir, ['repack', '-q', '-a']);
      damage(join(dir, '.git', 'objects', blob.slice(0, 2), blob.slice(2)), flip(8));
      assert.equal((await (await readerOf(dir)).read(blob)).bytes.length, 12);
      git(dir, ['hash-object', '-w', 'model/5.toml']);
      damage((packFiles(dir, '.pack') as [string])[0], (bytes) => bytes.fill(0, 12, -20));
      await throwsCode(async () => (await readerOf(dir)).read(blob), 'git/invalid-object');
      rmSync(join(dir, '.git', 'objects', blob.slice(0, 2), blob.slice(2)));
      writeFileSync(
        join(dir, '.git', 'objects', blob.slice(0, 2), blob.slice(2)),
        deflateSync('blob 12\0version = 5\n'),
      );
      assert.equal((await (await readerOf(dir)).read(blob)).bytes.length, 12);
    });
  });
});

describe('a limit that is asked for', () => {
  const dir = useTempDir();

  it('refuses a longer object, loose or packed, and not a short one that is packed on a long one', async () => {
    const at = dir.path;
    git(at, ['init', '-q']);
    const long = randomBytes(20_000);
    writeFileSync(join(at, 'long'), long);
    writeFileSync(join(at, 'short'), long.subarray(0, 3000));
    const [longOid, shortOid] = ['long', 'short'].map((name) => parseOid(git(at, ['hash-object', '-w', name])));
    git(at, ['add', '.']);
    git(at, ['commit', '-qm', 'both']);
    for (const way of ['loose', 'packed']) {
      if (way === 'packed') git(at, ['repack', '-adfq', '--window=10']);
      const reader = await readerOf(at);
      await throwsCode(() => reader.read(longOid as Oid, 4096), 'git/object-too-large');
      assert.equal((await reader.read(shortOid as Oid, 4096)).bytes.length, 3000);
      assert.equal((await reader.read(longOid as Oid)).bytes.length, 20_000);
      await throwsCode(() => reader.read(longOid as Oid, 4096), 'git/object-too-large');
      reader.close();
    }
  });
});
