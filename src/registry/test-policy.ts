/** Table tests of a policy: who may do what, as people expect it, against what the policy says. */
import { At1Error } from '../errors.js';
import type { PolicyTest } from '../manifest/generated/types.js';
import { type ArtifactName, isPrincipalName, type PrincipalName } from '../manifest/name.js';
import { parseReference } from '../manifest/reference.js';
import { type Artifact, decide, type Policy } from './policy.js';

export interface PolicyTestOutcome {
  readonly name: string;
  /** What the test says. */
  readonly expected: boolean;
  /** What the policy says; null where the question makes no sense. */
  readonly allowed: boolean | null;
  readonly ok: boolean;
  /** Number of the rule that decided, from 1; null where none did. */
  readonly rule: number | null;
  /** Why, for people. */
  readonly because: string;
}

export function runPolicyTest(policy: Policy, test: PolicyTest): PolicyTestOutcome {
  const { name, allowed: expected } = test;
  try {
    const who = peopleOf(policy, test.who);
    const authors = peopleOf(policy, test.authors ?? []);
    const artifact = test.artifact === undefined ? undefined : artifactOf(test.artifact);
    const decision = decide(policy, test.action, artifact, who, authors);
    const allowed = decision.kind === 'allowed';
    const rule = decision.rule === undefined ? undefined : policy.rules[decision.rule];
    const number = decision.rule === undefined ? null : decision.rule + 1;
    const have = allowed ? decision.by.length : decision.have;
    const because =
      rule === undefined
        ? 'no rule matches'
        : `rule ${number} asks for ${rule.threshold} of ${rule.role}, and there ${have === 1 ? 'is' : 'are'} ${have}`;
    return { name, expected, allowed, ok: allowed === expected, rule: number, because };
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    return { name, expected, allowed: null, ok: false, rule: null, because: error.message };
  }
}

/** A slip of the pen must not make a test of what is denied pass. */
function peopleOf({ principals }: Policy, names: readonly string[]): Set<PrincipalName> {
  const people = new Set<PrincipalName>();
  for (const name of names) {
    if (!isPrincipalName(name) || !principals.has(name)) {
      throw new At1Error('usage/name', { message: `the policy knows nobody called ${name}` });
    }
    people.add(name);
  }
  return people;
}

function artifactOf(text: string): Artifact {
  const { kind, name, selector } = parseReference(text);
  if (kind !== undefined && selector.kind === 'latest') return { kind, name: name as ArtifactName };
  throw new At1Error('usage/reference', {
    message: `'${text}' is no artifact: write kind/name, such as model/fraud-detector`,
  });
}
