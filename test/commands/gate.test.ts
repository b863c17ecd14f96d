/** at1 gate: what may land, and how it is told in each form. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GateResult } from '../../src/index.js';
import { ana, bo } from '../helpers/registry-fixture.js';
import type { Clone } from '../helpers/sample-registry.js';
import { demandObjects } from '../helpers/sign-policy.js';
import { stagedRegistry } from '../helpers/staged-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

const NET = 'model/net@1.0.0';
const BRANCH = 'promote/net-1.0.0-production';

describe('the gate', () => {
  const dir = useTempDir();
  let clone: Clone;
  let here: Terminal;
  let bos: Terminal;

  beforeEach(async () => {
    const { as } = await stagedRegistry(dir.path);
    clone = await as(ana);
    here = terminalOf(clone.person, clone.dir);
    bos = terminalOf((await as(bo)).person, clone.dir);
    await here.text(`promote ${NET} staging`);
  });

  const judge = (...more: string[]) => here.json<GateResult>('gate', `gate --base main --head ${BRANCH}`, ...more);
  const codes = ({ findings }: GateResult) =>
    findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);

  it('lets in what has its signatures, and says what it does', async () => {
    await here.text(`promote ${NET} production`);
    const waiting = await here.at1(`gate --base main --head ${BRANCH}`);
    assert.equal(waiting.code, 22);
    assert.match(
      waiting.stdout,
      /still needed: 1 more signature \(bo\), with at1 approve promote\/net-1\.0\.0-production/,
    );
    const approved = await bos.at1(`approve ${BRANCH}`);
    assert.equal(approved.code, 0, approved.stderr);
    const result = await judge();
    assert.deepEqual(
      [result.ok, codes(result), result.review.events.map(({ state }) => state)],
      [true, [], ['effective']],
    );
    const before = clone.git('rev-parse', `${BRANCH}~1`);
    const allowed = await here.at1(`gate --base main --head ${before} --allow-pending`);
    assert.equal(allowed.code, 0, allowed.stdout);
  });

  it('tells it in Markdown, SARIF, JSON and as annotations, and nothing in it is taken for more than text', async () => {
    const reason = '::error::gone](http://example.org) <img src=x> @everybody | # head';
    await here.text(`promote ${NET} production --reason`, reason);
    const markdown = (await here.at1(`gate --base main --head ${BRANCH} --format markdown`)).stdout;
    assert.match(markdown, /^## ❌ This change may not land: 1 error\n/);
    assert.doesNotMatch(markdown, /<img|\]\(http|@everybody/);
    assert.match(markdown, /a click on "Approve" does not count/);
    const annotations = (await here.at1(`gate --base main --head ${BRANCH} --format github`)).stdout;
    assert.equal(
      annotations.split('\n').filter((line) => line.startsWith('::')).length,
      annotations.trimEnd().split('\n').length,
    );
    assert.match(annotations, /^::error file=model\/net\/events\/production\/0001\.toml,line=1,title=gate\/pending::/);
    const sarif = (await here.at1(`gate --base main --head ${BRANCH} --format sarif`)).json as {
      runs: { results: { ruleId: string; locations: object[] }[] }[];
    };
    assert.deepEqual(sarif.runs[0]?.results.map(({ ruleId, locations }) => [ruleId, locations.length]).at(-1), [
      'gate/pending',
      1,
    ]);
    const json = (await here.at1(`gate --base main --head ${BRANCH} --format json`)).json as GateResult;
    assert.deepEqual(json, (await here.at1(`gate --base main --head ${BRANCH} --json`)).json);
  });

  it('asks for a change that stands on the target as it is', async () => {
    await here.text(`promote ${NET} production`);
    await clone.register('data/more@1.0.0');
    const done = await here.at1(`gate --base main --head ${BRANCH}`);
    assert.deepEqual([done.code, /gate\/outdated/.test(done.stdout)], [30, true]);
  });

  it('looks at the objects of new versions, or says that nobody did', async () => {
    clone.git('switch', '-q', '-c', 'work');
    await clone.register('data/more@1.0.0');
    const of = (more: string) => here.at1(`gate --base main${more}`);
    assert.equal((await of('')).code, 0);
    assert.equal((await of(' --objects present')).code, 0);
    const skipped = await of(' --objects skip');
    assert.deepEqual([skipped.code, /gate\/objects-skipped/.test(skipped.stdout)], [0, true]);
    const object = clone.git('ls-files', 'objects').split('\n').at(-1) as string;
    clone.git('rm', '-q', '--cached', ...clone.git('diff', '--name-only', 'main', 'HEAD', '--', 'objects').split('\n'));
    clone.git('commit', '-qm', 'without its objects');
    for (const how of ['', ' --objects present']) {
      const missing = await of(how);
      assert.notEqual(missing.code, 0, `${how}: ${object}`);
      assert.match(missing.stdout, /object\/missing/);
    }
  });

  it('does not do less than the policy of the target asks for, and by itself as much', async () => {
    demandObjects(clone.dir, 'present');
    await here.text('policy sign');
    assert.match(await here.text('policy show'), /every gate looks at objects: present at least/);
    clone.git('switch', '-q', '-c', 'work');
    await clone.register('data/more@1.0.0');
    // The policy that the change brings has no say, also where it is in force as soon as it has landed.
    demandObjects(clone.dir, 'skip');
    await here.text('policy sign');
    for (const [more, exit, expected] of [
      ['', 22, ['gate/policy-mixed']],
      [' --objects present', 22, ['gate/policy-mixed']],
      [' --objects skip', 22, ['gate/objects-unchecked', 'gate/policy-mixed']],
    ] as const) {
      const done = await here.at1(`gate --base main${more} --json`);
      assert.deepEqual([done.code, codes(done.json as GateResult)], [exit, expected], more);
    }
    const told = await here.at1('gate --base main --objects skip');
    assert.match(told.stdout, /ask for 'present', or leave it out: --objects/);
    assert.match(told.stdout, /the gate was told 'skip' for objects, and policy \d of the target asks for 'present'/);
  });

  it('tells what a new policy changes, as text of strangers and no more', async () => {
    clone.git('switch', '-q', '-c', 'work');
    const rule = 'policy rule --artifacts model/** --actions promote:production --role owner --evidence eval:owner:90';
    await here.text(rule);
    const { policy } = ((await here.at1('gate --base main --json')).json as GateResult).review;
    assert.deepEqual([policy?.before, policy?.after, policy?.difference.rules.length], [1, 2, 1]);
    const { stdout } = await here.at1('gate --base main');
    assert.match(
      stdout,
      /\npolicy 1 becomes 2\n {2}- sha256:\S+\n {2}\+ sha256:\S+\n {2}\+ rule 1: model\/\*\* +promote:production +1 of owner\n {6}evidence eval by 1 of owner of at most 90 days\n {2}it takes 1 to change it from then on\n/,
    );
    const markdown = (await here.at1('gate --base main --format markdown')).stdout;
    assert.match(
      markdown,
      /\n- added: rule 1: model\/&#42;&#42; +promote:production +1 of owner; evidence eval by 1 of owner of at most 90 days\n/,
    );
  });

  it('refuses a change of what steers it by somebody who may not, and two versions of one artifact', async () => {
    clone.git('switch', '-q', '-c', 'work');
    writeFileSync(join(clone.dir, '.gitattributes'), '* text\n');
    clone.git('commit', '-qam', 'harmless');
    const steered = (await here.at1('gate --base main --json')).json as GateResult;
    assert.deepEqual(codes(steered), ['policy/denied']);
    clone.git('switch', '-q', '-C', 'two', 'main');
    await clone.register('data/more@1.0.0');
    await clone.register('data/more@1.1.0');
    assert.deepEqual(codes((await here.at1('gate --base main --json')).json as GateResult), ['gto/two-versions']);
  });

  it('is told a wrong word, a revision that is not there, and an empty root', async () => {
    for (const [words, exit] of [
      ['gate', 2],
      ['gate --base nothing', 12],
      ['gate --base main --head nothing', 12],
      ['gate --base main --format xml', 2],
      [`gate --base main --root sha256:${'0'.repeat(64)}`, 21],
    ] as const) {
      const done = await here.at1(words);
      assert.equal(done.code, exit, `${words}: ${done.stdout}${done.stderr}`);
    }
  });
});
