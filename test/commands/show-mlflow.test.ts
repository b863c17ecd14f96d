/** at1 show --mlflow: which version it would be to people who write models:/name/3. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { ShowResult } from '../../src/index.js';
import { git } from '../helpers/git.js';
import { keyOf } from '../helpers/registry-fixture.js';
import { type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { terminalOf } from '../helpers/terminal.js';

describe('`at1 show --mlflow`', () => {
  const dir = useTempDir('suite');
  let ana: Clone;

  before(async () => {
    ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home'), 'ana'));
    for (const ref of ['model/net@2.0.0', 'model/net@1.0.0', 'model/team/net@1.0.0', 'data/net@1.0.0']) {
      await ana.register(ref);
    }
  });

  const here = () => terminalOf(ana.person, ana.dir);
  const counted = async (line: string) => (await here().json<ShowResult>('show', `show ${line}`)).mlflow;

  it('counts arrivals, and gives the address that MLflow would', async () => {
    assert.deepEqual(await counted('model/net@2.0.0 --mlflow'), { ordinal: 1, uri: 'models:/net/1' });
    assert.deepEqual(await counted('model/net@1.0.0 --mlflow'), { ordinal: 2, uri: 'models:/net/2' });
    assert.match(await here().text('show model/net@1.0.0 --mlflow'), /\nmlflow +models:\/net\/2\n/);
  });

  it('has no address for what MLflow cannot name, and nothing where it was not asked', async () => {
    assert.deepEqual(await counted('model/team/net --mlflow'), { ordinal: 1, uri: null });
    assert.deepEqual(await counted('data/net --mlflow'), { ordinal: 1, uri: null });
    assert.match(await here().text('show data/net --mlflow'), /\nmlflow +version 1\n/);
    assert.equal(await counted('model/net'), null);
    assert.ok(!(await here().text('show model/net')).includes('mlflow'));
  });

  it('is as it was at that moment, and stays when more arrive or are withdrawn', async () => {
    const { commit } = await here().json<ShowResult>('show', 'show model/net@1.0.0');
    await ana.register('model/net@1.5.0');
    await here().text('yank model/net@2.0.0 --reason broken');
    assert.deepEqual(await counted('model/net@1.0.0 --mlflow'), { ordinal: 2, uri: 'models:/net/2' });
    assert.deepEqual(await counted(`model/net@1.0.0 --mlflow --at ${commit}`), { ordinal: 2, uri: 'models:/net/2' });
    assert.deepEqual(await counted('model/net@1.5.0 --mlflow'), { ordinal: 3, uri: 'models:/net/3' });
  });

  it('counts none that waits for a signature', async () => {
    writeFileSync(dir.at('ben.pub'), `${keyOf('ben').line}\n`);
    await here().text('policy add-principal ben', dir.at('ben.pub'));
    await here().text('policy rule --artifacts model/net --actions register --role owner --threshold 2 --at 1');
    ana.git('switch', '--quiet', '-c', 'waiting');
    await ana.register('model/net@3.0.0');
    assert.deepEqual(await counted('model/net@3.0.0 --mlflow'), { ordinal: null, uri: null });
    assert.match(await here().text('show model/net@3.0.0 --mlflow'), /\nmlflow +not counted: it did not take effect\n/);
    ana.git('switch', '--quiet', 'main');
  });

  it('is not told in a clone that does not show what came before', async () => {
    git(dir.path, ['clone', '--quiet', pathToFileURL(ana.dir).href, 'shallow']);
    const shallow = terminalOf(ana.person, dir.at('shallow'));
    // What it begins with was seen, so that the clone is believed when it is cut off afterwards.
    await shallow.text('verify');
    git(dir.at('shallow'), ['fetch', '--quiet', '--depth', '1']);
    assert.match(await shallow.refuses(16, 'git/shallow', 'show model/net@1.0.0 --mlflow'), /git fetch --unshallow/);
  });
});
