/** What the exporter of the MLflow plugin prints, and what is made of it. */
import { parse } from 'smol-toml';
import { utf8 } from '../../src/bytes/text.js';
import { CARD_LIMIT } from '../../src/manifest/check-manifest.js';
import { findHidden } from '../../src/manifest/hidden-text.js';
import { holdsPassword, isUri } from '../../src/manifest/lineage.js';
import { isName } from '../../src/manifest/name.js';
import { type MlflowDocument, parseAnswer } from '../../src/mlflow/document.js';
import { versionOfModel } from '../../src/mlflow/version-of-model.js';
import { mustHold, type ParserTarget, violated } from '../target.js';
import { bytesOf, same, textOf } from './inputs.js';

const NOTHING = {
  document: 1,
  server: null,
  run: null,
  params: {},
  metrics: {},
  tags: {},
  datasets: [],
  model: {
    id: null,
    name: null,
    artifact: null,
    file: null,
    tags: {},
    flavors: {},
    logged_with: null,
    signature: null,
    texts: [],
    input_example: null,
  },
  registered: null,
};
const RUN = { id: 'a1', name: 'n', experiment_id: '1', experiment: 'e', status: 'FINISHED', started: 1, ended: null };
const DATASET = {
  name: 't',
  digest: 'd',
  source_type: 'http',
  source: '{"url":"https://h/t?sig=1"}',
  profile: 'p',
  context: 'eval',
};

export const MLFLOW_TARGETS: readonly ParserTarget[] = [
  {
    kind: 'parser',
    name: 'mlflow-document',
    about:
      'what is known of a model of MLflow: its card is TOML with these very values, its links are such as a manifest takes',
    files: [
      'mlflow/document',
      'mlflow/fields',
      'mlflow/card',
      'mlflow/lineage-of-run',
      'mlflow/version-of-model',
      'mlflow/without-passwords',
    ],
    maxLength: 4096,
    seeds: () =>
      [
        NOTHING,
        { ...NOTHING, server: 'http://h:1/a', run: RUN, params: { a: '"""' }, metrics: { a: 1, b: 'nan' } },
        { ...NOTHING, datasets: [DATASET, DATASET], tags: { 'mlflow.log-model.history': 'x' } },
        { document: 1, error: { kind: 'several', message: 'm', choices: ['a'] } },
      ].map((value) => bytesOf(JSON.stringify(value))),
    tokens: [
      '"""',
      "'''",
      '\\u0000',
      '\\u202e',
      '\\ud800',
      '\\n',
      '[x]',
      '"nan"',
      '1e999',
      '://u:p@h',
      '://u:p/x@h',
      '__proto__',
      'null',
    ],
    run: documentCase,
  },
];

function documentCase(input: Uint8Array): void {
  const answer = parseAnswer(textOf(input));
  if ('problem' in answer) return;
  const { document } = answer;
  const version = mustHold('an accepted document becomes a version', () => versionOfModel(document));
  checkCard(document, version.card.text);
  if (version.name !== undefined && !isName(version.name)) violated('a name that is none');
  for (const { of } of version.lineage) {
    if (!isUri(of) || holdsPassword(of)) violated(`a link to '${of}'`);
  }
}

function checkCard(document: MlflowDocument, text: string): void {
  if (utf8(text).length > CARD_LIMIT) violated('a card above its limit');
  if (findHidden(text) >= 0) violated('a hidden character in the card');
  const table = mustHold('its card is TOML', () => parse(text)) as Record<string, Record<string, unknown>>;
  same(table.mlflow?.run, document.run?.id, 'another run in the card');
  same(new Set(Object.keys(table.params ?? {})), new Set(document.params.keys()), 'other params in the card');
  same(new Set(Object.keys(table.metrics ?? {})), new Set(document.metrics.keys()), 'other metrics in the card');
}
