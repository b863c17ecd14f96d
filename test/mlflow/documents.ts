/** Documents of the exporter: one that has everything, and arbitrary ones with what tempts a careless writer. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type MlflowDocument, parseAnswer } from '../../src/mlflow/document.js';

export const RUN_ID = '1f0c3b9a2d4e4c5f8a7b6c5d4e3f2a1b';

/** As the exporter prints it. */
export function wholeDocument() {
  return {
    document: 1,
    server: 'http://mlflow.example.org:5000/team' as string | null,
    run: {
      id: RUN_ID,
      name: 'Fraud Run 7',
      experiment_id: '3',
      experiment: 'credit',
      status: 'FINISHED',
      started: 1795948746357,
      ended: 1795948758466 as number | null,
    } as Record<string, unknown> | null,
    params: { C: '1.0', solver: 'lbfgs' } as Record<string, string>,
    metrics: { auc: 0.93, loss: 'inf', é: 1, zero: -0 } as Record<string, unknown>,
    tags: { team: 'risk', 'mlflow.log-model.history': '[{"artifact_path": "model"}]' } as Record<string, string>,
    datasets: [
      {
        name: 'train',
        digest: '3028aa26',
        source_type: 'http',
        source: '{"url": "https://data.example.org/t.csv"}',
        profile: '{"num_rows": 4}',
        context: 'training',
      },
    ],
    model: {
      id: 'm-69db6b97139446969d5da9328c16437e' as string | null,
      name: 'model' as string | null,
      artifact: 'model' as string | null,
      file: null as string | null,
      tags: { 'mlflow.user': 'ana' } as Record<string, string>,
      flavors: { python_function: '3.11.7', sklearn: '1.7.2' } as Record<string, string>,
      logged_with: '3.17.2' as string | null,
      signature: { inputs: '[{"type": "double"}]', outputs: '[{"type": "long"}]', params: null } as unknown,
      texts: [{ path: 'requirements.txt', size: 26, text: 'mlflow==3.17.2\nscikit-learn' }] as unknown[],
      input_example: { path: 'input_example.json', size: 15, text: '{"data": [[0.0]]}' } as unknown,
    },
    registered: {
      name: 'fraud',
      version: '3',
      description: 'Finds fraud.',
      aliases: ['old', 'champion'],
      tags: { checked: 'yes' },
    } as Record<string, unknown> | null,
  };
}

/** As at1 reads it. */
export function parsed(value: unknown): MlflowDocument {
  const answer = parseAnswer(JSON.stringify(value));
  assert.ok('document' in answer);
  return answer.document;
}

/** Pieces of text that break out of what is written carelessly. */
const AWKWARD = ['"', '"""', "'", "'''", '\\', '\n', '\r', '\t', '\0', '\x1b', '\u202e', '\u200b', '[x]', ' = ', '#'];
const PLAIN = [
  'a',
  'Z',
  '9',
  '.',
  '/',
  ':',
  '@',
  ' ',
  'é',
  '日',
  '😀',
  '://',
  'https://u:pw@h/',
  '%2e',
  '-',
  '_',
  '{',
  ',',
];
export const awkwardText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...AWKWARD, ...PLAIN), { maxLength: 12 })
  .map((parts) => parts.join(''));
const texts = fc.dictionary(awkwardText, awkwardText, { maxKeys: 6, noNullPrototype: true });
const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });
const file = fc.record({ path: awkwardText, size: fc.nat(), text: maybe(awkwardText) }, { noNullPrototype: true });
const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,40}$/);
const time = fc.integer({ min: 0, max: 253_402_300_799_000 });
const source = fc.oneof(
  awkwardText,
  awkwardText.map((url) => JSON.stringify({ url })),
  fc.constantFrom('{"uri": "s3://bucket/train.parquet"}', '{"uri": "/srv/t.csv"}', '{"url": 1}', 'null', '[]'),
);

export const anyDocument = fc.record(
  {
    document: fc.constant(1),
    server: fc.constantFrom(null, 'http://localhost:5000', 'https://mlflow.example.org/a/b%20c'),
    run: maybe(
      fc.record(
        {
          id,
          name: maybe(awkwardText),
          experiment_id: id,
          experiment: maybe(awkwardText),
          status: fc.constantFrom('FINISHED', 'RUNNING'),
          started: maybe(time),
          ended: maybe(time),
        },
        { noNullPrototype: true },
      ),
    ),
    params: texts,
    metrics: fc.dictionary(
      awkwardText,
      fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom('nan', 'inf', '-inf')),
      { noNullPrototype: true },
    ),
    tags: texts,
    datasets: fc.array(
      fc.record(
        {
          name: awkwardText,
          digest: awkwardText,
          source_type: awkwardText,
          source,
          profile: awkwardText,
          context: fc.oneof(awkwardText, fc.constantFrom('eval', 'Training', ' validation ')),
        },
        { noNullPrototype: true },
      ),
      { maxLength: 5 },
    ),
    model: fc.record(
      {
        id: maybe(id),
        name: maybe(awkwardText),
        artifact: maybe(awkwardText),
        file: fc.constantFrom(null, 'weights.bin'),
        tags: texts,
        flavors: texts,
        logged_with: maybe(awkwardText),
        signature: maybe(
          fc.record(
            { inputs: maybe(awkwardText), outputs: maybe(awkwardText), params: maybe(awkwardText) },
            { noNullPrototype: true },
          ),
        ),
        texts: fc.uniqueArray(file, { maxLength: 3, selector: ({ path }) => path }),
        input_example: maybe(file),
      },
      { noNullPrototype: true },
    ),
    registered: maybe(
      fc.record(
        {
          name: awkwardText,
          version: awkwardText,
          description: maybe(awkwardText),
          aliases: fc.array(awkwardText, { maxLength: 3 }),
          tags: texts,
        },
        { noNullPrototype: true },
      ),
    ),
  },
  { noNullPrototype: true },
);
