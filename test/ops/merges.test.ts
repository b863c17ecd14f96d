/** Two clones that both register, and every way git has to bring them together. */
import assert from 'node:assert/strict';
import { get, tag, type VerifyResult, verify } from '../../src/index.js';
import { codesOf } from '../helpers/fold-results.js';
import { git } from '../helpers/git.js';
import { addRemote, type Clone, cloneFrom, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';

const dir = useTempDir();
let ana: Clone;
let other: Clone;

beforeEach(async () => {
  const person = makePerson(dir.at('home-ana'), 'ana');
  ana = await initRegistry(dir.at('one'), person);
  addRemote(ana, dir.at('remote.git'));
  await ana.register('model/base@1.0.0');
  ana.git('push', '--quiet', '-u', 'origin', 'main');
  await tag(await ana.open());
  ana.git('push', '--quiet', '--tags');
  // The same person and key on a second machine.
  const second = makePerson(dir.at('home-second'), 'ana');
  other = cloneFrom(dir.at('remote.git'), dir.at('two'), {
    ...second,
    environment: { ...second.environment, configDir: person.environment.configDir ?? '' },
  });
  for (const clone of [ana, other]) {
    clone.git('config', 'user.name', 'Ana');
    clone.git('config', 'user.email', 'ana@example.org');
  }
});

async function notesOnly(clone: Clone): Promise<VerifyResult> {
  const result = await verify(await clone.open());
  assert.deepEqual([codesOf(result.findings), codesOf(result.findings, 'warning')], [[], []]);
  assert.ok(result.ok);
  return result;
}

async function has(clone: Clone, ...refs: string[]): Promise<void> {
  for (const ref of refs) {
    await get(await clone.open(), { ref, out: dir.at('out'), force: true });
  }
}

/** Everybody publishes, fetches, tags and agrees. */
async function settle(): Promise<void> {
  other.git('push', '--quiet', 'origin', 'main');
  await tag(await other.open());
  other.git('push', '--quiet', '--tags');
  ana.git('pull', '--quiet', '--ff-only', '--tags');
  assert.deepEqual((await tag(await ana.open())).created, []);
  for (const clone of [ana, other]) {
    await notesOnly(clone);
    await has(clone, 'model/base', 'model/left', 'data/right');
    assert.equal(git(clone.dir, ['status', '--porcelain']), '');
  }
  const fresh = cloneFrom(dir.at('remote.git'), dir.at('fresh'), makePerson(dir.at('home-fresh'), 'fresh'));
  await notesOnly(fresh);
}

describe('versions registered in two clones at once', () => {
  beforeEach(async () => {
    await ana.register('model/left@1.0.0');
    ana.git('push', '--quiet');
    await tag(await ana.open());
    ana.git('push', '--quiet', '--tags');
    await other.register('data/right@1.0.0');
  });

  it('come together by git pull --rebase', async () => {
    other.git('pull', '--quiet', '--rebase');
    await settle();
  });

  it('come together by git pull --no-rebase, which turns the mainline around; tags made before stay right', async () => {
    other.git('pull', '--quiet', '--no-rebase', '--no-edit');
    assert.equal(other.git('rev-list', '--count', '--merges', 'HEAD'), '1');
    await settle();
  });

  it('come together by a squash merge', async () => {
    other.git('switch', '--quiet', '-c', 'branch');
    other.git('switch', '--quiet', '-C', 'main', 'origin/main');
    other.git('pull', '--quiet', '--ff-only');
    other.git('merge', '--quiet', '--squash', 'branch');
    other.git('commit', '--quiet', '-m', 'squashed');
    await settle();
  });

  it('come together after merges that crossed', async () => {
    other.git('fetch', '--quiet');
    other.git('branch', 'before', 'main');
    other.git('merge', '--quiet', '--no-edit', 'origin/main');
    other.git('branch', 'crossed', 'origin/main');
    other.git('switch', '--quiet', 'crossed');
    other.git('merge', '--quiet', '--no-edit', 'before');
    await other.register('model/crossed@1.0.0');
    other.git('switch', '--quiet', 'main');
    await other.register('model/straight@1.0.0');
    other.git('merge', '--quiet', '--no-edit', 'crossed');
    await settle();
    await has(ana, 'model/crossed', 'model/straight');
  });
});
