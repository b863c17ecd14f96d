/** Links to a run and its datasets: such as a manifest takes, without passwords and places of one machine. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findHidden } from '../../src/manifest/hidden-text.js';
import { holdsPassword, isUri } from '../../src/manifest/lineage.js';
import { linksOfRun } from '../../src/mlflow/lineage-of-run.js';
import { isReference } from '../../src/registry/lineage-request.js';
import { SCALE } from '../scale.js';
import { anyDocument, parsed, RUN_ID, wholeDocument } from './documents.js';

const links = (document: unknown) => linksOfRun(parsed(document)).map(({ relation, of }) => `${relation} ${of}`);
const withSources = (...sources: readonly Partial<ReturnType<typeof wholeDocument>['datasets'][number]>[]) => ({
  ...wholeDocument(),
  run: null,
  datasets: sources.map((one) => ({ ...wholeDocument().datasets[0], ...one })),
});

describe('what a model of MLflow comes from', () => {
  it('is the run where people look at it, with what tells which model it was', () => {
    const [run] = linksOfRun(parsed(wholeDocument()));
    assert.deepEqual(run, {
      relation: 'produced-by',
      of: `http://mlflow.example.org:5000/team/#/experiments/3/runs/${RUN_ID}`,
      parameters: {
        artifact: 'model',
        experiment: 'credit',
        model_id: 'm-69db6b97139446969d5da9328c16437e',
        model_version: 'fraud/3',
        run: RUN_ID,
        run_name: 'Fraud Run 7',
      },
    });
  });

  it('is the run by its id where no server is known, and nothing of the machine', () => {
    assert.equal(links({ ...wholeDocument(), server: null })[0], `produced-by runs:/${RUN_ID}`);
    assert.deepEqual(links({ ...wholeDocument(), run: null, datasets: [] }), []);
  });

  it('is data that it was trained on, or measured on where MLflow says so', () => {
    const contexts = ['training', 'eval', ' Validation ', 'test', '', 'production'];
    const found = links(withSources(...contexts.map((context, i) => ({ context, name: `${i}`, source: '' }))));
    assert.deepEqual(
      found.map((link) => link.split(' ')[0]),
      ['trained-on', 'evaluated-on', 'evaluated-on', 'evaluated-on', 'trained-on', 'trained-on'],
    );
  });

  it('names data by its address where others can go, else by name and digest', () => {
    for (const [source, expected] of [
      ['{"url": "https://h/t.csv"}', 'https://h/t.csv'],
      ['{"uri": "S3://bucket/ä b.csv"}', 's3://bucket/%C3%A4%20b.csv'],
      ['https://h/plain', 'https://h/plain'],
      ['{"url": "https://ana:pw@h/t?sig=x"}', 'https://h/t'],
      ['{"uri": "dbfs:/data/t"}', 'dbfs:/data/t'],
      ['{"uri": "/srv/t.csv"}', undefined],
      ['{"uri": "file:///srv/t.csv"}', undefined],
      ['{"uri": "C:/data/t.csv"}', undefined],
      ['{"uri": "model:staging"}', undefined],
      ['{"uri": "data/train@1.0.0"}', undefined],
      ['{"tags": {"mlflow.user": "ana"}}', undefined],
      [`{"url": "https://h/${'x'.repeat(3000)}"}`, undefined],
      ['null', undefined],
      ['', undefined],
    ] as const) {
      assert.deepEqual(links(withSources({ source })), [`trained-on ${expected ?? 'mlflow-dataset:/train/3028aa26'}`]);
    }
  });

  it('tells two parts of one file apart, and names the same data once', () => {
    const found = links(
      withSources(
        { name: 'a', digest: '1' },
        { name: 'b', digest: '2' },
        { name: 'b', digest: '2', context: 'more training' },
        { name: 'b', digest: '2', context: 'eval' },
      ),
    );
    assert.deepEqual(found, [
      'trained-on https://data.example.org/t.csv',
      'evaluated-on https://data.example.org/t.csv',
      'trained-on mlflow-dataset:/b/2',
    ]);
  });

  it('is always something a manifest takes: an address, no reference, no password, values on one line', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const found = linksOfRun(parsed(document));
        assert.equal(new Set(found.map(({ relation, of }) => `${relation} ${of}`)).size, found.length);
        for (const { of, parameters } of found) {
          assert.ok(isUri(of) && !isReference(of) && !holdsPassword(of), of);
          for (const [name, value] of Object.entries(parameters)) {
            assert.match(name, /^[a-z_]+$/);
            assert.ok(
              value.length <= 1024 && !/[\n\t]/.test(value) && findHidden(value) < 0 && !value.includes('u:pw@'),
            );
          }
        }
      }),
      { numRuns: SCALE.properties },
    );
  });
});
