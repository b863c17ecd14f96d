/** What a commit would amount to: the answer of the real one, and nothing left behind. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { utf8 } from '../../src/bytes/text.js';
import type { Person } from '../../src/git-format/person.js';
import { commitChanges, reopened } from '../../src/ops/commit-changes.js';
import { loadState } from '../../src/ops/load-state.js';
import type { Registry } from '../../src/ops/open-registry.js';
import { openPrincipalSigner } from '../../src/ops/open-signer.js';
import { simulateCommit } from '../../src/ops/simulate-commit.js';
import { effects, eventFiles } from '../helpers/event-fixture.js';
import { errorsOf } from '../helpers/fold-results.js';
import { ana } from '../helpers/registry-fixture.js';
import { type StagedRegistry, stagedRegistry } from '../helpers/staged-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';

const AUTHOR: Person = { name: 'Ana', email: 'ana@example.org', seconds: 1_760_000_000, timezone: '+0000' };
const PATH = 'model/net/events/staging/0001.toml';

describe('a commit that is not made', () => {
  const dir = useTempDir();

  async function open(
    prefix: string,
  ): Promise<{ staged: StagedRegistry; registry: Registry; files: Map<string, Uint8Array | null> }> {
    const staged = await stagedRegistry(dir.at(prefix === '' ? 'top' : 'sub'), { prefix });
    const registry = await (await staged.as(ana)).open();
    const files = new Map<string, Uint8Array | null>();
    for (const [path, file] of Object.entries(await eventFiles(staged.b, staged.tip, 'promote', 'model/net@1.0.0'))) {
      files.set(path, typeof file === 'string' ? utf8(file) : (file as Uint8Array));
    }
    return { staged, registry, files };
  }

  const objectsOf = (repository: string) =>
    readdirSync(join(repository, '.git'), { recursive: true, encoding: 'utf8' }).sort();

  for (const prefix of ['', 'deep/inside']) {
    it(`amounts to what it would if it were made, in ${prefix === '' ? 'the top folder' : 'a folder'}`, async () => {
      const { staged, registry, files } = await open(prefix);
      const loaded = await loadState(registry);
      const would = await simulateCommit(registry, loaded, files, AUTHOR);
      assert.deepEqual([errorsOf(would), effects(would)], [[], ['staging 1.0.0']]);
      const signer = await openPrincipalSigner(
        registry.environment,
        registry.repository.config,
        registry.engines,
        loaded.policy,
      );
      await commitChanges(registry, { files, objects: [], message: 'x\n', author: AUTHOR, signer });
      const done = await loadState(reopened(registry));
      const { commit, effective, ...row } = done.state.events.get(PATH) ?? assert.fail();
      const { commit: _, effective: __, ...wouldBe } = would.state.events.get(PATH) ?? assert.fail();
      assert.equal(commit, effective);
      assert.deepEqual(wouldBe, row);
      assert.notEqual(staged.tip, done.state.head);
    });
  }

  it('leaves nothing behind: no object, no ref, no file', async () => {
    const { staged, registry, files } = await open('');
    const loaded = await loadState(registry);
    const before = [objectsOf(staged.dir), registry.refs.list('refs/')];
    const would = await simulateCommit(registry, loaded, files, AUTHOR);
    assert.deepEqual([objectsOf(staged.dir), reopened(registry).refs.list('refs/')], before);
    assert.ok(!registry.reader.has(would.state.head));
    assert.equal((await loadState(reopened(registry))).state.events.size, 0);
  });

  it('tells what would be wrong, as for a file that is taken away', async () => {
    const { registry } = await open('');
    const files = new Map([['model/net/1.0.0.toml', null]]);
    const would = await simulateCommit(registry, await loadState(registry), files, AUTHOR);
    assert.ok(errorsOf(would).includes('history/manifest-removed'));
  });
});
