import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { compareBytes, utf8 } from '../../src/bytes/text.js';
import { type Digest, digestOf } from '../../src/digest/digest.js';
import { nodeFileSystem } from '../../src/files/file-system.js';
import { objectPath } from '../../src/manifest/layout-of-registry.js';
import { ObjectStore } from '../../src/store/objects.js';
import { collect } from '../helpers/collect.js';
import { CrashFileSystem } from '../helpers/crash-fs.js';
import { faultFileSystem } from '../helpers/fault-fs.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const digest = (bytes: Uint8Array) => digestOf(sha256(bytes));

describe('ObjectStore', () => {
  const dir = useTempDir();
  const container = randomBytes(70_000, 3);
  const name = digest(container);
  const store = () => new ObjectStore(dir.path, { sha256 });

  it('stores a container under its digest, read-only, and gives it back', async () => {
    assert.equal(await store().put(container, name), 'written');
    assert.equal(store().path(name), dir.at('objects', name.slice(0, 2), `${name}.at1`));
    assert.equal(objectPath(name), `objects/${name.slice(0, 2)}/${name}.at1`);
    assert.deepEqual(await store().read(name, container.length), container);
    if (process.platform !== 'win32') assert.equal((await stat(store().path(name))).mode & 0o222, 0);
  });

  it('answers undefined for what it does not have', async () => {
    assert.equal(await store().read(name, 5), undefined);
    assert.equal(await new ObjectStore(dir.at('nowhere'), { sha256 }).read(name, 5), undefined);
    assert.deepEqual(await collect(store().list()), []);
  });

  it('keeps an intact copy without writing', async () => {
    await store().put(container, name);
    const before = await stat(store().path(name), { bigint: true });
    assert.equal(await store().put(container, name), 'kept');
    const after = await stat(store().path(name), { bigint: true });
    assert.equal(after.ino, before.ino);
    assert.equal(after.mtimeNs, before.mtimeNs);
  });

  for (const [what, bytes] of [
    ['empty', new Uint8Array(0)],
    ['short', container.slice(0, 100)],
    ['long', randomBytes(80_000, 4)],
    ['wrong', randomBytes(70_000, 4)],
  ] as const) {
    it(`replaces a damaged copy: ${what}`, async () => {
      await mkdir(dirname(store().path(name)), { recursive: true });
      await writeFile(store().path(name), bytes);
      if (bytes.length !== container.length) {
        await throwsCode(() => store().read(name, container.length), 'object/damaged-copy');
      }
      assert.equal(await store().put(container, name), 'repaired');
      assert.deepEqual(await store().read(name, container.length), container);
    });
  }

  it('refuses bytes under a name that is not theirs', async () => {
    await throwsCode(() => store().put(utf8('other'), name), 'object/digest-mismatch');
    assert.deepEqual(await readdir(dir.path), []);
  });

  it('refuses names that are no digests, so that nothing leads out of the folder', () => {
    assert.throws(() => store().path('../../../etc/passwd' as Digest), RangeError);
    assert.throws(() => store().path(name.toUpperCase() as Digest), RangeError);
  });

  it('follows no links: as objects folder, as shard, as object', async () => {
    await mkdir(dir.at('elsewhere', name.slice(0, 2)), { recursive: true });
    await writeFile(dir.at('elsewhere', name.slice(0, 2), `${name}.at1`), container);
    const shard = dir.at('objects', name.slice(0, 2));
    const plants: (() => Promise<void>)[] = [
      () => symlink('elsewhere', dir.at('objects')),
      async () => {
        await mkdir(dir.at('objects'));
        await symlink(`../elsewhere/${name.slice(0, 2)}`, shard);
      },
      async () => {
        await mkdir(shard, { recursive: true });
        await symlink(`../../elsewhere/${name.slice(0, 2)}/${name}.at1`, store().path(name));
      },
      () => mkdir(store().path(name), { recursive: true }).then(() => undefined),
    ];
    for (const plant of plants) {
      await rm(dir.at('objects'), { recursive: true, force: true });
      await plant();
      await throwsCode(() => store().read(name, container.length), 'object/damaged-copy');
      await throwsCode(() => store().put(container, name), 'io/unsafe-path');
      assert.deepEqual(await collect(store().list()), []);
    }
    assert.equal(compareBytes(await readFile(dir.at('elsewhere', name.slice(0, 2), `${name}.at1`)), container), 0);
  });

  it('takes 20 puts of one object at the same time', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => store().put(container, name)));
    assert.ok(results.every((result) => result === 'written' || result === 'kept'));
    assert.deepEqual(await store().read(name, container.length), container);
    assert.deepEqual(await readdir(dirname(store().path(name))), [`${name}.at1`]);
  });

  it('stores many from a stream and syncs each folder once', async () => {
    const synced: string[] = [];
    const fs = {
      ...nodeFileSystem,
      syncDirectory: (path: string) => {
        synced.push(path);
        return nodeFileSystem.syncDirectory(path);
      },
    };
    const many = new ObjectStore(dir.path, { sha256, fs });
    const containers = Array.from({ length: 40 }, (_, i) => randomBytes(100 + i, i));
    async function* objects() {
      for (const bytes of containers) yield { digest: digest(bytes), container: bytes };
    }
    const results = await many.putMany(objects());
    assert.equal(results.size, 40);
    // Twice at most: where a shard was made, and at the end.
    for (const path of new Set(synced))
      assert.ok(path === dir.at('objects') || synced.filter((p) => p === path).length <= 2);
    const listed = await collect(many.list());
    assert.deepEqual(
      listed.map((object) => object.digest),
      containers.map(digest).sort(),
    );
    assert.ok(listed.every((object) => object.size === containers.find((c) => digest(c) === object.digest)?.length));
    assert.ok([...(await many.putMany(objects())).values()].every((result) => result === 'kept'));
  });

  it('lists only what is named like an object', async () => {
    await store().put(container, name);
    const shard = dirname(store().path(name));
    await writeFile(`${shard}/.at1-tmp-x`, '');
    await writeFile(`${shard}/${'0'.repeat(64)}.at1`, '');
    await writeFile(`${shard}/${name}.at1.bak`, '');
    await writeFile(dir.at('objects', 'README'), '');
    assert.deepEqual(
      (await collect(store().list())).map((object) => object.digest),
      [name],
    );
  });

  it('keeps an intact copy where nothing can be written', async () => {
    await store().put(container, name);
    const readOnly = () => Promise.reject(Object.assign(new Error('read-only'), { code: 'EROFS' }));
    const fs = { ...nodeFileSystem, createExclusive: readOnly, mkdir: readOnly };
    assert.equal(await new ObjectStore(dir.path, { sha256, fs }).put(container, name), 'kept');
    const other = randomBytes(10, 9);
    await throwsCode(() => new ObjectStore(dir.path, { sha256, fs }).put(other, digest(other)), 'io/read-only');
  });

  it('never shows wrong bytes under a name, killed or cut off at any step', async () => {
    for (let step = 0; ; step++) {
      const disk = new CrashFileSystem();
      await disk.mkdir('/r');
      await disk.syncDirectory('/');
      const faulty = faultFileSystem(disk, step, 'kill');
      const acknowledged = await new ObjectStore('/r', { sha256, fs: faulty.fs }).put(container, name).then(
        () => true,
        () => false,
      );
      for (let seed = 0; seed < 30; seed++) {
        const bytes = randomBytes(512, seed);
        let at = 0;
        const after = disk.crash((limit) => (bytes[at++ % 512] as number) % limit);
        const copy = await new ObjectStore('/r', { sha256, fs: after }).read(name, container.length);
        if (copy === undefined) assert.ok(!acknowledged, `lost after it was acknowledged, step ${step}`);
        else assert.equal(compareBytes(copy, container), 0, `torn at step ${step}`);
      }
      if (acknowledged) break;
    }
  });
});
