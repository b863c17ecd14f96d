/** What all commands print that change the policy: whether it is in force, or whose signatures are still needed. */
import type { AddPrincipalResult, PolicyChange, PolicySignatures } from '../src/index.js';
import type { At1Command } from './base.js';
import { stillNeeded } from './gate/words.js';
import { policyDifferenceLines } from './policy-difference-lines.js';

/** `first` is what was done. `reviewed`: what it changes was told already. */
export function printPolicyChange(
  command: At1Command,
  result: Omit<AddPrincipalResult | PolicyChange, 'what' | 'warnings'>,
  first: string,
  reviewed = false,
): void {
  const { version, digest, state, commit, branch, signatures, dryRun, difference } = result;
  const waiting = state === 'waiting';
  if (dryRun) {
    if (!reviewed) command.log(policyDifferenceLines(difference, command.paint));
    const soon = branch === null ? 'it would be in force at once' : 'it would have signatures enough';
    command.log(`${waiting ? 'it would wait for signatures' : soon}: ${first}`);
    command.log(signatureLines(signatures));
    command.log(`nothing was written${branch === null ? '' : `; it would be on the branch ${branch}`}`);
    return;
  }
  command.log(waiting ? command.paint.yellow(`waits for signatures: ${first}`) : first);
  command.log(`policy ${version} ${digest}`);
  if (waiting) command.log(signatureLines(signatures));
  if (commit !== null) command.log(`commit ${commit}${branch === null ? '' : ` on the branch ${branch}`}`);
  if (!waiting && branch !== null) command.next(`git push origin ${branch}, and let it land: it has signatures enough`);
  else if (!waiting) command.next('at1 push, or open a pull request');
  else if (branch === null) command.next('push this branch; others sign with at1 policy sign');
  else command.next(`git push -u origin ${branch}; others sign with at1 policy sign ${branch}`);
}

export function printChange(command: At1Command, change: PolicyChange, reviewed = false): PolicyChange {
  printPolicyChange(command, change, change.what, reviewed);
  command.note(change.warnings.map((warning) => `note: ${warning}`));
  return change;
}

/** A line for each of the two policies that are asked. */
export function signatureLines(signatures: readonly PolicySignatures[]): string[] {
  return signatures.map(({ policy, rule, role, needs, have, missing }) => {
    const by = policy === 'in-force' ? 'by the policy in force' : 'by the new policy';
    if (rule === null) return `  ${by}: no rule says who may change it`;
    const count = `${have} of ${needs} from ${role}`;
    if (have >= needs) return `  ${by}: ${count}, enough`;
    return `  ${by}: ${count}, still needed: ${stillNeeded({ needs, have, missing })}`;
  });
}
