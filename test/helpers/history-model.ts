/**
 * The rules of docs/format/history.md once more, slow and plain: over commits that are drawings (who signed what, no
 * bytes, no git), judged whole at every step. What `src/history` makes of the same histories must be the same.
 */

/** A policy: everybody listed may register `model/…` together with enough others, owners may do everything. */
export interface DrawnPolicy {
  readonly version: number;
  readonly previous: DrawnPolicy | undefined;
  readonly people: readonly string[];
  readonly owners: readonly string[];
  readonly models: number;
  readonly threshold: number;
}

/** Whose key made it, and over what. */
export interface DrawnSignature {
  readonly key: string;
  readonly over: unknown;
}

type Signatures = ReadonlyMap<string, DrawnSignature>;

/** What a manifest says: equal objects are equal bytes. */
export interface DrawnManifest {
  readonly path: string;
  readonly content: number;
}

export interface DrawnTree {
  readonly policy: DrawnPolicy | undefined;
  readonly policySignatures: Signatures;
  readonly manifests: ReadonlyMap<string, DrawnManifest>;
  /** By manifest path, then by the name of the file. */
  readonly signatures: ReadonlyMap<string, Signatures>;
}

export interface DrawnCommit {
  readonly parents: readonly DrawnCommit[];
  readonly tree: DrawnTree;
}

export interface ModelRow {
  readonly manifest: DrawnManifest;
  readonly landed: DrawnCommit;
  effective: DrawnCommit | undefined;
  /** It was in effect once, and a merge took that away, or it came to be known by a merge that left it out. */
  wasInEffect: boolean;
  /** The tree does not hold its bytes, though it should. */
  changed: boolean;
  /** A merge dropped other bytes of the same version that had counted. */
  readonly lost: Set<DrawnManifest>;
  /** Whose signatures counted and are not there. */
  readonly unsigned: Set<string>;
  /** Where its signatures lay, if a merge left it out. */
  leftIn: DrawnTree | undefined;
}

interface Model {
  /** Every policy that was in force, oldest first. */
  readonly policies: DrawnPolicy[];
  readonly rows: Map<string, ModelRow>;
}

/** One commit's mainline, judged from its beginning. */
export function judgeByModel(tip: DrawnCommit): Model {
  const mainline: DrawnCommit[] = [];
  for (let at: DrawnCommit | undefined = tip; at !== undefined; at = at.parents[0]) mainline.unshift(at);
  const [first, ...steps] = mainline as [DrawnCommit, ...DrawnCommit[]];
  const model: Model = { policies: [first.tree.policy as DrawnPolicy], rows: new Map() };
  judgeRows(model, first, undefined);
  takeEffect(model, first, inForce(model));
  for (const step of steps) judge(model, step);
  return model;
}

function inForce({ policies }: Model): DrawnPolicy {
  return policies.at(-1) as DrawnPolicy;
}

function judge(model: Model, commit: DrawnCommit): void {
  const [parent, ...others] = commit.parents as [DrawnCommit, ...DrawnCommit[]];
  const brought = others.length === 0 ? [] : without(reach(others), reach([parent]));
  const accepted = model.policies.length;
  raise(model, others, brought);
  const raised = model.policies.length > accepted;
  const before = inForce(model);
  const { policy, policySignatures } = commit.tree;
  if (policy !== undefined && follows(before, policy, policySignatures)) model.policies.push(policy);
  judgeRows(model, commit, parent);
  judgeDrops(model, commit, others, brought, before);
  takeEffect(model, commit, before);
  judgeAgain(model, commit, brought, accepted, raised);
  // A new policy decides in its own commit about what is still waiting.
  takeEffect(model, commit, inForce(model));
}

/** Section 4, what lands, is frozen and has to stay, in one step. */
function judgeRows(model: Model, commit: DrawnCommit, parent: DrawnCommit | undefined): void {
  const { manifests } = commit.tree;
  for (const [path, row] of model.rows) {
    const there = manifests.get(path);
    if (there === undefined && row.effective === undefined && !(row.wasInEffect && isBroken(row))) {
      model.rows.delete(path);
      continue;
    }
    // Nobody can bring back what was left out; that the version was seen to is told by its bytes going and coming.
    if (there === row.manifest && parent?.tree.manifests.get(path) !== there) row.lost.clear();
    row.changed = there !== row.manifest;
    for (const [name, signature] of parent?.tree.signatures.get(path) ?? []) {
      if (countsOnce(model, name, signature, row.manifest)) row.unsigned.add(name);
    }
    keepSignatures(model, row, commit);
  }
  for (const [path, manifest] of manifests) {
    if (!model.rows.has(path)) model.rows.set(path, newRow(manifest, commit));
  }
}

