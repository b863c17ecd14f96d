/**
 * `init`: a folder of a git repository becomes a registry: identity, first policy with its owner's key, attributes
 * for git, one signed commit. Foreign files are never touched; a kind folder that holds something else is a refusal.
 */

import { randomBytes } from 'node:crypto';
import { join, relative, resolve, sep } from 'node:path';
import { ulid } from 'ulid';
import { compareBytes, utf8 } from '../bytes/text.js';
import { allowedSignersOf } from '../checks/check-allowed-signers.js';
import { At1Error } from '../errors.js';
import { uninterrupted } from '../files/interrupt.js';
import { existsSync, mkdir, readdirSync } from '../files/node-fs.js';
import { initRepository } from '../git/init-repository.js';
import { GitReader } from '../git/reader.js';
import { Refs } from '../git/refs.js';
import { openRepository, type Repository } from '../git/repository.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { readCommit } from '../git-format/read-object.js';
import type { TreeEntry } from '../git-format/tree.js';
import { initMessage } from '../history/message.js';
import { readConfig, writeConfig } from '../manifest/documents.js';
import {
  ALLOWED_SIGNERS_PATH,
  CONFIG_PATH,
  OWNED_FOLDERS,
  POLICY_PATH,
  policySignaturePath,
} from '../manifest/layout-of-registry.js';
import { parseRegistryId } from '../manifest/registry-id.js';
import { createNativeEngines } from '../native/engines.js';
import { keyIdOf } from '../signing/public-key.js';
import { readFileBounded } from '../store/read-file.js';
import { writeMemory } from '../store/state-memory.js';
import { commitChanges } from './commit-changes.js';
import { defaultEnvironment, type Environment, repositoryOptions } from './environment.js';
import { firstPolicy } from './first-policy.js';
import { withAttributes } from './git-attributes.js';
import { personOf } from './open-signer.js';
import { readAttributes } from './read-attributes.js';
import { verifyKit } from './verify-kit.js';

export interface InitOptions {
  /** The folder that becomes the registry; made if needed, with a git repository around it if there is none. */
  readonly dir: string;
  /** Name of the owner in the policy; default made of the git identity or the user's name. */
  readonly principal?: string | undefined;
  readonly branch?: string | undefined;
  readonly environment?: Partial<Environment> | undefined;
  /** For the owner's default name, where git knows none. */
  readonly userName?: string | undefined;
  /** Text of the policy to begin with, in place of one that names the owner alone. */
  readonly policy?: string | undefined;
}

export interface InitResult {
  readonly dir: string;
  readonly registry: string;
  readonly branch: string;
  readonly principal: string;
  readonly key: { readonly id: string; readonly source: string; readonly created: boolean };
  /** Digest of the root policy: what others pin. */
  readonly root: string;
  readonly commit: string;
}

/** What people may have for something else; `.at1` is ours by its name. */
const FOLDERS = OWNED_FOLDERS.filter((name) => name !== '.at1');
const CONFIG_LIMIT = 1024 * 1024;

/**
 * Throws `registry/exists`, `registry/foreign-folder`, `git/unsupported`, `git/busy`, `key/*`, `io/*`, for a policy that is
 * given `policy/*`, `document/*` and `signature/unknown-key`, and `capability/missing` where the package is not whole.
 */
export function init(options: InitOptions): Promise<InitResult> {
  return uninterrupted(() => begin(options));
}

async function begin(options: InitOptions): Promise<InitResult> {
  const environment = defaultEnvironment(options.environment);
  const dir = resolve(options.dir);
  await refuseForeign(dir, environment);
  const engines = await createNativeEngines();
  const repository = await repositoryFor(dir, options.branch ?? 'main', environment);
  const root = repository.workTree;
  if (root === undefined) {
    throw new At1Error('git/unsupported', {
      message: 'a bare repository cannot be made a registry',
      hint: 'init in a clone, then push',
    });
  }
  const prefix = prefixOf(root, dir);
  const refs = new Refs(repository);
  const head = refs.head();
  const reader = new GitReader(repository);
  const committed = async (path: string) => committedFile(reader, head.oid, prefix === '' ? path : `${prefix}/${path}`);
  if ((await committed(CONFIG_PATH)) !== undefined) {
    reader.close();
    throw notCheckedOut(dir);
  }
  const branch = options.branch ?? head.ref?.slice('refs/heads/'.length) ?? 'main';
  const registry = parseRegistryId(ulid(environment.now().getTime(), randomUnit));
  const { loaded, principal, key } = await firstPolicy(options, { environment, repository, engines }, registry);
  const policy = loaded.bytes;
  const attributes = await readAttributes(dir, reader, await committed('.gitattributes'));
  const config = writeConfig({ format: 1, id: registry, branch, storage: 'git' });
  const kit = await verifyKit({ registry, root: loaded.digest });
  const person = personOf(environment, repository.config, principal);
  const { commit } = await commitChanges(
    {
      root: dir,
      prefix,
      config: readConfig(config),
      repository,
      reader,
      refs,
      engines,
      environment,
      head: head.oid,
      past: false,
      expectedRoot: undefined,
    },
    {
      files: new Map([
        [CONFIG_PATH, config],
        ['.gitattributes', utf8(withAttributes(attributes))],
        ['.at1/.gitignore', utf8('cache/\n')],
        [POLICY_PATH, policy],
        [policySignaturePath(principal), utf8(await key.opened.sign('at1-policy', policy))],
        [ALLOWED_SIGNERS_PATH, allowedSignersOf(loaded)],
        ...kit,
      ]),
      objects: [],
      message: initMessage(registry),
      author: person,
      signer: key.opened,
    },
  );
  reader.close();
  // Whoever made the registry has seen its root.
  await writeMemory(environment.stateDir, registry, { root: loaded.digest, trust: 'first-use', branches: new Map() });
  return {
    dir,
    registry,
    branch,
    principal,
    key: { id: keyIdOf(key.opened.signer.publicKey.raw, engines), source: key.opened.source, created: key.created },
    root: `sha256:${loaded.digest}`,
    commit,
  };
}

