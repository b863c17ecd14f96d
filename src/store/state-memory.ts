/**
 * What this machine remembers about a registry, outside the repository: the root policy it trusted and how far each
 * remote-tracking branch was seen. Losing it weakens one check, so damage and lack of room are results, not crashes.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { compareText, fromUtf8, utf8 } from '../bytes/text.js';
import { type Digest, isDigestHex } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import { type FileSystem, nodeFileSystem } from '../files/file-system.js';
import { isOid, type Oid } from '../git-format/oid.js';
import type { RegistryId } from '../manifest/registry-id.js';
import { writeAtomic } from './atomic.js';
import { readFileBounded } from './read-file.js';
import { makeFolders } from './root.js';

export interface BranchMemory {
  /** Last mainline commit seen there. */
  readonly commit: Oid;
  /** Policy version in force at that commit. */
  readonly policyVersion: number;
}

export interface RegistryMemory {
  /** SHA-256 of the root policy that was trusted. */
  readonly root: Digest;
  /** `first-use`: nobody named the root, it was what came first. */
  readonly trust: 'pinned' | 'first-use';
  /** By remote-tracking branch, as `refs/remotes/origin/main`. */
  readonly branches: ReadonlyMap<string, BranchMemory>;
  /** SHA-256 of every policy that was in force in a history that showed its root; absent in memories of before. */
  readonly policies?: readonly Digest[] | undefined;
}

export type MemoryRead =
  | { readonly kind: 'found'; readonly memory: RegistryMemory }
  | { readonly kind: 'absent' }
  | { readonly kind: 'damaged'; readonly path: string; readonly message: string };

export type MemoryWrite =
  | { readonly kind: 'written' }
  | {
      readonly kind: 'unwritable';
      readonly code: 'trust/state-unwritable';
      readonly path: string;
      readonly message: string;
    };

const VERSION = 1;
const SIZE_LIMIT = 1024 * 1024;

/** Where the memory of a registry is kept. */
export function memoryPath(stateDir: string, id: RegistryId): string {
  return join(stateDir, 'registries', `${id}.json`);
}

export async function readMemory(
  stateDir: string,
  id: RegistryId,
  fs: FileSystem = nodeFileSystem,
): Promise<MemoryRead> {
  const path = memoryPath(stateDir, id);
  try {
    const bytes = await readFileBounded(path, SIZE_LIMIT, fs);
    if (bytes === undefined) return { kind: 'absent' };
    return { kind: 'found', memory: parseMemory(fromUtf8(bytes), id) };
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    return { kind: 'damaged', path, message: error.message };
  }
}

/** Replaces the whole memory; readable by its owner only. */
export async function writeMemory(
  stateDir: string,
  id: RegistryId,
  memory: RegistryMemory,
  fs: FileSystem = nodeFileSystem,
): Promise<MemoryWrite> {
  const path = memoryPath(stateDir, id);
  const bytes = utf8(formatMemory(memory, id));
  try {
    if (bytes.length > SIZE_LIMIT) throw bad(`more than ${SIZE_LIMIT} bytes`);
    await makeFolders(join(stateDir, 'registries'), 0o700, fs);
    await writeAtomic(path, bytes, { mode: 0o600, fs });
    return { kind: 'written' };
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    return { kind: 'unwritable', code: 'trust/state-unwritable', path, message: error.message };
  }
}

function formatMemory(memory: RegistryMemory, id: RegistryId): string {
  const names = [...memory.branches.keys()].sort(compareText);
  const branches = names.map((name) => ({ ref: name, ...memory.branches.get(name) }));
  const document = {
    version: VERSION,
    registry: id,
    root: memory.root,
    trust: memory.trust,
    branches,
    policies: memory.policies,
  };
  return `${JSON.stringify({ ...document, sum: sumOf(document) }, undefined, 2)}\n`;
}

/**
 * A flipped bit in the name of a branch leaves good JSON of another meaning: the branch would be forgotten in silence.
 * Of accidents only; whoever can write here can write another sum.
 */
function sumOf(document: object): string {
  return createHash('sha256').update(JSON.stringify(document)).digest('hex');
}

function parseMemory(text: string, id: RegistryId): RegistryMemory {
  const fields = ['version', 'registry', 'root', 'trust', 'branches'];
  const { sum, ...document } = record(parseJson(text), fields, ['policies', 'sum']);
  // Memories of before have none.
  if (sum !== undefined && sum !== sumOf(document)) throw bad('its sum is not that of what it says');
  if (document.version !== VERSION) throw bad(`version ${String(document.version)} is not known here`);
  if (document.registry !== id) throw bad('it belongs to another registry');
  const { root, trust } = document;
  if (typeof root !== 'string' || !isDigestHex(root)) throw bad('root is not a digest');
  if (trust !== 'pinned' && trust !== 'first-use') throw bad('trust is neither pinned nor first-use');
  if (!Array.isArray(document.branches)) throw bad('branches is not a list');
  const branches = new Map<string, BranchMemory>();
  for (const item of document.branches) {
    const { ref, commit, policyVersion } = record(item, ['ref', 'commit', 'policyVersion']);
    if (typeof ref !== 'string' || ref === '' || branches.has(ref)) throw bad('a branch without a name of its own');
    if (typeof commit !== 'string' || !isOid(commit)) throw bad(`no commit for ${ref}`);
    if (typeof policyVersion !== 'number' || !Number.isSafeInteger(policyVersion) || policyVersion < 1) {
      throw bad(`no policy version for ${ref}`);
    }
    branches.set(ref, { commit, policyVersion });
  }
  const { policies } = document;
  if (policies === undefined) return { root: root as Digest, trust, branches };
  if (!Array.isArray(policies) || !policies.every(isDigestText)) throw bad('policies is not a list of digests');
  return { root: root as Digest, trust, branches, policies };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new At1Error('document/syntax', { message: 'it is not JSON', cause });
  }
}

function isDigestText(value: unknown): value is Digest {
  return typeof value === 'string' && isDigestHex(value);
}

/** An object with exactly these fields, and perhaps some others. */
function record(value: unknown, fields: readonly string[], optional: readonly string[] = []): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad('not an object');
  const keys = Object.keys(value);
  if (!keys.every((key) => [...fields, ...optional].includes(key)) || !fields.every((field) => keys.includes(field)))
    throw bad('other fields than known');
  return value as Record<string, unknown>;
}

function bad(message: string): At1Error {
  return new At1Error('document/schema', { message });
}
