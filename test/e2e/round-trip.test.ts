import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { get, unpack } from '../../src/index.js';
import { objectPath } from '../../src/manifest/layout-of-registry.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';
import { assertFsck, assertVerified, makePerson, type Person, put, sha256, treeOf } from './people.js';

describe('what is registered comes back byte for byte', () => {
  const dir = useTempDir('suite');
  let ana: Person;
  let registry: string;

  before(async () => {
    ana = makePerson(dir.path, 'ana');
    registry = dir.at('a registry');
    await ana.init(registry);
  });

  const getTo = async (ref: string, out: string, options: { force?: boolean; as?: 'at1' } = {}) =>
    get(await ana.open(registry), { ref, out: dir.at(out), ...options });

  it('an empty file', async () => {
    const path = put(dir.at('empty.bin'), '');
    const registered = await ana.register(registry, { ref: 'data/empty@1.0.0', paths: [path] });
    assert.equal(registered.content, `sha256:${sha256(new Uint8Array(0))}`);
    const { size } = await getTo('data/empty@1.0.0', 'empty.out');
    assert.equal(size, 0);
    assert.equal(readFileSync(dir.at('empty.out')).length, 0);
  });

  it('files of every size around the segment and block limits', async () => {
    for (const size of [1, 127, 65_535, 65_536, (8 << 20) - 1, 8 << 20, (8 << 20) + 1, (16 << 20) + 1]) {
      const bytes = randomBytes(size, size);
      put(dir.at('sized.bin'), bytes);
      const ref = `data/sized-${size}@1.0.0`;
      const { content } = await ana.register(registry, { ref, paths: [dir.at('sized.bin')] });
      assert.equal(content, `sha256:${sha256(bytes)}`);
      await getTo(ref, `sized-${size}.out`);
      assert.equal(Buffer.compare(readFileSync(dir.at(`sized-${size}.out`)), bytes), 0, `${size} bytes`);
    }
  });

  it('names with spaces, quotes, dots and every alphabet', async () => {
    const names = [
      'a b.csv',
      "it's.csv",
      '"q".csv',
      '..dots',
      'ünïcödé.csv',
      '数据.csv',
      '🜁.csv',
      '-x',
      '$HOME',
      '%20',
    ];
    for (const name of names) put(dir.at('names', 'sub folder', name), name);
    await ana.register(registry, { ref: 'data/names@1.0.0', paths: [dir.at('names')] });
    await getTo('data/names@1.0.0', 'names.out');
    assert.deepEqual(treeOf(dir.at('names.out')), treeOf(dir.at('names')));
    assert.equal(treeOf(dir.at('names')).size, names.length);
  });

  it('a tree of 2,000 small files with empty folders and executables', async () => {
    for (let i = 0; i < 2000; i++) {
      put(dir.at('tree', `part ${i % 40}`, `${i}.txt`), `${i}\n`.repeat(i % 50), i % 7 === 0 ? 0o755 : 0o644);
    }
    for (const name of ['empty', 'nested/empty', 'part 3/also empty'])
      mkdirSync(dir.at('tree', name), { recursive: true });
    const done = await ana.register(registry, { ref: 'data/tree@1.0.0', paths: [dir.at('tree')] });
    assert.equal(done.files.length, 2000);
    const { files } = await getTo('data/tree@1.0.0', 'tree.out');
    assert.equal(files, 2000);
    assert.deepEqual(treeOf(dir.at('tree.out')), treeOf(dir.at('tree')));
    for (let i = 0; i < 2000; i += 1) {
      const mode = statSync(dir.at('tree.out', `part ${i % 40}`, `${i}.txt`)).mode & 0o111;
      assert.equal(mode !== 0, i % 7 === 0, `${i}.txt`);
    }
  });

  it('a single executable is its bytes: the mode of one file is no part of it', async () => {
    const path = put(dir.at('run.sh'), '#!/bin/sh\necho hello\n', 0o755);
    const first = await ana.register(registry, { ref: 'recipe/run@1.0.0', paths: [path] });
    chmodSync(path, 0o644);
    const again = await ana.register(registry, { ref: 'recipe/run@1.0.0', paths: [path] });
    assert.equal(again.state, 'unchanged');
    assert.equal(again.content, first.content);
    await getTo('recipe/run@1.0.0', 'run.out');
    assert.equal(readFileSync(dir.at('run.out'), 'utf8'), '#!/bin/sh\necho hello\n');
  });

  it('several paths become one tree', async () => {
    put(dir.at('several', 'weights.bin'), randomBytes(5000, 5));
    put(dir.at('several', 'config', 'a.json'), '{}');
    put(dir.at('several', 'config', 'b.json'), '[]');
    const paths = [dir.at('several', 'weights.bin'), dir.at('several', 'config')];
    const done = await ana.register(registry, { ref: 'model/several@1.0.0', paths });
    assert.deepEqual(done.files.map(({ path }) => path).sort(), ['config/a.json', 'config/b.json', 'weights.bin']);
    await getTo('model/several@1.0.0', 'several.out');
    assert.deepEqual(treeOf(dir.at('several.out')), treeOf(dir.at('several')));
  });

  it('a content digest of one file is what sha256sum prints', async () => {
    const path = put(dir.at('sum.bin'), randomBytes(100_000, 9));
    const { content } = await ana.register(registry, { ref: 'data/sum@1.0.0', paths: [path] });
    const printed = spawnSync('sha256sum', ['sum.bin'], { cwd: dir.path, encoding: 'utf8' }).stdout;
    assert.equal(content, `sha256:${printed.split(' ')[0]}`);
  });

  it('a folder without any file is refused with the reason, and so is a link', async () => {
    mkdirSync(dir.at('hollow', 'inner'), { recursive: true });
    const refused = await throwsCode(
      () => ana.register(registry, { ref: 'data/hollow@1.0.0', paths: [dir.at('hollow')] }),
      'artifact/no-files',
    );
    assert.match(refused.message, /hollow/);
    put(dir.at('linked', 'real.txt'), 'x');
    symlinkSync('real.txt', dir.at('linked', 'link.txt'));
    const link = await throwsCode(
      () => ana.register(registry, { ref: 'data/linked@1.0.0', paths: [dir.at('linked')] }),
      'artifact/unsupported-file',
    );
    assert.match(`${link.message} ${JSON.stringify(link.facts)}`, /link\.txt/);
    symlinkSync('/dev/zero', dir.at('endless'));
    await throwsCode(
      () => ana.register(registry, { ref: 'data/endless@1.0.0', paths: [dir.at('endless')] }),
      'artifact/unsupported-file',
    );
    assert.equal(ana.git(registry, 'status', '--porcelain'), '');
  });

  it('get does not write over what is there, unless told to', async () => {
    put(dir.at('kept.out'), 'mine');
    await throwsCode(() => getTo('data/empty@1.0.0', 'kept.out'), 'output/exists');
    assert.equal(readFileSync(dir.at('kept.out'), 'utf8'), 'mine');
    await getTo('data/empty@1.0.0', 'kept.out', { force: true });
    assert.equal(readFileSync(dir.at('kept.out'), 'utf8'), '');
    put(dir.at('kept tree', 'old.txt'), 'mine');
    await throwsCode(() => getTo('model/several@1.0.0', 'kept tree'), 'output/exists');
    assert.deepEqual([...treeOf(dir.at('kept tree')).keys()], ['old.txt']);
    await getTo('model/several@1.0.0', 'kept tree', { force: true });
    // Replaced are files of the same names only: what else is there stays.
    assert.deepEqual(treeOf(dir.at('kept tree'), { without: ['old.txt'] }), treeOf(dir.at('several')));
    assert.equal(readFileSync(dir.at('kept tree', 'old.txt'), 'utf8'), 'mine');
    const litter = readdirSync(dir.path).filter((name) => name.startsWith('.'));
    assert.deepEqual(litter, []);
  });

  it('one self-contained container unpacks to the same bytes', async () => {
    const bytes = Buffer.concat([randomBytes(9 << 20, 3), Buffer.from('text\n'.repeat(100_000))]);
    put(dir.at('packed.bin'), bytes);
    await ana.register(registry, { ref: 'data/packed@1.0.0', paths: [dir.at('packed.bin')] });
    await getTo('data/packed@1.0.0', 'packed.at1', { as: 'at1' });
    const done = await unpack({ path: dir.at('packed.at1'), out: dir.at('packed.out') });
    assert.equal(done.sha256, `sha256:${sha256(bytes)}`);
    assert.equal(Buffer.compare(readFileSync(dir.at('packed.out')), bytes), 0);
  });

  it('the same bytes under another name, or inside a tree, are stored once', async () => {
    const bytes = randomBytes(200_000, 77);
    put(dir.at('twice', 'x.bin'), bytes);
    const first = await ana.register(registry, { ref: 'data/first@1.0.0', paths: [dir.at('twice', 'x.bin')] });
    assert.deepEqual(
      first.objects.map(({ reused }) => reused),
      [false],
    );
    const second = await ana.register(registry, { ref: 'data/second@2.0.0', paths: [dir.at('twice')] });
    assert.deepEqual(
      second.objects.map(({ reused, digest }) => [reused, digest]),
      [[true, first.objects[0]?.digest]],
    );
    assert.equal(second.stored, 0);
    const [object] = first.objects;
    assert.ok(object !== undefined && statSync(`${registry}/${objectPath(object.digest)}`).size === object.size);
  });

  it('and afterwards all of it verifies, in the eyes of git too', async () => {
    const result = await ana.verify(registry);
    assertVerified(result);
    assert.equal(result.checked.manifests, result.checked.signatures);
    assert.equal(result.checked.tags, result.checked.manifests);
    assertFsck(ana, registry);
    assert.equal(ana.git(registry, 'status', '--porcelain'), '');
  });
});
