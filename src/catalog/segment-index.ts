/**
 * Which object holds which original bytes: the look-up that lets a writer reuse what is stored. A cache beside the
 * catalog, one line per segment in byte order; whoever reuses an object opens and checks it first.
 */
import { compareText, fromLatin1, utf8 } from '../bytes/text.js';
import { type Digest, isDigestHex } from '../digest/digest.js';
import { isOid, type Oid } from '../git-format/oid.js';
import { CHAIN_LIMIT, type SegmentReference } from '../manifest/bases.js';
import type { Segment } from '../manifest/generated/types.js';

/** As in a manifest, without the digest that it is found by. */
export type SegmentPlace = Omit<Segment, 'sha256'>;

export interface SegmentIndex {
  /** The commit whose manifests the index was made of. */
  readonly head: Oid;
  /** How many versions there were: fewer of them later on means that one was taken back. */
  readonly versions: number;
  /** By the SHA-256 of the original bytes. */
  readonly places: ReadonlyMap<Digest, SegmentPlace>;
}

const HEADER = 'at1-segments 3';

/** Of two objects with the same original the lower digest is kept, so that the order of building does not matter. */
export function addPlace(places: Map<Digest, SegmentPlace>, sha256: Digest, place: SegmentPlace): void {
  const known = places.get(sha256);
  if (known === undefined || place.object < known.object) places.set(sha256, place);
}

export function formatSegmentIndex(index: SegmentIndex): Uint8Array {
  const lines = [...index.places]
    .sort(([a], [b]) => compareText(a, b))
    .map(([sha256, place]) => `${sha256} ${place.object} ${place.size} ${place.stored}${formatForm(place)}\n`);
  return utf8(`${HEADER} ${index.head} ${index.versions}\n${lines.join('')}`);
}

/** The place with what it needs to be opened; undefined where that is not known, or goes on too long. */
export function placeReference(
  places: ReadonlyMap<Digest, SegmentPlace>,
  sha256: Digest,
  limit = CHAIN_LIMIT,
): SegmentReference | undefined {
  const place = places.get(sha256);
  if (place === undefined) return undefined;
  const { base: baseDigest, ...rest } = place;
  if (baseDigest === undefined) return { ...rest, sha256 };
  const base = limit === 0 ? undefined : placeReference(places, baseDigest, limit - 1);
  return base === undefined || base.size !== place.size ? undefined : { ...rest, sha256, base };
}

function formatForm({ transform, base }: SegmentPlace): string {
  if (transform === undefined) return '';
  return base === undefined ? ` ${transform}` : ` ${transform} ${base}`;
}

function parseForm([transform, base, ...more]: readonly string[]):
  | Pick<SegmentPlace, 'transform' | 'base'>
  | undefined {
  if (more.length > 0) return undefined;
  if (transform === undefined) return {};
  if (transform === 'planes') return base === undefined ? { transform } : undefined;
  if (transform !== 'delta' || base === undefined || !isDigestHex(base)) return undefined;
  return { transform, base: base as Digest };
}

/** Undefined where the file is of another format or damaged: it is rebuilt then. */
export function parseSegmentIndex(bytes: Uint8Array): SegmentIndex | undefined {
  const [first, ...lines] = fromLatin1(bytes).split('\n');
  if (first === undefined || !first.startsWith(`${HEADER} `) || lines.pop() !== '') return undefined;
  const [head, count, ...rest] = first.slice(HEADER.length + 1).split(' ');
  const versions = parseCount(count);
  if (head === undefined || !isOid(head) || versions === undefined || rest.length > 0) return undefined;
  const places = new Map<Digest, SegmentPlace>();
  for (const line of lines) {
    const [sha256, object, sizeText, storedText, ...more] = line.split(' ');
    const form = parseForm(more);
    if (sha256 === undefined || object === undefined || form === undefined) return undefined;
    if (!isDigestHex(sha256) || !isDigestHex(object)) return undefined;
    const [size, stored] = [parseCount(sizeText), parseCount(storedText)];
    if (size === undefined || stored === undefined) return undefined;
    places.set(sha256 as Digest, { object: object as Digest, size, stored, ...form });
  }
  return { head, versions, places };
}

/** As `String` writes it: `Number` also takes nothing, signs, and other ways to write a number. */
function parseCount(text: string | undefined): number | undefined {
  const count = Number(text);
  return Number.isSafeInteger(count) && count >= 0 && String(count) === text ? count : undefined;
}
