import assert from 'node:assert/strict';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import type { Digest } from '../../src/digest/digest.js';
import type { LaneName, PrincipalName } from '../../src/manifest/name.js';
import { parseRegistryId } from '../../src/manifest/registry-id.js';
import { editPolicy } from '../../src/registry/edit-policy.js';
import { addingPrincipal } from '../../src/registry/edit-principals.js';
import { addingRule, type NewRule, parseRequiredEvidence, removingRule } from '../../src/registry/edit-rules.js';
import { initialPolicy } from '../../src/registry/initial-policy.js';
import { coversPattern, matchesPattern } from '../../src/registry/pattern.js';
import { parsePolicy } from '../../src/registry/policy.js';
import { throwsCode } from '../helpers/throws-code.js';

const A = 'a'.repeat(64) as Digest;
const ana = 'ana' as PrincipalName;
const bo = 'bo' as PrincipalName;
const owner = 'owner' as LaneName;
const initial = initialPolicy({
  registry: parseRegistryId('01KAQ4Z6W3T8YB0JV9N2M5X7CD'),
  principal: ana,
  key: 'ssh-ed25519 AAAAana',
});
const two = editPolicy(initial, addingPrincipal({ name: bo, key: 'ssh-ed25519 AAAAbo', role: owner }), A);

const RULE: NewRule = {
  artifacts: ['model/**'],
  actions: ['promote:production'],
  role: owner,
  threshold: 2,
  separateAuthor: false,
  evidence: [],
  metrics: [],
  licenses: [],
  refusesPickle: false,
  completeLineage: false,
  members: [],
};
const add = (text: string, rule: Partial<NewRule> = {}) => editPolicy(text, addingRule({ ...RULE, ...rule }), A);
const parse = (text: string) => parsePolicy(utf8(text));
const promotes = (text: string) => parse(text).rules.map(({ actions }) => actions.join());

/** Lines that are there no more, the version and the digest before aside. */
function lost(before: string, after: string): string[] {
  const now = after.split('\n');
  return before.split('\n').filter((line) => !now.includes(line) && !/^(version|previous) /.test(line));
}

describe('adding a rule', () => {
  it('puts it in front of the one that would take everything, below what init says about rules', () => {
    const text = add(two);
    assert.deepEqual(lost(two, text), []);
    assert.ok(
      text.includes(`# actions: "*", or some of "register", "tag", "policy", "configure".
[[rules]]
artifacts = ["model/**"]
actions = ["promote:production"]
role = "owner"
threshold = 2

[[rules]]
artifacts = ["*"]
`),
      text,
    );
    assert.deepEqual(promotes(text), ['promote:production', '*']);
  });

  it('writes all that a rule can ask', () => {
    const text = add(two, {
      separateAuthor: true,
      evidence: ['eval', 'scan:owner', 'bias:owner:90', 'risk::30'].map(parseRequiredEvidence),
      metrics: ['auc >= 0.90', 'latency p99 < 2e2'],
      licenses: ['MIT', 'Apache-2.0'],
      refusesPickle: true,
    });
    const [rule] = parse(text).rules;
    assert.equal(rule?.separateAuthor, true);
    assert.deepEqual(
      rule?.evidence.map(({ type, role, maxAgeDays }) => [type, role, maxAgeDays]),
      [
        ['eval', undefined, undefined],
        ['scan', 'owner', undefined],
        ['bias', 'owner', 90],
        ['risk', undefined, 30],
      ],
    );
    assert.ok(text.includes('metrics = ["auc >= 0.90", "latency p99 < 2e2"]'));
    assert.deepEqual(rule?.licenses, ['MIT', 'Apache-2.0']);
    assert.equal(rule?.refusesPickle, true);
  });

  it('leaves narrower rules in front of it, and goes last where nothing takes it', () => {
    const narrow = add(two, { artifacts: ['model/fraud-*'], actions: ['promote:*'] });
    assert.deepEqual(promotes(add(narrow)), ['promote:*', 'promote:production', '*']);
    assert.deepEqual(promotes(add(narrow, { artifacts: ['model/fraud-x'] })), ['promote:production', 'promote:*', '*']);
    const only = two.replace('actions = ["*"]', 'actions = ["policy", "register"]');
    assert.deepEqual(promotes(add(only)), ['policy,register', 'promote:production']);
    assert.ok(
      add(only).endsWith(
        'threshold = 1\n\n[[rules]]\nartifacts = ["model/**"]\nactions = ["promote:production"]\nrole = "owner"\nthreshold = 2\n',
      ),
    );
  });

  it('goes where it is told, and nowhere else', async () => {
    assert.deepEqual(promotes(add(two, { at: 2 })), ['*', 'promote:production']);
    assert.deepEqual(promotes(add(two, { at: 1 })), ['promote:production', '*']);
    for (const at of [0, 3, -1, 1.5]) await throwsCode(() => add(two, { at }), 'usage/invalid');
  });

  it('keeps the comments of a rule with that rule', () => {
    const told = two
      .replace('[[rules]]', '[[rules]]\n# inside\n')
      .concat(
        '\n# about the second\n# more\n[[rules]] # x\nartifacts = ["*"]\nactions = ["tag"]\nrole = "owner"\nthreshold = 1\n# the end\n',
      );
    const text = add(told, { at: 2 });
    assert.deepEqual(lost(told, text), []);
    assert.ok(text.includes('threshold = 2\n\n# about the second\n# more\n[[rules]] # x\n'), text);
    assert.ok(add(told, { at: 3 }).includes('threshold = 1\n\n[[rules]]\nartifacts = ["model/**"]'));
    assert.ok(add(told, { at: 3 }).endsWith('# the end\n'));
  });

  it('knows rules with tables of their own inside', () => {
    const nested = two.concat(
      '[[rules.evidence]]\ntype = "eval"\n\n# second\n[[rules]]\nartifacts = ["*"]\nactions = ["tag"]\nrole = "owner"\nthreshold = 1\n',
    );
    const text = add(nested, { at: 2 });
    assert.deepEqual(
      parse(text).rules.map(({ evidence }) => evidence.length),
      [1, 0, 0],
    );
    assert.deepEqual(lost(nested, text), []);
    const less = editPolicy(nested, removingRule(1), A);
    assert.deepEqual(
      parse(less).rules.map(({ actions }) => actions.join()),
      ['tag'],
    );
    assert.ok(!less.includes('eval'));
  });

  it('makes a role of people the policy knows', async () => {
    const reviewer = 'reviewer' as LaneName;
    const text = add(two, { role: reviewer, members: [ana, bo] });
    assert.ok(text.includes('owner = ["ana", "bo"]\nreviewer = ["ana", "bo"]\n'));
    await throwsCode(() => add(two, { role: reviewer }), 'usage/name');
    await throwsCode(() => add(two, { role: 'onwer' as LaneName }), 'usage/name');
    await throwsCode(() => add(two, { members: [ana] }), 'policy/exists');
    await throwsCode(() => add(two, { role: reviewer, members: ['zoe' as PrincipalName] }), 'usage/name');
    // Nobody counts twice.
    await throwsCode(() => add(two, { role: reviewer, members: [ana, ana] }), 'policy/invalid');
  });

  it('refuses what is no rule, and says why', async () => {
    const { message } = await throwsCode(() => add(two, { threshold: 3 }), 'policy/invalid');
    assert.equal(message, 'rule 1 asks for 3 of 2 members of owner');
    await throwsCode(() => add(two, { artifacts: ['Model/x'] }), 'policy/invalid');
    await throwsCode(() => add(two, { artifacts: ['fraud'] }), 'policy/invalid');
    await throwsCode(() => add(two, { actions: ['promote:'] }), 'policy/invalid');
    await throwsCode(() => add(two, { artifacts: ['model/x"]\nrole = "y'] }), 'policy/invalid');
    await throwsCode(() => add(two, { threshold: 0 }), 'document/schema');
    await throwsCode(() => add(two, { metrics: ['auc>=1'] }), 'usage/invalid');
    for (const text of ['', 'Eval', 'eval:x:y', 'eval:x:0', 'eval:x:40000', 'eval:x:1:2', ':x'])
      assert.throws(() => parseRequiredEvidence(text), text);
  });

  it('asks for an edit by hand where rules are no tables', async () => {
    const text = two
      .slice(0, two.indexOf('[[rules]]'))
      .replace('version', 'rules = [{ artifacts = ["*"], actions = ["*"], role = "owner", threshold = 1 }]\nversion');
    parse(text);
    const { hint } = await throwsCode(() => add(text), 'policy/invalid');
    assert.equal(hint, 'edit .at1/policy/policy.toml by hand: raise version, set previous, add the rule');
  });
});

