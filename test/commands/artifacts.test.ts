/** at1 artifacts: the protocol as a client sees it, held against its schemas. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { checkOutput } from '../helpers/check-output.js';
import { runCli } from '../helpers/run-cli.js';
import { useTempDir } from '../helpers/temp-dir.js';

const schemas = join(import.meta.dirname, '..', '..', 'schemas', 'protocol');
const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true });
const schemaOf = (name: string) => ajv.compile(JSON.parse(readFileSync(join(schemas, `${name}.schema.json`), 'utf8')));
const isRequest = schemaOf('artifacts-request');
const isAnswer = schemaOf('artifacts-answer');

interface Answer {
  readonly id: number;
  readonly ok: boolean;
  readonly result: object;
}

describe('at1 artifacts', () => {
  const dir = useTempDir();

  async function ask(requests: readonly object[], ...flags: string[]) {
    for (const request of requests) assert.ok(isRequest(request), JSON.stringify([request, isRequest.errors]));
    const stdin = requests.map((request) => `${JSON.stringify(request)}\n`).join('');
    const { code, stdout, stderr } = await runCli(['artifacts', '--stdio', ...flags], { cwd: dir.path, stdin });
    assert.deepEqual([code, stderr], [0, '']);
    const all = stdout.split('\n');
    const lines = all.slice(0, requests.length).map((line) => JSON.parse(line) as Answer);
    const rest: unknown = flags.includes('--json') ? JSON.parse(all.slice(requests.length).join('\n')) : undefined;
    for (const line of lines) assert.ok(isAnswer(line), JSON.stringify([line, isAnswer.errors]));
    return { answers: requests.map((_, i) => lines.find(({ id }) => id === i)), rest };
  }

  it('answers each request by the schemas', async () => {
    const root = dir.at('store');
    writeFileSync(dir.at('in'), 'content');
    const at = (id: number, op: string, path: string) => ({ id, op, root, path });
    const first = await ask([
      { id: 0, op: 'hello' },
      { ...at(1, 'put', 'a/b'), local: dir.at('in') },
    ]);
    assert.deepEqual(
      first.answers.map((answer) => answer?.ok),
      [true, true],
    );
    const { answers, rest } = await ask(
      [
        at(0, 'list', ''),
        at(1, 'list', 'a'),
        at(2, 'stat', 'a/b'),
        at(3, 'integrity', 'a/b'),
        { ...at(4, 'get', 'a/b'), local: dir.at('out') },
        at(5, 'integrity', 'none'),
        at(6, 'list', '..'),
      ],
      '--json',
    );
    assert.deepEqual(
      answers.map((answer) => answer?.ok),
      [true, true, true, true, true, false, false],
    );
    assert.equal(readFileSync(dir.at('out'), 'utf8'), 'content');
    checkOutput('artifacts', rest);
    assert.deepEqual(rest, { answered: 7 });
    assert.deepEqual((await ask([at(0, 'delete', 'a')])).answers[0]?.result, { deleted: 1 });
  });

  it('asks for --stdio', async () => {
    const { code, stderr } = await runCli(['artifacts'], { cwd: dir.path, stdin: '' });
    assert.equal(code, 2);
    assert.match(stderr, /stdio/);
  });
});
