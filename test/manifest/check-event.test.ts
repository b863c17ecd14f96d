import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareText, fromUtf8, utf8 } from '../../src/bytes/text.js';
import { parseDigest } from '../../src/digest/digest.js';
import { At1Error } from '../../src/errors.js';
import { isStageAction } from '../../src/manifest/check-event.js';
import { readEvent, readEvidence, writeEvent, writeEvidence } from '../../src/manifest/documents.js';
import type { EventDocument, EvidenceDocument } from '../../src/manifest/generated/types.js';
import { type ArtifactName, isLaneName, isPrincipalName, parseName } from '../../src/manifest/name.js';
import { parseRelPath, type RelPath } from '../../src/manifest/rel-path.js';
import { formatTimestamp } from '../../src/manifest/timestamp.js';
import { parseVersion, type Version } from '../../src/manifest/version.js';
import { throwsCode } from '../helpers/throws-code.js';
import { anyDigest, anyKind, anyName, anyRegistryId, anyText, anyVersion } from './arbitraries.js';
import { A, B, C, REGISTRY } from './example.js';

const END = '2026-12-22T01:02:03Z';

const EVENT: EventDocument = {
  registry: REGISTRY,
  kind: 'model',
  name: parseName('fraud-detector'),
  lane: 'production',
  seq: 2,
  previous: `sha256:${A}`,
  action: 'promote',
  version: parseVersion('1.0.0'),
  manifest: `sha256:${B}`,
  content: `sha256:${C}`,
  policy: `sha256:${A}`,
  from: 'staging',
  expires: END,
  actor: 'ana',
  printed: 'Ana Lopez',
  created: '2026-11-22T01:02:03Z',
  meaning: 'approval',
  reason: 'All of it\nis good.',
};

const EVIDENCE: EvidenceDocument = {
  registry: REGISTRY,
  id: '01KAQ4Z6W3T8YB0JV9N2M5X7CE',
  content: `sha256:${C}`,
  policy: `sha256:${A}`,
  type: 'eval',
  result: 'pass',
  suite: `sha256:${B}`,
  metrics: { auc: 0.91, f1: 1 },
  files: [
    { path: parseRelPath('a.json'), size: 1, sha256: parseDigest(`sha256:${A}`) },
    { path: parseRelPath('b.json'), size: 2, sha256: parseDigest(`sha256:${B}`) },
  ],
  actor: 'ana',
  printed: 'Ana Lopez',
  created: '2026-11-22T01:02:03Z',
  expires: END,
  meaning: 'review',
  reason: 'Looks good.',
};

/** The same without some fields. */
function without<T extends object>(document: T, ...fields: (keyof T)[]): T {
  return Object.fromEntries(Object.entries(document).filter(([key]) => !fields.includes(key as keyof T))) as T;
}

const word = fc.stringMatching(/^[a-z0-9]([a-z0-9_-]{0,10}[a-z0-9])?$/);
const anyLane = word.filter((text) => isLaneName(text) && text !== 'lifecycle');
const anyPrincipal = word.filter(isPrincipalName);
const prefixed = anyDigest.map((hex) => `sha256:${hex}`);
const meaning = fc.constantFrom('approval', 'authorship', 'responsibility', 'review') as fc.Arbitrary<
  EventDocument['meaning']
>;
const anySeconds = fc.integer({ min: 0, max: 2e9 });
const anyLine = fc.stringMatching(/^[ -~]{1,20}$/);

const anySaid = fc
  .record({
    actor: anyPrincipal,
    printed: anyLine,
    created: anySeconds,
    lasts: fc.option(fc.integer({ min: 1, max: 1e9 })),
    meaning,
    reason: fc.option(anyText),
  })
  .map(({ created, lasts, reason, ...rest }) => ({
    ...rest,
    created: formatTimestamp(created),
    ...(lasts === null ? {} : { expires: formatTimestamp(created + lasts) }),
    ...(reason === null ? {} : { reason }),
  }));

const anyEvent: fc.Arbitrary<EventDocument> = fc
  .record({
    about: fc.record({
      registry: anyRegistryId,
      kind: anyKind,
      name: anyName,
      version: anyVersion,
      manifest: prefixed,
      content: prefixed,
      policy: prefixed,
    }),
    lane: anyLane,
    from: anyLane,
    seq: fc.integer({ min: 1, max: 9999 }),
    previous: prefixed,
    action: fc.constantFrom('promote', 'rollback', 'alias', 'unalias', 'deprecate', 'yank', 'revoke', 'restore'),
    said: anySaid,
  })
  .map(({ about, lane, from, seq, previous, action: drawn, said }) => {
    const action = drawn as EventDocument['action'];
    const ofStage = action === 'promote' || action === 'rollback';
    const ofAlias = action === 'alias' || action === 'unalias';
    const expiring = action !== 'unalias' && (ofStage || ofAlias);
    return {
      ...about,
      lane: ofStage || ofAlias ? lane : 'lifecycle',
      seq,
      action,
      ...(seq === 1 ? {} : { previous }),
      ...(ofStage ? { from } : {}),
      ...(expiring ? said : without(said, 'expires' as never)),
    };
  });

