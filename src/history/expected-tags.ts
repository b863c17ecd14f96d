/**
 * The tags a registry should have: name, target, time and message as a pure function of its history;
 * docs/format/history.md section 5. Only effective ones are tagged, where the manifest landed.
 */
import type { Oid } from '../git-format/oid.js';
import { versionTagMessage } from './message.js';
import type { RegistryState, VersionRow } from './registry-state.js';
import { formatVersionTag } from './tag-name.js';

export interface ExpectedTag {
  readonly name: string;
  readonly target: Oid;
  /** Tagger seconds, strictly increasing within one artifact: GTO orders by them. */
  readonly seconds: number;
  readonly message: string;
  readonly row: VersionRow;
}

export function expectedTags(state: RegistryState, prefix: string): ReadonlyMap<string, ExpectedTag> {
  const tags = new Map<string, ExpectedTag>();
  for (const row of state.versions.values()) {
    if (row.effective === null) continue;
    const name = formatVersionTag({ prefix, kind: row.kind, name: row.name, version: row.version });
    tags.set(name, {
      name,
      target: row.commit,
      seconds: row.tagTime,
      message: versionTagMessage(state.registry, row),
      row,
    });
  }
  return tags;
}
