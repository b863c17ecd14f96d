/** A version for whoever is to sign it or let it in: its digests, its files, its card, and who still has to sign. */
import type { ReviewedVersion } from '../../src/index.js';
import { reviewedLineage } from '../lineage-lines.js';
import { exactBytes, signedBy } from '../version-text.js';
import { approveCommand, stillNeeded } from './words.js';

/** Lines of a card, beyond which only the number of the rest is told. */
const MOST_LINES = 60;
const MOST_FILES = 20;

export function versionReview(version: ReviewedVersion, branch: string | undefined): string[] {
  const { ref, state, content, manifest, description, license, metrics, lineage, card } = version;
  const measured = Object.entries(metrics).map(([name, value]) => `${name} = ${value}`);
  return [
    `${ref} is to be registered (${state})`,
    `  content ${content}`,
    `  manifest ${manifest}`,
    ...signatureLines(version, branch),
    ...(description === null ? [] : description.split('\n').map((line) => `  ${line}`)),
    `  license ${license ?? 'not named'}`,
    ...(measured.length === 0 ? [] : [`  ${measured.join(', ')}`]),
    ...reviewedLineage(lineage).map((line) => `  ${line}`),
    ...fileLines(version),
    ...(card === null ? [] : ['  card', ...cut(card.text.trimEnd().split('\n'), MOST_LINES, 'lines')]),
  ];
}

/** Who signed it, and while it waits who still has to, with the command. */
export function signatureLines(version: ReviewedVersion, branch: string | undefined): string[] {
  const { signers, have, needs, role, state } = version;
  const signed = `  signed by ${signedBy(signers)}: ${have} of ${needs}${role === null ? '' : ` from ${role}`}`;
  if (state !== 'pending' || have >= needs) return [signed];
  return [signed, `  still needed: ${stillNeeded(version)}, with ${approveCommand(branch)}`];
}

function fileLines({ files, listed, size }: ReviewedVersion): string[] {
  const lines = listed.map(({ path, size: bytes, sha256 }) => `${path}  ${exactBytes(bytes)}  ${sha256}`);
  return [
    `  ${files === 1 ? '1 file' : `${files} files`}, ${exactBytes(size)}`,
    ...cut(lines, MOST_FILES, 'files', files),
  ];
}

function cut(lines: readonly string[], most: number, what: string, count = lines.length): string[] {
  const shown = lines.slice(0, most).map((line) => `    ${line}`.trimEnd());
  return count > shown.length ? [...shown, `    and ${count - shown.length} more ${what}`] : shown;
}
