/** The rule of registering: a version is new, or it is there with the same content, or it is taken. */
import { type Digest, formatDigest } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import type { Version } from '../manifest/version.js';
import { checkNewVersion } from './next-version.js';

export interface RegisteredVersion {
  readonly version: Version;
  readonly content: Digest;
}

export type RegistrationPlan = { readonly kind: 'new' } | { readonly kind: 'unchanged' };

/**
 * `others` are the versions of the same artifact. Throws `artifact/exists` where the version is taken by other bytes,
 * `usage/version` where it could be confused with one that is there.
 */
export function planRegistration(
  artifact: string,
  version: Version,
  content: Digest,
  others: readonly RegisteredVersion[],
): RegistrationPlan {
  const taken = others.find((other) => other.version === version);
  if (taken === undefined) {
    checkNewVersion(
      others.map((other) => other.version),
      version,
    );
    return { kind: 'new' };
  }
  if (taken.content === content) return { kind: 'unchanged' };
  throw new At1Error('artifact/exists', {
    message: `${artifact}@${version} is registered with other bytes`,
    hint: 'versions are immutable: choose a new one, or leave the version out to take the next',
    facts: { registered: formatDigest(taken.content), given: formatDigest(content) },
  });
}
