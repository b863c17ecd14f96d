/** Ctrl-C at any step: what is not done yet is taken back before the process ends, with no help of a later command. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lockRegistry } from '../../src/git/lock.js';
import { bundled } from '../helpers/bundle.js';
import { changesOf } from '../helpers/changes.js';
import { git } from '../helpers/git.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { runProgram } from '../helpers/run-cli.js';
import { makePerson } from '../helpers/sample-registry.js';
import { SCALE, scaled } from '../scale.js';
import { assertInvariants, lookBefore } from './invariants.js';
import { copyWorld, filesIn, litterIn, useWorld, type World } from './world.js';
import { WRITING_COMMANDS } from './writing-commands.js';

/** One for each way to write: versions, events, policies, what is taken back, tags, and files for people. At full scale all. */
const SOME = ['register a folder', 'promote', 'policy rule', 'unregister', 'push', 'get', 'pack'];
const COMMANDS = WRITING_COMMANDS.filter(({ name }) =>
  // The program of this test lies where it finds no kit for a new registry.
  SCALE.interrupts > SOME.length ? name !== 'init' : SOME.includes(name),
);

const MAIN = join(import.meta.dirname, '..', '..', 'bin', 'main.ts');

/** Refs, and what was written for people. */
function resultOf({ registry, out }: World): string {
  return `${git(registry, ['for-each-ref'])}${filesIn(out).join('\n')}`;
}

/** What git says of the working tree; whole objects that nothing names are no harm. */
function changedIn({ registry }: World): string[] {
  const lines = `${git(registry, ['status', '--porcelain', '--untracked-files=all'])}`.trimEnd().split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('?? objects/'));
}

describe('a process that is interrupted', () => {
  const made = useWorld();

  for (const command of COMMANDS) {
    it(`leaves nothing half done: ${command.name}`, async () => {
      const program = bundled(join(import.meta.dirname, 'faulty-at1.ts'));
      const prepared = copyWorld(made.template, join(made.dir, 'prepared'));
      await command.prepare?.(prepared);
      const before = await lookBefore(prepared, command);
      const first = copyWorld(prepared, join(made.dir, 'trial'));
      const steps = (await changesOf(() => first.at1(command.argv(first)))).length;
      const ends = new Set<string>();
      const [untouched, litter, changed] = [resultOf(prepared), litterIn(prepared.dir), changedIn(prepared)];
      let interrupted = 0;
      for (let i = 0; i < SCALE.interrupts; i++) {
        const trial = copyWorld(prepared, join(made.dir, 'trial'));
        const step = Math.floor(((i + 0.5) * steps) / SCALE.interrupts);
        const env = { ...makePerson(join(trial.dir, 'home'), 'ana').env, AT1_FAULT: `step:${step}:interrupt` };
        const { code, stderr } = await runProgram(program, command.argv(trial), env, trial.registry);
        // A process makes a few changes more or fewer than another, of caches say.
        if (code === 0 && i === SCALE.interrupts - 1) continue;
        assert.equal(code, 130, `step ${step} of ${steps}: ${stderr}`);
        assert.equal(stderr.toString(), '', `step ${step}: whoever interrupts knows it`);
        interrupted++;
        const left = litterIn(trial.dir).filter((path) => !litter.includes(path));
        assert.deepEqual(left, [], `step ${step}: no temporary file and no lock is left`);
        const half = changedIn(trial).filter((line) => !changed.includes(line));
        assert.deepEqual(half, [], `step ${step}: the working tree is that of a commit, or as it was`);
        // At first all of it is taken back: whoever never refused a change would have done it to its end.
        // What git has pushed before our first step is pushed.
        const isOurs = command.throughGit !== true;
        if (i === 0 && isOurs) assert.equal(resultOf(trial), untouched, `step ${step}: nothing has happened`);
        await assertInvariants(trial, command, before, false, ends);
      }
      assert.ok(interrupted >= SCALE.interrupts - 1);
    }).timeout(scaled(60_000));
  }

  it('is not kept waiting by a lock that somebody holds', async () => {
    const trial = copyWorld(made.template, join(made.dir, 'trial'));
    const { env } = makePerson(join(trial.dir, 'home'), 'ana');
    const holder = await lockRegistry({ commonDir: join(trial.registry, '.git') });
    const argv = [bundled(MAIN), 'register', 'model/late@1.0.0', join(trial.sources, 'model.bin')];
    const child = spawn(process.execPath, argv, { env, cwd: trial.registry, stdio: 'pipe' });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    // Its object is stored before it asks for the lock.
    const objects = join(trial.registry, 'objects');
    const before = filesIn(objects).length;
    while (child.exitCode === null && filesIn(objects).length === before) await sleep(1);
    await sleep(500);
    assert.equal(child.exitCode, null, 'it waits');
    child.kill('SIGTERM');
    assert.equal(await ended, 143);
    await holder.release();
    assert.deepEqual(litterIn(trial.dir), []);
    assert.ok(!(await trial.at1(['list', '--json'])).stdout.includes('late'));
  }).timeout(scaled(30_000));

  it('by a signal, while a large file is being stored, leaves whole objects and nothing else', async () => {
    const trial = copyWorld(made.template, join(made.dir, 'trial'));
    const large = join(trial.sources, 'large.bin');
    writeFileSync(large, randomBytes(96 * 1024 * 1024, 7));
    const { env } = makePerson(join(trial.dir, 'home'), 'ana');
    const objects = join(trial.registry, 'objects');
    const before = filesIn(objects).length;
    const argv = [bundled(MAIN), 'register', 'model/large@1.0.0', large];
    const child = spawn(process.execPath, argv, { env, cwd: trial.registry, stdio: 'pipe' });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    while (child.exitCode === null && filesIn(objects).length === before) await sleep(1);
    child.kill('SIGINT');
    assert.equal(await ended, 130);
    assert.deepEqual(litterIn(trial.dir), []);
    assert.ok(!(await trial.at1(['list', '--json'])).stdout.includes('large'), 'the version is not there');
    const again = await trial.at1(argv.slice(1));
    assert.equal(again.code, 0, again.stderr);
  }).timeout(scaled(60_000));

  it('names commands that there are', () => {
    const names = WRITING_COMMANDS.map(({ name }) => name);
    assert.deepEqual(
      SOME.filter((name) => !names.includes(name)),
      [],
    );
  });
});