describe('removing a rule', () => {
  it('gives back the text from before it was added', () => {
    const text = editPolicy(add(two), removingRule(1), A);
    assert.equal(text.replace('version = 4', 'version = 2'), two);
    const last = editPolicy(add(two, { at: 2 }), removingRule(2), A);
    assert.equal(last.replace('version = 4', 'version = 2'), two);
  });

  it('takes the comments of the rule along, and no others', () => {
    const told = two
      .replace('[[rules]]', '# far away\n\n# about one\n[[rules]]')
      .concat(
        '\n# about two\n[[rules]]\nartifacts = ["*"]\nactions = ["tag"]\nrole = "owner"\nthreshold = 1\n\n# the end\n',
      );
    assert.deepEqual(lost(told, editPolicy(told, removingRule(2), A)), ['# about two', 'actions = ["tag"]']);
    assert.deepEqual(lost(told, editPolicy(told, removingRule(1), A)), ['# about one', 'actions = ["*"]']);
  });

  it('refuses the only rule, and one that is not there', async () => {
    await throwsCode(() => editPolicy(two, removingRule(1), A), 'policy/invalid');
    for (const number of [0, 3, Number.NaN])
      await throwsCode(() => editPolicy(add(two), removingRule(number), A), 'usage/invalid');
  });
});

describe('a pattern that covers another', () => {
  it('matches whatever the other one matches', () => {
    const part = fc.constantFrom('a', 'b', 'ab', '*', 'a*', '*b', 'a*b', '**');
    const pattern = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    const text = fc
      .array(fc.stringMatching(/^[ab]{1,3}$/), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join('/'));
    fc.assert(
      fc.property(pattern, pattern, text, (wide, narrow, name) => {
        if (!coversPattern(wide, narrow, '/') || !matchesPattern(narrow, name, '/')) return;
        assert.ok(matchesPattern(wide, name, '/'), `${wide} ${narrow} ${name}`);
      }),
      { numRuns: 3000 },
    );
  });

  it('is found where people write it', () => {
    for (const [wide, narrow] of [
      ['*', '*'],
      ['*', 'model/x'],
      ['model/**', 'model/*'],
      ['model/**', 'model/a/**'],
      ['model/*', 'model/fraud-*'],
      ['**', 'data/**'],
      ['model/fraud-*', 'model/fraud-*'],
    ] as const)
      assert.ok(coversPattern(wide, narrow, '/'), `${wide} ${narrow}`);
    for (const [wide, narrow] of [
      ['model/*', 'model/**'],
      ['model/fraud-*', 'model/*'],
      ['**', '*'],
      ['model/**', 'data/x'],
    ] as const)
      assert.ok(!coversPattern(wide, narrow, '/'), `${wide} ${narrow}`);
  });
});
