import assert from 'node:assert/strict';
import { utf8 } from '../../src/bytes/text.js';
import type { Digest } from '../../src/digest/digest.js';
import { type LaneName, type PrincipalName, parseName } from '../../src/manifest/name.js';
import {
  type ConditionFacts,
  type EvidenceFacts,
  isDatedAhead,
  unmetConditions,
  type VersionFacts,
} from '../../src/registry/conditions.js';
import { parseBound } from '../../src/registry/metric-bound.js';
import { type Policy, parsePolicy, type Rule } from '../../src/registry/policy.js';

const SUITE = 'a'.repeat(64) as Digest;

/** What the promotion asks for, in TOML; everybody may attest an eval, only ana and bo a scan. */
function policyOf(asks: string): Policy {
  return parsePolicy(
    utf8(`registry = "01KAQ4Z6W3T8YB0JV9N2M5X7CD"
version = 1
[principals]
ana = { keys = ["ssh-ed25519 AAAAana"] }
bo = { keys = ["ssh-ed25519 AAAAbo"] }
ci = { keys = ["ssh-ed25519 AAAAci"] }
[roles]
owner = ["ana", "bo"]
all = ["ana", "bo", "ci"]
[[rules]]
artifacts = ["*"]
actions = ["promote:production"]
role = "owner"
threshold = 1
${asks}
[[rules]]
artifacts = ["*"]
actions = ["attest:eval"]
role = "all"
threshold = 1
[[rules]]
artifacts = ["*"]
actions = ["attest:scan"]
role = "owner"
threshold = 2
`),
  );
}

/** Most of these tests are not about when it landed. */
const LONG_AFTER = Date.parse('2027-01-01T00:00:00Z') / 1000;

let made = 0;

function evidence(said: Partial<Omit<EvidenceFacts, 'signers'>> & { readonly signers?: readonly string[] } = {}) {
  const { signers = ['ana'], ...rest } = said;
  return {
    path: `evidence/${made++}.toml`,
    type: 'eval' as LaneName,
    result: null,
    suite: null,
    metrics: {},
    created: '2026-03-01T00:00:00Z',
    landed: LONG_AFTER,
    expires: null,
    signers: signers as PrincipalName[],
    policy: 0,
    ...rest,
  } satisfies EvidenceFacts;
}

const NOTHING: VersionFacts = { metrics: {}, license: undefined, paths: ['model.onnx'], evidence: [] };

interface Case {
  readonly asks: string;
  readonly version?: Partial<VersionFacts>;
  readonly holder?: Partial<VersionFacts>;
  readonly bars?: ConditionFacts['bars'];
  readonly incompleteLineage?: readonly string[];
}

function unmet({ asks, version, holder, bars = [], incompleteLineage = [] }: Case): string[] {
  const policy = policyOf(asks);
  return unmetConditions(policy, policy.rules[0] as Rule, {
    artifact: { kind: 'model', name: parseName('x') },
    version: { ...NOTHING, ...version },
    holder: holder === undefined ? undefined : { ...NOTHING, ...holder, name: '0.9.0' },
    bars,
    incompleteLineage,
    created: '2026-03-10T00:00:00Z',
  });
}

/** Whether these pieces of evidence are enough, one at a time. */
function enough(asks: string, pieces: readonly EvidenceFacts[]): boolean[] {
  return pieces.map((one) => unmet({ asks: `evidence = [${asks}]`, version: { evidence: [one] } }).length === 0);
}

describe('a rule', () => {
  it('that asks for nothing is met by anything', () => {
    assert.deepEqual(unmet({ asks: '', version: { paths: ['x.pkl'] } }), []);
  });

  it('with several conditions names each one that is not met', () => {
    const asks = 'evidence = [{ type = "eval" }]\nmetrics = ["auc >= 0.9"]\nlicenses = ["MIT"]\npickle = "refuse"';
    assert.equal(unmet({ asks, version: { paths: ['x.pkl'] } }).length, 4);
  });
});

