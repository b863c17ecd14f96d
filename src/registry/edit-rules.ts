/** Edits of a policy about rules: adding one where it has an effect, taking one out. */
import { At1Error } from '../errors.js';
import { type LaneName, type PrincipalName, parseLaneName } from '../manifest/name.js';
import { writeBasic } from '../manifest/toml-writer.js';
import { nearest } from './did-you-mean.js';
import type { PolicyEdit } from './edit-policy.js';
import { addToRole, principalOf } from './edit-principals.js';
import { parseBound } from './metric-bound.js';
import { coversPattern } from './pattern.js';
import type { Policy, RequiredEvidence, Rule } from './policy.js';
import { blocksOf, insertAbove, insertBelow, removeBlock, tooUnusual } from './policy-text.js';

export interface NewRule {
  readonly artifacts: readonly string[];
  readonly actions: readonly string[];
  readonly role: LaneName;
  readonly threshold: number;
  readonly separateAuthor: boolean;
  readonly evidence: readonly RequiredEvidence[];
  /** Bounds as they are written: `auc >= 0.9`. */
  readonly metrics: readonly string[];
  readonly licenses: readonly string[];
  readonly refusesPickle: boolean;
  readonly completeLineage: boolean;
  /** Its number, from 1; without, in front of the first rule that would take away what it is for. */
  readonly at?: number | undefined;
  /** Who is in the role, where the policy does not have it yet. */
  readonly members: readonly PrincipalName[];
}

/** Refuses with `usage/name` for roles and people that are not there, `policy/exists` for a role that is. */
export function addingRule(added: NewRule): PolicyEdit {
  const { at, members, role, metrics: texts, ...rest } = added;
  parseLaneName(role);
  const rule: Rule = { ...rest, role, metrics: texts.map(parseBound), regressions: [] };
  return {
    apply: (lines, before) => {
      checkRole(before, role, members);
      const index = placeOf(before, added);
      const blocks = ruleBlocks(lines, before);
      const block = blocks[index];
      // From the bottom up, so that what was found stays where it is.
      if (block === undefined) insertBelow(lines, blocks.at(-1)?.end ?? lines.length, ruleLines(added));
      else insertAbove(lines, block.start, ruleLines(added));
      if (members.length > 0) addToRole(lines, role, members);
    },
    meant: (before) => ({
      ...before,
      roles: members.length > 0 ? new Map(before.roles).set(role, new Set(members)) : before.roles,
      rules: before.rules.toSpliced(placeOf(before, added), 0, rule),
    }),
    byHand: 'add the rule',
  };
}

/** `number` from 1. */
export function removingRule(number: number): PolicyEdit {
  return {
    apply: (lines, before) => {
      if (before.rules[number - 1] === undefined) throw noRule(number, before.rules.length);
      if (before.rules.length === 1) {
        throw new At1Error('policy/invalid', {
          message: 'the only rule cannot go: nobody could do anything any more',
          hint: 'add another rule first',
        });
      }
      removeBlock(lines, ruleBlocks(lines, before)[number - 1] as { start: number; end: number });
    },
    meant: (before) => ({ ...before, rules: before.rules.toSpliced(number - 1, 1) }),
    byHand: `remove rule ${number}`,
  };
}

/**
 * The index a new rule gets: in front of the first rule that matches all that one of its patterns and actions match,
 * because there that part of it would have no effect; else the end.
 */
export function placeOf(
  { rules }: Policy,
  { at, artifacts, actions }: Pick<NewRule, 'at' | 'artifacts' | 'actions'>,
): number {
  if (at !== undefined) {
    if (!Number.isSafeInteger(at) || at < 1 || at > rules.length + 1) throw noRule(at, rules.length + 1);
    return at - 1;
  }
  const found = rules.findIndex((rule) =>
    artifacts.some((artifact) => actions.some((action) => takes(rule, artifact, action))),
  );
  return found < 0 ? rules.length : found;
}

