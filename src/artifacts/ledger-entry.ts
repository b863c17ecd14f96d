/**
 * One entry of the ledger of an artifact directory: its changes, its place in the chain, and perhaps a signature.
 * docs/format/artifact-directory.md, section 4. One entry has one spelling: what is not it is refused.
 */
import { equalBytes, fromUtf8, utf8 } from '../bytes/text.js';
import { concatBytes } from '../bytes/writer.js';
import { type Digest, isDigestHex } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import { isTimestamp } from '../manifest/timestamp.js';
import { type ArtifactPath, parseArtifactPath } from './artifact-path.js';
import { type Fields, parseFields } from './json-line.js';

export interface PutChange {
  readonly op: 'put';
  readonly path: ArtifactPath;
  /** Of the original. */
  readonly size: number;
  readonly sha256: Digest;
  /** Of the container. */
  readonly stored: number;
  readonly container: Digest;
  /** Under which name the container waits until it stands in its place: the mark of the process that made it. */
  readonly staged: string;
}

export interface DeleteChange {
  readonly op: 'delete';
  readonly path: ArtifactPath;
}

export type Change = PutChange | DeleteChange;

export interface LedgerEntry {
  /** From 1. */
  readonly sequence: number;
  /** SHA-256 of all bytes of the entry before; null in the first. */
  readonly previous: Digest | null;
  readonly time: string;
  readonly changes: readonly Change[];
}

export interface ReadEntry extends LedgerEntry {
  /** What a signature is about: everything before it. */
  readonly body: Uint8Array;
  /** SSHSIG armor. */
  readonly signature: string | undefined;
}

export const ENTRY_LIMIT = 128 * 1024 * 1024;
export const CHANGES_LIMIT = 200_000;
const SEQUENCE_LIMIT = 999_999_999_999;
const SIGNATURE_BEGINS = '-----BEGIN SSH SIGNATURE-----\n';
const ENTRY_NAME = /^([0-9]{12})\.entry$/;

/** `000000000012.entry`. */
export function entryName(sequence: number): string {
  return `${String(sequence).padStart(12, '0')}.entry`;
}

/** Undefined for what is no entry. */
export function sequenceOf(name: string): number | undefined {
  const digits = ENTRY_NAME.exec(name)?.[1];
  return digits === undefined || Number(digits) === 0 ? undefined : Number(digits);
}

/** The part that is signed. Throws RangeError for what cannot be written. */
export function formatEntry({ sequence, previous, time, changes }: LedgerEntry): Uint8Array {
  if (!isCount(sequence) || sequence < 1 || sequence > SEQUENCE_LIMIT) throw new RangeError(`entry ${sequence}`);
  if (changes.length === 0 || changes.length > CHANGES_LIMIT) throw new RangeError(`${changes.length} changes`);
  const head = { ledger: 1, sequence, previous, time, changes: changes.length };
  return utf8([head, ...changes.map(inOrder)].map((line) => `${JSON.stringify(line)}\n`).join(''));
}

/** With the armor of its signature behind it, as it is stored. */
export function withSignature(body: Uint8Array, armor: string | undefined): Uint8Array {
  return armor === undefined ? body : concatBytes([body, utf8(armor)]);
}

function inOrder(change: Change): Change {
  if (change.op === 'delete') return { op: 'delete', path: change.path };
  const { path, size, sha256, stored, container, staged } = change;
  return { op: 'put', path, size, sha256, stored, container, staged };
}

/** Throws `ledger/malformed`. Neither the chain nor the signature is judged here. */
export function parseEntry(bytes: Uint8Array): ReadEntry {
  if (bytes.length > ENTRY_LIMIT) throw malformed(`an entry of ${bytes.length} bytes`);
  const text = decode(bytes);
  const at = text.indexOf(SIGNATURE_BEGINS);
  const signature = at < 0 ? undefined : text.slice(at);
  const lines = (at < 0 ? text : text.slice(0, at)).split('\n');
  if (lines.pop() !== '') throw malformed('the last line has no end');
  const [head, ...changes] = lines.map(readLine);
  const entry = entryOf(head ?? {}, changes);
  const body = formatEntry(entry);
  // Key order, spaces, escapes, numbers: all of it by comparing with what we would have written.
  if (!equalBytes(bytes, withSignature(body, signature))) {
    throw malformed('it is not in the one form an entry has');
  }
  return { ...entry, body, signature };
}

function entryOf(head: Fields, changes: readonly Fields[]): LedgerEntry {
  if (head.ledger !== 1) throw malformed('it is not of version 1');
  const { sequence, previous, time } = head;
  if (!isCount(sequence) || sequence < 1 || sequence > SEQUENCE_LIMIT) throw malformed('bad sequence number');
  if (previous !== null && !isDigest(previous)) throw malformed('bad digest of the entry before');
  if ((sequence === 1) !== (previous === null)) throw malformed('only the first entry follows none');
  if (typeof time !== 'string' || !isTimestamp(time)) throw malformed('bad time');
  if (head.changes !== changes.length) throw malformed('it has not as many changes as it says');
  if (changes.length === 0 || changes.length > CHANGES_LIMIT) throw malformed(`${changes.length} changes`);
  const read = changes.map(changeOf);
  if (new Set(read.map(({ path }) => path)).size !== read.length) throw malformed('it changes one artifact twice');
  return { sequence, previous, time, changes: read };
}

function changeOf(line: Fields): Change {
  const { op, size, sha256, stored, container, staged } = line;
  const path = pathOf(line.path);
  if (op === 'delete') return { op, path };
  if (op !== 'put') throw malformed('unknown kind of change');
  if (!isCount(size) || !isCount(stored)) throw malformed('bad size');
  if (!isDigest(sha256) || !isDigest(container)) throw malformed('bad digest');
  if (typeof staged !== 'string' || !/^[0-9a-z-]{1,200}$/.test(staged)) throw malformed('bad staged name');
  return { op, path, size, sha256, stored, container, staged };
}

function pathOf(value: unknown): ArtifactPath {
  if (typeof value !== 'string') throw malformed('a change without a path');
  try {
    return parseArtifactPath(value);
  } catch (error) {
    if (error instanceof At1Error) throw malformed(error.message);
    throw error;
  }
}

function readLine(line: string): Fields {
  return parseFields(line) ?? fail('a line is no JSON object');
}

function fail(what: string): never {
  throw malformed(what);
}

function decode(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch (error) {
    if (error instanceof At1Error) throw malformed(error.message);
    throw error;
  }
}

function isDigest(value: unknown): value is Digest {
  return typeof value === 'string' && isDigestHex(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0);
}

function malformed(what: string): At1Error {
  return new At1Error('ledger/malformed', {
    message: `ledger entry: ${what}`,
    hint: 'the ledger was damaged or edited: restore .at1-ledger from a copy',
  });
}
