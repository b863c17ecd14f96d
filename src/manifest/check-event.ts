/** Rules of an event and of evidence that a schema cannot say: names, times, and which action belongs to which lane. */
import { compareText, utf8 } from '../bytes/text.js';
import { inField, invalid } from './check.js';
import type { EventDocument, EvidenceDocument } from './generated/types.js';
import { parseLaneName, parseName, parsePrincipalName } from './name.js';
import { parseRelPath } from './rel-path.js';
import { parseTimestamp } from './timestamp.js';
import { parseVersion } from './version.js';

/** The lane of what happens to a version whatever stage it is in; no stage and no alias is called so. */
export const LIFECYCLE_LANE = 'lifecycle';
const REASON_LIMIT = 4096;

export type EventAction = EventDocument['action'];

const LIFECYCLE_ACTIONS: ReadonlySet<EventAction> = new Set(['deprecate', 'yank', 'revoke', 'restore']);
const STAGE_ACTIONS: ReadonlySet<EventAction> = new Set(['promote', 'rollback']);
const EXPIRING_ACTIONS: ReadonlySet<EventAction> = new Set(['promote', 'rollback', 'alias']);

/** Whether an action moves a version into a stage. */
export function isStageAction(action: EventAction): boolean {
  return STAGE_ACTIONS.has(action);
}

export function checkEvent(event: EventDocument, text: string | undefined): void {
  inField(['name'], text, () => parseName(event.name));
  inField(['version'], text, () => parseVersion(event.version));
  inField(['lane'], text, () => parseLaneName(event.lane));
  if ((event.seq === 1) !== (event.previous === undefined)) {
    throw invalid('previous names the event before: the first has none, all others have one', ['previous'], text);
  }
  const { action } = event;
  if (LIFECYCLE_ACTIONS.has(action) !== (event.lane === LIFECYCLE_LANE)) {
    throw invalid(`the action ${action} does not belong into the lane ${event.lane}`, ['action'], text);
  }
  if (isStageAction(action) !== (event.from !== undefined)) {
    throw invalid('from belongs to promote and rollback, and to them only', ['from'], text);
  }
  if (event.from !== undefined) {
    const { from } = event;
    inField(['from'], text, () => parseLaneName(from));
  }
  if (event.expires !== undefined && !EXPIRING_ACTIONS.has(action)) {
    throw invalid(`${action} does not expire`, ['expires'], text);
  }
  checkSaid(event, text);
}

export function checkEvidence(evidence: EvidenceDocument, text: string | undefined): void {
  inField(['type'], text, () => parseLaneName(evidence.type));
  const paths = (evidence.files ?? []).map(({ path }) => path);
  for (const [i, path] of paths.entries()) {
    inField(['files', i, 'path'], text, () => parseRelPath(path));
    if (i > 0 && compareText(paths[i - 1] as string, path) >= 0) {
      throw invalid('/files: names are not unique and sorted by bytes', ['files', i], text);
    }
  }
  checkSaid(evidence, text);
}

/** Who said it, when, and why: alike in both. */
function checkSaid(said: EventDocument | EvidenceDocument, text: string | undefined): void {
  inField(['actor'], text, () => parsePrincipalName(said.actor));
  const created = inField(['created'], text, () => parseTimestamp(said.created));
  const { expires, reason } = said;
  if (expires !== undefined && inField(['expires'], text, () => parseTimestamp(expires)) <= created) {
    throw invalid('expires is not later than created', ['expires'], text);
  }
  if (reason !== undefined && utf8(reason).length > REASON_LIMIT) {
    throw invalid(`/reason is longer than ${REASON_LIMIT} bytes`, ['reason'], text);
  }
}
