/** Edits of a policy about people: adding one to a role, giving one another key, taking one out. */
import { At1Error } from '../errors.js';
import { type LaneName, type PrincipalName, parseLaneName } from '../manifest/name.js';
import { writeBasic, writeKey } from '../manifest/toml-writer.js';
import { nearest } from './did-you-mean.js';
import type { PolicyEdit } from './edit-policy.js';
import { keyWithoutComment, type Policy, type Principal, policyKeys, type RoleName } from './policy.js';
import {
  addToList,
  contentEnd,
  findKey,
  findTable,
  headerOf,
  lastLineOfList,
  nextHeader,
  removeBlock,
  removeFromList,
  replaceList,
  tooUnusual,
} from './policy-text.js';

export interface NewPrincipal {
  readonly name: PrincipalName;
  /** Public key in OpenSSH form. */
  readonly key: string;
  /** A role of the policy, or a new one. */
  readonly role: RoleName;
  readonly printedName?: string | undefined;
}

/** Refuses with `policy/principal-exists`. */
export function addingPrincipal(added: NewPrincipal): PolicyEdit {
  const role = parseLaneName(added.role);
  const { name, key, printedName = name } = added;
  return {
    apply: (lines, before) => {
      if (before.principals.has(name)) throw exists(`the policy has ${name} already`, name);
      refuseOwned(before, key);
      addToRole(lines, role, [name]);
      addTable(lines, added);
    },
    meant: (before) => ({
      ...before,
      principals: new Map(before.principals).set(name, { name, printedName, keys: [key] }),
      roles: new Map(before.roles).set(role, new Set([...(before.roles.get(role) ?? []), name])),
    }),
    byHand: 'add the principal and put it into a role',
  };
}

export interface KeyRotation {
  readonly name: PrincipalName;
  /** Public key in OpenSSH form. */
  readonly key: string;
  /** Keep the keys there are. */
  readonly add: boolean;
}

/** Afterwards the key is the only one, or with `add` one more. Refuses with `policy/principal-exists`, `usage/name`. */
export function rotatingKey({ name, key, add }: KeyRotation): PolicyEdit {
  const keysOf = (principal: Principal) => (add ? [...principal.keys, key] : [own(principal, key) ?? key]);
  return {
    apply: (lines, before) => {
      const principal = principalOf(before, name);
      const known = own(principal, key);
      if (known === undefined) refuseOwned(before, key);
      if (known !== undefined && (add || principal.keys.length === 1))
        throw exists(`${name} has this key already`, name);
      const list = findKey(lines, tableOf(lines, name), 'keys');
      if (list === undefined) throw tooUnusual(`the keys of ${name} were not found`);
      if (add) addToList(lines, list, key);
      else replaceList(lines, list, known ?? key);
    },
    meant: (before) => {
      const principal = principalOf(before, name);
      return { ...before, principals: new Map(before.principals).set(name, { ...principal, keys: keysOf(principal) }) };
    },
    byHand: `change the keys of ${name}`,
  };
}

/** Also out of all roles; one that nobody else has goes. Refuses what leaves a rule without the members it asks for. */
export function removingPrincipal(name: PrincipalName): PolicyEdit {
  const meant = (before: Policy): Policy => {
    const left = [...before.roles].map(([role, members]) => [role, without(members, name)] as const);
    return {
      ...before,
      principals: new Map([...before.principals].filter(([other]) => other !== name)),
      roles: new Map(left.filter(([, members]) => members.size > 0)),
    };
  };
  return {
    apply: (lines, before) => {
      principalOf(before, name);
      refuseShort(meant(before));
      const start = tableOf(lines, name);
      removeBlock(lines, { start, end: contentEnd(lines, start, nextHeader(lines, start)) });
      for (const [role, members] of before.roles) if (members.has(name)) leaveRole(lines, role, members, name);
    },
    meant,
    byHand: `take ${name} out of principals and roles`,
  };
}

