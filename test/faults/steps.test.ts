/** Every step of every writing command goes wrong once in every way; afterwards all invariants hold. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { changesOf } from '../helpers/changes.js';
import { scaled } from '../scale.js';
import { FAULTS, type Fault, strike } from './faults.js';
import { assertInvariants, type Before, lookBefore } from './invariants.js';
import { buryHolders, copyWorld, digestOfWorld, useWorld, type World } from './world.js';
import { WRITING_COMMANDS, type WritingCommand } from './writing-commands.js';

const ONLY = process.env.AT1_ONLY;

describe('every step of every writing command', () => {
  const made = useWorld();

  for (const command of WRITING_COMMANDS.filter(({ name }) => ONLY === undefined || name === ONLY)) {
    describe(command.name, () => {
      let prepared: World;
      let from: Before;
      let steps: number;
      /** States that were judged: many faults end in the same one. `ends`: after the command was given again. */
      const judged = new Set<string>();
      const ends = new Set<string>();

      before(async () => {
        prepared = copyWorld(made.template, join(made.dir, 'prepared'));
        await command.prepare?.(prepared);
        from = await lookBefore(prepared, command);
        const trial = copyWorld(prepared, join(made.dir, 'trial'));
        let code: number | undefined;
        const changes = await changesOf(async () => {
          code = (await trial.at1(command.argv(trial))).code;
        });
        assert.equal(code, 0);
        await assertInvariants(trial, command, from, true, ends);
        steps = changes.length;
        assert.ok(steps >= 5, `${steps} steps`);
      });

      for (const fault of FAULTS) {
        it(`survives ${fault}`, async () => {
          let struck = 0;
          for (let step = 0; ; step++) {
            if (!(await tryStep(prepared, command, from, fault, step))) break;
            struck++;
          }
          assert.ok(struck >= (fault === 'short' ? 1 : steps - 5), `${struck} of ${steps} steps`);
        }).timeout(scaled(120_000));
      }

      /** False where the command has no such step. */
      async function tryStep(world: World, what: WritingCommand, before: Before, fault: Fault, step: number) {
        const trial = copyWorld(world, join(made.dir, 'trial'));
        let code = -1;
        const { change } = await strike(step, fault, async () => {
          ({ code } = await trial.at1(what.argv(trial)));
        });
        if (change === undefined) return false;
        const acknowledged = code === 0 && fault !== 'kill';
        if (fault === 'short') assert.ok(acknowledged, `a short write is no failure: ${step} ${change.path}`);
        // Killed or not, it has ended.
        buryHolders(trial, 'killed');
        const end = `${acknowledged} ${digestOfWorld(trial)}`;
        if (judged.has(end)) return true;
        judged.add(end);
        try {
          await assertInvariants(trial, what, before, acknowledged, ends);
        } catch (error) {
          const place = change.path.replace(trial.dir, '');
          throw new Error(`${fault} at step ${step} (${change.kind} ${place}): ${(error as Error).message}`, {
            cause: error,
          });
        }
        return true;
      }
    });
  }
});
