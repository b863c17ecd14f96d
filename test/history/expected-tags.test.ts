/** Which tags a history asks for. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import { expectedTags } from '../../src/history/expected-tags.js';
import { eventTagMessage, versionTagMessage } from '../../src/history/message.js';
import { type EventOptions, eventFiles, eventOf } from '../helpers/event-fixture.js';
import { rowOf } from '../helpers/fold-results.js';
import { ana, bo, eve, HistoryBuilder, REGISTRY } from '../helpers/registry-fixture.js';

describe('the tags of a history', () => {
  it('are those of effective versions, where they landed, in seconds that rise', async () => {
    const b = await HistoryBuilder.make('sub/dir');
    const root = await b.commit([], await b.genesis());
    const both = { ...(await b.version('model/x@1.0.0')), ...(await b.version('model/x@1.1.0')) };
    const landed = await b.commit([root], both);
    const tip = await b.commit([landed], await b.version('model/x@2.0.0', { keys: [eve] }));
    const folded = await b.fold(tip);
    const tags = [...expectedTags(folded.state, 'sub/dir').values()];
    const rows = ['model/x@1.0.0', 'model/x@1.1.0'].map((ref) => rowOf(folded, ref));
    assert.deepEqual(
      tags,
      rows.map((row, i) => ({
        name: `sub/dir=model/x@v${row.version}`,
        target: landed,
        seconds: (rows[0]?.tagTime ?? 0) + i,
        message: versionTagMessage(REGISTRY, row),
        row,
        event: undefined,
      })),
    );
  });
});

describe('the tags of events', () => {
  const [ONE, TWO] = ['model/x@1.0.0', 'model/x@1.1.0'];
  let b: HistoryBuilder;
  let tip: Oid;

  beforeEach(async () => {
    b = await HistoryBuilder.make();
    const rules = [
      { artifacts: ['*'], actions: ['deprecate'], role: 'owner', threshold: 2 },
      { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
    ];
    tip = await b.commit([], await b.genesis(ana, { principals: [ana, bo], rules }));
    for (const ref of [ONE, TWO]) tip = await b.commit([tip], await b.version(ref));
  });

  const event = async (action: Parameters<typeof eventFiles>[2], ref: string, options?: EventOptions) => {
    tip = await b.commit([tip], await eventFiles(b, tip, action, ref, options));
  };
  const due = async () => [...expectedTags((await b.fold(tip)).state, '').values()].filter((tag) => tag.event);
  const names = async () => (await due()).map(({ name }) => name.slice('model/x'.length));

  it('are one for every stage that is left and entered, numbered over the artifact', async () => {
    await event('promote', ONE);
    await event('promote', ONE, { lane: 'production', from: 'staging' });
    await event('promote', TWO);
    await event('promote', TWO, { lane: 'production', from: 'staging' });
    assert.deepEqual(await names(), [
      '#staging#1',
      '#staging!#2',
      '#production#3',
      '#staging#4',
      '#staging!#5',
      '#production!#6',
      '#archived#7',
      '#production#8',
    ]);
  });

  it('sit on the commit of their version, in seconds that rise, with the digest of their event', async () => {
    await event('promote', ONE);
    const staged = tip;
    await event('promote', TWO, { lane: 'archived' });
    const folded = await b.fold(tip);
    const [first, second] = await due();
    const rows = [rowOf(folded, ONE), rowOf(folded, TWO)] as const;
    const promoted = eventOf(folded, 'model/x/events/staging/0001.toml');
    assert.equal(promoted.effective, staged);
    assert.deepEqual(first, {
      name: 'model/x#staging#1',
      target: rows[0].commit,
      seconds: promoted.tags?.time,
      message: eventTagMessage(REGISTRY, promoted, rows[0], '#staging'),
      row: rows[0],
      event: promoted,
    });
    assert.equal(second?.target, rows[1].commit);
    assert.ok((second?.seconds ?? 0) > (first?.seconds ?? 0) && (first?.seconds ?? 0) > rows[1].tagTime);
    const events = await due();
    for (const { seconds, event: own } of events) assert.ok(seconds >= (own?.tags?.time ?? Number.NaN));
  });

  it('are those of withdrawals that take a version out, and of their undoing', async () => {
    await event('yank', ONE);
    await event('restore', ONE);
    await event('promote', ONE);
    await event('revoke', ONE);
    assert.deepEqual(await names(), ['@v1.0.0!#1', '@v1.0.0#2', '#staging#3', '#staging!#4', '@v1.0.0!#5']);
  });

  it('are one for a version that is yanked and then revoked: it is out once', async () => {
    await event('yank', ONE);
    await event('revoke', ONE);
    assert.deepEqual(await names(), ['@v1.0.0!#1']);
  });

  it('are none for aliases, deprecations, and events that wait or were refused', async () => {
    await event('alias', ONE, { lane: 'champion' });
    await event('deprecate', ONE, { keys: [ana, bo] });
    await event('restore', ONE);
    await event('deprecate', ONE);
    await event('promote', ONE, { lane: 'production', from: 'staging' });
    assert.deepEqual(await names(), []);
  });

  it('rise above the tag of a version that came at the same time', async () => {
    tip = await b.commit([tip], {
      ...(await b.version('model/x@2.0.0')),
      ...(await eventFiles(b, tip, 'promote', ONE)),
    });
    const tags = [...expectedTags((await b.fold(tip)).state, '').values()];
    const seconds = tags.map((tag) => tag.seconds);
    assert.equal(new Set(seconds).size, tags.length);
    assert.equal(Math.max(...seconds), tags.find(({ event: own }) => own !== undefined)?.seconds);
  });
});
