/**
 * What git records in words: messages of commits and tags. Commit messages are for people and prove nothing; the
 * message of a version tag is a pure function of the version and is compared when tags are verified.
 */
import { formatDigest } from '../digest/digest.js';
import { parseRegistryPath } from '../manifest/layout-of-registry.js';
import type { EventRow, VersionRow } from './registry-state.js';

export interface RegisteredVersion {
  readonly reference: string;
  readonly content: string;
  readonly manifest: string;
}

export function registerMessage(versions: readonly RegisteredVersion[], note: string | undefined): string {
  const [first, ...others] = versions;
  if (first === undefined) throw new RangeError('a registration names at least one version');
  const subject =
    others.length === 0 ? `at1: register ${first.reference}` : `at1: register ${versions.length} versions`;
  const body = versions.map(
    (version) =>
      `${others.length === 0 ? '' : `Registers: ${version.reference}\n`}Content: ${version.content}\nManifest: ${version.manifest}\n`,
  );
  return `${subject}\n\n${note === undefined ? '' : `${note.trim()}\n\n`}${body.join('\n')}`;
}

export function policyMessage(version: number, what: string): string {
  return `at1: policy ${version}: ${what}\n`;
}

export function policySignedMessage(version: number, principal: string): string {
  return `at1: policy ${version}: signed by ${principal}\n`;
}

export function initMessage(registry: string): string {
  return `at1: start registry ${registry}\n`;
}

export function githubMessage(paths: readonly string[]): string {
  return `at1: judge changes before they land\n\n${paths.map((path) => `${path}\n`).join('')}`;
}

export function versionTagMessage(registry: string, row: VersionRow): string {
  return [
    `${row.kind}/${row.name} ${row.version}`,
    '',
    `Registry: ${registry}`,
    `Manifest: ${formatDigest(row.manifest)}`,
    `Content: ${formatDigest(row.content)}`,
    '',
  ].join('\n');
}

/** `mark`: what follows the name of the artifact in the tag, without its number. */
export function eventTagMessage(registry: string, event: EventRow, row: VersionRow, mark: string): string {
  return [
    `${row.kind}/${row.name} ${row.version} ${mark}`,
    '',
    `Registry: ${registry}`,
    `Event: ${formatDigest(event.digest)}`,
    `Manifest: ${formatDigest(row.manifest)}`,
    `Content: ${formatDigest(row.content)}`,
    '',
  ].join('\n');
}

export interface RecordedEvent {
  readonly action: EventRow['action'];
  readonly lane: string;
  readonly reference: string;
  readonly digest: string;
}

export function eventMessage(events: readonly RecordedEvent[], note: string | null): string {
  const [first] = events;
  const last = events.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('a commit of events names at least one');
  const lane = first.lane === 'lifecycle' ? '' : ` ${events.map((event) => event.lane).join(', ')}`;
  const body = events.map(({ lane, digest }) => `Event: ${lane} ${digest}\n`).join('');
  return `at1: ${first.action} ${first.reference}${lane}\n\n${note === null ? '' : `${note.trim()}\n\n`}${body}`;
}

export function approvalMessage(principal: string, paths: readonly string[]): string {
  const what = (path: string) => (parseRegistryPath(path).kind === 'event' ? 'Event' : 'Manifest');
  return `at1: ${principal} approves\n\n${paths.map((path) => `${what(path)}: ${path}\n`).join('')}`;
}

export function attestMessage(type: string, subject: string, content: string): string {
  return `at1: attest ${type} of ${subject}\n\nContent: ${content}\n`;
}
