/** What scripts pass by accident: values that are empty, flags with a value too many, a full disk behind the output. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { isolatedHome, runCli } from '../helpers/run-cli.js';

function codeOf(json: unknown): unknown {
  return (json as { error?: { code?: unknown } } | undefined)?.error?.code;
}

describe('an empty value', () => {
  it('of a flag that names a place, a moment, a key or a root is wrong use', async () => {
    for (const argv of [
      ['list', '--registry', ''],
      ['list', '--registry='],
      ['get', 'model/x', '-o', ''],
      ['get', 'model/x', '--at', ''],
      ['verify', '--root', ''],
    ]) {
      const { code, json } = await runCli([...argv, '--json']);
      assert.deepEqual([code, codeOf(json)], [2, 'usage/invalid'], argv.join(' '));
    }
  });

  it('of AT1_ROOT is wrong use: nothing is verified unpinned where somebody wanted a pin', async () => {
    const { code, json } = await runCli(['verify', '--json'], { env: { AT1_ROOT: '' } });
    assert.deepEqual([code, codeOf(json)], [2, 'usage/invalid']);
    assert.equal((await runCli(['help'], { env: { AT1_ROOT: '' } })).code, 0);
  });
});

describe('--json with a value', () => {
  it('is wrong use, told in JSON', async () => {
    for (const argv of [
      ['--json=true', 'list'],
      ['list', '--json=true'],
      ['no-such', '--json=1'],
    ]) {
      const { code, json } = await runCli(argv);
      assert.deepEqual([code, codeOf(json)], [2, 'usage/invalid'], argv.join(' '));
    }
  });
});

describe('a full disk behind standard output', () => {
  it('is told in one line, with the exit number of a full disk', async function () {
    // A device of Linux; elsewhere there is no stream that is always full.
    if (!existsSync('/dev/full')) this.skip();
    const home = isolatedHome();
    const cwd = join(import.meta.dirname, '../..');
    for (const word of ['help', '--version']) {
      const child = spawn(process.execPath, ['--import', 'tsx', 'bin/dev.ts', word], {
        cwd,
        env: { ...home.env },
        stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      });
      let stderr = '';
      child.stderr?.on('data', (chunk) => {
        stderr += String(chunk);
      });
      const [code] = await once(child, 'close');
      assert.equal(code, 15, word);
      assert.match(stderr, /^error: no space left .*\[io\/full\]/);
      assert.doesNotMatch(stderr, /\n\s+at /);
    }
    home.remove();
  });
});
