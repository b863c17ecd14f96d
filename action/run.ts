/** The action: judges the change an event is about (`gate`), or what is checked out (`verify`), by the same functions as `at1`. */
import { resolve } from 'node:path';
import { type CliIo, createEnvironment, refuseLostFolder } from '../commands/environment.js';
import { exitOf, exitOfFindings } from '../commands/exit-codes.js';
import { findingLines } from '../commands/finding-lines.js';
import { annotationLines } from '../commands/gate/annotations.js';
import { md, reviewMarkdown } from '../commands/gate/markdown.js';
import { reviewText } from '../commands/gate/text.js';
import { createPaint } from '../commands/print.js';
import {
  At1Error,
  type Environment,
  type Finding,
  findCommit,
  gate,
  openRegistry,
  status,
  verify,
} from '../src/index.js';
import { changeOf } from './change.js';
import { type Inputs, readInputs, type Variables } from './inputs.js';
import { type Result, show } from './surfaces.js';

const PAINT = createPaint(false);

/** Never throws; returns the exit number. */
export async function runAction(io: CliIo): Promise<number> {
  const variables = io.env;
  const write = (text: string) => void io.stdout.write(text);
  try {
    const inputs = readInputs(variables);
    const { code, result } = await judge(io, inputs);
    show(result, variables, write);
    return code;
  } catch (thrown) {
    const error = asError(thrown);
    show(failure(error), variables, write);
    return exitOf(error.code);
  }
}

interface Judged {
  readonly code: number;
  readonly result: Result;
}

async function judge(io: CliIo, inputs: Inputs): Promise<Judged> {
  refuseLostFolder(io);
  const dir = resolve(io.env.GITHUB_WORKSPACE || io.cwd, inputs.registry ?? '.');
  const environment = environmentOf(io, inputs);
  return inputs.mode === 'verify' ? verifyThere(dir, environment, inputs) : gateThere(dir, environment, inputs, io.env);
}

function environmentOf(io: CliIo, { root }: Inputs): Partial<Environment> {
  // The root of the inputs alone counts; an AT1_ROOT somebody left in the environment says nothing.
  const { home, xdgConfigHome, configDir, stateDir, variables } = createEnvironment(io);
  // Whoever made this clone is the one who runs us: what a partial clone left out git may fetch.
  // A runner may be used again and again, for changes of anybody: nothing that lies on it from before is believed.
  return { home, xdgConfigHome, configDir, stateDir, variables, root, lazyFetch: true, cache: false };
}

async function gateThere(
  dir: string,
  environment: Partial<Environment>,
  inputs: Inputs,
  variables: Variables,
): Promise<Judged> {
  const { base, head, isPush } = await changeOf(dir, environment, inputs, variables);
  const registry = await openRegistry({ dir, at: base, environment });
  const { objects, allowPending } = inputs;
  const review = await gate(registry, { head, objects, allowPending, isPush });
  const waiting = [...review.review.events, ...review.review.versions].filter(({ state }) => state === 'pending');
  return {
    code: exitOfFindings(review.findings),
    result: {
      ok: review.ok,
      pending: waiting.length,
      annotations: annotationLines(review.findings),
      text: reviewText({ paint: PAINT }, review, undefined),
      markdown: reviewMarkdown(review, undefined),
      review,
    },
  };
}

async function verifyThere(dir: string, environment: Partial<Environment>, { head }: Inputs): Promise<Judged> {
  const found = await findCommit({ dir, commit: head ?? 'HEAD', environment });
  // What is checked out is the present, with its tags and working files; anything else is read as the past.
  const registry = await openRegistry({ dir, at: head === undefined ? undefined : found.commit, environment });
  const review = await verify(registry);
  const { pending, pendingEvents } = await status(registry);
  const { manifests, events, evidence, objects, signatures, commits, tags } = review.checked;
  const verdict = review.ok
    ? `Verified: ${manifests} versions, ${events} events, ${evidence} of evidence, ${objects} objects, ${signatures} signatures, ${commits} commits, ${tags} tags`
    : 'NOT verified';
  const markdown = review.findings.map(
    ({ severity, code, subject, message, hint }) =>
      `- ${severity} \`${code}\` **${md(subject)}**: ${md(message)}${hint === null ? '' : ` (${md(hint)})`}`,
  );
  return {
    code: exitOfFindings(review.findings),
    result: {
      ok: review.ok,
      pending: pending.length + pendingEvents.length,
      annotations: annotationLines(review.findings.map(unplaced)),
      text: [verdict, ...findingLines(review.findings, PAINT)],
      markdown: [
        `## ${review.ok ? '✅' : '❌'} ${verdict}`,
        '',
        `Registry \`${review.registry}\`, at \`${review.head.slice(0, 12)}\`.`,
        '',
        ...markdown,
      ],
      review,
    },
  };
}

function unplaced(found: Finding) {
  return { ...found, file: null, line: null };
}

/** One line that says what is wrong; the facts are in the review. */
function failure({ code, message, hint, facts }: At1Error): Result {
  const found: Finding = { code, severity: 'error', subject: 'at1', message, hint: hint ?? null };
  return {
    ok: false,
    pending: 0,
    annotations: annotationLines([unplaced(found)]),
    text: [`error: ${message} [${code}]`, ...(hint === undefined ? [] : [`hint: ${hint}`])],
    markdown: [`## ❌ ${md(message)}`, '', `\`${code}\`${hint === undefined ? '' : `: ${md(hint)}`}`],
    review: { error: { code, message, hint: hint ?? null, facts } },
  };
}

function asError(thrown: unknown): At1Error {
  if (thrown instanceof At1Error) return thrown;
  const what = thrown instanceof Error ? thrown.message : 'unknown';
  return new At1Error('internal/unexpected', { message: `unexpected failure: ${what}`, cause: thrown });
}
