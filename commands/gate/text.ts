/** The review of a change for a terminal. */
import type { GateResult, ReviewedEvent } from '../../src/index.js';
import type { At1Command } from '../base.js';
import { findingLines } from '../finding-lines.js';
import { reviewedLineage } from '../lineage-lines.js';
import { policyDifferenceLines } from '../policy-difference-lines.js';
import { formatBytes, table } from '../print.js';
import { shortDigest, signedBy } from '../version-text.js';
import { signatureLines } from './version-review.js';
import { ageOf, approveCommand, movesOf, stillNeeded, verdict } from './words.js';

export function reviewText(
  { paint }: Pick<At1Command, 'paint'>,
  result: GateResult,
  branch: string | undefined,
): string[] {
  const { review, findings } = result;
  const head = ['VERSION', 'STATE', 'SIGNED BY', 'SIZE', 'STORED', 'SHARED', 'CONTENT'].map(paint.dim);
  const versions = review.versions.map(({ ref, state, signers, size, stored, shared, content }) => [
    ref,
    state,
    signedBy(signers),
    formatBytes(size),
    formatBytes(stored),
    formatBytes(shared),
    shortDigest(content),
  ]);
  return [
    result.ok ? paint.green(verdict(result)) : paint.red(verdict(result)),
    ...review.events.flatMap((event) => eventText(event, branch)),
    ...(versions.length === 0 ? [] : table([head, ...versions], [3, 4, 5])),
    ...review.versions.flatMap(({ ref, lineage }) => reviewedLineage(lineage).map((line) => `${ref} ${line}`)),
    ...review.versions.flatMap((version) =>
      version.state === 'pending' ? [`${version.ref} waits`, ...signatureLines(version, branch)] : [],
    ),
    ...(review.policy === null
      ? []
      : [
          ...policyDifferenceLines(review.policy.difference, paint),
          `  it takes ${review.policyNeeds} to change it from then on`,
        ]),
    ...findingLines(findings, paint),
  ];
}

export function eventText(event: ReviewedEvent, branch: string | undefined): string[] {
  const { evidence, metrics, holder } = event;
  return [
    `${event.ref} ${movesOf(event)} (${event.state})`,
    `  content ${event.content}`,
    `  asked by ${event.printed} (${event.actor})${event.reason === null ? '' : `: ${event.reason}`}`,
    `  signed by ${signedBy(event.signers)}: ${event.have} of ${event.needs}${event.role === null ? '' : ` from ${event.role}`}`,
    ...(event.have < event.needs ? [`  still needed: ${stillNeeded(event)}, with ${approveCommand(branch)}`] : []),
    ...event.waitsFor.map((reason) => `  it waits: ${reason}`),
    ...reviewedLineage(event.lineage).map((line) => `  ${line}`),
    ...metrics.map(({ name, before, after }) => {
      return holder === null
        ? `  ${name} = ${after}`
        : `  ${name}: ${before ?? 'unknown'} in ${holder}, ${after ?? 'unknown'} here`;
    }),
    ...evidence.map(({ type, result, created, signers }) => {
      const went = result === null ? '' : ` (${result})`;
      return `  evidence ${type}${went}, ${ageOf(created, event.created)}, signed by ${signedBy(signers)}`;
    }),
    ...(evidence.length === 0 ? ['  no evidence about this content'] : []),
  ];
}
