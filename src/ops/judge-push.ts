/**
 * A push as a hook sees it, before it is one: what it does to the branch of a registry is judged by the gate, what it does to
 * anything else is left alone. Which branch that is says the registry itself, as it is before the push.
 */
import { resolve } from 'node:path';
import { At1Error } from '../errors.js';
import { GitReader } from '../git/reader.js';
import { Refs } from '../git/refs.js';
import { openRepository, type Repository } from '../git/repository.js';
import { isOid, type Oid } from '../git-format/oid.js';
import { readCommit } from '../git-format/read-object.js';
import { registryTree } from '../history/registry-tree.js';
import { type Finding, finding, findingOf } from '../registry/finding.js';
import { OBJECT_CHECKS } from '../registry/policy.js';
import { defaultEnvironment, type Environment, repositoryOptions } from './environment.js';
import { type GateRequest, type GateResult, gate } from './gate.js';
import { judgeTrust } from './judge-trust.js';
import { loadState } from './load-state.js';
import { isRegistry, openRegistry, type Registry, registryFolders } from './open-registry.js';

/** A ref that a push makes, moves or deletes; null where it is not there before, or after. */
export interface PushedRef {
  readonly ref: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface JudgePushOptions {
  readonly dir: string;
  readonly refs: readonly PushedRef[];
  /** The refs are those of this repository, not of a remote: a symbolic one moves another. Default false. */
  readonly received?: boolean | undefined;
  /** Where neither the git setting at1.objects nor the policy asks for more; default `decode`. */
  readonly objects?: GateRequest['objects'];
  readonly environment?: Partial<Environment> | undefined;
}

export interface JudgedRef extends PushedRef {
  /** `ignored`: it is not the branch of a registry. */
  readonly state: 'accepted' | 'refused' | 'ignored';
  /** What the gate said, where there was something to judge it by. */
  readonly gate: GateResult | null;
  readonly findings: readonly Finding[];
}

export interface JudgePushResult {
  readonly ok: boolean;
  readonly refs: readonly JudgedRef[];
}

const HEADS = 'refs/heads/';
const NONE = '0'.repeat(40);

/** Lines that git gives a pre-receive hook: `old new ref`. Throws `usage/invalid`. */
export function parseReceived(text: string): PushedRef[] {
  return lineFields(text, 3).map(([before = '', after = '', ref = '']) => pushed(ref, before, after));
}

/** Lines that git gives a pre-push hook: `local-ref local-oid remote-ref remote-oid`. Throws `usage/invalid`. */
export function parseSent(text: string): PushedRef[] {
  return lineFields(text, 4).map(([, after = '', ref = '', before = '']) => pushed(ref, before, after));
}

function lineFields(text: string, count: number): string[][] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const fields = line.split(' ');
    if (fields.length === count) return fields;
    throw new At1Error('usage/invalid', { message: 'not what git gives a hook', hint: 'let git run it' });
  });
}

function pushed(ref: string, before: string, after: string): PushedRef {
  if (!isOid(before) || !isOid(after)) {
    throw new At1Error('usage/invalid', { message: 'not what git gives a hook', hint: 'let git run it' });
  }
  return { ref, before: before === NONE ? null : before, after: after === NONE ? null : after };
}

/** Never throws for what is wrong with a push: that is a finding, and refuses it. */
export async function judgePush(options: JudgePushOptions): Promise<JudgePushResult> {
  const environment = defaultEnvironment(options.environment);
  const dir = resolve(options.dir);
  const repository = await openRepository(dir, repositoryOptions(environment));
  const root = environment.root ?? repository.config.get('at1.root');
  const place: Place = {
    dir,
    repository,
    environment: { ...environment, root },
    ...(options.received === true ? movedIn(repository) : BY_NAME),
    objects: objectsOf(repository),
    usualObjects: options.objects,
  };
  const refs: JudgedRef[] = [];
  for (const one of options.refs) refs.push(await judgeSafely(place, one));
  return { ok: refs.every(({ state }) => state !== 'refused'), refs };
}

interface Place {
  readonly dir: string;
  readonly repository: Repository;
  readonly environment: Environment;
  /** The name of the ref that moves with one. */
  readonly movedBy: (ref: string) => string;
  /** Whether any branch moves with a ref. */
  readonly isBranch: (ref: string) => boolean;
  readonly objects: GateRequest['objects'];
  readonly usualObjects: GateRequest['objects'];
}

type Names = Pick<Place, 'movedBy' | 'isBranch'>;

/** Of a remote nothing is known but the names. */
const BY_NAME: Names = { movedBy: (ref) => ref, isBranch: (ref) => ref.startsWith(HEADS) };

/** A symbolic ref moves another; a broken one moves nothing, and is judged by its own name. */
function movedIn(repository: Repository): Names {
  const refs = new Refs(repository);
  const movedBy = (ref: string) => {
    try {
      return refs.movedBy(ref);
    } catch (error) {
      if (error instanceof At1Error && error.code === 'git/ref-invalid') return ref;
      throw error;
    }
  };
  // A branch may lead to a ref that is no branch itself.
  const targets = new Set(refs.list(HEADS).map(({ name }) => movedBy(name)));
  const isBranch = (ref: string) => [ref, movedBy(ref)].some((name) => name.startsWith(HEADS) || targets.has(name));
  return { movedBy, isBranch };
}

