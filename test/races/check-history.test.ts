import assert from 'node:assert/strict';
import { checkHistory, type HistoryEvent } from './check-history.js';
import type { Answer } from './client.js';

const [ONE, TWO] = ['sha256:1', 'sha256:2'];
const REF = 'model/a@1.0.0';

type Times = readonly [began: number, ended: number];

function registered([began, ended]: Times, content = ONE, more: Partial<HistoryEvent> = {}): HistoryEvent {
  const answer: Answer = { ref: REF, state: 'registered', versions: [[REF, content]] };
  return {
    client: 1,
    tree: 'A',
    operation: { op: 'register', ref: REF, path: '' },
    content,
    began,
    ended,
    answer,
    ...more,
  };
}

function unregistered([began, ended]: Times, answer: Answer | undefined = { ref: REF }): HistoryEvent {
  return { client: 2, tree: 'A', operation: { op: 'unregister', ref: REF }, began, ended, answer };
}

function listed([began, ended]: Times, content: string | undefined, more: Partial<HistoryEvent> = {}): HistoryEvent {
  const answer: Answer = { versions: content === undefined ? [] : [[REF, content]] };
  return { client: 3, tree: 'A', operation: { op: 'list' }, began, ended, answer, ...more };
}

const dead = (event: HistoryEvent): HistoryEvent => ({ ...event, answer: undefined });
const kinds = (...events: HistoryEvent[]) => checkHistory(events).map(({ kind }) => kind);

describe('the check of a history', () => {
  it('agrees with histories that can be', () => {
    for (const history of [
      [registered([1, 2]), listed([3, 4], ONE)],
      // At the same time either order may be meant.
      [registered([1, 4]), listed([2, 3], ONE)],
      [registered([1, 4]), listed([2, 3], undefined), listed([5, 6], ONE)],
      [
        registered([1, 2]),
        unregistered([3, 4]),
        listed([5, 6], undefined),
        registered([7, 8], TWO),
        listed([9, 10], TWO),
      ],
      [registered([1, 2]), unregistered([3, 6]), listed([4, 5], ONE), listed([7, 8], undefined)],
      // Whoever died may have done it or not, and nobody is told which.
      [dead(registered([1, 2])), listed([3, 4], undefined)],
      [dead(registered([1, 2])), listed([3, 4], ONE)],
      [registered([1, 2]), dead(unregistered([3, 4])), listed([5, 6], undefined)],
      [registered([1, 2]), dead(unregistered([3, 4])), listed([5, 6], ONE)],
      // Another tree learns of it later.
      [registered([1, 2]), listed([3, 4], undefined, { tree: 'B' }), listed([5, 6], ONE, { tree: 'B' })],
      [
        registered([1, 2]),
        registered([1, 3], TWO, { tree: 'B' }),
        listed([4, 5], ONE),
        listed([4, 5], TWO, { tree: 'B' }),
      ],
      [
        registered([1, 2], ONE, { tree: 'B' }),
        listed([4, 5], ONE),
        { ...listed([3, 6], ONE), operation: { op: 'rebase' as const } },
        listed([7, 8], undefined),
      ],
      // While git rebases, the tree's own commits are not there.
      [registered([1, 2]), listed([4, 5], undefined), { ...listed([3, 6], ONE), operation: { op: 'rebase' as const } }],
    ]) {
      assert.deepEqual(checkHistory(history), [], JSON.stringify(history));
    }
  });

  it('catches a version that was acknowledged and is lost', () => {
    assert.deepEqual(kinds(registered([1, 2]), listed([3, 4], undefined)), ['lost']);
    const gone: HistoryEvent = { ...listed([3, 4], undefined), operation: { op: 'get', ref: REF } };
    assert.deepEqual(kinds(registered([1, 2]), { ...gone, answer: { code: 'artifact/not-found' } }), ['lost']);
    assert.deepEqual(kinds(registered([1, 2]), unregistered([3, 4], { code: 'git/busy' }), listed([5, 6], undefined)), [
      'lost',
    ]);
    assert.deepEqual(kinds(dead(registered([1, 2])), listed([3, 4], ONE), listed([5, 6], undefined)), ['lost']);
    // Taken back before it was registered a second time.
    assert.deepEqual(kinds(registered([1, 2]), unregistered([3, 4]), registered([5, 6]), listed([7, 8], undefined)), [
      'lost',
    ]);
  });

  it('catches a read that is older than what was acknowledged before it began', () => {
    assert.deepEqual(kinds(registered([1, 2]), listed([3, 4], undefined), listed([5, 6], ONE)), ['stale']);
  });

  it('catches a version nobody registered, or only later, or in vain', () => {
    assert.deepEqual(kinds(listed([1, 2], ONE)), ['phantom']);
    assert.deepEqual(kinds(listed([1, 2], ONE, { tree: 'B' }), registered([3, 4])), ['phantom']);
    assert.deepEqual(kinds({ ...registered([1, 2]), answer: { code: 'policy/denied' } }, listed([3, 4], ONE)), [
      'phantom',
    ]);
  });

  it('catches bytes that are not those of the version', () => {
    assert.deepEqual(kinds(registered([1, 2]), listed([3, 4], TWO)), ['bytes', 'bytes']);
    const late = { ...registered([3, 4], TWO), answer: { code: 'artifact/exists' } };
    assert.deepEqual(kinds(registered([1, 2]), late, listed([5, 6], TWO)), ['bytes', 'bytes']);
    const other = registered([1, 2], TWO, { tree: 'B' });
    assert.deepEqual(kinds(registered([1, 2]), other, listed([3, 4], TWO)), ['bytes']);
  });

  it('catches a version that was given to two', () => {
    assert.deepEqual(kinds(registered([1, 3]), registered([2, 4])), ['twice']);
    assert.deepEqual(kinds(registered([1, 2]), unregistered([3, 4]), registered([5, 6]), registered([7, 8])), [
      'twice',
    ]);
  });

  it('catches what verification finds wrong, but for working files on their way', () => {
    const found = (code: string): HistoryEvent => ({
      ...listed([1, 2], undefined),
      operation: { op: 'verify' },
      answer: { findings: [{ severity: 'error', code, subject: 'x' }] },
    });
    assert.deepEqual(kinds(found('history/manifest-removed')), ['unsound']);
    assert.deepEqual(kinds(found('worktree/differs')), []);
  });
});
