/**
 * `unregister`: takes a version back that nobody else has seen. The local commits from its registration on are made
 * again without it; once a remote has it, it stays.
 */
import { join, relative, sep } from 'node:path';
import { toHex } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { takingBack } from '../files/interrupt.js';
import { namesIn } from '../files/names-in.js';
import { branchForCommit, operationInProgress } from '../git/busy.js';
import { Refs } from '../git/refs.js';
import { rewriteWithout } from '../git/rewrite-commits.js';
import { GitWriter } from '../git/writer.js';
import { findEntry, listTree } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import type { Person } from '../git-format/person.js';
import { readBlob, readCommit } from '../git-format/read-object.js';
import { readMainline } from '../history/mainline.js';
import type { RegistryState, VersionRow } from '../history/registry-state.js';
import { registryTreeAt } from '../history/registry-tree.js';
import { formatVersionTag } from '../history/tag-name.js';
import { objectPath, parseRegistryPath } from '../manifest/layout-of-registry.js';
import { removeFile } from '../store/atomic.js';
import { ObjectStore } from '../store/objects.js';
import { reopened, writeFilesOnly } from './commit-changes.js';
import { decodeSignatureOwner } from './commit-owner.js';
import { listFolders } from './list-folders.js';
import { loadState } from './load-state.js';
import { objectCopies } from './object-copies.js';
import type { Registry } from './open-registry.js';
import { openPrincipalSigner, type PrincipalSigner, personOf } from './open-signer.js';
import { eachVersion, objectsOf } from './read-version.js';
import { refuseReadOnly } from './refuse-read-only.js';
import { withRegistryLock } from './registry-lock.js';
import { resolveVersion } from './resolve-version.js';
import { landsAtOnce, makeDueTags } from './tag.js';

export interface UnregisterResult {
  readonly ref: string;
  /** The new head of the branch. */
  readonly commit: string;
  /** Registry files that are gone from the branch and the work tree. */
  readonly removed: readonly string[];
}

/** Throws `artifact/landed` where a remote has it, `artifact/not-found`, `git/unsupported`, `git/busy`, `key/*`. */
export async function unregister(registry: Registry, request: { readonly ref: string }): Promise<UnregisterResult> {
  refuseReadOnly(registry);
  return withRegistryLock(registry, async () => {
    const now = reopened(registry);
    await branchForCommit(now.repository);
    const { state, policy } = await loadState(now);
    const row = rowOf(state, request.ref);
    const { commits } = await readMainline(now.reader, now.head, { shallow: now.repository.shallow });
    const at = commits.indexOf(row.commit);
    if (at < 0 || now.repository.shallow.has(row.commit)) throw beyondShallow(row);
    await refuseLanded(now, row, commits.slice(0, at));
    const signer = await openPrincipalSigner(now.environment, now.repository.config, now.engines, policy);
    const person = personOf(now.environment, now.repository.config, signer.principal);
    const later = commits.slice(at);
    await refuseOthers(now, later, signer, person);
    const removed = await pathsOf(now, state, row, commits[at - 1]);
    const tip = await rewriteWithout(now.repository, now.reader, {
      commits: later,
      without: removed.map((path) => (now.prefix === '' ? path : `${now.prefix}/${path}`)),
      sign: (payload) => signer.sign('git', payload),
    });
    const writer = new GitWriter(now.repository, { reader: now.reader, who: () => person });
    const ref = `${row.kind}/${row.name}@${row.version}`;
    try {
      // First the files: a stop before the branch moves leaves what `doctor` writes again from git, and a stop after it
      // nothing that looks like a version on its way.
      for (const path of removed) await removeFile(join(now.root, ...path.split('/')));
      await writer.moveBranch(now.head, tip, `at1: unregister ${ref}`, tagsOn(now, state, new Set(later)));
    } catch (error) {
      if (await isStill(now)) await takingBack(() => putBack(now, removed));
      throw error;
    }
    const after = reopened(now);
    const rebuilt = await loadState(after);
    if (landsAtOnce(after)) await makeDueTags(after, rebuilt, signer);
    return { ref, commit: tip, removed };
  });
}

/** Whether the working tree is that of the same commit. A rebase that began meanwhile writes it again, forwards or back. */
async function isStill(registry: Registry): Promise<boolean> {
  const { repository, head } = registry;
  return (await operationInProgress(repository)) === undefined && new Refs(repository).head().oid === head;
}

/** Nothing was unregistered, so the files are written again, as far as the disk lets us. */
async function putBack(registry: Registry, paths: readonly string[]): Promise<void> {
  const { reader, root, engines, head } = registry;
  const store = new ObjectStore(root, { sha256: engines.sha256Aside });
  try {
    const tree = await registryTreeAt(registry, head);
    for (const path of tree === undefined ? [] : paths) {
      const entry = await findEntry(reader, tree as Oid, path);
      if (entry === undefined) continue;
      const bytes = await readBlob(reader, entry.oid);
      const place = parseRegistryPath(path);
      if (place.kind === 'object') await store.put(bytes, place.object);
      else await writeFilesOnly(registry, new Map([[path, bytes]]));
    }
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
  }
}

/** An exactly named version, wrong or not; else what the reference resolves to. */
function rowOf(state: RegistryState, ref: string): VersionRow {
  const exact = [...state.versions.values()].find((row) => `${row.kind}/${row.name}@${row.version}` === ref);
  return exact ?? resolveVersion(state, ref).row;
}

