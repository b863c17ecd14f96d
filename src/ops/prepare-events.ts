/**
 * Events before they are committed: planned on a state, signed, and held against the very fold that judges history, so
 * that a command, its dry run and the gate never disagree.
 */
import { utf8 } from '../bytes/text.js';
import { digestOf, formatDigest } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import { lanesIn, waitingEvents } from '../history/lanes-of-state.js';
import { eventMessage } from '../history/message.js';
import type { EventRow, RegistryState, VersionRow } from '../history/registry-state.js';
import { writeEvent } from '../manifest/documents.js';
import type { EventDocument } from '../manifest/generated/types.js';
import { eventPath, signaturePathOf } from '../manifest/layout-of-registry.js';
import type { LaneName } from '../manifest/name.js';
import { type StageMachine, stageMachine } from '../manifest/stage-machine.js';
import { formatTimestamp, parseTimestamp } from '../manifest/timestamp.js';
import type { ArtifactLanes } from '../registry/lanes.js';
import { displacements, type PlannedStep } from '../registry/plan-promotion.js';
import type { CommitPlan } from './commit-changes.js';
import { eventStanding, type StandingEvent } from './event-standing.js';
import type { LoadedState } from './load-state.js';
import type { Registry } from './open-registry.js';
import { openPrincipalSigner, type PrincipalSigner, personOf } from './open-signer.js';
import { refuseUnreadable, refuseUnreadablePolicy } from './refuse-unreadable.js';
import { simulateCommit } from './simulate-commit.js';

/** What every command that records an event takes. */
export interface EventOptions {
  /** Why, for people. */
  readonly reason?: string | undefined;
  /** What the signature means; default `approval`. */
  readonly meaning?: EventDocument['meaning'] | undefined;
  /** On a branch of its own, for a pull request, though one signature would be enough. */
  readonly pr?: boolean | undefined;
  /** Plan and judge, and write nothing. */
  readonly dryRun?: boolean | undefined;
  /** Begin the branch of it anew, upon the target as it is now: numbers change, and signatures of others are dropped. */
  readonly renew?: boolean | undefined;
}

export interface PlannedEvents {
  readonly row: VersionRow;
  readonly steps: readonly PlannedStep[];
  /** RFC 3339; from when on it holds no more. */
  readonly expires?: string | undefined;
  /** Without steps: the stage in which the version is. */
  readonly already?: LaneName | undefined;
}

export interface EventResult {
  readonly ref: string;
  /** `effective`: done. `pending`: waits for what is missing. `unchanged`: so before. With --dry-run, what it would be. */
  readonly state: 'effective' | 'pending' | 'unchanged';
  /** `unchanged`: the stage in which the version is; else null. */
  readonly already: string | null;
  readonly dryRun: boolean;
  /** `unchanged`: the one that brought the version there, where it has one of its own. */
  readonly events: readonly StandingEvent[];
  /** Other versions that leave a stage with it. */
  readonly displaced: readonly { readonly version: string; readonly from: string; readonly to: string | null }[];
  /** After `renew`: whose signatures were over the old event, and have to be given anew; else null. */
  readonly dropped: readonly string[] | null;
  readonly commit: string | null;
  /** The branch the commit is on, as far as it is not the one that is checked out. */
  readonly branch: string | null;
}

export type Plan = (
  state: RegistryState,
  lanesOf: (row: VersionRow) => ArtifactLanes,
  machine: StageMachine,
) => PlannedEvents;

export interface PreparedEvents {
  /** What they would amount to; nothing is written yet. */
  readonly result: EventResult;
  readonly commit: CommitPlan & { readonly signer: PrincipalSigner };
}

/** The plan on a state that can be read. */
export function planEvents({ state }: LoadedState, plan: Plan): PlannedEvents {
  refuseUnreadablePolicy(state);
  const planned = plan(state, (row) => lanesIn(state, row), stageMachine(state.stages ?? undefined));
  refuseUnreadable(state, planned.row);
  return planned;
}

/** What is so already, where the plan has no steps: neither signed nor written, so no key is asked for. */
export function unchangedEvents(
  { state, policy }: LoadedState,
  { row, already }: PlannedEvents,
  dryRun: boolean,
): EventResult {
  const brought = lanesIn(state, row).stages.get(row.version)?.event;
  // Where another version took its place, the event is about that one.
  const own = brought?.version === row.version ? state.events.get(brought.path) : undefined;
  return {
    ref: referenceOf(row),
    state: 'unchanged',
    already: already ?? null,
    dryRun,
    events: own === undefined ? [] : [eventStanding(state, policy, own)],
    displaced: [],
    dropped: null,
    commit: null,
    branch: null,
  };
}

/** Signs the events of a plan with steps, and asks the fold what they would amount to upon `registry.head`. */
export async function prepareEvents(
  registry: Registry,
  loaded: LoadedState,
  planned: PlannedEvents,
  options: EventOptions,
): Promise<PreparedEvents> {
  const { state, policy } = loaded;
  const { environment, repository, engines } = registry;
  const signer = await openPrincipalSigner(environment, repository.config, engines, policy);
  refuseProposed(state, planned);
  const { paths, files } = await writeEvents(registry, loaded, planned, signer, options);
  const author = personOf(environment, repository.config, signer.principal);
  const would = await simulateCommit(registry, loaded, files, author);
  for (const path of paths) refuseWrong(rowAt(would.state, path));
  const events = paths.map((path) => eventStanding(would.state, would.policy, rowAt(would.state, path)));
  const ref = referenceOf(planned.row);
  const machine = stageMachine(state.stages ?? undefined);
  const moved = displacements(lanesIn(state, planned.row), planned.steps, machine);
  const recorded = planned.steps.map(({ action, lane }, i) => {
    const digest = formatDigest(digestOf(engines.sha256(files.get(paths[i] ?? '') ?? new Uint8Array())));
    return { action, lane, reference: ref, digest };
  });
  return {
    result: {
      ref,
      already: null,
      state: events.some((event) => event.state === 'pending') ? 'pending' : 'effective',
      dryRun: options.dryRun === true,
      events,
      displaced: moved.map(({ version, from, to }) => ({ version, from, to: to ?? null })),
      dropped: null,
      commit: null,
      branch: null,
    },
    commit: { files, objects: [], message: eventMessage(recorded, options.reason ?? null), author, signer },
  };
}

