/** Lineage as a graph, against a slow way to say the same. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Digest } from '../../src/digest/digest.js';
import type { LineageLink, Relation } from '../../src/manifest/lineage.js';
import {
  circular,
  descendants,
  type FindNode,
  type Graph,
  incompleteLineage,
  type LineageNode,
  linkProblems,
  parentsOf,
} from '../../src/registry/lineage.js';

const digest = (letter: string) => letter.repeat(64) as Digest;
const A = digest('a');
const B = digest('b');
const to = (ref: string, content = A, relation: Relation = 'derived-from'): LineageLink => ({ relation, ref, content });
const away = (content: Digest | null, relation: Relation = 'trained-on'): LineageLink => ({
  relation,
  ref: null,
  content,
});
const node = (lineage: readonly LineageLink[] = [], more: Partial<LineageNode> = {}): LineageNode => ({
  content: A,
  effective: true,
  revoked: false,
  lineage,
  ...more,
});
const among =
  (nodes: Readonly<Record<string, LineageNode>>): FindNode =>
  (ref) =>
    nodes[ref];

describe('what a version says of its parents', () => {
  it('must be there, with that content', () => {
    const find = among({ 'data/t@1.0.0': node(), 'data/u@1.0.0': node([], { content: B }) });
    const links = [to('data/t@1.0.0'), to('data/u@1.0.0'), to('data/v@1.0.0', A, 'trained-on'), away(null)];
    assert.deepEqual(linkProblems(links, find), [
      {
        code: 'lineage/other-content',
        message: `is derived from data/u@1.0.0 with content sha256:${A}, and data/u@1.0.0 has sha256:${B}`,
      },
      { code: 'lineage/unknown', message: 'was trained on data/v@1.0.0, which is not in this registry' },
    ]);
  });

  it('is told once for each sort of wrong', () => {
    const [first, ...others] = linkProblems([to('data/a@1.0.0'), to('data/b@1.0.0'), to('data/c@1.0.0')], among({}));
    assert.deepEqual(others, []);
    assert.equal(first?.message, 'is derived from data/a@1.0.0, which is not in this registry; and 2 more');
  });

  it('counts each of them once', () => {
    assert.deepEqual(parentsOf([to('a'), to('a', A, 'trained-on'), away(A), to('b')]), ['a', 'b']);
  });
});

describe('complete lineage', () => {
  const M = 'model/m@1.0.0';
  const why = (nodes: Readonly<Record<string, LineageNode>>) => incompleteLineage(M, among(nodes));

  it('leads to versions in effect, and to digests', () => {
    const lineage = [to('data/t@1.0.0', A, 'trained-on'), to('model/b@1.0.0'), away(null, 'produced-by')];
    const base = node([away(B)]);
    assert.deepEqual(why({ [M]: node(lineage), 'data/t@1.0.0': node(), 'model/b@1.0.0': base }), []);
  });

  it('is asked of a model, and of every model behind it', () => {
    assert.deepEqual(why({ [M]: node() }), ['it does not say what it was made from']);
    const measured = [away(A, 'evaluated-on'), away(null, 'produced-by')];
    assert.deepEqual(why({ [M]: node(measured) }), ['it does not say what it was made from']);
    const nodes = { [M]: node([to('model/b@1.0.0')]), 'model/b@1.0.0': node() };
    assert.deepEqual(why(nodes), ['model/b@1.0.0 does not say what it was made from']);
    assert.deepEqual(incompleteLineage('data/t@1.0.0', among({ 'data/t@1.0.0': node() })), []);
  });

  it('says what is unknown, other, revoked, not in effect, or without a digest, at whatever step', () => {
    const of = (...lineage: LineageLink[]) =>
      why({
        [M]: node([...lineage, to('data/e@1.0.0')]),
        'data/b@1.0.0': node(),
        'data/c@1.0.0': node([], { revoked: true }),
        'data/d@1.0.0': node([], { effective: false }),
        'data/e@1.0.0': node([away(null, 'derived-from')]),
      });
    const unknown = 'it is derived from data/a@1.0.0, which is not in this registry';
    const other = `it is derived from data/b@1.0.0 with content sha256:${B}, and data/b@1.0.0 has sha256:${A}`;
    const revoked = 'it is derived from data/c@1.0.0, which was revoked';
    const waiting = 'it is derived from data/d@1.0.0, which is not in effect';
    const further = 'data/e@1.0.0 is derived from something elsewhere, of which no digest is known';
    assert.deepEqual(of(to('data/a@1.0.0'), to('data/b@1.0.0', B)), [unknown, other, further]);
    assert.deepEqual(of(to('data/c@1.0.0'), to('data/d@1.0.0')), [revoked, waiting, further]);
    assert.deepEqual(of(away(null)), ['it was trained on something elsewhere, of which no digest is known', further]);
    // No more than a few are told.
    const four = [to('data/a@1.0.0'), to('data/b@1.0.0', B), to('data/c@1.0.0'), to('data/d@1.0.0')];
    assert.deepEqual(of(...four), [unknown, other, revoked, 'and more']);
  });

  it('does not go round in a circle, and has an end', () => {
    assert.deepEqual(why({ [M]: node([to('model/b@1.0.0')]), 'model/b@1.0.0': node([to(M)]) }), [
      'it comes from itself',
    ]);
    const long = (ref: string): LineageNode => node([to(`model/x@1.0.${Number(ref.split('.').at(-1)) + 1}`)]);
    assert.deepEqual(incompleteLineage('model/x@1.0.0', long), ['it comes from more than 100000 things']);
  });
});

/** Edges from later to earlier ones only, and then some that may go anywhere. */
const anyGraph = fc
  .record({
    size: fc.integer({ min: 1, max: 12 }),
    edges: fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 20 }),
    more: fc.array(fc.tuple(fc.nat(11), fc.nat(13)), { maxLength: 2 }),
  })
  .map(({ size, edges, more }): Graph => {
    const graph = new Map<string, string[]>(Array.from({ length: size }, (_, i) => [String(i), []]));
    const add = (from: number, towards: number) => {
      const parents = graph.get(String(from));
      if (parents !== undefined && !parents.includes(String(towards))) parents.push(String(towards));
    };
    for (const [a, b] of edges) if (a !== b) add(Math.max(a, b), Math.min(a, b));
    // Some lead to what is not there.
    for (const [a, b] of more) add(a, b);
    return graph;
  });

