/** No decision hangs on a clock: neither the machine's, years off, nor what commits say of their own time. */
import assert from 'node:assert/strict';
import { buildHealthy, type PlacedRegistry } from '../../testing/index.js';
import { runGit } from '../helpers/git.js';
import { inProcess, runCli } from '../helpers/run-cli.js';
import { useTempDir } from '../helpers/temp-dir.js';

const CLOCKS = {
  'five years ago': '2021-03-04T05:06:07Z',
  'in five years': '2031-03-04T05:06:07Z',
  'after 2038': '2038-01-19T03:14:08Z',
  'at the beginning of time': '1970-01-01T00:00:00Z',
  'in the year 9999': '9999-12-31T23:59:59Z',
} as const;

describe('testing: clocks', () => {
  const temp = useTempDir();

  function run({ dir, environment }: PlacedRegistry, line: string, now?: string) {
    const options = now === undefined ? {} : { now: () => new Date(now) };
    return runCli([...line.split(' '), '--json'], { cwd: dir, env: environment, ...options });
  }

  for (const [name, now] of Object.entries(CLOCKS)) {
    it(`a machine whose clock stands ${name} reads, verifies and registers`, async function () {
      if (!inProcess) this.skip();
      const place = await buildHealthy({ dir: temp.at('place') });
      const before = await run(place, 'list');
      assert.equal((await run(place, 'list', now)).stdout, before.stdout);
      for (const line of ['verify', 'get model/m -o ../out', 'register model/new@1.0.0 at1.toml', 'verify']) {
        const { code, stdout } = await run(place, line, now);
        assert.equal(code, 0, stdout);
      }
      // Another machine, whose clock is right, finds nothing wrong with it either.
      assert.equal((await run(place, 'verify')).code, 0);
    });
  }

  for (const date of ['2099-01-01T00:00:00Z', '1970-01-01T00:00:00Z', '@4294967296 +0000']) {
    it(`a commit that says it is of ${date} changes no answer`, async () => {
      const place = await buildHealthy({ dir: temp.at('place') });
      const answers = async () => (await run(place, 'list')).stdout + (await run(place, 'show model/m')).stdout;
      const before = await answers();
      const env = { GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date };
      assert.equal(runGit(place.dir, ['commit', '--quiet', '--allow-empty', '-m', 'late'], { env }).status, 0);
      assert.equal(await answers(), before);
      assert.equal((await run(place, 'verify')).code, 0);
      assert.equal((await run(place, 'register model/new@1.0.0 at1.toml')).code, 0);
      assert.equal((await run(place, 'verify')).code, 0);
    });
  }
});
