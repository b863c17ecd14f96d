/** What a reviewer wants to know of a version before it is signed or let in: its bytes, who signed it, who still has to. */
import { formatDigest } from '../digest/digest.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import type { VersionRow } from '../history/registry-state.js';
import { registryTreeAt } from '../history/registry-tree.js';
import type { Manifest } from '../manifest/documents.js';
import { objectPath } from '../manifest/layout-of-registry.js';
import { stateOf } from './list.js';
import { objectCopies } from './object-copies.js';
import type { Registry } from './open-registry.js';
import { eachVersion, manifestOf, objectsOf } from './read-version.js';
import { type ShownLink, shownLineage } from './shown-lineage.js';
import { type SignatureCount, signatureCount } from './signature-count.js';

export interface ReviewedVersion extends SignatureCount {
  readonly ref: string;
  readonly path: string;
  readonly content: string;
  /** Digest of the manifest: what its signatures are over. */
  readonly manifest: string;
  readonly state: 'effective' | 'pending' | 'wrong';
  readonly signers: readonly string[];
  readonly description: string | null;
  readonly license: string | null;
  readonly metrics: Readonly<Record<string, number>>;
  readonly lineage: readonly ShownLink[];
  readonly card: { readonly format: string; readonly text: string } | null;
  readonly files: number;
  /** The first hundred of them. */
  readonly listed: readonly { readonly path: string; readonly size: number; readonly sha256: string }[];
  readonly size: number;
  readonly stored: number;
  /** Of `stored`, what the target has already. */
  readonly shared: number;
}

const MOST_FILES = 100;

/** `base`: the target; `there`: what it would be with the change. */
export async function reviewedVersion(
  base: Registry,
  there: Registry,
  policy: LoadedPolicy,
  row: VersionRow,
): Promise<ReviewedVersion> {
  const held = await registryTreeAt(base, base.head);
  const copies = { ...(await objectCopies(there)), store: undefined };
  let shared = 0;
  let manifest: Manifest | undefined;
  // What is damaged is told by the findings; a review says what can be said.
  await eachVersion([row], async () => {
    manifest = await manifestOf(there, row);
    for await (const { reference } of objectsOf(copies, row)) {
      const known = held === undefined ? undefined : await findEntry(base.reader, held, objectPath(reference.object));
      if (known !== undefined) shared += reference.stored;
    }
  });
  const { description = null, license = null, metrics = {}, card = null, files = [] } = manifest ?? {};
  return {
    ref: `${row.kind}/${row.name}@${row.version}`,
    path: row.path,
    content: formatDigest(row.content),
    manifest: formatDigest(row.manifest),
    state: stateOf(row),
    signers: row.signers,
    ...signatureCount(policy, row),
    description,
    license,
    metrics,
    lineage: shownLineage(manifest ?? {}),
    card,
    files: row.files,
    listed: files.slice(0, MOST_FILES).map(({ path, size, sha256 }) => ({ path, size, sha256: formatDigest(sha256) })),
    size: row.size,
    stored: row.stored,
    shared,
  };
}
