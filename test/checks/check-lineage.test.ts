/** What versions say they come from, over folded histories. */
import assert from 'node:assert/strict';
import { checkLineage } from '../../src/checks/check-lineage.js';
import type { Oid } from '../../src/git-format/oid.js';
import type { Manifest } from '../../src/manifest/documents.js';
import type { LineageEntry } from '../../src/manifest/generated/types.js';
import { compareLinks } from '../../src/manifest/lineage.js';
import { type EventOptions, effects, eventFiles, eventOf } from '../helpers/event-fixture.js';
import { codesOf, errorsOf, rowOf } from '../helpers/fold-results.js';
import { ana, bo, carol, HistoryBuilder } from '../helpers/registry-fixture.js';

const M = 'model/m@1.0.0';
const BASE = 'model/base@1.0.0';
const DATA = 'data/t@1.0.0';

let b: HistoryBuilder;
let tip: Oid;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  const rules = [
    { artifacts: ['*'], actions: ['promote:*'], role: 'owner', threshold: 1, lineage: 'complete' as const },
    { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
  ];
  tip = await b.commit([], await b.genesis(ana, { principals: [ana, bo], rules }));
  await lands(DATA);
});

async function lands(ref: string, lineage?: readonly LineageEntry[]): Promise<void> {
  const edit = (honest: Manifest): Manifest => ({
    ...honest,
    ...(lineage === undefined ? {} : { lineage: [...lineage].sort(compareLinks) }),
  });
  tip = await b.commit([tip], await b.version(ref, { edit }));
}

async function event(action: Parameters<typeof eventFiles>[2], ref: string, options?: EventOptions): Promise<void> {
  tip = await b.commit([tip], await eventFiles(b, tip, action, ref, options));
}

async function from(ref: string, relation: LineageEntry['relation'] = 'derived-from'): Promise<LineageEntry> {
  return { relation, ref, content: `sha256:${rowOf(await b.fold(tip), ref).content}` };
}

const ELSEWHERE: LineageEntry = { relation: 'derived-from', ref: DATA, content: `sha256:${'0'.repeat(64)}` };

async function found(): Promise<string[]> {
  const folded = await b.fold(tip);
  assert.deepEqual(errorsOf(folded), []);
  return checkLineage(folded.state).map(({ severity, code, subject }) => `${severity} ${code} ${subject}`);
}

describe('what versions come from', () => {
  it('is as they say where the parents landed with that content', async () => {
    assert.deepEqual(await found(), []);
    await lands(BASE, [await from(DATA, 'trained-on')]);
    await lands(M, [await from(BASE), await from(DATA, 'trained-on')]);
    assert.deepEqual(await found(), []);
    assert.deepEqual(rowOf(await b.fold(tip), M).lineage.length, 2);
  });

  it('is wrong where a parent is not there, or is another', async () => {
    await lands(BASE, [{ ...ELSEWHERE, ref: 'data/none@1.0.0' }]);
    await lands(M, [ELSEWHERE]);
    const errors = ['lineage/unknown model/base/1.0.0.toml', 'lineage/other-content model/m/1.0.0.toml'];
    assert.deepEqual(
      await found(),
      errors.map((text) => `error ${text}`),
    );
    for (const ref of [BASE, M]) await event('yank', ref);
    // Who withdrew it has said all there is to say.
    assert.deepEqual(
      await found(),
      errors.map((text) => `warning ${text}`),
    );
  });

  it('is not asked of what nobody signed', async () => {
    const { 'model/m/1.0.0.toml': manifest } = await b.version(M, {
      edit: (honest) => ({ ...honest, lineage: [ELSEWHERE] }),
    });
    tip = await b.commit([tip], { 'model/m/1.0.0.toml': manifest as Uint8Array });
    const { state } = await b.fold(tip);
    assert.deepEqual(checkLineage(state), []);
    // It is of what somebody signed, though others still have to.
    const versions = new Map(
      [...state.versions].map(([path, row]) => [path, { ...row, signers: [ana.name as never] }]),
    );
    assert.deepEqual(codesOf(checkLineage({ ...state, versions })), ['lineage/other-content']);
  });

  it('never goes round in a circle', async () => {
    const other = await b.version(BASE);
    const content = contentIn(other, 'model/base/1.0.0.toml');
    await lands(M, [{ relation: 'derived-from', ref: BASE, content }]);
    await lands(BASE, [await from(M)]);
    assert.deepEqual(await found(), [
      'error lineage/cycle model/base/1.0.0.toml',
      'error lineage/cycle model/m/1.0.0.toml',
    ]);
  });

  it('carries on what was revoked', async () => {
    await lands(BASE, [await from(DATA, 'trained-on')]);
    await lands(M, [await from(BASE)]);
    await event('revoke', DATA);
    assert.deepEqual(await found(), [
      'warning lineage/revoked model/base/1.0.0.toml',
      'warning lineage/revoked model/m/1.0.0.toml',
    ]);
    await event('revoke', M);
    assert.equal((await found()).length, 2);
  });
});

