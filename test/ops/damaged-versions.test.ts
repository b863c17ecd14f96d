/** One damaged version among others: what it does not concern goes on working. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { doctor, identify, lineage, push, register, stats, unregister } from '../../src/index.js';
import { addRemote, type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

const dir = useTempDir();
let ana: Clone;
let shared: string;

/** Two versions share an object; the manifest of one of them, and only that, cannot be read from git any more. */
beforeEach(async () => {
  ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home-ana'), 'ana'));
  addRemote(ana, dir.at('bare.git'));
  shared = (await ana.register('model/damaged@1.0.0', 'shared')).objects[0]?.path ?? '';
  await push(await ana.open());
  await ana.register('model/sound@1.0.0', 'shared');
  await ana.register('model/other@1.0.0', 'other');
  const oid = ana.git('rev-parse', 'HEAD:model/damaged/1.0.0.toml');
  const file = join(ana.dir, '.git', 'objects', oid.slice(0, 2), oid.slice(2));
  chmodSync(file, 0o644);
  writeFileSync(file, 'damaged');
});

describe('beside a damaged manifest', () => {
  it('stats count the others', async () => {
    const { versions, objects } = await stats(await ana.open());
    assert.deepEqual([versions, objects], [3, 2]);
  });

  it('identify finds versions, files and objects of the others', async () => {
    const { versions, known } = await identify(await ana.open(), shared.slice(-68, -4));
    assert.ok(known);
    assert.deepEqual(
      versions.map(({ ref, match }) => [ref, match]),
      [['model/sound@1.0.0', 'object']],
    );
    assert.equal((await identify(await ana.open(), 'f'.repeat(64))).known, false);
  });

  it('doctor names it once and looks at the others', async () => {
    const { findings } = await doctor(await ana.open());
    assert.ok(findings.some(({ subject }) => subject === 'model/damaged/1.0.0.toml'));
  });

  it('push sends the others', async () => {
    const { refs } = await push(await ana.open());
    assert.deepEqual(
      refs.map(({ ref }) => ref),
      ['refs/heads/main', 'refs/tags/model/other@v1.0.0', 'refs/tags/model/sound@v1.0.0'],
    );
  });

  it('unregister takes another one back, and leaves objects that the damaged one may need', async () => {
    const { removed } = await unregister(await ana.open(), { ref: 'model/sound@1.0.0' });
    assert.deepEqual(removed, ['model/sound/1.0.0.sig/ana.sig', 'model/sound/1.0.0.toml']);
    assert.ok(existsSync(join(ana.dir, shared)));
  });
});

describe('lineage', () => {
  it('goes on behind a version whose manifest cannot be read, and says that something elsewhere is not told', async () => {
    const made = async (ref: string, content: string, lineage: { relation: string; of: string }[]) =>
      register(await ana.open(), {
        ref,
        lineage,
        content: { bytes: new TextEncoder().encode(content), name: 'x.bin' },
      });
    await made('model/middle@1.0.0', 'middle', [
      { relation: 'fine-tuned-from', of: 'model/sound@1.0.0' },
      { relation: 'trained-on', of: 's3://bucket/rows' },
    ]);
    await made('model/last@1.0.0', 'last', [{ relation: 'distilled-from', of: 'model/middle@1.0.0' }]);
    const told = async () => (await lineage(await ana.open(), { ref: 'model/last@1.0.0' })).links;
    const before = await told();
    const oid = ana.git('rev-parse', 'HEAD:model/middle/1.0.0.toml');
    const file = join(ana.dir, '.git', 'objects', oid.slice(0, 2), oid.slice(2));
    chmodSync(file, 0o644);
    writeFileSync(file, 'damaged');
    assert.deepEqual(
      await told(),
      before.map((link) => ({ ...link, uri: null })),
    );
    assert.deepEqual(
      before.map(({ from, ref, uri }) => [from, ref ?? uri]),
      [
        ['model/last@1.0.0', 'model/middle@1.0.0'],
        ['model/middle@1.0.0', 'model/sound@1.0.0'],
        ['model/middle@1.0.0', 's3://bucket/rows'],
      ],
    );
  });
});

describe('push looks at new versions', () => {
  it('only: what the remote has without its object does not stop it, a new one does', async () => {
    ana.git('rm', '--quiet', '--cached', shared);
    ana.git('commit', '--quiet', '-m', 'lose an object');
    const refused = await throwsCode(async () => push(await ana.open()), 'object/missing');
    assert.match(refused.message, /model\/sound@1\.0\.0/);
    ana.git('push', '--quiet', 'origin', 'main');
    await ana.register('model/more@1.0.0');
    await push(await ana.open());
  });
});
