/**
 * The policy: who may do what, and how many of them it takes. Keys stay text here; their strength is the caller's to
 * check. docs/format/registry.md section 6.
 */
import { type Digest, parseDigest } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import { readPolicy } from '../manifest/documents.js';
import type { PolicyDocument, RequiredEvidence as RequiredEvidenceDocument } from '../manifest/generated/types.js';
import {
  type ArtifactName,
  isLaneName,
  isPrincipalName,
  type Kind,
  type LaneName,
  type PrincipalName,
} from '../manifest/name.js';
import type { RegistryId } from '../manifest/registry-id.js';
import { type Pointer, showPointer } from '../manifest/toml-place.js';
import { type MetricBound, parseBound, parseDecimal } from './metric-bound.js';
import { matchesPattern } from './pattern.js';

/** `register`, `tag`, `policy`, `configure`, ...; an action may have parts, as in `promote:production`. */
export type Action = string;
export type RoleName = LaneName;

export interface Principal {
  readonly name: PrincipalName;
  /** As it is printed; the name where the policy gives none. */
  readonly printedName: string;
  /** Public keys in OpenSSH form, as the policy writes them. */
  readonly keys: readonly string[];
}

export interface Rule {
  readonly artifacts: readonly string[];
  readonly actions: readonly string[];
  readonly role: RoleName;
  readonly threshold: number;
  /** Whoever signed the manifest does not count among the members. */
  readonly separateAuthor: boolean;
  readonly evidence: readonly RequiredEvidence[];
  readonly metrics: readonly MetricBound[];
  readonly regressions: readonly Regression[];
  /** SPDX identifiers; empty where any will do. */
  readonly licenses: readonly string[];
  readonly refusesPickle: boolean;
  readonly completeLineage: boolean;
}

export interface RequiredEvidence {
  readonly type: LaneName;
  /** Undefined: whoever may `attest:TYPE`. */
  readonly role: RoleName | undefined;
  readonly threshold: number;
  readonly maxAgeDays: number | undefined;
  readonly suite: Digest | undefined;
}

export interface Regression {
  readonly metric: string;
  readonly better: 'higher' | 'lower';
  readonly by: number;
}

/** A bound that stands before a stage, set before anybody measured. */
export interface Bar {
  readonly artifacts: readonly string[];
  readonly stage: LaneName;
  readonly bound: MetricBound;
}

export interface Revocation {
  /** Public key in OpenSSH form. */
  readonly key: string;
  /** Hex of the last commit by which what it signed counts. */
  readonly cutoff: string;
  readonly reason: string | undefined;
}

/** How the gate looks at the objects of new versions; from the least to the most. */
export const OBJECT_CHECKS = ['skip', 'present', 'decode'] as const;
export type ObjectCheck = (typeof OBJECT_CHECKS)[number];

export interface Policy {
  readonly registry: RegistryId;
  readonly version: number;
  /** SHA-256 of the policy file before this one; undefined in version 1 only. */
  readonly previous: Digest | undefined;
  readonly principals: ReadonlyMap<PrincipalName, Principal>;
  readonly roles: ReadonlyMap<RoleName, ReadonlySet<PrincipalName>>;
  readonly rules: readonly Rule[];
  readonly bars: readonly Bar[];
  readonly revoked: readonly Revocation[];
  /** The least a gate may do; a policy that says nothing lets it skip them. */
  readonly gateObjects: ObjectCheck;
}

export interface Artifact {
  readonly kind: Kind;
  readonly name: ArtifactName;
}

export type Decision =
  | { readonly kind: 'allowed'; readonly rule: number; readonly by: readonly PrincipalName[] }
  | {
      readonly kind: 'denied';
      /** Index of the rule that decided; undefined where none matches. */
      readonly rule: number | undefined;
      readonly role: RoleName | undefined;
      readonly needs: number;
      readonly have: number;
    };

/** Throws `document/*` for the form and `policy/invalid` for the meaning. */
export function parsePolicy(bytes: Uint8Array): Policy {
  return policyOf(readPolicy(bytes).document);
}

export function policyOf(document: PolicyDocument): Policy {
  const principals = principalsOf(document);
  const roles = rolesOf(document, principals);
  if ((document.version === 1) !== (document.previous === undefined)) {
    throw wrong(
      ['version'],
      document.version === 1 ? 'version 1 has no previous policy' : `version ${document.version} lacks previous`,
      'previous is the SHA-256 of the policy file before, from version 2 on',
    );
  }
  return {
    registry: document.registry,
    version: document.version,
    previous: document.previous === undefined ? undefined : parseDigest(document.previous),
    principals,
    roles,
    rules: document.rules.map((rule, i) => ruleOf(rule, i, roles)),
    bars: (document.bars ?? []).map((bar, i) => barOf(bar, i)),
    revoked: (document.revoked ?? []).map(({ key, cutoff, reason }) => ({ key, cutoff, reason })),
    gateObjects: document.gate?.objects ?? 'skip',
  };
}

