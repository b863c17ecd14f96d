/**
 * The state a reader may believe: history folded, then held against the root that was pinned or seen before and the
 * branches as they were seen. What is wrong with one version only is in its row, and is no reason to refuse the rest.
 */
import { At1Error } from '../errors.js';
import { readCommit } from '../git-format/read-object.js';
import { formatTimestamp, LAST_SECOND } from '../manifest/timestamp.js';
import type { Finding } from '../registry/finding.js';
import { judgeTrust, type Trust } from './judge-trust.js';
import { type LoadedState, loadState } from './load-state.js';
import type { Registry } from './open-registry.js';
import { refuseUnreadablePolicy } from './refuse-unreadable.js';

export interface TrustedState extends LoadedState {
  readonly trust: Trust;
  /** The moment that is read, RFC 3339: now, or under `--at` the time of the commit. What has run out by then is over. */
  readonly now: string;
}

/** Throws `trust/root-changed`, `history/rewound` and what else makes the whole registry unbelievable. */
export async function loadTrustedState(registry: Registry): Promise<TrustedState> {
  const loaded = await loadState(registry);
  refuseUnreadablePolicy(loaded.state);
  const findings: Finding[] = [];
  const trust = await judgeTrust(registry, loaded.state, findings);
  const first = findings.find(({ severity }) => severity === 'error');
  if (first === undefined) return { ...loaded, trust, now: await momentRead(registry) };
  throw new At1Error(first.code, {
    message: `this registry cannot be believed: ${first.message}`,
    hint: 'at1 verify tells everything that is wrong',
    facts: { subject: first.subject },
  });
}

async function momentRead({ past, reader, head, environment }: Registry): Promise<string> {
  const seconds = past
    ? (await readCommit(reader, head)).committer.seconds
    : Math.floor(environment.now().getTime() / 1000);
  return formatTimestamp(Math.min(seconds, LAST_SECOND));
}
