/** What rules ask beyond signatures, bars, and keys that are revoked: the newer half of `policy.ts`. */
import assert from 'node:assert/strict';
import { utf8 } from '../../src/bytes/text.js';
import { type Kind, type LaneName, type PrincipalName, parseName } from '../../src/manifest/name.js';
import { barsFor, checksAsMuch, decide, OBJECT_CHECKS, parsePolicy, samePolicy } from '../../src/registry/policy.js';
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
actions = ["register"]
role = "owner"
threshold = 1
`;
const parse = (text: string) => parsePolicy(utf8(text));
const people = (...names: string[]) => new Set(names as PrincipalName[]);
const artifact = (kind: Kind, name: string) => ({ kind, name: parseName(name) });

const SUITE = 'b'.repeat(64);
/** A rule and whatever else a policy may ask for. */
const ASKING = POLICY.replace(
  'threshold = 2\n',
  `threshold = 2
separate_author = true
metrics = ["auc >= 0.9", "p99 ms < 20"]
licenses = ["MIT", "Apache-2.0"]
pickle = "refuse"
evidence = [
  { type = "eval", role = "owner", threshold = 2, max_age_days = 30, suite = "sha256:${SUITE}" },
  { type = "scan" },
]
regressions = [{ metric = "auc", better = "higher", by = "0.01" }]
`,
).concat(`
[[bars]]
artifacts = ["model/fraud-*"]
stage = "production"
metric = "auc >= 0.95"

[[bars]]
artifacts = ["*"]
stage = "staging"
metric = "f1 > 0"

[[revoked]]
key = "ssh-ed25519 AAAAlost"
cutoff = "${'c'.repeat(40)}"
reason = "stolen laptop"

