/**
 * What may never be changed or taken away: a landed document, and a signature that counted. What never counted under
 * any policy of this registry may go, so that an owner can clear away what strangers left.
 */
import { At1Error, type ErrorCode } from '../errors.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { readBlob, readSmallBlob } from '../git-format/read-object.js';
import type { TreeEntry } from '../git-format/tree.js';
import { parseRegistryPath } from '../manifest/layout-of-registry.js';
import { type Finding, finding } from '../registry/finding.js';
import type { Folding, HistorySource } from './folding.js';
import {
  type DocumentPlace,
  isDocumentPlace,
  judgeRow,
  namespaceOf,
  readPlaced,
  refuseUnsigned,
  rowOf,
} from './judge-document.js';
import { judgeSignatures, SIGNATURE_LIMIT } from './judge-signatures.js';
import { type LoadedPolicy, loadPolicyBlob } from './load-policy.js';
import type { Row } from './registry-state.js';
import type { RegistryChange } from './registry-tree.js';

/** What it is called where a landed document is changed or removed. */
export const FROZEN_CODES = {
  manifest: { changed: 'history/manifest-changed', removed: 'history/manifest-removed' },
  event: { changed: 'history/event-changed', removed: 'history/event-removed' },
  evidence: { changed: 'history/evidence-changed', removed: 'history/evidence-removed' },
} as const satisfies Record<Row['document'], { changed: ErrorCode; removed: ErrorCode }>;

export function frozenFinding(change: RegistryChange, document: Row['document'], oid: Oid): Finding {
  const removed = change.after === undefined;
  return finding(
    'error',
    FROZEN_CODES[document][removed ? 'removed' : 'changed'],
    change.path,
    `commit ${oid.slice(0, 12)} ${removed ? 'removes' : 'changes'} a landed ${document}`,
    document === 'manifest'
      ? 'landed versions are frozen: bring it back as it was, and register the change as a new version'
      : 'it is never changed or deleted: bring it back as it was, and say the change in a new one',
  );
}

export function addProblem(fold: Folding, row: Row, found: Finding): void {
  const told = row.problems.some(
    ({ severity, subject, message }) =>
      severity === found.severity && subject === found.subject && message === found.message,
  );
  if (!told) fold.rows.set(row.path, { ...row, problems: [...row.problems, found] });
}

/** The document's path for anything inside its `.sig` folder, however it is called. */
export function documentOfSignature({ place, path }: RegistryChange): string | undefined {
  if (!SIGNATURE_KINDS.has(place.kind)) return undefined;
  const end = path.indexOf('.sig/');
  const document = end < 0 ? `${path.slice(0, -'.sig'.length)}.toml` : `${path.slice(0, end)}.toml`;
  if (end < 0 && !path.endsWith('.sig')) return undefined;
  return isDocumentPlace(parseRegistryPath(document)) ? document : undefined;
}

const SIGNATURE_KINDS: ReadonlySet<string> = new Set(['signature', 'event-signature', 'evidence-signature', 'other']);

export async function checkSignatureKept(
  source: HistorySource,
  fold: Folding,
  document: string,
  change: RegistryChange,
): Promise<void> {
  const { before, after, path } = change;
  const row = fold.rows.get(document);
  if (row === undefined || before === undefined || (after?.oid === before.oid && after.mode === before.mode)) return;
  // Nothing but a plain file of the folder itself ever counted.
  if (before.mode !== '100644' || !isSignatureFile(document, path)) return;
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

function isSignatureFile(document: string, path: string): boolean {
  return path.endsWith('.sig') && path.split('/').length === document.split('/').length + 1;
}

async function signatureCounted(
  source: HistorySource,
  fold: Folding,
  row: Row,
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
  row: Row,
  path: string,
  blob: Oid,
): Promise<boolean> {
  const bytes = await readSmallBlob(source.reader, blob, SIGNATURE_LIMIT);
  const message = await readBlob(source.reader, row.blob);
  const name = path.slice(path.lastIndexOf('/') + 1, -'.sig'.length);
  for (const policy of await allPolicies(source, fold)) {
    const judged = judgeSignatures([{ name, path, bytes }], namespaceOf(row.document), message, policy, source.engines);
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
  row: Row,
): Promise<ReadonlySet<string>> {
  const back = new Set<string>();
  for (const { code, severity, subject } of row.problems) {
    if (code !== 'history/signature-changed' || severity !== 'error' || back.has(subject)) continue;
    if (await countsThere(source, fold, tree, row, subject)) back.add(subject);
  }
  return back;
}

/** A signature that counts under any policy. What cannot be read does not. */
async function countsThere(source: HistorySource, fold: Folding, tree: Oid, row: Row, path: string): Promise<boolean> {
  try {
    const entry = await findEntry(source.reader, tree, path);
    return entry?.mode === '100644' && (await countsUnderAny(source, fold, row, path, entry.oid));
  } catch (error) {
    if (error instanceof At1Error) return false;
    throw error;
  }
}

/**
 * Signatures that count for nothing, by people who have left or keys that were revoked, are errors where a document has
 * to be let in. One that is in effect stands without them, and as they counted once nobody may take them away: a warning.
 */
export async function excuseLate(
  source: HistorySource,
  fold: Folding,
  tree: Oid,
  paths: Iterable<string>,
): Promise<void> {
  for (const path of paths) {
    const row = fold.rows.get(path);
    if (row === undefined || row.effective === null || !row.problems.some(isLate)) continue;
    const problems: Finding[] = [];
    for (const found of row.problems) {
      const stays = isLate(found) && (await countsThere(source, fold, tree, row, found.subject));
      problems.push(stays ? { ...found, severity: 'warning', hint: LATE_HINT } : found);
    }
    fold.rows.set(path, { ...row, problems });
  }
}

/** Of people who have left, of keys that were revoked: they count for nothing. */
export const LATE_SIGNATURES: ReadonlySet<string> = new Set(['signature/unknown-key', 'signature/revoked-key']);
const LATE_HINT = 'it counts for nothing, and stays: signature files of people who were once listed are never removed';

function isLate({ severity, code }: Finding): boolean {
  return severity === 'error' && LATE_SIGNATURES.has(code);
}

/**
 * Whether a document in this tree would have taken effect under any policy that was ever in force. What cannot be read
 * any more may have counted.
 */
export async function countedOnce(
  source: HistorySource,
  fold: Folding,
  tree: Oid,
  entry: TreeEntry,
  path: string,
  place: DocumentPlace,
): Promise<boolean> {
  const { reader, engines } = source;
  if (entry.mode !== '100644') return false;
  try {
    const policies = await allPolicies(source, fold);
    if ((await refuseUnsigned(reader, tree, path, place.kind, entry.oid, policies, engines)) !== undefined)
      return false;
    const file = await readPlaced(reader, entry.oid, path, place, fold.registry, engines);
    // One that is no proper blob may have been pushed by anybody; one that is missing here cannot.
    if ('code' in file) return file.code === 'git/object-missing';
    const row = rowOf(path, entry.oid, file, { commit: tree, seconds: 0 }, engines);
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