async function refuseForeign(dir: string, environment: Environment): Promise<void> {
  if (existsSync(join(dir, CONFIG_PATH)) && !(await isUnfinished(dir, environment))) {
    throw new At1Error('registry/exists', {
      message: `${dir} is a registry already`,
      hint: 'at1 list shows what is in it',
    });
  }
  for (const name of FOLDERS) {
    if (!existsSync(join(dir, name))) continue;
    if (isEmptyFolder(join(dir, name))) continue;
    throw new At1Error('registry/foreign-folder', {
      message: `'${name}' in ${dir} holds something else already`,
      hint: 'give the registry a folder of its own: at1 init registry',
      facts: { folder: name },
    });
  }
}

/** What an `init` wrote that was stopped before its commit: nobody has changed it, and no commit holds it. */
async function isUnfinished(dir: string, environment: Environment): Promise<boolean> {
  try {
    const bytes = await readFileBounded(join(dir, CONFIG_PATH), CONFIG_LIMIT);
    if (bytes === undefined) return false;
    const { id, branch } = readConfig(bytes);
    if (compareBytes(writeConfig({ format: 1, id, branch, storage: 'git' }), bytes) !== 0) return false;
    const repository = await openRepository(dir, repositoryOptions(environment));
    const { oid } = new Refs(repository).head();
    if (oid === undefined) return true;
    return !(await holdsConfig(repository, prefixOf(repository.workTree ?? dir, dir), oid));
  } catch (error) {
    // Whether it is one cannot be told before git's own damage is mended: that is what to say.
    if (error instanceof At1Error && error.code !== 'git/ref-invalid') return false;
    throw error;
  }
}

async function holdsConfig(repository: Repository, prefix: string, head: Oid): Promise<boolean> {
  const reader = new GitReader(repository);
  try {
    return (await committedFile(reader, head, prefix === '' ? CONFIG_PATH : `${prefix}/${CONFIG_PATH}`)) !== undefined;
  } finally {
    reader.close();
  }
}

/** The registry's folder from the top of the work tree. */
function prefixOf(workTree: string, dir: string): string {
  return relative(workTree, dir).split(sep).join('/');
}

/** A clone without a checkout, or a file that was deleted: the registry is in git, and a second one would bury it. */
function notCheckedOut(dir: string): At1Error {
  return new At1Error('registry/exists', {
    message: `${dir} is a registry already; its ${CONFIG_PATH} is committed and not checked out`,
    hint: `git checkout HEAD -- ${CONFIG_PATH}`,
  });
}

async function committedFile(reader: GitReader, head: Oid | undefined, path: string): Promise<TreeEntry | undefined> {
  if (head === undefined) return undefined;
  const { tree } = await readCommit(reader, head);
  return findEntry(reader, tree, path);
}

function isEmptyFolder(path: string): boolean {
  try {
    return readdirSync(path).length === 0;
  } catch {
    return false;
  }
}

async function repositoryFor(dir: string, branch: string, environment: Environment): Promise<Repository> {
  const options = repositoryOptions(environment);
  try {
    await mkdir(dir, { recursive: true });
    return await openRepository(dir, options);
  } catch (error) {
    if (!(error instanceof At1Error) || error.code !== 'git/not-a-repository') throw error;
    return initRepository(dir, branch, options);
  }
}

/** The library's default would be the browser's generator; node's is as good and always there. */
function randomUnit(): number {
  return randomBytes(4).readUInt32BE(0) / 0x1_0000_0000;
}
