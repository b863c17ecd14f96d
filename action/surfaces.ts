/** Where a runner shows results: the log with its commands, the summary, the outputs. What strangers wrote steers none of them. */
import { randomUUID } from 'node:crypto';
import { appendFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { safeText } from '../commands/print.js';
import type { Variables } from './inputs.js';

/** Of the summary of one step; the runner refuses more as a whole. */
const SUMMARY_LIMIT = 1024 * 1024;
/** Of the output `summary`, so that it fits into a comment and into a variable of a process. */
const OUTPUT_LIMIT = 60 * 1024;

export interface Result {
  readonly ok: boolean;
  readonly pending: number;
  /** Workflow commands, each of its line whole and escaped. */
  readonly annotations: readonly string[];
  /** For the log, to be read. */
  readonly text: readonly string[];
  readonly markdown: readonly string[];
  readonly review: object;
}

export function show(result: Result, variables: Variables, write: (text: string) => void): void {
  // Between these two lines nothing is a command, whatever it looks like: the word is not known beforehand.
  const word = randomUUID();
  const text = result.text.map((line) => safeText(line));
  write(lines([`::stop-commands::${word}`, ...text, `::${word}::`, ...result.annotations]));
  const markdown = result.markdown.map((line) => safeText(line));
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output } = variables;
  if (summary) appendFileSync(summary, cut(markdown, SUMMARY_LIMIT - sizeOf(summary)));
  if (!output) return;
  appendFileSync(
    output,
    [
      entry('ok', String(result.ok)),
      entry('pending', String(result.pending)),
      entry('review-json', writeReview(result.review, variables)),
      entry('summary', cut(markdown, OUTPUT_LIMIT).trimEnd()),
    ].join(''),
  );
}

function writeReview(review: object, { RUNNER_TEMP: folder }: Variables): string {
  if (!folder) return '';
  const path = join(folder, `at1-review-${randomUUID()}.json`);
  writeFileSync(path, `${JSON.stringify(review, null, 2)}\n`, { flag: 'wx' });
  return path;
}

/** The end of the value is a word that nobody who wrote the value could know. */
function entry(name: string, value: string): string {
  const end = `at1-${randomUUID()}`;
  return `${name}<<${end}\n${value}\n${end}\n`;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Whole lines, as many as fit, and a last one that says what is missing. */
function cut(all: readonly string[], limit: number): string {
  const whole = lines(all);
  if (Buffer.byteLength(whole) <= limit) return whole;
  const last =
    '\n**This is not all of it: the summary is cut here. The whole review is in the output `review-json`.**\n';
  let left = limit - Buffer.byteLength(last);
  const kept: string[] = [];
  for (const line of all) {
    left -= Buffer.byteLength(line) + 1;
    if (left < 0) break;
    kept.push(line);
  }
  return left === limit ? '' : lines(kept) + last;
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}
