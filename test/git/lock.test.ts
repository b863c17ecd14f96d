import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { lockRegistry } from '../../src/git/lock.js';
import { systemError, withInterceptor } from '../helpers/changes.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('the registry lock', () => {
  const dir = useTempDir();
  const lock = (wait = 50) => lockRegistry({ commonDir: dir.path }, { wait });
  const file = () => dir.at('at1.lock');

  it('is held by one, and free after release', async () => {
    const first = await lock();
    const error = await throwsCode(lock, 'registry/locked');
    assert.equal(error.facts.pid, process.pid);
    assert.equal(error.facts.host, hostname());
    await first.release();
    await (await lock()).release();
    assert.deepEqual(readdirSync(dir.path), []);
  });

  it('waits for its turn', async () => {
    const first = await lock();
    const waiting = lock(5000);
    await first.release();
    await (await waiting).release();
  });

  it('takes over from a process that is dead, and from a number that is another process now', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => child.once('exit', resolve));
    const own = await lock();
    const holder = JSON.parse(readFileSync(file(), 'utf8'));
    await own.release();
    for (const dead of [
      { ...holder, pid: child.pid },
      { ...holder, started: '1' },
    ]) {
      writeFileSync(file(), JSON.stringify({ ...dead, nonce: 'other' }));
      await (await lock()).release();
    }
    assert.deepEqual(readdirSync(dir.path), []);
  });

  it('breaks a lock from before the machine was started anew', async () => {
    const own = await lock();
    const holder = JSON.parse(readFileSync(file(), 'utf8'));
    await own.release();
    writeFileSync(file(), JSON.stringify({ ...holder, bootId: 'another' }));
    await (await lock(10)).release();
    assert.deepEqual(readdirSync(dir.path), []);
  });

  it('never breaks a lock of another host, or one it cannot read', async () => {
    const own = await lock();
    const holder = JSON.parse(readFileSync(file(), 'utf8'));
    await own.release();
    const others = [
      JSON.stringify({ ...holder, pid: 999_999_999, host: 'elsewhere' }),
      JSON.stringify({ ...holder, pid: 999_999_999, host: 'elsewhere', bootId: 'another' }),
      JSON.stringify({ ...holder, pid: 999_999_999, pidSpace: 'pid:[1]' }),
      '',
      '{"pid": 1',
      '{"pid": -5, "host": "x"}',
    ];
    for (const text of others) {
      writeFileSync(file(), text);
      await throwsCode(() => lock(10), 'registry/locked');
      assert.equal(readFileSync(file(), 'utf8'), text);
    }
  });

  it('waits only shortly for one that is empty or cut off, and tells what removes it', async () => {
    for (const text of ['', '\n', '\0\0\0\0', '{"pid": 1', '{"pid": 12,\0\0']) {
      writeFileSync(file(), text);
      const { facts, hint } = await throwsCode(
        () => lockRegistry({ commonDir: dir.path }, { wait: 600_000, tornWait: 20 }),
        'registry/locked',
      );
      assert.deepEqual(facts, { path: file() });
      assert.match(hint ?? '', /at1 doctor --fix/);
      assert.equal(readFileSync(file(), 'utf8'), text);
    }
  });

  it('waits on where it says something else, which is not at1 cut off', async () => {
    for (const text of ['do not touch: moving disks', '{"version": 9}']) {
      writeFileSync(file(), text);
      const { hint } = await throwsCode(
        () => lockRegistry({ commonDir: dir.path }, { wait: 20, tornWait: 600_000 }),
        'registry/locked',
      );
      assert.doesNotMatch(hint ?? '', /doctor/);
    }
  });

  it('notices, without hard links, that its lock was removed before it was written', async () => {
    let removed = false;
    const held = await withInterceptor((change, act) => {
      if (change.kind === 'link') throw systemError('EPERM', 'link');
      if (change.kind === 'write' && change.path === file() && !removed) {
        removed = true;
        rmSync(file());
      }
      return act();
    }, lock);
    assert.ok(removed);
    assert.ok(existsSync(file()), 'it holds a lock that is there');
    await held.release();
    assert.deepEqual(readdirSync(dir.path), []);
  });

  it('does not remove the lock of somebody who came after', async () => {
    const first = await lock();
    writeFileSync(file(), '{}');
    await first.release();
    assert.ok(existsSync(file()));
  });

  it('waits for one holder only so long, but on and on while it goes from hand to hand', async () => {
    const own = await lock();
    const holder = JSON.parse(readFileSync(file(), 'utf8'));
    await own.release();
    let over = false;
    const hands = (async () => {
      // Far more often than one of them is waited for, and longer in all.
      for (let i = 0; i < 18; i++) {
        writeFileSync(file(), JSON.stringify({ ...holder, nonce: `${i}` }));
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      over = true;
      rmSync(file());
    })();
    const taken = await lock(1500);
    assert.ok(over);
    await hands;
    await taken.release();
  });

  it('lets one at a time through', async () => {
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const held = await lock(20_000);
        most = Math.max(most, ++inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside--;
        await held.release();
      }),
    );
    assert.equal(most, 1);
  });
});
