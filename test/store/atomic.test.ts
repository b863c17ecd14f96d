/** The atomic file layer on the real file system; crashes and faults are in `atomic-faults.test.ts`. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utf8 } from '../../src/bytes/text.js';
import { nodeFileSystem } from '../../src/files/file-system.js';
import { removeFile, writeAtomic, writeAtomicBatch } from '../../src/store/atomic.js';
import { readFileBounded } from '../../src/store/read-file.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('writeAtomic', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'store ü '));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('writes and replaces a file and leaves nothing else', async () => {
    const path = join(dir, 'ein Name mit ü.txt');
    await writeAtomic(path, utf8('one'));
    await writeAtomic(path, utf8('two'));
    assert.equal(await readFile(path, 'utf8'), 'two');
    assert.deepEqual(await readdir(dir), ['ein Name mit ü.txt']);
  });

  it('writes a stream and sets the mode', async () => {
    async function* chunks() {
      yield utf8('a');
      yield new Uint8Array(0);
      yield utf8('bc');
    }
    const path = join(dir, 'x');
    await writeAtomic(path, chunks(), { mode: 0o600 });
    assert.equal(await readFile(path, 'utf8'), 'abc');
    assert.equal((await stat(path)).mode & 0o777, 0o600);
  });

  it('makes missing parents when asked, and fails without', async () => {
    const path = join(dir, 'a', 'b', 'c');
    await throwsCode(() => writeAtomic(path, utf8('x')), 'io/failed');
    await writeAtomic(path, utf8('x'), { parents: true });
    assert.equal(await readFile(path, 'utf8'), 'x');
  });

  it('refuses to replace when exclusive, a dangling link included', async () => {
    const path = join(dir, 'x');
    await writeAtomic(path, utf8('one'), { exclusive: true });
    await throwsCode(() => writeAtomic(path, utf8('two'), { exclusive: true }), 'output/exists');
    await symlink('nowhere', join(dir, 'l'));
    await throwsCode(() => writeAtomic(join(dir, 'l'), utf8('two'), { exclusive: true }), 'output/exists');
    assert.equal(await readFile(path, 'utf8'), 'one');
    assert.deepEqual((await readdir(dir)).sort(), ['l', 'x']);
  });

  it('lets exactly one of many exclusive writers win', async () => {
    const path = join(dir, 'x');
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => writeAtomic(path, utf8(`writer ${i}`), { exclusive: true })),
    );
    const winners = results.flatMap((result, i) => (result.status === 'fulfilled' ? [i] : []));
    assert.equal(winners.length, 1);
    assert.equal(await readFile(path, 'utf8'), `writer ${winners[0]}`);
    assert.deepEqual(await readdir(dir), ['x']);
  });

  it('falls back to a rename where there are no hard links', async () => {
    const fs = {
      ...nodeFileSystem,
      link: () => Promise.reject(Object.assign(new Error('no links here'), { code: 'EPERM' })),
    };
    const path = join(dir, 'x');
    await writeAtomic(path, utf8('one'), { exclusive: true, fs });
    await throwsCode(() => writeAtomic(path, utf8('two'), { exclusive: true, fs }), 'output/exists');
    assert.deepEqual(await readdir(dir), ['x']);
  });

  it('keeps the old file and removes the temporary one when the source fails', async () => {
    const path = join(dir, 'x');
    await writeAtomic(path, utf8('old'));
    async function* broken() {
      yield utf8('half');
      throw new RangeError('source broke');
    }
    await assert.rejects(writeAtomic(path, broken()), RangeError);
    assert.equal(await readFile(path, 'utf8'), 'old');
    assert.deepEqual(await readdir(dir), ['x']);
  });

  it('refuses symbolic links and folders as target', async () => {
    await writeFile(join(dir, 'real'), 'real');
    await symlink('real', join(dir, 'link'));
    await mkdir(join(dir, 'folder'));
    await throwsCode(() => writeAtomic(join(dir, 'link'), utf8('x')), 'io/unsafe-path');
    await throwsCode(() => writeAtomic(join(dir, 'folder'), utf8('x')), 'io/unsafe-path');
    assert.equal(await readFile(join(dir, 'real'), 'utf8'), 'real');
  });

  it('stays inside its root', async () => {
    const root = join(dir, 'root');
    await mkdir(root);
    await mkdir(join(dir, 'outside'));
    await symlink('../outside', join(root, 'link'));
    const options = { root, parents: true };
    await throwsCode(() => writeAtomic(join(root, 'link', 'x'), utf8('x'), options), 'io/unsafe-path');
    await throwsCode(() => writeAtomic(join(root, 'link', 'new', 'x'), utf8('x'), options), 'io/unsafe-path');
    await throwsCode(() => writeAtomic(join(dir, 'outside', 'x'), utf8('x'), options), 'usage/path');
    await throwsCode(() => writeAtomic(root, utf8('x'), options), 'usage/path');
    await writeAtomic(join(root, 'in', 'x'), utf8('x'), options);
    assert.deepEqual(await readdir(join(dir, 'outside')), []);
    assert.equal(await readFile(join(root, 'in', 'x'), 'utf8'), 'x');
  });
});

describe('writeAtomicBatch', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'store-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('writes many files and syncs each folder once', async () => {
    const synced: string[] = [];
    const fs = {
      ...nodeFileSystem,
      syncDirectory: (path: string) => {
        synced.push(path);
        return nodeFileSystem.syncDirectory(path);
      },
    };
    await mkdir(join(dir, 'a'));
    await mkdir(join(dir, 'b'));
    const files = Array.from({ length: 60 }, (_, i) => ({
      path: join(dir, i % 2 === 0 ? 'a' : 'b', `${i}`),
      source: utf8(`file ${i}`),
    }));
    await writeAtomicBatch(files, { fs });
    assert.deepEqual(synced.sort(), [join(dir, 'a'), join(dir, 'b')]);
    for (const file of files) assert.deepEqual(new Uint8Array(await readFile(file.path)), file.source);
    assert.equal((await readdir(join(dir, 'a'))).length, 30);
  });

  it('shows nothing when one of the files cannot be written', async () => {
    const files = [
      { path: join(dir, 'one'), source: utf8('1') },
      { path: join(dir, 'missing', 'two'), source: utf8('2') },
      { path: join(dir, 'three'), source: utf8('3') },
    ];
    await throwsCode(() => writeAtomicBatch(files), 'io/failed');
    assert.deepEqual(await readdir(dir), []);
  });
});

describe('readFileBounded', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'store-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('reads up to its limit and says when there is nothing', async () => {
    await writeFile(join(dir, 'x'), 'abc');
    assert.deepEqual(await readFileBounded(join(dir, 'x'), 3), utf8('abc'));
    await throwsCode(() => readFileBounded(join(dir, 'x'), 2), 'document/too-large');
    assert.equal(await readFileBounded(join(dir, 'y'), 3), undefined);
    assert.equal(await readFileBounded(join(dir, 'x', 'below'), 3), undefined);
  });

  it('refuses links, folders and devices', async () => {
    await symlink('/etc/passwd', join(dir, 'link'));
    await throwsCode(() => readFileBounded(join(dir, 'link'), 1e6), 'io/unsafe-path');
    await throwsCode(() => readFileBounded(dir, 1e6), 'io/unsafe-path');
    await throwsCode(() => readFileBounded('/dev/zero', 1e6), 'io/unsafe-path');
  });

  it('refuses a link that takes the place of the file after it was looked at', async () => {
    await writeFile(join(dir, 'x'), 'abc');
    const before = await nodeFileSystem.lstat(join(dir, 'x'));
    await rm(join(dir, 'x'));
    await symlink('/etc/passwd', join(dir, 'x'));
    const fs = { ...nodeFileSystem, lstat: () => Promise.resolve(before) };
    await throwsCode(() => readFileBounded(join(dir, 'x'), 1e6, fs), 'io/unsafe-path');
  });
});

describe('removeFile', () => {
  it('removes one file, and says where there was none', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'store-'));
    await writeFile(join(dir, 'x'), '');
    assert.equal(await removeFile(join(dir, 'x')), true);
    assert.equal(await removeFile(join(dir, 'x')), false);
    await rm(dir, { recursive: true });
  });
});
