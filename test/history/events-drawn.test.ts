/** Random histories of events, evidence, policies and merges: what must hold of every one of them, whoever made it. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromUtf8 } from '../../src/bytes/text.js';
import type { Oid } from '../../src/git-format/oid.js';
import type { FoldResult } from '../../src/history/fold.js';
import type { EventRow, RegistryState } from '../../src/history/registry-state.js';
import { isStageAction } from '../../src/manifest/check-event.js';
import type { PolicyDocument } from '../../src/manifest/generated/types.js';
import { POLICY_PATH } from '../../src/manifest/layout-of-registry.js';
import type { LaneName } from '../../src/manifest/name.js';
import { USUAL_STAGES } from '../../src/manifest/stage-machine.js';
import { noEvents, stageOf, takeEffect } from '../../src/registry/lanes.js';
import { eventFiles, evidenceFiles, signedToo } from '../helpers/event-fixture.js';
import { ana, bo, type Changes, carol, HistoryBuilder, type Key, type NewFile } from '../helpers/registry-fixture.js';
import { SCALE, scaled } from '../scale.js';

const PEOPLE = [ana, bo, carol];
const VERSIONS = ['model/x@1.0.0', 'model/x@1.1.0'];

/** Who signs, mostly enough; the first one is who is said to have made it. */
const anyKeys = fc.constantFrom<readonly Key[]>([ana], [bo], [carol], [ana, bo], [bo, ana], [bo, carol], PEOPLE, []);
const anyVersion = fc.constantFrom(...VERSIONS);
const anyPlace = fc.nat({ max: 20 });
/** A move is to one of the stages to which a way leads; a few are to where none does. */
const anyMove = fc.record({
  kind: fc.constant('move' as const),
  way: fc.nat({ max: 2 }),
  honest: fc.constantFrom(true, true, true, true, false),
  ref: anyVersion,
  keys: anyKeys,
});

const anyOperation = fc.oneof(
  anyMove,
  anyMove,
  anyMove,
  fc.record({
    kind: fc.constant('say' as const),
    action: fc.constantFrom(
      'alias' as const,
      'unalias' as const,
      'yank' as const,
      'restore' as const,
      'revoke' as const,
    ),
    ref: anyVersion,
    keys: anyKeys,
  }),
  fc.record({ kind: fc.constant('sign' as const), which: anyPlace, keys: anyKeys }),
  fc.record({ kind: fc.constant('remove' as const), which: anyPlace }),
  fc.record({ kind: fc.constant('attest' as const), ref: anyVersion, keys: anyKeys }),
  fc.record({
    kind: fc.constant('rule' as const),
    people: anyKeys,
    threshold: fc.constantFrom(1, 1, 2),
    evidence: fc.boolean(),
    separate: fc.boolean(),
    /** How many commits ago: the older branch is the first parent of the merge that brings it. */
    ago: fc.constantFrom(0, 1, 2, 4),
  }),
  fc.record({ kind: fc.constant('merge' as const), which: anyPlace }),
);
type Operation = typeof anyOperation extends fc.Arbitrary<infer T> ? T : never;

/** What is done, and after which of the commits so far. */
const anyHistory = fc.array(fc.record({ after: fc.constantFrom(0, 0, 0, 1, 2, 3), what: anyOperation }), {
  minLength: 3,
  maxLength: 14,
});

function rulesOf(threshold: number, evidence: boolean, separate: boolean): PolicyDocument['rules'] {
  const rest = { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 };
  const asks = evidence ? { evidence: [{ type: 'eval' }] } : {};
  return [{ ...rest, actions: ['promote:*'], threshold, separate_author: separate, ...asks }, rest];
}

/** Where each version is, as far as events say. */
function stagesAt({ state }: FoldResult): Map<string, LaneName> {
  const lanes = noEvents();
  for (const row of inOrder(state)) takeEffect(lanes, row);
  return new Map([...lanes.stages].map(([version, { stage }]) => [version, stage]));
}

function inOrder(state: RegistryState): EventRow[] {
  const rows = [...state.events.values()].filter(({ order }) => order !== null);
  return rows.sort((a, b) => Number(a.order) - Number(b.order));
}