/** All keys, in the order of the policy: for parsing, strength checks and `allowed_signers`. */
export function policyKeys(policy: Policy): { readonly principal: PrincipalName; readonly key: string }[] {
  return [...policy.principals.values()].flatMap(({ name, keys }) => keys.map((key) => ({ principal: name, key })));
}

/** Whether two policies mean the same: the order of principals, roles and members means nothing, that of rules does. */
export function samePolicy(a: Policy, b: Policy): boolean {
  return comparable(a) === comparable(b);
}

function comparable(policy: Policy): string {
  return JSON.stringify(policy, (_, value: unknown) => {
    if (value instanceof Map || value instanceof Set) return [...value].sort();
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isRecord ? Object.fromEntries(Object.entries(value).sort()) : value;
  });
}

/**
 * Whether these principals together may do it. The first rule that matches decides; each principal counts once, and
 * `authors` not at all where the rule keeps them apart.
 */
export function decide(
  policy: Policy,
  action: Action,
  artifact: Artifact | undefined,
  principals: ReadonlySet<PrincipalName>,
  authors: ReadonlySet<PrincipalName> = NOBODY,
): Decision {
  for (const [index, rule] of policy.rules.entries()) {
    if (!ruleMatches(rule, action, artifact)) continue;
    const members = policy.roles.get(rule.role) ?? NOBODY;
    const counted = (member: PrincipalName) => principals.has(member) && !(rule.separateAuthor && authors.has(member));
    const by = [...members].filter(counted).sort();
    if (by.length >= rule.threshold) return { kind: 'allowed', rule: index, by };
    return { kind: 'denied', rule: index, role: rule.role, needs: rule.threshold, have: by.length };
  }
  return { kind: 'denied', rule: undefined, role: undefined, needs: 0, have: 0 };
}

const NOBODY: ReadonlySet<PrincipalName> = new Set();

/** The rule that decides about an action, whoever asks. */
export function ruleFor(policy: Policy, action: Action, artifact: Artifact): Rule | undefined {
  return policy.rules.find((rule) => ruleMatches(rule, action, artifact));
}

/** The bars that stand before a stage of an artifact. */
export function barsFor(policy: Policy, artifact: Artifact, stage: LaneName): Bar[] {
  const path = `${artifact.kind}/${artifact.name}`;
  return policy.bars.filter(
    (bar) => bar.stage === stage && bar.artifacts.some((pattern) => matchesPattern(pattern, path, '/')),
  );
}

/** Whether a gate that looks at objects like this does as much as another. */
export function checksAsMuch(how: ObjectCheck, least: ObjectCheck): boolean {
  return OBJECT_CHECKS.indexOf(how) >= OBJECT_CHECKS.indexOf(least);
}

/** What is not about one artifact (the policy, the configuration) is matched by the lone `*` only. */
function ruleMatches(rule: Rule, action: Action, artifact: Artifact | undefined): boolean {
  if (!rule.actions.some((pattern) => matchesPattern(pattern, action, ':'))) return false;
  if (artifact === undefined) return rule.artifacts.includes('*');
  const path = `${artifact.kind}/${artifact.name}`;
  return rule.artifacts.some((pattern) => matchesPattern(pattern, path, '/'));
}

/** Type and data of a key line, without its comment: what makes two lines the same key. */
export function keyWithoutComment(line: string): string {
  return line
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 2)
    .join(' ');
}

function principalsOf(document: PolicyDocument): Map<PrincipalName, Principal> {
  const principals = new Map<PrincipalName, Principal>();
  const owners = new Map<string, string>();
  for (const [name, { name: printedName, keys }] of Object.entries(document.principals)) {
    if (!isPrincipalName(name))
      throw wrong(['principals', name], `'${name.slice(0, 80)}' is not a name for a principal`, NAME_HINT);
    for (const key of keys) {
      const owner = owners.get(keyWithoutComment(key));
      if (owner !== undefined) {
        const what = owner === name ? `${name} has the same key twice` : `${owner} and ${name} have the same key`;
        throw wrong(['principals', name, 'keys'], what);
      }
      owners.set(keyWithoutComment(key), name);
    }
    principals.set(name, { name, printedName: printedName ?? name, keys: [...keys] });
  }
  return principals;
}

const NAME_HINT = 'names have a-z, 0-9 and inside - _ .';

function rolesOf(
  document: PolicyDocument,
  principals: ReadonlyMap<PrincipalName, Principal>,
): Map<RoleName, ReadonlySet<PrincipalName>> {
  const roles = new Map<RoleName, ReadonlySet<PrincipalName>>();
  for (const [role, members] of Object.entries(document.roles)) {
    if (!isLaneName(role)) throw wrong(['roles', role], `'${role.slice(0, 80)}' is not a name for a role`, NAME_HINT);
    const set = new Set<PrincipalName>();
    for (const member of members) {
      const principal = principals.get(member as PrincipalName);
      const at = ['roles', role];
      if (principal === undefined) throw wrong(at, `role ${role} names ${member}, whom the policy does not know`);
      if (set.has(principal.name)) throw wrong(at, `role ${role} names ${member} twice`);
      set.add(principal.name);
    }
    roles.set(role, set);
  }
  return roles;
}

