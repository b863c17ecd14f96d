/** Findings as lines of text: worst first, each with its code, its place and what to do next. */
import type { Finding, Severity } from '../src/index.js';
import type { Paint } from './print.js';

const ORDER: readonly Severity[] = ['error', 'warning', 'note'];

export function findingLines(findings: readonly Finding[], paint: Paint): string[] {
  const words = { error: paint.red('error'), warning: paint.yellow('warning'), note: paint.dim('note') };
  return ORDER.flatMap((severity) => findings.filter((found) => found.severity === severity)).flatMap(
    ({ severity, code, subject, message, hint }) => [
      `${words[severity]}: ${subject}: ${message} ${paint.dim(`[${code}]`)}`,
      ...(hint === null ? [] : [`  ${paint.cyan('hint:')} ${hint}`]),
    ],
  );
}
