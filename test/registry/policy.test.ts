import assert from 'node:assert/strict';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import { type ArtifactName, type Kind, type PrincipalName, parseName } from '../../src/manifest/name.js';
import { decide, keyWithoutComment, parsePolicy, policyKeys, samePolicy } from '../../src/registry/policy.js';
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

  const NAME = 'names have a-z, 0-9 and inside - _ .';
  const PATTERN = 'patterns look like model/fraud-*, data/** or *';
  const PREVIOUS = 'previous is the SHA-256 of the policy file before, from version 2 on';
  const long = 'x'.repeat(100);
  const wrong: [what: string, from: string, to: string, said: string, hint?: string][] = [
    [
      'a role that names nobody known',
      'machine = ["ci"]',
      'machine = ["cy"]',
      'role machine names cy, whom the policy does not know',
    ],
    ['a role that names somebody twice', 'machine = ["ci"]', 'machine = ["ci", "ci"]', 'role machine names ci twice'],
    ['a role with a bad name', 'machine = ["ci"]', '"M x" = ["ci"]', "'M x' is not a name for a role", NAME],
    [
      'a role with a long name',
      'machine = ["ci"]',
      `${long} = ["ci"]`,
      `'${'x'.repeat(80)}' is not a name for a role`,
      NAME,
    ],
    [
      'a rule without its role',
      'role = "machine"',
      'role = "robots"',
      'rule 1 names the role robots, which the policy does not have',
    ],
    [
      'a rule with the role constructor',
      'role = "machine"',
      'role = "constructor"',
      'rule 1 names the role constructor, which the policy does not have',
    ],
    [
      'a role that names toString',
      'machine = ["ci"]',
      'machine = ["tostring"]',
      'role machine names tostring, whom the policy does not know',
    ],
    [
      'a threshold nobody can reach',
      'role = "machine"\nthreshold = 1',
      'role = "machine"\nthreshold = 2',
      'rule 1 asks for 2 of 1 members of machine',
    ],
    [
      'one key for two people',
      '"ssh-ed25519 AAAAbo"',
      '"ssh-ed25519  AAAAana other comment"',
      'ana and bo have the same key',
    ],
    ['the same key twice', 'AAAAana2', 'AAAAana', 'ana has the same key twice'],
    ['a principal with capitals', '[principals.bo]', '[principals.Bo]', "'Bo' is not a name for a principal", NAME],
    [
      'a principal with a long name',
      '[principals.bo]',
      `[principals.${long}]`,
      `'${'x'.repeat(80)}' is not a name for a principal`,
      NAME,
    ],
    [
      'a principal named by a prototype',
      '[principals.bo]',
      '[principals.__proto__]',
      "'__proto__' is not a name for a principal",
      NAME,
    ],
    ['version 2 without previous', `previous = "sha256:${A}"\n`, '', 'version 2 lacks previous', PREVIOUS],
    ['version 1 with previous', 'version = 2', 'version = 1', 'version 1 has no previous policy', PREVIOUS],
    ['a pattern without a kind', '"model/fraud-*"', '"fraud-*"', "rule 2 has the artifact pattern 'fraud-*'", PATTERN],
    ['a pattern of one star in a part', '"model/fraud-*"', '"***"', "rule 2 has the artifact pattern '***'", PATTERN],
    [
      'a pattern with capitals',
      '"model/fraud-*"',
      '"model/Fraud-*"',
      "rule 2 has the artifact pattern 'model/Fraud-*'",
      PATTERN,
    ],
    [
      'a pattern with an empty part',
      '"model/fraud-*"',
      '"model//x"',
      "rule 2 has the artifact pattern 'model//x'",
      PATTERN,
    ],
    [
      'a pattern with stars in a row',
      '"model/fraud-*"',
      '"model/a**"',
      "rule 2 has the artifact pattern 'model/a**'",
      PATTERN,
    ],
    ...['con figure', 'a{', 'a/', 'a:', 'é', 'a`'].map((action): (typeof wrong)[number] => [
      `the action ${action}`,
      '"configure"',
      `"${action}"`,
      `rule 3 has the action '${action}'`,
      'such as register, tag or *',
    ]),
  ];
  for (const [what, from, to, said, hint] of wrong) {
    it(`refuses ${what}`, async () => {
      assert.ok(POLICY.includes(from), from);
      const error = await throwsCode(() => parse(POLICY.replace(from, to)), 'policy/invalid');
      assert.deepEqual([error.message, error.hint], [said, hint]);
    });
  }

  it('takes every character that names have in its patterns', () => {
    for (const pattern of ['model/az09-_.*', '**', 'data/**', '*/x']) parse(POLICY.replace('model/fraud-*', pattern));
  });

  it('of version 1 has none before it', () => {
    const first = parse(POLICY.replace('version = 2', 'version = 1').replace(`previous = "sha256:${A}"\n`, ''));
    assert.deepEqual([first.version, first.previous], [1, undefined]);
  });

  it('is the same in another order of people, and not with any other difference', () => {
    const same = (from: string, to: string) => {
      assert.ok(POLICY.includes(from), from);
      return samePolicy(parse(POLICY), parse(POLICY.replace(from, to)));
    };
    assert.ok(same('owner = ["ana", "bo"]\nmachine = ["ci"]', 'machine = ["ci"]\nowner = ["bo", "ana"]'));
    const [bo, ci] = [
      '[principals.bo]\nkeys = ["ssh-ed25519 AAAAbo"]\n',
      '[principals.ci]\nkeys = ["ssh-ed25519 AAAAci ci"]\n',
    ];
    assert.ok(same(`${bo}${ci}`, `${ci}${bo}`));
    for (const [from, to] of [
      ['version = 2', 'version = 3'],
      [A, 'b'.repeat(64)],
      ['Ana Lopez', 'Ana'],
      ['AAAAbo', 'AAAAbob'],
      ['owner = ["ana", "bo"]', 'owner = ["ana", "bo", "ci"]'],
      ['role = "machine"', 'role = "owner"'],
      ['threshold = 2', 'threshold = 1'],
      ['"model/fraud-*", "model/risk/**"', '"model/risk/**", "model/fraud-*"'],
    ] as const) {
      assert.ok(!same(from, to), to);
    }
  });

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
  it('names those who allow it in order, however the policy lists them', () => {
    const turned = parse(POLICY.replace('["ana", "bo"]', '["bo", "ana"]'));
    const decision = decide(turned, 'register', artifact('data', 'x'), people('ana', 'bo'));
    assert.deepEqual(decision, { kind: 'allowed', rule: 2, by: ['ana', 'bo'] });
  });

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
