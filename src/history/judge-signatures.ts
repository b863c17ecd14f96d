/**
 * Who signed a document: reads its `.sig` folder at one commit, checks each file, and names the principals that count
 * under a policy. A principal counts once; a signature file must carry its signer's name.
 */
import { fromUtf8, toHex } from '../bytes/text.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { ObjectReader, Oid } from '../git-format/oid.js';
import { readSmallBlob, readTreeEntries } from '../git-format/read-object.js';
import type { PrincipalName } from '../manifest/name.js';
import { type Finding, finding, findingOf } from '../registry/finding.js';
import { type Namespace, type SignatureCheck, type Verifier, verifyMessage } from '../signing/sshsig.js';
import type { LoadedPolicy } from './load-policy.js';

/** A signature file is a few hundred bytes; anything longer is not one, and is not read. */
export const SIGNATURE_LIMIT = 4096;
/** More signature files than any threshold needs; beyond it the document is refused, not searched. */
export const SIGNATURE_COUNT_LIMIT = 256;

export interface SignatureFile {
  /** File name without `.sig`. */
  readonly name: string;
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface JudgedSignatures {
  readonly principals: ReadonlySet<PrincipalName>;
  readonly problems: readonly Finding[];
  readonly checked: number;
}

/** The files of `<document>.sig/` in a registry tree, in byte order of their names. */
export async function readSignatures(
  reader: ObjectReader,
  tree: Oid,
  folder: string,
): Promise<{ readonly files: readonly SignatureFile[]; readonly problems: readonly Finding[] }> {
  const entry = await findEntry(reader, tree, folder);
  if (entry === undefined) return { files: [], problems: [] };
  if (entry.mode !== '40000') {
    return {
      files: [],
      problems: [finding('error', 'signature/malformed', folder, 'the signature folder is not a folder')],
    };
  }
  const files: SignatureFile[] = [];
  const problems: Finding[] = [];
  // One object under many names is read once, and checked once.
  const known = new Map<Oid, Uint8Array>();
  const entries = await readTreeEntries(reader, entry.oid);
  if (entries.length > SIGNATURE_COUNT_LIMIT) {
    return {
      files,
      problems: [finding('error', 'signature/malformed', folder, `more than ${SIGNATURE_COUNT_LIMIT} signature files`)],
    };
  }
  for (const item of entries) {
    const path = `${folder}/${item.name}`;
    if (item.mode !== '100644' || !item.name.endsWith('.sig')) {
      problems.push(finding('error', 'signature/wrong-place', path, 'not a signature file'));
      continue;
    }
    try {
      const bytes = known.get(item.oid) ?? (await readSmallBlob(reader, item.oid, SIGNATURE_LIMIT));
      known.set(item.oid, bytes);
      files.push({ name: item.name.slice(0, -4), path, bytes });
    } catch (error) {
      // A damaged or missing signature does not count; the other documents are still to be judged.
      if (!(error instanceof At1Error)) throw error;
      problems.push(
        error.code === 'document/too-large'
          ? finding('error', 'signature/malformed', path, 'the signature file is too long')
          : findingOf(error, path),
      );
    }
  }
  return { files, problems };
}

export function judgeSignatures(
  files: readonly SignatureFile[],
  namespace: Namespace,
  message: Uint8Array,
  policy: LoadedPolicy,
  engines: Engines,
): JudgedSignatures {
  const principals = new Set<PrincipalName>();
  const problems: Finding[] = [];
  const checks = new Map<Uint8Array, SignatureCheck>();
  const hashing = hashingOnce(engines);
  for (const file of files) {
    const check = checks.get(file.bytes) ?? checkFile(file, namespace, message, hashing);
    checks.set(file.bytes, check);
    if (check.kind === 'bad') {
      problems.push(
        finding('error', check.code, file.path, check.message, 'the signature file does not belong to these bytes'),
      );
      continue;
    }
    const owner = policy.owners.get(toHex(check.publicKey));
    if (policy.silenced?.has(toHex(check.publicKey)) === true) {
      const message = 'signed by a key that was revoked, after its cut-off';
      problems.push(finding('error', 'signature/revoked-key', file.path, message, 'it counts for nothing'));
    } else if (owner === undefined) {
      problems.push(
        finding(
          'error',
          'signature/unknown-key',
          file.path,
          'signed by a key that the policy does not list',
          `if you know whose key it is: at1 policy add-principal ${file.name} KEY`,
        ),
      );
    } else if (owner !== file.name) {
      problems.push(
        finding('error', 'signature/wrong-place', file.path, `signed by ${owner}, but filed under '${file.name}'`),
      );
    } else {
      principals.add(owner);
    }
  }
  return { principals, problems, checked: files.length };
}

function checkFile(file: SignatureFile, namespace: Namespace, message: Uint8Array, engines: Verifier): SignatureCheck {
  try {
    return verifyMessage(fromUtf8(file.bytes), namespace, message, engines);
  } catch (error) {
    if (error instanceof At1Error) return { kind: 'bad', code: 'signature/malformed', message: error.message };
    throw error;
  }
}

/** Many signatures of one long document would hash it as often. */
function hashingOnce(engines: Verifier): Verifier {
  const once = (hash: (data: Uint8Array) => Uint8Array): ((data: Uint8Array) => Uint8Array) => {
    const known = new Map<Uint8Array, Uint8Array>();
    return (data) => {
      const hashed = known.get(data) ?? hash(data);
      known.set(data, hashed);
      return hashed;
    };
  };
  return {
    sha256: once((data) => engines.sha256(data)),
    sha512: once((data) => engines.sha512(data)),
    ed25519Verify: (signature, data, key) => engines.ed25519Verify(signature, data, key),
    ed25519KeyIsStrong: (key) => engines.ed25519KeyIsStrong(key),
  };
}
