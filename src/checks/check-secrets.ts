/**
 * Private keys that were committed by mistake: whoever has a copy of the repository has them. Looked for in the small
 * files of the registry's folder that are none of its documents; in the first few thousand of them, to stay cheap.
 */
import { fromLatin1, toHex } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { listTree } from '../git-format/diff-trees.js';
import type { ObjectReader, Oid } from '../git-format/oid.js';
import { readSmallBlob, readTreeEntries } from '../git-format/read-object.js';
import { isTree, type TreeEntry } from '../git-format/tree.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import { parseRegistryPath } from '../manifest/layout-of-registry.js';
import { type Finding, finding } from '../registry/finding.js';
import { PRIVATE_KEY_LABEL, parsePrivateKeyContainer } from '../signing/private-key.js';

/** An RSA key of 16384 bits has 12 KB; those of this project have 400 bytes. */
const SIZE_LIMIT = 16 * 1024;
const FILES_LIMIT = 5000;
const WALK_BOUND = { depth: 32, entries: 50_000 };
const BEGIN = `-----BEGIN ${PRIVATE_KEY_LABEL}-----`;
const END = `-----END ${PRIVATE_KEY_LABEL}-----`;
const AGE = /AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}/;

/** A key and not only its label, which programs and documents name: something like base64 has to follow. */
const ANY_KEY = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----(?:\s|\\[rn]|[A-Za-z-]+: [^\n]*\n)*[A-Za-z0-9+/=]{20}/;

/** Whether a text holds a private key of any common kind, encrypted or not. */
export function holdsPrivateKey(text: string): boolean {
  return ANY_KEY.test(text) || AGE.test(text);
}

/** Whose key it is decides how bad it is, not whether it is told. */
export type Owners = Pick<LoadedPolicy, 'owners'>;

export async function checkSecrets(reader: ObjectReader, tree: Oid, policy: Owners): Promise<Finding[]> {
  const findings: Finding[] = [];
  let left = FILES_LIMIT;
  for await (const { path, oid } of foreignFiles(reader, tree)) {
    if (left-- === 0) break;
    const found = await checkSecret(reader, path, oid, policy);
    if (found !== undefined) findings.push(found);
  }
  return findings;
}

/** Whether that file, by its path from the folder of the registry, is one that is looked into. */
export function mayHoldSecret(path: string, { mode }: TreeEntry): boolean {
  return mode.startsWith('100') && parseRegistryPath(path).kind === 'other';
}

/** The same about one file, however many there are beside it. */
export async function checkSecret(
  reader: ObjectReader,
  path: string,
  oid: Oid,
  policy: Owners,
): Promise<Finding | undefined> {
  const text = await textOf(reader, oid);
  if (text?.includes(BEGIN) === true) return exposed(path, ownerOf(text, policy));
  return text !== undefined && AGE.test(text) ? exposed(path, undefined) : undefined;
}

/** A key of the policy is everybody's now; any other may be there on purpose, for a test of something else. */
function exposed(path: string, owner: string | undefined): Finding {
  if (owner === undefined)
    return finding('warning', 'key/exposed', path, 'a private key is committed', 'if it is used anywhere, replace it');
  return finding(
    'error',
    'key/exposed',
    path,
    `the private key of ${owner} is committed: anybody who has this repository may sign as ${owner}`,
    'take the key out of the policy, and make a new one: removing the file does not remove it from history',
  );
}

/** Even an encrypted file says in clear whose key it is. */
function ownerOf(text: string, policy: Owners): string | undefined {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  try {
    const { publicKey } = parsePrivateKeyContainer(`${text.slice(begin, end + END.length)}\n`);
    return policy.owners.get(toHex(publicKey));
  } catch (error) {
    if (error instanceof At1Error) return undefined;
    throw error;
  }
}

async function textOf(reader: ObjectReader, oid: Oid): Promise<string | undefined> {
  try {
    return fromLatin1(await readSmallBlob(reader, oid, SIZE_LIMIT));
  } catch (error) {
    // Files of others may be large, damaged or not here: they are none of the registry's business.
    if (error instanceof At1Error) return undefined;
    throw error;
  }
}

async function* foreignFiles(reader: ObjectReader, tree: Oid): AsyncGenerator<{ path: string; oid: Oid }> {
  for (const top of await readTreeEntries(reader, tree)) {
    if (top.name === 'objects') continue;
    if (!isTree(top)) {
      if (mayHoldSecret(top.name, top)) yield { path: top.name, oid: top.oid };
      continue;
    }
    try {
      for await (const { path, entry } of listTree(reader, top.oid, `${top.name}/`, WALK_BOUND)) {
        if (mayHoldSecret(path, entry)) yield { path, oid: entry.oid };
      }
    } catch (error) {
      if (!(error instanceof At1Error)) throw error;
    }
  }
}
