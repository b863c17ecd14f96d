/**
 * Working files and index entries that a crash or a slip left behind the branch, set to what HEAD holds. What somebody
 * changed on purpose stays: a file that differs is named, and only `.at1/allowed_signers` (generated) is written over.
 */

import { dirname, join } from 'node:path';
import { equalBytes } from '../bytes/text.js';
import { allowedSignersOf } from '../checks/check-allowed-signers.js';
import { At1Error } from '../errors.js';
import { existsSync, lstat } from '../files/node-fs.js';
import { indexOids } from '../git/index-entries.js';
import { compareWorkFile } from '../git/work-file.js';
import { GitWriter } from '../git/writer.js';
import { listTree } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { readBlob, readCommit } from '../git-format/read-object.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import { registryTreeAt } from '../history/registry-tree.js';
import { ALLOWED_SIGNERS_PATH, parseRegistryPath } from '../manifest/layout-of-registry.js';
import { type Finding, finding, findingOf } from '../registry/finding.js';
import { writeAtomic } from '../store/atomic.js';
import { readFileBounded } from '../store/read-file.js';
import { makeFolders } from '../store/root.js';
import type { Registry } from './open-registry.js';
import { personOf } from './open-signer.js';
import { verifyWorktree } from './verify-worktree.js';

const SIGNERS_LIMIT = 16 * 1024 * 1024;

export async function mendWorktree(
  registry: Registry,
  tree: Oid,
  policy: LoadedPolicy,
  fix: boolean,
  findings: Finding[],
  fixed: string[],
): Promise<void> {
  const head = await ownFiles(registry, tree);
  await mendMissingIndex(registry, fix, findings, fixed);
  const staged = await stagedOids(registry, findings);
  if (staged !== undefined) await mendIndex(registry, head, staged, fix, findings, fixed);
  await mendFiles(registry, head, staged, policy, fix, fixed);
  const signers = await signersAreRight(registry, policy);
  for (const found of await verifyWorktree(registry, tree)) {
    if (found.subject === ALLOWED_SIGNERS_PATH && signers) continue;
    const mendable = isMendable(found.subject, head, staged) && (await isGone(registry, found.subject));
    findings.push(mendable ? { ...found, hint: 'at1 doctor --fix writes it again' } : found);
  }
}

/** After a process died with the registry's lock: between branch, index and working files it may be anywhere. */
export async function mendAfterStop(registry: Registry): Promise<void> {
  if (registry.repository.workTree === undefined) return;
  const tree = await registryTreeAt(registry, registry.head);
  if (tree === undefined) return;
  // What cannot be mended here is for doctor to name; it does not stand in the way of what comes next.
  const [findings, fixed]: [Finding[], string[]] = [[], []];
  await mendMissingIndex(registry, true, findings, fixed);
  const staged = await stagedOids(registry, findings);
  if (staged === undefined) return;
  const head = await ownFiles(registry, tree);
  await mendIndex(registry, head, staged, true, findings, fixed);
  // Objects too: a stopped unregister takes away its own, and `git commit -a` would take them out of the commit.
  await writeGone(registry, head, staged, fixed, true);
}

async function ownFiles(registry: Registry, tree: Oid): Promise<Map<string, Oid>> {
  const head = new Map<string, Oid>();
  for await (const { path, entry } of listTree(registry.reader, tree)) {
    if (isOurs(path)) head.set(path, entry.oid);
  }
  return head;
}

/** `at1.toml` is people's own to edit and to stage. */
function isOurs(path: string): boolean {
  const { kind } = parseRegistryPath(path);
  return kind !== 'other' && kind !== 'config';
}

async function stagedOids(registry: Registry, findings: Finding[]): Promise<Map<string, Oid> | undefined> {
  const prefix = registry.prefix === '' ? '' : `${registry.prefix}/`;
  const ours = { has: (path: string) => path.startsWith(prefix) && isOurs(path.slice(prefix.length)) };
  try {
    const found = await indexOids(registry.repository, ours);
    return found && new Map([...found].map(([path, oid]) => [path.slice(prefix.length), oid]));
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    findings.push(findingOf(error, 'index', 'warning'));
    return undefined;
  }
}

/** A stop before the very first index was written: to git everything that is committed seems to be deleted. */
async function mendMissingIndex(registry: Registry, fix: boolean, findings: Finding[], fixed: string[]): Promise<void> {
  const { repository, reader, head } = registry;
  if (repository.workTree === undefined || existsSync(join(repository.gitDir, 'index'))) return;
  if (!fix) {
    const message = 'git has no index: the next git commit would remove everything that is committed';
    findings.push(finding('error', 'worktree/differs', 'index', message, 'at1 doctor --fix makes it of HEAD'));
    return;
  }
  const paths: string[] = [];
  for await (const { path, entry } of listTree(reader, (await readCommit(reader, head)).tree)) {
    // Links and submodules too: what the new index leaves out, the next commit removes.
    if (entry.mode.startsWith('100') || entry.mode === '120000' || entry.mode === '160000') paths.push(path);
  }
  await setToHead(registry, paths, 'index made of HEAD', findings, fixed);
}

