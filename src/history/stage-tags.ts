/** Which tags an event is due, in GTO's grammar: `#stage#N`, `#stage!#N`, `@v1.2.0!`; docs/format/events.md section 6. */
import type { Version } from '../manifest/version.js';
import type { LaneEvent, Move } from '../registry/lanes.js';
import type { VersionState } from '../registry/resolve.js';

/** What follows the artifact's name in the tag, and whose commit it is on. */
export interface EventTag {
  readonly version: Version;
  /** With `#N` to be added: every one of them has a number, so that none is ever made twice. */
  readonly mark: string;
}

/** `before`: what the version was withdrawn as until then. */
export function eventTags(
  { action, version }: Pick<LaneEvent, 'action' | 'version'>,
  moves: readonly Move[],
  before: VersionState | undefined,
): EventTag[] {
  const tags = moves.map((move) => ({
    version: move.version,
    mark: `#${move.stage}${move.kind === 'leaves' ? '!' : ''}`,
  }));
  const out = before === 'yanked' || before === 'revoked';
  if ((action === 'yank' || action === 'revoke') && !out) return [...tags, { version, mark: `@v${version}!` }];
  if (action === 'restore' && out) return [...tags, { version, mark: `@v${version}` }];
  return tags;
}
