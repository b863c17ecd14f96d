/** What all commands print that record events: what took effect, or who and what is still needed. */
import type { EventOptions, EventResult, StandingEvent } from '../src/index.js';
import type { At1Command } from './base.js';
import { signedBy } from './version-text.js';

interface EventFlags {
  readonly reason?: string | undefined;
  readonly meaning?: EventOptions['meaning'] | undefined;
  readonly pr?: boolean | undefined;
  readonly renew?: boolean | undefined;
  readonly 'dry-run'?: boolean | undefined;
}

export function eventOptions({ reason, meaning, pr, renew, 'dry-run': dryRun }: EventFlags): EventOptions {
  return { reason, meaning, pr, renew, dryRun };
}

export function printEvents(command: At1Command, result: EventResult): EventResult {
  if (result.state === 'unchanged') return printUnchanged(command, result);
  const { paint } = command;
  const { ref, events, displaced, dryRun, commit, branch } = result;
  const done = result.state === 'effective';
  for (const event of events) {
    const what = described(ref, event, dryRun);
    command.log(event.state === 'effective' ? paint.green(what) : paint.yellow(what));
    command.log(`  ${ruleOf(event)}, signed by ${signedBy(event.signers)}`);
    for (const reason of event.waitsFor) command.log(`  not yet: ${reason}`);
    if (event.have < event.needs) command.log(`  still needed: ${stillNeeded(event)}`);
  }
  for (const { version, from, to } of displaced) {
    command.log(`  ${version} ${dryRun || !done ? 'would leave' : 'left'} ${from}${to === null ? '' : ` for ${to}`}`);
  }
  const { dropped } = result;
  if (dropped !== null && dropped.length > 0) command.log(`  signatures to be given again: ${dropped.join(', ')}`);
  if (dryRun) {
    command.log('nothing was written');
    return result;
  }
  if (commit !== null) command.log(`commit ${commit}${branch === null ? '' : ` on the branch ${branch}`}`);
  const push = dropped !== null ? 'git push --force-with-lease' : 'git push -u';
  if (branch !== null) command.next(`${push} origin ${branch}, then open a pull request`);
  else command.next(done ? 'at1 push, where there is a remote' : 'push this branch; others sign with at1 approve');
  return result;
}

function printUnchanged(command: At1Command, result: EventResult): EventResult {
  command.log(`unchanged, in ${result.already} already: ${result.ref}`);
  for (const { path, signers } of result.events) command.log(`  by ${path}, signed by ${signedBy(signers)}`);
  if (result.dryRun) command.log('nothing was written');
  else command.next('at1 push, where there is a remote');
  return result;
}

function described(ref: string, { action, lane, state, expires }: StandingEvent, dryRun: boolean): string {
  const until = expires === null ? '' : ` until ${expires}`;
  const does = `${DOES[action](lane)}${until}`;
  if (state === 'effective') return `${ref} ${dryRun ? 'would be ' : 'is '}${does}`;
  return `${ref} ${dryRun ? 'would wait' : 'waits'} to be ${does}`;
}

const DOES: Readonly<Record<StandingEvent['action'], (lane: string) => string>> = {
  promote: (lane) => `in ${lane}`,
  rollback: (lane) => `back in ${lane}`,
  alias: (lane) => `called ${lane}`,
  unalias: (lane) => `called ${lane} no more`,
  deprecate: () => 'deprecated',
  yank: () => 'yanked',
  revoke: () => 'revoked',
  restore: () => 'in use again',
};

/** The rule that lets or stops it. */
function ruleOf({ rule, role, have, needs }: StandingEvent): string {
  return rule === null ? 'no rule of the policy' : `rule ${rule} of the policy: ${have} of ${needs} from ${role}`;
}

function stillNeeded({ needs, have, missing }: StandingEvent): string {
  const count = needs - have;
  const who = missing.length === 0 ? 'nobody is left who could' : missing.join(' or ');
  return `${count} more ${count === 1 ? 'signature' : 'signatures'} (${who})`;
}
