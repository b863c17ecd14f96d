/** Which state is gone on from: the gate keeps that of its target, and what is read is what a fold from the beginning says. */
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { loadTargetCatalog, saveTargetCatalog, targetCatalogPath } from '../../src/catalog/catalog-file.js';
import { At1Error } from '../../src/errors.js';
import type { Oid } from '../../src/git-format/oid.js';
import { type Environment, gate, openRegistry } from '../../src/index.js';
import { attentive, catalogPlace, loadState } from '../../src/ops/load-state.js';
import type { Registry } from '../../src/ops/open-registry.js';
import { ana, environmentOf, HistoryBuilder } from '../helpers/registry-fixture.js';
import { useTempDir } from '../helpers/temp-dir.js';

describe('the state to go on from', () => {
  const dir = useTempDir();
  let b: HistoryBuilder;
  let commits: Oid[];
  let environment: Partial<Environment>;

  beforeEach(async () => {
    b = await HistoryBuilder.make();
    commits = [await b.commit([], await b.genesis(ana))];
    for (const number of [0, 1, 2, 3]) {
      commits.push(await b.commit([commits.at(-1) as Oid], await b.version(`data/a@1.0.${number}`)));
    }
    environment = await environmentOf(dir.at('home'), ana);
    b.writeTo(dir.at('registry'), commits.at(-1) as Oid);
  });

  const nth = (index: number) => commits[index] as Oid;
  const at = (index: number) => openRegistry({ dir: dir.at('registry'), at: nth(index), environment });

  /** The same, telling how many objects are read by it. */
  function counted(registry: Registry): { readonly registry: Registry; readonly reads: () => number } {
    let reads = 0;
    const { reader } = registry;
    const counting = Object.create(reader, {
      read: {
        value: (oid: Oid, limit?: number) => {
          reads++;
          return reader.read(oid, limit);
        },
      },
    }) as typeof reader;
    return { registry: { ...registry, reader: counting }, reads: () => reads };
  }

  it('is kept by the gate for its next target, in the state folder, and nothing is kept by who reads the past', async () => {
    const base = await at(2);
    const place = catalogPlace(base);
    await loadState(base);
    assert.equal(await loadTargetCatalog(place), undefined);
    const first = await gate(base, { head: nth(3) });
    assert.equal(first.ok, true);
    assert.equal((await loadTargetCatalog(place))?.head, nth(2));
    assert.equal(existsSync(dir.at('registry', '.at1', 'cache', 'catalog.jsonl')), false);
    const again = counted(await at(2));
    assert.deepEqual(await gate(again.registry, { head: nth(3) }), first);
    const next = counted(await at(3));
    const loaded = await loadState(next.registry, { isTarget: true });
    assert.ok(next.reads() < 40, `${next.reads()} objects read`);
    assert.equal((await loadTargetCatalog(place))?.head, nth(3));
    writeFileSync(targetCatalogPath(place), 'planted');
    const anew = counted(await at(3));
    assert.deepEqual((await loadState(anew.registry)).state, loaded.state);
    assert.ok(anew.reads() > next.reads(), `${anew.reads()} objects read`);
  });

  it('is left alone where it is of a later commit, of another history, or of the edge of a shallow clone', async () => {
    const base = await at(1);
    const place = catalogPlace(base);
    const { state } = await loadState(base);
    const later = (await loadState(await at(4))).state;
    const root = { ...later.root, complete: false };
    for (const one of [later, { ...later, head: 'f'.repeat(40) as Oid }, { ...later, head: nth(1), root }]) {
      assert.equal(await saveTargetCatalog(place, one), undefined);
      assert.deepEqual((await loadState(await at(1))).state, state);
    }
  });

  it('is that of its own folder where a copy of the registry lies beside it', async () => {
    const place = catalogPlace(await at(4));
    assert.notEqual(targetCatalogPath(place), targetCatalogPath({ ...place, prefix: 'copy' }));
  });

  it('is not kept where an object was missing, whether or not anything is said of it', async () => {
    const { reader } = b.source;
    const missing = nth(1);
    const half = {
      read: async (oid: Oid) => {
        if (oid === missing) throw new At1Error('git/object-missing', { message: 'gone' });
        if (oid === nth(2)) throw new At1Error('git/invalid-object', { message: 'torn', facts: { damaged: true } });
        if (oid === nth(3)) throw new At1Error('git/invalid-object', { message: 'never was one' });
        return reader.read(oid);
      },
    };
    const lacksAfter = async (oid: Oid) => {
      const watched = attentive(half);
      await watched.reader.read(oid).catch(() => undefined);
      return watched.lacks();
    };
    assert.deepEqual(await Promise.all([0, 1, 2, 3].map((i) => lacksAfter(nth(i)))), [false, true, true, false]);
  });
});
