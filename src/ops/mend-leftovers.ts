/**
 * What a crash leaves: temporary files and locks. Those of dead processes of this machine are removed; of all others it
 * is said where they are, because only their owner knows whether it still runs.
 */
import { join } from 'node:path';
import { leftoversIn, removeLeftover } from '../files/leftovers.js';
import { deadLocks, temporaryFolders } from '../git/leftovers.js';
import { findTornLock, type TornLock } from '../git/lock.js';
import { findLocks } from '../git/lock-file.js';
import { type Finding, finding } from '../registry/finding.js';
import { listFolders } from './list-folders.js';
import type { Registry } from './open-registry.js';

export async function mendLocks(registry: Registry, fix: boolean, findings: Finding[], fixed: string[]): Promise<void> {
  const { repository, environment } = registry;
  const dead = await deadLocks(repository, fix);
  for (const path of dead) {
    if (fix) fixed.push(`${path} removed: the lock of a process that is gone`);
    else {
      findings.push(
        finding('warning', 'git/busy', path, 'a lock of a process that is gone', 'at1 doctor --fix removes it'),
      );
    }
  }
  const now = environment.now().getTime();
  const torn = await findTornLock(repository, now, fix);
  if (torn !== undefined) tellOfTorn(torn, fix, findings, fixed);
  for (const { path, old } of await findLocks(repository, now)) {
    if (!old || dead.includes(path) || path === torn?.path) continue;
    findings.push(
      finding('error', 'git/busy', path, 'a lock file has been there for long', 'if no git or at1 runs, delete it'),
    );
  }
}

function tellOfTorn({ path, young }: TornLock, fix: boolean, findings: Finding[], fixed: string[]): void {
  const what = 'a lock that is empty or cut off';
  if (young) {
    const hint = 'somebody may be making it this moment: look again in a few seconds';
    findings.push(finding('note', 'registry/locked', path, what, hint));
  } else if (fix) fixed.push(`${path} removed: ${what}`);
  else {
    const hint = 'if no at1 is at work here, at1 doctor --fix removes it';
    findings.push(finding('error', 'registry/locked', path, `${what} stops whoever writes`, hint));
  }
}

export async function mendLeftovers(
  registry: Registry,
  fix: boolean,
  findings: Finding[],
  fixed: string[],
): Promise<void> {
  for (const folder of await foldersWrittenTo(registry)) {
    for (const { path, owner } of await leftoversIn(folder)) {
      if (owner === 'unknown') {
        const hint = 'another machine may be at work here; if none is, delete it';
        findings.push(finding('note', 'io/failed', path, 'an unfinished write of nobody known here', hint));
      } else if (fix) {
        await removeLeftover(path);
        fixed.push(`${path} removed: an unfinished write`);
      } else {
        findings.push(
          finding('warning', 'io/failed', path, 'an unfinished write was left behind', 'at1 doctor --fix removes it'),
        );
      }
    }
  }
}

async function foldersWrittenTo({ root, repository, environment }: Registry): Promise<string[]> {
  const { stateDir, configDir } = environment;
  return [
    ...(await listFolders(root)),
    ...(await temporaryFolders(repository)),
    ...['registries', 'catalogs'].map((name) => join(stateDir, name)),
    join(configDir, 'keys'),
  ];
}
