/**
 * Judges a history of clients: what they asked for, when, and what they were told. Per working tree a version is a
 * member of a set: acknowledged, it is there for every read that begins later, until somebody may have taken it back;
 * and nobody ever reads what nobody registered. What a killed client asked for may have happened or not.
 */
import type { Answer, Operation } from './client.js';

export interface HistoryEvent {
  readonly client: number;
  readonly tree: string;
  /** `rebase`: git makes the tree's own commits again, and meanwhile shows none of them. */
  readonly operation: Operation | { readonly op: 'rebase' };
  /** Of a registration: the SHA-256 of its file. */
  readonly content?: string;
  readonly began: number;
  /** Of the answer, or of the client's death. */
  readonly ended: number;
  /** Undefined: it died before it answered. */
  readonly answer: Answer | undefined;
}

export interface Violation {
  readonly kind: 'lost' | 'stale' | 'phantom' | 'bytes' | 'twice' | 'unsound';
  readonly message: string;
}

/** A version that was seen to be there, by whoever registered or read it. */
interface Sight {
  readonly event: HistoryEvent;
  readonly content: string;
}

interface Tree {
  /** By reference. */
  readonly sights: Map<string, Sight[]>;
  readonly removals: Map<string, HistoryEvent[]>;
  readonly reads: HistoryEvent[];
  readonly rebases: HistoryEvent[];
}

export function checkHistory(events: readonly HistoryEvent[]): Violation[] {
  const trees = new Map<string, Tree>();
  for (const event of events) addTo(treeOf(trees, event.tree), event);
  // What git showed while it rebased is neither what was nor what will be.
  for (const { sights, rebases } of trees.values()) {
    for (const [ref, seen] of sights) {
      const lasting = seen.filter(
        ({ event }) => event.operation.op === 'register' || !rebases.some((rebase) => overlap(rebase, event)),
      );
      sights.set(ref, lasting);
    }
  }
  const registrations = events.filter(({ operation, answer }) => operation.op === 'register' && !isRefused(answer));
  return [
    ...events.flatMap((event) => inventions(event, registrations)),
    ...events.filter((event) => !treeOf(trees, event.tree).rebases.some((one) => overlap(one, event))).flatMap(unsound),
    ...[...trees.values()].flatMap((tree) => [...twice(tree), ...absences(tree), ...changes(tree)]),
  ];
}

function treeOf(trees: Map<string, Tree>, name: string): Tree {
  const known = trees.get(name) ?? { sights: new Map(), removals: new Map(), reads: [], rebases: [] };
  trees.set(name, known);
  return known;
}

function addTo(tree: Tree, event: HistoryEvent): void {
  const { operation, answer } = event;
  if (operation.op === 'rebase') tree.rebases.push(event);
  if (operation.op === 'unregister' && !isRefused(answer)) push(tree.removals, operation.ref, event);
  if (operation.op === 'list' || operation.op === 'get') tree.reads.push(event);
  for (const [ref, content] of answer?.versions ?? []) push(tree.sights, ref, { event, content });
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key) ?? [];
  list.push(value);
  map.set(key, list);
}

function isRefused(answer: Answer | undefined): boolean {
  return answer?.code !== undefined;
}

/** Versions, or bytes of versions, that nobody had asked for when they were seen. */
function inventions(event: HistoryEvent, registrations: readonly HistoryEvent[]): Violation[] {
  if (event.operation.op === 'register') return [];
  return (event.answer?.versions ?? []).flatMap(([ref, content]): Violation[] => {
    const asked = registrations.filter((other) => other.began < event.ended && isFor(other, ref));
    if (asked.some((other) => other.content === content)) return [];
    const kind = asked.length === 0 ? 'phantom' : 'bytes';
    return [{ kind, message: `${ref} with ${content} was never registered, but seen: ${describe(event)}` }];
  });
}