const anyMetrics = fc.dictionary(
  fc.constantFrom('auc', 'f1', 'constructor', 'toString', 'a b', 'x/y', '0'),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  { minKeys: 1 },
);
const anyFiles = fc
  .uniqueArray(fc.record({ path: word.map(parseRelPath), size: fc.nat(), sha256: anyDigest }), {
    minLength: 1,
    maxLength: 4,
    selector: ({ path }) => path,
  })
  .map((files) => files.sort((a, b) => compareText(a.path, b.path)));

const anyEvidence: fc.Arbitrary<EvidenceDocument> = fc
  .record({
    start: fc.record({
      registry: anyRegistryId,
      id: anyRegistryId,
      content: prefixed,
      policy: prefixed,
      type: anyLane,
    }),
    more: fc.record(
      {
        result: fc.constantFrom('pass' as const, 'fail' as const),
        suite: prefixed,
        metrics: anyMetrics,
        files: anyFiles,
      },
      { requiredKeys: [] },
    ),
    said: anySaid,
  })
  .map(({ start, more, said }) => ({ ...start, ...more, ...said }));

describe('an event document', () => {
  it('is read back as it was written, and written again alike', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const bytes = writeEvent(event);
        const back = readEvent(bytes);
        assert.deepEqual(structuredClone(back), structuredClone(event));
        assert.deepEqual(writeEvent(back), bytes);
      }),
      { numRuns: 300 },
    );
  });

  it('answers any change of a byte with a refusal or with the same canonical text', () => {
    const bytes = writeEvent(EVENT);
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at] = (changed[at] as number) ^ 0x01;
      try {
        assert.deepEqual(writeEvent(readEvent(changed)), changed);
      } catch (error) {
        assert.ok(error instanceof At1Error, `${at}: ${String(error)}`);
      }
    }
  });

  const first = without(EVENT, 'previous');
  const still = without(EVENT, 'from', 'expires');
  const wrong: [what: string, event: EventDocument, at: string][] = [
    ['a name with capitals', { ...EVENT, name: 'Fraud' as ArtifactName }, '/name'],
    ['a version that is none', { ...EVENT, version: '01.0.0' as Version }, '/version'],
    ['a lane with capitals', { ...EVENT, lane: 'Production' }, '/lane'],
    ['a lane that is a version', { ...EVENT, lane: '1.0.0' }, '/lane'],
    ['a later event without the one before it', without(EVENT, 'previous'), '/previous'],
    ['a first event with one before it', { ...EVENT, seq: 1 }, '/previous'],
    ['a promotion in the lane of withdrawals', { ...EVENT, lane: 'lifecycle' }, '/action'],
    ['an alias in the lane of withdrawals', { ...still, action: 'alias', lane: 'lifecycle' }, '/action'],
    ...(['deprecate', 'yank', 'revoke', 'restore'] as const).map((action): [string, EventDocument, string] => [
      `${action} in the lane of a stage`,
      { ...still, action },
      '/action',
    ]),
    ['a promotion that does not say from where', without(EVENT, 'from'), '/from'],
    ['a rollback that does not say from where', without({ ...EVENT, action: 'rollback' }, 'from'), '/from'],
    ['an alias that says from where', { ...EVENT, action: 'alias' }, '/from'],
    ['a withdrawal that says from where', { ...EVENT, action: 'yank', lane: 'lifecycle' }, '/from'],
    ['a stage before it with capitals', { ...EVENT, from: 'Staging' }, '/from'],
    ['an alias that is taken away until a time', { ...still, action: 'unalias', expires: END }, '/expires'],
    ['a withdrawal that expires', { ...still, action: 'yank', lane: 'lifecycle', expires: END }, '/expires'],
    ['an actor with capitals', { ...EVENT, actor: 'Ana' }, '/actor'],
    ['a time that does not exist', { ...EVENT, created: '2026-02-30T00:00:00Z' }, '/created'],
    ['an end that does not exist', { ...EVENT, expires: '2027-02-30T00:00:00Z' }, '/expires'],
    ['an end that is its beginning', { ...EVENT, expires: EVENT.created }, '/expires'],
    ['an end before its beginning', { ...EVENT, expires: '2026-11-22T01:02:02Z' }, '/expires'],
    ['a long reason', { ...EVENT, reason: 'ä'.repeat(2049) }, '/reason'],
    ['number 0', { ...first, seq: 0 }, '/seq'],
    ['an unknown action', { ...EVENT, action: 'demote' as EventDocument['action'] }, '/action'],
    ['an unknown meaning', { ...EVENT, meaning: 'joke' as EventDocument['meaning'] }, '/meaning'],
    ['an unknown field', { ...EVENT, colour: 'red' } as EventDocument, '/colour'],
  ];
  for (const [what, event, at] of wrong) {
    it(`is refused with ${what}`, async () => {
      const { facts } = await throwsCode(() => writeEvent(event), 'document/schema');
      assert.equal(facts.at, at);
    });
  }

  it('says line and place of what is wrong when it is read', async () => {
    const text = fromUtf8(writeEvent(EVENT));
    const cases: [from: string, to: string, at: string][] = [
      ['"fraud-detector"', '"Fraud"', '/name'],
      ['"staging"', '"Staging"', '/from'],
      ['"ana"', '"Ana"', '/actor'],
      ['2026-12-22', '2026-10-22', '/expires'],
      ['lane = "production"', 'lane = "lifecycle"', '/action'],
      ['seq = 2', 'seq = 1', '/previous'],
    ];
    for (const [from, to, at] of cases) {
      assert.ok(text.includes(from), from);
      const { facts } = await throwsCode(() => readEvent(utf8(text.replace(from, to))), 'document/schema');
      const line = text.split('\n').findIndex((found) => found.startsWith(`${at.slice(1)} = `)) + 1;
      assert.deepEqual([facts.at, facts.line], [at, line]);
    }
  });

  it('has the longest reason, and one form only', async () => {
    assert.equal(readEvent(writeEvent({ ...EVENT, reason: 'ä'.repeat(2048) })).reason?.length, 2048);
    const text = fromUtf8(writeEvent(EVENT));
    await throwsCode(() => readEvent(utf8(`${text}# good`)), 'document/not-canonical');
    await throwsCode(() => readEvent(utf8(text.replace('event:1', 'event:2'))), 'registry/format-unsupported');
    await throwsCode(() => readEvent(utf8(`${text}${'#'.repeat(16 * 1024)}`)), 'document/too-large');
  });

  it('is about a stage where it promotes or rolls back', () => {
    const actions: EventDocument['action'][] = ['promote', 'rollback', 'alias', 'unalias', 'yank', 'restore'];
    assert.deepEqual(actions.filter(isStageAction), ['promote', 'rollback']);
  });
});

