/**
 * `get`: a version's files, byte for byte, written only when every digest was right. Trust first (root, history,
 * signatures), then containers, then files; on any failure nothing is left at the target.
 */

import { basename, dirname, join, resolve } from 'node:path';
import { formatDigest } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import { sweep } from '../files/leftovers.js';
import { stat } from '../files/node-fs.js';
import type { VersionRow } from '../history/registry-state.js';
import type { Manifest } from '../manifest/documents.js';
import { packStream } from '../packing/pack-stream.js';
import type { ResolveOptions } from '../registry/resolve.js';
import { writeAtomic } from '../store/atomic.js';
import { writeOutputFile, writeOutputTree } from '../store/write-output.js';
import type { Trust } from './judge-trust.js';
import { objectCopies } from './object-copies.js';
import type { Registry } from './open-registry.js';
import { fileBytes, manifestOf } from './read-version.js';
import { refuseProblems, resolveVersion, warningText } from './resolve-version.js';
import { loadTrustedState } from './trusted-state.js';

export interface GetRequest {
  readonly ref: string;
  /** File or folder to write; default the file's name, or the artifact's for a tree, in `cwd`. */
  readonly out?: string | undefined;
  readonly cwd?: string | undefined;
  /** `at1`: one self-contained container instead of the file itself. */
  readonly as?: 'at1' | undefined;
  /** Give out a version that was revoked, if it is named exactly. */
  readonly allowRevoked?: boolean | undefined;
  /** Replace what is there. */
  readonly force?: boolean | undefined;
  /** Bytes written so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

export interface GetResult {
  readonly ref: string;
  readonly content: string;
  readonly path: string;
  readonly size: number;
  readonly files: number;
  readonly signers: readonly string[];
  readonly commit: string;
  readonly trust: Trust;
  /** Damaged copies that were passed over because another one was intact. */
  readonly damaged: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Errors by code: `artifact/*`, `signature/*`, `history/*`, `trust/*`, `object/missing`, `container/*`,
 * `file/digest-mismatch`, `output/exists`, `io/*`.
 */
export async function get(registry: Registry, request: GetRequest): Promise<GetResult> {
  const { row, manifest, trust, warnings } = await openVersion(registry, request.ref, {
    allowRevoked: request.allowRevoked === true,
  });
  const copies = await objectCopies(registry);
  const damaged = new Set<string>();
  const onDamaged = (copy: string) => damaged.add(copy);
  let bytes = 0;
  const counted = async function* (source: AsyncIterable<Uint8Array>) {
    for await (const piece of source) {
      bytes += piece.length;
      request.onProgress?.(bytes);
      yield piece;
    }
  };
  const path = await targetOf(request, row, manifest);
  const [first] = manifest.files;
  const output = { force: request.force === true };
  await sweep(dirname(path));
  if (request.as === 'at1') {
    if (row.form === 'tree' || first === undefined) {
      throw new At1Error('usage/invalid', {
        message: 'a tree of files has no single container',
        hint: 'leave --as out, then at1 pack what you need',
      });
    }
    const packed = packStream(fileBytes(copies, first, onDamaged), registry.engines);
    await writeAtomic(path, counted(packed), { exclusive: request.force !== true });
  } else if (row.form === 'file' && first !== undefined) {
    await writeOutputFile(path, counted(fileBytes(copies, first, onDamaged)), {
      ...output,
      size: first.size,
      executable: first.executable === true,
    });
  } else {
    await writeOutputTree(
      path,
      [
        ...manifest.files.map((file) => ({
          kind: 'file' as const,
          path: file.path,
          source: counted(fileBytes(copies, file, onDamaged)),
          size: file.size,
          executable: file.executable === true,
        })),
        ...(manifest.directories ?? []).map((directory) => ({ kind: 'directory' as const, path: directory })),
      ],
      output,
    );
  }
  return {
    ref: `${row.kind}/${row.name}@${row.version}`,
    content: formatDigest(row.content),
    path,
    size: row.size,
    files: manifest.files.length,
    signers: row.signers,
    commit: row.commit,
    trust,
    damaged: [...damaged],
    warnings,
  };
}

/** Resolves a reference and makes sure it may be believed; nothing of the version's bytes is read yet. */
export async function openVersion(
  registry: Registry,
  reference: string,
  options: ResolveOptions = {},
): Promise<{
  readonly row: VersionRow;
  readonly manifest: Manifest;
  readonly trust: Trust;
  readonly warnings: readonly string[];
}> {
  const { state, trust, now } = await loadTrustedState(registry);
  const removed = state.findings.find(
    ({ severity, code }) => severity === 'error' && code === 'history/policy-removed',
  );
  if (removed !== undefined) {
    throw new At1Error(removed.code, { message: removed.message, hint: 'at1 verify tells everything that is wrong' });
  }
  const { row, warnings } = resolveVersion(state, reference, { ...options, now });
  refuseProblems(row);
  return {
    row,
    manifest: await manifestOf(registry, row),
    trust,
    warnings: warnings.map(warningText),
  };
}

async function targetOf(request: GetRequest, row: VersionRow, manifest: Manifest): Promise<string> {
  const cwd = request.cwd ?? '.';
  const plain = row.form === 'file' ? (manifest.files[0]?.path ?? row.name) : basename(row.name);
  const name = request.as === 'at1' ? `${plain}.at1` : plain;
  if (request.out === undefined) return resolve(cwd, name);
  const out = resolve(cwd, request.out);
  // A file goes into a folder that is there, as cp does; a tree becomes the folder.
  if (row.form === 'file' && (await isFolder(out))) return join(out, name);
  return out;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