describe('evidence that a rule asks for', () => {
  it('is of its type, and did not fail', () => {
    const pieces = [
      evidence(),
      evidence({ result: 'pass' }),
      evidence({ result: 'fail' }),
      evidence({ type: 'scan' as LaneName }),
    ];
    assert.deepEqual(enough('{ type = "eval" }', pieces), [true, true, false, false]);
    assert.deepEqual(unmet({ asks: 'evidence = [{ type = "eval" }]' }), ['it lacks evidence: eval']);
  });

  it('has not run out when the event is made', () => {
    const at = (expires: string) => evidence({ expires });
    const pieces = [at('2026-03-10T00:00:01Z'), at('2026-03-10T00:00:00Z'), at('2026-03-09T00:00:00Z')];
    assert.deepEqual(enough('{ type = "eval" }', pieces), [true, false, false]);
  });

  it('is not older than the rule says', () => {
    const at = (created: string) => evidence({ created });
    const pieces = [at('2026-03-08T00:00:00Z'), at('2026-03-07T23:59:59Z'), at('2026-03-11T00:00:00Z')];
    assert.deepEqual(enough('{ type = "eval", max_age_days = 2 }', pieces), [true, false, true]);
    assert.deepEqual(unmet({ asks: 'evidence = [{ type = "eval", max_age_days = 2 }]' }), [
      'it lacks evidence: eval of at most 2 days',
    ]);
  });

  it('was not dated after the commit that brought it where its age is asked, an hour of wrong clocks aside', () => {
    const landed = Date.parse('2026-03-09T00:00:00Z') / 1000;
    const at = (created: string) => evidence({ path: 'evidence/a.toml', created, landed });
    const pieces = ['2026-03-09T00:00:00Z', '2026-03-09T01:00:00Z', '2026-03-09T01:00:01Z', '2099-01-01T00:00:00Z'];
    assert.deepEqual(enough('{ type = "eval", max_age_days = 2 }', pieces.map(at)), [true, true, false, false]);
    assert.deepEqual(pieces.map(at).map(isDatedAhead), [false, false, true, true]);
    // Where nobody asks how old it is, its date says nothing.
    assert.deepEqual(enough('{ type = "eval" }', pieces.map(at)), [true, true, true, true]);
    const asks = 'evidence = [{ type = "eval", max_age_days = 2 }]';
    const ahead = at('2099-01-01T00:00:00Z');
    assert.deepEqual(unmet({ asks, version: { evidence: [ahead] } }), [
      'it lacks evidence: eval of at most 2 days (evidence/a.toml is dated after the commit that brought it)',
    ]);
    // What would not do at any age is not to blame for its date, nor is what is merely old.
    const plain = ['it lacks evidence: eval of at most 2 days'];
    assert.deepEqual(unmet({ asks, version: { evidence: [{ ...ahead, type: 'scan' as LaneName }] } }), plain);
    assert.deepEqual(unmet({ asks, version: { evidence: [{ ...ahead, result: 'fail' }] } }), plain);
    assert.deepEqual(unmet({ asks, version: { evidence: [at('2026-03-01T00:00:00Z')] } }), plain);
  });

  it('dated ahead does not have the last word on a metric for ever', () => {
    const landed = (day: number) => Date.parse(`2026-03-0${day}T00:00:00Z`) / 1000;
    const piece = (created: string, day: number, auc: number) =>
      evidence({ created, landed: landed(day), metrics: { auc } });
    const asks = 'evidence = [{ type = "eval" }]\nmetrics = ["auc >= 0.9"]';
    const ahead = piece('2099-01-01T00:00:00Z', 2, 0.95);
    const later = piece('2026-03-03T00:00:00Z', 4, 0.5);
    const earlier = piece('2026-03-01T00:00:00Z', 2, 0.5);
    assert.equal(unmet({ asks, version: { evidence: [ahead, later] } }).length, 1);
    assert.equal(unmet({ asks, version: { evidence: [later, ahead] } }).length, 1);
    assert.deepEqual(unmet({ asks, version: { evidence: [ahead, earlier] } }), []);
  });

  it('was measured against the suite', () => {
    const pieces = [evidence({ suite: SUITE }), evidence({ suite: 'b'.repeat(64) as Digest }), evidence()];
    const asks = `{ type = "eval", suite = "sha256:${SUITE}" }`;
    assert.deepEqual(enough(asks, pieces), [true, false, false]);
    assert.deepEqual(unmet({ asks: `evidence = [${asks}]` }), [`it lacks evidence: eval against sha256:${SUITE}`]);
  });

  it('is signed by enough members of its role', () => {
    const pieces = [['ana', 'bo'], ['ana'], ['ana', 'ci'], ['ci']].map((signers) => evidence({ signers }));
    assert.deepEqual(enough('{ type = "eval", role = "owner" }', pieces), [true, true, true, false]);
    assert.deepEqual(enough('{ type = "eval", role = "owner", threshold = 2 }', pieces), [true, false, false, false]);
    assert.deepEqual(unmet({ asks: 'evidence = [{ type = "eval", role = "owner", threshold = 2 }]' }), [
      'it lacks evidence: eval by 2 of owner',
    ]);
  });

  it('is signed by those who may attest it where no role is named, and by as many as are asked for', () => {
    const pieces = [['ana', 'bo'], ['ana'], ['ci']].map((signers) => evidence({ signers }));
    assert.deepEqual(enough('{ type = "eval" }', pieces), [true, true, true]);
    assert.deepEqual(enough('{ type = "eval", threshold = 2 }', pieces), [true, false, false]);
    const scans = pieces.map((one) => ({ ...one, type: 'scan' as LaneName }));
    assert.deepEqual(enough('{ type = "scan" }', scans), [true, false, false]);
    const words = pieces.map((one) => ({ ...one, type: 'hearsay' as LaneName }));
    assert.deepEqual(enough('{ type = "hearsay" }', words), [false, false, false]);
  });

  it('is there for each that is asked for', () => {
    const asks = 'evidence = [{ type = "eval" }, { type = "scan", role = "owner" }]';
    const scan = evidence({ type: 'scan' as LaneName });
    assert.deepEqual(unmet({ asks, version: { evidence: [scan] } }), ['it lacks evidence: eval']);
    assert.deepEqual(unmet({ asks, version: { evidence: [scan, evidence()] } }), []);
  });
});

