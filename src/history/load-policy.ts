/**
 * A policy file as it is used: document, digest, and its keys as bytes. A policy with a weak, malformed or doubly
 * listed key is refused as a whole (docs/format/history.md section 3), so nothing later has to ask.
 */
import { toHex } from '../bytes/text.js';
import { type Digest, digestOf } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import type { ObjectReader, Oid } from '../git-format/oid.js';
import { readSmallBlob } from '../git-format/read-object.js';
import { POLICY_LIMIT } from '../manifest/documents.js';
import type { PrincipalName } from '../manifest/name.js';
import { type Policy, parsePolicy } from '../registry/policy.js';
import { type PublicKey, parsePublicKey } from '../signing/public-key.js';

export interface LoadedPolicy {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
  readonly policy: Policy;
  /** Who a key belongs to, by the key's 32 bytes in hex. */
  readonly owners: ReadonlyMap<string, PrincipalName>;
  readonly keys: ReadonlyMap<PrincipalName, readonly PublicKey[]>;
  /** Keys that speak for nobody where this policy is asked, in hex; none of them is in `owners`. */
  readonly silenced?: ReadonlySet<string> | undefined;
  /** Keys that were lost or stolen, by their bytes in hex, with the commit by which what they signed had to land. */
  readonly revoked: ReadonlyMap<string, Oid>;
}

/** Throws `document/*`, `policy/invalid`, `key/invalid`, `key/unsupported`, `key/weak`. */
export function loadPolicy(bytes: Uint8Array, engines: Engines): LoadedPolicy {
  const policy = parsePolicy(bytes);
  const owners = new Map<string, PrincipalName>();
  const keys = new Map<PrincipalName, PublicKey[]>();
  for (const principal of policy.principals.values()) {
    const own: PublicKey[] = [];
    for (const text of principal.keys) {
      const key = parsePublicKey(text);
      refuseWeakKey(key, `principal '${principal.name}'`, engines);
      const hex = toHex(key.raw);
      const other = owners.get(hex);
      if (other !== undefined) {
        throw new At1Error('policy/invalid', {
          message: `one key is listed for '${other}' and for '${principal.name}'`,
        });
      }
      owners.set(hex, principal.name);
      own.push(key);
    }
    keys.set(principal.name, own);
  }
  const revoked = new Map(policy.revoked.map(({ key, cutoff }) => [toHex(parsePublicKey(key).raw), cutoff as Oid]));
  return { digest: digestOf(engines.sha256(bytes)), bytes, policy, owners, keys, revoked };
}

/** By reader, so that what one repository vouches for is not taken from another. */
const loaded = new WeakMap<ObjectReader, Map<Oid, LoadedPolicy>>();

/** A policy of this history, loaded once: checks of former tags and signatures ask for the same few again and again. */
export async function loadPolicyBlob(reader: ObjectReader, blob: Oid, engines: Engines): Promise<LoadedPolicy> {
  const known = loaded.get(reader) ?? new Map<Oid, LoadedPolicy>();
  loaded.set(reader, known);
  const policy = known.get(blob) ?? loadPolicy(await readSmallBlob(reader, blob, POLICY_LIMIT), engines);
  known.set(blob, policy);
  return policy;
}

/** Small-order, mixed-order and non-canonical keys verify signatures nobody made; throws `key/weak`. */
export function refuseWeakKey(key: PublicKey, whose: string, engines: Engines): void {
  if (engines.ed25519KeyIsStrong(key.raw)) return;
  throw new At1Error('key/weak', {
    message: `the key of ${whose} is not a point of the prime-order group: anyone could sign for it`,
    hint: 'refuse this key and ask for one made by ssh-keygen -t ed25519',
  });
}
