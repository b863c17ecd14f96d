/**
 * The tags a registry should have: name, target, time and message as a pure function of its history;
 * docs/format/history.md section 5. Only what took effect is tagged, on the commit where the version's manifest landed.
 */
import type { Oid } from '../git-format/oid.js';
import { manifestPath } from '../manifest/layout-of-registry.js';
import { type ArtifactLanes, noEvents, takeEffect } from '../registry/lanes.js';
import { effectiveEvents } from './lanes-of-state.js';
import { eventTagMessage, versionTagMessage } from './message.js';
import type { EventRow, RegistryState, VersionRow } from './registry-state.js';
import { type EventTag, eventTags } from './stage-tags.js';
import { formatEventTag, formatVersionTag } from './tag-name.js';

export interface ExpectedTag {
  readonly name: string;
  readonly target: Oid;
  /** Tagger seconds, strictly increasing within one artifact: GTO orders by them. */
  readonly seconds: number;
  readonly message: string;
  /** The version it is about. */
  readonly row: VersionRow;
  /** The event it is due for; undefined for the tag of the version itself. */
  readonly event: EventRow | undefined;
}

export function expectedTags(state: RegistryState, prefix: string): ReadonlyMap<string, ExpectedTag> {
  const tags = new Map<string, ExpectedTag>();
  for (const row of state.versions.values()) {
    if (row.effective === null) continue;
    const name = formatVersionTag({ prefix, kind: row.kind, name: row.name, version: row.version });
    const message = versionTagMessage(state.registry, row);
    tags.set(name, { name, target: row.commit, seconds: row.tagTime, message, row, event: undefined });
  }
  for (const tag of stageTags(state, prefix)) tags.set(tag.name, tag);
  return tags;
}

function* stageTags(state: RegistryState, prefix: string): Generator<ExpectedTag> {
  const lanes = new Map<string, ArtifactLanes>();
  for (const event of effectiveEvents(state)) {
    const { kind, name, tags } = event;
    const own = lanes.get(`${kind}/${name}`) ?? noEvents();
    lanes.set(`${kind}/${name}`, own);
    const before = own.withdrawn.get(event.version)?.state;
    for (const [index, tag] of eventTags(event, takeEffect(own, event), before).entries()) {
      const row = state.versions.get(manifestPath(kind, name, tag.version));
      if (row !== undefined && tags !== null) yield expectedTag(state, prefix, event, row, tag, tags, index);
    }
  }
}

function expectedTag(
  state: RegistryState,
  prefix: string,
  event: EventRow,
  row: VersionRow,
  tag: EventTag,
  { number, time }: NonNullable<EventRow['tags']>,
  index: number,
): ExpectedTag {
  return {
    name: formatEventTag({ prefix, kind: row.kind, name: row.name, mark: tag.mark, number: number + index }),
    target: row.commit,
    seconds: time + index,
    message: eventTagMessage(state.registry, event, row, tag.mark),
    row,
    event,
  };
}
