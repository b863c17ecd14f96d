/** What changes between two policies: nothing is left out, nothing is told that stays, and order counts where it decides. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import type { Engines } from '../../src/engines.js';
import { loadPolicy } from '../../src/history/load-policy.js';
import { writePolicy } from '../../src/manifest/documents.js';
import type { PolicyDocument } from '../../src/manifest/generated/types.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { describePolicy, type PolicyResult } from '../../src/ops/policy.js';
import { differenceOf, type PolicyDifference, policyDifference } from '../../src/ops/policy-difference.js';
import { keyIdOf } from '../../src/signing/public-key.js';
import { ana, bo, carol, type Key, REGISTRY } from '../helpers/registry-fixture.js';

/** Beside version and digests. */
function assertNothing({ principals, roles, rules, bars, revoked, gate }: PolicyDifference): void {
  assert.deepEqual([principals, roles, rules, bars, revoked, gate], [[], [], [], [], [], null]);
}

describe('ops: what changes between two policies', () => {
  let engines: Engines;

  before(async () => {
    engines = await createNativeEngines();
  });

  const RULE = { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 } as const;
  const BASE: PolicyDocument = {
    registry: REGISTRY,
    version: 1,
    principals: { ana: { keys: [ana.line] }, bo: { name: 'Bo Chen', keys: [bo.line] } },
    roles: { owner: ['ana', 'bo'], machine: ['bo'] },
    rules: [{ ...RULE, artifacts: ['model/**'], actions: ['promote:production'], threshold: 2 }, { ...RULE }],
  } as PolicyDocument;
  const load = (document: PolicyDocument) => loadPolicy(writePolicy(document), engines);
  const between = (after: Partial<PolicyDocument>) =>
    policyDifference(load(BASE), load({ ...BASE, ...after }), engines);
  const idOf = ({ signer }: Key) => keyIdOf(signer.publicKey.raw, engines);

  it('is nothing where only comments, layout or the order of people differ', () => {
    const { ana: first, bo: second } = BASE.principals;
    const principals = { bo: second, ana: first } as PolicyDocument['principals'];
    const other = load({ ...BASE, principals, roles: { machine: ['bo'], owner: ['bo', 'ana'] } });
    const difference = policyDifference(load(BASE), other, engines);
    assertNothing(difference);
    assert.notEqual(difference.before.digest, difference.after.digest);
    const commented = loadPolicy(utf8(`# mine\n${new TextDecoder().decode(writePolicy(BASE))}`), engines);
    assertNothing(policyDifference(load(BASE), commented, engines));
  });

  it('names people, keys and printed names', () => {
    const { principals } = between({
      principals: { bo: { keys: [carol.line, bo.line] }, carol: { keys: [ana.line] } },
      roles: { owner: ['bo', 'carol'], machine: ['bo'] },
    });
    assert.deepEqual(principals, [
      { name: 'ana', state: 'removed', printed: ['ana'], keysAdded: [], keysRemoved: [idOf(ana)] },
      { name: 'bo', state: 'changed', printed: ['Bo Chen', 'bo'], keysAdded: [idOf(carol)], keysRemoved: [] },
      { name: 'carol', state: 'added', printed: ['carol'], keysAdded: [idOf(ana)], keysRemoved: [] },
    ]);
  });

  it('names roles, thresholds, bars, revocations and what is asked of gates', () => {
    const revocation = { key: carol.line, cutoff: 'c'.repeat(40), reason: 'lost' };
    const bar = { artifacts: ['model/x'], stage: 'production', metric: 'auc >= 0.9' };
    const rules = [{ ...RULE, artifacts: ['model/**'], actions: ['promote:production'] }, { ...RULE }];
    const found = between({
      roles: { owner: ['ana', 'bo'], bots: ['bo'] },
      rules,
      bars: [bar],
      revoked: [revocation],
      gate: { objects: 'decode' },
    });
    assert.deepEqual(found.roles, [
      { role: 'bots', state: 'added', added: ['bo'], removed: [] },
      { role: 'machine', state: 'removed', added: [], removed: ['bo'] },
    ]);
    assert.deepEqual(
      found.rules.map(({ state, number, rule }) => [state, number, rule.threshold]),
      [
        ['removed', 1, 2],
        ['added', 1, 1],
      ],
    );
    assert.deepEqual(found.bars, [{ state: 'added', bar }]);
    assert.deepEqual(found.revoked, [{ state: 'added', key: { id: idOf(carol), ...revocation } }]);
    assert.deepEqual(found.gate, { before: 'skip', after: 'decode' });
    const roles = between({ roles: { owner: ['ana', 'bo'], machine: ['ana'] } }).roles;
    assert.deepEqual(roles, [{ role: 'machine', state: 'changed', added: ['ana'], removed: ['bo'] }]);
  });

  it('tells of a rule that moves, because the first that matches decides', () => {
    const { rules } = between({ rules: BASE.rules.toReversed() as PolicyDocument['rules'] });
    assert.equal(rules.length, 2);
    assert.deepEqual(new Set(rules.map(({ state }) => state)), new Set(['added', 'removed']));
  });

  it('leads from one list of rules to the other, by as few steps as there can be', () => {
    const described = (): Omit<PolicyResult, 'root'> => describePolicy(load(BASE), engines);
    const policy = described();
    const [rule] = policy.rules as [PolicyResult['rules'][number]];
    const lists = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 8 });
    fc.assert(
      fc.property(lists, lists, (a, b) => {
        const [before, after] = [a, b].map((list) => list.map((threshold) => ({ ...rule, threshold })));
        const { rules } = differenceOf({ ...policy, rules: before ?? [] }, { ...policy, rules: after ?? [] });
        const gone = new Set(rules.filter(({ state }) => state === 'removed').map(({ number }) => number - 1));
        const found = a.filter((_, i) => !gone.has(i));
        // In the order of their numbers, each is put where it belongs.
        for (const { state, number, rule: one } of rules)
          if (state === 'added') found.splice(number - 1, 0, one.threshold);
        assert.deepEqual(found, b);
        assert.equal(rules.length, a.length + b.length - 2 * common(a, b));
      }),
    );
  });
});

/** The length of the longest common subsequence, as it is defined. */
function common(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [a[0], b[0]];
  if (x === undefined || y === undefined) return 0;
  if (x === y) return 1 + common(a.slice(1), b.slice(1));
  return Math.max(common(a.slice(1), b), common(a, b.slice(1)));
}
