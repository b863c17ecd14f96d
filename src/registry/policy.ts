/**
 * The policy: who may do what, and how many of them it takes. Keys stay text here; their strength is the caller's to
 * check. docs/format/registry.md section 6.
 */
import { type Digest, parseDigest } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import { readPolicy } from '../manifest/documents.js';
import type { PolicyDocument } from '../manifest/generated/types.js';
import {
  type ArtifactName,
  isLaneName,
  isPrincipalName,
  type Kind,
  type LaneName,
  type PrincipalName,
} from '../manifest/name.js';
import type { RegistryId } from '../manifest/registry-id.js';
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
}

export interface Policy {
  readonly registry: RegistryId;
  readonly version: number;
  /** SHA-256 of the policy file before this one; undefined in version 1 only. */
  readonly previous: Digest | undefined;
  readonly principals: ReadonlyMap<PrincipalName, Principal>;
  readonly roles: ReadonlyMap<RoleName, ReadonlySet<PrincipalName>>;
  readonly rules: readonly Rule[];
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
  return JSON.stringify(policy, (_, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...value].sort() : value,
  );
}

/** Whether these principals together may do it. The first rule that matches decides; each principal counts once. */
export function decide(
  policy: Policy,
  action: Action,
  artifact: Artifact | undefined,
  principals: ReadonlySet<PrincipalName>,
): Decision {
  for (const [index, rule] of policy.rules.entries()) {
    if (!ruleMatches(rule, action, artifact)) continue;
    const members = policy.roles.get(rule.role) ?? new Set();
    const by = [...members].filter((member) => principals.has(member)).sort();
    if (by.length >= rule.threshold) return { kind: 'allowed', rule: index, by };
    return { kind: 'denied', rule: index, role: rule.role, needs: rule.threshold, have: by.length };
  }
  return { kind: 'denied', rule: undefined, role: undefined, needs: 0, have: 0 };
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
    if (!isPrincipalName(name)) throw wrong(`'${name.slice(0, 80)}' is not a name for a principal`, NAME_HINT);
    for (const key of keys) {
      const owner = owners.get(keyWithoutComment(key));
      if (owner !== undefined) {
        throw wrong(owner === name ? `${name} has the same key twice` : `${owner} and ${name} have the same key`);
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
    if (!isLaneName(role)) throw wrong(`'${role.slice(0, 80)}' is not a name for a role`, NAME_HINT);
    const set = new Set<PrincipalName>();
    for (const member of members) {
      const principal = principals.get(member as PrincipalName);
      if (principal === undefined) throw wrong(`role ${role} names ${member}, whom the policy does not know`);
      if (set.has(principal.name)) throw wrong(`role ${role} names ${member} twice`);
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
  const which = `rule ${index + 1}`;
  const role = rule.role as RoleName;
  const members = roles.get(role);
  if (members === undefined) throw wrong(`${which} names the role ${rule.role}, which the policy does not have`);
  if (rule.threshold > members.size) {
    throw wrong(`${which} asks for ${rule.threshold} of ${members.size} members of ${rule.role}`);
  }
  for (const pattern of rule.artifacts) {
    if (!isPattern(pattern, '/')) throw wrong(`${which} has the artifact pattern '${pattern}'`, PATTERN_HINT);
  }
  for (const pattern of rule.actions) {
    if (!isPattern(pattern, ':')) throw wrong(`${which} has the action '${pattern}'`, 'such as register, tag or *');
  }
  return { artifacts: [...rule.artifacts], actions: [...rule.actions], role, threshold: rule.threshold };
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

function wrong(message: string, hint?: string): At1Error {
  return new At1Error('policy/invalid', { message, hint });
}
