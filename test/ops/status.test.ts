/** status: what it says of remotes, tags and files is what git says of them. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { push, status } from '../../src/index.js';
import { addRemote, type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';

const dir = useTempDir();
let ana: Clone;

beforeEach(async () => {
  ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home-ana'), 'ana'));
  await ana.register('model/fraud@1.0.0');
});

const look = async (at?: string) => status(await ana.open(at));

describe('status', () => {
  it('counts what is there, without a remote', async () => {
    const { registry, ...rest } = await look();
    assert.match(registry, /^[0-9A-Z]{26}$/);
    assert.deepEqual(rest, {
      branch: 'main',
      checkedOut: 'main',
      head: ana.git('rev-parse', 'HEAD'),
      versions: 1,
      remote: { ref: null, state: 'none' },
      pending: [],
      pendingVersions: [],
      pendingEvents: [],
      wrong: [],
      missingTags: 0,
      findings: [],
    });
  });

  it('takes the upstream of the branch where there are several remotes', async () => {
    addRemote(ana, dir.at('bare.git'));
    ana.git('remote', 'add', 'another', dir.at('nowhere.git'));
    await push(await ana.open());
    assert.deepEqual((await look()).remote, { ref: 'refs/remotes/origin/main', state: 'equal' });
    ana.git('update-ref', 'refs/remotes/another/main', 'HEAD~1');
    ana.git('config', 'branch.main.remote', 'another');
    ana.git('config', 'branch.main.merge', 'refs/heads/main');
    assert.deepEqual((await look()).remote, { ref: 'refs/remotes/another/main', state: 'ahead' });
  });

  it('does not fetch: the remote is as it was last seen', async () => {
    addRemote(ana, dir.at('bare.git'));
    await push(await ana.open());
    rmSync(dir.at('bare.git'), { recursive: true });
    assert.equal((await look()).remote.state, 'equal');
  });

  it('of the past leaves working files and branches out', async () => {
    await ana.register('model/fraud@1.0.1');
    rmSync(join(ana.dir, 'model'), { recursive: true });
    assert.ok((await look()).findings.length > 0);
    const { versions, findings, head } = await look('model/fraud@v1.0.0');
    assert.deepEqual([versions, findings, head], [1, [], ana.git('rev-parse', 'HEAD~1')]);
  });

  it('works with a detached HEAD, and says so', async () => {
    ana.git('checkout', '--quiet', '--detach');
    const { findings, checkedOut } = await look();
    assert.equal(checkedOut, null);
    assert.deepEqual(
      findings.map(({ severity, subject }) => [severity, subject]),
      [['note', 'a detached HEAD']],
    );
  });
});
