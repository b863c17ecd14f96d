import assert from 'node:assert/strict';
import { assertFsck, assertVerified } from '../e2e/people.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { SCALE, scaled } from '../scale.js';
import { checkHistory } from './check-history.js';
import { runRandomHistory } from './random-history.js';

/** AT1_SEED=n repeats what the clients of a run asked for. */
const FIRST_SEED = Number(process.env.AT1_SEED ?? Math.floor(Math.random() * 1e6));

/** What a client may be told while others are at work. Everything else is a defect. */
const REFUSALS = new Set([
  'artifact/exists',
  'artifact/not-found',
  'artifact/landed',
  'policy/denied',
  'git/busy',
  'git/unsupported',
  'git/ref-conflict',
  'registry/locked',
  'remote/outdated',
  'remote/failed',
  'worktree/differs',
]);

describe('a random history of 8 clients in 3 clones, some of them killed', () => {
  const dir = useTempDir();

  for (let round = 0; round < SCALE.historyRounds; round++) {
    const seed = FIRST_SEED + round;
    it(`of ${SCALE.historyOperations} operations loses nothing and invents nothing (round ${round + 1})`, async () => {
      try {
        const { events, trees, bare } = await runRandomHistory(dir.path, seed, SCALE.historyOperations);
        assert.deepEqual(checkHistory(events), []);
        const odd = events.filter(({ answer }) => answer?.code !== undefined && !REFUSALS.has(answer.code));
        assert.deepEqual(odd, []);
        const registered = events.filter(({ answer }) => answer?.state === 'registered').length;
        assert.ok(registered > SCALE.historyOperations / 20, `${registered} registered`);
        const lists = trees.map(({ name }) => events.findLast(({ tree, client }) => tree === name && client === 9));
        const [first, ...others] = lists.map((event) => new Map(event?.answer?.versions));
        for (const other of others) assert.deepEqual(other, first);
        for (const { person, dir: place } of trees) {
          assertVerified(await person.verify(place));
          assertFsck(person, place);
          assert.equal(
            person
              .git(place, 'status', '--porcelain', '--', 'model')
              .replace(/^\?\? .*\.at1-tmp-.*$/gm, '')
              .trim(),
            '',
          );
        }
        const [one] = trees;
        if (one !== undefined) assertFsck(one.person, bare);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new Error(`AT1_SEED=${seed} repeats what was asked for; ${why}`, { cause: error });
      }
    }).timeout(scaled(120_000));
  }
});