describe('a rule that asks for complete lineage', () => {
  const promoted = async (): Promise<string[]> => {
    await event('promote', M);
    const folded = await b.fold(tip);
    const row = eventOf(folded, 'model/m/events/staging/0001.toml');
    return [...stagedIn(folded), ...row.problems.map(({ message }) => message)];
  };

  it('lets go on what says where it came from', async () => {
    await lands(BASE, [{ relation: 'trained-on', uri: 's3://b/t', content: `sha256:${'1'.repeat(64)}` }]);
    await lands(M, [await from(BASE), await from(DATA, 'trained-on')]);
    assert.deepEqual(await promoted(), ['staging 1.0.0']);
  });

  it('holds back what says nothing', async () => {
    await lands(M);
    assert.deepEqual(await promoted(), ['its lineage is not complete: it does not say what it was made from']);
  });

  it('holds back what comes from something revoked, or from nothing that is known', async () => {
    await lands(BASE, [await from(DATA, 'trained-on'), { relation: 'trained-on', uri: 's3://b/t' }]);
    await lands(M, [await from(BASE), { ...ELSEWHERE, ref: 'data/none@1.0.0' }]);
    await event('revoke', DATA);
    assert.deepEqual(await promoted(), [
      [
        'its lineage is not complete: it is derived from data/none@1.0.0, which is not in this registry',
        'model/base@1.0.0 was trained on data/t@1.0.0, which was revoked',
        'model/base@1.0.0 was trained on something elsewhere, of which no digest is known',
      ].join('; '),
    ]);
  });

  it('lets go on what waited for a parent, when the parent comes, and not before', async () => {
    const parent = await b.version(BASE, {
      edit: (honest) => ({
        ...honest,
        lineage: [{ relation: 'trained-on', uri: 's3://b/t', content: `sha256:${'1'.repeat(64)}` }],
      }),
    });
    const content = contentIn(parent, 'model/base/1.0.0.toml');
    await lands(M, [{ relation: 'derived-from', ref: BASE, content }]);
    assert.deepEqual(await promoted(), [
      'its lineage is not complete: it is derived from model/base@1.0.0, which is not in this registry',
    ]);
    await lands('data/other@1.0.0');
    assert.deepEqual(stagedIn(await b.fold(tip)), []);
    tip = await b.commit([tip], parent);
    assert.deepEqual(stagedIn(await b.fold(tip)), ['staging 1.0.0']);
  });

  it('does not let anything go on from what the same commit revokes', async () => {
    await lands(M, [await from(DATA, 'trained-on')]);
    const changes = {
      ...(await eventFiles(b, tip, 'promote', M)),
      ...(await eventFiles(b, tip, 'revoke', DATA)),
    };
    tip = await b.commit([tip], changes);
    assert.deepEqual(stagedIn(await b.fold(tip)), []);
  });

  it('is not asked again, with what came later, when a policy comes by a merge', async () => {
    await lands(M, [await from(DATA, 'trained-on')]);
    const rules = [
      { artifacts: ['*'], actions: ['promote:*'], role: 'owner', threshold: 1, lineage: 'complete' as const },
      { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
    ];
    const side = await b.commit([tip], await b.policy(2, tip, [ana], { principals: [ana, bo, carol], rules }));
    await event('promote', M);
    await event('revoke', DATA);
    const merged = await b.commit([tip, side], await b.policy(2, tip, [ana], { principals: [ana, bo, carol], rules }));
    const folded = await b.fold(merged);
    assert.deepEqual([stagedIn(folded), codesOf(folded.state.findings)], [['staging 1.0.0'], []]);
    // What was not complete then counts for nothing under a policy that asks for it.
    const lenient = await HistoryBuilder.make();
    b = lenient;
    tip = await b.commit([], await b.genesis(ana, { principals: [ana, bo] }));
    await lands(M);
    const strict = await b.policy(2, tip, [ana], { principals: [ana, bo], rules });
    const other = await b.commit([tip], strict);
    await event('promote', M);
    tip = await b.commit([tip, other], strict);
    assert.deepEqual(stagedIn(await b.fold(tip)), []);
  });
});

function stagedIn(folded: Parameters<typeof effects>[0]): string[] {
  return effects(folded).filter((text) => text.startsWith('staging'));
}

function contentIn(files: Readonly<Record<string, unknown>>, path: string): string {
  const text = new TextDecoder().decode(files[path] as Uint8Array);
  return /^content = "(sha256:\w+)"/m.exec(text)?.[1] ?? assert.fail(path);
}
