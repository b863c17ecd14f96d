/** The same faults in processes of their own: what is simulated in one process is what happens to a real one. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { bundled } from '../helpers/bundle.js';
import { changesOf } from '../helpers/changes.js';
import { runProgram } from '../helpers/run-cli.js';
import { makePerson } from '../helpers/sample-registry.js';
import { SCALE, scaled } from '../scale.js';
import { assertInvariants, lookBefore } from './invariants.js';
import { copyWorld, useWorld } from './world.js';
import { WRITING_COMMANDS, type WritingCommand } from './writing-commands.js';

const REGISTER = WRITING_COMMANDS.find(({ name }) => name === 'register a file') as WritingCommand;

describe('a process in which one change goes wrong', () => {
  const made = useWorld();
  let steps: number;

  before(async () => {
    const trial = copyWorld(made.template, join(made.dir, 'trial'));
    steps = (await changesOf(() => trial.at1(REGISTER.argv(trial)))).length;
  });

  const exits = { kill: [-2], enospc: [0, 15], eio: [0, 15], short: [0], delay: [0] } as const;
  for (const [fault, expected] of Object.entries(exits)) {
    it(`with ${fault} leaves a whole registry, and the next process goes on`, async () => {
      const program = bundled(join(import.meta.dirname, 'faulty-at1.ts'));
      const before = await lookBefore(made.template, REGISTER);
      for (let i = 0; i < SCALE.faultyProcesses; i++) {
        const trial = copyWorld(made.template, join(made.dir, 'trial'));
        const step = Math.floor((i * steps) / SCALE.faultyProcesses);
        const env = { ...makePerson(join(trial.dir, 'home'), 'ana').env, AT1_FAULT: `step:${step}:${fault}` };
        const { code, stderr } = await runProgram(program, REGISTER.argv(trial), env, trial.registry);
        assert.ok((expected as readonly number[]).includes(code), `step ${step} ended with ${code}: ${stderr}`);
        // Its locks are those of a dead process without any help of ours.
        await assertInvariants(trial, REGISTER, before, code === 0, new Set());
      }
    }).timeout(scaled(120_000));
  }
});
