/** The card of what comes from MLflow: TOML that says what was known, that nothing in it can forge, and that fits. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'smol-toml';
import { utf8 } from '../../src/bytes/text.js';
import { CARD_LIMIT } from '../../src/manifest/check-manifest.js';
import { findHidden } from '../../src/manifest/hidden-text.js';
import { writeCard } from '../../src/mlflow/card.js';
import { withoutPasswords } from '../../src/mlflow/without-passwords.js';
import { SCALE } from '../scale.js';
import { anyDocument, parsed, RUN_ID, wholeDocument } from './documents.js';

type Table = Record<string, Record<string, unknown>>;
const cardOf = (document: unknown) => {
  const { text, leftOut } = writeCard(parsed(document));
  return { text, leftOut, table: parse(text) as Table };
};
const scrubbed = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, withoutPasswords(value)]));
/** What a reader of TOML gives has no prototype. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? {}));

describe('the card of a logged model', () => {
  it('says it all, in one text', () => {
    const { text, leftOut } = cardOf(wholeDocument());
    assert.equal(
      text,
      [
        '# What MLflow knew of this model when it was registered.',
        '',
        '[mlflow]',
        'server = "http://mlflow.example.org:5000/team"',
        `run = "${RUN_ID}"`,
        'experiment_id = "3"',
        'status = "FINISHED"',
        'started = "2026-11-29T10:39:06Z"',
        'ended = "2026-11-29T10:39:18Z"',
        'model_id = "m-69db6b97139446969d5da9328c16437e"',
        'run_name = "Fraud Run 7"',
        'experiment = "credit"',
        'model = "model"',
        'artifact = "model"',
        'logged_with = "3.17.2"',
        'registered_model = "fraud"',
        'model_version = "3"',
        'description = "Finds fraud."',
        'aliases = ["champion", "old"]',
        'left_out_count = 1',
        'left_out = [',
        '  "tags.mlflow.log-model.history (61 bytes)",',
        ']',
        '',
        '[flavors]',
        'python_function = "3.11.7"',
        'sklearn = "1.7.2"',
        '',
        '[params]',
        'C = "1.0"',
        'solver = "lbfgs"',
        '',
        '[metrics]',
        'auc = 0.93',
        'loss = "inf"',
        'zero = 0.0',
        '"é" = 1.0',
        '',
        '[signature]',
        `inputs = '[{"type": "double"}]'`,
        `outputs = '[{"type": "long"}]'`,
        '',
        '[files]',
        '"requirements.txt" = """',
        'mlflow==3.17.2',
        'scikit-learn"""',
        '',
        '[input_example]',
        'path = "input_example.json"',
        `text = '{"data": [[0.0]]}'`,
        '',
        '[tags]',
        'team = "risk"',
        '',
        '[model_tags]',
        '"mlflow.user" = "ana"',
        '',
        '[version_tags]',
        'checked = "yes"',
        '',
        '[[datasets]]',
        'name = "train"',
        'digest = "3028aa26"',
        'context = "training"',
        'source_type = "http"',
        'source = "https://data.example.org/t.csv"',
        `profile = '{"num_rows": 4}'`,
        '',
      ].join('\n'),
    );
    assert.deepEqual(leftOut, ['tags.mlflow.log-model.history']);
  });

  it('is the same text whatever order a store answers in', () => {
    const whole = wholeDocument();
    const turn = <T>(values: Record<string, T>) => Object.fromEntries(Object.entries(values).reverse());
    const second = { ...(whole.datasets[0] as object), name: 'another' };
    const one = cardOf({ ...whole, datasets: [...whole.datasets, second] });
    const other = cardOf({
      ...whole,
      params: turn(whole.params),
      metrics: turn(whole.metrics),
      tags: turn(whole.tags),
      datasets: [second, ...whole.datasets],
    });
    assert.equal(other.text, one.text);
  });

  it('holds every value as it was, but for passwords, and nothing that a value pretends', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const { text, table, leftOut } = cardOf(document);
        assert.equal(findHidden(text), -1);
        const { mlflow = {} } = table;
        assert.deepEqual(plain(table.params), scrubbed(document.params));
        assert.deepEqual(plain(table.tags), scrubbed(document.tags));
        assert.deepEqual(plain(table.metrics), plain(document.metrics));
        assert.deepEqual(plain(table.version_tags), scrubbed(document.registered?.tags ?? {}));
        assert.equal(mlflow.run, document.run?.id);
        assert.equal(mlflow.server, document.server ?? undefined);
        assert.equal(mlflow.left_out_count ?? 0, leftOut.length);
        const datasets = (table.datasets ?? []) as unknown as readonly { readonly name?: string }[];
        assert.equal(datasets.length, document.datasets.length);
        const tables =
          'mlflow flavors params metrics signature files input_example tags model_tags version_tags datasets';
        for (const name of Object.keys(table)) assert.ok(tables.split(' ').includes(name), name);
      }),
      { numRuns: SCALE.properties },
    );
  });

  it('leaves out the largest first until it fits, and names it', () => {
    const sizes = [300_000, 90_000, 80_000, 70_000, 60_000, 10, 1000];
    const tags = Object.fromEntries(sizes.map((size, i) => [`t${i}`, '"'.repeat(size)]));
    const { text, leftOut, table } = cardOf({ ...wholeDocument(), tags });
    assert.ok(utf8(text).length <= CARD_LIMIT);
    assert.deepEqual(leftOut, ['tags.t0', 'tags.t1']);
    assert.deepEqual(
      table.mlflow?.left_out,
      ['tags.t0 (300009 bytes)', 'tags.t1 (90009 bytes)'].map((line) => line),
    );
    assert.deepEqual(Object.keys(table.tags ?? {}), ['t2', 't3', 't4', 't5', 't6']);
  });

  it('keeps what it is about when all else is too much, and says how many it does not name', () => {
    const many = Object.fromEntries(
      Array.from({ length: 50_000 }, (_, i) => [`é${i}\u202e`.repeat(20), '"\n'.repeat(9)]),
    );
    const { text, leftOut, table } = cardOf({ ...wholeDocument(), params: many, tags: many });
    assert.ok(utf8(text).length <= CARD_LIMIT);
    assert.ok(utf8(text).length > CARD_LIMIT / 2);
    assert.equal(table.mlflow?.run, RUN_ID);
    assert.equal(table.mlflow?.left_out_count, leftOut.length);
    const named = table.mlflow?.left_out as readonly string[];
    assert.ok(named.length > 20 && named.length < leftOut.length);
  });

  it('names files without a text, and profiles that are none', () => {
    const whole = wholeDocument();
    const { leftOut, table } = cardOf({
      ...whole,
      tags: {},
      datasets: [{ ...whole.datasets[0], profile: 'x'.repeat(5000) }],
      model: {
        ...whole.model,
        texts: [{ path: 'conda.yaml', size: 7, text: null }],
        input_example: { path: 'input_example.json', size: 1e9, text: null },
      },
    });
    assert.deepEqual(leftOut, ['input_example.text', 'datasets.train.profile', 'files.conda.yaml']);
    assert.deepEqual(plain(table.input_example), { path: 'input_example.json' });
    assert.equal(table.files, undefined);
  });

  it('says nothing of what is not known', () => {
    const whole = wholeDocument();
    const model = { ...whole.model, id: null, name: null, artifact: null, logged_with: null, signature: null };
    const nothing = { server: null, run: null, params: {}, metrics: {}, tags: {}, datasets: [], registered: null };
    const bare = { ...model, tags: {}, flavors: {}, texts: [], input_example: null };
    assert.equal(
      cardOf({ document: 1, ...nothing, model: bare }).text,
      '# What MLflow knew of this model when it was registered.\n',
    );
  });
});
