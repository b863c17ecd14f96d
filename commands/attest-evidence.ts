/** What `at1 attest` and `at1 eval add` share: flags, one call, the same lines. */
import * as Flags from '@oclif/core/flags';
import { type AttestResult, attest } from '../src/index.js';
import type { At1Command } from './base.js';
import { eventFlags, expiresFlag, keyFlag, metricFlag } from './flags.js';
import { openRegistry } from './open.js';
import { parseMetrics } from './register-input.js';

export const evidenceFlags = {
  metric: metricFlag,
  result: Flags.option({ options: ['pass', 'fail'] as const })({
    summary: 'How it went; evidence that says fail satisfies no rule.',
  }),
  suite: Flags.string({
    summary: 'What it was measured against: a version, sha256:…, or a file.',
    helpValue: 'REF',
  }),
  file: Flags.string({
    summary: 'A report whose digest goes into it; may be repeated.',
    helpValue: 'FILE',
    multiple: true,
    multipleNonGreedy: true,
  }),
  expires: expiresFlag,
  reason: eventFlags.reason,
  meaning: eventFlags.meaning,
  key: keyFlag,
};

interface Given {
  readonly metric?: readonly string[] | undefined;
  readonly result?: 'pass' | 'fail' | undefined;
  readonly suite?: string | undefined;
  readonly file?: readonly string[] | undefined;
  readonly expires?: string | undefined;
  readonly reason?: string | undefined;
  readonly meaning?: 'approval' | 'authorship' | 'responsibility' | 'review' | undefined;
  readonly key?: string | undefined;
}

export async function attestEvidence(
  command: At1Command,
  what: string,
  type: string,
  { metric = [], file, key, ...said }: Given,
): Promise<AttestResult> {
  const registry = await openRegistry(command, { key });
  const { cwd } = command.environment;
  const metrics = parseMetrics(metric);
  const result = await attest(registry, { ...said, what, type, metrics, files: file, cwd });
  const about = result.versions.length === 0 ? 'no version has this content yet' : result.versions.join(', ');
  command.log([
    `${command.paint.green(`attested ${result.type}`)} of ${result.content}`,
    `  ${about}`,
    `  signed by ${result.by}: ${result.path}`,
    `commit ${result.commit}`,
  ]);
  command.next(result.versions.length === 0 ? 'at1 register' : 'at1 push, where there is a remote');
  return result;
}
