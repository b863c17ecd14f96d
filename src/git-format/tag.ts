/**
 * Annotated tag objects. The signature is the end of the body, from the last line that begins with a marker git
 * knows; the payload is what stands before it. Whether `name` equals the ref's name is for the caller to demand.
 */
import { equalBytes, utf8 } from '../bytes/text.js';
import { concatBytes } from '../bytes/writer.js';
import { decodeText, invalid, latin1Bytes, readHeaders, refuseRepeats, takeHeader, withoutHeaders } from './headers.js';
import { isObjectType, isOid, type ObjectType, type Oid } from './oid.js';
import { formatPerson, type Person, parsePerson } from './person.js';
import { type GitSignature, signatureOf, trailingSignatureStart } from './signature-block.js';

export interface TagObject {
  readonly object: Oid;
  readonly type: ObjectType;
  readonly name: string;
  /** Undefined in tags of git's first months. */
  readonly tagger: Person | undefined;
  /** Without the signature. */
  readonly message: string;
  readonly signature: GitSignature | undefined;
  /** The bytes the signature is about; all bytes if there is none. */
  readonly payload: Uint8Array;
}

export interface TagFields {
  readonly object: Oid;
  readonly type: ObjectType;
  readonly name: string;
  readonly tagger: Person;
  /** Written as it is: must end with a line break if the tag is to be signed. */
  readonly message: string;
}

const WHAT = 'tag';
const SINGLE = ['object', 'type', 'tag', 'tagger', 'gpgsig', 'gpgsig-sha256'];

/** Of git: an id and 24 bytes more. What is shorter it calls unparsable. */
const SHORTEST = 64;

/** Throws `git/invalid-object`. */
export function parseTag(bytes: Uint8Array): TagObject {
  if (bytes.length < SHORTEST) return invalid(WHAT, 'fewer bytes than git reads as a tag');
  const { headers, bodyStart } = readHeaders(bytes, WHAT);
  refuseRepeats(headers, SINGLE, WHAT);
  const object = takeHeader(headers, 0, 'object', WHAT).value;
  if (!isOid(object)) return invalid(WHAT, "no object id after 'object'");
  const type = takeHeader(headers, 1, 'type', WHAT).value;
  if (!isObjectType(type)) return invalid(WHAT, `the unknown type '${type}'`);
  const name = takeHeader(headers, 2, 'tag', WHAT).value;
  const tagger = headers[3]?.key === 'tagger' ? takeHeader(headers, 3, 'tagger', WHAT).value : undefined;
  const rest = headers.slice(tagger === undefined ? 3 : 4);
  if (rest.some(({ key }) => key === 'tagger')) invalid(WHAT, "a 'tagger' in the wrong place");

  const start = trailingSignatureStart(bytes);
  if (start !== undefined && start < bodyStart) invalid(WHAT, 'a signature inside its header');
  const end = start ?? bytes.length;
  // As git does it: header signatures of another hash are no part of what the trailing one covers.
  const foreign = rest.filter(({ key }) => key === 'gpgsig' || key === 'gpgsig-sha256');
  return {
    object,
    type,
    name: decodeText(latin1Bytes(name), undefined),
    tagger: tagger === undefined ? undefined : parsePerson(decodeText(latin1Bytes(tagger), undefined)),
    message: decodeText(bytes.subarray(bodyStart, end), undefined),
    signature: start === undefined ? undefined : signatureOf(decodeText(bytes.subarray(start), undefined)),
    payload: start === undefined ? bytes : withoutHeaders(bytes.subarray(0, end), foreign),
  };
}

/** The unsigned bytes of a tag. */
export function formatTag(tag: TagFields): Uint8Array {
  if (tag.message.includes('\0')) throw new RangeError('a tag message cannot hold a NUL');
  if (tag.name === '' || /[\n\0]/.test(tag.name)) throw new RangeError('a tag name is one line');
  const head = `object ${tag.object}\ntype ${tag.type}\ntag ${tag.name}\ntagger ${formatPerson(tag.tagger)}\n`;
  return utf8(`${head}\n${tag.message}`);
}

/** The tag with its signature at the end. */
export function signTag(unsigned: Uint8Array, armor: string): Uint8Array {
  if (unsigned.at(-1) !== 0x0a) throw new RangeError('a tag message must end with a line break to be signed');
  const signed = concatBytes([unsigned, utf8(armor)]);
  const check = parseTag(signed);
  if (!equalBytes(check.payload, unsigned) || check.signature?.armor !== armor)
    throw new RangeError('not a plain armor');
  return signed;
}