function referenceOf({ kind, name, version }: VersionRow): string {
  return `${kind}/${name}@${version}`;
}

/** `promote/fraud-detector-1.2.0-production` */
export function branchFor({ row, steps }: Pick<PlannedEvents, 'row' | 'steps'>): string {
  const last = steps.at(-1);
  const what = last === undefined || last.lane === 'lifecycle' ? (last?.action ?? '') : last.lane;
  const name = row.kind === 'model' ? row.name : `${row.kind}-${row.name}`;
  return `promote/${name.replaceAll('/', '-')}-${row.version}-${what}`;
}

interface WrittenEvents {
  /** Paths of the events, in the order of the steps. */
  readonly paths: readonly string[];
  readonly files: ReadonlyMap<string, Uint8Array>;
}

async function writeEvents(
  registry: Registry,
  { state, policy }: LoadedState,
  { row, steps, expires }: PlannedEvents,
  signer: PrincipalSigner,
  { reason, meaning = 'approval' }: EventOptions,
): Promise<WrittenEvents> {
  const { environment, engines } = registry;
  const now = Math.floor(environment.now().getTime() / 1000);
  if (expires !== undefined && parseTimestamp(expires) <= now) {
    throw new At1Error('usage/invalid', { message: `it would be over at once: ${expires} has passed` });
  }
  const paths: string[] = [];
  const files = new Map<string, Uint8Array>();
  const lasts = new Map<LaneName, Pick<EventRow, 'seq' | 'digest'> | undefined>();
  for (const { lane } of steps) lasts.set(lane, lasts.get(lane) ?? lastIn(state, row, lane));
  for (const { action, lane, version, from, expiresDays } of steps) {
    const before = lasts.get(lane);
    const until = expires ?? (expiresDays === undefined ? undefined : formatTimestamp(now + expiresDays * 86_400));
    const seq = (before?.seq ?? 0) + 1;
    const bytes = writeEvent({
      registry: state.registry,
      kind: row.kind,
      name: row.name,
      lane,
      seq,
      ...(before === undefined ? {} : { previous: formatDigest(before.digest) }),
      action,
      version,
      manifest: formatDigest(row.manifest),
      content: formatDigest(row.content),
      policy: formatDigest(policy.digest),
      ...(from === null ? {} : { from }),
      ...(until === undefined ? {} : { expires: until }),
      actor: signer.principal,
      printed: policy.policy.principals.get(signer.principal)?.printedName ?? signer.principal,
      created: formatTimestamp(now),
      meaning,
      ...(reason === undefined ? {} : { reason }),
    });
    const path = eventPath(row.kind, row.name, lane, seq);
    paths.push(path);
    files.set(path, bytes);
    files.set(signaturePathOf(path, signer.principal), utf8(await signer.sign('at1-event', bytes)));
    lasts.set(lane, { seq, digest: digestOf(engines.sha256(bytes)) });
  }
  return { paths, files };
}

/** The last event of a lane, whether it took effect or not: the next one follows it. */
export function lastIn(
  { events }: RegistryState,
  { kind, name }: Pick<VersionRow, 'kind' | 'name'>,
  lane: LaneName,
): EventRow | undefined {
  let last: EventRow | undefined;
  for (const row of events.values()) {
    if (row.kind === kind && row.name === name && row.lane === lane && row.seq > (last?.seq ?? 0)) last = row;
  }
  return last;
}

function rowAt({ events }: RegistryState, path: string): EventRow {
  const row = events.get(path);
  if (row === undefined) throw new RangeError(`the event ${path} did not land`);
  return row;
}

/** Said twice it would wait twice, and take effect twice. */
function refuseProposed(state: RegistryState, { row, steps }: PlannedEvents): void {
  const waiting = waitingEvents(state).filter(({ kind, name }) => kind === row.kind && name === row.name);
  const same = waiting.find((event) =>
    steps.some(({ action, lane, version }) => {
      return event.action === action && event.lane === lane && event.version === version;
    }),
  );
  if (same === undefined) return;
  throw new At1Error('artifact/exists', {
    message: `it is proposed already, by ${same.actor}`,
    hint: 'others sign it with at1 approve',
    facts: { event: same.path },
  });
}

/** What the fold would call wrong is not written in the first place. */
function refuseWrong(row: EventRow): void {
  const problem = row.problems.find(({ severity }) => severity === 'error');
  if (problem === undefined) return;
  throw new At1Error(problem.code, {
    message: problem.message,
    hint:
      problem.code === 'policy/denied'
        ? 'at1 policy show tells who may'
        : (problem.hint ?? 'at1 show tells where it stands'),
    facts: { event: row.path },
  });
}

/** A time somebody gave for the end of a stage or alias. Throws `usage/invalid`. */
export function parseExpiry(text: string | undefined): string | undefined {
  return text === undefined ? undefined : formatTimestamp(parseTimestamp(text));
}
