/** What changes between two policies, as lines of text: `+` is new, `-` is gone, `~` is another one than before. */
import type { PolicyDifference } from '../src/index.js';
import { ruleLines } from './policy-rule-lines.js';
import type { Paint } from './print.js';

const SIGNS = { added: '+', removed: '-', changed: '~' } as const;
const COLOURS = { added: 'green', removed: 'red', changed: 'yellow' } as const;

type State = keyof typeof SIGNS;

interface Change {
  readonly state: State;
  readonly text: string;
  /** What belongs to it, each on a line of its own. */
  readonly more: readonly string[];
}

/** Nothing where only comments or layout differ. */
export function policyChanges(difference: PolicyDifference): Change[] {
  const { principals, roles, rules, bars, revoked, gate } = difference;
  const change = (state: State, text: string, more: readonly string[] = []): Change => ({ state, text, more });
  return [
    ...principals.map((one) => change(one.state, principalText(one))),
    ...roles.map((one) => change(one.state, roleText(one))),
    ...rules.map(({ state, number, rule }) => {
      const [head = '', ...more] = ruleLines([rule]);
      return change(state, `rule ${number}: ${head.trim()}`, more);
    }),
    ...bars.map(({ state, bar }) => {
      return change(state, `bar of ${bar.artifacts.join(', ')} before ${bar.stage}: ${bar.metric}`);
    }),
    ...revoked.map(({ state, key: { id, key, cutoff, reason } }) => {
      const why = reason === null ? '' : `: ${reason}`;
      return change(state, `revoked key ${id ?? key} after ${cutoff.slice(0, 12)}${why}`);
    }),
    ...(gate === null ? [] : [change('changed', `every gate looks at objects: ${gate.before} becomes ${gate.after}`)]),
  ];
}

export function policyDifferenceLines(difference: PolicyDifference, paint: Paint): string[] {
  const { before, after } = difference;
  const changes = policyChanges(difference).flatMap(({ state, text, more }) => {
    return [paint[COLOURS[state]](`  ${SIGNS[state]} ${text}`), ...more];
  });
  return [
    `policy ${before.version} becomes ${after.version}`,
    `  - ${before.digest}`,
    `  + ${after.digest}`,
    ...(changes.length === 0 ? ['  it says the same: only comments or layout differ'] : changes),
  ];
}

function principalText({ name, state, printed, keysAdded, keysRemoved }: PolicyDifference['principals'][number]) {
  const called = printed.filter((text) => state === 'changed' || text !== name);
  const names =
    called.length === 0 || (state === 'changed' && printed.length === 1) ? '' : ` (${called.join(' becomes ')})`;
  const keys =
    state === 'changed'
      ? [...keysRemoved.map((id) => `- ${id}`), ...keysAdded.map((id) => `+ ${id}`)]
      : [...keysRemoved, ...keysAdded];
  return `principal ${name}${names}${keys.length === 0 ? '' : `, ${keys.length === 1 ? 'key' : 'keys'} ${keys.join(' ')}`}`;
}

function roleText({ role, state, added, removed }: PolicyDifference['roles'][number]): string {
  if (state !== 'changed') return `role ${role}: ${[...removed, ...added].join(', ')}`;
  return `role ${role}: ${[...removed.map((name) => `- ${name}`), ...added.map((name) => `+ ${name}`)].join(', ')}`;
}
