/**
 * What a rule asks beyond signatures: evidence about the very content digest, bounds of metrics, the license. Facts in,
 * sentences out; nothing is read here. docs/format/events.md section 5.
 */
import type { Digest } from '../digest/digest.js';
import type { LaneName, PrincipalName } from '../manifest/name.js';
import { parseTimestamp } from '../manifest/timestamp.js';
import { formatBound, isWithinBound, type MetricBound } from './metric-bound.js';
import { type Artifact, decide, type Policy, type Regression, type RequiredEvidence, type Rule } from './policy.js';

export interface EvidenceFacts {
  readonly path: string;
  readonly type: LaneName;
  readonly result: 'pass' | 'fail' | null;
  readonly suite: Digest | null;
  readonly metrics: Readonly<Record<string, number>>;
  readonly created: string;
  /** Seconds of the commit that brought it. */
  readonly landed: number;
  readonly expires: string | null;
  readonly signers: readonly PrincipalName[];
  /** Place in the chain of policies of the one it names; -1 where that was never in force. */
  readonly policy: number;
}

/** What a manifest says, as far as rules ask. */
export interface VersionFacts {
  readonly metrics: Readonly<Record<string, number>>;
  readonly license: string | undefined;
  readonly paths: readonly string[];
  readonly evidence: readonly EvidenceFacts[];
}

export interface DueBar {
  readonly bound: MetricBound;
  /** Place in the chain of the policy that set it. */
  readonly since: number;
}

export interface ConditionFacts {
  readonly artifact: Artifact;
  readonly version: VersionFacts;
  /** The version that holds the stage, if another one does. */
  readonly holder: (VersionFacts & { readonly name: string }) | undefined;
  readonly bars: readonly DueBar[];
  /** Why the version's lineage is not complete, where that is asked. */
  readonly incompleteLineage: readonly string[];
  /** When the event was made. */
  readonly created: string;
}

const DAY = 86_400;
/** How far the clocks of whoever signs and whoever lands may be apart, in seconds. */
const CLOCKS_APART = 3600;
/** Files that Python loads by running what they say. */
const PICKLED = ['.pkl', '.pickle', '.joblib', '.dill', '.pt', '.pth', '.ckpt', '.bin', '.mar'];

/**
 * Whether evidence says that it was made after the commit that holds it: it would not age for as long. Only the two are
 * compared, so the same history says the same for ever.
 */
export function isDatedAhead({ created, landed }: Pick<EvidenceFacts, 'created' | 'landed'>): boolean {
  return parseTimestamp(created) > landed + CLOCKS_APART;
}

/** What is not met, one sentence each; empty where everything is. */
export function unmetConditions(policy: Policy, rule: Rule, facts: ConditionFacts): string[] {
  const usable = facts.version.evidence.filter((one) => isUsable(one, facts.created));
  const unmet: string[] = [];
  const found: EvidenceFacts[] = [];
  for (const required of rule.evidence) {
    const satisfying = usable.filter((one) => satisfies(policy, required, facts, one));
    if (satisfying.length === 0) unmet.push(lacks(policy, required, facts, usable));
    found.push(...satisfying);
  }
  const measured = rule.evidence.length > 0 ? metricsOf(found) : facts.version.metrics;
  unmet.push(...rule.metrics.flatMap((bound) => unmetBound(bound, measured, '')));
  unmet.push(...rule.regressions.flatMap((allowed) => regressed(policy, rule, allowed, measured, facts)));
  for (const { bound, since } of facts.bars) {
    const later = usable.filter((one) => one.policy >= since && mayAttest(policy, facts.artifact, one));
    unmet.push(...unmetBound(bound, metricsOf(later), ', measured after the bar was set'));
  }
  return [...unmet, ...unmetForm(rule, facts.version), ...unmetLineage(facts)];
}

function isUsable({ result, expires }: EvidenceFacts, at: string): boolean {
  return result !== 'fail' && (expires === null || expires > at);
}

/** Says of evidence that would do otherwise why it does not: what is dated ahead looks fresh to whoever reads it. */
function lacks(
  policy: Policy,
  required: RequiredEvidence,
  facts: ConditionFacts,
  usable: readonly EvidenceFacts[],
): string {
  const asked = `it lacks evidence: ${describe(required)}`;
  if (required.maxAgeDays === undefined) return asked;
  const anyAge: RequiredEvidence = { ...required, maxAgeDays: undefined };
  const ahead = usable.find((one) => isDatedAhead(one) && satisfies(policy, anyAge, facts, one));
  return ahead === undefined ? asked : `${asked} (${ahead.path} is dated after the commit that brought it)`;
}

