/**
 * Commit objects. What is signed (`payload`) is cut out of the raw bytes exactly as git does it: the object without
 * its `gpgsig…` headers and their continuation lines, everything else (mergetag, encoding, unknown) left in place.
 */
import { equalBytes, fromLatin1, utf8 } from '../bytes/text.js';
import { concatBytes } from '../bytes/writer.js';
import {
  decodeText,
  type Header,
  invalid,
  latin1Bytes,
  readHeaders,
  refuseRepeats,
  takeHeader,
  withoutHeaders,
} from './headers.js';
import { isOid, type Oid, parseOid } from './oid.js';
import { formatPerson, type Person, parsePerson } from './person.js';
import { type GitSignature, signatureOf } from './signature-block.js';

export interface CommitObject {
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  readonly author: Person;
  readonly committer: Person;
  /** Decoded in the stated encoding (UTF-8 if none); unreadable bytes are U+FFFD. The payload keeps the bytes. */
  readonly message: string;
  readonly signature: GitSignature | undefined;
  /** The bytes the signature is about. */
  readonly payload: Uint8Array;
}

export interface CommitFields {
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  readonly author: Person;
  readonly committer: Person;
  /** Written as it is: end it with a line break, as git does. */
  readonly message: string;
}

/** What a walk through history needs of a commit. */
export interface CommitLinks {
  readonly tree: Oid;
  readonly parents: readonly Oid[];
}

const WHAT = 'commit';
const SINGLE = ['tree', 'author', 'committer', 'gpgsig', 'gpgsig-sha256', 'encoding'];
const SIGNATURE_HEADER = 'gpgsig';

/** Throws `git/invalid-object`. */
export function parseCommit(bytes: Uint8Array): CommitObject {
  const { headers, bodyStart } = readHeaders(bytes, WHAT);
  refuseRepeats(headers, SINGLE, WHAT);
  let next = 0;
  const tree = objectId(takeHeader(headers, next++, 'tree', WHAT));
  const parents: Oid[] = [];
  while (headers[next]?.key === 'parent') parents.push(objectId(takeHeader(headers, next++, 'parent', WHAT)));
  const author = takeHeader(headers, next++, 'author', WHAT);
  const committer = takeHeader(headers, next++, 'committer', WHAT);
  const rest = headers.slice(next);
  if (rest.some(({ key }) => key === 'parent')) invalid(WHAT, "a 'parent' after its committer");
  const encoding = rest.find(({ key }) => key === 'encoding')?.value;
  const signature = rest.find(({ key }) => key === SIGNATURE_HEADER);
  return {
    tree,
    parents,
    author: parsePerson(decodeText(latin1Bytes(author.value), encoding)),
    committer: parsePerson(decodeText(latin1Bytes(committer.value), encoding)),
    message: decodeText(bytes.subarray(bodyStart), encoding),
    signature: signature === undefined ? undefined : signatureOf(`${signature.value}\n`),
    payload: withoutHeaders(
      bytes,
      rest.filter(({ key }) => key.startsWith(SIGNATURE_HEADER)),
    ),
  };
}

/**
 * Tree and parents alone, read as git reads them: from the first lines, whatever follows. One odd header further down
 * must not end every walk through the history behind it.
 */
export function parseLinks(bytes: Uint8Array): CommitLinks {
  const ids: Oid[] = [];
  for (let at = 0; ; ) {
    const key = ids.length === 0 ? 'tree ' : 'parent ';
    const end = at + key.length + 40;
    const line = fromLatin1(bytes.subarray(at, end + 1));
    const id = line.slice(key.length, -1);
    if (!line.startsWith(key) || !line.endsWith('\n') || !isOid(id)) break;
    ids.push(parseOid(id));
    at = end + 1;
  }
  const [tree, ...parents] = ids;
  return tree === undefined ? invalid(WHAT, "no 'tree' where it belongs") : { tree, parents };
}

/** The unsigned bytes of a commit. */
export function formatCommit(commit: CommitFields): Uint8Array {
  if (commit.message.includes('\0')) throw new RangeError('a commit message cannot hold a NUL');
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${formatPerson(commit.author)}`,
    `committer ${formatPerson(commit.committer)}`,
  ];
  return utf8(`${lines.join('\n')}\n\n${commit.message}`);
}

/** The commit with its signature, as the last header: where git puts it. */
export function signCommit(unsigned: Uint8Array, armor: string): Uint8Array {
  const { headers, bodyStart } = readHeaders(unsigned, WHAT);
  const end = headers.at(-1)?.end ?? 0;
  if (headers.some(({ key }) => key.startsWith(SIGNATURE_HEADER))) throw new RangeError('the commit is signed already');
  if (bodyStart <= end || !armor.endsWith('\n')) throw new RangeError('not an unsigned commit and an armor');
  const value = armor.slice(0, -1).replaceAll('\n', '\n ');
  const signed = concatBytes([
    unsigned.subarray(0, end),
    utf8(`${SIGNATURE_HEADER} ${value}\n`),
    unsigned.subarray(end),
  ]);
  const check = parseCommit(signed);
  if (!equalBytes(check.payload, unsigned) || check.signature?.armor !== armor)
    throw new RangeError('not a plain armor');
  return signed;
}

function objectId(header: Header): Oid {
  return isOid(header.value) ? parseOid(header.value) : invalid(WHAT, `no object id after '${header.key}'`);
}
