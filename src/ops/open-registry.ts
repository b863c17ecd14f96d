/** Finds a registry and opens what it is made of: repository, reader, refs, engines, configuration. */

import { join, relative, resolve, sep } from 'node:path';
import { type Digest, parseDigest } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { statSync } from '../files/node-fs.js';
import type { IndexLock } from '../git/index-lock.js';
import { GitReader } from '../git/reader.js';
import { Refs } from '../git/refs.js';
import { openRepository, type Repository } from '../git/repository.js';
import { findEntry } from '../git-format/diff-trees.js';
import { isOid, type ObjectReader, type Oid } from '../git-format/oid.js';
import { readCommit, readSmallBlob, readTreeEntries } from '../git-format/read-object.js';
import type { HistorySource } from '../history/folding.js';
import { registryTreeAt } from '../history/registry-tree.js';
import { CONFIG_LIMIT, type RegistryConfig, readConfig } from '../manifest/documents.js';
import { CONFIG_PATH } from '../manifest/layout-of-registry.js';
import { createNativeEngines } from '../native/engines.js';
import { defaultEnvironment, type Environment, repositoryOptions } from './environment.js';
import { resolveMoment } from './resolve-moment.js';

export interface OpenOptions {
  /** A folder in the registry, or anywhere in a repository with the registry above it. */
  readonly dir: string;
  /** Read the registry as of this commit, tag or date instead of HEAD. */
  readonly at?: string | undefined;
  /** The registry's folder from the top of the repository, where that is known; else it is looked for. */
  readonly prefix?: string | undefined;
  readonly environment?: Partial<Environment> | undefined;
}

/** An open registry. Its fields are for this library's own functions; treat it as a handle. */
export interface Registry {
  /** Absolute path of the registry's folder; for a bare repository the repository itself. */
  readonly root: string;
  /** The registry's folder from the top of the repository, '' or 'a/b'. */
  readonly prefix: string;
  readonly config: RegistryConfig;
  readonly repository: Repository;
  readonly reader: GitReader;
  readonly refs: Refs;
  readonly engines: Engines;
  readonly environment: Environment;
  /** The commit that is read: HEAD or `--at`. */
  readonly head: Oid;
  /** True where `--at` was given: what is read is not the present. */
  readonly past: boolean;
  readonly expectedRoot: Digest | undefined;
  /** While a change is made: the lock of git's index, for the whole of it. */
  readonly indexLock?: IndexLock | undefined;
}

/** Throws `registry/not-found`, `git/not-a-repository`, `git/unsupported`, `registry/empty-history`, `document/*`. */
export async function openRegistry(options: OpenOptions): Promise<Registry> {
  const environment = defaultEnvironment(options.environment);
  const expectedRoot = environment.root === undefined ? undefined : parseDigest(environment.root);
  const start = resolve(options.dir);
  const repository = await openAt(start, environment);
  const engines = await createNativeEngines();
  const reader = new GitReader(repository);
  const refs = new Refs(repository);
  const present = refs.head().oid;
  const { workTree } = repository;
  const root = workTree === undefined || options.prefix !== undefined ? undefined : findRoot(start, workTree);
  if (present === undefined && !(options.at !== undefined && isOid(options.at))) {
    // A clone of a remote whose HEAD names a branch that is not there checks nothing out.
    const fetched = refs.list('refs/remotes/')[0]?.name.split('/').slice(3).join('/');
    throw new At1Error(root === undefined ? 'registry/not-found' : 'registry/empty-history', {
      message: root === undefined ? `no registry in ${start}` : 'the repository has no commit yet',
      hint: fetched === undefined ? 'run at1 init to start a registry' : `check a branch out: git switch ${fetched}`,
    });
  }
  const head =
    options.at === undefined && present !== undefined
      ? present
      : await resolveMoment(options.at ?? 'HEAD', present, reader, refs, repository);
  const prefix =
    root === undefined
      ? (options.prefix ?? (await findPrefix(reader, head, start)))
      : relative(repository.workTree ?? root, root)
          .split(sep)
          .join('/');
  const config = await configAt(reader, head, prefix, start);
  return {
    root: root ?? placeOf(repository, prefix),
    prefix,
    config,
    repository,
    reader,
    refs,
    engines,
    environment,
    head,
    past: options.at !== undefined,
    expectedRoot,
  };
}

