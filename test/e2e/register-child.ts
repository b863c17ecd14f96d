/**
 * A process of its own that registers. Says `ready` and waits for a line, so that many start at the same moment; then
 * prints one line of JSON per registration: what was acknowledged, or the code it was refused with.
 */
import { once } from 'node:events';
import { exit, getuid, setuid } from 'node:process';
import { At1Error, type Environment, openRegistry, register } from '../../src/index.js';

/** `ref` may hold `%`, which counts up with each registration. */
export interface ChildTask {
  readonly dir: string;
  readonly environment: Partial<Environment>;
  readonly ref: string;
  readonly path: string;
  readonly count: number;
  /** Run as this user from the moment the code is loaded. */
  readonly uid?: number;
}

const task = JSON.parse(process.argv[2] ?? '') as ChildTask;
const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);

if (task.uid !== undefined && getuid?.() === 0) setuid?.(task.uid);
say('ready');
await once(process.stdin, 'data');
for (let i = 0; i < task.count; i++) {
  try {
    const ref = task.ref.replace('%', String(i));
    const registry = await openRegistry({ dir: task.dir, environment: task.environment });
    const done = await register(registry, { ref, paths: [task.path] });
    say({ ref: done.ref, state: done.state, commit: done.commit, content: done.content });
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    say({ code: error.code, message: error.message, hint: error.hint });
  }
}
exit(0);
