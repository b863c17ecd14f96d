/** Against git itself: what `rev-list --topo-order` lists is what a change brings, in that order. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { GitReader } from '../../src/git/reader.js';
import { openRepository } from '../../src/git/repository.js';
import type { Oid } from '../../src/git-format/oid.js';
import { commitsBetween } from '../../src/ops/commits-between.js';
import { git, runGit } from '../helpers/git.js';
import { useTempDir } from '../helpers/temp-dir.js';

/** For each commit the numbers of its parents, all of them earlier ones. */
type Graph = readonly (readonly number[])[];

const graphs: fc.Arbitrary<Graph> = fc
  .array(fc.uniqueArray(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 16 })
  // Near ones mostly, so that lines of some length come about; the first is the only root.
  .map((drawn) => drawn.map((parents, i) => [...new Set(parents.map((n) => i - 1 - (n % Math.min(i, 4))))]))
  .map((drawn) => drawn.map((parents, i) => (i === 0 ? [] : parents)));

describe('the commits between two', () => {
  const dir = useTempDir('suite');

  async function compare(graph: Graph): Promise<void> {
    const oids = imported(graph);
    const repository = await openRepository(dir.path);
    const reader = new GitReader(repository);
    try {
      const newest = oids.at(-1) as Oid;
      for (const head of oids) {
        const wanted = git(dir.path, ['rev-list', '--topo-order', `${head}..${newest}`])
          .split('\n')
          .filter(Boolean);
        assert.deepEqual(await commitsBetween({ reader, repository, head }, newest), wanted);
      }
    } finally {
      reader.close();
    }
  }

  function imported(graph: Graph): Oid[] {
    git(dir.path, ['init', '--quiet']);
    const lines = graph.flatMap((parents, i) => [
      `commit refs/heads/number-${i}`,
      `mark :${i + 1}`,
      `committer T <t@example.org> ${1_700_000_000 + i} +0000`,
      `data ${String(i).length}\n${i}`,
      ...parents.map((parent, at) => `${at === 0 ? 'from' : 'merge'} :${parent + 1}`),
    ]);
    const marks = dir.at('marks');
    const input = `${lines.join('\n')}\ndone\n`;
    const done = runGit(dir.path, ['fast-import', '--quiet', '--force', '--done', `--export-marks=${marks}`], {
      input,
    });
    assert.equal(done.status, 0, done.stderr);
    const found = new Map(
      readFileSync(marks, 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.split(' ') as [string, Oid]),
    );
    return graph.map((_, i) => found.get(`:${i + 1}`) as Oid);
  }

  it('are those of git, in its order', async () => {
    await fc.assert(fc.asyncProperty(graphs, compare), { numRuns: 15 });
  }).timeout(60_000);

  it('are one after the other where a line of a merge leads to what another one has', () => {
    // The second line is longer, and stands on the first.
    return compare([[], [0], [1], [1], [3], [2, 4], [1], [6, 5]]);
  });
});
