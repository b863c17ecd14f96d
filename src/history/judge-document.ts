/**
 * One signed document as a mainline commit brings it, a manifest, an event or evidence: does it say what its path says,
 * and do enough signatures count? Pure reading; nothing is remembered here.
 */
import { type Digest, digestOf, parseDigest } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import type { ObjectReader, Oid } from '../git-format/oid.js';
import { readBlob, readSmallBlob } from '../git-format/read-object.js';
import {
  EVENT_LIMIT,
  EVIDENCE_LIMIT,
  MANIFEST_LIMIT,
  type Manifest,
  readEvent,
  readEvidence,
  readManifest,
} from '../manifest/documents.js';
import type { EventDocument, EvidenceDocument } from '../manifest/generated/types.js';
import type { EventPlace, EvidencePlace, ManifestPlace, RegistryPath } from '../manifest/layout-of-registry.js';
import { linksOf } from '../manifest/lineage.js';
import type { LaneName, PrincipalName } from '../manifest/name.js';
import { type Finding, finding, findingOf } from '../registry/finding.js';
import { type Action, type Artifact, type Decision, decide } from '../registry/policy.js';
import type { Namespace } from '../signing/sshsig.js';
import { judgeSignatures, readSignatures } from './judge-signatures.js';
import type { LoadedPolicy } from './load-policy.js';
import type { EventRow, EvidenceRow, Row, VersionRow } from './registry-state.js';

/** Where a document lies that this file judges. Policies have rules of their own; runs are reserved. */
export type DocumentPlace = ManifestPlace | EventPlace | EvidencePlace;

export type DocumentFile =
  | { readonly kind: 'manifest'; readonly document: Manifest; readonly bytes: Uint8Array }
  | { readonly kind: 'event'; readonly document: EventDocument; readonly bytes: Uint8Array }
  | { readonly kind: 'evidence'; readonly document: EvidenceDocument; readonly bytes: Uint8Array };

type DocumentKind = DocumentPlace['kind'];

const NAMESPACES: Readonly<Record<DocumentKind, Namespace>> = {
  manifest: 'at1-manifest',
  event: 'at1-event',
  evidence: 'at1-evidence',
};

const LIMITS: Readonly<Record<DocumentKind, number>> = {
  manifest: MANIFEST_LIMIT,
  event: EVENT_LIMIT,
  evidence: EVIDENCE_LIMIT,
};

/**
 * Longer documents are parsed only where a signature over their bytes is good: parsing costs a hundred times as much
 * as checking, and anybody can push a long one without a key.
 */
const UNSIGNED_LIMIT = 16 * 1024;

export function isDocumentPlace(place: RegistryPath): place is DocumentPlace {
  return place.kind === 'manifest' || place.kind === 'event' || place.kind === 'evidence';
}

/** Why a long document is not looked into: none of these policies knows somebody who signed it. */
export async function refuseUnsigned(
  reader: ObjectReader,
  tree: Oid,
  path: string,
  kind: DocumentKind,
  blob: Oid,
  policies: readonly LoadedPolicy[],
  engines: Engines,
): Promise<Finding | undefined> {
  if (!(await isLong(reader, blob))) return undefined;
  try {
    const { files } = await readSignatures(reader, tree, signatureFolder(path));
    if (files.length > 0) {
      const bytes = await readSmallBlob(reader, blob, LIMITS[kind]);
      for (const policy of policies) {
        if (judgeSignatures(files, NAMESPACES[kind], bytes, policy, engines).principals.size > 0) return undefined;
      }
    }
  } catch (error) {
    if (error instanceof At1Error) return findingOf(error, path);
    throw error;
  }
  return missing(path, kind);
}

async function isLong(reader: ObjectReader, blob: Oid): Promise<boolean> {
  try {
    await readSmallBlob(reader, blob, UNSIGNED_LIMIT);
    return false;
  } catch (error) {
    // Anything else that is wrong with it is told by whoever reads it.
    if (error instanceof At1Error) return error.code === 'document/too-large';
    throw error;
  }
}

/** By reader, the document that was parsed last: one object may lie under thousands of paths. */
const lastParsed = new WeakMap<
  ObjectReader,
  { readonly kind: DocumentKind; readonly blob: Oid; readonly file: DocumentFile | At1Error }
>();

async function parseOnce(
  reader: ObjectReader,
  kind: DocumentKind,
  blob: Oid,
  engines: Engines,
): Promise<DocumentFile | At1Error> {
  const last = lastParsed.get(reader);
  if (last?.blob === blob && last.kind === kind) return last.file;
  const bytes = await readSmallBlob(reader, blob, LIMITS[kind]);
  let file: DocumentFile | At1Error;
  try {
    file = parse(kind, bytes, engines);
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    file = error;
  }
  lastParsed.set(reader, { kind, blob, file });
  return file;
}

