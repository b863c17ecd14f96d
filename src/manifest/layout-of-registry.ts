/** Which file of the tree is what: paths relative to the registry's folder; docs/format/registry.md section 1. */
import { type Digest, isDigestHex } from '../digest/digest.js';
import {
  type ArtifactName,
  isKind,
  isLaneName,
  isName,
  isPrincipalName,
  type Kind,
  type LaneName,
  type PrincipalName,
} from './name.js';
import { isUlid } from './registry-id.js';
import { isNumber, isVersion, type Version } from './version.js';

export interface ManifestPlace {
  readonly kind: 'manifest';
  readonly artifact: Kind;
  readonly name: ArtifactName;
  readonly version: Version;
}
export interface EventPlace {
  readonly kind: 'event';
  readonly artifact: Kind;
  readonly name: ArtifactName;
  readonly lane: LaneName;
  readonly seq: number;
}
export interface EvidencePlace {
  readonly kind: 'evidence';
  readonly content: Digest;
  readonly id: string;
}
export interface RunPlace {
  readonly kind: 'run';
  readonly experiment: string;
  readonly id: string;
}

/** Signed documents: each has a folder of signatures beside it, named like it with `.sig` for `.toml`. */
export type SignedPlace = ManifestPlace | EventPlace | EvidencePlace | RunPlace | { readonly kind: 'policy' };

export type RegistryPath =
  | { readonly kind: 'config' }
  | { readonly kind: 'allowed-signers' }
  | { readonly kind: 'object'; readonly object: Digest }
  | SignedPlace
  | { readonly kind: 'signature'; readonly of: ManifestPlace; readonly principal: PrincipalName }
  | { readonly kind: 'event-signature'; readonly of: EventPlace; readonly principal: PrincipalName }
  | { readonly kind: 'evidence-signature'; readonly of: EvidencePlace; readonly principal: PrincipalName }
  | { readonly kind: 'run-signature'; readonly of: RunPlace; readonly principal: PrincipalName }
  | { readonly kind: 'policy-signature'; readonly principal: PrincipalName }
  /** Anything else; `owned` where it lies in a folder that belongs to the registry. */
  | { readonly kind: 'other'; readonly owned: boolean };

export const CONFIG_PATH = 'at1.toml';
export const POLICY_PATH = '.at1/policy/policy.toml';
/** Questions to the policy, for `at1 policy test`. They decide nothing, and nobody signs them. */
export const POLICY_TESTS_PATH = '.at1/policy/tests.toml';
export const ALLOWED_SIGNERS_PATH = '.at1/allowed_signers';
/** For readers without at1. They mean nothing to at1: a registry is as good without them. */
export const VERIFY_PROGRAM_PATH = '.at1/verify/at1.py';
export const VERIFY_GUIDE_PATH = '.at1/verify/VERIFY.md';
const OBJECTS_FOLDER = 'objects';
/** The folders of documents, in byte order. */
export const DOCUMENT_FOLDERS: readonly string[] = ['.at1', 'data', 'evidence', 'model', 'recipe', 'run'];
export const OWNED_FOLDERS: readonly string[] = [...DOCUMENT_FOLDERS, OBJECTS_FOLDER];

export function manifestPath(kind: Kind, name: ArtifactName, version: Version): string {
  return `${kind}/${name}/${version}.toml`;
}

export function signaturePath(kind: Kind, name: ArtifactName, version: Version, principal: PrincipalName): string {
  return signaturePathOf(manifestPath(kind, name, version), principal);
}

export function policySignaturePath(principal: PrincipalName): string {
  return signaturePathOf(POLICY_PATH, principal);
}

export function eventPath(kind: Kind, name: ArtifactName, lane: LaneName, seq: number): string {
  return `${kind}/${name}/events/${lane}/${String(seq).padStart(4, '0')}.toml`;
}

export function evidencePath(content: Digest, id: string): string {
  return `evidence/${content.slice(0, 2)}/${content}/${id}.toml`;
}

export function runPath(experiment: string, id: string): string {
  return `run/${experiment}/${id}.toml`;
}

/** Checked, because it becomes a path on the disk. */
export function objectPath(object: Digest): string {
  if (!isDigestHex(object)) throw new RangeError(`not a digest: ${object}`);
  return `${OBJECTS_FOLDER}/${object.slice(0, 2)}/${object}.at1`;
}

/** Where a principal's signature of a document lies. */
export function signaturePathOf(documentPath: string, principal: PrincipalName): string {
  return `${documentPath.slice(0, -'.toml'.length)}.sig/${principal}.sig`;
}

