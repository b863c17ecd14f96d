/**
 * Bundles (id 12): several containers with names, each decoded for itself. A bundle has no trailer; every entry must have
 * one. A name counts only where a reader of JSON and one that searches for `"name":` find the same.
 */
import { Cursor } from '../bytes/cursor.js';
import { fromHex, fromUtf8, toHex, utf8 } from '../bytes/text.js';
import { CODEC_BUNDLE, HEAD_LENGTH, MAX_WHOLE_OUTPUT, malformed, notStrict, overLimit } from '../container/format.js';
import { readHead } from '../container/head.js';
import type { ReadOptions } from '../container/limits.js';
import { decodePayload } from '../container/payload.js';
import { type NamedPayload, readStreamSet } from '../container/stream-set.js';
import { demandTrailer } from '../container/trailer.js';
import type { Engines } from '../engines.js';
import { findHidden } from '../manifest/hidden-text.js';
import { foldPath, isGitFolder } from '../manifest/rel-path.js';
import { decodeContainerStream, onceFrom } from './read-container.js';

const MANIFEST = 'manifest';
const MAX_MANIFEST = 1024 * 1024;
const MAX_NAME = 511;
/** Lists and objects inside each other, where every reader can follow. */
const MAX_DEPTH = 64;

export interface BundleEntry {
  /** A relative path with `/`, safe below a folder. */
  readonly name: string;
  /** Size and SHA-256 of the output, where the manifest states them. */
  readonly size: number | undefined;
  readonly sha256: Uint8Array | undefined;
  /** A complete container, with trailer, that is no bundle. */
  readonly container: Uint8Array;
}

/** Everything about a bundle that can be said before its entries are decoded; throws `container/*`. */
export async function readBundle(container: Uint8Array, engines: Engines): Promise<readonly BundleEntry[]> {
  const head = readHead(container);
  if (head.codec !== CODEC_BUNDLE || head.mode !== 'whole') throw malformed('not a bundle');
  const body = new Cursor(container, 'container/malformed', HEAD_LENGTH);
  const streams = readStreamSet(body, MAX_WHOLE_OUTPUT);
  // At the end it keeps the trailer of an entry from being taken for one of the bundle.
  const last = streams.at(-1);
  if (last?.name !== MANIFEST) throw notStrict('the last stream of a bundle is not its manifest');
  if (last.payload.size > MAX_MANIFEST) throw overLimit('manifest of a bundle', last.payload.size, MAX_MANIFEST);
  const listed = readManifest(await decodePayload(last.payload, engines));
  if (listed.length !== streams.length - 1) {
    throw malformed(`a bundle of ${streams.length - 1} entries whose manifest lists ${listed.length}`);
  }
  const byName = new Map<string, NamedPayload>(streams.map((stream) => [stream.name, stream]));
  const entries: BundleEntry[] = [];
  for (const [i, entry] of listed.entries()) {
    const stream = byName.get(`e${i}`);
    if (stream === undefined) throw malformed(`a bundle without its entry ${i}`);
    const inner = await decodePayload(stream.payload, engines);
    if (readHead(inner).codec === CODEC_BUNDLE) throw malformed('a bundle inside a bundle');
    demandTrailer(inner.subarray(HEAD_LENGTH));
    entries.push({ ...entry, container: inner });
  }
  return entries;
}

/** The output of an entry, checked as that of any container, and against the manifest at its end. */
export async function* decodeEntry(
  entry: BundleEntry,
  engines: Engines,
  options: Omit<ReadOptions, 'size'> = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const hasher = engines.newSha256();
  const known = entry.size === undefined ? options : { ...options, size: entry.size };
  for await (const piece of decodeContainerStream(onceFrom(entry.container), engines, known)) {
    hasher.update(piece);
    yield piece;
  }
  if (entry.sha256 === undefined) return;
  const found = toHex(hasher.digest());
  if (found !== toHex(entry.sha256)) throw malformed(`entry ${entry.name} has the digest ${found}`);
}