function ruleOf(
  rule: PolicyDocument['rules'][number],
  index: number,
  roles: ReadonlyMap<RoleName, ReadonlySet<PrincipalName>>,
): Rule {
  const which: Place = { name: `rule ${index + 1}`, at: ['rules', index] };
  const role = rule.role as RoleName;
  const members = roles.get(role);
  if (members === undefined)
    throw wrongIn(which, 'role', `names the role ${rule.role}, which the policy does not have`);
  if (rule.threshold > members.size) {
    throw wrongIn(which, 'threshold', `asks for ${rule.threshold} of ${members.size} members of ${rule.role}`);
  }
  checkPatterns(rule.artifacts, which);
  for (const pattern of rule.actions) {
    if (!isPattern(pattern, ':'))
      throw wrongIn(which, 'actions', `has the action '${pattern}'`, 'such as register, tag or *');
  }
  return {
    artifacts: [...rule.artifacts],
    actions: [...rule.actions],
    role,
    threshold: rule.threshold,
    separateAuthor: rule.separate_author === true,
    evidence: (rule.evidence ?? []).map((required) => requiredOf(required, which, roles)),
    metrics: (rule.metrics ?? []).map((text) => inField(which, 'metrics', () => parseBound(text))),
    regressions: (rule.regressions ?? []).map(({ metric, better, by }) => ({
      metric,
      better,
      by: inField(which, 'regressions', () => parseDecimal(by)),
    })),
    licenses: [...(rule.licenses ?? [])],
    refusesPickle: rule.pickle === 'refuse',
    completeLineage: rule.lineage === 'complete',
  };
}

function requiredOf(
  { type, role, threshold = 1, max_age_days: maxAgeDays, suite }: RequiredEvidenceDocument,
  which: Place,
  roles: ReadonlyMap<RoleName, ReadonlySet<PrincipalName>>,
): RequiredEvidence {
  if (!isLaneName(type)) throw wrongIn(which, 'evidence', `asks for evidence of the type '${type}'`, NAME_HINT);
  const members = role === undefined ? undefined : roles.get(role as RoleName);
  if (role !== undefined && members === undefined)
    throw wrongIn(which, 'evidence', `names the role ${role}, which the policy does not have`);
  if (members !== undefined && threshold > members.size) {
    throw wrongIn(which, 'evidence', `asks for ${threshold} of ${members.size} members of ${role}`);
  }
  return {
    type,
    role: role as RoleName | undefined,
    threshold,
    maxAgeDays,
    suite: suite === undefined ? undefined : parseDigest(suite),
  };
}

function barOf(bar: NonNullable<PolicyDocument['bars']>[number], index: number): Bar {
  const which: Place = { name: `bar ${index + 1}`, at: ['bars', index] };
  checkPatterns(bar.artifacts, which);
  if (!isLaneName(bar.stage)) throw wrongIn(which, 'stage', `has the stage '${bar.stage}'`, NAME_HINT);
  return {
    artifacts: [...bar.artifacts],
    stage: bar.stage,
    bound: inField(which, 'metric', () => parseBound(bar.metric)),
  };
}

function checkPatterns(patterns: readonly string[], which: Place): void {
  for (const pattern of patterns) {
    if (!isPattern(pattern, '/'))
      throw wrongIn(which, 'artifacts', `has the artifact pattern '${pattern}'`, PATTERN_HINT);
  }
}

function inField<T>(which: Place, field: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    throw wrong([...which.at, field], `${which.name}: ${error.message}`, error.hint);
  }
}

const PATTERN_HINT = 'patterns look like model/fraud-*, data/** or *';

/** A pattern that could match something: known characters, no empty part, and for artifacts a kind and a name. */
function isPattern(pattern: string, separator: '/' | ':'): boolean {
  if (pattern === '*') return true;
  const parts = pattern.split(separator);
  if (separator === '/' && parts.length < 2 && parts[0] !== '**') return false;
  return parts.every(
    (part) => part === '**' || (part !== '' && !part.includes('**') && [...part].every(isPatternCharacter)),
  );
}

function isPatternCharacter(c: string): boolean {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || '-_.*'.includes(c);
}

/** A rule or a bar. */
interface Place {
  readonly name: string;
  readonly at: Pointer;
}

function wrongIn({ name, at }: Place, field: string, message: string, hint?: string): At1Error {
  return wrong([...at, field], `${name} ${message}`, hint);
}

/** `at`: where in the document, as a pointer. */
function wrong(at: Pointer, message: string, hint?: string): At1Error {
  return new At1Error('policy/invalid', { message, hint, facts: { at: showPointer(at) } });
}
