/**
 * A process of its own that does what it is told, one operation after the other: a line of JSON each way. It can be
 * made to stop or to die at one of its own changes to the disk, so that a test finds it exactly there.
 */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Environment, Registry } from '../../src/index.js';

export interface Trap {
  readonly call: 'link' | 'rename' | 'unlink';
  /** End of the path that is made, replaced or removed. */
  readonly path: string;
  readonly when: 'before' | 'after';
  readonly signal: 'SIGKILL' | 'SIGSTOP';
}

export interface ClientTask {
  readonly environment: Partial<Omit<Environment, 'now'>>;
  /** The clock: milliseconds added to the system's, one after the other at each look, the last for ever. */
  readonly clock?: readonly number[];
  readonly trap?: Trap;
  /** Where `get` may put files. */
  readonly scratch: string;
}

export type Operation =
  | { readonly op: 'register'; readonly ref: string; readonly path: string }
  | { readonly op: 'unregister'; readonly ref: string }
  | { readonly op: 'get'; readonly ref: string }
  | { readonly op: 'list' | 'verify' | 'push' | 'pull' | 'tag' | 'reindex' | 'doctor' | 'mend' };

/** What one operation came to. `code`: it was refused. */
export interface Answer {
  readonly code?: string;
  readonly message?: string;
  readonly hint?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly ref?: string;
  readonly state?: string;
  readonly commit?: string | null;
  /** Reference and SHA-256 of each version that was seen. */
  readonly versions?: readonly (readonly [ref: string, content: string])[];
  /** Errors and warnings that verification found. */
  readonly findings?: readonly { readonly severity: string; readonly code: string; readonly subject: string }[];
}

export interface Request {
  readonly dir: string;
  readonly operation: Operation;
}

const say = (value: unknown) => writeSync(1, `${JSON.stringify(value)}\n`);
const task = JSON.parse(process.argv[2] ?? '') as ClientTask;
let clock = task.clock ?? [];

if (task.trap !== undefined) setTrap(task.trap);
// After the trap is set, so that no module holds the functions as they were.
const at1 = await import('../../src/index.js');
say('ready');
for await (const line of createInterface(process.stdin)) {
  const { dir, operation } = JSON.parse(line) as Request;
  say(await answerOf(dir, operation));
}
process.exit(0);

function setTrap({ call, path, when, signal }: Trap): void {
  const real = promises[call] as (...args: string[]) => Promise<void>;
  let set = true;
  const stopHere = () => {
    set = false;
    say('trapped');
    process.kill(process.pid, signal);
  };
  const trapped = async (...args: string[]) => {
    const meant = set && (args.at(-1) ?? '').endsWith(path);
    if (meant && when === 'before') stopHere();
    await real(...args);
    if (meant && when === 'after') stopHere();
  };
  Object.assign(promises, { [call]: trapped });
  syncBuiltinESMExports();
}

async function answerOf(dir: string, operation: Operation): Promise<Answer> {
  try {
    const registry = await at1.openRegistry({ dir, environment: { ...task.environment, now } });
    return await perform(registry, operation);
  } catch (error) {
    if (!(error instanceof at1.At1Error)) return { code: 'thrown', message: String(error) };
    const { code, message, hint, facts } = error;
    return { code, message, ...(hint === undefined ? {} : { hint }), facts };
  }
}

async function perform(registry: Registry, operation: Operation): Promise<Answer> {
  switch (operation.op) {
    case 'register': {
      const { ref, state, commit, content } = await at1.register(registry, {
        ref: operation.ref,
        paths: [operation.path],
      });
      return { ref, state, commit, versions: [[ref, content]] };
    }
    case 'unregister': {
      const { ref, commit } = await at1.unregister(registry, operation);
      return { ref, commit };
    }
    case 'get': {
      const out = join(task.scratch, `got-${process.pid}`);
      const { ref } = await at1.get(registry, { ref: operation.ref, out, force: true });
      const bytes = readFileSync(out);
      rmSync(out);
      return { versions: [[ref, `sha256:${createHash('sha256').update(bytes).digest('hex')}`]] };
    }
    case 'list': {
      const { artifacts } = await at1.list(registry);
      return {
        versions: artifacts.flatMap(({ kind, name, versions }) =>
          versions.map(({ version, content }): [string, string] => [`${kind}/${name}@${version}`, content]),
        ),
      };
    }
    case 'verify': {
      const { findings } = await at1.verify(registry);
      const loud = findings.filter(({ severity }) => severity !== 'note');
      return { findings: loud.map(({ severity, code, subject }) => ({ severity, code, subject })) };
    }
    case 'push':
      return { state: (await at1.push(registry)).branch };
    case 'pull':
      return { state: (await at1.pull(registry)).state };
    case 'tag':
      return { state: String((await at1.tag(registry)).created.length) };
    case 'reindex':
      return { state: (await at1.reindex(registry)).head };
    case 'doctor':
    case 'mend': {
      const { findings } = await at1.doctor(registry, { fix: operation.op === 'mend' });
      return { findings: findings.map(({ severity, code, subject }) => ({ severity, code, subject })) };
    }
  }
}

function now(): Date {
  const [jump = 0, ...more] = clock;
  if (more.length > 0) clock = more;
  return new Date(Date.now() + jump);
}
