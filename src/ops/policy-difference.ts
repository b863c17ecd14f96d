/** What changes between two policies, for people who are to sign the second one: by what they say, not by their text. */
import type { Engines } from '../engines.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import { describePolicy, type PolicyResult } from './policy.js';

type Rule = PolicyResult['rules'][number];
type Bar = PolicyResult['bars'][number];
type Revoked = PolicyResult['revoked'][number];
type Described = Omit<PolicyResult, 'root'>;

export interface PolicyDifference {
  readonly before: { readonly version: number; readonly digest: string };
  readonly after: { readonly version: number; readonly digest: string };
  readonly principals: readonly {
    readonly name: string;
    readonly state: 'added' | 'removed' | 'changed';
    /** As they are printed; before and after, where that changes. */
    readonly printed: readonly string[];
    /** Key ids. */
    readonly keysAdded: readonly string[];
    readonly keysRemoved: readonly string[];
  }[];
  readonly roles: readonly {
    readonly role: string;
    readonly state: 'added' | 'removed' | 'changed';
    readonly added: readonly string[];
    readonly removed: readonly string[];
  }[];
  /** Their order decides, so one that moves is removed and added. Numbers are those of the policy that has it. */
  readonly rules: readonly { readonly state: 'added' | 'removed'; readonly number: number; readonly rule: Rule }[];
  readonly bars: readonly { readonly state: 'added' | 'removed'; readonly bar: Bar }[];
  readonly revoked: readonly { readonly state: 'added' | 'removed'; readonly key: Revoked }[];
  /** What every gate must do with objects, where that changes. */
  readonly gate: { readonly before: string; readonly after: string } | null;
}

export function policyDifference(before: LoadedPolicy, after: LoadedPolicy, engines: Engines): PolicyDifference {
  return differenceOf(describePolicy(before, engines), describePolicy(after, engines));
}

/** Of two policies as they are shown. */
export function differenceOf(before: Described, after: Described): PolicyDifference {
  const objects = { before: before.gate.objects, after: after.gate.objects };
  return {
    before: { version: before.version, digest: before.digest },
    after: { version: after.version, digest: after.digest },
    principals: principalsOf(before, after),
    roles: rolesOf(before, after),
    rules: editOf(before.rules, after.rules).map(({ state, index, value }) => {
      return { state, number: index + 1, rule: value };
    }),
    bars: editOf(before.bars, after.bars).map(({ state, value }) => ({ state, bar: value })),
    revoked: editOf(before.revoked, after.revoked).map(({ state, value }) => ({ state, key: value })),
    gate: objects.before === objects.after ? null : objects,
  };
}

function principalsOf(before: Described, after: Described): PolicyDifference['principals'] {
  const [old, now] = [before, after].map(({ principals }) => new Map(principals.map((one) => [one.name, one])));
  const found: PolicyDifference['principals'][number][] = [];
  for (const name of namesIn(old, now)) {
    const [was, is] = [old?.get(name), now?.get(name)];
    const keys = changeOf(was?.keys.map(({ id }) => id) ?? [], is?.keys.map(({ id }) => id) ?? []);
    const printed = [...new Set([was?.printed, is?.printed].filter((text) => text !== undefined))];
    const state = stateOf(was, is);
    if (state === 'changed' && printed.length === 1 && keys.added.length + keys.removed.length === 0) continue;
    found.push({ name, state, printed, keysAdded: keys.added, keysRemoved: keys.removed });
  }
  return found;
}

function rolesOf(before: Described, after: Described): PolicyDifference['roles'] {
  const [old, now] = [membersOf(before), membersOf(after)];
  const found: PolicyDifference['roles'][number][] = [];
  for (const role of namesIn(old, now)) {
    const change = changeOf(old.get(role) ?? [], now.get(role) ?? []);
    if (change.added.length + change.removed.length === 0) continue;
    found.push({ role, state: stateOf(old.get(role), now.get(role)), ...change });
  }
  return found;
}

/** Every role has members, each of them a principal. */
function membersOf({ principals }: Described): Map<string, string[]> {
  const members = new Map<string, string[]>();
  for (const { name, roles } of principals) {
    for (const role of roles) members.set(role, [...(members.get(role) ?? []), name]);
  }
  return members;
}

function namesIn(...maps: readonly (ReadonlyMap<string, unknown> | undefined)[]): string[] {
  return [...new Set(maps.flatMap((map) => [...(map?.keys() ?? [])]))].sort();
}

function stateOf(was: unknown, is: unknown): 'added' | 'removed' | 'changed' {
  if (was === undefined) return 'added';
  return is === undefined ? 'removed' : 'changed';
}

function changeOf(before: readonly string[], after: readonly string[]) {
  return {
    added: after.filter((one) => !before.includes(one)).sort(),
    removed: before.filter((one) => !after.includes(one)).sort(),
  };
}

interface Edit<T> {
  readonly state: 'added' | 'removed';
  readonly index: number;
  readonly value: T;
}

/** A shortest way from one list to the other that keeps the order of what stays. */
function editOf<T>(before: readonly T[], after: readonly T[]): Edit<T>[] {
  const [a, b] = [before, after].map((list) => list.map((value) => JSON.stringify(value))) as [string[], string[]];
  const rest = longestFrom(a, b);
  const edits: Edit<T>[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && (rest[i + 1]?.[j] ?? 0) >= (rest[i]?.[j + 1] ?? 0))) {
      edits.push({ state: 'removed', index: i, value: before[i++] as T });
    } else edits.push({ state: 'added', index: j, value: after[j++] as T });
  }
  return edits;
}

/** How much the ends of two lists have in common, by where they begin; policies have a thousand rules at most. */
function longestFrom(a: readonly string[], b: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    const [row, below] = [rows[i] as Uint16Array, rows[i + 1] as Uint16Array];
    for (let j = b.length - 1; j >= 0; j--) {
      row[j] = a[i] === b[j] ? (below[j + 1] as number) + 1 : Math.max(below[j] as number, row[j + 1] as number);
    }
  }
  return rows;
}