/** At the edge of a shallow clone all that landed before seems to land, and that commit cannot be made again here. */
function beyondShallow(row: VersionRow): At1Error {
  return new At1Error('git/unsupported', {
    message: `this shallow clone does not show where ${row.kind}/${row.name}@${row.version} landed`,
    hint: 'git fetch --unshallow',
    facts: { commit: row.commit },
  });
}

/** `before`: the mainline below the version's commit, from where that commit cannot be reached. */
async function refuseLanded(registry: Registry, row: VersionRow, before: readonly Oid[]): Promise<void> {
  const walked = new Set(before);
  for (const { name, oid } of registry.refs.list('refs/remotes/')) {
    if (!(await reaches(registry, oid, row.commit, walked))) continue;
    throw new At1Error('artifact/landed', {
      message: `${row.kind}/${row.name}@${row.version} is on ${name.slice('refs/remotes/'.length)} already`,
      hint: 'others may rely on it: register a better version instead',
      facts: { commit: row.commit },
    });
  }
}

/** Whether `commit` can be reached from `tip`; what was walked for one ref is not walked again for the next. */
async function reaches({ reader, repository }: Registry, tip: Oid, commit: Oid, walked: Set<Oid>): Promise<boolean> {
  const ahead = [tip];
  for (const oid of ahead) {
    if (oid === commit) return true;
    if (walked.has(oid)) continue;
    walked.add(oid);
    if (!repository.shallow.has(oid)) ahead.push(...(await readCommit(reader, oid)).parents);
  }
  return false;
}

/** Commits of other people are not made again under our name. An unsigned one is its author's. */
async function refuseOthers(
  registry: Registry,
  commits: readonly Oid[],
  signer: PrincipalSigner,
  person: Person,
): Promise<void> {
  const own = toHex(signer.signer.publicKey.raw);
  for (const oid of commits) {
    const commit = await readCommit(registry.reader, oid);
    const owner = decodeSignatureOwner(commit);
    if (owner === undefined ? commit.author.email === person.email : owner === own) continue;
    throw new At1Error('policy/denied', {
      message: `commit ${oid.slice(0, 12)} was made by somebody else (${commit.author.email}) and would have to be made again`,
      hint: 'let them unregister what came later, or undo it with git',
    });
  }
}

/**
 * Manifest, signatures, and the objects nothing else at HEAD needs, but for those that were there before (`base`): a commit
 * that deletes one would, made again upon what others have pushed meanwhile, take it away from their versions.
 */
async function pathsOf(
  registry: Registry,
  state: RegistryState,
  row: VersionRow,
  base: Oid | undefined,
): Promise<string[]> {
  const { reader, head } = registry;
  const folder = `${row.path.slice(0, -'.toml'.length)}.sig/`;
  const tree = await registryTreeAt(registry, head);
  if (tree === undefined) return [];
  const own = await objectsOnlyOf(registry, state, row);
  const before = base === undefined ? undefined : await registryTreeAt(registry, base);
  const paths: string[] = [];
  for await (const { path } of listTree(reader, tree)) {
    const isOwn = path === row.path || path.startsWith(folder);
    const goes = own.has(path) && (before === undefined || (await findEntry(reader, before, path)) === undefined);
    if (isOwn || goes) paths.push(path);
  }
  return paths;
}

/**
 * None where a damaged version does not tell what it needs, or where a version waits in the work tree for its commit: an
 * object too many harms nobody.
 */
async function objectsOnlyOf(registry: Registry, state: RegistryState, row: VersionRow): Promise<ReadonlySet<string>> {
  if (await waitsForCommit(registry, state)) return new Set();
  const copies = await objectCopies(registry);
  const [own, others] = [new Set<string>(), new Set<string>()];
  let damaged = false;
  await eachVersion(
    state.versions.values(),
    async (other) => {
      const paths = other.path === row.path ? own : others;
      for await (const { reference } of objectsOf(copies, other)) paths.add(objectPath(reference.object));
    },
    () => {
      damaged = true;
    },
  );
  return damaged ? new Set() : new Set([...own].filter((path) => !others.has(path)));
}

/** `register --no-commit` writes a manifest that may name objects of versions that are committed. */
async function waitsForCommit({ root }: Registry, state: RegistryState): Promise<boolean> {
  for (const folder of await listFolders(root)) {
    const inside = relative(root, folder).split(sep).join('/');
    for (const name of await namesIn(folder)) {
      const path = `${inside}/${name}`;
      if (parseRegistryPath(path).kind === 'manifest' && !state.versions.has(path)) return true;
    }
  }
  return false;
}

/** Local tags on commits that are made again; they are due anew on the new ones. */
function tagsOn(registry: Registry, state: RegistryState, commits: ReadonlySet<Oid>): Map<string, Oid> {
  const tags = new Map(registry.refs.list('refs/tags/').map(({ name, oid }) => [name.slice('refs/tags/'.length), oid]));
  const found = new Map<string, Oid>();
  for (const row of state.versions.values()) {
    const name = formatVersionTag({ prefix: registry.prefix, kind: row.kind, name: row.name, version: row.version });
    const oid = tags.get(name);
    if (oid !== undefined && commits.has(row.commit)) found.set(name, oid);
  }
  return found;
}