/** A request without a version that was not answered may have become any version of its artifact. */
function isFor({ operation, answer }: HistoryEvent, ref: string): boolean {
  if (operation.op !== 'register') return false;
  const given = answer?.ref ?? operation.ref;
  return given === ref || (!given.includes('@') && ref.startsWith(`${given}@`));
}

/**
 * What may be so for a moment: a working file that is on its way, and in a clone that has not given way yet a version
 * whose number went to somebody else's, with a tag. Everything else has to be right at every moment.
 */
const PASSING = ['worktree/differs', 'worktree/damaged-copy', 'tag/message-mismatch'];

function unsound(event: HistoryEvent): Violation[] {
  const errors = event.answer?.findings?.filter(
    ({ severity, code }) => severity === 'error' && !PASSING.includes(code),
  );
  return (errors ?? []).map(({ code, subject }) => ({
    kind: 'unsound',
    message: `${code} at ${subject}: ${describe(event)}`,
  }));
}

/** One version of one tree was given to two. */
function* twice({ sights, removals }: Tree): Generator<Violation> {
  for (const [ref, seen] of sights) {
    const given = seen.map(({ event }) => event).filter(({ answer }) => answer?.state === 'registered');
    for (const [i, one] of given.entries()) {
      for (const other of given.slice(i + 1)) {
        if (mayBeGone(removals.get(ref), Math.min(one.began, other.began), Math.max(one.ended, other.ended))) continue;
        yield { kind: 'twice', message: `${ref} was given to two: ${describe(one)}; ${describe(other)}` };
      }
    }
  }
}

/** Reads that do not show what was there before they began. */
function* absences({ sights, removals, reads, rebases }: Tree): Generator<Violation> {
  for (const read of reads) {
    if (read.answer === undefined || rebases.some((rebase) => overlap(rebase, read))) continue;
    const shown = new Set((read.answer.versions ?? []).map(([ref]) => ref));
    for (const [ref, seen] of sights) {
      if (shown.has(ref) || !isAbout(read, ref)) continue;
      const before = seen.find(
        ({ event }) => event.ended < read.began && !mayBeGone(removals.get(ref), event.began, read.ended),
      );
      if (before === undefined) continue;
      const later = seen.some(({ event }) => event.began > read.ended && event.operation.op !== 'register');
      const message = `${ref} was there: ${describe(before.event)}; and then not: ${describe(read)}`;
      yield { kind: later ? 'stale' : 'lost', message };
    }
  }
}

/** Whether the read answers the question if the version is there. */
function isAbout({ operation, answer }: HistoryEvent, ref: string): boolean {
  if (operation.op === 'list') return answer?.code === undefined;
  return operation.op === 'get' && operation.ref === ref && answer?.code === 'artifact/not-found';
}

/** One version of one tree with other bytes than before. */
function* changes({ sights, removals }: Tree): Generator<Violation> {
  for (const [ref, seen] of sights) {
    for (const later of seen) {
      const before = seen.find(
        ({ event, content }) =>
          event.ended < later.event.began &&
          content !== later.content &&
          !mayBeGone(removals.get(ref), event.began, later.event.ended),
      );
      if (before === undefined) continue;
      const message = `${ref} changed its bytes: ${describe(before.event)}; then ${describe(later.event)}`;
      yield { kind: 'bytes', message };
    }
  }
}

/** Whether somebody may have taken the version back between these moments. */
function mayBeGone(removals: readonly HistoryEvent[] | undefined, from: number, to: number): boolean {
  return removals?.some(({ began, ended }) => began < to && ended > from) ?? false;
}

function overlap(one: HistoryEvent, other: HistoryEvent): boolean {
  return one.began < other.ended && other.began < one.ended;
}

function describe({ client, tree, operation, began, ended, answer }: HistoryEvent): string {
  const ref = 'ref' in operation ? ` ${operation.ref}` : '';
  const said = answer === undefined ? 'died' : (answer.code ?? answer.state ?? 'done');
  return `client ${client} in ${tree}, ${began}..${ended}: ${operation.op}${ref} -> ${said}`;
}
