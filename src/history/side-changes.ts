/**
 * What commits that come in from the side did to the registry: the files they changed or took away, and where they
 * hold which policy. They are no steps of the mainline, but what counted there must not get lost on the way.
 */
import { At1Error } from '../errors.js';
import { isDamage, type Oid } from '../git-format/oid.js';
import { type Finding, findingOf } from '../registry/finding.js';
import type { Arrival } from './ancestry.js';
import type { HistorySource } from './folding.js';
import { isOfPolicy } from './judge-policy.js';
import { type RegistryChange, registryChanges, registryTree, registryTreeAt } from './registry-tree.js';

/** An object nobody can read, and changes of more files than are looked at. */
export const UNREADABLE: readonly string[] = ['git/invalid-object', 'document/too-large'];

/** A file that was there in the registry tree of a parent and is changed or gone in the commit. */
export interface Drop {
  readonly change: RegistryChange;
  readonly parentTree: Oid;
}

/** A registry tree whose policy or its signatures are not those of any parent. */
export interface PolicyArrival {
  readonly tree: Oid;
  readonly parentTrees: readonly Oid[];
}

export interface SideChanges {
  readonly drops: readonly Drop[];
  /** What cannot be read there: it holds nothing, and whoever has it damaged must hear of it. */
  readonly problems: readonly Finding[];
  /** Newest first. */
  readonly policies: readonly PolicyArrival[];
}

/** `held`: the registry tree of the step that brings them all in. */
export async function sideChanges(
  source: HistorySource,
  arrivals: readonly Arrival[],
  held: Oid,
): Promise<SideChanges> {
  const drops = new Map<string, Drop>();
  const brought: Drop[] = [];
  let isHidden = false;
  const policies: PolicyArrival[] = [];
  const problems: Finding[] = [];
  const note = (drop: Drop) => {
    const { change, parentTree } = drop;
    drops.set(`${change.path} ${change.before?.oid} ${parentTree}`, drop);
  };
  for (const { oid, step, tree: root, parents } of arrivals) {
    const tell = (error: At1Error) => problems.push(findingOf(error, `commit ${oid}`, 'warning'));
    const tree = await readable(() => registryTree(source.reader, root, source.prefix), tell);
    const parentTrees: Oid[] = [];
    let ownPolicy = true;
    for (const parent of parents) {
      const theirs = await readable(() => registryTreeAt(source, parent), tell);
      if (theirs === undefined) continue;
      parentTrees.push(theirs);
      const changes = await readable(() => changesOf(source, theirs, tree), tell);
      // Whose policy it is nobody can tell there: it is looked at as one of its own.
      if (changes?.some(({ path }) => isOfPolicy(path)) === false) ownPolicy = false;
      const gone = changes ?? (await lostBy(source, theirs, held));
      if (gone === undefined) isHidden = true;
      for (const change of gone ?? []) if (change.before !== undefined) note({ change, parentTree: theirs });
      if (tree === undefined) continue;
      for (const change of changes ?? []) {
        if (change.after !== undefined) brought.push({ change: { ...change, before: change.after }, parentTree: tree });
      }
    }
    if (tree !== undefined && ownPolicy && !step) policies.push({ tree, parentTrees });
  }
  // What was put upon a tree that nobody can read could go with it unseen.
  if (isHidden) for (const drop of brought) note(drop);
  return { drops: [...drops.values()], policies, problems };
}

async function changesOf(source: HistorySource, before: Oid, after: Oid | undefined): Promise<RegistryChange[]> {
  const changes: RegistryChange[] = [];
  for await (const change of registryChanges(source.reader, before, after)) changes.push(change);
  return changes;
}

/**
 * A tree nobody can read holds nothing: all that was there before it is gone, unless the step holds it. Undefined where
 * that cannot be read either.
 */
async function lostBy(source: HistorySource, before: Oid, held: Oid): Promise<RegistryChange[] | undefined> {
  return (
    (await readable(() => changesOf(source, before, held))) ??
    (await readable(() => changesOf(source, before, undefined)))
  );
}

/** Undefined for what is no proper object, or too large; an object that is missing or damaged here is an error. */
export async function readable<T>(
  read: () => Promise<T>,
  tell: (error: At1Error) => void = () => undefined,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof At1Error && UNREADABLE.includes(error.code)) || isDamage(error)) throw error;
    tell(error);
    return undefined;
  }
}