/** A stop between branch and index: the next `git commit` would take back what was just committed. */
async function mendIndex(
  registry: Registry,
  head: ReadonlyMap<string, Oid>,
  staged: ReadonlyMap<string, Oid>,
  fix: boolean,
  findings: Finding[],
  fixed: string[],
): Promise<void> {
  const stale: string[] = [];
  for (const [path, oid] of head) {
    // Only where the working file is what HEAD holds: anything else is somebody's change on its way.
    if (staged.get(path) !== oid && (await isIntact(registry, path, oid))) stale.push(path);
  }
  for (const path of staged.keys()) if (!head.has(path) && (await isGone(registry, path))) stale.push(path);
  if (stale.length === 0) return;
  const what = `${stale.length} ${stale.length === 1 ? 'entry' : 'entries'}`;
  if (!fix) {
    const message = `${what} behind HEAD: the next git commit would undo what is committed`;
    findings.push(finding('error', 'worktree/differs', 'index', message, 'at1 doctor --fix sets them to HEAD'));
    return;
  }
  const { prefix } = registry;
  const paths = stale.map((path) => (prefix === '' ? path : `${prefix}/${path}`));
  await setToHead(registry, paths, `${what} of the index set to HEAD`, findings, fixed);
}

/** The index entries of these paths of the repository. */
async function setToHead(
  registry: Registry,
  paths: readonly string[],
  done: string,
  findings: Finding[],
  fixed: string[],
): Promise<void> {
  const { repository, reader, environment } = registry;
  const who = () => personOf(environment, repository.config, 'at1');
  try {
    const outcome = await new GitWriter(repository, { reader, who }).syncIndex(paths, { create: true });
    if (outcome !== 'stale') fixed.push(done);
    else findings.push(finding('error', 'git/busy', 'index', 'another program holds the index', 'run it again'));
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    findings.push(findingOf(error, 'index'));
  }
}

/** Objects have several copies of their own, see `mend-objects.ts`. */
async function mendFiles(
  registry: Registry,
  head: ReadonlyMap<string, Oid>,
  staged: ReadonlyMap<string, Oid> | undefined,
  policy: LoadedPolicy,
  fix: boolean,
  fixed: string[],
): Promise<void> {
  if (!fix) return;
  await writeGone(registry, head, staged, fixed);
  if (!(await signersAreRight(registry, policy))) {
    await write(registry, ALLOWED_SIGNERS_PATH, allowedSignersOf(policy));
    fixed.push(`${ALLOWED_SIGNERS_PATH} written as the policy says`);
  }
}

/** Working files that are gone although nobody has staged that. */
async function writeGone(
  registry: Registry,
  head: ReadonlyMap<string, Oid>,
  staged: ReadonlyMap<string, Oid> | undefined,
  fixed: string[],
  objects = false,
): Promise<void> {
  for (const [path, oid] of head) {
    const mendable = isMendable(path, head, staged) || (objects && staged?.get(path) === oid);
    if (!mendable || !(await isGone(registry, path))) continue;
    await write(registry, path, await readBlob(registry.reader, oid));
    fixed.push(`${path} written again from git`);
  }
}

/** A deletion that is staged is meant; one that is not may be an accident, and costs nothing to undo. */
function isMendable(path: string, head: ReadonlyMap<string, Oid>, staged: ReadonlyMap<string, Oid> | undefined) {
  const oid = head.get(path);
  return oid !== undefined && staged?.get(path) === oid && parseRegistryPath(path).kind !== 'object';
}

async function signersAreRight(registry: Registry, policy: LoadedPolicy): Promise<boolean> {
  const path = join(registry.root, ...ALLOWED_SIGNERS_PATH.split('/'));
  try {
    const here = await readFileBounded(path, SIGNERS_LIMIT);
    return here !== undefined && equalBytes(here, allowedSignersOf(policy));
  } catch (error) {
    if (error instanceof At1Error) return false;
    throw error;
  }
}

async function isIntact(registry: Registry, path: string, oid: Oid): Promise<boolean> {
  const size = registry.reader.blobSize(oid);
  return size !== undefined && (await compareWorkFile(registry.root, path, oid, size)).kind === 'same';
}

async function isGone(registry: Registry, path: string): Promise<boolean> {
  // In a sparse checkout files are absent on purpose.
  if (registry.repository.config.boolean('core.sparseCheckout') === true) return false;
  return (await lstat(join(registry.root, ...path.split('/'))).catch(() => undefined)) === undefined;
}

async function write(registry: Registry, path: string, bytes: Uint8Array): Promise<void> {
  const absolute = join(registry.root, ...path.split('/'));
  await makeFolders(dirname(absolute));
  await writeAtomic(absolute, bytes);
}
