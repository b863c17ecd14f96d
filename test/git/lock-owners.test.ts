import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LockFile } from '../../src/git/lock-file.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

const MODULE = join(import.meta.dirname, '..', '..', 'src', 'git', 'lock-file.ts');

describe('the owner of a git lock', () => {
  const dir = useTempDir();
  const acquire = (name = 'main', wait = 30) => LockFile.acquire(dir.at(name), { wait, commonDir: dir.path });
  const owners = () => (existsSync(dir.at('at1-locks')) ? readdirSync(dir.at('at1-locks')) : []);

  /** Takes locks in a process of its own, which then does what `end` says. */
  function inProcess(names: readonly string[], end: string): void {
    const code = `
      const { LockFile } = await import(${JSON.stringify(MODULE)});
      const locks = [];
      for (const name of ${JSON.stringify(names)}) {
        locks.push(await LockFile.acquire(name, { commonDir: ${JSON.stringify(dir.path)} }));
      }
      ${end}`;
    spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], { stdio: 'ignore' });
  }
  const killed = (...names: string[]) =>
    inProcess(
      names.map((name) => dir.at(name)),
      "process.kill(process.pid, 'SIGKILL'); await new Promise(() => {});",
    );

  it('is known while the lock is held, and forgotten after it', async () => {
    const lock = await acquire();
    assert.equal(owners().length, 1);
    await throwsCode(() => acquire(), 'git/busy');
    assert.equal(owners().length, 1);
    await lock.write([new TextEncoder().encode('new')]);
    await lock.commit();
    await lock.release();
    assert.equal(readFileSync(dir.at('main'), 'utf8'), 'new');
    await (await acquire()).release();
    assert.deepEqual(owners(), []);
    assert.deepEqual(readdirSync(dir.path).sort(), ['at1-locks', 'main']);
  });

  it('may be killed: the next one takes the lock over, once', async () => {
    killed('main', 'index');
    assert.ok(existsSync(dir.at('main.lock')) && existsSync(dir.at('index.lock')));
    const first = await acquire('main');
    await throwsCode(() => acquire('main'), 'git/busy');
    await (await acquire('index')).release();
    await first.release();
    assert.deepEqual(owners(), []);
  });

  it('is only one where many want to take over', async () => {
    killed('main');
    const found = await Promise.all(
      Array.from({ length: 20 }, () => LockFile.tryAcquire(dir.at('main'), { wait: 0, commonDir: dir.path })),
    );
    const held = found.filter((lock) => lock !== undefined);
    assert.ok(held.length <= 1);
    for (const lock of held) await lock.release();
    await (await acquire('main', 1000)).release();
    assert.deepEqual(owners(), []);
  });

  it('never loses a lock of git, or of an older at1, to what dead processes left', async () => {
    killed('other');
    writeFileSync(dir.at('main.lock'), '');
    await throwsCode(() => acquire('main'), 'git/busy');
    assert.ok(existsSync(dir.at('main.lock')));
    assert.ok(existsSync(dir.at('other.lock')));
    await (await acquire('other')).release();
  });

  it('died after its work was done: nothing but its name is cleared away', async () => {
    inProcess(
      [dir.at('main')],
      `await locks[0].write([new TextEncoder().encode('done')]);
       const { renameSync } = await import('node:fs');
       renameSync(locks[0].path, locks[0].target);
       process.kill(process.pid, 'SIGKILL'); await new Promise(() => {});`,
    );
    assert.equal(owners().length, 1);
    const lock = await acquire('main');
    await lock.write([new TextEncoder().encode('more')]);
    await lock.commit();
    writeFileSync(dir.at('main.lock'), 'of git');
    await throwsCode(() => acquire('main'), 'git/busy');
    assert.equal(readFileSync(dir.at('main'), 'utf8'), 'more');
    assert.equal(readFileSync(dir.at('main.lock'), 'utf8'), 'of git');
    assert.deepEqual(owners(), []);
  });

  it('on another machine, or in another container of this one, is left alone until that was started anew', async () => {
    killed('main');
    const [name = ''] = owners();
    const parts = name.split('-');
    const [host, boot, space] = [2, 3, 4];
    const renamed = (...at: number[]) => parts.map((part, i) => (at.includes(i) ? '0123456789ab' : part)).join('-');
    let now = name;
    for (const other of [renamed(host), renamed(host, boot), renamed(space)]) {
      renameSync(dir.at('at1-locks', now), dir.at('at1-locks', other));
      await throwsCode(() => acquire('main'), 'git/busy');
      now = other;
    }
    renameSync(dir.at('at1-locks', now), dir.at('at1-locks', renamed(boot, space)));
    await (await acquire('main')).release();
    assert.deepEqual(owners(), []);
  });

  it('that has ended, but was never waited for by its parent, is dead', async () => {
    // `sleep` never asks after the child that became its own.
    const task = `const { LockFile } = await import(${JSON.stringify(MODULE)});
      await LockFile.acquire(${JSON.stringify(dir.at('main'))}, { commonDir: ${JSON.stringify(dir.path)} });
      console.log('held'); process.kill(process.pid, 'SIGKILL'); await new Promise(() => {});`;
    const parent = spawn('sh', [
      '-c',
      '"$0" --import tsx --input-type=module -e "$1" & exec sleep 60',
      process.execPath,
      task,
    ]);
    try {
      await once(parent.stdout, 'data');
      await (await acquire('main', 20_000)).release();
      assert.equal(parent.exitCode, null);
      assert.deepEqual(owners(), []);
    } finally {
      parent.kill('SIGKILL');
    }
  });

  it("may be frozen until its lock was removed and is another's: then it leaves both lock and file alone", async () => {
    const frozen = await acquire('main');
    await frozen.write([new TextEncoder().encode('of the frozen')]);
    rmSync(dir.at('main.lock'));
    await throwsCode(() => frozen.commit(), 'git/ref-conflict');
    const other = await acquire('main');
    await throwsCode(() => frozen.commit(), 'git/ref-conflict');
    await frozen.release();
    await throwsCode(() => acquire('main'), 'git/busy');
    await other.write([new TextEncoder().encode('of the other')]);
    await other.commit();
    assert.equal(readFileSync(dir.at('main'), 'utf8'), 'of the other');
    const idle = await acquire('main');
    rmSync(dir.at('main.lock'));
    writeFileSync(dir.at('main.lock'), 'of git');
    await idle.release();
    assert.equal(readFileSync(dir.at('main.lock'), 'utf8'), 'of git');
  });

  it('is not needed: where none can be kept, the lock works as git does', async () => {
    writeFileSync(dir.at('at1-locks'), 'in the way');
    const lock = await acquire();
    await throwsCode(() => acquire(), 'git/busy');
    await lock.release();
    assert.ok(!existsSync(dir.at('main.lock')));
    mkdirSync(dir.at('sub'));
    const plain = await LockFile.acquire(dir.at('sub', 'ref'));
    await plain.release();
  });
});
