/** Whose key a commit says it was signed with; for deciding whom it belongs to, not for believing it. */
import { toHex } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import type { CommitObject } from '../git-format/commit.js';
import { parseArmor } from '../signing/sshsig.js';

/** The public key in hex; undefined for an unsigned commit, `other` for a signature that is not SSHSIG. */
export function decodeSignatureOwner(commit: CommitObject): string | undefined {
  if (commit.signature === undefined) return undefined;
  if (commit.signature.kind !== 'ssh') return 'other';
  try {
    return toHex(parseArmor(commit.signature.armor).publicKey);
  } catch (error) {
    if (error instanceof At1Error) return 'other';
    throw error;
  }
}
