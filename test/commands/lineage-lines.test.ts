/** How a lineage is shown that no honest registry has, or that is too deep to draw. */
import assert from 'node:assert/strict';
import { lineageDot, lineageMermaid } from '../../commands/lineage-graph.js';
import { lineageTree } from '../../commands/lineage-tree.js';
import { createPaint } from '../../commands/print.js';
import type { LineageEdge, LineageResult, LineageVersion } from '../../src/index.js';

const version = (ref: string, more: Partial<LineageVersion> = {}): LineageVersion => ({
  ref,
  steps: 1,
  state: 'effective',
  content: null,
  stage: null,
  withdrawn: null,
  signers: ['ana'],
  ...more,
});
const edge = (from: string, ref: string | null, more: Partial<LineageEdge> = {}): LineageEdge => ({
  from,
  relation: 'derived-from',
  ref,
  uri: null,
  content: null,
  problem: null,
  ...more,
});
const result = (
  versions: LineageVersion[],
  links: LineageEdge[],
  more: Partial<LineageResult> = {},
): LineageResult => ({
  ref: versions[0]?.ref ?? '',
  direction: 'ancestors',
  versions,
  links,
  cut: false,
  ...more,
});
const paint = createPaint(false);
const tree = (of: LineageResult) => lineageTree(of, paint).map(paint.render);

describe('lines of a lineage', () => {
  const odd = result(
    [
      version('a'),
      version('b'),
      version('c', { state: 'unknown', signers: [] }),
      version('d', { state: 'pending', signers: [] }),
    ],
    [
      edge('a', 'b', { problem: 'lineage/other-content' }),
      edge('a', 'c', { problem: 'lineage/unknown' }),
      edge('a', 'd'),
      edge('a', null, { content: 'sha256:00' }),
    ],
  );

  it('say what is not so', () => {
    assert.deepEqual(tree(odd), [
      'a: signed by ana',
      '├─ derived-from b: its content is not the one that is claimed, signed by ana',
      '├─ derived-from c: not in this registry',
      '├─ derived-from d: pending, signed by nobody',
      '└─ derived-from something elsewhere (its manifest cannot be read: at1 verify, sha256:00)',
    ]);
    const forward = result([version('b'), version('a')], [edge('a', 'b', { problem: 'lineage/other-content' })], {
      direction: 'descendants',
    });
    assert.deepEqual(tree(forward), [
      'b: signed by ana',
      '└─ derived-from a: claims another content of it, signed by ana',
    ]);
  });

  it('mark it in graphs', () => {
    const mermaid = lineageMermaid(odd).join('\n');
    // Brackets end a label of a link, so they are written as entities.
    assert.match(mermaid, /n1 -->\|derived-from #40;lineage\/other-content#41;\| n0/);
    assert.match(mermaid, /n2\["c<br\/>not in this registry"\]:::bad\n/);
    assert.match(mermaid, /\n {2}classDef bad /);
    assert.match(lineageDot(odd).join('\n'), /n3 \[label="d\\npending", color=red\];/);
  });

  it('end, where versions come from each other', () => {
    const circle = result([version('a'), version('b')], [edge('a', 'b'), edge('b', 'a')]);
    assert.deepEqual(tree(circle), [
      'a: signed by ana',
      '└─ derived-from b: signed by ana',
      '   └─ derived-from a: signed by ana (above)',
    ]);
  });

  it('name the place to go on from where it is too deep, and tell what is below it where it is not', () => {
    const refs = Array.from({ length: 60 }, (_, i) => `v${i}`);
    const links = refs.slice(1).map((ref, i) => edge(`v${i}`, ref));
    const last = 'v45';
    const deep = tree(
      result(
        refs.map((ref) => version(ref)),
        [...links, edge('v0', last)],
      ),
    );
    const cut = deep.findIndex((line) => line.includes('… at1 lineage v'));
    assert.ok(cut > 40 && deep.length < 70, `${cut} of ${deep.length}`);
    assert.ok(Math.max(...deep.map((line) => line.length)) < 300);
    assert.ok(
      deep.some((line) => line.includes('derived-from v59')),
      'reached by the shorter way',
    );
  });
});