/** Where at1.toml is not checked out the registry's folder is still where it would be, never git's own. */
function placeOf({ workTree, gitDir }: Repository, prefix: string): string {
  return workTree === undefined ? gitDir : join(workTree, ...prefix.split('/'));
}

export function historySource(registry: Registry): HistorySource {
  const { reader, engines, prefix, repository } = registry;
  return { reader, engines, prefix, shallow: repository.shallow };
}

async function openAt(start: string, environment: Environment): Promise<Repository> {
  try {
    return await openRepository(start, repositoryOptions(environment));
  } catch (error) {
    if (error instanceof At1Error && error.code === 'git/not-a-repository') {
      throw new At1Error('registry/not-found', {
        message: `no registry in ${start} or above`,
        hint: 'run at1 init, or name the registry with --registry DIR',
        cause: error,
      });
    }
    throw error;
  }
}

/** The nearest folder with an at1.toml, from `start` up to the top of the work tree. */
function findRoot(start: string, workTree: string): string | undefined {
  for (let dir = start; ; dir = resolve(dir, '..')) {
    if (statSync(join(dir, CONFIG_PATH), { throwIfNoEntry: false })?.isDirectory() === false) return dir;
    if (dir === workTree || dir === resolve(dir, '..')) return undefined;
  }
}

/** Without a work tree (or with at1.toml not checked out): the only top folder, or the top itself, that holds one. */
async function findPrefix(reader: GitReader, head: Oid, start: string): Promise<string> {
  const found = await registryFolders(reader, head);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new At1Error('registry/not-found', {
    message: `no registry in ${start}`,
    hint: found.length === 0 ? 'run at1 init to start one' : `name one of: ${found.join(', ')}`,
  });
}

/** '' alone where the top is one, else every folder of the top that is. */
export async function registryFolders(reader: GitReader, commit: Oid): Promise<string[]> {
  const root = (await readCommit(reader, commit)).tree;
  if (await isRegistry(reader, root)) return [''];
  const found: string[] = [];
  for (const entry of await readTreeEntries(reader, root)) {
    if (entry.mode === '40000' && (await isRegistry(reader, entry.oid))) found.push(entry.name);
  }
  return found;
}

/** A folder called at1.toml is none: an empty one is in no list of files that anybody reviews. */
export async function isRegistry(reader: ObjectReader, tree: Oid): Promise<boolean> {
  const entry = await findEntry(reader, tree, CONFIG_PATH);
  return entry !== undefined && entry.mode !== '40000';
}

async function configAt(reader: GitReader, head: Oid, prefix: string, start: string): Promise<RegistryConfig> {
  const tree = await registryTreeAt({ reader, prefix }, head);
  const entry = tree === undefined ? undefined : await findEntry(reader, tree, CONFIG_PATH);
  if (entry === undefined) {
    throw new At1Error('registry/not-found', {
      message: `commit ${head.slice(0, 12)} holds no registry in ${prefix === '' ? start : prefix}`,
      hint: 'run at1 init, or choose another --at',
    });
  }
  // The target of a link is no document, whatever it says.
  if (!entry.mode.startsWith('100')) {
    throw new At1Error('registry/not-found', {
      message: `at1.toml is not a plain file in commit ${head.slice(0, 12)}`,
      hint: 'look at an earlier commit with --at',
    });
  }
  return readConfig(await readSmallBlob(reader, entry.oid, CONFIG_LIMIT));
}
