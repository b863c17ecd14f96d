import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
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
});
