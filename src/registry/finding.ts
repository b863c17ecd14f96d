/** One result of verification: a stable code, how bad it is, where, and what to do next. */
import type { At1Error, ErrorCode } from '../errors.js';

export type Severity = 'error' | 'warning' | 'note';

export interface Finding {
  readonly code: ErrorCode;
  readonly severity: Severity;
  /** What it is about: a reference, a path in the registry, a commit, a tag. */
  readonly subject: string;
  readonly message: string;
  readonly hint: string | null;
}

export function finding(
  severity: Severity,
  code: ErrorCode,
  subject: string,
  message: string,
  hint: string | null = null,
): Finding {
  return { code, severity, subject, message, hint };
}

/** A caught failure as a finding about `subject`. */
export function findingOf(error: At1Error, subject: string, severity: Severity = 'error'): Finding {
  return finding(severity, error.code, subject, error.message, error.hint ?? null);
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((found) => found.severity === 'error');
}
