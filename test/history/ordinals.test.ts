/** Versions as MLflow would count them: by when they took effect on the mainline, whatever their numbers are. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import { readMainline } from '../../src/history/mainline.js';
import { ordinalOf } from '../../src/history/ordinals.js';
import { signaturePathOf } from '../../src/manifest/layout-of-registry.js';
import { parsePrincipalName } from '../../src/manifest/name.js';
import { rowOf } from '../helpers/fold-results.js';
import { ana, bo, eve, HistoryBuilder, type Key } from '../helpers/registry-fixture.js';

describe('the ordinal of a version', () => {
  let b: HistoryBuilder;
  let tip: Oid;

  beforeEach(async () => {
    b = await HistoryBuilder.make();
    tip = await b.commit([], await b.genesis(ana, { principals: [ana, bo], threshold: 1 }));
  });

  const lands = async (...refs: readonly string[]) => {
    const files = await Promise.all(refs.map((ref) => b.version(ref)));
    tip = await b.commit([tip], Object.assign({}, ...files));
  };
  const ordinals = async (...refs: readonly string[]) => {
    const folded = await b.fold(tip);
    const { commits } = await readMainline(b, tip, { shallow: b.shallow });
    return refs.map((ref) => ordinalOf(folded.state, rowOf(folded, ref), commits));
  };
  const sign = async (ref: string, key: Key) => {
    const { path, manifest } = await b.manifest(ref);
    const name = parsePrincipalName(key.name);
    tip = await b.commit([tip], { [signaturePathOf(path, name)]: await b.sign(key, 'at1-manifest', manifest) });
  };

  it('counts arrivals of one artifact, not numbers, and of one kind', async () => {
    await lands('model/x@2.0.0');
    await lands('model/y@1.0.0', 'data/x@9.0.0');
    await lands('model/x@1.0.0');
    await lands('model/x@3.0.0');
    assert.deepEqual(
      await ordinals('model/x@2.0.0', 'model/x@1.0.0', 'model/x@3.0.0', 'model/y@1.0.0', 'data/x@9.0.0'),
      [1, 2, 3, 1, 1],
    );
  });

  it('counts versions that one commit brought by their numbers', async () => {
    await lands('model/x@1.10.0', 'model/x@1.9.0', 'model/x@1.9.0-rc.1');
    assert.deepEqual(await ordinals('model/x@1.9.0-rc.1', 'model/x@1.9.0', 'model/x@1.10.0'), [1, 2, 3]);
  });

  it('counts none that waits, and one that waited when it took effect', async () => {
    const early = await b.version('model/x@1.0.0', { keys: [eve] });
    tip = await b.commit([tip], early);
    await lands('model/x@1.1.0');
    assert.deepEqual(await ordinals('model/x@1.0.0', 'model/x@1.1.0'), [null, 1]);
    await sign('model/x@1.0.0', bo);
    await lands('model/x@1.2.0');
    assert.deepEqual(await ordinals('model/x@1.1.0', 'model/x@1.0.0', 'model/x@1.2.0'), [1, 2, 3]);
  });

  it('stays when a waiting version is taken back, and what a merge brought counts where it landed', async () => {
    await lands('model/x@1.0.0');
    const fork = tip;
    const side = await b.commit([fork], await b.version('model/x@0.9.0'));
    await lands('model/x@1.1.0');
    tip = await b.commit([tip, side], await b.version('model/x@0.9.0'));
    await lands('model/x@1.2.0');
    const refs = ['model/x@1.0.0', 'model/x@1.1.0', 'model/x@0.9.0', 'model/x@1.2.0'];
    assert.deepEqual(await ordinals(...refs), [1, 2, 3, 4]);
    const before = tip;
    tip = await b.commit([before], await b.version('model/x@5.0.0', { keys: [eve] }));
    assert.deepEqual(await ordinals(...refs, 'model/x@5.0.0'), [1, 2, 3, 4, null]);
    tip = before;
    assert.deepEqual(await ordinals(...refs), [1, 2, 3, 4]);
  });
});
