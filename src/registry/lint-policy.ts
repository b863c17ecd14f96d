/** What a valid policy says that cannot be meant: rules that never match, roles and people without any effect. */
import type { Pointer } from '../manifest/toml-place.js';
import { takes } from './edit-rules.js';
import { coversPattern, matchesPattern } from './pattern.js';
import { keyWithoutComment, type Policy, type Rule } from './policy.js';

export interface PolicyRemark {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly hint: string | null;
  /** Where in the document. */
  readonly at: Pointer;
}

/** Actions by their first part, and whether they are about one artifact. */
const ACTIONS: ReadonlyMap<string, boolean> = new Map([
  ...['register', 'tag', 'promote', 'rollback', 'alias', 'deprecate', 'yank', 'revoke', 'restore', 'attest'].map(
    (word) => [word, true] as const,
  ),
  ['policy', false],
  ['configure', false],
]);

export function lintPolicy(policy: Policy): PolicyRemark[] {
  return [
    ...nobodyMayChange(policy),
    ...deadRules(policy),
    ...unknownActions(policy),
    ...unused(policy),
    ...oldKeys(policy),
  ];
}

/** One that nobody may change could not even be accepted, because its own rule is asked too. */
function nobodyMayChange({ rules }: Policy): PolicyRemark[] {
  if (rules.some((rule) => takes(rule, '*', 'policy'))) return [];
  return [
    {
      severity: 'error',
      message: 'no rule says who may change the policy, so it can never be accepted',
      hint: 'add a rule for the action policy and the artifacts "*"',
      at: ['rules'],
    },
  ];
}

function deadRules({ rules }: Policy): PolicyRemark[] {
  return rules.flatMap((rule, index) => {
    const pairs = rule.artifacts.flatMap((artifact) => rule.actions.map((action) => [artifact, action] as const));
    const earlier = rules.slice(0, index);
    const takers = pairs.map(([artifact, action]) => earlier.findIndex((other) => takes(other, artifact, action)));
    if (takers.some((taker) => taker < 0)) return [];
    const by = [...new Set(takers)].sort((a, b) => a - b).map((taker) => taker + 1);
    return [
      {
        severity: 'warning' as const,
        message: `rule ${index + 1} can never match: rule ${by.join(' and ')} ${by.length === 1 ? 'takes' : 'take'} everything before it`,
        hint: 'the first rule that matches decides: move it up, or remove it',
        at: ['rules', index],
      },
    ];
  });
}

function unknownActions({ rules }: Policy): PolicyRemark[] {
  return rules.flatMap((rule, index) =>
    rule.actions.flatMap((action) => {
      const [first = ''] = action.split(':');
      const known = [...ACTIONS].filter(([word]) => first === '**' || matchesPattern(first, word, ':'));
      const at = ['rules', index, 'actions'];
      if (known.length === 0) {
        return [warning(`rule ${index + 1} has the action ${action}, and nothing is called so`, NAMES, at)];
      }
      if (rule.artifacts.some((artifact) => coversPattern(artifact, '*', '/'))) return [];
      if (known.some(([, aboutArtifact]) => aboutArtifact)) return [];
      const message = `rule ${index + 1} has the action ${action}, which is about no artifact, so it never matches`;
      return [warning(message, 'write artifacts = ["*"] for it', at)];
    }),
  );
}

const NAMES = `the actions are ${[...ACTIONS.keys()].join(', ')}; promote, rollback, alias and attest go on with :NAME`;

function unused({ principals, roles, rules }: Policy): PolicyRemark[] {
  const named = new Set(rules.flatMap(rolesOf));
  const members = new Set([...roles.values()].flatMap((names) => [...names]));
  return [
    ...[...roles.keys()]
      .filter((role) => !named.has(role))
      .map((role) => warning(`no rule names the role ${role}, so it lets nobody do anything`, null, ['roles', role])),
    ...[...principals.keys()]
      .filter((name) => !members.has(name))
      .map((name) => warning(`${name} is in no role`, `put ${name} into one`, ['principals', name])),
  ];
}

function rolesOf({ role, evidence }: Rule): string[] {
  return [role, ...evidence.flatMap((required) => (required.role === undefined ? [] : [required.role]))];
}

function oldKeys({ principals, revoked }: Policy): PolicyRemark[] {
  const gone = new Set(revoked.map(({ key }) => keyWithoutComment(key)));
  return [...principals.values()]
    .filter(({ keys }) => keys.every((key) => gone.has(keyWithoutComment(key))))
    .map(({ name }) =>
      warning(`${name} has no key that is not revoked`, `at1 policy rotate ${name} KEY`, ['principals', name, 'keys']),
    );
}

function warning(message: string, hint: string | null, at: Pointer): PolicyRemark {
  return { severity: 'warning', message, hint, at };
}