describe('a bound of a metric', () => {
  it('is held against the manifest where no evidence is asked for', () => {
    const asks = 'metrics = ["auc >= 0.9", "error < 0.1"]';
    assert.deepEqual(unmet({ asks, version: { metrics: { auc: 0.9, error: 0.05 } } }), []);
    assert.deepEqual(unmet({ asks, version: { metrics: { auc: 0.89, error: 0.1 } } }), [
      'auc >= 0.9 is asked, and it is 0.89',
      'error < 0.1 is asked, and it is 0.1',
    ]);
    assert.deepEqual(unmet({ asks, version: { metrics: { auc: 1 } } }), [
      'error < 0.1 is asked, and nothing says what error is',
    ]);
    // A name that every object has is no metric.
    assert.equal(unmet({ asks: 'metrics = ["constructor >= 0"]' }).length, 1);
  });

  it('is held against the evidence that is asked for, whatever the manifest says', () => {
    const asks = 'evidence = [{ type = "eval", role = "owner" }]\nmetrics = ["auc >= 0.9"]';
    const high = evidence({ metrics: { auc: 0.95 } });
    const low = evidence({ metrics: { auc: 0.5 } });
    assert.deepEqual(unmet({ asks, version: { metrics: { auc: 0.1 }, evidence: [high] } }), []);
    assert.equal(unmet({ asks, version: { metrics: { auc: 0.99 }, evidence: [low] } }).length, 1);
    assert.equal(unmet({ asks, version: { metrics: { auc: 0.99 } } }).length, 2);
    // Of somebody else, or of another type, it does not speak.
    for (const other of [
      evidence({ metrics: { auc: 0.95 }, signers: ['ci'], created: '2026-03-05T00:00:00Z' }),
      evidence({ metrics: { auc: 0.95 }, type: 'scan' as LaneName, created: '2026-03-05T00:00:00Z' }),
    ]) {
      assert.equal(unmet({ asks, version: { evidence: [low, other] } }).length, 1);
      assert.deepEqual(unmet({ asks, version: { evidence: [high, { ...other, metrics: { auc: 0.1 } }] } }), []);
    }
  });

  it('takes the newest word on each metric, and at one time that of the later path', () => {
    const asks = 'evidence = [{ type = "eval" }]\nmetrics = ["auc >= 0.9"]';
    const say = (auc: number, created: string, path: string) => evidence({ metrics: { auc }, created, path });
    const old = say(0.95, '2026-03-01T00:00:00Z', 'b');
    const late = say(0.5, '2026-03-02T00:00:00Z', 'a');
    const same = say(0.5, '2026-03-01T00:00:00Z', 'c');
    const other = evidence({ metrics: { f1: 0 }, created: '2026-03-03T00:00:00Z' });
    for (const [pieces, count] of [
      [[old, late], 1],
      [[late, old], 1],
      [[old, same], 1],
      [[same, old], 1],
      [
        [
          { ...late, metrics: { auc: 0.99 } },
          { ...old, metrics: { auc: 0.1 } },
        ],
        0,
      ],
      [[old, other], 0],
    ] as const) {
      assert.equal(unmet({ asks, version: { evidence: pieces } }).length, count);
    }
  });
});

