/** The rule of registering: a version is new, or it is there with the same content, or it is taken. */
import type { Digest } from '../digest/digest.js';
import { formatDigest } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import { compareVersions, type Version } from '../manifest/version.js';

export interface RegisteredVersion {
  readonly version: Version;
  readonly content: Digest;
}

export type RegistrationPlan = { readonly kind: 'new' } | { readonly kind: 'unchanged' };

/**
 * `others` are the versions of the same artifact. Throws `artifact/exists` where the version is taken by other bytes,
 * or where one of equal precedence (build metadata aside) is there.
 */
export function planRegistration(
  artifact: string,
  version: Version,
  content: Digest,
  others: readonly RegisteredVersion[],
): RegistrationPlan {
  for (const other of others) {
    if (other.version === version) {
      if (other.content === content) return { kind: 'unchanged' };
      throw new At1Error('artifact/exists', {
        message: `${artifact}@${version} is registered with other bytes`,
        hint: 'versions are immutable: choose a new one, or leave the version out to take the next',
        facts: { registered: formatDigest(other.content), given: formatDigest(content) },
      });
    }
    if (compareVersions(other.version, version) === 0) {
      throw new At1Error('artifact/exists', {
        message: `${artifact}@${version} differs from ${other.version} in build metadata only, so neither would be the newer`,
        hint: 'change major, minor, patch or the pre-release part',
      });
    }
  }
  return { kind: 'new' };
}
