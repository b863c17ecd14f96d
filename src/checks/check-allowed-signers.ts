/** `.at1/allowed_signers` is what stock git and ssh-keygen believe, so it must be what the policy generates. */
import { equalBytes, utf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { ObjectReader, Oid } from '../git-format/oid.js';
import { readSmallBlob } from '../git-format/read-object.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import { POLICY_LIMIT } from '../manifest/documents.js';
import { ALLOWED_SIGNERS_PATH } from '../manifest/layout-of-registry.js';
import { type Finding, finding, findingOf } from '../registry/finding.js';
import { formatAllowedSigners } from '../signing/allowed-signers.js';

/** The file's content for a policy. */
export function allowedSignersOf(policy: LoadedPolicy): Uint8Array {
  return utf8(formatAllowedSigners([...policy.keys].map(([name, keys]) => ({ name, keys }))));
}

export async function checkAllowedSigners(
  reader: ObjectReader,
  tree: Oid,
  policy: LoadedPolicy,
): Promise<Finding | undefined> {
  const entry = await findEntry(reader, tree, ALLOWED_SIGNERS_PATH);
  try {
    const wanted = allowedSignersOf(policy);
    const plain =
      entry?.mode === '100644'
        ? await readSmallBlob(reader, entry.oid, Math.max(wanted.length, POLICY_LIMIT))
        : undefined;
    if (plain !== undefined && equalBytes(plain, wanted)) return undefined;
  } catch (error) {
    if (error instanceof At1Error) return findingOf(error, ALLOWED_SIGNERS_PATH);
    throw error;
  }
  return finding(
    'error',
    'policy/allowed-signers',
    ALLOWED_SIGNERS_PATH,
    entry === undefined ? 'the file is missing' : 'the file does not say what the policy says',
    'stock git would believe it: restore it with at1 doctor --fix',
  );
}