/** Those are back whose signature is there and counts. */
function keepSignatures(model: Model, row: ModelRow, { tree }: DrawnCommit): void {
  for (const name of [...row.unsigned]) {
    const signature = tree.signatures.get(row.manifest.path)?.get(name);
    if (countsOnce(model, name, signature, row.manifest)) row.unsigned.delete(name);
  }
}

function newRow(manifest: DrawnManifest, landed: DrawnCommit): ModelRow {
  const leftIn = undefined;
  return {
    manifest,
    landed,
    effective: undefined,
    wasInEffect: false,
    changed: false,
    lost: new Set(),
    unsigned: new Set(),
    leftIn,
  };
}

/** Section 4 rule 2. */
function takeEffect(model: Model, commit: DrawnCommit, policy: DrawnPolicy): void {
  for (const row of model.rows.values()) {
    if (row.effective !== undefined || isBroken(row)) continue;
    if (mayRegister(policy, row.manifest, commit.tree)) row.effective = commit;
  }
}

export function isBroken({ changed, lost, unsigned }: ModelRow): boolean {
  return changed || lost.size > 0 || unsigned.size > 0;
}

/** Section 4 rule 6: what counted in a parent of anything that comes in. */
function judgeDrops(
  model: Model,
  commit: DrawnCommit,
  others: readonly DrawnCommit[],
  brought: readonly DrawnCommit[],
  policy: DrawnPolicy,
): void {
  const { tree } = commit;
  const held = brought.map((one) => [one, one.parents] as const);
  if (brought.length > 0 || others.length > 0) held.push([commit, others]);
  for (const [one, parents] of held) {
    for (const { tree: theirs } of parents) {
      for (const [path, manifest] of theirs.manifests) {
        const known = model.rows.get(path);
        if (manifest !== known?.manifest && isDropped(path, manifest, theirs, one.tree, tree)) {
          if (!countedOnce(model, manifest, theirs)) continue;
          known?.lost.add(manifest);
          const effective = mayRegister(policy, manifest, theirs) ? commit : undefined;
          const left = { ...newRow(manifest, commit), effective, changed: true, wasInEffect: true, leftIn: theirs };
          if (known === undefined) model.rows.set(path, left);
          for (const [name, signature] of known === undefined ? (theirs.signatures.get(path) ?? []) : []) {
            if (countsOnce(model, name, signature, manifest)) left.unsigned.add(name);
          }
        }
        const row = model.rows.get(path);
        if (manifest === row?.manifest) {
          for (const [name, signature] of theirs.signatures.get(path) ?? []) {
            const now = one.tree.signatures.get(path)?.get(name);
            if (!sameSignature(now, signature) && countsOnce(model, name, signature, manifest)) row.unsigned.add(name);
          }
          keepSignatures(model, row, commit);
        }
      }
    }
  }
}

/** A manifest, or a signature by which it counted, was there before and is neither there after nor at the end. */
function isDropped(
  path: string,
  manifest: DrawnManifest,
  theirs: DrawnTree,
  after: DrawnTree,
  end: DrawnTree,
): boolean {
  if (after.manifests.get(path) !== manifest && end.manifests.get(path) !== manifest) return true;
  for (const [name, signature] of theirs.signatures.get(path) ?? []) {
    const kept = (tree: DrawnTree) => sameSignature(tree.signatures.get(path)?.get(name), signature);
    if (!kept(after) && !kept(end)) return true;
  }
  return false;
}

function sameSignature(a: DrawnSignature | undefined, b: DrawnSignature | undefined): boolean {
  return a?.key === b?.key && a?.over === b?.over;
}

/** Section 3 rule 7: the highest policy that came in, by a chain that came in as well. */
function raise(model: Model, others: readonly DrawnCommit[], brought: readonly DrawnCommit[]): void {
  const found = [...others, ...brought].flatMap(({ tree }) => (tree.policy === undefined ? [] : [tree]));
  const own = others.flatMap(({ tree }) => (tree.policy === undefined ? [] : [tree.policy]));
  const highest = found.map(({ policy }) => policy as DrawnPolicy).sort((a, b) => b.version - a.version);
  for (const top of [...own, ...highest]) {
    const chain: DrawnPolicy[] = [];
    for (let at: DrawnPolicy | undefined = top; at !== undefined && at !== inForce(model); at = at.previous) {
      chain.unshift(at);
    }
    if (chain[0] === undefined || chain[0].previous !== inForce(model)) continue;
    const all = chain.every((policy) => found.some((tree) => tree.policy === policy));
    if (!all) continue;
    for (const policy of chain) {
      const signed = found.some(
        (tree) => tree.policy === policy && follows(inForce(model), policy, tree.policySignatures),
      );
      if (!signed) break;
      model.policies.push(policy);
    }
  }
}

