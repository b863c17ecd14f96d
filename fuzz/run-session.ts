/** Starts a session in a process of its own, so that hangs, memory and crashes are seen from outside. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { bundleSession } from './bundle.js';
import { TARGETS } from './targets/index.js';

export interface SessionRequest {
  readonly targets: readonly string[];
  readonly cases: number;
  readonly seconds?: number;
  readonly seed: number;
  /** Whether to send back inputs worth keeping. */
  readonly keep: boolean;
}

export interface SessionResult {
  readonly kind: 'result';
  readonly target: string;
  readonly cases: number;
  readonly accepted: number;
  readonly seconds: number;
  readonly branches: { readonly reached: number; readonly total: number } | undefined;
  /** Inputs in base64; undefined where the process ended and nobody knows at which. */
  readonly findings: readonly { readonly problem: string; readonly input?: string }[];
  readonly corpus: readonly string[];
}

export type SessionLine = SessionResult | { readonly kind: 'hang'; readonly target: number; readonly input: string };

/** One result for every target asked for; a process that ends early is the finding of the target it was at. */
export async function runSession(request: SessionRequest, onResult: (result: SessionResult) => void): Promise<void> {
  const wanted = TARGETS.filter(({ name }) => request.targets.includes(name));
  const bundle = await bundleSession(new Set(wanted.flatMap(({ files }) => files.map((file) => `src/${file}.ts`))));
  const done = new Set<string>();
  const finish = (result: SessionResult): void => {
    done.add(result.target);
    onResult(result);
  };
  try {
    for (let left = wanted; left.length > 0; left = left.filter(({ name }) => !done.has(name))) {
      const targets = left.map(({ name }) => name);
      const ended = await runOnce(bundle.path, { ...request, targets }, finish);
      const stuck = left.find(({ name }) => !done.has(name));
      if (stuck !== undefined) finish(broken(stuck.name, ended));
    }
  } finally {
    bundle.remove();
  }
}

interface Ended {
  readonly status: string;
  /** The case that never ended, in base64. */
  readonly input: string | undefined;
}

async function runOnce(
  path: string,
  request: SessionRequest,
  onResult: (result: SessionResult) => void,
): Promise<Ended> {
  const child = spawn(process.execPath, [path, JSON.stringify(request)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Neither the coverage nor the loaders of whoever runs this: they would only be in the way.
    env: { ...process.env, NODE_V8_COVERAGE: '', NODE_OPTIONS: '' },
  });
  const status = new Promise<string>((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? `exit ${code}`));
  });
  let input: string | undefined;
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as SessionLine;
    if (line.kind === 'result') onResult(line);
    else input = line.input;
  }
  return { status: await status, input };
}

function broken(target: string, { status, input }: Ended): SessionResult {
  const problem = input === undefined ? `the process ended with ${status}` : 'a case that never ends';
  return {
    kind: 'result',
    target,
    cases: 0,
    accepted: 0,
    seconds: 0,
    branches: undefined,
    findings: [input === undefined ? { problem } : { problem, input }],
    corpus: [],
  };
}
