/** `identify`: which version is this file, folder or digest? Answers from content alone; names and places do not count. */
import { type Digest, formatDigest, isDigestHex, parseDigest } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import type { VersionRow } from '../history/registry-state.js';
import { scanInput } from '../store/scan-input.js';
import { contentOf } from './hash-input.js';
import { type ListedVersion, stateOf } from './list.js';
import { type ObjectCopies, objectCopies } from './object-copies.js';
import type { Registry } from './open-registry.js';
import { eachVersion, objectsOf } from './read-version.js';
import { compareRows } from './resolve-version.js';
import { loadTrustedState } from './trusted-state.js';
import { standings } from './version-standing.js';

export interface IdentifiedVersion {
  readonly ref: string;
  /** The whole version, one file of it, or one of its objects. */
  readonly match: 'content' | 'file' | 'object' | 'manifest';
  /** The file in the version, where it is only that. */
  readonly path: string | null;
  readonly state: ListedVersion['state'];
  /** The stage it is in; null for a version that was revoked. */
  readonly stage: string | null;
  readonly withdrawn: ListedVersion['withdrawn'];
  readonly signers: readonly string[];
  readonly created: string;
  readonly commit: string;
}

export interface IdentifyResult {
  readonly digest: string;
  /** An effective version has it that was not revoked. Others are listed, but nobody entitled vouches for them. */
  readonly known: boolean;
  readonly versions: readonly IdentifiedVersion[];
}

/** `what` is a path, `sha256:…` or 64 hex digits. Throws `artifact/*`, `io/*`. */
export async function identify(registry: Registry, what: string, cwd = '.'): Promise<IdentifyResult> {
  const digest =
    what.startsWith('sha256:') || isDigestHex(what)
      ? parseDigest(what)
      : await digestOfPath(what, cwd, registry.engines);
  const { state, policy, now } = await loadTrustedState(registry);
  const standingOf = standings(state, policy, now);
  const versions: IdentifiedVersion[] = [];
  const copies = await objectCopies(registry);
  await eachVersion([...state.versions.values()].sort(compareRows), async (row) => {
    const found = await matchOf(copies, row, digest);
    if (found === undefined) return;
    const { stage, withdrawn } = standingOf(row);
    versions.push({
      ref: `${row.kind}/${row.name}@${row.version}`,
      ...found,
      state: stateOf(row),
      stage,
      withdrawn,
      signers: row.signers,
      created: row.created,
      commit: row.commit,
    });
  });
  return { digest: formatDigest(digest), known: versions.some(isVouchedFor), versions };
}

function isVouchedFor({ state, withdrawn }: IdentifiedVersion): boolean {
  return state === 'effective' && withdrawn?.state !== 'revoked';
}

async function matchOf(
  copies: ObjectCopies,
  row: VersionRow,
  digest: Digest,
): Promise<Pick<IdentifiedVersion, 'match' | 'path'> | undefined> {
  if (row.content === digest) return { match: 'content', path: null };
  if (row.manifest === digest) return { match: 'manifest', path: null };
  for await (const { file, reference } of objectsOf(copies, row)) {
    if (file.sha256 === digest) return { match: 'file', path: file.path };
    if (reference.object === digest || reference.sha256 === digest) return { match: 'object', path: file.path };
  }
  return undefined;
}

/** The content digest a file or folder would have if it were registered. */
export async function digestOfPath(path: string, cwd: string, engines: Engines): Promise<Digest> {
  return contentOf(await scanInput([path], { cwd }), engines);
}
