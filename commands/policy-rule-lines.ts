/** The rules of a policy as lines of text. */
import type { PolicyResult } from '../src/index.js';
import { table } from './print.js';

/** What a rule asks beyond signatures stands below it. */
export function ruleLines(rules: PolicyResult['rules']): string[] {
  const heads = table(
    rules.map(({ artifacts, actions, role, threshold, separateAuthor }) => {
      const who = `${threshold} of ${role}${separateAuthor ? ', not the author' : ''}`;
      return [`  ${artifacts.join(', ')}`, actions.join(', '), who];
    }),
  );
  return rules.flatMap((rule, i) => [heads[i] as string, ...conditions(rule).map((line) => `      ${line}`)]);
}

function conditions(rule: PolicyResult['rules'][number]): string[] {
  const { evidence, metrics, regressions, licenses, refusesPickle, completeLineage } = rule;
  return [
    ...evidence.map(({ type, role, threshold, maxAgeDays, suite }) => {
      const by = role === null ? '' : ` by ${threshold} of ${role}`;
      const age = maxAgeDays === null ? '' : ` of at most ${maxAgeDays} days`;
      return `evidence ${type}${by}${age}${suite === null ? '' : ` against ${suite}`}`;
    }),
    ...metrics,
    ...regressions.map(
      ({ metric, better, by }) => `${metric} (${better} is better) worse than before by at most ${by}`,
    ),
    ...(licenses.length === 0 ? [] : [`license ${licenses.join(' or ')}`]),
    ...(refusesPickle ? ['no pickles'] : []),
    ...(completeLineage ? ['lineage complete'] : []),
  ];
}