/** Whether a rule decides about everything that the two patterns match together. */
export function takes(rule: Pick<Rule, 'artifacts' | 'actions'>, artifact: string, action: string): boolean {
  return (
    rule.artifacts.some((wide) => coversPattern(wide, artifact, '/')) &&
    rule.actions.some((wide) => coversPattern(wide, action, ':'))
  );
}

function noRule(number: number, most: number): At1Error {
  return new At1Error('usage/invalid', {
    message: `there is no rule ${number}`,
    hint: `rules are counted from 1 to ${most}; at1 policy show lists them`,
  });
}

function checkRole(before: Policy, role: LaneName, members: readonly PrincipalName[]): void {
  const known = before.roles.has(role);
  if (known && members.length > 0) {
    throw new At1Error('policy/exists', {
      message: `the policy has the role ${role} already`,
      hint: 'leave --member out, or choose another name for the role',
    });
  }
  for (const member of members) principalOf(before, member);
  if (known || members.length > 0) return;
  const near = nearest(role, before.roles.keys());
  throw new At1Error('usage/name', {
    message: `the policy has no role ${role}`,
    hint: near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'say who is in it: --member NAME',
  });
}

function ruleBlocks(lines: readonly string[], { rules }: Policy) {
  const blocks = blocksOf(lines, 'rules');
  if (blocks.length !== rules.length) throw tooUnusual('not every rule is a table [[rules]]');
  return blocks;
}

function ruleLines(rule: NewRule): string[] {
  const { separateAuthor, evidence, metrics, licenses, refusesPickle, completeLineage } = rule;
  return [
    '[[rules]]',
    `artifacts = ${listOf(rule.artifacts)}`,
    `actions = ${listOf(rule.actions)}`,
    `role = ${writeBasic(rule.role)}`,
    `threshold = ${rule.threshold}`,
    ...(separateAuthor ? ['separate_author = true'] : []),
    ...(evidence.length === 0 ? [] : ['evidence = [', ...evidence.map((one) => `  { ${evidenceFields(one)} },`), ']']),
    ...(metrics.length === 0 ? [] : [`metrics = ${listOf(metrics)}`]),
    ...(licenses.length === 0 ? [] : [`licenses = ${listOf(licenses)}`]),
    ...(refusesPickle ? ['pickle = "refuse"'] : []),
    ...(completeLineage ? ['lineage = "complete"'] : []),
  ];
}

function evidenceFields({ type, role, threshold, maxAgeDays }: RequiredEvidence): string {
  return [
    `type = ${writeBasic(type)}`,
    ...(role === undefined ? [] : [`role = ${writeBasic(role)}`]),
    ...(threshold === 1 ? [] : [`threshold = ${threshold}`]),
    ...(maxAgeDays === undefined ? [] : [`max_age_days = ${maxAgeDays}`]),
  ].join(', ');
}

function listOf(values: readonly string[]): string {
  return `[${values.map(writeBasic).join(', ')}]`;
}

/** `eval`, `eval:validator`, `eval:validator:90`, `eval::90`: type, role, and how old in days it may be. */
export function parseRequiredEvidence(text: string): RequiredEvidence {
  const [type = '', role = '', days, ...more] = text.split(':');
  const maxAgeDays = days === undefined ? undefined : Number(days);
  const isAge = maxAgeDays === undefined || (/^[1-9][0-9]{0,4}$/.test(days ?? '') && maxAgeDays <= 36_500);
  if (more.length > 0 || type === '' || !isAge) {
    throw new At1Error('usage/invalid', {
      message: `not a kind of evidence: '${text.slice(0, 80)}'`,
      hint: 'write it like eval, eval:validator or eval:validator:90, with the age in days last',
    });
  }
  return {
    type: parseLaneName(type),
    role: role === '' ? undefined : parseLaneName(role),
    threshold: 1,
    maxAgeDays,
    suite: undefined,
  };
}
