import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFile, readFileSync } from '../../src/files/read-whole.js';
import { openRepository } from '../../src/git/repository.js';
import { git } from '../helpers/git.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('reading a file in one piece', () => {
  const dir = useTempDir();

  it('gives its bytes or its text', async () => {
    writeFileSync(dir.at('file'), 'grün');
    assert.equal(readFileSync(dir.at('file'), 'utf8'), 'grün');
    assert.equal(await readFile(dir.at('file'), 'utf8'), 'grün');
    for (const bytes of [readFileSync(dir.at('file')), await readFile(dir.at('file'))]) {
      assert.deepEqual([...bytes], [0x67, 0x72, 0xc3, 0xbc, 0x6e]);
    }
  });

  it('fails as the system does', async () => {
    mkdirSync(dir.at('folder'));
    for (const [name, code] of [
      ['nothing', 'ENOENT'],
      ['folder', 'EISDIR'],
    ] as const) {
      assert.throws(() => readFileSync(dir.at(name)), { code });
      await assert.rejects(readFile(dir.at(name)), { code });
    }
  });

  it('does not wait for a named pipe, whatever of git it stands for', async function () {
    // Windows has no such pipes in its file system.
    if (process.platform === 'win32') this.skip();
    git(dir.path, ['init', '--quiet']);
    for (const name of ['config', 'HEAD', 'packed-refs', 'shallow', 'info/grafts']) {
      git(dir.path, ['init', '--quiet', name.replace('/', '-')]);
      const path = dir.at(name.replace('/', '-'), '.git', name);
      mkdirSync(dir.at(name.replace('/', '-'), '.git', 'info'), { recursive: true });
      execFileSync('rm', ['-f', path]);
      execFileSync('mkfifo', [path]);
      assert.equal(readFileSync(path, 'utf8'), '');
      assert.equal(await readFile(path, 'utf8'), '');
      await openRepository(dir.at(name.replace('/', '-'))).catch(() => undefined);
    }
  });

  it('takes nothing of absurd size into memory', async () => {
    writeFileSync(dir.at('sparse'), '');
    truncateSync(dir.at('sparse'), 2 ** 40);
    assert.throws(() => readFileSync(dir.at('sparse')), { code: 'EFBIG' });
    await assert.rejects(readFile(dir.at('sparse')), { code: 'EFBIG' });
    git(dir.path, ['init', '--quiet']);
    truncateSync(dir.at('.git', 'HEAD'), 2 ** 40);
    await throwsCode(() => openRepository(dir.path), 'io/failed');
  });

  it('takes no device without an end into memory, whatever of git it stands for', async function () {
    // A device of Unix; elsewhere there is no file without an end.
    if (!existsSync('/dev/zero')) this.skip();
    const before = process.resourceUsage().maxRSS;
    assert.throws(() => readFileSync('/dev/zero'), { code: 'EFBIG' });
    await assert.rejects(readFile('/dev/zero', 'utf8'), { code: 'EFBIG' });
    git(dir.path, ['init', '--quiet']);
    for (const name of ['config', 'HEAD', 'shallow', 'info/grafts']) {
      const repository = dir.at(name.replaceAll('/', '-'));
      git(dir.path, ['init', '--quiet', repository]);
      rmSync(join(repository, '.git', name), { force: true });
      mkdirSync(join(repository, '.git', 'info'), { recursive: true });
      symlinkSync('/dev/zero', join(repository, '.git', name));
      await throwsCode(() => openRepository(repository), 'io/failed');
    }
    writeFileSync(dir.at('.git', 'config'), '[include]path = /dev/zero\n');
    await throwsCode(() => openRepository(dir.path), 'io/failed');
    assert.ok(process.resourceUsage().maxRSS - before < 200 * 1024);
  });

  it('reads what tells no size', async function () {
    // Linux has files that tell a size of 0 and are not empty.
    if (!existsSync('/proc/self/stat')) this.skip();
    for (const bytes of [readFileSync('/dev/null'), await readFile('/dev/null')]) assert.equal(bytes.length, 0);
    assert.equal(readFileSync('/dev/null', 'utf8'), '');
    assert.ok(readFileSync('/proc/self/stat', 'utf8').startsWith(`${process.pid} `));
    assert.ok((await readFile('/proc/self/stat', 'utf8')).startsWith(`${process.pid} `));
  });
});