function reach(graph: Graph, from: string): Set<string> {
  const seen = new Set<string>();
  const visit = (at: string): void => {
    for (const next of graph.get(at) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      visit(next);
    }
  };
  visit(from);
  return seen;
}

describe('the graph of lineage', () => {
  it('has in its circles what reaches itself, or lies between two that do', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const all = [...graph.keys()];
        const selves = all.filter((ref) => reach(graph, ref).has(ref));
        const expected = all.filter((ref) => {
          const down = reach(graph, ref);
          const fromSelf = selves.some((self) => self === ref || reach(graph, self).has(ref));
          return fromSelf && selves.some((self) => self === ref || down.has(self));
        });
        assert.deepEqual([...circular(graph)].sort(), expected.sort());
      }),
      { numRuns: 1000 },
    );
  });

  it('leads from an origin to all that comes from it', () => {
    fc.assert(
      fc.property(anyGraph, fc.array(fc.nat(13).map(String), { maxLength: 3 }), (graph, origins) => {
        const found = descendants(graph, origins);
        const expected = [...graph.keys()].filter((ref) => origins.some((origin) => reach(graph, ref).has(origin)));
        assert.deepEqual([...found.keys()].sort(), expected.sort());
        for (const [ref, origin] of found) assert.ok(reach(graph, ref).has(origin));
      }),
      { numRuns: 1000 },
    );
  });
});
