/**
 * `register`: files become objects, a signed manifest names them, a signed commit makes it a version. Everything is
 * on the disk and checked before the commit; the commit is the one moment at which the version exists.
 */
import type { SegmentIndex } from '../catalog/segment-index.js';
import { formatDigest } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import { branchForCommit } from '../git/busy.js';
import { findEntry } from '../git-format/diff-trees.js';
import { registerMessage } from '../history/message.js';
import type { RegistryState } from '../history/registry-state.js';
import { registryTreeAt } from '../history/registry-tree.js';
import { parseReference } from '../manifest/reference.js';
import { planRegistration } from '../registry/plan-registration.js';
import { commitChanges, reopened, writeFilesOnly } from './commit-changes.js';
import type { StoredObject } from './encode-file.js';
import { openEncoder } from './encoding-threads.js';
import { type LoadedState, loadState } from './load-state.js';
import { onNewestHead } from './on-newest-head.js';
import type { Registry } from './open-registry.js';
import { openPrincipalSigner, type PrincipalSigner, personOf } from './open-signer.js';
import { type PreparedVersion, prepareVersion, type RegisterRequest, versionsOf } from './prepare-version.js';
import { refuseReadOnly } from './refuse-read-only.js';
import { refuseUnreadable, refuseUnreadablePolicy } from './refuse-unreadable.js';
import { type RegisterResult, resultOf } from './register-result.js';
import { withRegistryLock } from './registry-lock.js';
import { extendPlaces, loadPlaces, savePlaces } from './segment-places.js';
import { landsAtOnce, madeTags, makeDueTags } from './tag.js';

export interface RegisterOptions {
  /** Line or paragraph for the commit message. */
  readonly message?: string | undefined;
  /** False: write the files, sign the manifest, leave the commit to the user. */
  readonly commit?: boolean | undefined;
  /** Original bytes read so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
  /** Let a registration through whose next push would exceed 2 GiB. */
  readonly forceSize?: boolean | undefined;
  /** Threads that encode; 1 for none but the caller's. Default: one for each core, at most two. */
  readonly threads?: number | undefined;
}

/** Bytes of new objects in one registration above which a push will be slow, and refused without `forceSize`. */
export const PUSH_WARNING = 1024 ** 3;
const PUSH_LIMIT = 2 * 1024 ** 3;
const ATTEMPTS = 100;

/**
 * Registers one version. Errors by code: `artifact/exists`, `artifact/no-files`, `artifact/unsupported-file`,
 * `usage/*`, `key/*`, `signature/unknown-key`, `policy/denied`, `io/*`, `git/busy`, `git/unsupported`, `remote/too-large`.
 */
export async function register(
  registry: Registry,
  request: RegisterRequest,
  options: RegisterOptions = {},
): Promise<RegisterResult> {
  const [result] = await registerAll(registry, [request], options);
  if (result === undefined) throw new RangeError('one request gives one result');
  return result;
}

/** Registers several versions of different artifacts in one commit, or none of them. */
export async function registerAll(
  registry: Registry,
  requests: readonly RegisterRequest[],
  options: RegisterOptions = {},
): Promise<RegisterResult[]> {
  refuseReadOnly(registry);
  for (let attempt = 1; ; attempt++) {
    try {
      // The handle may be as old as the program that holds it.
      return await registerOnce(reopened(registry), requests, options);
    } catch (error) {
      if (attempt >= ATTEMPTS || !isWorthAnother(error, requests)) throw error;
    }
  }
}

function isWorthAnother(error: unknown, requests: readonly RegisterRequest[]): boolean {
  // A stream cannot be read a second time.
  const rereadable = requests.every(({ content }) => content === undefined || content.bytes instanceof Uint8Array);
  if (!rereadable || !(error instanceof At1Error)) return false;
  // A git that rebases beside us took a stored object out of the working tree: it is stored again.
  if (error.code === 'object/missing') return true;
  // Somebody else took the number that was chosen here: the one after it is as good.
  return error.code === 'artifact/exists' && requests.every(leavesVersionOpen);
}

function leavesVersionOpen({ ref }: RegisterRequest): boolean {
  return ref === undefined || parseReference(ref).selector.kind === 'latest';
}

async function registerOnce(
  registry: Registry,
  requests: readonly RegisterRequest[],
  options: RegisterOptions,
): Promise<RegisterResult[]> {
  // Before the files are read and stored, which may take long.
  if (options.commit !== false) await branchForCommit(registry.repository);
  const loaded = await loadState(registry);
  const { state, policy } = loaded;
  refuseUnreadablePolicy(state);
  const signer = await openPrincipalSigner(registry.environment, registry.repository.config, registry.engines, policy);
  const known = await loadPlaces(registry, state);
  const places = new Map(known.places);
  let bytes = 0;
  const onBytes = (count: number) => {
    bytes += count;
    options.onProgress?.(bytes);
  };
  const encoder = openEncoder(registry.engines, { threads: options.threads });
  const prepared: PreparedVersion[] = [];
  try {
    const mayWait = options.commit === false || registry.refs.head().ref !== `refs/heads/${registry.config.branch}`;
    const context = { registry, state, policy, signer, mayWait, places, encoder, onBytes };
    for (const [index, request] of requests.entries()) {
      try {
        prepared.push(await prepareVersion(request, context));
      } catch (error) {
        throw fromRequest(error, index, requests.length);
      }
    }
  } finally {
    encoder.close();
  }
  refuseTwins(prepared);
  refuseHugePush(prepared, options.forceSize === true);
  if (options.commit === false) return writeOnly(registry, loaded, prepared, signer);
  return withRegistryLock(registry, () => commitPrepared(registry, prepared, { signer, loaded, known }, options));
}

