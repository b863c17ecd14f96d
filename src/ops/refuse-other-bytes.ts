/**
 * Before anything is stored: a version that is there already can only be registered again with the bytes it has.
 * Hashing first keeps objects of a refused registration out of the store; a stream can be read once only and is not.
 */
import type { Engines } from '../engines.js';
import { checkNewVersion } from '../registry/next-version.js';
import { planRegistration, type RegisteredVersion } from '../registry/plan-registration.js';
import type { ScannedInput } from '../store/scan-input.js';
import type { Target } from './choose-target.js';
import { contentOf } from './hash-input.js';

/** Throws `artifact/exists`, `usage/version`. */
export async function refuseOtherBytes(
  target: Target,
  scanned: ScannedInput | undefined,
  others: readonly RegisteredVersion[],
  engines: Engines,
): Promise<void> {
  const versions = others.map(({ version }) => version);
  if (!versions.includes(target.version)) return checkNewVersion(versions, target.version);
  if (scanned === undefined) return;
  const content = await contentOf(scanned, engines);
  planRegistration(`${target.kind}/${target.name}`, target.version, content, others);
}