function parse(kind: DocumentKind, bytes: Uint8Array, engines: Engines): DocumentFile {
  switch (kind) {
    case 'manifest':
      return { kind, document: readManifest(bytes, engines), bytes };
    case 'event':
      return { kind, document: readEvent(bytes), bytes };
    case 'evidence':
      return { kind, document: readEvidence(bytes), bytes };
  }
}

/** Reads a document's blob and holds it against its place; a finding where it cannot count as what lies there. */
export async function readPlaced(
  reader: ObjectReader,
  blob: Oid,
  path: string,
  place: DocumentPlace,
  registry: string,
  engines: Engines,
): Promise<DocumentFile | Finding> {
  let file: DocumentFile | At1Error;
  try {
    file = await parseOnce(reader, place.kind, blob, engines);
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    file = error;
  }
  if (file instanceof At1Error) return findingOf(file, path);
  const { registry: named } = file.document;
  if (named !== registry) {
    return finding('error', 'manifest/other-registry', path, `the ${file.kind} belongs to registry ${named}`);
  }
  const [said, asked] = [subjectOf(file), placeText(place)];
  if (said === asked) return file;
  return finding('error', 'manifest/wrong-place', path, `the ${file.kind} describes ${said}`);
}

/** What a document says it is about, as its place says it. */
function subjectOf(file: DocumentFile): string {
  switch (file.kind) {
    case 'manifest':
      return `${file.document.kind}/${file.document.name}@${file.document.version}`;
    case 'event':
      return `${file.document.kind}/${file.document.name}:${file.document.lane}, event ${file.document.seq}`;
    case 'evidence':
      return `${file.document.content}, evidence ${file.document.id}`;
  }
}

function placeText(place: DocumentPlace): string {
  switch (place.kind) {
    case 'manifest':
      return `${place.artifact}/${place.name}@${place.version}`;
    case 'event':
      return `${place.artifact}/${place.name}:${place.lane}, event ${place.seq}`;
    case 'evidence':
      return `sha256:${place.content}, evidence ${place.id}`;
  }
}

/** Where a document landed: the first mainline commit; for a version the seconds of its tag, for evidence of that commit. */
interface Landed {
  readonly commit: Oid;
  readonly seconds: number;
}

/** The row of a document that landed at `commit`; signatures are judged separately. */
export function rowOf(path: string, blob: Oid, file: DocumentFile, landed: Landed, engines: Engines): Row {
  const start = { path, blob, commit: landed.commit, effective: null, signers: [], problems: [] };
  const digest = digestOf(engines.sha256(file.bytes));
  switch (file.kind) {
    case 'manifest':
      return versionRow(start, file.document, digest, landed.seconds);
    case 'event':
      return eventRow(start, file.document, digest);
    case 'evidence':
      return evidenceRow(start, file.document, landed.seconds);
  }
}

type RowStart = Pick<Row, 'path' | 'blob' | 'commit' | 'effective' | 'signers' | 'problems'>;

function versionRow(start: RowStart, manifest: Manifest, digest: Digest, tagTime: number): VersionRow {
  let stored = 0;
  for (const part of manifest.files) {
    if (part.layout !== undefined) stored += part.layout.stored;
    for (const segment of part.segments ?? []) stored += segment.stored;
  }
  return {
    ...start,
    document: 'manifest',
    kind: manifest.kind,
    name: manifest.name,
    version: manifest.version,
    manifest: digest,
    content: manifest.content,
    form: manifest.form,
    created: manifest.created,
    description: manifest.description ?? null,
    size: manifest.size,
    stored,
    files: manifest.files.length,
    lineage: linksOf(manifest),
    tagTime,
  };
}

function eventRow(start: RowStart, event: EventDocument, digest: Digest): EventRow {
  return {
    ...start,
    document: 'event',
    kind: event.kind,
    name: event.name,
    lane: event.lane as LaneName,
    seq: event.seq,
    digest,
    previous: event.previous === undefined ? null : parseDigest(event.previous),
    action: event.action,
    version: event.version,
    manifest: parseDigest(event.manifest),
    content: parseDigest(event.content),
    from: (event.from as LaneName | undefined) ?? null,
    expires: event.expires ?? null,
    actor: event.actor as PrincipalName,
    printed: event.printed,
    created: event.created,
    meaning: event.meaning,
    reason: event.reason ?? null,
    displaced: null,
    order: null,
    refused: false,
    tags: null,
  };
}

