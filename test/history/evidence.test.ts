/** Evidence as history shows it, and the rules that ask for more than signatures. */
import assert from 'node:assert/strict';
import type { Digest } from '../../src/digest/digest.js';
import type { Oid } from '../../src/git-format/oid.js';
import type { Manifest } from '../../src/manifest/documents.js';
import type { EvidenceDocument, PolicyDocument } from '../../src/manifest/generated/types.js';
import { parseRelPath } from '../../src/manifest/rel-path.js';
import {
  type EventOptions,
  effects,
  eventFiles,
  eventOf,
  evidenceFiles,
  onlyEvidence,
  signedToo,
} from '../helpers/event-fixture.js';
import { codesOf, errorsOf } from '../helpers/fold-results.js';
import {
  ana,
  bo,
  type Changes,
  carol,
  eve,
  HistoryBuilder,
  type Key,
  OTHER_REGISTRY,
} from '../helpers/registry-fixture.js';

const X1 = 'model/x@1.0.0';
const X2 = 'model/x@1.1.0';
const STAGED = 'model/x/events/staging/0001.toml';
const NEXT = 'model/x/events/staging/0002.toml';
const NOBODY_SAW = `sha256:${'0'.repeat(64)}`;

type Rule = PolicyDocument['rules'][number];
type Bars = NonNullable<PolicyDocument['bars']>;

const REST: Rule = { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 };
const ROLES = { owner: ['ana', 'bo'], auditor: ['bo', 'carol'] };

let b: HistoryBuilder;
let landed: Oid;

beforeEach(async () => {
  b = await HistoryBuilder.make();
});

async function then(after: Oid, changes: Changes | Promise<Changes>): Promise<Oid> {
  return b.commit([after], await changes);
}

/** A registry with two versions, where a promotion to staging asks for this. */
async function begin(
  asks: Partial<Rule>,
  edit: (honest: Manifest) => Manifest = (honest) => honest,
  bars?: Bars,
): Promise<Oid> {
  const rules = [{ ...REST, actions: ['promote:staging'], ...asks }, REST];
  const root = await b.commit([], await b.genesis(ana, { principals: [ana, bo, carol], roles: ROLES, rules, bars }));
  const one = await then(root, b.version(X1, { edit }));
  landed = await then(one, b.version(X2, { edit }));
  return landed;
}

const stage = (after: Oid, ref = X1, options: EventOptions = {}) => eventFiles(b, after, 'promote', ref, options);
const about = (after: Oid, said: Partial<EvidenceDocument> = {}, keys: readonly Key[] = [ana], ref = X1) =>
  evidenceFiles(b, after, ref, said, keys);
const documentIn = (files: Changes) => Object.keys(files).find((path) => path.endsWith('.toml')) as string;
const signatureIn = (files: Changes) => Object.keys(files).find((path) => path.endsWith('.sig')) as string;

