/** Where at1 keeps its own files, and what it hands to the programs it starts. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { type CliIo, createEnvironment, processIo } from '../../commands/environment.js';
import { runCli } from '../../commands/run.js';
import { checkOutput } from '../helpers/check-output.js';

function environmentOf(env: CliIo['env'], platform: NodeJS.Platform = 'linux') {
  const io = { stdout: new PassThrough(), stderr: new PassThrough(), stdin: new PassThrough() };
  return createEnvironment({ env, cwd: '/here', platform, ...io });
}

describe('the environment', () => {
  it('finds its folders by its own variables, then XDG, then the home folder', () => {
    const home = environmentOf({ HOME: '/h' });
    assert.deepEqual([home.configDir, home.stateDir], ['/h/.config/at1', '/h/.local/state/at1']);
    const xdg = environmentOf({ HOME: '/h', XDG_CONFIG_HOME: '/c', XDG_STATE_HOME: '/s' });
    assert.deepEqual([xdg.configDir, xdg.stateDir], ['/c/at1', '/s/at1']);
    const own = environmentOf({ HOME: '/h', XDG_CONFIG_HOME: '/c', AT1_CONFIG_DIR: 'x', AT1_STATE_DIR: '/y' });
    assert.deepEqual([own.configDir, own.stateDir], ['/here/x', '/y']);
  });

  it('refuses an empty root: a pin that a script failed to fill in must not pin nothing', () => {
    assert.equal(environmentOf({}).root, undefined);
    assert.throws(() => environmentOf({ AT1_ROOT: '' }).root, { code: 'usage/invalid' });
  });

  it('ignores relative XDG folders and empty variables', () => {
    const found = environmentOf({ HOME: '/h', XDG_CONFIG_HOME: 'relative', AT1_STATE_DIR: '', AT1_REGISTRY: '' });
    assert.deepEqual(
      [found.configDir, found.stateDir, found.registryDir],
      ['/h/.config/at1', '/h/.local/state/at1', undefined],
    );
  });

  it('uses the folder of applications on Windows', () => {
    const found = environmentOf({ USERPROFILE: 'C:\\u', APPDATA: 'C:\\u\\Roaming' }, 'win32');
    assert.equal(found.configDir, 'C:\\u\\Roaming\\at1');
  });

  it('does not let git variables of a hook point our programs at another repository', () => {
    const { variables } = environmentOf({
      PATH: '/bin',
      GIT_DIR: '/other',
      GIT_INDEX_FILE: 'i',
      GIT_SSH_COMMAND: 'ssh -v',
    });
    assert.deepEqual(variables, { PATH: '/bin', GIT_SSH_COMMAND: 'ssh -v', LC_ALL: 'C' });
  });

  it('has no current folder where that was deleted: commands say so, and help is given', async function () {
    // Windows deletes no folder that a process is in.
    if (process.platform === 'win32') this.skip();
    const back = process.cwd();
    const folder = mkdtempSync(join(tmpdir(), 'at1-lost-'));
    let io: CliIo;
    process.chdir(folder);
    try {
      rmdirSync(folder);
      io = processIo();
    } finally {
      process.chdir(back);
    }
    const run = async (...argv: string[]) => {
      const [stdout, stderr] = [new PassThrough(), new PassThrough()];
      const code = await runCli(argv, { ...io, stdout, stderr });
      return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
    };
    for (const argv of [['list'], ['list', '--registry', back], ['key', 'list']]) {
      const text = await run(...argv);
      assert.equal(text.code, 15);
      assert.match(text.stderr, /^error: the current folder [^\n]* \[io\/failed\]\nhint: [^\n]+\n$/);
      const json = await run(...argv, '--json');
      assert.equal(json.code, 15);
      checkOutput('error', JSON.parse(json.stdout));
    }
    for (const argv of [['help'], ['--help'], ['list', '--help'], ['-V']]) assert.equal((await run(...argv)).code, 0);
  });

  it('colours on terminals only, unless told', () => {
    assert.equal(environmentOf({}).colour, false);
    assert.equal(environmentOf({ FORCE_COLOR: '1' }).colour, true);
    assert.equal(environmentOf({ FORCE_COLOR: '1', NO_COLOR: '1' }).colour, false);
  });
});
