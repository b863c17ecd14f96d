/**
 * What a step changes in the registry, in two heaps: what is judged path by path, and documents that lie where no
 * version can (`model/Fraud/1.0.0.toml`). Anybody can push a million of the second kind; a few are enough to tell.
 */
import { breathe } from '../bytes/breathe.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { ObjectReader, Oid } from '../git-format/oid.js';
import { CONFIG_PATH, POLICY_PATH } from '../manifest/layout-of-registry.js';
import { finding } from '../registry/finding.js';
import { documentOfSignature } from './check-frozen.js';
import { type Folding, isReported, report, settleAbout } from './folding.js';
import { type RegistryChange, registryChanges } from './registry-tree.js';

/** More than are ever told. */
const STRAYS = 1001;

export interface StepChanges {
  readonly judged: readonly RegistryChange[];
  readonly strays: readonly RegistryChange[];
  /** Whether anything changed, what neither heap holds included. */
  readonly any: boolean;
}

/**
 * Throws `document/too-large` where the step changes more than is looked at, `git/invalid-object` for a tree that git
 * could not have made; nothing is noted then.
 */
export async function stepChanges(
  reader: ObjectReader,
  fold: Folding,
  before: Oid | undefined,
  after: Oid,
): Promise<StepChanges> {
  const judged: RegistryChange[] = [];
  const strays: RegistryChange[] = [];
  let any = false;
  for await (const change of registryChanges(reader, before, after)) {
    any = true;
    const { place, path } = change;
    if (isStray(change) && (strays.length < STRAYS || isReported(fold, path))) strays.push(change);
    if (place.kind !== 'other' || path.startsWith('.at1/') || documentOfSignature(change) !== undefined) {
      judged.push(change);
    }
  }
  // A name that is there twice is told by looking it up.
  for (const { path, after: entry } of judged) if (entry !== undefined) await findEntry(reader, after, path);
  for (const path of [POLICY_PATH, CONFIG_PATH]) await findEntry(reader, after, path);
  return { judged, strays, any };
}

function isStray({ place, path }: RegistryChange): boolean {
  return place.kind === 'other' && place.owned && !path.startsWith('.at1/') && path.endsWith('.toml');
}

export async function reportStrays(fold: Folding, strays: readonly RegistryChange[]): Promise<void> {
  for (const { path, after } of strays) {
    await breathe();
    settleAbout(fold, path, ({ code }) => code === 'manifest/wrong-place');
    if (after === undefined) continue;
    report(fold, finding('error', 'manifest/wrong-place', path, 'no version can be called like this file'));
  }
}
