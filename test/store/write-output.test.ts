import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { utf8 } from '../../src/bytes/text.js';
import { type FileSystem, nodeFileSystem } from '../../src/files/file-system.js';
import { type OutputEntry, writeOutputFile, writeOutputTree } from '../../src/store/write-output.js';
import { type Fault, faultFileSystem } from '../helpers/fault-fs.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';
import { within } from '../helpers/time-limit.js';

async function* chunks(...texts: string[]) {
  for (const text of texts) yield utf8(text);
}

async function* failing() {
  yield utf8('half');
  throw new RangeError('source broke');
}

function file(path: string, text: string, executable = false): OutputEntry {
  return { kind: 'file', path, source: () => chunks(text), size: utf8(text).length, executable };
}

/** Takes two names that differ only in case for one, as macOS and Windows do. */
function caseFolding(base: FileSystem): FileSystem {
  const real = new Map<string, string>();
  const fold = (path: string) => {
    const key = path.toLowerCase();
    if (!real.has(key)) real.set(key, path);
    return real.get(key) as string;
  };
  return {
    ...base,
    createExclusive: (path, mode) => base.createExclusive(fold(path), mode),
    mkdir: (path, mode) => base.mkdir(fold(path), mode),
    lstat: (path) => base.lstat(fold(path)),
  };
}

describe('writeOutputFile', () => {
  const dir = useTempDir();

  it('writes a new file, with missing parents and the executable bit', async () => {
    await writeOutputFile(dir.at('a b', 'ü', 'x'), chunks('one', '', 'two'), { size: 6, executable: true });
    assert.equal(await readFile(dir.at('a b', 'ü', 'x'), 'utf8'), 'onetwo');
    if (process.platform !== 'win32') assert.equal((await stat(dir.at('a b', 'ü', 'x'))).mode & 0o100, 0o100);
  });

  it('replaces only with force, and does not touch the source before', async () => {
    await writeFile(dir.at('x'), 'old');
    let asked = false;
    async function* source() {
      asked = true;
      yield utf8('new');
    }
    await throwsCode(() => writeOutputFile(dir.at('x'), source(), { size: 3 }), 'output/exists');
    assert.equal(asked, false);
    await writeOutputFile(dir.at('x'), source(), { size: 3, force: true });
    assert.equal(await readFile(dir.at('x'), 'utf8'), 'new');
  });

  it('leaves nothing behind, and the old file, when the source fails or has another length', async () => {
    await assert.rejects(writeOutputFile(dir.at('new', 'deep', 'x'), failing(), { size: 9 }), RangeError);
    await throwsCode(() => writeOutputFile(dir.at('new', 'x'), chunks('abc'), { size: 4 }), 'object/content-mismatch');
    await throwsCode(() => writeOutputFile(dir.at('new', 'x'), chunks('abc'), { size: 2 }), 'object/content-mismatch');
    assert.deepEqual(await readdir(dir.path), []);
    await writeFile(dir.at('x'), 'old');
    await assert.rejects(writeOutputFile(dir.at('x'), failing(), { size: 9, force: true }), RangeError);
    assert.equal(await readFile(dir.at('x'), 'utf8'), 'old');
    assert.deepEqual(await readdir(dir.path), ['x']);
  });

  it('does not write through a link', async () => {
    await writeFile(dir.at('real'), 'old');
    await symlink('real', dir.at('link'));
    await throwsCode(() => writeOutputFile(dir.at('link'), chunks('x'), { size: 1, force: true }), 'io/unsafe-path');
    assert.equal(await readFile(dir.at('real'), 'utf8'), 'old');
  });
});

