/** Who may register: whoever the policy asks alone, or as one of several where a version can wait for the others. */
import { At1Error } from '../errors.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import type { PrincipalName } from '../manifest/name.js';
import type { Version } from '../manifest/version.js';
import type { Artifact } from '../registry/policy.js';
import { countSignatures } from './signature-count.js';

/** Throws `policy/denied`. On the registry branch nothing is left waiting: it would be in the way of every push. */
export function refusePublisher(
  policy: LoadedPolicy,
  target: Artifact & { readonly version: Version },
  signer: PrincipalName,
  mayWait: boolean,
): void {
  const artifact = `${target.kind}/${target.name}`;
  const { rule, role, needs, have, missing } = countSignatures(policy, 'register', target, [signer]);
  if (rule === null || have === 0) {
    throw new At1Error('policy/denied', {
      message: `${signer} may not register ${artifact}`,
      hint: 'at1 policy show tells who may',
    });
  }
  if (have >= needs || mayWait) return;
  throw new At1Error('policy/denied', {
    message: `${signer} alone may not register ${artifact}: it takes ${needs} of ${role} (${missing.join(' or ')} may sign too)`,
    hint: `register it on a branch, where others sign it: git switch -c register/${target.name}-${target.version}`,
  });
}
