/** Corners of docs/format/events.md that the usual stages do not reach. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import { expectedTags } from '../../src/history/expected-tags.js';
import { writeConfig } from '../../src/manifest/documents.js';
import { type EventOptions, effects, eventFiles, eventOf } from '../helpers/event-fixture.js';
import { errorsOf } from '../helpers/fold-results.js';
import { type Changes, HistoryBuilder, REGISTRY } from '../helpers/registry-fixture.js';

const [X1, X2, X3] = ['model/x@1.0.0', 'model/x@1.1.0', 'model/x@1.2.0'] as const;

describe('stages of at1.toml', () => {
  let b: HistoryBuilder;
  let tip: Oid;

  beforeEach(async () => {
    b = await HistoryBuilder.make();
    tip = await b.commit([], await b.genesis());
    for (const ref of [X1, X2, X3]) await add(await b.version(ref));
  });

  async function add(changes: Changes): Promise<void> {
    tip = await b.commit([tip], changes);
  }

  const config = (stages: NonNullable<Parameters<typeof writeConfig>[0]['stages']>) => ({
    'at1.toml': writeConfig({ format: 1, id: REGISTRY, branch: 'main', storage: 'git', stages }),
  });
  const files = (ref: string, lane: string, from: string, options: EventOptions = {}) =>
    eventFiles(b, tip, 'promote', ref, { lane, from, ...options });

  it('hold for the events of their own commit', async () => {
    const stages = { draft: { to: ['live'], initial: true }, live: { to: ['draft'] } };
    await add({ ...config(stages), ...(await files(X1, 'live', 'draft')) });
    const folded = await b.fold(tip);
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['live 1.0.0']]);
  });

  it('that contradict each other leave those before them in force', async () => {
    const bad = 'format = 1\nid = "01JZ0000000000000000000000"\nbranch = "main"\nstorage = "git"\n';
    await add({ 'at1.toml': `${bad}\n[stages.draft]\nto = []\n` });
    await add(await files(X1, 'staging', 'development'));
    const folded = await b.fold(tip);
    assert.deepEqual([errorsOf(folded), effects(folded)], [['document/schema'], ['staging 1.0.0']]);
  });

  it('that become unique displace all who were there, in the order in which they came to any stage', async () => {
    await add(await files(X2, 'staging', 'development'));
    await add(await files(X1, 'staging', 'development'));
    const stages = {
      development: { to: ['staging'], initial: true },
      staging: { to: ['development'], unique: true, displaced: 'shelf' },
      shelf: { to: [] },
    };
    await add(config(stages));
    await add(await files(X3, 'staging', 'development'));
    const folded = await b.fold(tip);
    assert.deepEqual(errorsOf(folded), []);
    const names = [...expectedTags(folded.state, '').values()].filter((tag) => tag.event).map(({ name }) => name);
    assert.deepEqual(names.slice(2), [
      'model/x#staging!#3',
      'model/x#shelf#4',
      'model/x#staging!#5',
      'model/x#shelf#6',
      'model/x#staging#7',
    ]);
    const [first] = [...expectedTags(folded.state, '').values()].filter(({ name }) => name.endsWith('#3'));
    assert.equal(first?.row.version, '1.1.0');
    // Later changes move nobody: the same fold once more, under other stages.
    await add(config({ ...stages, staging: { to: ['development'] } } as never));
    const later = await b.fold(tip);
    assert.deepEqual(
      [...expectedTags(later.state, '').values()].filter((tag) => tag.event).map(({ name }) => name),
      names,
    );
  });

  it('let a version into its own stage once more only where it has an end', async () => {
    const expires = (until: string): EventOptions => ({ edit: (one) => ({ ...one, expires: until }) });
    await add(await files(X1, 'staging', 'development', expires('2026-04-01T00:00:00Z')));
    await add(await files(X1, 'staging', 'staging', expires('2026-05-01T00:00:00Z')));
    await add(await files(X1, 'staging', 'staging'));
    await add(await files(X1, 'staging', 'staging'));
    const folded = await b.fold(tip);
    assert.deepEqual(errorsOf(folded), ['event/refused']);
    assert.ok(eventOf(folded, 'model/x/events/staging/0004.toml').refused);
    const names = [...expectedTags(folded.state, '').values()].filter((tag) => tag.event).map(({ name }) => name);
    assert.deepEqual(names, ['model/x#staging#1', 'model/x#staging#2', 'model/x#staging#3']);
  });

  it('and an alias with an end may be given once more, in history as in the command', async () => {
    const give = (until?: string) =>
      eventFiles(b, tip, 'alias', X1, {
        lane: 'champion',
        edit: (one) => (until === undefined ? one : { ...one, expires: until }),
      });
    await add(await give('2026-04-01T00:00:00Z'));
    await add(await give());
    await add(await give());
    const folded = await b.fold(tip);
    assert.deepEqual([errorsOf(folded), effects(folded)], [['event/refused'], ['champion 1.0.0', 'champion 1.0.0']]);
  });
});
