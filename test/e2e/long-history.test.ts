/** The benchmark's fixture must be a registry like any other, in the eyes of at1 and of git. */
import assert from 'node:assert/strict';
import { makeFixture } from '../../bench/fixture.js';
import { openRegistry, verify } from '../../src/index.js';
import { git } from '../helpers/git.js';
import { useTempDir } from '../helpers/temp-dir.js';

describe('a long history that was not registered step by step', () => {
  const temp = useTempDir();

  it('verifies without a finding but the first sight, and passes git fsck', async () => {
    const dir = temp.at('registry');
    const home = temp.at('home');
    const head = await makeFixture({ dir, home, artifacts: 30, versions: 5 });
    const environment = { home, configDir: temp.at('home', 'config'), stateDir: temp.at('home', 'state') };
    const result = await verify(await openRegistry({ dir, environment }));
    assert.deepEqual(result.checked, {
      objects: 150,
      manifests: 150,
      signatures: 150,
      commits: 151,
      events: 0,
      evidence: 0,
      tags: 150,
    });
    assert.deepEqual(
      result.findings.map(({ code }) => code),
      ['trust/first-use'],
    );
    git(dir, ['fsck', '--strict']);
    assert.equal(git(dir, ['status', '--porcelain']), '');
    assert.equal(git(dir, ['rev-parse', 'HEAD']), head);
    const again = await makeFixture({ dir: temp.at('again'), home: temp.at('other'), artifacts: 30, versions: 5 });
    assert.equal(again, head);
  });
});
