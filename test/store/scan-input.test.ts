import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFile, chmod, mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { utf8 } from '../../src/bytes/text.js';
import { scanFile, scanInput } from '../../src/store/scan-input.js';
import { openStable } from '../../src/store/stable-file.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';
import { within } from '../helpers/time-limit.js';

describe('scanInput', () => {
  const dir = useTempDir();
  const scan = (...paths: string[]) => scanInput(paths, { cwd: dir.path });

  it('takes one file under its base name', async () => {
    await mkdir(dir.at('a'));
    await writeFile(dir.at('a', 'modell ü.bin'), 'abc');
    const found = await scan('a/modell ü.bin');
    assert.equal(found.form, 'file');
    assert.equal(found.files.length, 1);
    const [file] = found.files;
    assert.equal(file?.path, 'modell ü.bin');
    assert.equal(file?.absolute, dir.at('a', 'modell ü.bin'));
    assert.equal(file?.size, 3);
    assert.equal(file?.executable, false);
  });

  it('takes the contents of one folder, sorted by bytes, with its empty folders', async () => {
    await mkdir(dir.at('t', 'b', 'deep'), { recursive: true });
    await mkdir(dir.at('t', 'empty', 'inner'), { recursive: true });
    // 'b.txt' < 'b/x' by bytes ('.' is 0x2e, '/' 0x2f); U+FF5E < U+1F600 by bytes, not by UTF-16 units.
    for (const name of ['b.txt', 'b/x', 'b/deep/y', 'B', 'ü', '～', '😀']) await writeFile(dir.at('t', name), name);
    await chmod(dir.at('t', 'B'), 0o755);
    const found = await scan('t');
    assert.equal(found.form, 'tree');
    assert.deepEqual(
      found.files.map((file) => file.path),
      ['B', 'b.txt', 'b/deep/y', 'b/x', 'ü', '～', '😀'],
    );
    assert.deepEqual(found.directories, ['empty/inner']);
    if (process.platform !== 'win32') assert.deepEqual(found.files.map((file) => file.executable).indexOf(true), 0);
  });

  it('takes the folder it is in', async () => {
    await writeFile(dir.at('x'), '');
    assert.deepEqual(
      (await scan('.')).files.map((file) => file.path),
      ['x'],
    );
  });

  it('lays several paths side by side under their base names', async () => {
    await mkdir(dir.at('t', 'in'), { recursive: true });
    await mkdir(dir.at('hollow'));
    await writeFile(dir.at('t', 'in', 'x'), '');
    await writeFile(dir.at('y'), '');
    const found = await scan('y', 't/in', 'hollow');
    assert.equal(found.form, 'tree');
    assert.deepEqual(
      found.files.map((file) => file.path),
      ['in/x', 'y'],
    );
    assert.deepEqual(found.directories, ['hollow']);
  });

  it('refuses two paths with one base name', async () => {
    await mkdir(dir.at('t'));
    await writeFile(dir.at('t', 'x'), '');
    await writeFile(dir.at('x'), '');
    const error = await throwsCode(() => scan('x', 't/x'), 'artifact/unsupported-file');
    assert.equal(error.facts.path, dir.at('t', 'x'));
  });

  it('refuses links, pipes and devices by name, given or found', async function () {
    if (process.platform === 'win32') this.skip();
    await mkdir(dir.at('t'));
    await writeFile(dir.at('t', 'x'), '');
    await symlink('x', dir.at('t', 'link'));
    const error = await throwsCode(() => scan('t'), 'artifact/unsupported-file');
    assert.equal(error.facts.path, dir.at('t', 'link'));
    await throwsCode(() => scan('t/link'), 'artifact/unsupported-file');
    await rm(dir.at('t', 'link'));
    await symlink('../t', dir.at('t', 'loop'));
    await throwsCode(() => scan('t'), 'artifact/unsupported-file');
    await rm(dir.at('t', 'loop'));
    spawnSync('mkfifo', [dir.at('t', 'pipe')]);
    await throwsCode(() => scan('t'), 'artifact/unsupported-file');
    await throwsCode(() => scan('/dev/null'), 'artifact/unsupported-file');
  });

  it('refuses what holds a git repository', async () => {
    await mkdir(dir.at('t', 'sub', '.git'), { recursive: true });
    await writeFile(dir.at('t', 'x'), '');
    await throwsCode(() => scan('t'), 'artifact/unsupported-file');
    await rm(dir.at('t', 'sub', '.git'), { recursive: true });
    await writeFile(dir.at('t', 'sub', '.GIT'), 'gitdir: elsewhere');
    await throwsCode(() => scan('t'), 'artifact/unsupported-file');
  });

  it('refuses names outside the path grammar, saying the rule', async function () {
    if (process.platform === 'win32') this.skip();
    for (const name of ['back\\slash', 'new\nline', 'e\u0301 not composed']) {
      await mkdir(dir.at('t'));
      await writeFile(dir.at('t', name), '');
      const error = await throwsCode(() => scan('t'), 'artifact/unsupported-file');
      assert.notEqual(error.facts.why, '');
      await rm(dir.at('t'), { recursive: true });
    }
    await mkdir(dir.at('t'));
    const raw = Buffer.concat([Buffer.from(`${dir.at('t')}/`), Buffer.from([0x61, 0xff])]);
    await writeFile(raw, '');
    const error = await throwsCode(() => scan('t'), 'artifact/unsupported-file');
    assert.match(String(error.facts.why), /UTF-8/);
  });

  it('refuses nothing at all, a tree without files, and what is not there', async () => {
    await throwsCode(() => scan(), 'artifact/no-files');
    await mkdir(dir.at('t', 'a'), { recursive: true });
    await throwsCode(() => scan('t/a'), 'artifact/no-files');
    const error = await throwsCode(() => scan('t'), 'artifact/no-files');
    assert.equal(error.facts.folders, 1);
    await throwsCode(() => scan('t', 'missing'), 'usage/path');
  });

  it('scans 2,000 files quickly and stops at its limit', async () => {
    for (let i = 0; i < 20; i++) await mkdir(dir.at('t', `${i}`), { recursive: true });
    await Promise.all(Array.from({ length: 2000 }, (_, i) => writeFile(dir.at('t', `${i % 20}`, `f${i}`), `${i}`)));
    assert.equal((await within(2_000, () => scan('t'))).files.length, 2000);
    const limited = scanInput(['t'], { cwd: dir.path, limit: 1999 });
    await throwsCode(() => limited, 'artifact/unsupported-file');
  });
});

