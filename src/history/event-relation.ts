/**
 * Whether an event stands where it says: after the event before it, and about the version as it is registered. Told
 * as soon as it lands, so that nobody is asked to sign what could not take effect.
 */
import { eventPath, manifestPath } from '../manifest/layout-of-registry.js';
import { type Finding, finding } from '../registry/finding.js';
import { type Folding, versionAt } from './folding.js';
import type { EventRow } from './registry-state.js';

export function eventAt(fold: Folding, path: string): EventRow | undefined {
  const row = fold.rows.get(path);
  return row?.document === 'event' ? row : undefined;
}

/** The event of the same lane that many places later, or earlier. */
export function neighbourOf(fold: Folding, { kind, name, lane, seq }: EventRow, by: -1 | 1): EventRow | undefined {
  return seq + by < 1 ? undefined : eventAt(fold, eventPath(kind, name, lane, seq + by));
}

/** An error about an event that does not follow the one before it, or names another version than is registered. */
export function relationProblem(fold: Folding, row: EventRow): Finding | undefined {
  if (row.seq > 1 && neighbourOf(fold, row, -1)?.digest !== row.previous) {
    return finding('error', 'event/chain', row.path, `it does not follow event ${row.seq - 1} of its lane`);
  }
  const version = versionAt(fold, manifestPath(row.kind, row.name, row.version));
  if (version === undefined || version.manifest !== row.manifest || version.content !== row.content) {
    const message = `${row.version} is not registered with these digests`;
    return finding('error', 'event/other-version', row.path, message);
  }
  return undefined;
}
