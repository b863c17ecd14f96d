/** Catalog and segment index: carried on from commit to commit they are what `reindex` makes of the whole history. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { list, register, registerAll, reindex, unregister } from '../../src/index.js';
import { systemError, withInterceptor } from '../helpers/changes.js';
import { type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

const dir = useTempDir();
let ana: Clone;

beforeEach(async () => {
  ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home-ana'), 'ana'));
});

const cached = (name: string) => readFileSync(join(ana.dir, '.at1', 'cache', name), 'utf8');
const headOf = (name: string) => /[0-9a-f]{40}/.exec(cached(name))?.[0];
const bytes = (text: string) => new TextEncoder().encode(text);

/** What is kept is of HEAD, and byte for byte what is made anew. */
async function assertAsRebuilt(what: string): Promise<void> {
  const head = ana.git('rev-parse', 'HEAD');
  for (const name of ['catalog.jsonl', 'segments.txt']) assert.equal(headOf(name), head, `${name} after ${what}`);
  const kept = ['catalog.jsonl', 'segments.txt'].map(cached);
  await reindex(await ana.open());
  assert.deepEqual(kept, ['catalog.jsonl', 'segments.txt'].map(cached), what);
}

describe('catalog and segment index', () => {
  it('equal rebuilt ones after every way a version can land', async () => {
    // Whom git's own commits are by: unregister makes only one's own again.
    ana.git('config', 'user.email', ana.git('var', 'GIT_AUTHOR_IDENT').replace(/^.*<|>.*$/g, ''));
    await ana.register('model/a@1.0.0');
    await assertAsRebuilt('the first version');
    ana.git('commit', '--quiet', '--allow-empty', '-m', 'foreign');
    await ana.register('model/a@1.1.0', 'content of model/a@1.0.0');
    await assertAsRebuilt('a foreign commit');
    const content = { name: 'x.bin', bytes: bytes('by hand') };
    await register(await ana.open(), { ref: 'model/hand@1.0.0', content }, { commit: false });
    ana.git('add', '.');
    ana.git('commit', '--quiet', '-m', 'by hand');
    await ana.register('data/b@1.0.0');
    await assertAsRebuilt('a version that was committed by hand');
    await unregister(await ana.open(), { ref: 'data/b@1.0.0' });
    await ana.register('data/b@1.1.0');
    await assertAsRebuilt('a version that was taken back');
  });

  it('hold what another process registered while this one was reading its files', async () => {
    await ana.register('model/a@1.0.0');
    const slow = async function* () {
      yield bytes('first half');
      await ana.register('model/other@1.0.0');
      yield bytes('second half');
    };
    await register(await ana.open(), { ref: 'model/slow@1.0.0', content: { name: 'x.bin', bytes: slow() } });
    await assertAsRebuilt('two at once');
  });

  it('are carried on, not made anew, when somebody else committed in between', async () => {
    await ana.register('model/a@1.0.0');
    const mark = `${'f'.repeat(64)} ${'e'.repeat(64)} 1 2\n`;
    writeFileSync(join(ana.dir, '.at1', 'cache', 'segments.txt'), cached('segments.txt') + mark);
    ana.git('commit', '--quiet', '--allow-empty', '-m', 'foreign');
    await ana.register('model/a@1.1.0');
    assert.ok(cached('segments.txt').endsWith(mark));
  });

  it('are never set back by a handle that was opened before the branch moved on', async () => {
    const old = await ana.open();
    for (const version of ['1.0.0', '1.1.0', '1.2.0']) {
      const content = { name: 'x.bin', bytes: bytes(version) };
      const { state } = await register(old, { ref: `model/a@${version}`, content });
      assert.equal(state, 'registered');
    }
    const { artifacts } = await list(old);
    assert.deepEqual(artifacts, [], 'the handle shows the moment it was opened');
    await assertAsRebuilt('reading through the old handle');
  });

  it('that cannot be written are told of by what is in the way', async () => {
    await ana.register('model/a@1.0.0');
    for (const [system, code] of [
      ['ENOSPC', 'io/full'],
      ['EROFS', 'io/read-only'],
      ['EIO', 'io/failed'],
    ] as const) {
      const registry = await ana.open();
      const work = () => throwsCode(() => reindex(registry), code);
      const error = await withInterceptor((change, act) => {
        if (change.kind === 'write') throw systemError(system, change.kind);
        return act();
      }, work);
      assert.match(error.hint ?? '', /every command works without the cache/);
    }
  });

  it('give a registration the other version that has the same bytes', async () => {
    await ana.register('model/a@1.0.0', 'same');
    const content = { name: 'model.bin', bytes: bytes('same') };
    const requests = [
      { ref: 'model/a@1.1.0', content },
      { ref: 'model/b@1.0.0', content },
    ];
    const results = await registerAll(await ana.open(), requests);
    assert.deepEqual(
      results.map(({ twin }) => twin),
      ['model/a@1.0.0', null],
    );
  });
});
