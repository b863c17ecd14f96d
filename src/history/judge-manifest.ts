/**
 * One manifest as a mainline commit brings it: does it say what its path says, and do enough signatures count? Pure
 * reading; nothing is remembered here.
 */
import { digestOf } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import type { ObjectReader, Oid } from '../git-format/oid.js';
import { readBlob, readSmallBlob } from '../git-format/read-object.js';
import { MANIFEST_LIMIT, type Manifest, readManifest } from '../manifest/documents.js';
import type { ManifestPlace } from '../manifest/layout-of-registry.js';
import type { PrincipalName } from '../manifest/name.js';
import { type Finding, finding, findingOf } from '../registry/finding.js';
import { type Decision, decide } from '../registry/policy.js';
import { judgeSignatures, readSignatures } from './judge-signatures.js';
import type { LoadedPolicy } from './load-policy.js';
import type { VersionRow } from './registry-state.js';

/**
 * Longer manifests are parsed only where a signature over their bytes is good: parsing costs a hundred times as much
 * as checking, and anybody can push a long one without a key.
 */
const UNSIGNED_LIMIT = 16 * 1024;

export interface ManifestFile {
  readonly manifest: Manifest;
  readonly bytes: Uint8Array;
}

/** Why a long manifest is not looked into: none of these policies knows somebody who signed it. */
export async function refuseUnsigned(
  reader: ObjectReader,
  tree: Oid,
  path: string,
  blob: Oid,
  policies: readonly LoadedPolicy[],
  engines: Engines,
): Promise<Finding | undefined> {
  if (!(await isLong(reader, blob))) return undefined;
  try {
    const { files } = await readSignatures(reader, tree, signatureFolder(path));
    if (files.length > 0) {
      const bytes = await readSmallBlob(reader, blob, MANIFEST_LIMIT);
      for (const policy of policies) {
        if (judgeSignatures(files, 'at1-manifest', bytes, policy, engines).principals.size > 0) return undefined;
      }
    }
  } catch (error) {
    if (error instanceof At1Error) return findingOf(error, path);
    throw error;
  }
  return missing(path);
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

/** By reader, the manifest that was parsed last: one object may lie under thousands of paths. */
const lastParsed = new WeakMap<ObjectReader, { readonly blob: Oid; readonly file: ManifestFile | At1Error }>();

async function parseOnce(reader: ObjectReader, blob: Oid, engines: Engines): Promise<ManifestFile | At1Error> {
  const last = lastParsed.get(reader);
  if (last?.blob === blob) return last.file;
  const bytes = await readSmallBlob(reader, blob, MANIFEST_LIMIT);
  let file: ManifestFile | At1Error;
  try {
    file = { manifest: readManifest(bytes, engines), bytes };
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    file = error;
  }
  lastParsed.set(reader, { blob, file });
  return file;
}

/** Reads a manifest blob and holds it against its place; a finding where it cannot count as that version. */
export async function readPlacedManifest(
  reader: ObjectReader,
  blob: Oid,
  path: string,
  place: ManifestPlace,
  registry: string,
  engines: Engines,
): Promise<ManifestFile | Finding> {
  let file: ManifestFile | At1Error;
  try {
    file = await parseOnce(reader, blob, engines);
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    file = error;
  }
  if (file instanceof At1Error) return findingOf(file, path);
  const { manifest } = file;
  if (manifest.registry !== registry) {
    return finding('error', 'manifest/other-registry', path, `the manifest belongs to registry ${manifest.registry}`);
  }
  if (manifest.kind !== place.artifact || manifest.name !== place.name || manifest.version !== place.version) {
    return finding(
      'error',
      'manifest/wrong-place',
      path,
      `the manifest describes ${manifest.kind}/${manifest.name}@${manifest.version}`,
    );
  }
  return file;
}

/** The row of a manifest that landed at `commit`; signatures are judged separately. */
export function rowOf(
  path: string,
  blob: Oid,
  file: ManifestFile,
  landed: { readonly commit: Oid; readonly tagTime: number },
  engines: Engines,
): VersionRow {
  const { manifest, bytes } = file;
  let stored = 0;
  for (const part of manifest.files) {
    if (part.layout !== undefined) stored += part.layout.stored;
    for (const segment of part.segments ?? []) stored += segment.stored;
  }
  return {
    path,
    kind: manifest.kind,
    name: manifest.name,
    version: manifest.version,
    blob,
    manifest: digestOf(engines.sha256(bytes)),
    content: manifest.content,
    form: manifest.form,
    created: manifest.created,
    description: manifest.description ?? null,
    size: manifest.size,
    stored,
    files: manifest.files.length,
    commit: landed.commit,
    tagTime: landed.tagTime,
    effective: null,
    signers: [],
    problems: [],
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

export async function judgeRow(
  reader: ObjectReader,
  tree: Oid,
  row: VersionRow,
  policy: LoadedPolicy,
  engines: Engines,
): Promise<JudgedRow> {
  const bytes = await readBlob(reader, row.blob);
  const { files, problems } = await readSignatures(reader, tree, signatureFolder(row.path));
  const signed = judgeSignatures(files, 'at1-manifest', bytes, policy, engines);
  const decision = decide(policy.policy, 'register', row, signed.principals);
  return {
    principals: signed.principals,
    counts: decision.kind === 'allowed',
    problems: [...problems, ...signed.problems],
    lacking: decision.kind === 'allowed' ? undefined : lackingOf(row, signed.principals, decision),
    checked: files.length,
  };
}

function lackingOf(
  row: VersionRow,
  principals: ReadonlySet<PrincipalName>,
  decision: Extract<Decision, { kind: 'denied' }>,
): Finding {
  const names = [...principals].sort().join(', ');
  if (principals.size === 0) {
    return missing(row.path);
  }
  // Waiting for more of the right people is nothing wrong.
  if (decision.have > 0) {
    return finding(
      'note',
      'artifact/pending',
      row.path,
      `signed by ${names}: ${decision.have} of ${decision.needs} signatures`,
    );
  }
  return finding('error', 'policy/denied', row.path, `signed by ${names}, who may not register it`);
}

function missing(path: string): Finding {
  return finding(
    'error',
    'signature/missing',
    path,
    'no publisher signed this manifest',
    'whoever registered it can sign it: at1 register it again from a clone with their key',
  );
}

/** Path of the folder with a manifest's signatures. */
export function signatureFolder(path: string): string {
  return `${path.slice(0, -'.toml'.length)}.sig`;
}
