/** The review of a change as Markdown: for a job summary, a comment, or a terminal that renders it. */
import type { GateResult, PlacedFinding, ReviewedEvent, ReviewedVersion } from '../../src/index.js';
import { reviewedLineage } from '../lineage-lines.js';
import { policyChanges } from '../policy-difference-lines.js';
import { formatBytes } from '../print.js';
import { shortDigest, shortTime, signedBy } from '../version-text.js';
import { ageOf, approveCommand, movesOf, stillNeeded, verdict } from './words.js';

/** Findings of one kind beyond which the rest is only counted: a summary has a limit of its own. */
const MOST = 200;

export function reviewMarkdown(result: GateResult, branch: string | undefined): string[] {
  const { review, findings, base, head, policy } = result;
  return [
    `## ${result.ok ? '✅' : '❌'} ${md(verdict(result))}`,
    '',
    `Registry \`${result.registry}\`, from \`${base.slice(0, 12)}\` to \`${head.slice(0, 12)}\`, policy ${policy.version}.`,
    ...section(
      'What moves',
      review.events.flatMap((event) => eventLines(event, branch)),
    ),
    ...section('Versions', versionLines(review.versions, branch)),
    ...section('Policy', policyLines(result, branch)),
    ...section(
      'New evidence',
      review.evidence.map(({ type, content, result: went, signers, path }) => {
        const how = went === null ? '' : `: ${went}`;
        return `- ${md(type)}${how} about \`${shortDigest(content)}\`, signed by ${md(signedBy(signers))} (\`${code(path)}\`)`;
      }),
    ),
    ...section('What is wrong', findingLines(findings.filter(({ severity }) => severity === 'error'))),
    ...section('Warnings', findingLines(findings.filter(({ severity }) => severity === 'warning'))),
    '',
    `_Signatures in the tree decide, under the policy of the target: a click on "Approve" does not count. Objects: ${result.objects}._`,
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `### ${title}`, '', ...lines];
}

function eventLines(event: ReviewedEvent, branch: string | undefined): string[] {
  const { ref, holder, evidence, metrics, license, size, content } = event;
  const lines = [
    `**${md(ref)}** ${md(movesOf(event))} (${event.state})`,
    '',
    `- asked by ${md(event.printed)} (${md(event.actor)}), ${shortTime(event.created)} UTC, meaning ${event.meaning}${event.reason === null ? '' : `: ${md(event.reason)}`}`,
    `- signed by ${md(signedBy(event.signers))}: ${event.have} of ${event.needs}${event.role === null ? '' : ` from ${md(event.role)}`}`,
  ];
  if (event.have < event.needs) {
    lines.push(`- **still needed: ${md(stillNeeded(event))}**, with \`${code(approveCommand(branch))}\``);
  }
  for (const reason of event.waitsFor) lines.push(`- **it waits:** ${md(reason)}`);
  lines.push(
    `- ${formatBytes(size)}, content \`${content}\`${license === null ? ', no license named' : `, license ${md(license)}`}`,
  );
  for (const line of reviewedLineage(event.lineage)) lines.push(`- ${md(line)}`);
  for (const { type, result, signers, created } of evidence) {
    lines.push(
      `- evidence ${md(type)}${result === null ? '' : ` (${result})`}, ${ageOf(created, event.created)}, signed by ${md(signedBy(signers))}`,
    );
  }
  if (evidence.length === 0) lines.push('- no evidence about this content');
  if (metrics.length > 0) lines.push('', ...metricTable(metrics, holder));
  return [...lines, ''];
}

function metricTable(metrics: ReviewedEvent['metrics'], holder: string | null): string[] {
  const head =
    holder === null
      ? ['| metric | value |', '| --- | --- |']
      : [`| metric | ${md(holder)} (now) | this | difference |`, '| --- | --- | --- | --- |'];
  const rows = metrics.map(({ name, before, after }) => {
    if (holder === null) return `| ${md(name)} | ${after ?? ''} |`;
    const difference = before === null || after === null ? '' : signed(after - before);
    return `| ${md(name)} | ${before ?? ''} | ${after ?? ''} | ${difference} |`;
  });
  return [...head, ...rows];
}

function signed(difference: number): string {
  const text = Number(difference.toPrecision(6)).toString();
  return difference > 0 ? `+${text}` : text;
}

function versionLines(versions: readonly ReviewedVersion[], branch: string | undefined): string[] {
  if (versions.length === 0) return [];
  const waiting = versions.filter(({ state, have, needs }) => state === 'pending' && have < needs);
  return [
    '| version | state | signed by | size | stored | shared | license | content |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...versions.map(
      ({ ref, state, signers, size, stored, shared, license, content }) =>
        `| ${[md(ref), state, md(signedBy(signers)), formatBytes(size), formatBytes(stored), formatBytes(shared), md(license ?? 'not named'), `\`${shortDigest(content)}\``].join(' | ')} |`,
    ),
    ...versions.flatMap(({ ref, lineage }) => [
      ...(lineage.length === 0 ? [] : ['', `${md(ref)}:`, '']),
      ...reviewedLineage(lineage).map((line) => `- ${md(line)}`),
    ]),
    ...waiting.flatMap((version) => [
      '',
      `- ${md(version.ref)}: ${version.have} of ${version.needs}${version.role === null ? '' : ` from ${md(version.role)}`}; **still needed: ${md(stillNeeded(version))}**, with \`${code(approveCommand(branch))}\``,
    ]),
  ];
}

function policyLines({ review }: GateResult, branch: string | undefined): string[] {
  if (review.policy === null) return [];
  return [
    `- policy ${review.policy.before} becomes ${review.policy.after}; it takes ${review.policyNeeds} to change it`,
    ...policyChanges(review.policy.difference).map(({ state, text, more }) => {
      return `- ${state}: ${md([text, ...more.map((line) => line.trim())].join('; '))}`;
    }),
    `- read it as a difference: \`${code(`git diff TARGET ${branch ?? 'BRANCH'} -- .at1/policy/policy.toml`)}\``,
  ];
}

function findingLines(findings: readonly PlacedFinding[]): string[] {
  const lines = findings.slice(0, MOST).map(({ code: what, subject, message, hint }) => {
    return `- \`${what}\` **${md(subject)}**: ${md(message)}${hint === null ? '' : ` (${md(hint)})`}`;
  });
  return findings.length > MOST ? [...lines, `- and ${findings.length - MOST} more`] : lines;
}

/** Text of strangers as text: nothing in it becomes a heading, a link, an image, HTML or a mention. */
export function md(text: string): string {
  return (
    text
      .replace(/[\\`*_{}[\]<>()#+!|~&@-]/g, (c) =>
        c === '-' || c === '(' || c === ')' || c === '+' ? c : `&#${c.codePointAt(0)};`,
      )
      // GitHub makes links of bare addresses as well.
      .replace(/:(?=\/\/)/g, '&#58;')
      .replace(/(www)\./gi, '$1&#46;')
      .replace(/[\r\n]+/g, ' ')
  );
}

/** Inside a code span nothing needs escaping but the backtick. */
function code(text: string): string {
  return text.replace(/[`\r\n]/g, ' ');
}
