/** `log`: who registered, promoted or withdrew what, when and why. */
import { readCommit } from '../git-format/read-object.js';
import type { EventRow, RegistryState } from '../history/registry-state.js';
import { formatTimestamp, LAST_SECOND } from '../manifest/timestamp.js';
import { compareVersions } from '../manifest/version.js';
import { filterOf, timeOf } from './list.js';
import type { Registry } from './open-registry.js';
import { loadTrustedState } from './trusted-state.js';

export interface LogEntry {
  /** For an event the one at which it took effect, or else the first that holds it. */
  readonly commit: string;
  readonly time: string;
  readonly ref: string;
  readonly event: 'registered' | EventRow['action'];
  /** The stage or alias; null for what has none. */
  readonly lane: string | null;
  readonly state: 'effective' | 'pending' | 'refused';
  readonly by: readonly string[];
  /** Of an event why; of a version what it is. */
  readonly description: string | null;
}

/** Newest first. Times are what the commits say of themselves; the order is that of history. */
export async function log(registry: Registry, what?: string): Promise<{ readonly entries: readonly LogEntry[] }> {
  const { state } = await loadTrustedState(registry);
  const wanted = filterOf(state, what);
  const entries: Sortable[] = [...state.versions.values()].filter(wanted).map((row) => ({
    order: -1,
    entry: {
      commit: row.commit,
      time: timeOf(row),
      ref: `${row.kind}/${row.name}@${row.version}`,
      event: 'registered',
      lane: null,
      state: row.effective === null ? 'pending' : 'effective',
      by: row.signers,
      description: row.description,
    },
    version: row.version,
  }));
  for (const row of state.events.values()) {
    if (isAbout(state, row, wanted)) entries.push(await eventEntry(registry, row));
  }
  entries.sort(newestFirst);
  return { entries: entries.map(({ entry }) => entry) };
}

interface Sortable {
  readonly entry: LogEntry;
  /** Events after registrations of the same second, and among themselves as they took effect. */
  readonly order: number;
  readonly version: EventRow['version'];
}

function newestFirst(a: Sortable, b: Sortable): number {
  if (a.entry.time !== b.entry.time) return a.entry.time < b.entry.time ? 1 : -1;
  if (a.order !== b.order) return b.order - a.order;
  const [one, other] = [a.entry.ref.split('@')[0] ?? '', b.entry.ref.split('@')[0] ?? ''];
  return one === other ? compareVersions(b.version, a.version) : one < other ? -1 : 1;
}

function isAbout({ versions }: RegistryState, event: EventRow, wanted: ReturnType<typeof filterOf>): boolean {
  return [...versions.values()].some((row) => row.kind === event.kind && row.name === event.name && wanted(row));
}

async function eventEntry({ reader }: Registry, row: EventRow): Promise<Sortable> {
  const commit = row.effective ?? row.commit;
  const { seconds } = (await readCommit(reader, commit)).committer;
  return {
    order: row.order ?? Number.MAX_SAFE_INTEGER,
    version: row.version,
    entry: {
      commit,
      time: formatTimestamp(Math.min(seconds, LAST_SECOND)),
      ref: `${row.kind}/${row.name}@${row.version}`,
      event: row.action,
      lane: row.lane === 'lifecycle' ? null : row.lane,
      state: row.refused ? 'refused' : row.order === null ? 'pending' : 'effective',
      by: row.signers,
      description: row.reason,
    },
  };
}