function without(members: ReadonlySet<PrincipalName>, name: PrincipalName): Set<PrincipalName> {
  return new Set([...members].filter((other) => other !== name));
}

function refuseShort({ rules, roles, principals }: Policy): void {
  if (principals.size === 0) throw short('nobody would be left in the policy');
  for (const [i, rule] of rules.entries()) {
    const asked = [
      rule,
      ...rule.evidence.flatMap(({ role, threshold }) => (role === undefined ? [] : [{ role, threshold }])),
    ];
    for (const { role, threshold } of asked) {
      const left = roles.get(role)?.size ?? 0;
      if (left < threshold) throw short(`rule ${i + 1} asks for ${threshold} of ${role}, and ${left} would be left`);
    }
  }
}

function short(message: string): At1Error {
  return new At1Error('policy/invalid', {
    message,
    hint: 'add somebody else to the role first (at1 policy add-principal NAME KEY --role ROLE), or change the rule',
  });
}

/** The principal of this name; throws `usage/name`. */
export function principalOf(policy: Policy, name: PrincipalName): Principal {
  const principal = policy.principals.get(name);
  if (principal !== undefined) return principal;
  const near = nearest(name, policy.principals.keys());
  throw new At1Error('usage/name', {
    message: `the policy knows nobody called ${name}`,
    hint: near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'at1 policy show tells whom it knows',
  });
}

/** The same key as the policy writes it, where the principal has it. */
function own({ keys }: Principal, key: string): string | undefined {
  return keys.find((other) => keyWithoutComment(other) === keyWithoutComment(key));
}

function refuseOwned(policy: Policy, key: string): void {
  const owner = policyKeys(policy).find((entry) => keyWithoutComment(entry.key) === keyWithoutComment(key));
  if (owner !== undefined) throw exists(`this key belongs to ${owner.principal} already`, owner.principal);
}

function exists(message: string, principal: PrincipalName): At1Error {
  return new At1Error('policy/principal-exists', { message, facts: { principal } });
}

/** Into the role's list; a role that is not there yet gets a line below the others. */
export function addToRole(lines: string[], role: LaneName, names: readonly PrincipalName[]): void {
  const table = rolesTable(lines);
  const at = findKey(lines, table, role);
  if (at !== undefined) {
    for (const name of names) addToList(lines, at, name);
    return;
  }
  const end = contentEnd(lines, table, nextHeader(lines, table));
  lines.splice(end, 0, `${writeKey(role)} = [${names.map(writeBasic).join(', ')}]`);
}

function leaveRole(lines: string[], role: RoleName, members: ReadonlySet<PrincipalName>, name: PrincipalName): void {
  const at = findKey(lines, rolesTable(lines), role);
  if (at === undefined) throw tooUnusual(`the role ${role} was not found`);
  if (members.size > 1) removeFromList(lines, at, (member) => member === name);
  else lines.splice(at, lastLineOfList(lines, at) + 1 - at);
}

function rolesTable(lines: readonly string[]): number {
  const table = findTable(lines, ['roles']);
  if (table === undefined) throw tooUnusual('there is no [roles] table');
  return table;
}

function tableOf(lines: readonly string[], name: PrincipalName): number {
  const table = findTable(lines, ['principals', name]);
  if (table === undefined) throw tooUnusual(`there is no table [principals.${name}]`);
  return table;
}

/** A table after the last principal's, before whatever follows and the comments that belong to it. */
function addTable(lines: string[], { name, key, printedName }: NewPrincipal): void {
  const table = [
    '',
    `[principals.${writeKey(name)}]`,
    ...(printedName === undefined ? [] : [`name = ${writeBasic(printedName)}`]),
    `keys = [${writeBasic(key)}]`,
  ];
  const last = lines.findLastIndex((line) => headerOf(line).startsWith('[principals.'));
  lines.splice(
    last < 0 ? contentEnd(lines, -1, lines.length) : contentEnd(lines, last, nextHeader(lines, last)),
    0,
    ...table,
  );
}