function evidenceRow(start: RowStart, evidence: EvidenceDocument, landed: number): EvidenceRow {
  return {
    ...start,
    document: 'evidence',
    content: parseDigest(evidence.content),
    type: evidence.type as LaneName,
    result: evidence.result ?? null,
    suite: evidence.suite === undefined ? null : parseDigest(evidence.suite),
    metrics: { ...evidence.metrics },
    files: [...(evidence.files ?? [])],
    created: evidence.created,
    landed,
    expires: evidence.expires ?? null,
    actor: evidence.actor as PrincipalName,
    printed: evidence.printed,
    reason: evidence.reason ?? null,
    policy: parseDigest(evidence.policy),
  };
}

/** The signatures of a row in one registry tree under one policy. */
export interface JudgedRow {
  readonly principals: ReadonlySet<PrincipalName>;
  readonly counts: boolean;
  /** What is wrong with single signature files; the subject is the file's path. */
  readonly problems: readonly Finding[];
  /** Why it does not count, as far as no signature file is to blame. */
  readonly lacking: Finding | undefined;
  readonly checked: number;
}

/** What a policy is asked about a row: `promote:production` of an event, `register` of a manifest. */
export function actionOf(row: VersionRow | EventRow): Action {
  if (row.document === 'manifest') return 'register';
  switch (row.action) {
    case 'promote':
    case 'rollback':
    case 'alias':
      return `${row.action}:${row.lane}`;
    case 'unalias':
      return `alias:${row.lane}`;
    default:
      return row.action;
  }
}

const NOBODY: ReadonlySet<PrincipalName> = new Set();

/** `authors`: who signed the manifest an event is about; rules may keep them apart from those who approve. */
export async function judgeRow(
  reader: ObjectReader,
  tree: Oid,
  row: Row,
  policy: LoadedPolicy,
  engines: Engines,
  authors: ReadonlySet<PrincipalName> = NOBODY,
): Promise<JudgedRow> {
  const bytes = await readBlob(reader, row.blob);
  const { files, problems } = await readSignatures(reader, tree, signatureFolder(row.path));
  const { principals, ...signed } = judgeSignatures(files, NAMESPACES[row.document], bytes, policy, engines);
  const lacking = lackingOf(row, policy, principals, authors);
  return {
    principals,
    counts: lacking === undefined,
    problems: [...problems, ...signed.problems],
    lacking,
    checked: files.length,
  };
}

function lackingOf(
  row: Row,
  { policy }: LoadedPolicy,
  principals: ReadonlySet<PrincipalName>,
  authors: ReadonlySet<PrincipalName>,
): Finding | undefined {
  if (row.document !== 'manifest' && principals.size > 0 && !principals.has(row.actor)) {
    return finding(
      'error',
      'signature/missing',
      row.path,
      `${row.actor}, who is said to have made it, did not sign it`,
    );
  }
  if (row.document === 'evidence') return principals.size > 0 ? undefined : missing(row.path, row.document);
  const artifact: Artifact = row;
  const decision = decide(policy, actionOf(row), artifact, principals, authors);
  return decision.kind === 'allowed' ? undefined : denied(row, principals, decision);
}

function denied(
  row: VersionRow | EventRow,
  principals: ReadonlySet<PrincipalName>,
  decision: Extract<Decision, { kind: 'denied' }>,
): Finding {
  const names = [...principals].sort().join(', ');
  if (principals.size === 0) return missing(row.path, row.document);
  // Waiting for more of the right people is nothing wrong, and anybody the policy knows may propose an event.
  if (decision.have > 0 || (row.document === 'event' && decision.rule !== undefined)) {
    return finding(
      'note',
      'artifact/pending',
      row.path,
      `signed by ${names}: ${decision.have} of ${decision.needs} signatures`,
    );
  }
  const what = row.document === 'manifest' ? 'register it' : `do this (${actionOf(row)})`;
  return finding('error', 'policy/denied', row.path, `signed by ${names}, who may not ${what}`);
}

function missing(path: string, kind: DocumentKind): Finding {
  if (kind === 'manifest') {
    return finding(
      'error',
      'signature/missing',
      path,
      'no publisher signed this manifest',
      'whoever registered it can sign it: at1 register it again from a clone with their key',
    );
  }
  return finding('error', 'signature/missing', path, `nobody the policy knows signed this ${kind}`);
}

/** Path of the folder with a document's signatures. */
export function signatureFolder(path: string): string {
  return `${path.slice(0, -'.toml'.length)}.sig`;
}

/** The signature's namespace of a document in a place. */
export function namespaceOf(kind: DocumentKind): Namespace {
  return NAMESPACES[kind];
}
