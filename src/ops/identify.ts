/** `identify`: which version is this file, folder or digest? Answers from content alone; names and places do not count. */
import { createReadStream } from 'node:fs';
import { type Digest, digestOf, formatDigest, isDigestHex, parseDigest } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import type { VersionRow } from '../history/registry-state.js';
import { treeDigest } from '../manifest/tree-digest.js';
import { SEGMENT_SIZE } from '../store/read-segments.js';
import { type InputFile, scanInput } from '../store/scan-input.js';
import { type ListedVersion, stateOf } from './list.js';
import { loadState } from './load-state.js';
import type { Registry } from './open-registry.js';
import { manifestOf } from './read-version.js';
import { compareRows } from './resolve-version.js';

export interface IdentifiedVersion {
  readonly ref: string;
  /** The whole version, one file of it, or one of its objects. */
  readonly match: 'content' | 'file' | 'object' | 'manifest';
  /** The file in the version, where it is only that. */
  readonly path: string | null;
  readonly state: ListedVersion['state'];
  readonly signers: readonly string[];
  readonly created: string;
  readonly commit: string;
}

export interface IdentifyResult {
  readonly digest: string;
  readonly known: boolean;
  readonly versions: readonly IdentifiedVersion[];
}

/** `what` is a path, `sha256:…` or 64 hex digits. Throws `artifact/unsupported-file`, `artifact/no-files`, `io/*`. */
export async function identify(registry: Registry, what: string, cwd = '.'): Promise<IdentifyResult> {
  const digest =
    what.startsWith('sha256:') || isDigestHex(what)
      ? parseDigest(what)
      : await digestOfPath(what, cwd, registry.engines);
  const { state } = await loadState(registry);
  const versions: IdentifiedVersion[] = [];
  for (const row of [...state.versions.values()].sort(compareRows)) {
    const found = await matchOf(registry, row, digest);
    if (found === undefined) continue;
    versions.push({
      ref: `${row.kind}/${row.name}@${row.version}`,
      ...found,
      state: stateOf(row),
      signers: row.signers,
      created: row.created,
      commit: row.commit,
    });
  }
  return { digest: formatDigest(digest), known: versions.length > 0, versions };
}

async function matchOf(
  registry: Registry,
  row: VersionRow,
  digest: Digest,
): Promise<Pick<IdentifiedVersion, 'match' | 'path'> | undefined> {
  if (row.content === digest) return { match: 'content', path: null };
  if (row.manifest === digest) return { match: 'manifest', path: null };
  for (const file of (await manifestOf(registry, row)).files) {
    if (file.sha256 === digest) return { match: 'file', path: file.path };
    const parts = file.segments ?? (file.layout === undefined ? [] : [file.layout]);
    if (parts.some((segment) => segment.object === digest || segment.sha256 === digest)) {
      return { match: 'object', path: file.path };
    }
  }
  return undefined;
}

/** The content digest a file or folder would have if it were registered. */
export async function digestOfPath(path: string, cwd: string, engines: Engines): Promise<Digest> {
  const scanned = await scanInput([path], { cwd });
  const files = [];
  for (const file of scanned.files) files.push({ ...file, sha256: await hashFile(file, engines) });
  const [only] = files;
  if (scanned.form === 'file' && only !== undefined) return only.sha256;
  return treeDigest(files, scanned.directories, engines);
}

async function hashFile(file: InputFile, engines: Engines): Promise<Digest> {
  const hasher = engines.newSha256();
  for await (const piece of createReadStream(file.absolute, { highWaterMark: SEGMENT_SIZE / 8 })) hasher.update(piece);
  return digestOf(hasher.digest());
}
