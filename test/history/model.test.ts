/** The fold against the rules written down a second time: random small histories, each judged by both. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type DrawnHistory, drawnHistories, paint } from '../helpers/drawn-history.js';
import { type DrawnCommit, isBroken, judgeByModel } from '../helpers/history-model.js';
import { SCALE, scaled } from '../scale.js';

/** What both say of a history, with commits by their place in it. */
async function compare({ commits }: DrawnHistory): Promise<void> {
  const tip = commits.at(-1) as DrawnCommit;
  const { builder, oids } = await paint(commits);
  const placeOf = new Map([...oids].map(([commit, oid]) => [oid, commits.indexOf(commit)]));
  const folded = await builder.fold(oids.get(tip) as never);
  const model = judgeByModel(tip);
  const found = [...folded.state.versions.values()].map((row) => ({
    path: row.path,
    landed: placeOf.get(row.commit),
    effective: row.effective === null ? null : placeOf.get(row.effective),
    broken: row.problems.some(({ code, severity }) => severity === 'error' && code.startsWith('history/')),
  }));
  const wanted = [...model.rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, row]) => ({
      path,
      landed: commits.indexOf(row.landed),
      effective: row.effective === undefined ? null : commits.indexOf(row.effective),
      broken: isBroken(row),
    }));
  assert.deepEqual(found, wanted);
  assert.deepEqual(
    folded.state.policies.map(({ version }) => version),
    model.policies.map(({ version }) => version),
  );
}

describe('random histories', () => {
  it('of a fixed draw are judged as the model says', async () => {
    await fc.assert(fc.asyncProperty(drawnHistories, compare), { numRuns: 60, seed: 20_261_122, endOnFailure: true });
  }).timeout(60_000);

  it('are judged as the model judges them', async () => {
    await fc.assert(fc.asyncProperty(drawnHistories, compare), { numRuns: SCALE.histories });
  }).timeout(scaled(120_000));
});