describe('an evidence document', () => {
  it('is read back as it was written, and written again alike', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        const bytes = writeEvidence(evidence);
        const back = readEvidence(bytes);
        assert.deepEqual(structuredClone(back), structuredClone(evidence));
        assert.deepEqual(writeEvidence(back), bytes);
      }),
      { numRuns: 300 },
    );
  });

  const file = (path: string) => ({ path: path as RelPath, size: 1, sha256: parseDigest(`sha256:${A}`) });
  const wrong: [what: string, evidence: EvidenceDocument, at: string][] = [
    ['a type with capitals', { ...EVIDENCE, type: 'Eval' }, '/type'],
    ['a file that leaves', { ...EVIDENCE, files: [file('../x')] }, '/files/0/path'],
    ['files out of order', { ...EVIDENCE, files: [file('b'), file('a')] }, '/files/1'],
    ['a file twice', { ...EVIDENCE, files: [file('a'), file('a')] }, '/files/1'],
    ['no files in their list', { ...EVIDENCE, files: [] }, '/files'],
    ['no metrics in their table', { ...EVIDENCE, metrics: {} }, '/metrics'],
    ['a metric with a bad name', { ...EVIDENCE, metrics: { '<b>': 1 } }, '/metrics'],
    ['an unknown result', { ...EVIDENCE, result: 'maybe' as 'pass' }, '/result'],
    ['an actor with capitals', { ...EVIDENCE, actor: 'Ana' }, '/actor'],
    ['a time that does not exist', { ...EVIDENCE, created: '2026-02-30T00:00:00Z' }, '/created'],
    ['an end before its beginning', { ...EVIDENCE, expires: EVIDENCE.created }, '/expires'],
    ['a long reason', { ...EVIDENCE, reason: 'ä'.repeat(2049) }, '/reason'],
    ['an id that is none', { ...EVIDENCE, id: 'x' }, '/id'],
  ];
  for (const [what, evidence, at] of wrong) {
    it(`is refused with ${what}`, async () => {
      const { facts } = await throwsCode(() => writeEvidence(evidence), 'document/schema');
      assert.equal(facts.at, at);
    });
  }

  it('is refused with a number that is none, and in any other form', async () => {
    const text = fromUtf8(writeEvidence(EVIDENCE));
    for (const [to, code] of [
      ['f1 = nan', 'document/syntax'],
      ['f1 = 1', 'document/not-canonical'],
      ['f1 = 1.0 # good', 'document/not-canonical'],
    ] as const) {
      await throwsCode(() => readEvidence(utf8(text.replace('f1 = 1.0', to))), code);
    }
    const swapped = text.replace('"a.json"', '"c.json"');
    const { facts } = await throwsCode(() => readEvidence(utf8(swapped)), 'document/schema');
    assert.equal(typeof facts.line, 'number');
  });
});
