/** A branch goes on along first parents: a merge that takes it in from the side, as its second parent, is refused. */
import type { Oid } from '../git-format/oid.js';
import { isAncestor } from '../git-format/read-object.js';
import { readMainline } from '../history/mainline.js';
import { type Finding, finding } from '../registry/finding.js';
import type { Registry } from './open-registry.js';

/**
 * History is what first parents say, so such a merge would tell it in another order. `registry`: opened at the branch as it
 * is. Undefined also where `after` does not stand on it at all.
 */
export async function refuseTurnedAround(
  registry: Registry,
  after: Oid,
  subject: string,
): Promise<Finding | undefined> {
  const { reader, repository, head } = registry;
  const { shallow } = repository;
  const { end } = await readMainline(reader, after, { shallow, until: head });
  if (end === 'until' || !(await isAncestor(reader, head, after, shallow))) return undefined;
  const message = `the push merges commit ${head.slice(0, 12)}, which is the branch now, into another history`;
  return finding('error', 'gate/outdated', subject, message, 'put your commits after it: git pull --rebase, then push');
}
