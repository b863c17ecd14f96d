/**
 * What a registry's history amounts to at one commit: plain data, a pure function of that commit, and so the content
 * of the catalog. Everything here can be thrown away and folded again.
 */
import type { Digest } from '../digest/digest.js';
import type { Oid } from '../git-format/oid.js';
import type { ArtifactName, Kind, PrincipalName } from '../manifest/name.js';
import type { RegistryId } from '../manifest/registry-id.js';
import type { Version } from '../manifest/version.js';
import type { Finding } from '../registry/finding.js';

/** One version as history shows it. `path` is relative to the registry's folder. */
export interface VersionRow {
  readonly path: string;
  readonly kind: Kind;
  readonly name: ArtifactName;
  readonly version: Version;
  /** Git's name of the manifest blob, and the SHA-256 of its bytes. */
  readonly blob: Oid;
  readonly manifest: Digest;
  readonly content: Digest;
  readonly form: 'file' | 'tree';
  readonly created: string;
  readonly description: string | null;
  /** Bytes of the original files, and of the containers that hold them. */
  readonly size: number;
  readonly stored: number;
  readonly files: number;
  /** First mainline commit whose tree holds the manifest. */
  readonly commit: Oid;
  /** Seconds for the version tag: that commit's time, made strictly increasing within the artifact. */
  readonly tagTime: number;
  /** First mainline commit at which enough signatures counted; null while pending. */
  readonly effective: Oid | null;
  readonly signers: readonly PrincipalName[];
  /** What is wrong with this version in history or in its signatures. */
  readonly problems: readonly Finding[];
}

export interface PolicyPoint {
  readonly blob: Oid;
  readonly digest: Digest;
  readonly version: number;
}

export interface RegistryState {
  readonly head: Oid;
  /** The registry's id. */
  readonly registry: RegistryId;
  readonly branch: string;
  /** The first policy that was seen; `complete` is false where a shallow clone hides what came before. */
  readonly root: { readonly commit: Oid; readonly policy: Digest; readonly complete: boolean };
  /** The newest policy that was accepted. */
  readonly policy: PolicyPoint;
  /** Every policy that was ever in force, oldest first; the last one is `policy`. */
  readonly policies: readonly PolicyPoint[];
  /** By manifest path, in byte order of the paths. */
  readonly versions: ReadonlyMap<string, VersionRow>;
  /** What history itself shows wrong, beyond single versions. */
  readonly findings: readonly Finding[];
}