describe('openStable', () => {
  const dir = useTempDir();
  const seen = async () => {
    await writeFile(dir.at('x'), 'content');
    const [file] = (await scanInput(['x'], { cwd: dir.path })).files;
    assert.ok(file !== undefined);
    assert.equal(basename(file.absolute), 'x');
    return file;
  };

  it('reads a file that stays as it was', async () => {
    const file = await openStable(await seen());
    const into = new Uint8Array(7);
    assert.equal(await file.read(into, 0), 7);
    assert.deepEqual(into, utf8('content'));
    await file.assertUnchanged();
    await file.close();
  });

  const changes: Record<string, () => Promise<unknown>> = {
    'it grew': () => appendFile(dir.at('x'), 'more'),
    'it was written again': () => utimes(dir.at('x'), 1, 1),
    'another file took its place': async () => {
      await writeFile(dir.at('y'), 'content');
      await rename(dir.at('y'), dir.at('x'));
    },
    'a link took its place': async () => {
      await rename(dir.at('x'), dir.at('y'));
      await symlink('y', dir.at('x'));
    },
    'it was removed': () => rm(dir.at('x')),
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`notices that ${what}, before or while it is read`, async () => {
      const file = await openStable(await seen());
      await change();
      await throwsCode(() => file.assertUnchanged(), 'artifact/changed-while-read');
      await file.close();
      await rm(dir.at('x'), { force: true });
      const again = await seen();
      await change();
      await throwsCode(() => openStable(again), 'artifact/changed-while-read');
    });
  }
});

describe('scanFile', () => {
  const dir = useTempDir();

  it('takes a plain file, and does not look into a folder before it refuses it', async () => {
    await mkdir(dir.at('folder'));
    await writeFile(dir.at('folder', 'a'), 'abc');
    await symlink('a', dir.at('folder', 'link'));
    assert.equal((await scanFile('folder/a', { cwd: dir.path })).size, 3);
    const refused = await throwsCode(() => scanFile('folder', { cwd: dir.path }), 'artifact/unsupported-file');
    assert.equal(refused.facts.path, dir.at('folder'));
    await throwsCode(() => scanFile('folder/link', { cwd: dir.path }), 'artifact/unsupported-file');
    await throwsCode(() => scanFile('nothing', { cwd: dir.path }), 'usage/path');
  });
});