describe('writeOutputTree', () => {
  const dir = useTempDir();
  const tree = () => [
    file('b/y', 'why'),
    file('run.sh', '#!', true),
    { kind: 'directory', path: 'empty/inner' } as const,
    file('b/ü 😀', ''),
  ];
  const listing = async (folder: string) => (await readdir(folder, { recursive: true })).sort();

  it('makes a new folder with files, modes and empty folders', async () => {
    await writeOutputTree(dir.at('new', 'out'), tree());
    assert.deepEqual(await listing(dir.at('new', 'out')), ['b', 'b/y', 'b/ü 😀', 'empty', 'empty/inner', 'run.sh']);
    assert.deepEqual(await readdir(dir.at('new')), ['out']);
    assert.equal(await readFile(dir.at('new', 'out', 'b', 'y'), 'utf8'), 'why');
    if (process.platform !== 'win32') {
      assert.equal((await stat(dir.at('new', 'out', 'run.sh'))).mode & 0o100, 0o100);
      assert.equal((await stat(dir.at('new', 'out', 'b', 'y'))).mode & 0o100, 0);
    }
  });

  it('fills an empty folder, and refuses one with something in it or a file', async () => {
    await mkdir(dir.at('out'));
    await writeOutputTree(dir.at('out'), tree());
    assert.equal((await listing(dir.at('out'))).length, 6);
    await throwsCode(() => writeOutputTree(dir.at('out'), tree()), 'output/exists');
    await writeFile(dir.at('file'), '');
    await throwsCode(() => writeOutputTree(dir.at('file'), tree()), 'output/exists');
    await throwsCode(() => writeOutputTree(dir.at('file'), tree(), { force: true }), 'output/exists');
  });

  it('with force replaces files of the same names and keeps all others', async () => {
    await mkdir(dir.at('out', 'b'), { recursive: true });
    await writeFile(dir.at('out', 'mine'), 'mine');
    await writeFile(dir.at('out', 'b', 'y'), 'old');
    await writeOutputTree(dir.at('out'), tree(), { force: true });
    assert.equal(await readFile(dir.at('out', 'b', 'y'), 'utf8'), 'why');
    assert.equal(await readFile(dir.at('out', 'mine'), 'utf8'), 'mine');
    assert.equal((await listing(dir.at('out'))).length, 7);
  });

  it('with force changes nothing when one name is taken by a folder or leads through a link', async () => {
    await mkdir(dir.at('out', 'run.sh'), { recursive: true });
    await writeFile(dir.at('out', 'mine'), 'mine');
    await throwsCode(() => writeOutputTree(dir.at('out'), tree(), { force: true }), 'output/exists');
    assert.deepEqual(await listing(dir.at('out')), ['mine', 'run.sh']);
    await mkdir(dir.at('outside'));
    await mkdir(dir.at('linked'));
    await symlink('../outside', dir.at('linked', 'b'));
    await throwsCode(() => writeOutputTree(dir.at('linked'), tree(), { force: true }), 'io/unsafe-path');
    assert.deepEqual(await listing(dir.at('outside')), []);
    assert.deepEqual(await listing(dir.at('linked')), ['b']);
  });

  it('refuses paths that leave the folder', async () => {
    for (const path of ['../x', 'a/../../x', '/x', 'a//b', '', '.', 'a\\..\\b', 'a/./b', 'x\0']) {
      await throwsCode(() => writeOutputTree(dir.at('out'), [file(path, 'x')]), 'usage/path');
      await throwsCode(() => writeOutputTree(dir.at('out'), [{ kind: 'directory', path }]), 'usage/path');
    }
    assert.deepEqual(await readdir(dir.path), []);
  });

  it('refuses entries that exclude each other: twice the same, a file as folder', async () => {
    for (const entries of [
      [file('x', '1'), file('x', '2')],
      [file('x', '1'), file('x/y', '2')],
      [file('x/y', '1'), file('x', '2')],
    ]) {
      await throwsCode(() => writeOutputTree(dir.at('out'), entries), 'artifact/unsupported-file');
      assert.deepEqual(await readdir(dir.path), []);
    }
  });

  it('refuses names that this file system takes for one, and writes them where it does not', async () => {
    const fs = caseFolding(nodeFileSystem);
    for (const entries of [
      [file('Readme', '1'), file('README', '2')],
      [file('a/x', '1'), file('A/y', '2')],
      [file('a', '1'), file('A/y', '2')],
    ]) {
      await throwsCode(() => writeOutputTree(dir.at('out'), entries, { fs }), 'artifact/unsupported-file');
      assert.deepEqual(await readdir(dir.path), []);
    }
    if (process.platform !== 'linux') return;
    await writeOutputTree(dir.at('out'), [file('Readme', '1'), file('README', '2')]);
    assert.deepEqual(await listing(dir.at('out')), ['README', 'Readme']);
  });

  it('leaves nothing behind when a source fails', async () => {
    const broken: OutputEntry = { kind: 'file', path: 'z', source: failing, size: 9 };
    await assert.rejects(writeOutputTree(dir.at('new', 'out'), [...tree(), broken]), RangeError);
    async function* entries() {
      yield file('x', '1');
      throw new RangeError('no more entries');
    }
    await assert.rejects(writeOutputTree(dir.at('new', 'out'), entries()), RangeError);
    const short: OutputEntry = { kind: 'file', path: 'z', source: utf8('abc'), size: 4 };
    await throwsCode(() => writeOutputTree(dir.at('out'), [short]), 'object/content-mismatch');
    assert.deepEqual(await readdir(dir.path), []);
  });

  for (const fault of ['EIO', 'ENOSPC', 'kill', 'short'] as Fault[]) {
    it(`shows the whole folder or nothing when ${fault} strikes any step`, async () => {
      for (let step = 0; ; step++) {
        const folder = dir.at(String(step));
        await mkdir(folder);
        const faulty = faultFileSystem(nodeFileSystem, step, fault);
        const ok = await writeOutputTree(join(folder, 'out'), tree(), { fs: faulty.fs }).then(
          () => true,
          () => false,
        );
        if (faulty.operations.length <= step) break;
        const names = await readdir(folder);
        if (names.includes('out')) assert.equal((await listing(join(folder, 'out'))).length, 6);
        if (ok) assert.deepEqual(names, ['out']);
        const litter = names.filter((name) => name !== 'out');
        assert.ok(litter.every((name) => name.startsWith('.at1-tmp-')));
        if (fault !== 'kill') assert.deepEqual(litter, [], `step ${step}: ${faulty.operations[step]}`);
      }
    });
  }

  it('writes 2,000 small files in a few seconds', async () => {
    const many = Array.from({ length: 2000 }, (_, i) => file(`${i % 20}/f${i}`, `${i}`));
    await within(10_000, () => writeOutputTree(dir.at('out'), many));
    assert.equal((await listing(dir.at('out'))).length, 2020);
  });
});