[[revoked]]
key = "ssh-ed25519 AAAAold"
cutoff = "${'d'.repeat(40)}"
`);

describe('what a policy asks beyond signatures', () => {
  it('is read with each rule, and is nothing where the rule is silent', () => {
    const { rules } = parse(ASKING);
    const { separateAuthor, metrics, licenses, refusesPickle, evidence, regressions } = rules[1] as (typeof rules)[0];
    assert.deepEqual([separateAuthor, refusesPickle, licenses], [true, true, ['MIT', 'Apache-2.0']]);
    assert.deepEqual(metrics, [
      { metric: 'auc', operator: '>=', value: 0.9 },
      { metric: 'p99 ms', operator: '<', value: 20 },
    ]);
    assert.deepEqual(evidence, [
      { type: 'eval', role: 'owner', threshold: 2, maxAgeDays: 30, suite: SUITE },
      { type: 'scan', role: undefined, threshold: 1, maxAgeDays: undefined, suite: undefined },
    ]);
    assert.deepEqual(regressions, [{ metric: 'auc', better: 'higher', by: 0.01 }]);
    const silent = rules[0] as (typeof rules)[0];
    assert.deepEqual([silent.separateAuthor, silent.refusesPickle], [false, false]);
    const lists = [silent.evidence, silent.metrics, silent.regressions, silent.licenses];
    assert.deepEqual(lists, [[], [], [], []]);
    assert.deepEqual(parse(POLICY).bars, []);
    assert.deepEqual(parse(POLICY).revoked, []);
    const off = parse(ASKING.replace('separate_author = true', 'separate_author = false')).rules[1];
    assert.equal(off?.separateAuthor, false);
  });

  it('is read with the keys that are revoked', () => {
    assert.deepEqual(parse(ASKING).revoked, [
      { key: 'ssh-ed25519 AAAAlost', cutoff: 'c'.repeat(40), reason: 'stolen laptop' },
      { key: 'ssh-ed25519 AAAAold', cutoff: 'd'.repeat(40), reason: undefined },
    ]);
  });

  it('has the bars that stand before a stage of an artifact', () => {
    const policy = parse(ASKING);
    const barsOf = (name: string, stage: string) =>
      barsFor(policy, artifact('model', name), stage as LaneName).map(({ bound }) => bound.metric);
    assert.deepEqual(barsOf('fraud-x', 'production'), ['auc']);
    assert.deepEqual(barsOf('other', 'production'), []);
    assert.deepEqual(barsOf('other', 'staging'), ['f1']);
    assert.deepEqual(barsOf('fraud-x', 'archived'), []);
  });

  it('makes a policy another one', () => {
    for (const [from, to] of [
      ['auc >= 0.9"', 'auc >= 0.91"'],
      ['"refuse"\n', '"refuse"\n# the same\n'],
      ['cutoff = "d', 'cutoff = "c'],
      ['max_age_days = 30', 'max_age_days = 31'],
      ['stage = "staging"', 'stage = "live"'],
    ] as const) {
      assert.ok(ASKING.includes(from), from);
      assert.equal(samePolicy(parse(ASKING), parse(ASKING.replace(from, to))), to.includes('the same'), to);
    }
  });

  const wrong: [what: string, from: string, to: string, said: RegExp][] = [
    [
      'evidence of a type with capitals',
      'type = "scan"',
      'type = "Scan"',
      /^rule 2 asks for evidence of the type 'Scan'/,
    ],
    ['evidence by a role it does not have', 'role = "owner", ', 'role = "boss", ', /^rule 2 names the role boss/],
    [
      'evidence by more people than a role has',
      'threshold = 2, max',
      'threshold = 3, max',
      /^rule 2 asks for 3 of 2 members/,
    ],
    ['a metric without a number', '"auc >= 0.9"', '"auc is good"', /^rule 2: not a bound/],
    ['a metric beyond all numbers', '"auc >= 0.9"', '"auc >= 1e999"', /^rule 2: not a bound/],
    ['a step that is no number', 'by = "0.01"', 'by = "little"', /^rule 2: not a bound/],
    [
      'a bar for a pattern without a kind',
      '"model/fraud-*"]\nstage',
      '"fraud-*"]\nstage',
      /^bar 1 has the artifact pattern/,
    ],
    ['a bar before a stage with capitals', 'stage = "staging"', 'stage = "Staging"', /^bar 2 has the stage 'Staging'/],
    ['a bar without a bound', '"f1 > 0"', '"f1"', /^bar 2: not a bound/],
  ];
  for (const [what, from, to, said] of wrong) {
    it(`refuses ${what}`, async () => {
      assert.ok(ASKING.includes(from), from);
      const { message } = await throwsCode(() => parse(ASKING.replace(from, to)), 'policy/invalid');
      assert.match(message, said);
    });
  }

  const malformed: [what: string, from: string, to: string][] = [
    ['another word for pickle', 'pickle = "refuse"', 'pickle = "allow"'],
    ['a digest of another form', `sha256:${SUITE}`, SUITE],
    ['a better that is neither', '"higher"', '"bigger"'],
    ['a cutoff that is no commit', 'c'.repeat(40), 'main'],
    ['a number for a bound', 'by = "0.01"', 'by = 1'],
    ['an unknown field of evidence', 'type = "scan"', 'type = "scan", by = "ana"'],
    ['evidence of no age', 'max_age_days = 30', 'max_age_days = 0'],
  ];
  for (const [what, from, to] of malformed) {
    it(`refuses ${what} by its schema`, async () => {
      assert.ok(ASKING.includes(from), from);
      await throwsCode(() => parse(ASKING.replace(from, to)), 'document/schema');
    });
  }

  it('keeps authors apart only where a rule says so', () => {
    const policy = parse(ASKING);
    const [ana, both] = [people('ana'), people('ana', 'bo')];
    assert.deepEqual(decide(policy, 'register', artifact('model', 'fraud-x'), both, ana), {
      kind: 'denied',
      rule: 1,
      role: 'owner',
      needs: 2,
      have: 1,
    });
    assert.equal(decide(policy, 'register', artifact('model', 'fraud-x'), both).kind, 'allowed');
    assert.equal(decide(policy, 'register', artifact('data', 'x'), ana, ana).kind, 'allowed');
  });
});

describe('registry: what a policy asks of every gate', () => {
  const gated = (objects: string) => parsePolicy(utf8(`${POLICY}\n[gate]\nobjects = "${objects}"\n`));

  it('is nothing where it does not say so, which is the same as to let objects be skipped', () => {
    const before = parsePolicy(utf8(POLICY));
    assert.equal(before.gateObjects, 'skip');
    assert.ok(samePolicy(before, gated('skip')));
    for (const objects of ['present', 'decode']) assert.ok(!samePolicy(before, gated(objects)), objects);
  });

  it('orders what a gate may do, and refuses other words', () => {
    const asMuch = OBJECT_CHECKS.map((how) => OBJECT_CHECKS.map((least) => checksAsMuch(how, least)));
    assert.deepEqual(asMuch, [
      [true, false, false],
      [true, true, false],
      [true, true, true],
    ]);
    throwsCode(() => gated('none'), 'document/schema');
    throwsCode(() => parsePolicy(utf8(`${POLICY}\n[gate]\n`)), 'document/schema');
    throwsCode(() => parsePolicy(utf8(`${POLICY}\n[gate]\nobjects = "skip"\nother = 1\n`)), 'document/schema');
  });
});
