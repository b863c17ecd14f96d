/** at1 policy test: expectations that hold, that do not, and that make no sense; and documents that are none. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestPolicyResult } from '../../src/index.js';
import { checkOutput } from '../helpers/check-output.js';
import { type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';

const dir = useTempDir();
let ana: Clone;

beforeEach(async () => {
  ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home-ana'), 'ana'));
  const { public: key } = await makePerson(dir.at('home-bo'), 'bo').makeKey();
  await ana.at1(['policy', 'add-principal', 'bo', key]);
  const rule = ['--artifacts', 'model/**', '--actions', 'promote:production', '--role', 'owner', '--separate-author'];
  const { code, stderr } = await ana.at1(['policy', 'rule', ...rule]);
  assert.equal(code, 0, stderr);
});

const question = (name: string, rest: string) => `[[tests]]\nname = "${name}"\n${rest}\n`;
const PROMOTE = 'action = "promote:production"\nartifact = "model/fraud-detector"';

async function run(text: string, exit: number, args: readonly string[] = []): Promise<TestPolicyResult> {
  writeFileSync(join(ana.dir, '.at1', 'policy', 'tests.toml'), text);
  const { code, json } = await ana.at1(['policy', 'test', ...args, '--json']);
  assert.equal(code, exit, JSON.stringify(json));
  if (exit === 0 || exit === 22) checkOutput('policy-test', json);
  else checkOutput('error', json);
  return json as TestPolicyResult;
}

describe('at1 policy test', () => {
  it('is content where the policy says what people expect', async () => {
    const text = [
      question('Ana may promote', `who = ["ana"]\n${PROMOTE}\nallowed = true`),
      question('Not what she made', `who = ["ana"]\n${PROMOTE}\nauthors = ["ana"]\nallowed = false`),
      question('Nobody may not', `who = []\n${PROMOTE}\nallowed = false`),
      question('The policy is hers', 'who = ["ana"]\naction = "policy"\nallowed = true'),
    ].join('');
    const { passed, failed, version } = await run(text, 0);
    assert.deepEqual([passed, failed, version], [4, 0, 3]);
    const { stdout, code } = await ana.at1(['policy', 'test']);
    assert.equal(code, 0);
    assert.equal(
      stdout,
      'ok      Ana may promote\nok      Not what she made\nok      Nobody may not\nok      The policy is hers\n4 tests of policy 3, 0 failed\n',
    );
    // It belongs to nobody's signature and breaks nothing.
    ana.git('add', '.');
    ana.git('commit', '--quiet', '-m', 'tests');
    assert.equal((await ana.at1(['verify'])).code, 0);
  });

  it('tells what differs and by which rule, also of a policy that nobody signed yet', async () => {
    const text = question('It takes two', `who = ["ana"]\n${PROMOTE}\nallowed = false`);
    const { tests } = await run(text, 22);
    assert.deepEqual(tests[0], {
      name: 'It takes two',
      expected: false,
      allowed: true,
      ok: false,
      rule: 1,
      because: 'rule 1 asks for 1 of owner, and there is 1',
    });
    const { stdout } = await ana.at1(['policy', 'test']);
    assert.match(
      stdout,
      /^FAILED {2}It takes two: should be denied, but rule 1 asks for 1 of owner, and there is 1 \[policy\/test-failed\]\n1 test of policy 3, 1 failed\n$/,
    );
    const path = join(ana.dir, '.at1', 'policy', 'policy.toml');
    writeFileSync(path, readFileSync(path, 'utf8').replace('threshold = 1', 'threshold = 2'));
    assert.equal((await run(text, 0)).ok, true);
  });

  it('does not let a slip of the pen pass for a denial', async () => {
    const text = [
      question('a', `who = ["anna"]\n${PROMOTE}\nallowed = false`),
      question('b', `who = ["ana"]\n${PROMOTE}\nauthors = ["Bo"]\nallowed = false`),
      question('c', 'who = ["ana"]\naction = "promote:production"\nartifact = "fraud"\nallowed = false'),
      question('d', 'who = ["ana"]\naction = "promote:production"\nartifact = "model/fraud@1.0.0"\nallowed = false'),
    ].join('');
    const { tests, failed } = await run(text, 22);
    assert.equal(failed, 4);
    assert.ok(tests.every(({ allowed }) => allowed === null));
  });

  it('refuses what is no table of tests', async () => {
    await run('', 23);
    await run('tests = []', 23);
    await run(question('a', `who = ["ana"]\n${PROMOTE}`), 23);
    await run(question('a', `who = ["ana"]\n${PROMOTE}\nallowed = true\nmore = 1`), 23);
    await run('# '.padEnd(1024 * 1024 + 1, 'x'), 23);
    await run('', 2, ['nothing.toml']);
  });
});
