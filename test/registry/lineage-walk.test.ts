import assert from 'node:assert/strict';
import fc from 'fast-check';
import { walkLineage } from '../../src/registry/lineage-walk.js';

describe('a walk along lineage', () => {
  const all = { depth: Number.POSITIVE_INFINITY, most: Number.POSITIVE_INFINITY };
  const graph = new Map([
    ['d', ['b', 'c']],
    ['b', ['a']],
    ['c', ['a', 'x']],
  ]);

  it('has each version once, with the fewest steps, either way', () => {
    const up = walkLineage(graph, 'd', { ...all, descendants: false });
    assert.deepEqual(
      [...up.steps],
      [
        ['d', 0],
        ['b', 1],
        ['c', 1],
        ['a', 2],
        ['x', 2],
      ],
    );
    const down = walkLineage(graph, 'a', { ...all, descendants: true });
    assert.deepEqual(
      [...down.steps],
      [
        ['a', 0],
        ['b', 1],
        ['c', 1],
        ['d', 2],
      ],
    );
    assert.deepEqual([up.isCut, down.isCut], [false, false]);
  });

  it('says where it was cut, and only there', () => {
    assert.equal(walkLineage(graph, 'd', { ...all, descendants: false, depth: 1 }).isCut, true);
    assert.equal(walkLineage(graph, 'd', { ...all, descendants: false, depth: 2 }).isCut, false);
    const few = walkLineage(graph, 'd', { ...all, descendants: false, most: 3 });
    assert.deepEqual([[...few.steps.keys()], few.isCut], [['d', 'b', 'c'], true]);
  });

  it('meets what can be reached and nothing else, in circles too, and the way back meets where it came from', () => {
    const node = fc.integer({ min: 0, max: 7 }).map(String);
    const graphs = fc.array(fc.tuple(node, fc.array(node, { maxLength: 4 }))).map((rows) => new Map(rows));
    fc.assert(
      fc.property(graphs, node, (made, from) => {
        const { steps } = walkLineage(made, from, { ...all, descendants: false });
        const reached = new Set([from]);
        for (let before = 0; before < reached.size; ) {
          before = reached.size;
          for (const one of [...reached]) for (const other of made.get(one) ?? []) reached.add(other);
        }
        assert.deepEqual(new Set(steps.keys()), reached);
        for (const other of reached) {
          assert.ok(walkLineage(made, other, { ...all, descendants: true }).steps.has(from));
        }
      }),
    );
  });
});
