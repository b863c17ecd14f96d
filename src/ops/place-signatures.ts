/** Signatures that somebody printed, put where they belong: over which document each is, and whose key made it. */
import { toHex } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { readBlob } from '../git-format/read-object.js';
import { namespaceOf } from '../history/judge-document.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import type { EventRow, VersionRow } from '../history/registry-state.js';
import { signaturePathOf } from '../manifest/layout-of-registry.js';
import { verifyMessage } from '../signing/sshsig.js';
import type { Registry } from './open-registry.js';

/** What people may be asked to sign. */
export type Waiting = VersionRow | EventRow;

export interface Signature {
  readonly path: string;
  readonly by: string;
  readonly file: string;
  readonly armor: string;
}

/** Signatures that somebody printed: each is held against everything that waits, and filed under whose key it is. */
export async function placeSignatures(
  { reader, engines }: Registry,
  policy: LoadedPolicy,
  asked: readonly Waiting[],
  text: string,
): Promise<Signature[]> {
  const found: Signature[] = [];
  for (const armor of armorsIn(text)) {
    for (const row of asked) {
      const check = verifyMessage(armor, namespaceOf(row.document), await readBlob(reader, row.blob), engines);
      const owner = check.kind === 'bad' ? undefined : policy.owners.get(toHex(check.publicKey));
      if (owner === undefined) continue;
      found.push({ path: row.path, by: owner, file: signaturePathOf(row.path, owner), armor });
    }
  }
  if (found.length > 0) return found;
  throw new At1Error('signature/invalid', {
    message: 'no signature in it is by somebody of the policy over something that waits here',
    hint: 'at1 approve --print makes them, of the same branch',
  });
}

const BEGIN = '-----BEGIN SSH SIGNATURE-----';
const END = '-----END SSH SIGNATURE-----';

function armorsIn(text: string): string[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(BEGIN)
    .slice(1)
    .filter((part) => part.includes(END))
    .map((part) => `${BEGIN}${part.slice(0, part.indexOf(END))}${END}\n`);
}
