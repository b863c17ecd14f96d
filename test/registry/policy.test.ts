import assert from 'node:assert/strict';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import { type ArtifactName, type Kind, type PrincipalName, parseName } from '../../src/manifest/name.js';
import { decide, keyWithoutComment, parsePolicy, policyKeys } from '../../src/registry/policy.js';
import { throwsCode } from '../helpers/throws-code.js';

const A = 'a'.repeat(64);
const POLICY = `registry = "01KAQ4Z6W3T8YB0JV9N2M5X7CD"
version = 2
previous = "sha256:${A}"

[principals.ana]
name = "Ana Lopez"
keys = ["ssh-ed25519 AAAAana ana@laptop", "ssh-ed25519 AAAAana2 ana@desk"]
[principals.bo]
keys = ["ssh-ed25519 AAAAbo"]
[principals.ci]
keys = ["ssh-ed25519 AAAAci ci"]

[roles]
owner = ["ana", "bo"]
machine = ["ci"]

[[rules]]
artifacts = ["*"]
actions = ["tag"]
role = "machine"
threshold = 1

[[rules]]
artifacts = ["model/fraud-*", "model/risk/**"]
actions = ["register", "promote:*"]
role = "owner"
threshold = 2

[[rules]]
artifacts = ["*"]
actions = ["policy", "configure", "register"]
role = "owner"
threshold = 1
`;
const parse = (text: string) => parsePolicy(utf8(text));
const people = (...names: string[]) => new Set(names as PrincipalName[]);
const artifact = (kind: Kind, name: string) => ({ kind, name: parseName(name) as ArtifactName });

describe('the policy', () => {
  it('reads principals, roles and rules', () => {
    const policy = parse(POLICY);
    assert.equal(policy.version, 2);
    assert.equal(policy.previous, A);
    assert.equal(policy.principals.get('ana' as PrincipalName)?.printedName, 'Ana Lopez');
    assert.equal(policy.principals.get('bo' as PrincipalName)?.printedName, 'bo');
    assert.deepEqual(
      policyKeys(policy).map(({ principal, key }) => `${principal} ${keyWithoutComment(key)}`),
      ['ana ssh-ed25519 AAAAana', 'ana ssh-ed25519 AAAAana2', 'bo ssh-ed25519 AAAAbo', 'ci ssh-ed25519 AAAAci'],
    );
  });

  const wrong: [string, string, string][] = [
    ['a role that names nobody known', 'machine = ["ci"]', 'machine = ["cy"]'],
    ['a role that names somebody twice', 'machine = ["ci"]', 'machine = ["ci", "ci"]'],
    ['a role with a bad name', 'machine = ["ci"]', '"Machine X" = ["ci"]'],
    ['a rule without its role', 'role = "machine"', 'role = "robots"'],
    ['a rule with the role constructor', 'role = "machine"', 'role = "constructor"'],
    ['a role that names toString', 'machine = ["ci"]', 'machine = ["tostring"]'],
    ['a threshold nobody can reach', 'role = "machine"\nthreshold = 1', 'role = "machine"\nthreshold = 2'],
    ['one key for two people', '"ssh-ed25519 AAAAbo"', '"ssh-ed25519  AAAAana other comment"'],
    ['the same key twice', 'AAAAana2', 'AAAAana'],
    ['a principal with capitals', '[principals.bo]', '[principals.Bo]'],
    ['a principal named by a prototype', '[principals.bo]', '[principals.__proto__]'],
    ['version 2 without previous', `previous = "sha256:${A}"\n`, ''],
    ['version 1 with previous', 'version = 2', 'version = 1'],
    ['a pattern without a kind', '"model/fraud-*"', '"fraud-*"'],
    ['a pattern with capitals', '"model/fraud-*"', '"model/Fraud-*"'],
    ['a pattern with an empty part', '"model/fraud-*"', '"model//x"'],
    ['a pattern with stars in a row', '"model/fraud-*"', '"model/a**"'],
    ['an action with a space', '"configure"', '"con figure"'],
  ];
  for (const [what, from, to] of wrong) {
    it(`refuses ${what}`, async () => {
      assert.ok(POLICY.includes(from), from);
      await throwsCode(() => parse(POLICY.replace(from, to)), 'policy/invalid');
    });
  }

  const malformed: [string, string, string][] = [
    ['a threshold of 0', 'threshold = 2', 'threshold = 0'],
    ['a threshold of 17', 'threshold = 2', 'threshold = 17'],
    ['an unknown field', 'threshold = 2', 'threshold = 2\nexpires = "never"'],
    ['an empty role', 'machine = ["ci"]', 'machine = []'],
    ['a principal without keys', 'keys = ["ssh-ed25519 AAAAbo"]', 'keys = []'],
  ];
  for (const [what, from, to] of malformed) {
    it(`refuses ${what} by its schema`, async () => {
      const { facts } = await throwsCode(() => parse(POLICY.replace(from, to)), 'document/schema');
      assert.equal(typeof facts.line, 'number');
    });
  }

  it('refuses two principals of one name', async () => {
    await throwsCode(() => parse(POLICY.replace('[principals.bo]', '[principals.ana]')), 'document/syntax');
  });
});