describe('evidence', () => {
  beforeEach(async () => {
    await begin({});
  });

  it('lands with what it says, and takes effect where somebody of the policy signed it', async () => {
    const said = {
      metrics: { auc: 0.93 },
      result: 'pass',
      suite: NOBODY_SAW,
      expires: '2027-01-01T00:00:00Z',
      reason: 'a look at it',
    } as const;
    const tip = await then(landed, about(landed, said, [carol]));
    const folded = await b.fold(tip);
    const row = onlyEvidence(folded);
    assert.deepEqual(errorsOf(folded), []);
    assert.deepEqual([row.effective, row.commit, row.signers, row.actor], [tip, tip, ['carol'], 'carol']);
    assert.deepEqual(
      [row.type, row.result, row.suite, row.metrics, row.expires, row.reason, row.files],
      ['eval', 'pass', '0'.repeat(64), { auc: 0.93 }, '2027-01-01T00:00:00Z', 'a look at it', []],
    );
    assert.deepEqual((await b.fold(tip, (await b.fold(landed)).state)).state, folded.state);
  });

  it('may be about content that nobody registered', async () => {
    const files = await about(landed);
    const lone = await b.commit([], await b.genesis(ana, { principals: [ana] }));
    const folded = await b.fold(await then(lone, files));
    assert.deepEqual([errorsOf(folded), onlyEvidence(folded).effective !== null], [[], true]);
  });

  it('waits for somebody of the policy, and for the one who is said to have made it', async () => {
    const unsigned = await about(landed, {}, []);
    const waiting = await then(landed, unsigned);
    assert.deepEqual(errorsOf(await b.fold(waiting)), ['signature/missing']);
    const strange = await then(waiting, signedToo(b, waiting, documentIn(unsigned), [eve]));
    assert.deepEqual(errorsOf(await b.fold(strange)), ['signature/unknown-key']);
    const other = await then(waiting, signedToo(b, waiting, documentIn(unsigned), [bo]));
    const folded = await b.fold(other);
    assert.deepEqual([errorsOf(folded), onlyEvidence(folded).effective], [['signature/missing'], null]);
    assert.match(onlyEvidence(folded).problems[0]?.message ?? '', /ana, who is said to have made it/);
    const signed = await then(other, signedToo(b, other, documentIn(unsigned), [ana]));
    const good = await b.fold(signed);
    assert.deepEqual([errorsOf(good), onlyEvidence(good).signers], [[], ['ana', 'bo']]);
  });

  it('lies where its content and id say, in the registry it names', async () => {
    const files = await about(landed);
    const bytes = files[documentIn(files)] as Uint8Array;
    for (const from of [/^(evidence\/)../, /[0-9A-Z]{5}\.toml$/]) {
      const path = documentIn(files).replace(from, from.source.startsWith('^') ? '$1ff' : 'ZZZZZ.toml');
      assert.ok(errorsOf(await b.fold(await then(landed, { [path]: bytes }))).includes('manifest/wrong-place'));
    }
    const foreign = await b.fold(await then(landed, about(landed, { registry: OTHER_REGISTRY })));
    assert.deepEqual(errorsOf(foreign), ['manifest/other-registry']);
  });

  it('is frozen once it counted, with its signatures', async () => {
    const files = await about(landed);
    const tip = await then(landed, files);
    const [path, signature] = [documentIn(files), signatureIn(files)];
    for (const [changes, code] of [
      [{ [path]: null }, 'history/evidence-removed'],
      [{ [path]: null, [signature]: null }, 'history/evidence-removed'],
      [{ [path]: 'junk' }, 'history/evidence-changed'],
      [{ [signature]: null }, 'history/signature-changed'],
    ] as const) {
      const bad = await then(tip, changes);
      assert.ok(errorsOf(await b.fold(bad)).includes(code));
      const back = await b.fold(await then(bad, files));
      assert.deepEqual([errorsOf(back), onlyEvidence(back).effective], [[], tip]);
    }
  });

  it('may go while it waits', async () => {
    const files = await about(landed, {}, []);
    const waiting = await then(landed, files);
    const folded = await b.fold(await then(waiting, { [documentIn(files)]: null }));
    assert.deepEqual([errorsOf(folded), folded.state.evidence.size], [[], 0]);
  });

  it('of more than 16 KiB is not looked into before somebody of the policy signed it', async () => {
    const report = (i: number) => ({
      path: parseRelPath(`report-${String(i).padStart(3, '0')}.json`),
      size: 1,
      sha256: '0'.repeat(64) as Digest,
    });
    const long = {
      files: Array.from({ length: 100 }, (_, i) => report(i)),
      reason: 'x'.repeat(4096),
    };
    const files = await about(landed, long, []);
    assert.ok((files[documentIn(files)] as Uint8Array).length > 16 * 1024);
    const waiting = await then(landed, files);
    const folded = await b.fold(waiting);
    assert.deepEqual([errorsOf(folded), folded.state.evidence.size], [['signature/missing'], 0]);
    const strange = await then(waiting, signedToo(b, waiting, documentIn(files), [eve]));
    assert.equal((await b.fold(strange)).state.evidence.size, 0);
    const signed = await b.fold(await then(waiting, signedToo(b, waiting, documentIn(files), [ana])));
    assert.deepEqual([errorsOf(signed), onlyEvidence(signed).effective !== null], [[], true]);
    // What is no evidence at all is told as such once it is signed.
    const junk = { ...files, [documentIn(files)]: '#'.repeat(20_000) };
    const noise = await then(landed, junk);
    assert.deepEqual(errorsOf(await b.fold(noise)), ['signature/missing']);
    const told = await b.fold(await then(noise, signedToo(b, noise, documentIn(files), [ana])));
    assert.ok(errorsOf(told).some((code) => code.startsWith('document/')));
  });
});

