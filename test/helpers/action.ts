/** Runs the bundled action as a runner does: a process of its own with inputs, an event, and files to write results to. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GateResult } from '../../src/index.js';
import { runProgram } from './run-cli.js';
import type { Clone } from './sample-registry.js';

const BUNDLE = join(import.meta.dirname, '..', '..', 'action', 'gate.mjs');

export interface ActionRun {
  readonly code: number;
  readonly log: string;
  readonly summary: string;
  /** As the runner reads the file. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly review: GateResult;
}

export interface ActionCall {
  readonly inputs: Readonly<Record<string, string>>;
  readonly event?: { readonly name: string; readonly sha?: string; readonly payload?: object };
  readonly env?: Readonly<Record<string, string>>;
  /** The workspace, where it is not the clone. */
  readonly workspace?: string;
}

let runs = 0;

/** `temp`: a folder for what the runner gives and gets. */
export async function runAction(clone: Clone, temp: string, call: ActionCall): Promise<ActionRun> {
  const runner = join(temp, `runner ${runs++}`);
  mkdirSync(runner, { recursive: true });
  const [event, summary, output] = ['event.json', 'summary.md', 'output'].map((name) => join(runner, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(event, JSON.stringify(call.event?.payload ?? {}));
  for (const file of [summary, output]) writeFileSync(file, '');
  const { variables, home } = clone.person.environment;
  const env = {
    ...variables,
    HOME: home,
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: call.workspace ?? clone.dir,
    GITHUB_EVENT_NAME: call.event?.name ?? 'workflow_dispatch',
    GITHUB_EVENT_PATH: event,
    GITHUB_SHA: call.event?.sha ?? '',
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_OUTPUT: output,
    RUNNER_TEMP: runner,
    ...Object.fromEntries(Object.entries(call.inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    ...call.env,
  };
  // Not in the workspace: an action is started from wherever the runner is.
  const done = await runProgram(BUNDLE, [], env, runner);
  const outputs = readOutputs(readFileSync(output, 'utf8'));
  const path = outputs.get('review-json');
  return {
    code: done.code,
    log: `${done.stdout}${done.stderr}`,
    summary: readFileSync(summary, 'utf8'),
    outputs,
    review: path === undefined || path === '' ? undefined : JSON.parse(readFileSync(path, 'utf8')),
  };
}

/** By the rules of the runner: `name<<word`, lines, `word`; anything else is refused. */
function readOutputs(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const lines = text.split('\n');
  while (lines.length > 0) {
    const line = lines.shift() as string;
    if (line === '') continue;
    const begin = /^([a-z-]+)<<(\S+)$/.exec(line);
    if (begin === null) throw new Error(`not an output: ${line}`);
    const end = lines.indexOf(begin[2] as string);
    if (end < 0) throw new Error(`no end of ${begin[1]}`);
    if (found.has(begin[1] as string)) throw new Error(`${begin[1]} twice`);
    found.set(begin[1] as string, lines.slice(0, end).join('\n'));
    lines.splice(0, end + 1);
  }
  return found;
}

/** Lines that the runner takes as commands: with `::stop-commands::` in force only the line that ends it is one. */
export function commandsIn(log: string): string[] {
  const found: string[] = [];
  let stopped: string | undefined;
  for (const line of log.split(/\r\n|\r|\n/)) {
    const text = line.trimStart();
    if (stopped !== undefined) {
      if (text === `::${stopped}::`) stopped = undefined;
    } else if (text.startsWith('::stop-commands::')) stopped = text.slice('::stop-commands::'.length);
    else if (text.startsWith('::') || text.includes('##[')) found.push(text);
  }
  return found;
}