function satisfies(
  policy: Policy,
  { type, role, threshold, maxAgeDays, suite }: RequiredEvidence,
  { artifact, created }: ConditionFacts,
  one: EvidenceFacts,
): boolean {
  if (one.type !== type || (suite !== undefined && one.suite !== suite)) return false;
  const age = parseTimestamp(created) - parseTimestamp(one.created);
  if (maxAgeDays !== undefined && (age > maxAgeDays * DAY || isDatedAhead(one))) return false;
  if (role === undefined) return one.signers.length >= threshold && mayAttest(policy, artifact, one);
  const members = policy.roles.get(role);
  return one.signers.filter((signer) => members?.has(signer)).length >= threshold;
}

function mayAttest(policy: Policy, artifact: Artifact, { type, signers }: EvidenceFacts): boolean {
  return decide(policy, `attest:${type}`, artifact, new Set(signers)).kind === 'allowed';
}

function describe({ type, role, threshold, maxAgeDays, suite }: RequiredEvidence): string {
  const by = role === undefined ? '' : ` by ${threshold} of ${role}`;
  const age = maxAgeDays === undefined ? '' : ` of at most ${maxAgeDays} days`;
  return `${type}${by}${age}${suite === undefined ? '' : ` against sha256:${suite}`}`;
}

/** The newest word on each metric. */
function metricsOf(evidence: readonly EvidenceFacts[]): Readonly<Record<string, number>> {
  const oldestFirst = [...evidence].sort((a, b) => dateOf(a) - dateOf(b) || (a.path < b.path ? -1 : 1));
  return Object.fromEntries(oldestFirst.flatMap(({ metrics }) => Object.entries(metrics)));
}

/** What is dated ahead was there when its commit was made, and would otherwise have the last word for ever. */
function dateOf(one: EvidenceFacts): number {
  return isDatedAhead(one) ? one.landed : parseTimestamp(one.created);
}

function metricOf(metrics: Readonly<Record<string, number>>, name: string): number | undefined {
  return Object.hasOwn(metrics, name) ? metrics[name] : undefined;
}

function unmetBound(bound: MetricBound, metrics: Readonly<Record<string, number>>, how: string): string[] {
  const value = metricOf(metrics, bound.metric);
  if (value === undefined) return [`${formatBound(bound)} is asked${how}, and nothing says what ${bound.metric} is`];
  return isWithinBound(bound, value) ? [] : [`${formatBound(bound)} is asked${how}, and it is ${value}`];
}

function regressed(
  policy: Policy,
  rule: Rule,
  { metric, better, by }: Regression,
  measured: Readonly<Record<string, number>>,
  { holder, artifact }: ConditionFacts,
): string[] {
  if (holder === undefined) return [];
  const before = metricOf(
    rule.evidence.length > 0
      ? metricsOf(holder.evidence.filter((one) => mayAttest(policy, artifact, one)))
      : holder.metrics,
    metric,
  );
  // What was never measured of the one before is nothing to fall behind.
  if (before === undefined) return [];
  const value = metricOf(measured, metric);
  if (value === undefined)
    return [`${metric} is to be held against that of ${holder.name}, and nothing says what it is`];
  const worse = better === 'higher' ? before - value : value - before;
  // What people write in decimals is compared in decimals: 0.9 - 0.89 is more than 0.01 in binary.
  return Number(worse.toPrecision(12)) <= by
    ? []
    : [`${metric} is ${value}, worse than the ${before} of ${holder.name} by more than ${by}`];
}

function unmetLineage({ incompleteLineage: [first, ...others] }: ConditionFacts): string[] {
  return first === undefined ? [] : [`its lineage is not complete: ${first}`, ...others];
}

function unmetForm({ licenses, refusesPickle }: Rule, { license, paths }: VersionFacts): string[] {
  const unmet: string[] = [];
  if (licenses.length > 0 && !licenses.includes(license ?? '')) {
    unmet.push(`its license is ${license ?? 'not named'}, and one of ${licenses.join(', ')} is asked`);
  }
  const pickled = refusesPickle
    ? paths.find((path) => PICKLED.some((ending) => path.toLowerCase().endsWith(ending)))
    : undefined;
  if (pickled !== undefined) unmet.push(`${pickled} may be a pickle, which runs code when it is loaded`);
  return unmet;
}
