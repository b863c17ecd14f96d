/** What fuzzing found once, and the inputs that together reach all it ever reached: none may break anything again. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { keptInputs, REGRESS } from '../fuzz/kept.js';
import { runCase } from '../fuzz/oracles.js';
import { TARGETS } from '../fuzz/targets/index.js';

describe('inputs kept from fuzzing', () => {
  for (const target of TARGETS) {
    const kept = keptInputs(target.name);
    if (kept.length === 0) continue;
    it(`breaks nothing in ${target.name} (${kept.length})`, async () => {
      const problems: (string | undefined)[] = [];
      if (target.kind === 'differential') problems.push(...(await target.compare(kept.map(({ input }) => input))));
      // One after the other: some read files of one name.
      else for (const { input } of kept) problems.push((await runCase(target, input)).problem);
      const broken = problems.map((problem, i) => (problem === undefined ? undefined : `${kept[i]?.name}: ${problem}`));
      assert.deepEqual(
        broken.filter((line) => line !== undefined),
        [],
      );
    });
  }

  it('belongs to targets that are still there', () => {
    const names = new Set(TARGETS.map(({ name }) => name));
    const folders = existsSync(REGRESS) ? readdirSync(REGRESS) : [];
    assert.deepEqual(
      folders.filter((name) => !names.has(name)),
      [],
    );
  });
});
