/** Findings as lines of text: worst first, each with its code, its place and what to do next. */
import type { Finding } from '../src/index.js';
import type { Paint } from './print.js';

/** Notes of one code that are shown one by one; a rebased history has thousands. Errors and warnings are all shown. */
const NOTES_SHOWN = 3;

export function findingLines(findings: readonly Finding[], paint: Paint): string[] {
  const of = (severity: Finding['severity']) => findings.filter((found) => found.severity === severity);
  return [
    ...of('error').flatMap((found) => lines(found, paint.red('error'), paint)),
    ...of('warning').flatMap((found) => lines(found, paint.yellow('warning'), paint)),
    ...noteLines(of('note'), paint),
  ];
}

function noteLines(notes: readonly Finding[], paint: Paint): string[] {
  const byCode = new Map<string, Finding[]>();
  for (const note of notes) {
    const same = byCode.get(note.code);
    if (same === undefined) byCode.set(note.code, [note]);
    else same.push(note);
  }
  return [...byCode].flatMap(([code, same]) => {
    const more = same.length - NOTES_SHOWN;
    return [
      ...same.slice(0, NOTES_SHOWN).flatMap((found) => lines(found, paint.dim('note'), paint)),
      ...(more > 0 ? [`${paint.dim('note')}: and ${more} more ${paint.dim(`[${code}]`)}`] : []),
    ];
  });
}

function lines({ code, subject, message, hint }: Finding, word: string, paint: Paint): string[] {
  return [
    `${word}: ${subject}: ${message} ${paint.dim(`[${code}]`)}`,
    ...(hint === null ? [] : [`  ${paint.cyan('hint:')} ${hint}`]),
  ];
}
