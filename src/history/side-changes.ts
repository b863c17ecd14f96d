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

export async function sideChanges(source: HistorySource, arrivals: readonly Arrival[]): Promise<SideChanges> {
  const drops = new Map<string, Drop>();
  const policies: PolicyArrival[] = [];
  const problems: Finding[] = [];
  for (const { oid, step, tree: root, parents } of arrivals) {
    const tell = (error: At1Error) => problems.push(findingOf(error, `commit ${oid}`, 'warning'));
    const tree = await readable(() => registryTree(source.reader, root, source.prefix), tell);
    const parentTrees: Oid[] = [];
    let ownPolicy = true;
    for (const parent of parents) {
      const theirs = await readable(() => registryTreeAt(source, parent), tell);
      if (theirs === undefined) continue;
      parentTrees.push(theirs);
      const changes = theirs === tree ? [] : await changesOf(source, theirs, tree, tell);
      if (!changes.some(({ path }) => isOfPolicy(path))) ownPolicy = false;
      for (const change of changes) {
        if (change.before === undefined) continue;
        drops.set(`${change.path} ${change.before.oid} ${theirs}`, { change, parentTree: theirs });
      }
    }
    if (tree !== undefined && ownPolicy && !step) policies.push({ tree, parentTrees });
  }
  return { drops: [...drops.values()], policies, problems };
}

/** A tree nobody can read holds nothing: what was there before it is gone. */
async function changesOf(
  source: HistorySource,
  before: Oid,
  after: Oid | undefined,
  tell: (error: At1Error) => void,
): Promise<RegistryChange[]> {
  const all = async (to: Oid | undefined) => {
    const changes: RegistryChange[] = [];
    for await (const change of registryChanges(source.reader, before, to)) changes.push(change);
    return changes;
  };
  return (await readable(() => all(after), tell)) ?? (await readable(() => all(undefined), tell)) ?? [];
}

/** Undefined for what is no proper object; an object that is missing or damaged here is an error. */
export async function readable<T>(
  read: () => Promise<T>,
  tell: (error: At1Error) => void = () => undefined,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof At1Error && error.code === 'git/invalid-object') || isDamage(error)) throw error;
    tell(error);
    return undefined;
  }
}
