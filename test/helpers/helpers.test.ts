import assert from 'node:assert/strict';
import { deflateRawSync } from 'node:zlib';
import { git, runGit } from './git.js';
import { randomBytes, randomStream } from './random-bytes.js';
import { useTempDir } from './temp-dir.js';
import { within } from './time-limit.js';

describe('test helpers', () => {
  const dir = useTempDir();

  it('make the same incompressible bytes for the same seed', async () => {
    const bytes = randomBytes(1_000_001, 7);
    assert.equal(bytes.length, 1_000_001);
    assert.deepEqual(randomBytes(1000, 7), bytes.slice(0, 1000));
    assert.notDeepEqual(randomBytes(1000, 8), bytes.slice(0, 1000));
    assert.ok(deflateRawSync(bytes).length >= bytes.length);
    let length = 0;
    for await (const piece of randomStream(2_500_000, 1)) length += piece.length;
    assert.equal(length, 2_500_000);
  });

  it('run git without configuration from outside', () => {
    git(dir.path, ['init', '-q']);
    assert.equal(git(dir.path, ['symbolic-ref', 'HEAD']), 'refs/heads/main');
    const origins = git(dir.path, ['config', '--list', '--show-origin']).split('\n');
    assert.deepEqual(
      origins.filter((line) => !line.startsWith('command line:') && !line.startsWith('file:.git/config')),
      [],
    );
    assert.notEqual(runGit(dir.path, ['rev-parse', 'nothing']).status, 0);
  });

  it('count what work takes of the processor, and nothing while it waits', async () => {
    const spin = () => {
      const before = process.cpuUsage();
      const spent = (): number => process.cpuUsage(before).user + process.cpuUsage(before).system;
      while (spent() < 200_000);
      return 'done';
    };
    // More than four times the limit, so however slow the machine is.
    const late = { name: 'AssertionError', message: /^took \d+ ms of CPU of \d+ for x$/ };
    await assert.rejects(() => within(20, spin, 'x'), late);
    await assert.rejects(() => within(20, async () => spin(), 'x'), late);
    assert.equal(await within(10_000, spin), 'done');
    await within(100, () => new Promise((resolve) => setTimeout(resolve, 500)));
    await assert.rejects(() => within(1, () => Promise.reject(new RangeError('of the work'))), RangeError);
  });
});
