/** What `at1 show`, `at1 model inspect` and `at1 model get` share: everything about one version, whole digests. */
import { type ShowResult, show } from '../src/index.js';
import type { At1Command } from './base.js';
import { lineageLine } from './lineage-lines.js';
import { openRegistry } from './open.js';
import { formatBytes, table } from './print.js';
import { exactBytes, shortTime, signedBy, stageText } from './version-text.js';

export async function showVersion(
  command: At1Command,
  request: { readonly ref: string; readonly at?: string | undefined; readonly mlflow?: boolean | undefined },
): Promise<ShowResult> {
  const version = await show(await openRegistry(command, request), request.ref, { mlflow: request.mlflow });
  command.log([
    command.paint.bold(version.ref),
    ...table(facts(version)),
    ...eventsOf(command, version),
    ...evidenceOf(command, version),
    ...filesOf(command, version),
    ...(version.card === null ? [] : ['', `card (${version.card.format})`, ...cardLines(version.card.text)]),
  ]);
  for (const warning of version.warnings) command.note(`warning: ${warning}`);
  for (const { severity, code, message, hint } of version.problems) {
    const word = severity === 'error' ? command.paint.red('wrong:') : `${severity}:`;
    command.note([`${word} ${message} [${code}]`, ...(hint === null ? [] : [`hint: ${hint}`])]);
  }
  if (version.problems.some(({ severity }) => severity === 'error')) command.next(`at1 verify ${version.ref}`);
  else command.next(`at1 get ${version.ref} -o OUT`);
  return version;
}

function facts(version: ShowResult): string[][] {
  const { description, purpose, metrics } = version;
  return [
    ...(description === null ? [] : [['description', description]]),
    ...(purpose === null ? [] : [['purpose', purpose]]),
    ['state', `${version.state}, signed by ${signedBy(version.signers)}`],
    ...(stageText(version) === '' ? [] : [['stage', stageText(version)]]),
    ...(version.withdrawn === null ? [] : [['withdrawn', withdrawnText(version.withdrawn)]]),
    ...(version.license === null ? [] : [['license', version.license]]),
    ['created', `${shortTime(version.created)} UTC, landed ${shortTime(version.landed)} UTC`],
    ['size', `${exactBytes(version.size)}, stored in ${formatBytes(version.stored)}`],
    ['content', version.content],
    ['manifest', `sha256:${version.manifest.sha256}`],
    ['', version.manifest.path],
    ['commit', version.commit],
    ['tag', version.tag],
    ...(version.mlflow === null ? [] : [['mlflow', ordinalText(version.mlflow)]]),
    ...version.lineage.map(lineageLine),
    ...Object.entries(metrics).map(([name, value], index) => [index === 0 ? 'metrics' : '', `${name} = ${value}`]),
  ];
}

function ordinalText({ ordinal, uri }: NonNullable<ShowResult['mlflow']>): string {
  if (ordinal === null) return 'not counted: it did not take effect';
  return uri ?? `version ${ordinal}`;
}

function withdrawnText({ state, by, at, reason }: NonNullable<ShowResult['withdrawn']>): string {
  return `${state} by ${by}, ${shortTime(at)} UTC${reason === null ? '' : `: ${reason}`}`;
}

function eventsOf(command: At1Command, { events }: ShowResult): string[] {
  if (events.length === 0) return [];
  const head = ['EVENT', 'STATE', 'SIGNED BY', 'REASON'].map(command.paint.dim);
  const rows = events.map(({ action, lane, state, signers, have, needs, reason }) => [
    lane === 'lifecycle' ? action : `${action} ${lane}`,
    state === 'pending' && have < needs ? `pending, ${have} of ${needs}` : state,
    signedBy(signers),
    reason ?? '',
  ]);
  return ['', ...table([head, ...rows])];
}

function evidenceOf(command: At1Command, { evidence }: ShowResult): string[] {
  if (evidence.length === 0) return [];
  const head = ['EVIDENCE', 'RESULT', 'METRICS', 'SIGNED BY', 'CREATED (UTC)'].map(command.paint.dim);
  const rows = evidence.map(({ type, result, metrics, signers, created }) => [
    type,
    result ?? '',
    Object.entries(metrics)
      .map(([name, value]) => `${name} = ${value}`)
      .join(', '),
    signedBy(signers),
    shortTime(created),
  ]);
  return ['', ...table([head, ...rows])];
}

function filesOf(command: At1Command, { files, directories }: ShowResult): string[] {
  const head = ['SHA256', 'SIZE', 'FILE'].map(command.paint.dim);
  const rows = files.map(({ path, size, sha256 }) => [sha256, formatBytes(size), path]);
  return ['', ...table([head, ...rows, ...directories.map((path) => ['', '', `${path}/`])], [1])];
}

function cardLines(text: string): string[] {
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\t', '    ').split('\n');
  while (lines.at(-1) === '') lines.pop();
  return lines.map((line) => `  ${line}`.trimEnd());
}