/** Whether the promotion takes effect where this evidence came before it. */
async function counts(said: Partial<EvidenceDocument>, keys: readonly Key[] = [ana], ref = X1): Promise<boolean> {
  const tip = await then(landed, about(landed, said, keys, ref));
  const folded = await b.fold(await then(tip, stage(tip)));
  assert.deepEqual(errorsOf(folded), []);
  const there = effects(folded).includes('staging 1.0.0');
  assert.deepEqual(codesOf(eventOf(folded, STAGED).problems, 'note'), there ? [] : ['event/conditions']);
  return there;
}

describe('a rule that asks for evidence', () => {
  it('lets the event wait for it, and take effect in the commit that brings it', async () => {
    await begin({ evidence: [{ type: 'eval' }] });
    const asked = await then(landed, stage(landed));
    const waiting = await b.fold(asked);
    assert.deepEqual([errorsOf(waiting), effects(waiting)], [[], []]);
    assert.match(eventOf(waiting, STAGED).problems[0]?.message ?? '', /lacks evidence: eval/);
    // What comes in between is none of it.
    const other = await then(asked, about(asked, {}, [ana], X2));
    assert.deepEqual(effects(await b.fold(other)), []);
    const brought = await then(other, about(other));
    const folded = await b.fold(brought);
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0']]);
    const row = eventOf(folded, STAGED);
    assert.deepEqual([row.effective, row.problems], [brought, []]);
    for (const cut of [asked, other])
      assert.deepEqual((await b.fold(brought, (await b.fold(cut)).state)).state, folded.state);
  });

  it('lets it wait for the signature under the evidence too', async () => {
    await begin({ evidence: [{ type: 'eval' }] });
    const files = await about(landed, {}, []);
    const asked = await then(landed, { ...(await stage(landed)), ...files });
    assert.deepEqual(effects(await b.fold(asked)), []);
    const signed = await then(asked, signedToo(b, asked, documentIn(files), [ana]));
    assert.equal(eventOf(await b.fold(signed), STAGED).effective, signed);
  });

  it('takes it in the commit of the event as well', async () => {
    await begin({ evidence: [{ type: 'eval' }] });
    const tip = await then(landed, { ...(await stage(landed)), ...(await about(landed)) });
    assert.deepEqual(effects(await b.fold(tip)), ['staging 1.0.0']);
  });

  it('asks for its type, its suite, and content that is the very same', async () => {
    await begin({ evidence: [{ type: 'scan', suite: NOBODY_SAW }] });
    assert.equal(await counts({ type: 'scan', suite: NOBODY_SAW }), true);
    assert.equal(await counts({ type: 'eval', suite: NOBODY_SAW }), false);
    assert.equal(await counts({ type: 'scan' }), false);
    assert.equal(await counts({ type: 'scan', suite: NOBODY_SAW }, [ana], X2), false);
  });

  it('asks for members of its role, as many as it says', async () => {
    await begin({ evidence: [{ type: 'eval', role: 'auditor', threshold: 2 }] });
    assert.equal(await counts({}, [bo, carol]), true);
    assert.equal(await counts({}, [bo]), false);
    assert.equal(await counts({}, [bo, ana]), false);
  });

  it('asks those who may attest it where it names no role', async () => {
    await begin({ evidence: [{ type: 'eval' }] });
    assert.equal(await counts({}, [bo]), true);
    assert.equal(await counts({}, [carol]), false);
  });

  it('asks for evidence that is young enough, has not run out, and did not fail', async () => {
    await begin({ evidence: [{ type: 'eval', max_age_days: 2 }] });
    assert.equal(await counts({ created: '2026-03-03T00:00:00Z' }), true);
    assert.equal(await counts({ created: '2026-03-02T23:59:59Z' }), false);
    assert.equal(await counts({ expires: '2026-03-05T00:00:00Z' }), false);
    assert.equal(await counts({ expires: '2026-03-05T00:00:01Z', result: 'pass' }), true);
    assert.equal(await counts({ result: 'fail' }), false);
  });

  it('asks for evidence that is not dated after the commit that brings it, and says so', async () => {
    await begin({ evidence: [{ type: 'eval', max_age_days: 2 }] });
    // The commits of these histories are from 2026-03-05 08:40 on, a second apart.
    assert.equal(await counts({ created: '2026-03-05T09:30:00Z' }), true);
    assert.equal(await counts({ created: '2026-03-05T10:00:00Z' }), false);
    const both = await then(landed, about(landed, { created: '2099-01-01T00:00:00Z' }));
    const waiting = await then(both, stage(both));
    const folded = await b.fold(waiting);
    const row = onlyEvidence(folded);
    assert.notEqual(row.effective, null);
    assert.deepEqual(
      row.problems.map(({ code, severity, subject }) => [code, severity, subject]),
      [['evidence/dated-ahead', 'warning', row.path]],
    );
    const event = eventOf(folded, STAGED);
    assert.deepEqual([event.order, event.problems.map(({ code }) => code)], [null, ['event/conditions']]);
    assert.match(event.problems[0]?.message ?? '', /is dated after the commit that brought it/);
    // The same wherever the fold began, and what is dated right lets the event take effect.
    assert.deepEqual((await b.fold(waiting, (await b.fold(both)).state)).state, folded.state);
    const right = await b.fold(await then(waiting, about(waiting)));
    assert.deepEqual(effects(right), ['staging 1.0.0']);
  });

  it('does not look at the date where nobody asks how old it is', async () => {
    await begin({ evidence: [{ type: 'eval' }] });
    assert.equal(await counts({ created: '2099-01-01T00:00:00Z' }), true);
  });

  it('asks for metrics in the evidence', async () => {
    await begin({ evidence: [{ type: 'eval' }], metrics: ['auc >= 0.9'] });
    assert.equal(await counts({ metrics: { auc: 0.9 } }), true);
    assert.equal(await counts({ metrics: { auc: 0.89 } }), false);
    assert.equal(await counts({}), false);
  });
});