describe('a regression', () => {
  const asks =
    'regressions = [{ metric = "auc", better = "higher", by = "0.02" }, { metric = "ms", better = "lower", by = "5" }]';
  const of = (auc: number, ms: number) => ({ metrics: { auc, ms } });

  it('is a step in the wrong direction of more than is allowed', () => {
    assert.deepEqual(unmet({ asks, version: of(0.5, 100), holder: of(0.5, 100) }), []);
    assert.deepEqual(unmet({ asks, version: of(0.49, 105), holder: of(0.5, 100) }), []);
    assert.deepEqual(unmet({ asks, version: of(0.9, 1), holder: of(0.5, 100) }), []);
    assert.deepEqual(unmet({ asks, version: of(0.25, 106), holder: of(0.5, 100) }), [
      'auc is 0.25, worse than the 0.5 of 0.9.0 by more than 0.02',
      'ms is 106, worse than the 100 of 0.9.0 by more than 5',
    ]);
  });

  it('needs a holder, and something that was measured of it', () => {
    assert.deepEqual(unmet({ asks, version: of(0, 1000) }), []);
    assert.deepEqual(unmet({ asks, version: of(0, 1000), holder: {} }), []);
    assert.deepEqual(unmet({ asks, version: { metrics: { ms: 1 } }, holder: of(0.5, 100) }), [
      'auc is to be held against that of 0.9.0, and nothing says what it is',
    ]);
  });

  it('is judged by evidence where evidence is asked for, of those who may attest it', () => {
    const both = `evidence = [{ type = "eval" }]\n${asks}`;
    const say = (auc: number, signers = ['ana']) => evidence({ metrics: { auc }, signers });
    const version = { metrics: { auc: 0.9 }, evidence: [say(0.4)] };
    assert.equal(unmet({ asks: both, version, holder: { evidence: [say(0.5)] } }).length, 1);
    assert.deepEqual(unmet({ asks: both, version, holder: { metrics: { auc: 0.5 } } }), []);
    assert.deepEqual(unmet({ asks: both, version, holder: { evidence: [say(0.5, ['eve'])] } }), []);
  });
});

describe('a bar', () => {
  const bars = [{ bound: parseBound('auc >= 0.9'), since: 2 }];
  const at = (policy: number, auc: number, signers = ['ana']) => evidence({ policy, metrics: { auc }, signers });

  it('is reached by evidence that knew of it', () => {
    assert.deepEqual(unmet({ asks: '', bars, version: { evidence: [at(2, 0.9)] } }), []);
    assert.deepEqual(unmet({ asks: '', bars, version: { evidence: [at(3, 0.95), at(0, 0.1)] } }), []);
    assert.deepEqual(unmet({ asks: '', bars, version: { evidence: [at(2, 0.8)] } }), [
      'auc >= 0.9 is asked, measured after the bar was set, and it is 0.8',
    ]);
  });

  it('is not reached by what was measured before, under an unknown policy, by a stranger, or by the manifest', () => {
    const told = ['auc >= 0.9 is asked, measured after the bar was set, and nothing says what auc is'];
    for (const one of [at(1, 0.95), at(-1, 0.95), at(2, 0.95, ['eve']), { ...at(2, 0.95), result: 'fail' as const }]) {
      assert.deepEqual(unmet({ asks: '', bars, version: { evidence: [one], metrics: { auc: 0.99 } } }), told);
    }
  });
});

describe('the form of a version', () => {
  it('has one of the licenses that are asked for', () => {
    const asks = 'licenses = ["MIT", "Apache-2.0"]';
    assert.deepEqual(unmet({ asks, version: { license: 'Apache-2.0' } }), []);
    assert.deepEqual(unmet({ asks, version: { license: 'mit' } }), [
      'its license is mit, and one of MIT, Apache-2.0 is asked',
    ]);
    assert.deepEqual(unmet({ asks }), ['its license is not named, and one of MIT, Apache-2.0 is asked']);
  });

  it('has no file that Python unpickles, by its name, where the rule refuses those', () => {
    const asks = 'pickle = "refuse"';
    const safe = ['model.onnx', 'model.safetensors', 'pkl', 'bin', 'a.pkl/model.onnx', 'model.pkl.txt'];
    assert.deepEqual(unmet({ asks, version: { paths: safe } }), []);
    const endings = ['pkl', 'pickle', 'joblib', 'dill', 'pt', 'pth', 'ckpt', 'bin', 'mar', 'PKL', 'Pt'];
    for (const ending of endings) {
      assert.deepEqual(unmet({ asks, version: { paths: [...safe, `deep/model.${ending}`] } }), [
        `deep/model.${ending} may be a pickle, which runs code when it is loaded`,
      ]);
    }
  });
});
