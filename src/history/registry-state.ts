/**
 * What a registry's history amounts to at one commit: plain data, a pure function of that commit, and so the content
 * of the catalog. Everything here can be thrown away and folded again.
 */
import type { Digest } from '../digest/digest.js';
import type { Oid } from '../git-format/oid.js';
import type { ConfigDocument, EventDocument } from '../manifest/generated/types.js';
import type { LineageLink } from '../manifest/lineage.js';
import type { ArtifactName, Kind, LaneName, PrincipalName } from '../manifest/name.js';
import type { RegistryId } from '../manifest/registry-id.js';
import type { Version } from '../manifest/version.js';
import type { Finding } from '../registry/finding.js';
import type { LaneEvent } from '../registry/lanes.js';

/** What every signed document that landed has. */
interface DocumentRow {
  /** Relative to the registry's folder. */
  readonly path: string;
  /** Git's name of the document's blob. */
  readonly blob: Oid;
  /** First mainline commit whose tree holds it. */
  readonly commit: Oid;
  /** First mainline commit at which enough signatures counted, and it could take effect; null while pending. */
  readonly effective: Oid | null;
  readonly signers: readonly PrincipalName[];
  /** What is wrong with this document in history or in its signatures. */
  readonly problems: readonly Finding[];
}

/** One version as history shows it. */
export interface VersionRow extends DocumentRow {
  readonly document: 'manifest';
  readonly kind: Kind;
  readonly name: ArtifactName;
  readonly version: Version;
  /** SHA-256 of the manifest's bytes. */
  readonly manifest: Digest;
  readonly content: Digest;
  readonly form: 'file' | 'tree';
  readonly created: string;
  readonly description: string | null;
  /** Bytes of the original files, and of the containers that hold them. */
  readonly size: number;
  readonly stored: number;
  readonly files: number;
  /** What its manifest says it was made from. */
  readonly lineage: readonly LineageLink[];
  /** Seconds for the version tag: that commit's time, made strictly increasing within the artifact. */
  readonly tagTime: number;
}

/** One event as history shows it; with signatures enough and nothing against it, it has an `order`. */
export interface EventRow extends DocumentRow, LaneEvent {
  readonly document: 'event';
  readonly kind: Kind;
  readonly name: ArtifactName;
  readonly seq: number;
  /** SHA-256 of its bytes. */
  readonly digest: Digest;
  readonly previous: Digest | null;
  /** SHA-256 of the manifest, and content digest, of the version as the signers saw them. */
  readonly manifest: Digest;
  readonly content: Digest;
  readonly printed: string;
  readonly meaning: EventDocument['meaning'];
  /** Its place among all events that took effect; null where it did not. */
  readonly order: number | null;
  /** True where enough people signed it and it was not possible any more: it counts for nothing, for ever. */
  readonly refused: boolean;
  /** Of the tags that are due for it: number of the first, seconds of the first, how many. */
  readonly tags: { readonly number: number; readonly time: number; readonly count: number } | null;
}

/** One piece of evidence as history shows it. */
export interface EvidenceRow extends DocumentRow {
  readonly document: 'evidence';
  readonly content: Digest;
  readonly type: LaneName;
  readonly result: 'pass' | 'fail' | null;
  readonly suite: Digest | null;
  readonly metrics: Readonly<Record<string, number>>;
  readonly files: readonly { readonly path: string; readonly size: number; readonly sha256: Digest }[];
  readonly created: string;
  /** Seconds of the commit at which it landed. */
  readonly landed: number;
  readonly expires: string | null;
  readonly actor: PrincipalName;
  readonly printed: string;
  readonly reason: string | null;
  /** Digest of the policy it names. */
  readonly policy: Digest;
}

export type Row = VersionRow | EventRow | EvidenceRow;

export interface PolicyPoint {
  readonly blob: Oid;
  readonly digest: Digest;
  readonly version: number;
}

/** A policy that follows one of ours, came in by a merge, and was never in force. */
export interface LeftPolicy extends PolicyPoint {
  /** False where keys that signed it, or one between, were revoked. */
  readonly counts: boolean;
}

/** Second and number of the last tag that was due for an artifact. */
export interface TagClock {
  readonly time: number;
  readonly number: number;
}

export interface RegistryState {
  readonly head: Oid;
  /** Whether that commit was refused as a whole: what comes next is held against one before it. */
  readonly headRefused: boolean;
  /** The registry's id. */
  readonly registry: RegistryId;
  readonly branch: string;
  /** The first policy that was seen; `complete` is false where a shallow clone hides what came before. */
  readonly root: { readonly commit: Oid; readonly policy: Digest; readonly complete: boolean };
  /** The newest policy that was accepted. */
  readonly policy: PolicyPoint;
  /** Every policy that was ever in force, oldest first; the last one is `policy`. */
  readonly policies: readonly PolicyPoint[];
  /** Policies that merges left behind, in the order in which they came. */
  readonly leftPolicies: readonly LeftPolicy[];
  /** Revoked keys it was folded with, in hex: those of the newest policy. */
  readonly revoked: readonly { readonly key: string; readonly cutoff: Oid }[];
  /** Tags that were due before these keys were revoked; what they say is not believed, and nobody forged them. */
  readonly formerTags: readonly string[];
  /** What at1.toml says about stages; null for the usual ones. */
  readonly stages: NonNullable<ConfigDocument['stages']> | null;
  /** By manifest path, in byte order of the paths. */
  readonly versions: ReadonlyMap<string, VersionRow>;
  /** The same of events and evidence. */
  readonly events: ReadonlyMap<string, EventRow>;
  readonly evidence: ReadonlyMap<string, EvidenceRow>;
  /** By artifact, `kind/name`, in byte order; and how many events took effect. What comes later goes on from there. */
  readonly tagClocks: ReadonlyMap<string, TagClock>;
  readonly orders: number;
  /** Digests of events that were refused, or withdrawn with signatures on them, in their order: none takes effect again. */
  readonly refusals: readonly Digest[];
  /** What history itself shows wrong, beyond single versions. */
  readonly findings: readonly Finding[];
}