const measured = (auc: number) => (honest: Manifest) => ({ ...honest, metrics: { auc } });

describe('a rule that asks for a form of the version', () => {
  it('has bounds of the metrics in its manifest', async () => {
    await begin({ metrics: ['auc >= 0.9'] }, measured(0.9));
    assert.deepEqual(effects(await b.fold(await then(landed, stage(landed)))), ['staging 1.0.0']);
    await begin({ metrics: ['auc >= 0.9'] }, measured(0.8));
    assert.deepEqual(effects(await b.fold(await then(landed, stage(landed)))), []);
    await begin({ metrics: ['auc >= 0.9'] });
    assert.deepEqual(effects(await b.fold(await then(landed, stage(landed)))), []);
  });

  it('lets nothing in that is much worse than what is there', async () => {
    const asks: Partial<Rule> = { regressions: [{ metric: 'auc', better: 'higher', by: '0.01' }] };
    for (const [auc, staged] of [
      [0.8, false],
      [0.891, true],
      [0.95, true],
    ] as const) {
      await begin(asks, measured(0.9));
      const better = await then(landed, b.version('model/x@1.2.0', { edit: measured(auc) }));
      const first = await then(better, stage(better));
      const second = await b.fold(await then(first, stage(first, 'model/x@1.2.0')));
      assert.deepEqual(errorsOf(second), []);
      assert.deepEqual(effects(second), staged ? ['staging 1.0.0', 'staging 1.2.0'] : ['staging 1.0.0']);
      if (!staged) assert.match(eventOf(second, NEXT).problems[0]?.message ?? '', /worse than the 0.9 of 1.0.0/);
    }
  });

  it('does not hold a version against itself when its stage is renewed', async () => {
    await begin({ regressions: [{ metric: 'auc', better: 'higher', by: '0' }] }, measured(0.9));
    const edit = (honest: Parameters<NonNullable<EventOptions['edit']>>[0]) => ({
      ...honest,
      expires: '2026-04-01T00:00:00Z',
    });
    const first = await then(landed, stage(landed, X1, { edit }));
    const again = await b.fold(await then(first, stage(first, X1, { from: 'staging' })));
    assert.deepEqual([errorsOf(again), effects(again)], [[], ['staging 1.0.0', 'staging 1.0.0']]);
  });

  it('has a license of the list, and no pickles', async () => {
    for (const [asks, edit, staged] of [
      [{ licenses: ['MIT'] }, (honest: Manifest) => ({ ...honest, license: 'MIT' }), true],
      [{ licenses: ['MIT'] }, (honest: Manifest) => ({ ...honest, license: 'GPL-3.0-only' }), false],
      [{ licenses: ['MIT'] }, undefined, false],
      [{ pickle: 'refuse' as const }, undefined, false],
      [{ pickle: 'refuse' as const }, renamed, true],
    ] as const) {
      await begin({ ...asks, licenses: 'licenses' in asks ? [...asks.licenses] : undefined } as Partial<Rule>, edit);
      const folded = await b.fold(await then(landed, stage(landed)));
      assert.deepEqual([errorsOf(folded), effects(folded)], [[], staged ? ['staging 1.0.0'] : []]);
    }
  });
});

