/** Tags of events, as those of versions: name, target, message and signer must be what history accounts for. */
import assert from 'node:assert/strict';
import { checkTags } from '../../src/checks/check-tags.js';
import type { Oid } from '../../src/git-format/oid.js';
import { expectedTags } from '../../src/history/expected-tags.js';
import { versionTagMessage } from '../../src/history/message.js';
import type { VersionRow } from '../../src/history/registry-state.js';
import { type EventOptions, eventFiles } from '../helpers/event-fixture.js';
import { codesOf, rowOf } from '../helpers/fold-results.js';
import { ana, bo, eve, HistoryBuilder, REGISTRY, type TagOptions } from '../helpers/registry-fixture.js';

const ONE = 'model/x@1.0.0';
const TWO = 'model/x@1.1.0';
const STAGED = 'model/x#staging#1';

let b: HistoryBuilder;
let tip: Oid;
let row: VersionRow;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  const rules = [
    { artifacts: ['*'], actions: ['tag', 'policy'], role: 'owner', threshold: 1 },
    { artifacts: ['*'], actions: ['yank'], role: 'writer', threshold: 2 },
    { artifacts: ['*'], actions: ['*'], role: 'writer', threshold: 1 },
  ];
  const roles = { owner: ['ana'], writer: ['ana', 'bo'] };
  tip = await b.commit([], await b.genesis(ana, { principals: [ana, bo], roles, rules }));
  for (const ref of [ONE, TWO]) tip = await b.commit([tip], await b.version(ref));
  await event('promote', ONE);
  await event('promote', ONE, { lane: 'production', from: 'staging' });
  row = rowOf(await b.fold(tip), ONE);
});

async function event(action: Parameters<typeof eventFiles>[2], ref: string, options?: EventOptions): Promise<void> {
  tip = await b.commit([tip], await eventFiles(b, tip, action, ref, options));
}

/** The tag that is due under this name, or with something else in it. */
async function tagNamed(name: string, options: Partial<TagOptions> = {}): Promise<Oid> {
  const due = expectedTags((await b.fold(tip)).state, '').get(name) ?? assert.fail(name);
  return b.tag(due.row, { name, message: due.message, ...options });
}

async function check(tags: Readonly<Record<string, Oid>>) {
  const refs = Object.entries(tags).map(([name, oid]) => ({ name, oid }));
  return checkTags(b.source, [await b.fold(tip)], refs);
}

async function errors(tags: Readonly<Record<string, Oid>>): Promise<string[]> {
  return codesOf((await check(tags)).findings);
}