/** Section 3 rule 8. */
function judgeAgain(
  model: Model,
  commit: DrawnCommit,
  brought: readonly DrawnCommit[],
  accepted: number,
  raised: boolean,
): void {
  const introduced: { readonly tree: DrawnTree; readonly index: number }[] = [];
  for (const { tree, parents } of brought) {
    const index = indexOf(model, tree);
    if (index > 0 && parents.every((parent) => indexOf(model, parent.tree) < index)) introduced.push({ tree, index });
  }
  const complete =
    raised && model.policies.every((_, i) => i < accepted || introduced.some(({ index }) => index === i));
  const before = commit.parents[0]?.tree;
  for (const row of model.rows.values()) {
    const lands = row.landed === commit && complete && row.effective === undefined;
    if (row.effective === undefined && !lands) continue;
    const since = lands ? accepted - 1 : 0;
    const trees = row.leftIn !== undefined && row.landed === commit ? [row.leftIn] : [commit.tree, before as DrawnTree];
    const refused = introduced.some(({ tree, index }) => {
      const sawIt = tree.manifests.get(row.manifest.path) === row.manifest;
      if (sawIt && model.policies.slice(since, index).some((one) => mayRegister(one, row.manifest, tree))) return false;
      return !model.policies.slice(index).some((one) => trees.some((there) => mayRegister(one, row.manifest, there)));
    });
    if (!lands && refused) {
      row.effective = undefined;
      row.wasInEffect = true;
    }
    const counts = model.policies.slice(since).some((one) => mayRegister(one, row.manifest, trees[0] as DrawnTree));
    if (lands && !refused && counts && (row.leftIn !== undefined || !isBroken(row))) row.effective = commit;
  }
}

/** Which policy of those in force lies in a tree with signatures enough, else -1. */
function indexOf({ policies }: Model, { policy, policySignatures }: DrawnTree): number {
  const index = policies.indexOf(policy as DrawnPolicy);
  if (index < 1) return index;
  return follows(policies[index - 1] as DrawnPolicy, policies[index] as DrawnPolicy, policySignatures) ? index : -1;
}

/** Section 3 rule 2. */
function follows(before: DrawnPolicy, next: DrawnPolicy, signatures: Signatures): boolean {
  if (next.version <= before.version || next.previous !== before) return false;
  return [before, next].every(
    (judge) =>
      signersOf(judge, signatures, next).filter((name) => judge.owners.includes(name)).length >= judge.threshold,
  );
}

function mayRegister(policy: DrawnPolicy, manifest: DrawnManifest, tree: DrawnTree): boolean {
  const signers = signersOf(policy, tree.signatures.get(manifest.path) ?? new Map(), manifest);
  if (manifest.path.startsWith('model/')) return signers.length >= policy.models;
  return signers.filter((name) => policy.owners.includes(name)).length >= policy.threshold;
}

/** Section 2: the file is named like the person whose key made it, who is in the policy. */
function signersOf({ people }: DrawnPolicy, signatures: Signatures, over: unknown): string[] {
  return [...signatures]
    .filter(([name, signature]) => signature.key === name && signature.over === over && people.includes(name))
    .map(([name]) => name);
}

function countsOnce(
  { policies }: Model,
  name: string,
  signature: DrawnSignature | undefined,
  manifest: DrawnManifest,
): boolean {
  if (signature === undefined) return false;
  return policies.some((policy) => signersOf(policy, new Map([[name, signature]]), manifest).length > 0);
}

function countedOnce({ policies }: Model, manifest: DrawnManifest, tree: DrawnTree): boolean {
  return policies.some((policy) => mayRegister(policy, manifest, tree));
}

function reach(from: readonly DrawnCommit[]): Set<DrawnCommit> {
  const found = new Set(from);
  for (const commit of found) for (const parent of commit.parents) found.add(parent);
  return found;
}

function without(all: ReadonlySet<DrawnCommit>, some: ReadonlySet<DrawnCommit>): DrawnCommit[] {
  return [...all].filter((commit) => !some.has(commit));
}