function versionOf(b: HistoryBuilder, commit: Oid): number {
  const text = fromUtf8(b.bytesAt(commit, POLICY_PATH));
  return Number(/^version = ([0-9]+)$/m.exec(text)?.[1]);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** The changes of one operation after a commit; none where it makes no sense there. */
async function changesOf(b: HistoryBuilder, after: Oid, what: Exclude<Operation, { kind: 'merge' }>): Promise<Changes> {
  const events = Object.keys(b.filesBelow(after, 'model/x/events')).filter((path) => path.endsWith('.toml'));
  switch (what.kind) {
    case 'move': {
      const version = what.ref.slice('model/x@'.length);
      const from = stagesAt(await b.fold(after)).get(version) ?? USUAL_STAGES.initial;
      const ways = USUAL_STAGES.stages.get(from)?.to ?? [];
      const lane = what.honest ? (ways[what.way % ways.length] as string) : 'production';
      return eventFiles(b, after, what.honest ? 'promote' : 'rollback', what.ref, { from, lane, keys: what.keys });
    }
    case 'say': {
      const lane = what.action.endsWith('alias') ? { lane: 'champion' } : {};
      return eventFiles(b, after, what.action, what.ref, { ...lane, keys: what.keys });
    }
    case 'sign': {
      const path = events[what.which % Math.max(1, events.length)];
      return path === undefined ? {} : signedToo(b, after, path, what.keys);
    }
    case 'remove': {
      // Signatures, and of each lane the last event: who goes on with a lane must be able to read the one before.
      const files = Object.keys(b.filesBelow(after, 'model/x/events')).filter((path) => {
        return path.endsWith('.sig') || !events.some((other) => other > path && folderOf(other) === folderOf(path));
      });
      const path = files[what.which % Math.max(1, files.length)];
      return path === undefined ? {} : { [path]: null };
    }
    case 'attest':
      return evidenceFiles(b, after, what.ref, {}, what.keys);
    case 'rule': {
      const principals: readonly Key[] = [...new Set([ana, ...what.people])];
      const threshold = Math.min(what.threshold, principals.length);
      const rules = rulesOf(threshold, what.evidence, what.separate && threshold < principals.length);
      return b.policy(versionOf(b, after) + 1, after, [ana], { principals, rules });
    }
  }
}

function everything(b: HistoryBuilder, commit: Oid): Record<string, NewFile> {
  return Object.fromEntries(['model', 'evidence'].flatMap((folder) => Object.entries(b.filesBelow(commit, folder))));
}

/** Everything of both, and the later policy with its signatures. */
function mergeOf(b: HistoryBuilder, first: Oid, second: Oid): Changes {
  const [under, over] = versionOf(b, second) > versionOf(b, first) ? [first, second] : [second, first];
  const old = Object.keys(b.filesBelow(under, '.at1/policy/policy.sig')).map((path) => [path, null]);
  return { ...Object.fromEntries(old), ...everything(b, second), ...b.filesBelow(over, '.at1') };
}

interface Painted {
  readonly b: HistoryBuilder;
  /** Oldest first. */
  readonly mainline: readonly Oid[];
}

async function paint(history: readonly { readonly after: number; readonly what: Operation }[]): Promise<Painted> {
  const b = await HistoryBuilder.make();
  const first = await b.commit([], await b.genesis(ana, { principals: PEOPLE, rules: rulesOf(1, false, false) }));
  const parents = new Map<Oid, Oid | undefined>([[first, undefined]]);
  const add = async (from: Oid, changes: Changes, ...others: Oid[]) => {
    const oid = await b.commit([from, ...others], changes);
    parents.set(oid, from);
    return oid;
  };
  const one = await add(first, await b.version(VERSIONS[0] as string));
  const commits = [await add(one, await b.version(VERSIONS[1] as string, { keys: [bo] }))];
  for (const { after, what } of history) {
    const from = commits.at(-1 - after) ?? (commits[0] as Oid);
    if (what.kind === 'merge') {
      const other = commits[what.which % commits.length] as Oid;
      if (other !== from) commits.push(await add(from, mergeOf(b, from, other), other));
    } else if (what.kind === 'rule' && what.ago > 0) {
      const before = commits.at(-1 - after - what.ago) ?? (commits[0] as Oid);
      const ruled = await add(before, await changesOf(b, before, what));
      commits.push(await add(from, mergeOf(b, from, ruled), ruled));
    } else commits.push(await add(from, await changesOf(b, from, what)));
  }
  const mainline: Oid[] = [];
  for (let at = commits.at(-1); at !== undefined; at = parents.get(at)) mainline.unshift(at);
  return { b, mainline };
}

/** What holds of the events of every state. */
function check(state: RegistryState): void {
  const rows = [...state.events.values()];
  for (const row of rows) {
    const inEffect = row.order !== null;
    assert.equal(row.effective !== null, inEffect, `${row.path}: ${row.effective}`);
    if (!inEffect) assert.deepEqual([row.tags, row.displaced], [null, null]);
    assert.ok(!(inEffect && row.refused));
    if (!inEffect) continue;
    assert.ok(row.signers.includes(row.actor), `${row.actor} did not sign ${row.path}`);
    assert.notEqual(state.versions.get(`model/x/${row.version}.toml`)?.effective ?? null, null, 'of no version');
  }
  const lanes = noEvents();
  let tag = { number: 0, time: 0 };
  const numbers = new Map<string, number>();
  for (const row of inOrder(state)) {
    assert.ok(row.seq > (numbers.get(row.lane) ?? 0), `${row.path} took effect after a later one of its lane`);
    numbers.set(row.lane, row.seq);
    assert.ok(Number(row.order) < state.orders);
    if (isStageAction(row.action)) assert.equal(stageOf(lanes, row.version, USUAL_STAGES.initial), row.from);
    takeEffect(lanes, row);
    const holders = [...lanes.stages.values()].filter(({ stage }) => stage === 'production');
    assert.ok(holders.length <= 1);
    if (row.tags === null) continue;
    assert.ok(row.tags.number > tag.number && row.tags.time > tag.time, 'tags come in the order of what they tell');
    tag = { number: row.tags.number + row.tags.count - 1, time: row.tags.time + row.tags.count - 1 };
  }
}

describe('a random history of events', () => {
  it('is folded alike wherever it is cut, and puts no version where it cannot be', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, fc.nat(), async (history, cut) => {
        const { b, mainline } = await paint(history);
        const tip = mainline.at(-1) as Oid;
        const { state } = await b.fold(tip);
        check(state);
        const middle = (await b.fold(mainline[cut % mainline.length] as Oid)).state;
        check(middle);
        assert.deepEqual((await b.fold(tip, middle)).state, state);
      }),
      { numRuns: Math.ceil(SCALE.histories / 3) },
    );
  }).timeout(scaled(120_000));
});