function renamed(honest: Manifest): Manifest {
  return { ...honest, files: honest.files.map((file) => ({ ...file, path: parseRelPath('model.onnx') })) };
}

describe('a bar', () => {
  const BARS: Bars = [{ artifacts: ['model/*'], stage: 'staging', metric: 'auc >= 0.9' }];
  const policy = (version: number, after: Oid, bars?: Bars) =>
    b.policy(version, after, [ana], { principals: [ana, bo, carol], roles: ROLES, rules: [REST], bars });

  beforeEach(async () => {
    await begin({});
  });

  it('is not reached by evidence that names a policy from before it', async () => {
    const early = await about(landed, { metrics: { auc: 0.95 } });
    const set = await then(await then(landed, early), policy(2, landed, BARS));
    const asked = await then(set, stage(set));
    const waiting = await b.fold(asked);
    assert.deepEqual([errorsOf(waiting), effects(waiting)], [[], []]);
    assert.match(eventOf(waiting, STAGED).problems[0]?.message ?? '', /measured after the bar was set/);
    const unknown = await then(asked, about(asked, { metrics: { auc: 0.95 }, policy: NOBODY_SAW }));
    assert.deepEqual(effects(await b.fold(unknown)), []);
    const low = await then(asked, about(asked, { metrics: { auc: 0.85 } }));
    assert.deepEqual(effects(await b.fold(low)), []);
    const late = await then(asked, about(asked, { metrics: { auc: 0.95 } }));
    assert.equal(eventOf(await b.fold(late), STAGED).effective, late);
  });

  it('stands since the policy that set it, whatever policies follow with the same bar', async () => {
    const set = await then(landed, policy(2, landed, BARS));
    const measuredThen = await then(set, about(set, { metrics: { auc: 0.95 } }));
    const kept = await then(measuredThen, policy(3, measuredThen, BARS));
    const folded = await b.fold(await then(kept, stage(kept)));
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0']]);
    // Changed, or taken away for a while, it is another one.
    const higher = await then(
      measuredThen,
      policy(3, measuredThen, [{ ...(BARS[0] as Bars[0]), metric: 'auc >= 0.91' }]),
    );
    assert.deepEqual(effects(await b.fold(await then(higher, stage(higher)))), []);
    const without = await then(measuredThen, policy(3, measuredThen));
    const back = await then(without, policy(4, without, BARS));
    assert.deepEqual(effects(await b.fold(await then(back, stage(back)))), []);
  });

  it('stands before its stage and its artifacts only, and before no rollback', async () => {
    const staged = await then(landed, stage(landed));
    const gone = await then(staged, eventFiles(b, staged, 'promote', X1, { lane: 'archived', from: 'staging' }));
    const set = await then(gone, policy(2, gone, BARS));
    const back = await b.fold(await then(set, eventFiles(b, set, 'rollback', X1, { from: 'archived' })));
    assert.deepEqual([errorsOf(back), effects(back).length], [[], 3]);
    const other = await b.fold(await then(set, eventFiles(b, set, 'promote', X2, { lane: 'archived' })));
    assert.deepEqual(effects(other).at(-1), 'archived 1.1.0');
    const data = await then(set, b.version('data/y@1.0.0'));
    assert.deepEqual(effects(await b.fold(await then(data, stage(data, 'data/y@1.0.0')))).at(-1), 'staging 1.0.0');
  });
});
