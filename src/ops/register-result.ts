/** What a registration tells of each version. */
import { formatDigest } from '../digest/digest.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import type { RegistryState } from '../history/registry-state.js';
import type { StoredObject } from './encode-file.js';
import type { LoadedState } from './load-state.js';
import type { PrincipalSigner } from './open-signer.js';
import { type PreparedVersion, versionsOf } from './prepare-version.js';
import { compareRows } from './resolve-version.js';
import { countSignatures } from './signature-count.js';

export interface RegisteredFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  readonly blake3: string;
}

export interface RegisterResult {
  readonly ref: string;
  /** `unchanged`: this version was registered before, with the same bytes. */
  readonly state: 'registered' | 'unchanged' | 'written';
  readonly content: string;
  /** Null with `commit: false`. */
  readonly commit: string | null;
  /** The version tag; null while it waits for the commit to reach the remote. */
  readonly tag: string | null;
  readonly manifest: { readonly path: string; readonly sha256: string };
  readonly files: readonly RegisteredFile[];
  readonly objects: readonly StoredObject[];
  readonly size: number;
  readonly stored: number;
  readonly signer: string;
  /** Another version of the same artifact with the same bytes; null where there is none. */
  readonly twin: string | null;
  /** Signatures that it lacks; null where it has enough. */
  readonly waits: { readonly have: number; readonly needs: number; readonly missing: readonly string[] } | null;
}

export interface Done {
  readonly state: RegisterResult['state'];
  readonly commit: string | null;
  readonly tag: string | null;
}

/** The state is the one after the registration. */
export function resultOf(
  version: PreparedVersion,
  signer: PrincipalSigner,
  { state, policy }: LoadedState,
  done: Done,
): RegisterResult {
  return {
    ref: version.reference,
    state: done.state,
    content: formatDigest(version.content),
    commit: done.commit,
    tag: done.tag,
    manifest: {
      path: version.manifest.path,
      sha256: state.versions.get(version.manifest.path)?.manifest ?? version.manifest.digest,
    },
    files: version.files.map(({ path, size, sha256, blake3 }) => ({ path, size, sha256, blake3 })),
    objects: version.objects,
    size: version.size,
    stored: version.objects.reduce((sum, object) => sum + (object.reused ? 0 : object.size), 0),
    signer: signer.principal,
    twin: twinOf(version, state),
    waits: waitsFor(version, signer, state, policy),
  };
}

function waitsFor(
  version: PreparedVersion,
  { principal }: PrincipalSigner,
  state: RegistryState,
  policy: LoadedPolicy,
): RegisterResult['waits'] {
  const row = state.versions.get(version.manifest.path);
  if (row !== undefined && row.effective !== null) return null;
  const { have, needs, missing } = countSignatures(policy, 'register', version, row?.signers ?? [principal]);
  return have < needs ? { have, needs, missing } : null;
}

function twinOf({ kind, name, version, content }: PreparedVersion, state: RegistryState): string | null {
  const twins = versionsOf(state, kind, name).filter((row) => row.content === content && row.version !== version);
  const [newest] = twins.sort(compareRows);
  return newest === undefined ? null : `${kind}/${name}@${newest.version}`;
}
