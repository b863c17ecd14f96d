/** What becomes of a logged model: its name, its numbers, its description, and lineage by hand. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isName } from '../../src/manifest/name.js';
import { versionOfModel } from '../../src/mlflow/version-of-model.js';
import { SCALE } from '../scale.js';
import { anyDocument, parsed, RUN_ID, wholeDocument } from './documents.js';

const versionOf = (document: unknown, said: Parameters<typeof versionOfModel>[1] = []) =>
  versionOfModel(parsed(document), said);
const named = (name: unknown) => versionOf({ ...wholeDocument(), registered: { ...wholeDocument().registered, name } });

describe('the version that a logged model becomes', () => {
  it('has the name of the registered model, else of the run, made legal', () => {
    for (const [name, expected] of [
      ['fraud', 'fraud'],
      ['Fraud Detector (EU)', 'fraud-detector-eu'],
      ['catalog.schema.model_v2', 'catalog.schema.model_v2'],
      ['a/b', 'a-b'],
      ['..x..y..', 'x.y'],
      ['日本', undefined],
      ['production', undefined],
      ['1.2.3', undefined],
      ['con', undefined],
      ['', undefined],
      ['x'.repeat(300), undefined],
    ] as const) {
      assert.equal(named(name).name, expected, String(name));
    }
    assert.equal(versionOf({ ...wholeDocument(), registered: null }).name, 'fraud-run-7');
    assert.equal(versionOf({ ...wholeDocument(), registered: null, run: null }).name, 'model');
  });

  it('has the finite numbers under names a manifest takes, up to a thousand, and says of the others', () => {
    const { metrics, cardOnly } = versionOf(wholeDocument());
    assert.deepEqual([metrics, cardOnly], [{ auc: 0.93, zero: 0 }, ['loss', 'é']]);
    const many = Object.fromEntries(Array.from({ length: 1200 }, (_, i) => [`m${i}`, i]));
    const all = versionOf({ ...wholeDocument(), metrics: many });
    assert.deepEqual([Object.keys(all.metrics).length, all.cardOnly.length], [1000, 200]);
    assert.deepEqual(versionOf({ ...wholeDocument(), metrics: { __proto__x: 1, constructor: 2 } }).metrics, {
      constructor: 2,
    });
  });

  it('has the description of the registered version where it is plain', () => {
    const described = (description: unknown) =>
      versionOf({ ...wholeDocument(), registered: { ...wholeDocument().registered, description } }).description;
    assert.equal(described('Two\nlines, from https://a:b@c'), 'Two\nlines, from https://***@c');
    for (const none of [null, '', 'hidden \u202e', 'x'.repeat(4097)]) assert.equal(described(none), undefined);
  });

  it('takes lineage by hand in the place of data, and beside the run', () => {
    const of = (link: { readonly relation: string; readonly of: string }) => `${link.relation} ${link.of}`;
    const said = [
      { relation: 'trained-on', of: 'data/train@1.0.0' },
      { relation: 'produced-by', of: 'https://ci.example.org/7' },
    ];
    assert.deepEqual(versionOf(wholeDocument(), said).lineage.map(of), [
      'trained-on data/train@1.0.0',
      'produced-by https://ci.example.org/7',
      `produced-by http://mlflow.example.org:5000/team/#/experiments/3/runs/${RUN_ID}`,
    ]);
    const local = { ...wholeDocument(), server: null };
    const same = versionOf(local, [{ relation: 'produced-by', of: `runs:/${RUN_ID}` }]);
    assert.equal(same.lineage.filter(({ relation }) => relation === 'produced-by').length, 1);
  });

  it('has no more links than a manifest takes, and names the others', () => {
    const [dataset] = wholeDocument().datasets;
    const datasets = Array.from({ length: 300 }, (_, i) => ({ ...dataset, name: `n${i}`, source: '' }));
    const { lineage, leftOut } = versionOf({ ...wholeDocument(), datasets, tags: {} });
    assert.equal(lineage.length, 256);
    assert.equal(leftOut.length, 45);
    assert.match(leftOut[0] ?? '', /^lineage trained-on mlflow-dataset:\//);
  });

  it('is legal whatever MLflow calls it', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const { name, metrics, lineage, cardOnly } = versionOf(document);
        assert.ok(name === undefined || isName(name));
        assert.ok(lineage.length <= 256);
        assert.equal(Object.keys(metrics).length + cardOnly.length, Object.keys(document.metrics).length);
      }),
      { numRuns: SCALE.properties },
    );
  });
});
