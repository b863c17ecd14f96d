/** All that a fold gives, field by field, and that it is the same wherever it is cut. */
import assert from 'node:assert/strict';
import { digestOf } from '../../src/digest/digest.js';
import type { Oid } from '../../src/git-format/oid.js';
import { foldHistory } from '../../src/history/fold.js';
import type { Manifest } from '../../src/manifest/documents.js';
import { rowOf } from '../helpers/fold-results.js';
import { ana, BEGAN, bo, HistoryBuilder, REGISTRY } from '../helpers/registry-fixture.js';
import { throwsCode } from '../helpers/throws-code.js';
import { troubledHistory } from '../helpers/troubled-history.js';

describe('the result of a fold', () => {
  it('has everything about a version', async () => {
    const b = await HistoryBuilder.make();
    const root = await b.commit([], await b.genesis(ana, { principals: [ana, bo] }));
    const edit = (honest: Manifest): Manifest => ({ ...honest, description: 'a thing' });
    const files = await b.version('model/x@1.0.0', { keys: [bo, ana], edit });
    const tip = await b.commit([root], { ...files, ...(await b.version('model/x@1.0.1')) });
    const row = rowOf(await b.fold(tip), 'model/x@1.0.0');
    const text = new TextDecoder().decode(b.bytesAt(tip, row.path));
    const number = (key: string) =>
      Number(new RegExp(`^ *(?:{ )?${key} = (\\d+)|, ${key} = (\\d+)`, 'm').exec(text)?.slice(1).join(''));
    assert.deepEqual(row, {
      document: 'manifest',
      path: 'model/x/1.0.0.toml',
      kind: 'model',
      lineage: [],
      name: 'x',
      version: '1.0.0',
      blob: b.fileAt(tip, row.path),
      manifest: digestOf(b.engines.sha256(b.bytesAt(tip, row.path))),
      content: /^content = "sha256:(.*)"$/m.exec(text)?.[1],
      form: 'file',
      created: '2026-03-04T05:06:07Z',
      description: 'a thing',
      size: number('size'),
      stored: number('stored'),
      files: 1,
      commit: tip,
      tagTime: BEGAN + 1,
      effective: tip,
      signers: ['ana', 'bo'],
      problems: [],
    });
    const next = rowOf(await b.fold(tip), 'model/x@1.0.1');
    assert.deepEqual([next.description, next.tagTime], [null, BEGAN + 2]);
  });

  it('says where the registry began, and how much was read', async () => {
    const b = await HistoryBuilder.make();
    const before = await b.commit([], { 'README.md': 'x' });
    const root = await b.commit([before], await b.genesis());
    const foreign = await b.commit([root], { 'README.md': 'y' });
    const tip = await b.commit([foreign], await b.version('model/x@1.0.0'));
    const touched: Oid[] = [];
    const steps: (readonly [Oid, ...string[]])[] = [];
    const folded = await foldHistory(b.source, tip, {
      onTouched: (oid) => touched.push(oid),
      onStep: (oid, versions) => steps.push([oid, ...versions.map(({ path }) => path)]),
    });
    assert.deepEqual([touched, folded.commits, folded.signatures], [[root, tip], 4, 1]);
    assert.deepEqual(steps, [[root], [tip, 'model/x/1.0.0.toml']]);
    const { head, registry, branch, root: began, policies, policy } = folded.state;
    assert.deepEqual([head, registry, branch, policies], [tip, REGISTRY, 'main', [policy]]);
    assert.deepEqual(began, { commit: root, policy: folded.policy.digest, complete: true });
    const again = await b.fold(tip, folded.state);
    assert.deepEqual([again.commits, again.signatures, again.state], [0, 0, folded.state]);
    const config = new TextDecoder().decode(b.bytesAt(tip, 'at1.toml')).replace('"main"', '"other"');
    assert.equal((await b.fold(await b.commit([tip], { 'at1.toml': config }))).state.branch, 'other');
  });

  it('is an error where there is no registry, or none that can be believed', async () => {
    const b = await HistoryBuilder.make();
    const nothing = await throwsCode(async () => b.fold(await b.commit([], {})), 'registry/not-found');
    assert.deepEqual(
      [nothing.message, nothing.hint],
      ['no commit of this history holds a registry', 'run at1 init, or check --at'],
    );
    const files = await b.genesis();
    const unsigned = await b.commit([], { ...files, '.at1/policy/policy.sig/ana.sig': null });
    const refused = await throwsCode(() => b.fold(unsigned), 'policy/unsigned');
    assert.deepEqual(
      [refused.message, refused.hint, refused.facts],
      [
        "the registry's first policy cannot be accepted: policy 1 is not signed by enough of the people it names",
        'nothing in this registry can be trusted; ask its owner for the root digest and a good clone',
        { commit: unsigned },
      ],
    );
    const linked = await b.commit([], { ...files, 'at1.toml': { mode: '120000', bytes: 'x' } });
    const link = await throwsCode(() => b.fold(linked), 'registry/not-found');
    assert.equal(link.message, 'at1.toml is not a plain file');
  });

  it('is the same wherever the walk is cut', async () => {
    const { b, tip, steps } = await troubledHistory();
    const whole = await b.fold(tip);
    let state = (await b.fold(steps[1] as Oid)).state;
    for (const [i, step] of steps.entries()) {
      if (i < 2) continue;
      state = (await b.fold(step, state)).state;
      // Over the merge, and over the commits that count for nothing.
      if (i === 4 || i > 16) assert.deepEqual((await b.fold(tip, state)).state, whole.state);
    }
    assert.deepEqual(state, whole.state);
  });
});
