/** How versions, digests and times are written for people, the same in every command. */
import type { ListedVersion } from '../src/index.js';
import type { At1Command } from './base.js';
import { formatBytes } from './print.js';

/** Twelve digits tell digests and commits apart in practice; `at1 show` has them whole. */
export function shortDigest(digest: string): string {
  return digest.slice(digest.indexOf(':') + 1).slice(0, 12);
}

/** `2026-01-31 12:00`, in UTC. */
export function shortTime(timestamp: string): string {
  return timestamp.slice(0, 16).replace('T', ' ');
}

export function signedBy(signers: readonly string[]): string {
  return signers.length === 0 ? 'nobody' : signers.join(', ');
}

/** What a reader must know before using it; empty for a version that counts. */
export function standing({ state, withdrawn }: Pick<ListedVersion, 'state' | 'withdrawn'>): string {
  return standingIn(state, withdrawn?.state ?? null);
}

/** The same of a version that was listed by another command. */
export function standingIn(state: ListedVersion['state'], withdrawn: string | null): string {
  switch (state) {
    case 'effective':
      return withdrawn ?? '';
    case 'pending':
      return 'pending';
    case 'wrong':
      return 'WRONG: at1 verify';
  }
}

/** `staging, champion, production (pending, 1 of 2)`. */
export function stageText({ stage, aliases, waiting }: Pick<ListedVersion, 'stage' | 'aliases' | 'waiting'>): string {
  const coming = waiting.map(({ action, lane, have, needs }) => {
    const what = lane === 'lifecycle' ? action : lane;
    return `${what} (pending, ${have} of ${needs})`;
  });
  return [...(stage === null ? [] : [stage]), ...aliases, ...coming].join(', ');
}

/** `1.2 MiB (1258291 bytes)`. */
export function exactBytes(bytes: number): string {
  return bytes < 1024 ? formatBytes(bytes) : `${formatBytes(bytes)} (${bytes} bytes)`;
}

/** What has to be said on standard error of a version that was read. */
export function noteStanding(
  command: At1Command,
  { warnings, damaged, trust }: { warnings: readonly string[]; damaged: readonly string[]; trust: string | null },
): void {
  const warning = command.paint.yellow('warning:');
  for (const text of warnings) command.note(`${warning} ${text}`);
  for (const copy of damaged) command.note(`${warning} passed over a damaged copy: ${copy}`);
  if (damaged.length > 0) command.note('hint: at1 doctor --fix mends it from an intact one');
  if (trust === 'first-use') command.note('the root policy is trusted on first use: at1 verify tells how to pin it');
}

/** A path or name as a shell takes it. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
