/** Every step of every writing command goes wrong once in every way; afterwards all invariants hold. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Change } from '../../src/files/change.js';
import { changesOf } from '../helpers/changes.js';
import { scaled } from '../scale.js';
import { deathsIn, FAULTS, type Fault, halfOf, strike } from './faults.js';
import { type FolderImage, readFolder } from './folder-image.js';
import { assertInvariants, type Before, lookBefore } from './invariants.js';
import { buryHolders, copyWorld, digestOfWorld, placeWorld, useWorld, type World } from './world.js';
import { WRITING_COMMANDS, type WritingCommand } from './writing-commands.js';

const ONLY = process.env.AT1_ONLY;

describe('every step of every writing command', () => {
  const made = useWorld();

  for (const command of WRITING_COMMANDS.filter(({ name }) => ONLY === undefined || name === ONLY)) {
    describe(command.name, () => {
      let prepared: FolderImage;
      let from: Before;
      let steps: number;
      /** Writes that can be cut in two. */
      let halves: number;
      /** States that were judged: many faults end in the same one. `ends`: after the command was given again. */
      const judged = new Set<string>();
      const ends = new Set<string>();

      before(async () => {
        const world = copyWorld(made.template, join(made.dir, 'prepared'));
        await command.prepare?.(world);
        from = await lookBefore(world, command);
        prepared = readFolder(world.dir);
        const trial = newTrial();
        let code: number | undefined;
        const changes = await changesOf(async () => {
          code = (await trial.at1(command.argv(trial))).code;
        });
        assert.equal(code, 0);
        await assertInvariants(trial, command, from, true, ends);
        steps = changes.length;
        halves = changes.filter((change) => halfOf(change) > 0).length;
        assert.ok(steps >= 5, `${steps} steps`);
      });

      it('survives kill', async () => {
        const trial = newTrial();
        const deaths = await deathsIn(trial.dir, prepared, async () => {
          const { code, stderr } = await trial.at1(command.argv(trial));
          assert.equal(code, 0, stderr);
        });
        assert.ok(deaths.length >= steps + halves - 5, `${deaths.length} of ${steps} steps and ${halves} halves`);
        for (const [step, { change, image }] of deaths.entries()) {
          await judge(image, false, () => `kill at step ${step} (${placeOf(change)})`);
        }
      }).timeout(scaled(120_000));

      for (const fault of FAULTS) {
        it(`survives ${fault}`, async () => {
          let struck = 0;
          while (await tryStep(command, fault, struck)) struck++;
          assert.ok(struck >= (fault === 'short' ? 1 : steps - 5), `${struck} of ${steps} steps`);
        }).timeout(scaled(120_000));
      }

      /** False where the command has no such step. */
      async function tryStep(what: WritingCommand, fault: Fault, step: number): Promise<boolean> {
        const trial = newTrial();
        let code = -1;
        const change = await strike(step, fault, async () => {
          ({ code } = await trial.at1(what.argv(trial)));
        });
        if (change === undefined) return false;
        const acknowledged = code === 0;
        if (fault === 'short') assert.ok(acknowledged, `a short write is no failure: ${step} ${change.path}`);
        const image = readFolder(trial.dir, prepared);
        await judge(image, acknowledged, () => `${fault} at step ${step} (${placeOf(change)})`);
        return true;
      }

      async function judge(image: FolderImage, acknowledged: boolean, where: () => string): Promise<void> {
        const state = `${acknowledged} ${digestOfWorld(image)}`;
        if (judged.has(state)) return;
        judged.add(state);
        const trial = placeWorld(image, join(made.dir, 'trial'));
        // Killed or not, it has ended.
        buryHolders(trial, 'killed');
        try {
          await assertInvariants(trial, command, from, acknowledged, ends);
        } catch (error) {
          throw new Error(`${where()}: ${(error as Error).message}`, { cause: error });
        }
      }

      function newTrial(): World {
        return placeWorld(prepared, join(made.dir, 'trial'));
      }

      function placeOf({ kind, path }: Change): string {
        return `${kind} ${path.replace(join(made.dir, 'trial'), '')}`;
      }
    });
  }
});
