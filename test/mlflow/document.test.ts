/** What the exporter prints: read whole, or refused at the place that is wrong. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DOCUMENT_LIMIT, parseAnswer } from '../../src/mlflow/document.js';
import { throwsCode } from '../helpers/throws-code.js';
import { SCALE } from '../scale.js';
import { anyDocument, parsed, RUN_ID, wholeDocument } from './documents.js';

/** The document with one value put somewhere, by a pointer. */
function withValue(pointer: string, value: unknown): string {
  const document: unknown = wholeDocument();
  const names = pointer.split('/').slice(1);
  const last = names.pop() ?? '';
  let place = document as Record<string, unknown>;
  for (const name of names) place = place[name] as Record<string, unknown>;
  place[last] = value;
  return JSON.stringify(document);
}

describe('the document of a logged model', () => {
  it('is read whole', () => {
    const { server, run, params, metrics, datasets, model, registered } = parsed(wholeDocument());
    assert.equal(server, 'http://mlflow.example.org:5000/team');
    assert.deepEqual([run?.id, run?.experimentId, run?.started], [RUN_ID, '3', 1795948746357]);
    assert.deepEqual([...params], Object.entries(wholeDocument().params));
    assert.deepEqual([metrics.get('auc'), metrics.get('loss')], [0.93, 'inf']);
    assert.equal(datasets[0]?.sourceType, 'http');
    assert.deepEqual([model.loggedWith, model.inputExample?.path], ['3.17.2', 'input_example.json']);
    assert.deepEqual([registered?.version, registered?.aliases], ['3', ['old', 'champion']]);
  });

  it('may be without a run, a server, a version and all that a file can lack', () => {
    const whole = wholeDocument();
    const { run, registered, model } = parsed({
      ...whole,
      run: null,
      server: null,
      registered: null,
      model: { ...whole.model, id: null, signature: null, input_example: null, file: 'weights.bin' },
    });
    assert.deepEqual([run, registered, model.file], [null, null, 'weights.bin']);
  });

  it('keeps names that mean something to a language', () => {
    const text = JSON.stringify(wholeDocument()).replace('"solver":', '"__proto__":');
    const answer = parseAnswer(text);
    assert.equal('document' in answer && answer.document.params.get('__proto__'), 'lbfgs');
  });

  for (const [pointer, value] of [
    ['/document', 2],
    ['/document', undefined],
    ['/more', 1],
    ['/server', 'http://ana:pw@host'],
    ['/server', 'ftp://host'],
    ['/server', 'http://host/a?b'],
    ['/server', 'http://host/a b'],
    ['/server', 'http://host//'],
    ['/run', []],
    ['/run', undefined],
    ['/run/id', '../x'],
    ['/run/id', ''],
    ['/run/id', 'a\n'],
    ['/run/id', null],
    ['/run/status', 'done'],
    ['/run/started', -1],
    ['/run/started', 1.5],
    ['/run/ended', 1e15],
    ['/run/name', 1],
    ['/params/C', 1],
    ['/params/C', '\ud800'],
    ['/params', { 'a\udfff': 'x' }],
    ['/metrics/auc', '0.9'],
    ['/metrics/auc', null],
    ['/metrics', []],
    ['/datasets', {}],
    ['/datasets/0/digest', null],
    ['/datasets/0/more', ''],
    ['/model', null],
    ['/model/file', 'a/b'],
    ['/model/file', '..'],
    ['/model/file', ''],
    ['/model/signature', 'x'],
    ['/model/texts/0/size', '1'],
    ['/registered/aliases', ['a', 1]],
    ['/registered/version', 3],
  ] as const) {
    it(`is refused with ${JSON.stringify(value)} at ${pointer}`, async () => {
      await throwsCode(() => parseAnswer(withValue(pointer, value)), 'document/schema');
    });
  }

  it('is refused as no JSON, as something else, and above its limit', async () => {
    await throwsCode(() => parseAnswer('{"document": 1'), 'document/syntax');
    await throwsCode(() => parseAnswer('Downloading...\n{"document": 1}'), 'document/syntax');
    await throwsCode(() => parseAnswer('null'), 'document/schema');
    await throwsCode(() => parseAnswer('{"document":1,"metrics":{"a":1e999}}'), 'document/schema');
    await throwsCode(() => parseAnswer(JSON.stringify(wholeDocument()).replace('0.93', '1e999')), 'document/schema');
    await throwsCode(() => parseAnswer(' '.repeat(DOCUMENT_LIMIT + 1)), 'document/too-large');
  });

  it('may be a problem instead', async () => {
    const problem = { kind: 'several', message: 'two', choices: ['a', 'b'] };
    assert.deepEqual(parseAnswer(JSON.stringify({ document: 1, error: problem })), { problem });
    await throwsCode(() => parseAnswer(JSON.stringify({ document: 1, error: problem, run: null })), 'document/schema');
    await throwsCode(() => parseAnswer(JSON.stringify({ document: 1, error: { kind: 'x' } })), 'document/schema');
  });

  it('is read whatever its texts are, and never with anything but an error of ours refused', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const { params, run } = parsed(document);
        assert.deepEqual(Object.fromEntries(params), document.params);
        assert.equal(run?.name, document.run?.name);
      }),
      { numRuns: SCALE.properties },
    );
  });
});
