/** Which version comes next, and whether a version may be new beside others; docs/format/registry.md section 7. */
import { At1Error } from '../errors.js';
import {
  type Bump,
  bumpVersion,
  compareVersions,
  isPrerelease,
  parseVersion,
  type Version,
} from '../manifest/version.js';

/**
 * One bump above the highest release; 1.0.0 for a new name. Where there are only pre-releases, the release they lead
 * to. `existing` has every version ever registered, withdrawn ones too: their numbers are never used again.
 */
export function nextVersion(existing: Iterable<Version>, bump: Bump = 'patch'): Version {
  const all = [...existing].sort(compareVersions);
  const release = all.filter((version) => !isPrerelease(version)).at(-1);
  if (release !== undefined) return bumpVersion(release, bump);
  const leading = all.at(-1);
  return leading === undefined ? parseVersion('1.0.0') : bumpVersion(leading, 'patch');
}

/** Throws `artifact/exists` for the same version, `usage/version` for one that people or file systems would confuse. */
export function checkNewVersion(existing: Iterable<Version>, version: Version): void {
  const lower = version.toLowerCase();
  for (const other of existing) {
    if (other === version) {
      throw new At1Error('artifact/exists', {
        message: `version ${version} exists already`,
        hint: 'versions are immutable: register the next one',
        facts: { version },
      });
    }
    if (other.toLowerCase() === lower) throw confusing(version, other, `differs from ${other} only in capitals`);
    if (compareVersions(other, version) === 0) {
      throw confusing(version, other, `has the same precedence as ${other}: they differ only in build metadata`);
    }
  }
}

function confusing(version: Version, other: Version, why: string): At1Error {
  return new At1Error('usage/version', {
    message: `version ${version} ${why}`,
    hint: 'choose another version',
    facts: { version, other },
  });
}
