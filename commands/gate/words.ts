/** The same words for a change in every form in which it is shown. */
import type { GateResult, ReviewedEvent, SignatureCount } from '../../src/index.js';
import { plural } from '../print.js';

export function verdict({ ok, findings, review }: GateResult): string {
  if (!ok) {
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    return `This change may not land: ${plural(errors, 'error')}`;
  }
  const what = [
    ...(review.events.length === 0 ? [] : [plural(review.events.length, 'event')]),
    ...(review.versions.length === 0 ? [] : [plural(review.versions.length, 'version')]),
    ...(review.evidence.length === 0 ? [] : [`${review.evidence.length} of evidence`]),
    ...(review.policy === null ? [] : ['a new policy']),
  ];
  return `This change may land${what.length === 0 ? ': it changes nothing of the registry' : `: ${what.join(', ')}`}`;
}

export function movesOf({ action, lane, from, holder, expires }: ReviewedEvent): string {
  const until = expires === null ? '' : ` until ${expires}`;
  const instead = holder === null ? '' : `, in place of ${holder}`;
  switch (action) {
    case 'promote':
      return `goes from ${from} to ${lane}${instead}${until}`;
    case 'rollback':
      return `goes back from ${from} to ${lane}${instead}${until}`;
    case 'alias':
      return `gets the alias ${lane}${instead}${until}`;
    case 'unalias':
      return `loses the alias ${lane}`;
    case 'restore':
      return 'is in use again';
    default:
      return `is to be ${action === 'yank' ? 'yanked' : `${action}d`}`;
  }
}

export function stillNeeded({ needs, have, missing }: Pick<SignatureCount, 'needs' | 'have' | 'missing'>): string {
  const who = missing.length === 0 ? 'nobody is left who could' : missing.join(' or ');
  return `${plural(needs - have, 'more signature')} (${who})`;
}

export function approveCommand(branch: string | undefined): string {
  return `at1 approve ${branch ?? 'BRANCH'}`;
}

const DAY = 86_400_000;

/** How old something was when another thing was made: `3 days old`. */
export function ageOf(created: string, at: string): string {
  const days = Math.floor((Date.parse(at) - Date.parse(created)) / DAY);
  return days <= 0 ? 'made the same day or later' : `${plural(days, 'day')} old`;
}