describe('the tag of an event', () => {
  it('is right as history has it, every one of them', async () => {
    const names = [...expectedTags((await b.fold(tip)).state, '').keys()];
    assert.deepEqual(names, ['model/x@v1.0.0', 'model/x@v1.1.0', STAGED, 'model/x#staging!#2', 'model/x#production#3']);
    const tags = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await tagNamed(name)])));
    assert.deepEqual(await check(tags), { checked: 5, findings: [] });
  });

  it('that is missing is a note, and says that an event lacks it', async () => {
    const { findings } = await check({});
    assert.deepEqual(codesOf(findings), []);
    assert.deepEqual(
      findings.map(({ severity, code, subject, message }) => [severity, code, subject, message]).slice(2, 3),
      [['note', 'tag/missing', `tag ${STAGED}`, 'this event has no tag yet']],
    );
    assert.equal(findings.length, 5);
  });

  it('that is missing because nothing has landed yet is told with what lets it land', async () => {
    const state = await b.fold(tip);
    const events = [...state.state.events.values()].map(({ effective }) => effective);
    const unlanded = { has: (commit: Oid | null) => events.includes(commit), hint: 'push it' };
    const { findings } = await checkTags(b.source, [state], [], undefined, unlanded);
    const hints = findings.map(({ hint }) => hint);
    assert.deepEqual(hints, [...new Array(2).fill('at1 tag makes the missing tags'), ...new Array(3).fill('push it')]);
  });

  it('that points at the commit of the event, or at another version, is moved', async () => {
    const other = rowOf(await b.fold(tip), TWO);
    for (const object of [tip, other.commit]) {
      assert.deepEqual(await errors({ [STAGED]: await tagNamed(STAGED, { object }) }), ['tag/moved']);
    }
  });

  it('that hangs under the name of another is seen through', async () => {
    const staged = await tagNamed(STAGED);
    for (const name of ['model/x#production#3', 'model/x#staging#2', 'model/x#staging!#2', 'model/x@v1.0.0']) {
      assert.deepEqual(await errors({ [name]: staged }), ['tag/name-mismatch'], name);
    }
  });

  it('that nothing accounts for is an error: another number, stage, version or artifact', async () => {
    for (const name of [
      'model/x#staging#4',
      'model/x#staging#2',
      'model/x#production#1',
      'model/x#staging!#1',
      'model/x#archived#4',
      'model/x@v1.0.0!#4',
      'model/x@v1.0.0#1',
      'model/y#staging#1',
    ]) {
      assert.deepEqual(await errors({ [name]: await b.tag(row, { name }) }), ['tag/unexpected'], name);
    }
  });

  it('of an event that waits, or that was refused, is one that nothing accounts for', async () => {
    await event('yank', ONE);
    await event('promote', ONE, { lane: 'archived', from: 'development' });
    for (const name of ['model/x@v1.0.0!#4', 'model/x#archived#4']) {
      assert.deepEqual(await errors({ [name]: await b.tag(row, { name }) }), ['tag/unexpected']);
    }
  });

  it('with the message of the version, or of another event, is refused', async () => {
    const production = expectedTags((await b.fold(tip)).state, '').get('model/x#production#3') ?? assert.fail();
    for (const message of [versionTagMessage(REGISTRY, row), production.message, 'x\n']) {
      const { findings } = await check({ [STAGED]: await tagNamed(STAGED, { message }) });
      const found = findings.find(({ severity }) => severity === 'error');
      assert.deepEqual(
        [found?.code, found?.message],
        ['tag/message-mismatch', 'the tag does not carry the digests of this event'],
      );
    }
  });

  it('is lightweight, unsigned, or signed by somebody who may not', async () => {
    assert.deepEqual(await errors({ [STAGED]: row.commit }), ['tag/unsigned']);
    assert.deepEqual(await errors({ [STAGED]: await tagNamed(STAGED, { key: null }) }), ['tag/unsigned']);
    assert.deepEqual(await errors({ [STAGED]: await tagNamed(STAGED, { key: eve }) }), ['tag/unknown-signer']);
    assert.deepEqual(await errors({ [STAGED]: await tagNamed(STAGED, { key: bo }) }), ['policy/denied']);
  });

  it('of somebody else is ignored', async () => {
    const foreign = ['model/x#Staging#1', 'x#staging#1', 'a=model/x#staging#1'];
    const { checked, findings } = await check(Object.fromEntries(foreign.map((name) => [name, row.commit])));
    assert.deepEqual([checked, codesOf(findings)], [0, []]);
  });

  it("in a form that only GTO reads is nobody's, and still no tag of ours", async () => {
    for (const name of ['model/x#staging', 'model/x#staging#01']) {
      assert.deepEqual(codesOf((await check({ [name]: row.commit })).findings), ['tag/unsigned'], name);
    }
  });

  it('made before a key was revoked is a warning, and those of others stay as they were', async () => {
    const cutoff = tip;
    await event('promote', TWO, { keys: [bo] });
    await event('alias', ONE, { lane: 'champion' });
    const theirs = await tagNamed('model/x#staging#4');
    const revoked = [{ key: bo.line, cutoff }];
    tip = await b.commit([tip], await b.policy(2, tip, [ana], { principals: [ana], revoked }));
    const { findings } = await check({ 'model/x#staging#4': theirs, [STAGED]: await tagNamed(STAGED) });
    assert.deepEqual(codesOf(findings), []);
    assert.deepEqual(codesOf(findings, 'warning'), ['tag/unexpected']);
  });
});