function readManifest(bytes: Uint8Array): Omit<BundleEntry, 'container'>[] {
  const text = textOf(bytes);
  // With an escape the two ways to read a name would differ.
  if (text.includes('\\')) throw notStrict('the manifest of a bundle has a backslash');
  if (depthOf(text) > MAX_DEPTH) throw malformed('the manifest of a bundle is nested too deep');
  const listed = parse(text);
  if (!Array.isArray(listed) || listed.length === 0) throw malformed('the manifest of a bundle is no list of entries');
  const entries = listed.map(readEntry);
  const names = entries.map(({ name }) => name);
  const found = searchNames(text);
  if (found.length !== names.length || found.some((name, i) => name !== names[i])) {
    throw notStrict('names in the manifest of a bundle can be read in two ways');
  }
  if (keysIn(text) !== keysOf(listed)) throw malformed('the manifest of a bundle has a key twice');
  refuseClashes(names);
  return entries;
}

function textOf(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch (cause) {
    throw malformed('the manifest of a bundle is not UTF-8', cause);
  }
}

/** Of JSON without escapes. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const [token] of text.matchAll(/"[^"]*"|[[{}\]]/g)) {
    if (token === '[' || token === '{') deepest = Math.max(deepest, ++depth);
    else if (token === ']' || token === '}') depth--;
  }
  return deepest;
}

/** Keys that JSON without escapes has, those that another of the same object hides among them. */
function keysIn(text: string): number {
  return Array.from(text.matchAll(/"[^"]*"(\s*:)?/g)).filter(([, colon]) => colon !== undefined).length;
}

/** Keys that are left when it has been parsed. */
function keysOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, member) => sum + keysOf(member), own);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw malformed('the manifest of a bundle is not JSON', cause);
  }
}

function readEntry(value: unknown): Omit<BundleEntry, 'container'> {
  if (typeof value !== 'object' || value === null) throw malformed('an entry of a bundle is no object');
  const { name, size, sha256 } = value as Readonly<Record<string, unknown>>;
  if (typeof name !== 'string') throw malformed('an entry of a bundle has no name');
  const problem = problemOf(name);
  if (problem !== undefined) throw malformed(`the name of an entry of a bundle ${problem}`);
  if (size !== undefined && !(Number.isSafeInteger(size) && (size as number) >= 0)) {
    throw malformed('an entry of a bundle has a size that is none');
  }
  return { name, size: size as number | undefined, sha256: digestIn(sha256) };
}

function digestIn(value: unknown): Uint8Array | undefined {
  if (value === undefined) return undefined;
  const digest = typeof value === 'string' ? fromHex(value) : undefined;
  if (digest?.length !== 32) throw malformed('an entry of a bundle has a digest that is none');
  return digest;
}

function problemOf(name: string): string | undefined {
  if (utf8(name).length > MAX_NAME) return `is longer than ${MAX_NAME} bytes`;
  if (name.includes(':')) return 'has a colon';
  // Controls among them; a TAB or line feed is not possible in JSON without a backslash.
  if (findHidden(name) >= 0) return 'has an invisible character';
  for (const part of name.split('/')) {
    // Empty ones stand for a leading, trailing or double slash, and for no name at all.
    if (part === '' || part === '.' || part === '..') return 'has an empty part, or the part . or ..';
    // Windows drops these, so that two names would be one file, or one of them .git.
    if (part.endsWith('.') || part.endsWith(' ')) return 'has a part that ends in a dot or a space';
    // Below a new folder these would make it a git repository with a configuration of somebody else's.
    if (isGitFolder(part)) return `has the part ${part}`;
  }
  return undefined;
}

/**
 * Names as readers find them that do not know JSON: what comes after `"name":` and spaces, between two quotation marks.
 * Undefined where that fails.
 */
function searchNames(text: string): (string | undefined)[] {
  return Array.from(text.matchAll(/"name":(?: *"([^"]*)")?/g), ([, name]) => name);
}

/** Refuses names that a file system may take for one, and a name that is a file and a folder. */
function refuseClashes(names: readonly string[]): void {
  const files = new Set<string>();
  const folders = new Set<string>();
  for (const name of names) {
    const folded = foldPath(name);
    if (files.has(folded)) throw malformed(`two entries of a bundle have the name ${name}`);
    files.add(folded);
    for (let at = folded.indexOf('/'); at >= 0; at = folded.indexOf('/', at + 1)) folders.add(folded.slice(0, at));
  }
  for (const folder of folders) {
    if (files.has(folder)) throw malformed(`${folder} is a file and a folder in a bundle`);
  }
}