describe('decide', () => {
  const policy = parse(POLICY);

  it('lets the first rule that matches decide', () => {
    assert.deepEqual(decide(policy, 'register', artifact('model', 'fraud-x'), people('ana')), {
      kind: 'denied',
      rule: 1,
      role: 'owner',
      needs: 2,
      have: 1,
    });
    assert.deepEqual(decide(policy, 'register', artifact('model', 'fraud-x'), people('bo', 'ana', 'ci')), {
      kind: 'allowed',
      rule: 1,
      by: ['ana', 'bo'],
    });
    assert.equal(decide(policy, 'register', artifact('model', 'other'), people('bo')).kind, 'allowed');
    assert.equal(decide(policy, 'register', artifact('model', 'risk/deep/x'), people('bo')).kind, 'denied');
    assert.equal(
      decide(policy, 'promote:production', artifact('model', 'fraud-x'), people('ana', 'bo')).kind,
      'allowed',
    );
  });

  it('denies what no rule matches', () => {
    const denied = { kind: 'denied', rule: undefined, role: undefined, needs: 0, have: 0 };
    assert.deepEqual(decide(policy, 'revoke', artifact('data', 'x'), people('ana', 'bo', 'ci')), denied);
    assert.deepEqual(decide(policy, 'promote', undefined, people('ana', 'bo', 'ci')), denied);
    assert.deepEqual(decide(policy, 'promote', artifact('model', 'fraud-x'), people('ana', 'bo')), denied);
  });

  it('asks only rules for everything about what is no artifact', () => {
    assert.equal(decide(policy, 'policy', undefined, people('ana')).kind, 'allowed');
    const scoped = parse(
      POLICY.replace('artifacts = ["*"]\nactions = ["policy"', 'artifacts = ["model/**"]\nactions = ["policy"'),
    );
    assert.equal(decide(scoped, 'policy', undefined, people('ana', 'bo')).kind, 'denied');
  });

  it('does not count people outside the role, or people who do not exist', () => {
    assert.equal(decide(policy, 'policy', undefined, people('ci', 'eve', '__proto__')).kind, 'denied');
    assert.equal(decide(policy, 'tag', undefined, people('ana', 'bo')).kind, 'denied');
  });

  it('never turns an allowance into a denial when more people agree', () => {
    const all = ['ana', 'bo', 'ci', 'eve'];
    const actions = fc.constantFrom('register', 'tag', 'policy', 'promote:staging', 'revoke');
    const names = fc.constantFrom('fraud-x', 'risk/a', 'other');
    fc.assert(
      fc.property(fc.subarray(all), fc.subarray(all), actions, names, (some, more, action, name) => {
        const few = decide(policy, action, artifact('model', name), people(...some));
        const many = decide(policy, action, artifact('model', name), people(...some, ...more));
        assert.ok(few.kind === 'denied' || many.kind === 'allowed');
        assert.equal(few.rule, many.rule);
      }),
    );
  });
});
