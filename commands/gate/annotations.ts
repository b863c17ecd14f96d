/** Findings as GitHub's workflow commands, and as SARIF 2.1.0 for every other place that shows them beside the text. */
import type { GateResult, PlacedFinding } from '../../src/index.js';
import { VERSION } from '../version.js';

/** What GitHub shows of each kind; the rest is in the summary. */
const MOST = 10;
const KINDS = { error: 'error', warning: 'warning', note: 'notice' } as const;

export function annotationLines(findings: readonly PlacedFinding[]): string[] {
  const lines: string[] = [];
  for (const severity of ['error', 'warning', 'note'] as const) {
    const own = findings.filter((found) => found.severity === severity);
    for (const [i, found] of own.slice(0, MOST).entries()) {
      const more = i === MOST - 1 && own.length > MOST ? ` (and ${own.length - MOST} more)` : '';
      lines.push(annotation(found, more));
    }
  }
  return lines;
}

function annotation({ severity, code, subject, message, hint, file, line }: PlacedFinding, more: string): string {
  const place = file === null ? '' : ` file=${property(file)},line=${line ?? 1},title=${property(code)}`;
  const title = file === null ? ` title=${property(code)}` : '';
  const text = `${subject}: ${message}${hint === null ? '' : ` (${hint})`}${more}`;
  return `::${KINDS[severity]}${place}${title}::${data(text)}`;
}

/** Nothing in a message may end its line or begin another command. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

export function sarif({ findings }: GateResult): object {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'at1 gate', version: VERSION, rules: codes.map((id) => ({ id })) } },
        results: findings.map((found) => ({
          ruleId: found.code,
          ruleIndex: codes.indexOf(found.code),
          level: found.severity,
          message: {
            text: plain(`${found.subject}: ${found.message}${found.hint === null ? '' : ` (${found.hint})`}`),
          },
          locations: found.file === null ? [] : [locationOf(found.file, found.line ?? 1)],
        })),
      },
    ],
  };
}

/** SARIF reads links in brackets out of plain text. */
function plain(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&');
}

function locationOf(file: string, startLine: number): object {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  return { physicalLocation: { artifactLocation: { uri }, region: { startLine } } };
}