export function formatRegistryPath(path: Exclude<RegistryPath, { kind: 'other' }>): string {
  switch (path.kind) {
    case 'config':
      return CONFIG_PATH;
    case 'allowed-signers':
      return ALLOWED_SIGNERS_PATH;
    case 'object':
      return objectPath(path.object);
    case 'policy':
      return POLICY_PATH;
    case 'policy-signature':
      return policySignaturePath(path.principal);
    case 'manifest':
      return manifestPath(path.artifact, path.name, path.version);
    case 'event':
      return eventPath(path.artifact, path.name, path.lane, path.seq);
    case 'evidence':
      return evidencePath(path.content, path.id);
    case 'run':
      return runPath(path.experiment, path.id);
    default:
      return signaturePathOf(formatRegistryPath(path.of), path.principal);
  }
}

/** Exactly the paths `formatRegistryPath` makes; all else is `other`. */
export function parseRegistryPath(path: string): RegistryPath {
  if (path === CONFIG_PATH) return { kind: 'config' };
  if (path === ALLOWED_SIGNERS_PATH) return { kind: 'allowed-signers' };
  return parseSigned(path) ?? parseSignature(path) ?? parseObject(path) ?? other(path);
}

function other(path: string): RegistryPath {
  return { kind: 'other', owned: OWNED_FOLDERS.includes(path.split('/')[0] as string) };
}

function parseObject(path: string): RegistryPath | undefined {
  const [folder, prefix, file, more] = path.split('/');
  if (folder !== OBJECTS_FOLDER || prefix === undefined || file === undefined || more !== undefined) return undefined;
  const digest = withoutEnd(file, '.at1');
  if (digest === undefined || !isDigestHex(digest) || digest.slice(0, 2) !== prefix) return undefined;
  return { kind: 'object', object: digest as Digest };
}

function parseSignature(path: string): RegistryPath | undefined {
  const slash = path.lastIndexOf('/');
  const principal = withoutEnd(path.slice(slash + 1), '.sig');
  const document = withoutEnd(path.slice(0, Math.max(0, slash)), '.sig');
  if (principal === undefined || document === undefined || !isPrincipalName(principal)) return undefined;
  const of = parseSigned(`${document}.toml`);
  switch (of?.kind) {
    case undefined:
      return undefined;
    case 'policy':
      return { kind: 'policy-signature', principal };
    case 'manifest':
      return { kind: 'signature', of, principal };
    case 'event':
      return { kind: 'event-signature', of, principal };
    case 'evidence':
      return { kind: 'evidence-signature', of, principal };
    case 'run':
      return { kind: 'run-signature', of, principal };
  }
}

function parseSigned(path: string): SignedPlace | undefined {
  if (path === POLICY_PATH) return { kind: 'policy' };
  const stem = withoutEnd(path, '.toml');
  if (stem === undefined) return undefined;
  const parts = stem.split('/');
  const first = parts[0] as string;
  if (first === 'evidence') return parseEvidence(parts);
  if (first === 'run') return parseRun(parts);
  return isKind(first) ? (parseEvent(first, parts) ?? parseManifest(first, parts)) : undefined;
}

function parseManifest(artifact: Kind, parts: readonly string[]): ManifestPlace | undefined {
  const name = parts.slice(1, -1).join('/');
  const version = parts[parts.length - 1] as string;
  return isName(name) && isVersion(version) ? { kind: 'manifest', artifact, name, version } : undefined;
}

function parseEvent(artifact: Kind, parts: readonly string[]): EventPlace | undefined {
  const [folder, lane, number] = parts.slice(-3);
  if (folder !== 'events' || lane === undefined || number === undefined || !isLaneName(lane)) return undefined;
  const name = parts.slice(1, -3).join('/');
  const seq = parseSequence(number);
  return seq !== undefined && isName(name) ? { kind: 'event', artifact, name, lane, seq } : undefined;
}

/** Four digits, more above 9999: one text for one number, from 1. */
function parseSequence(text: string): number | undefined {
  const digits = text.replace(/^0{1,3}/, '');
  const seq = Number(digits);
  if (!isNumber(digits) || !Number.isSafeInteger(seq) || seq < 1) return undefined;
  return String(seq).padStart(4, '0') === text ? seq : undefined;
}

function parseEvidence(parts: readonly string[]): EvidencePlace | undefined {
  const [, prefix, content, id, more] = parts;
  if (prefix === undefined || content === undefined || id === undefined || more !== undefined) return undefined;
  if (!isDigestHex(content) || content.slice(0, 2) !== prefix || !isUlid(id)) return undefined;
  return { kind: 'evidence', content: content as Digest, id };
}

function parseRun(parts: readonly string[]): RunPlace | undefined {
  const experiment = parts.slice(1, -1).join('/');
  const id = parts[parts.length - 1] as string;
  return isName(experiment) && isUlid(id) ? { kind: 'run', experiment, id } : undefined;
}

function withoutEnd(text: string, end: string): string | undefined {
  return text.endsWith(end) && text.length > end.length ? text.slice(0, -end.length) : undefined;
}
