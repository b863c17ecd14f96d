/** What all commands print that change the policy: whether it is in force, or whose signatures are still needed. */
import type { AddPrincipalResult, PolicyChange, PolicySignatures } from '../src/index.js';
import type { At1Command } from './base.js';

/** `first` is what was done. */
export function printPolicyChange(
  command: At1Command,
  { version, digest, state, commit, branch, signatures }: Omit<AddPrincipalResult | PolicyChange, 'what' | 'warnings'>,
  first: string,
): void {
  const waiting = state === 'waiting';
  command.log(waiting ? command.paint.yellow(`waits for signatures: ${first}`) : first);
  command.log(`policy ${version} ${digest}`);
  if (waiting) command.log(signatureLines(signatures));
  if (commit !== null) command.log(`commit ${commit}${branch === null ? '' : ` on the branch ${branch}`}`);
  if (!waiting) command.next('at1 push, or open a pull request');
  else if (branch === null) command.next('push this branch; others sign with at1 policy sign');
  else command.next(`git push -u origin ${branch}; others sign with at1 policy sign ${branch}`);
}

export function printChange(command: At1Command, change: PolicyChange): PolicyChange {
  printPolicyChange(command, change, change.what);
  command.note(change.warnings.map((warning) => `note: ${warning}`));
  return change;
}

/** A line for each of the two policies that are asked. */
export function signatureLines(signatures: readonly PolicySignatures[]): string[] {
  return signatures.map(({ policy, rule, role, needs, have, missing }) => {
    const by = policy === 'in-force' ? 'by the policy in force' : 'by the new policy';
    if (rule === null) return `  ${by}: no rule says who may change it`;
    const count = `${have} of ${needs} from ${role}`;
    const more = needs - have;
    if (more <= 0) return `  ${by}: ${count}, enough`;
    const who = missing.length === 0 ? 'nobody is left who could' : missing.join(' or ');
    return `  ${by}: ${count}, still needed: ${more} more ${more === 1 ? 'signature' : 'signatures'} (${who})`;
  });
}
