/**
 * `init --github`: the gate of a registry as files of its repository, in one signed commit by somebody whom the policy lets
 * configure. What is there already is told, and left as it is.
 */
import { join, relative, resolve, sep } from 'node:path';
import { equalBytes, fromUtf8, utf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { existsSync } from '../files/node-fs.js';
import { GitReader } from '../git/reader.js';
import { Refs } from '../git/refs.js';
import { openRepository, type Repository } from '../git/repository.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { readCommit, readSmallBlob } from '../git-format/read-object.js';
import { githubMessage } from '../history/message.js';
import { CONFIG_PATH } from '../manifest/layout-of-registry.js';
import type { Finding } from '../registry/finding.js';
import {
  CODEOWNERS_PATHS,
  codeownersLines,
  type GithubOptions,
  githubWorkflows,
  parseAction,
  parseOwner,
} from '../registry/github-files.js';
import { decide } from '../registry/policy.js';
import { keyIdOf } from '../signing/public-key.js';
import { readFileBounded } from '../store/read-file.js';
import { pathInside } from '../store/root.js';
import { commitChanges, reopened } from './commit-changes.js';
import { defaultEnvironment, type Environment, repositoryOptions } from './environment.js';
import { type InitOptions, type InitResult, init } from './init.js';
import { judgeTrust } from './judge-trust.js';
import { type LoadedState, loadState } from './load-state.js';
import { openRegistry, type Registry } from './open-registry.js';
import { openPrincipalSigner, type PrincipalSigner, personOf } from './open-signer.js';
import { refuseReadOnly } from './refuse-read-only.js';
import { withRegistryLock } from './registry-lock.js';

export interface InitGithubOptions extends InitOptions {
  /** `owner/repository@commit` of the at1 that is to judge. */
  readonly action: string;
  /** For CODEOWNERS: `@org/team`. */
  readonly owner?: string | undefined;
  /** Tell what would be written; write nothing, and start no registry. */
  readonly dryRun?: boolean | undefined;
}

export interface GithubFile {
  /** From the top of the repository. */
  readonly path: string;
  /** `written`; `present`: it is there and says the same; `kept`: it is there with other content, and left as it is. */
  readonly state: 'written' | 'present' | 'kept';
  /** What it is meant to hold; of a CODEOWNERS that was kept, the lines to add. */
  readonly text: string;
}

/** As of `init`, where a registry was started; null is what is not known or was not made. */
export interface InitGithubResult {
  readonly dir: string;
  readonly registry: string | null;
  readonly branch: string;
  readonly principal: string | null;
  readonly key: InitResult['key'] | null;
  readonly root: string | null;
  /** The first commit of the registry; null where it was there before. */
  readonly commit: string | null;
  readonly github: {
    readonly dryRun: boolean;
    readonly files: readonly GithubFile[];
    /** The commit with the files; null where there was nothing to write. */
    readonly commit: string | null;
  };
}

const FILE_LIMIT = 4 * 1024 * 1024;
/** What a dry run shows where there is no registry yet. */
const ROOT_TO_COME = 'sha256:…';

/** Throws what `init` throws, and `usage/invalid`, `policy/denied`, `trust/root-changed`, `git/shallow`. */
export async function initGithub(options: InitGithubOptions): Promise<InitGithubResult> {
  const action = parseAction(options.action);
  const owner = options.owner === undefined ? undefined : parseOwner(options.owner);
  const dir = resolve(options.dir);
  const dryRun = options.dryRun === true;
  const there = existsSync(join(dir, CONFIG_PATH));
  const environment = defaultEnvironment(options.environment);
  if (!there && dryRun) return imagined(dir, options, { action, owner }, environment);
  const started = there ? undefined : await init(options);
  const registry = await openRegistry({ dir, environment });
  refuseReadOnly(registry);
  const loaded = await loadState(registry);
  const root = await trustedRoot(registry, loaded);
  const { prefix, config } = registry;
  const wanted = { files: { action, root, branch: config.branch, prefix }, owner };
  const about = { dir, registry: loaded.state.registry, branch: config.branch, root, commit: started?.commit ?? null };
  const plan = await planFiles(registry, wanted);
  if (dryRun || !plan.some(({ state }) => state === 'written')) {
    const who = { principal: started?.principal ?? null, key: started?.key ?? null };
    return { ...about, ...who, github: { dryRun, files: plan, commit: null } };
  }
  return withRegistryLock(registry, async () => {
    const now = reopened(registry);
    const signer = await configuringSigner(now, await loadState(now));
    const files = await planFiles(now, wanted);
    const commit = await commitFiles(now, files, signer);
    const id = keyIdOf(signer.signer.publicKey.raw, now.engines);
    const key = started?.key ?? { id, source: signer.source, created: false };
    return { ...about, principal: signer.principal, key, github: { dryRun, files, commit } };
  });
}

interface Wanted {
  readonly files: GithubOptions;
  readonly owner: string | undefined;
}

async function imagined(
  dir: string,
  { branch }: InitOptions,
  { action, owner }: { readonly action: GithubOptions['action']; readonly owner: string | undefined },
  environment: Environment,
): Promise<InitGithubResult> {
  const repository = await repositoryAt(dir, environment);
  const top = repository?.workTree ?? dir;
  const prefix = relative(top, dir).split(sep).join('/');
  const refs = repository === undefined ? undefined : new Refs(repository);
  const named = branch ?? refs?.head().ref?.slice('refs/heads/'.length) ?? 'main';
  const reader = repository === undefined ? undefined : new GitReader(repository);
  const place = { top, reader, head: refs?.head().oid };
  const files = await planAt(place, { files: { action, root: ROOT_TO_COME, branch: named, prefix }, owner });
  reader?.close();
  const nothing = { registry: null, principal: null, key: null, root: null, commit: null };
  return { dir, branch: named, ...nothing, github: { dryRun: true, files, commit: null } };
}

async function repositoryAt(dir: string, environment: Environment): Promise<Repository | undefined> {
  try {
    return await openRepository(dir, repositoryOptions(environment));
  } catch (error) {
    if (error instanceof At1Error && error.code === 'git/not-a-repository') return undefined;
    throw error;
  }
}

/** What the workflows will pin: of a registry that this machine has no reason to doubt. */
async function trustedRoot(registry: Registry, { state }: LoadedState): Promise<string> {
  const findings: Finding[] = [];
  await judgeTrust(registry, state, findings);
  const wrong = findings.find(({ severity }) => severity === 'error');
  if (wrong !== undefined) {
    throw new At1Error(wrong.code, { message: wrong.message, hint: wrong.hint ?? undefined });
  }
  if (!state.root.complete) {
    throw new At1Error('git/shallow', {
      message: 'a shallow clone does not show the root policy that the workflows pin',
      hint: 'git fetch --unshallow',
    });
  }
  return `sha256:${state.root.policy}`;
}

async function configuringSigner(registry: Registry, { policy }: LoadedState): Promise<PrincipalSigner> {
  const { environment, repository, engines } = registry;
  const signer = await openPrincipalSigner(environment, repository.config, engines, policy);
  if (decide(policy.policy, 'configure', undefined, new Set([signer.principal])).kind === 'allowed') return signer;
  throw new At1Error('policy/denied', {
    message: `${signer.principal} alone may not configure, and the gate refuses such files from anybody else`,
    hint: 'at1 policy show tells who may; --dry-run prints the files for them',
  });
}

function planFiles(registry: Registry, wanted: Wanted): Promise<GithubFile[]> {
  const { repository, reader, head, root } = registry;
  return planAt({ top: repository.workTree ?? root, reader, head }, wanted);
}

interface Place {
  readonly top: string;
  readonly reader: GitReader | undefined;
  readonly head: Oid | undefined;
}

async function planAt(place: Place, { files, owner }: Wanted): Promise<GithubFile[]> {
  const plan: GithubFile[] = [];
  for (const [path, text] of githubWorkflows(files)) plan.push(await planFile(place, path, text));
  if (owner !== undefined) plan.push(await planOwners(place, codeownersLines(owner, files.prefix)));
  return plan;
}

async function planFile(place: Place, path: string, text: string): Promise<GithubFile> {
  const { working, committed } = await bytesAt(place, path);
  const differs = [working, committed].some((bytes) => bytes !== undefined && !equalBytes(bytes, utf8(text)));
  return { path, state: differs ? 'kept' : committed === undefined ? 'written' : 'present', text };
}

/** GitHub reads one of several; the lines of an owner who is named elsewhere in it would have an order, so people add them. */
async function planOwners(place: Place, lines: readonly string[]): Promise<GithubFile> {
  const wanted = `${lines.join('\n')}\n`;
  for (const path of CODEOWNERS_PATHS) {
    const { working, committed } = await bytesAt(place, path);
    const bytes = working ?? committed;
    if (bytes === undefined || (committed === undefined && equalBytes(bytes, utf8(wanted)))) continue;
    const held = new Set(fromUtf8(bytes).split(/\r?\n/));
    return { path, state: lines.every((line) => held.has(line)) ? 'present' : 'kept', text: wanted };
  }
  return { path: CODEOWNERS_PATHS[0] as string, state: 'written', text: wanted };
}

async function bytesAt({ top, reader, head }: Place, path: string) {
  const working = await readFileBounded(await pathInside(top, path, undefined, 'read'), FILE_LIMIT);
  if (reader === undefined || head === undefined) return { working, committed: undefined };
  const entry = await findEntry(reader, (await readCommit(reader, head)).tree, path);
  if (entry === undefined) return { working, committed: undefined };
  // A link or a folder of that name is something else, whatever it leads to.
  const plain = entry.mode.startsWith('100');
  return { working, committed: plain ? await readSmallBlob(reader, entry.oid, FILE_LIMIT) : utf8('') };
}

async function commitFiles(
  registry: Registry,
  files: readonly GithubFile[],
  signer: PrincipalSigner,
): Promise<string | null> {
  const written = files.filter(({ state }) => state === 'written');
  if (written.length === 0) return null;
  const { environment, repository, root } = registry;
  const done = await commitChanges(
    // They belong to the repository, whose registry may be a folder of it.
    { ...registry, root: repository.workTree ?? root, prefix: '' },
    {
      files: new Map(written.map(({ path, text }) => [path, utf8(text)])),
      objects: [],
      message: githubMessage(written.map(({ path }) => path)),
      author: personOf(environment, repository.config, signer.principal),
      signer,
    },
  );
  return done.commit;
}