function objectsOf({ config }: Repository): GateRequest['objects'] {
  const text = config.get('at1.objects');
  const found = OBJECT_CHECKS.find((known) => known === text);
  if (text === undefined || found !== undefined) return found;
  throw new At1Error('usage/invalid', { message: `the git setting at1.objects is one of ${OBJECT_CHECKS.join(', ')}` });
}

async function judgeSafely(place: Place, pushed: PushedRef): Promise<JudgedRef> {
  try {
    if (!place.isBranch(pushed.ref)) return { ...pushed, state: 'ignored', gate: null, findings: [] };
    return await judgeBranch(place, pushed);
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    // What cannot be read is not judged, and what is not judged does not pass.
    return refused(pushed, findingOf(error, pushed.ref));
  }
}

function refused(pushed: PushedRef, ...findings: Finding[]): JudgedRef {
  return { ...pushed, state: 'refused', gate: null, findings };
}

async function judgeBranch(place: Place, pushed: PushedRef): Promise<JudgedRef> {
  const { before, after, ref } = pushed;
  const ignored: JudgedRef = { ...pushed, state: 'ignored', gate: null, findings: [] };
  if (before !== null && !isHere(place, before as Oid)) {
    const message = `the commit ${before.slice(0, 12)} that the remote has is not here`;
    return refused(pushed, finding('error', 'remote/outdated', ref, message, 'git fetch, then merge or rebase'));
  }
  const base = before === null ? undefined : await registryAt(place, before as Oid);
  if (base === undefined) return after === null ? ignored : judgeBeginning(place, pushed, ignored);
  if (!isRegistryBranch(place, base, ref)) return ignored;
  if (after === null) {
    const hint = 'whoever runs the server can delete it there';
    return refused(
      pushed,
      finding('error', 'history/rewound', ref, 'the branch of the registry would be deleted', hint),
    );
  }
  const { objects, usualObjects } = place;
  const allowPending = place.repository.config.boolean('at1.allowPending');
  const result = await gate(base, { head: after, objects, usualObjects, allowPending, isPush: true });
  const findings = result.findings.map(({ file: _file, line: _line, ...found }): Finding => found);
  return { ...pushed, state: result.ok ? 'accepted' : 'refused', gate: result, findings };
}

/** There is no policy yet to judge by: only a pinned root can tell whether this is the registry that is meant. */
async function judgeBeginning(place: Place, pushed: PushedRef, ignored: JudgedRef): Promise<JudgedRef> {
  const after = pushed.after as Oid;
  const registry = await registryAt(place, after);
  const { ref } = pushed;
  const pinned = place.environment.root !== undefined;
  if (registry === undefined) {
    const named = place.repository.config.get('at1.branch');
    if (!pinned || named === undefined || !isBranch(place, named, ref)) return ignored;
    return refused(pushed, finding('error', 'registry/not-found', ref, 'the branch would hold no registry'));
  }
  if (!isRegistryBranch(place, registry, ref)) return ignored;
  const { state } = await loadState(registry);
  const findings: Finding[] = [...state.findings];
  await judgeTrust(registry, state, findings);
  const wrong = findings.filter(({ severity }) => severity === 'error');
  if (wrong.length > 0) return refused(pushed, ...wrong);
  const notes = pinned
    ? []
    : [
        finding(
          'note',
          'trust/first-use',
          ref,
          `a registry begins here, with the root sha256:${state.root.policy}: there is nothing to judge it by`,
          `git config at1.root sha256:${state.root.policy}`,
        ),
      ];
  return { ...pushed, state: 'accepted', gate: null, findings: notes };
}

function isRegistryBranch(place: Place, { config }: Registry, ref: string): boolean {
  return isBranch(place, place.repository.config.get('at1.branch') ?? config.branch, ref);
}

/** By that name or by another one that leads to the same branch. */
function isBranch({ movedBy }: Place, branch: string, ref: string): boolean {
  return movedBy(ref) === movedBy(`${HEADS}${branch}`);
}

/** The registry in a commit; undefined where there is none. Throws `usage/invalid` where nothing says which of several. */
async function registryAt({ dir, repository, environment }: Place, commit: Oid): Promise<Registry | undefined> {
  const reader = new GitReader(repository);
  try {
    const named = repository.config.get('at1.registry')?.replace(/^\/+|\/+$/g, '');
    const found =
      named === undefined ? await registryFolders(reader, commit) : await foldersNamed(reader, commit, named);
    const [prefix] = found;
    if (prefix === undefined) return undefined;
    if (found.length > 1) {
      throw new At1Error('usage/invalid', {
        message: `several folders are registries: ${found.join(', ')}`,
        hint: 'say which one is judged: git config at1.registry FOLDER',
      });
    }
    return await openRegistry({ dir, at: commit, prefix, environment });
  } finally {
    reader.close();
  }
}

function isHere({ repository }: Place, commit: Oid): boolean {
  const reader = new GitReader(repository);
  try {
    return reader.has(commit);
  } finally {
    reader.close();
  }
}

async function foldersNamed(reader: GitReader, commit: Oid, prefix: string): Promise<string[]> {
  const tree = await registryTree(reader, (await readCommit(reader, commit)).tree, prefix);
  return tree !== undefined && (await isRegistry(reader, tree)) ? [prefix] : [];
}
