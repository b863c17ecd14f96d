/**
 * What may never be changed or taken away: a landed manifest, and a signature that counted. What never counted under
 * any policy of this registry may go, so that an owner can clear away what strangers left.
 */
import { At1Error } from '../errors.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { readBlob, readSmallBlob } from '../git-format/read-object.js';
import type { TreeEntry } from '../git-format/tree.js';
import { type ManifestPlace, parseRegistryPath } from '../manifest/layout-of-registry.js';
import { type Finding, finding } from '../registry/finding.js';
import type { Folding, HistorySource } from './folding.js';
import { judgeRow, readPlacedManifest, refuseUnsigned, rowOf } from './judge-manifest.js';
import { judgeSignatures, SIGNATURE_LIMIT } from './judge-signatures.js';
import { type LoadedPolicy, loadPolicyBlob } from './load-policy.js';
import type { VersionRow } from './registry-state.js';
import type { RegistryChange } from './registry-tree.js';

export function frozenFinding(change: RegistryChange, oid: Oid): Finding {
  const removed = change.after === undefined;
  return finding(
    'error',
    removed ? 'history/manifest-removed' : 'history/manifest-changed',
    change.path,
    `commit ${oid.slice(0, 12)} ${removed ? 'removes' : 'changes'} a landed manifest`,
    'landed versions are frozen: bring it back as it was, and register the change as a new version',
  );
}

export function addProblem(fold: Folding, row: VersionRow, found: Finding): void {
  const told = row.problems.some(
    ({ severity, subject, message }) =>
      severity === found.severity && subject === found.subject && message === found.message,
  );
  if (!told) fold.versions.set(row.path, { ...row, problems: [...row.problems, found] });
}

/** The manifest's path for anything inside a `<version>.sig` folder, however it is called. */
export function manifestOfSignature({ place, path }: RegistryChange): string | undefined {
  if (place.kind !== 'signature' && place.kind !== 'other') return undefined;
  const end = path.indexOf('.sig/');
  const manifest = end < 0 ? `${path.slice(0, -'.sig'.length)}.toml` : `${path.slice(0, end)}.toml`;
  if (end < 0 && !path.endsWith('.sig')) return undefined;
  return parseRegistryPath(manifest).kind === 'manifest' ? manifest : undefined;
}

export async function checkSignatureKept(
  source: HistorySource,
  fold: Folding,
  manifest: string,
  change: RegistryChange,
): Promise<void> {
  const { before, after, path } = change;
  const row = fold.versions.get(manifest);
  if (row === undefined || before === undefined || (after?.oid === before.oid && after.mode === before.mode)) return;
  if (!(await signatureCounted(source, fold, row, path, before.oid))) return;
  addProblem(
    fold,
    row,
    finding(
      'error',
      'history/signature-changed',
      path,
      `a signature file was ${after === undefined ? 'removed' : 'changed'}`,
      'signature files are only ever added: bring it back as it was',
    ),
  );
}

async function signatureCounted(
  source: HistorySource,
  fold: Folding,
  row: VersionRow,
  path: string,
  blob: Oid,
): Promise<boolean> {
  try {
    return await countsUnderAny(source, fold, row, path, blob);
  } catch (error) {
    // What cannot be read any more may have counted; what is too long for a signature never did.
    if (error instanceof At1Error) return error.code !== 'document/too-large';
    throw error;
  }
}

async function countsUnderAny(
  source: HistorySource,
  fold: Folding,
  row: VersionRow,
  path: string,
  blob: Oid,
): Promise<boolean> {
  const bytes = await readSmallBlob(source.reader, blob, SIGNATURE_LIMIT);
  const message = await readBlob(source.reader, row.blob);
  const name = path.slice(path.lastIndexOf('/') + 1, -'.sig'.length);
  for (const policy of await allPolicies(source, fold)) {
    const judged = judgeSignatures([{ name, path, bytes }], 'at1-manifest', message, policy, source.engines);
    if (judged.principals.size > 0) return true;
  }
  return false;
}

/**
 * Which signature files were missed and are there again. As they counted under any policy when they went, so they do
 * when they come back: otherwise nobody could make good what somebody did to the signature of a person who has left.
 */
export async function signaturesBack(
  source: HistorySource,
  fold: Folding,
  tree: Oid,
  row: VersionRow,
): Promise<ReadonlySet<string>> {
  const back = new Set<string>();
  for (const { code, severity, subject } of row.problems) {
    if (code !== 'history/signature-changed' || severity !== 'error' || back.has(subject)) continue;
    try {
      const entry = await findEntry(source.reader, tree, subject);
      const there = entry?.mode === '100644' && (await countsUnderAny(source, fold, row, subject, entry.oid));
      if (there) back.add(subject);
    } catch (error) {
      // What cannot be read is not back.
      if (!(error instanceof At1Error)) throw error;
    }
  }
  return back;
}

/**
 * Whether a manifest in this tree would have taken effect under any policy that was ever in force. What cannot be read
 * any more may have counted.
 */
export async function countedOnce(
  source: HistorySource,
  fold: Folding,
  tree: Oid,
  entry: TreeEntry,
  path: string,
  place: ManifestPlace,
): Promise<boolean> {
  const { reader, engines } = source;
  if (entry.mode !== '100644') return false;
  try {
    const policies = await allPolicies(source, fold);
    if ((await refuseUnsigned(reader, tree, path, entry.oid, policies, engines)) !== undefined) return false;
    const file = await readPlacedManifest(reader, entry.oid, path, place, fold.registry, engines);
    // One that is no proper blob may have been pushed by anybody; one that is missing here cannot.
    if ('code' in file) return file.code === 'git/object-missing';
    const row = rowOf(path, entry.oid, file, { commit: tree, tagTime: 0 }, engines);
    for (const policy of policies) {
      if ((await judgeRow(reader, tree, row, policy, engines)).counts) return true;
    }
    return false;
  } catch (error) {
    if (error instanceof At1Error) return true;
    throw error;
  }
}

async function allPolicies(source: HistorySource, fold: Folding): Promise<LoadedPolicy[]> {
  const policies = [fold.policy];
  for (const { blob, digest } of fold.policies) {
    if (digest !== fold.policy.digest) policies.push(await loadPolicyBlob(source.reader, blob, source.engines));
  }
  return policies;
}