/** What was found out before the lock was taken: to go on from, since somebody may have come first. */
interface Before {
  readonly signer: PrincipalSigner;
  readonly loaded: LoadedState;
  readonly known: SegmentIndex;
}

async function commitPrepared(
  registry: Registry,
  prepared: readonly PreparedVersion[],
  before: Before,
  options: RegisterOptions,
): Promise<RegisterResult[]> {
  let { loaded } = before;
  return onNewestHead(registry, async (now) => {
    loaded = await loadState(now, { from: loaded });
    const due = dueIn(loaded.state, prepared);
    const commit = due.length === 0 ? undefined : await commitDue(now, due, before.signer, options);
    return finish(now, prepared, new Set(due), commit, { ...before, loaded });
  });
}

/** Those that are not registered yet; throws where a version is taken by other bytes. */
function dueIn(state: RegistryState, prepared: readonly PreparedVersion[]): PreparedVersion[] {
  return prepared.filter((version, index) => {
    try {
      return isNew(state, version);
    } catch (error) {
      throw fromRequest(error, index, prepared.length);
    }
  });
}

/** Among several requests the fact `request`, counted from 0, says which one failed. */
function fromRequest(error: unknown, request: number, count: number): unknown {
  if (!(error instanceof At1Error) || count === 1) return error;
  const { code, message, hint, facts } = error;
  const details = { message, facts: { ...facts, request }, cause: error };
  return new At1Error(code, hint === undefined ? details : { ...details, hint });
}

function isNew(state: RegistryState, version: PreparedVersion): boolean {
  const artifact = `${version.kind}/${version.name}`;
  refuseUnreadable(state, version);
  return (
    planRegistration(artifact, version.version, version.content, versionsOf(state, version.kind, version.name)).kind ===
    'new'
  );
}

async function commitDue(
  registry: Registry,
  due: readonly PreparedVersion[],
  signer: PrincipalSigner,
  options: RegisterOptions,
): Promise<string> {
  const files = new Map<string, Uint8Array>();
  for (const version of due) {
    files.set(version.manifest.path, version.manifest.bytes);
    files.set(version.signature.path, version.signature.bytes);
  }
  const { commit } = await commitChanges(registry, {
    files,
    objects: await missingObjects(
      registry,
      due.flatMap((version) => version.objects),
    ),
    message: registerMessage(
      due.map((version) => ({
        reference: version.reference,
        content: formatDigest(version.content),
        manifest: formatDigest(version.manifest.digest),
      })),
      options.message,
    ),
    author: personOf(registry.environment, registry.repository.config, signer.principal),
    signer,
  });
  return commit;
}

/** Objects that HEAD does not hold yet. */
async function missingObjects(registry: Registry, objects: readonly StoredObject[]): Promise<StoredObject[]> {
  const tree = await registryTreeAt(registry, registry.head);
  const missing = new Map<string, StoredObject>();
  for (const object of objects) {
    const held =
      object.reused && tree !== undefined && (await findEntry(registry.reader, tree, object.path)) !== undefined;
    if (!held) missing.set(object.path, object);
  }
  return [...missing.values()];
}

async function finish(
  planned: Registry,
  prepared: readonly PreparedVersion[],
  due: ReadonlySet<PreparedVersion>,
  commit: string | undefined,
  { signer, loaded, known }: Before,
): Promise<RegisterResult[]> {
  const registry = commit === undefined ? planned : reopened(planned);
  const landed = await loadState(registry, { from: loaded });
  const { state } = landed;
  if (commit !== undefined) await savePlaces(registry, await extendPlaces(registry, state, known));
  const tags = landsAtOnce(registry) ? await makeDueTags(registry, landed, signer) : madeTags(registry, landed);
  return prepared.map((version) => {
    const fresh = due.has(version);
    return resultOf(version, signer, landed, {
      state: fresh ? 'registered' : 'unchanged',
      commit: (fresh ? commit : state.versions.get(version.manifest.path)?.commit) ?? null,
      tag: tags.get(version.manifest.path) ?? null,
    });
  });
}

async function writeOnly(
  registry: Registry,
  loaded: LoadedState,
  prepared: readonly PreparedVersion[],
  signer: PrincipalSigner,
): Promise<RegisterResult[]> {
  const due = dueIn(loaded.state, prepared);
  const files = new Map<string, Uint8Array>();
  for (const version of due) {
    files.set(version.manifest.path, version.manifest.bytes);
    files.set(version.signature.path, version.signature.bytes);
  }
  await writeFilesOnly(registry, files);
  return prepared.map((version) =>
    resultOf(version, signer, loaded, {
      state: due.includes(version) ? 'written' : 'unchanged',
      commit: null,
      tag: null,
    }),
  );
}

/** Two versions of one artifact in one commit break readers of the tags, and one of them could not be told first. */
function refuseTwins(prepared: readonly PreparedVersion[]): void {
  const seen = new Set<string>();
  for (const [request, { kind, name }] of prepared.entries()) {
    const artifact = `${kind}/${name}`;
    if (seen.has(artifact)) {
      throw new At1Error('usage/invalid', {
        message: `two versions of ${artifact} cannot land in one commit`,
        hint: 'register them one after the other',
        facts: { request },
      });
    }
    seen.add(artifact);
  }
}

function refuseHugePush(prepared: readonly PreparedVersion[], force: boolean): void {
  const stored = prepared.flatMap((version) => version.objects).reduce((sum, o) => sum + (o.reused ? 0 : o.size), 0);
  if (stored <= PUSH_LIMIT || force) return;
  throw new At1Error('remote/too-large', {
    message: `the next push would send ${stored} bytes, and most forges refuse more than 2 GiB`,
    hint: 'register in smaller parts and push between them, or say --force-size',
    facts: { stored },
  });
}
