/** `get`: all of it or nothing, and never what does not count. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blake3Of, digestOf } from '../../src/digest/digest.js';
import type { Oid } from '../../src/git-format/oid.js';
import { get, openRegistry, show } from '../../src/index.js';
import type { Manifest } from '../../src/manifest/documents.js';
import { parseRelPath } from '../../src/manifest/rel-path.js';
import { treeDigest } from '../../src/manifest/tree-digest.js';
import { git } from '../helpers/git.js';
import { ana, environmentOf, eve, HistoryBuilder } from '../helpers/registry-fixture.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

const dir = useTempDir();
let b: HistoryBuilder;
let root: Oid;
let environment: Awaited<ReturnType<typeof environmentOf>>;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  root = await b.commit([], await b.genesis(ana));
  environment = await environmentOf(dir.at('home'), ana);
});

const open = (name = 'registry', at?: string) => openRegistry({ dir: dir.at(name), environment, at });

describe('get', () => {
  it('takes the newest that counts for latest, whatever waits or is wrong above it', async () => {
    const one = await b.commit([root], await b.version('model/x@1.0.0'));
    const two = await b.commit([one], await b.version('model/x@1.1.0', { keys: [eve] }));
    b.writeTo(dir.at('registry'), await b.commit([two], { 'model/x/1.2.0.toml': 'junk' }));
    for (const ref of ['model/x', 'x', 'model/x@latest', 'model/x@^1.0.0']) {
      const { ref: got } = await get(await open(), { ref, out: dir.at('out'), force: true });
      assert.equal(got, 'model/x@1.0.0');
    }
    await throwsCode(async () => get(await open(), { ref: 'x@1.1.0', out: dir.at('no') }), 'signature/unknown-key');
  });

  it('warns of a pre-release in the words of show', async () => {
    b.writeTo(dir.at('registry'), await b.commit([root], await b.version('model/x@1.0.0-rc.1')));
    const { warnings } = await get(await open(), { ref: 'model/x', out: dir.at('out') });
    assert.deepEqual(warnings, ['1.0.0-rc.1 is a pre-release']);
    assert.deepEqual((await show(await open(), 'model/x')).warnings, warnings);
  });

  it('tells what is wrong with the version that was asked for, not with one of the same number', async () => {
    const one = await b.commit([root], await b.version('model/a@1.0.0', { keys: [eve] }));
    b.writeTo(dir.at('registry'), await b.commit([one], await b.version('model/b@1.0.0', { keys: [] })));
    await throwsCode(async () => get(await open(), { ref: 'b@1.0.0', out: dir.at('no') }), 'signature/missing');
    await throwsCode(async () => get(await open(), { ref: 'a@1.0.0', out: dir.at('no') }), 'signature/unknown-key');
  });

  it('does not fall back to an older one when the newest that counts was tampered with', async () => {
    const one = await b.commit([root], await b.version('model/x@1.0.0'));
    const two = await b.commit([one], await b.version('model/x@1.1.0'));
    b.writeTo(dir.at('registry'), await b.commit([two], { 'model/x/1.1.0.toml': null }));
    await throwsCode(async () => get(await open(), { ref: 'model/x', out: dir.at('no') }), 'history/manifest-removed');
    const { ref } = await get(await open(), { ref: 'model/x@1.0.0', out: dir.at('out') });
    assert.equal(ref, 'model/x@1.0.0');
  });

  it('reads the past as it was, without what came later', async () => {
    const one = await b.commit([root], await b.version('model/x@1.0.0'));
    b.writeTo(dir.at('registry'), await b.commit([one], await b.version('model/x@1.1.0')));
    const { ref } = await get(await open('registry', one), { ref: 'model/x', out: dir.at('out') });
    assert.equal(ref, 'model/x@1.0.0');
    await throwsCode(
      async () => get(await open('registry', one), { ref: 'x@1.1.0', out: dir.at('no') }),
      'artifact/not-found',
    );
  });

  it('works in a bare clone, from objects in packs', async () => {
    b.writeTo(dir.at('registry'), await b.commit([root], await b.version('model/x@1.0.0')));
    git(dir.at('registry'), ['gc', '--quiet']);
    git(dir.path, ['clone', '--quiet', '--bare', dir.at('registry'), 'bare.git']);
    await get(await open('bare.git'), { ref: 'model/x', out: dir.at('out') });
    assert.equal(readFileSync(dir.at('out'), 'utf8'), 'content of model/x@1.0.0\n');
  });

  it('writes a tree whole, or leaves nothing of it and everything that was there', async () => {
    const parts = ['one\n', 'two\n'].map((text) => new TextEncoder().encode(text));
    const objects: Record<string, Uint8Array> = {};
    const files: Manifest['files'][number][] = [];
    for (const [i, data] of parts.entries()) {
      const made = await b.manifest('model/part@1.0.0', { content: new TextDecoder().decode(data) });
      Object.assign(objects, made.objects);
      const [path, container] = Object.entries(made.objects)[0] ?? assert.fail();
      const sha256 = digestOf(b.engines.sha256(data));
      const object = digestOf(b.engines.sha256(container));
      assert.ok(path.includes(object));
      const segments = [{ size: data.length, sha256, object, stored: container.length }];
      const blake3 = blake3Of(b.engines.blake3(data));
      files.push({ path: parseRelPath(`dir/f${i}.txt`), size: data.length, sha256, blake3, segments });
    }
    const edit = (honest: Manifest): Manifest => ({
      ...honest,
      form: 'tree',
      content: treeDigest(files, [], b.engines),
      size: 8,
      files,
    });
    const version = await b.version('model/tree@1.0.0', { edit });
    b.writeTo(dir.at('registry'), await b.commit([root], { ...version, ...objects }));
    await get(await open(), { ref: 'model/tree', out: dir.at('tree') });
    assert.equal(readFileSync(dir.at('tree', 'dir', 'f1.txt'), 'utf8'), 'two\n');
    const second = Object.keys(objects)[1] as string;
    const bad = await b.commit([root], { ...version, ...objects, [second]: 'gone' });
    b.writeTo(dir.at('damaged'), bad);
    mkdirSync(dir.at('there'));
    writeFileSync(dir.at('there', 'mine'), 'x');
    for (const request of [{ out: dir.at('new') }, { out: dir.at('there'), force: true }]) {
      await throwsCode(
        async () => get(await open('damaged'), { ref: 'model/tree', ...request }),
        'object/digest-mismatch',
      );
    }
    assert.ok(!existsSync(dir.at('new')));
    assert.deepEqual(readdirSync(dir.at('there')), ['mine']);
    assert.deepEqual(readdirSync(dir.path).sort(), ['damaged', 'home', 'registry', 'there', 'tree']);
  });

  it('is not misled by replaced objects and grafts', async () => {
    const one = await b.commit([root], await b.version('model/x@1.0.0'));
    const two = await b.commit([one], await b.version('model/x@1.1.0', { keys: [eve] }));
    b.writeTo(dir.at('registry'), two);
    const evil = b.put('blob', new TextEncoder().encode('evil'));
    b.writeObjects(join(dir.at('registry'), '.git'));
    git(dir.at('registry'), ['replace', b.fileAt(one, 'model/x/1.0.0.toml'), evil]);
    const { ref } = await get(await open(), { ref: 'model/x', out: dir.at('out') });
    assert.equal(ref, 'model/x@1.0.0');
    writeFileSync(dir.at('registry', '.git', 'info', 'grafts'), `${two}\n`);
    await throwsCode(open, 'git/unsupported');
  });
});
