/** Writing into a work tree that somebody else's commits have shaped. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Oid } from '../../src/git-format/oid.js';
import { list, openRegistry, register, verify } from '../../src/index.js';
import { ana, environmentOf, HistoryBuilder } from '../helpers/registry-fixture.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

const dir = useTempDir();

describe('a link that somebody committed in place of a folder', () => {
  let b: HistoryBuilder;
  let root: Oid;

  beforeEach(async () => {
    b = await HistoryBuilder.make();
    root = await b.commit([], await b.genesis(ana));
    mkdirSync(dir.at('outside'));
  });

  async function put(link: string) {
    b.writeTo(dir.at('registry'), await b.commit([root], { [link]: { mode: '120000', bytes: dir.at('outside') } }));
    return openRegistry({ dir: dir.at('registry'), environment: await environmentOf(dir.at('home'), ana) });
  }

  it('is not written through by register', async () => {
    for (const link of ['model', 'model/x', 'objects', 'model/x/1.0.0.sig']) {
      const registry = await put(link);
      const bytes = new TextEncoder().encode('some content');
      const request = { ref: 'model/x@1.0.0', content: { name: 'model.bin', bytes } };
      await throwsCode(() => register(registry, request), 'io/unsafe-path');
      assert.deepEqual(readdirSync(dir.at('outside')), [], link);
      for (const name of ['registry', 'home']) {
        rmSync(join(dir.path, name), { recursive: true });
      }
    }
  });

  it('is not written through by the cache', async () => {
    const registry = await put('.at1/cache');
    assert.ok((await verify(registry)).ok);
    assert.deepEqual(await list(registry), { artifacts: [] });
    assert.deepEqual(readdirSync(dir.at('outside')), []);
  });
});
