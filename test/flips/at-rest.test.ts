import assert from 'node:assert/strict';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { equalBytes } from '../../src/bytes/text.js';
import { parseIndex } from '../../src/git/index-format.js';
import { loosePath } from '../../src/git/loose.js';
import { GitReader } from '../../src/git/reader.js';
import { type Oid, parseOid } from '../../src/git-format/oid.js';
import { registryTreeAt } from '../../src/history/registry-tree.js';
import { plainReference } from '../../src/manifest/bases.js';
import { objectPath } from '../../src/manifest/layout-of-registry.js';
import { loadState } from '../../src/ops/load-state.js';
import { objectCopies, openObject } from '../../src/ops/object-copies.js';
import type { Registry } from '../../src/ops/open-registry.js';
import { manifestOf } from '../../src/ops/read-version.js';
import { verifyWorktree } from '../../src/ops/verify-worktree.js';
import { gitBytes } from '../helpers/git.js';
import { type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { scaled } from '../scale.js';
import { type Damage, damages } from './damage.js';
import { keepCounts, type Outcome, orRefused, type Row, restOf, tally } from './tally.js';

const MANIFEST = 'data/a/1.0.0.toml';
const SIGNATURE = 'data/a/1.0.0.sig/ana.sig';

describe('every flipped bit, cut and addition of a stored file', () => {
  const dir = useTempDir('suite');
  let ana: Clone;
  let registry: Registry;
  keepCounts();

  before(async () => {
    ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home'), 'ana'));
    await ana.register('data/a@1.0.0', 'a, a, a, a, a, a, a, a, a, a');
    const { repository, ...rest } = await ana.open();
    // One that remembers nothing: what it read before must not stand for what it reads now.
    registry = { ...rest, repository, reader: new GitReader(repository, { cacheBytes: 0 }) };
  });

  const oidOf = (name: string): Oid => parseOid(ana.git('rev-parse', name));
  const pathOf = (oid: Oid): string => loosePath(join(registry.repository.commonDir, 'objects'), oid);

  /** Damages a file in each way, asks, and puts it back. */
  async function count(
    subject: string,
    path: string,
    judge: (damage: Damage) => Promise<Outcome> | Outcome,
  ): Promise<Row> {
    const bytes = Uint8Array.from(readFileSync(path));
    chmodSync(path, 0o644);
    const row = await tally('at rest', subject, bytes.length, damages(bytes), (damage) => {
      writeFileSync(path, damage.bytes);
      return judge(damage);
    });
    writeFileSync(path, bytes);
    return row;
  }

  // Short ones: what is in them makes no difference to the reader.
  for (const [type, make] of [
    ['commit', () => ana.git('commit-tree', '-m', 'short', 'HEAD^{tree}')],
    ['tree', () => 'HEAD:data/a'],
    ['blob', () => 'HEAD:at1.toml'],
    [
      'tag',
      () => {
        ana.git('tag', '-m', 'short', 'short', 'HEAD');
        return 'refs/tags/short';
      },
    ],
  ] as const) {
    it(`of a loose ${type}: the reader gives the same object or none`, async () => {
      const oid = oidOf(make());
      const good = await registry.reader.read(oid);
      const harmless: Damage[] = [];
      const row = await count(`loose ${type}`, pathOf(oid), async (damage) => {
        const found = await orRefused(() => registry.reader.read(oid));
        if (found === 'refused') return 'refused';
        assert.deepEqual([found.type, equalBytes(found.bytes, good.bytes)], [type, true], damage.what);
        harmless.push(damage);
        return 'same';
      });
      assert.deepEqual(restOf(row.same), []);
      // Bits behind the last code, and copies that come from elsewhere but are of the same text: to git it is the same too.
      const kept = readFileSync(pathOf(oid));
      for (const { bytes, what } of harmless) {
        writeFileSync(pathOf(oid), bytes);
        assert.ok(equalBytes(gitBytes(ana.dir, ['cat-file', type, oid]), good.bytes), what);
      }
      writeFileSync(pathOf(oid), kept);
    }).timeout(scaled(60_000));
  }

  it('of an object of the registry: another copy serves and the damage is told, or it is refused', async () => {
    const { state } = await loadState(registry);
    const [file] = (await manifestOf(registry, state.versions.get(MANIFEST) ?? assert.fail())).files;
    const segment = plainReference(file?.segments?.[0] ?? assert.fail());
    const path = objectPath(segment.object);
    const copies = await objectCopies(registry);
    const good = (await openObject(copies, segment)).bytes.slice();
    const working = join(ana.dir, ...path.split('/'));
    const two = await count('object, working file', working, async ({ what }): Promise<Outcome> => {
      const opened = await openObject(copies, segment);
      assert.ok(equalBytes(opened.bytes, good), what);
      assert.deepEqual([opened.source, opened.damaged], ['git', [`${path} (working file)`]], what);
      return 'refused';
    });
    assert.deepEqual(two.same, []);
    rmSync(working);
    const one = await count(
      'object, its only copy',
      pathOf(oidOf(`HEAD:${path}`)),
      async ({ what }): Promise<Outcome> => {
        const opened = await orRefused(() => openObject(copies, segment));
        if (opened === 'refused') return 'refused';
        assert.ok(equalBytes(opened.bytes, good), what);
        return 'same';
      },
    );
    assert.deepEqual(restOf(one.same), []);
    ana.git('checkout', '--', path);
  });

  it("of git's index: it is refused", async () => {
    const bytes = Uint8Array.from(readFileSync(join(registry.repository.gitDir, 'index')));
    assert.ok(parseIndex(bytes).starts.length > 1);
    const row = await tally('at rest', "git's index", bytes.length, damages(bytes), async (damage) => {
      return (await orRefused(() => parseIndex(damage.bytes))) === 'refused' ? 'refused' : 'same';
    });
    assert.deepEqual(row.same, []);
  });

  for (const path of [SIGNATURE, 'at1.toml']) {
    it(`of the working file ${path}: it is told not to be what is committed`, async () => {
      const opened = await ana.open();
      const tree = (await registryTreeAt(opened, opened.head)) ?? assert.fail();
      const row = await count(
        `working file ${path}`,
        join(ana.dir, ...path.split('/')),
        async ({ what }): Promise<Outcome> => {
          const found = await verifyWorktree(opened, tree);
          assert.deepEqual(
            found.map(({ code, subject }) => [code, subject]),
            [['worktree/differs', path]],
            what,
          );
          return 'refused';
        },
      );
      assert.deepEqual(row.same, []);
    }).timeout(scaled(60_000));
  }
});
