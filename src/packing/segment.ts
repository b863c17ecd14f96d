/**
 * A segment of a file and the container that holds it. Writing proves the container before it is handed out; reading
 * trusts in this order: digest of the stored bytes, structure, decoded bytes, their digest.
 */

import { giveScratch } from '../bytes/scratch.js';
import type { Allocate } from '../bytes/writer.js';
import { decodeContainer } from '../codecs/read-container.js';
import { type Backend, CODEC_BUNDLE, CODEC_RAW, HEAD_LENGTH, notStrict } from '../container/format.js';
import { type Head, readHead } from '../container/head.js';
import { decodeStructure, readStructure, type Structure } from '../container/read.js';
import { demandTrailer } from '../container/trailer.js';
import { writeWhole, writeWholeCodec } from '../container/write.js';
import { type Digest, digestOf, formatDigest } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import type { Level } from '../transforms/level.js';
import { PLANE_SET_SLACK } from '../transforms/plane-format.js';
import { readPlaneSet } from '../transforms/plane-set.js';
import { chooseForm, type Form, type FormOptions } from './choose-form.js';
import { encodeElements } from './encode-elements.js';
import type { StreamSet } from './encode-streams.js';
import { chooseTextCodecs, encodeText } from './encode-text.js';

/** Less text is quickly read and nothing to gain. */
const LEAST_TEXT = 4096;
/** A codec costs its reader more than a backend does; `max` asks for nothing but the fewest bytes. */
const TEXT_GAIN = 0.97;

export interface EncodedSegment {
  readonly container: Uint8Array;
  /** SHA-256 of the container: the object's name. */
  readonly object: Digest;
  /** SHA-256 of the data. */
  readonly original: Digest;
  /** Length of the data. */
  readonly size: number;
  /** `streams`: a codec's, each with a backend of its own. */
  readonly backend: Backend | 'streams';
  /** What the container holds instead of the data. */
  readonly transform?: NonNullable<Form['transform']>;
}

/** What a manifest or layout records of a segment. */
export interface ExpectedSegment {
  /** SHA-256 of the container. */
  readonly object: Digest;
  /** SHA-256 of the data. */
  readonly sha256: Digest;
  /** Length of the data. */
  readonly size: number;
  /** Length of the container. */
  readonly stored: number;
  /** What the container holds instead of the data: docs/format/transforms.md. */
  readonly transform?: 'planes' | 'delta';
}

export interface EncodeOptions extends FormOptions {
  /** The data's SHA-256, where it was made before. */
  readonly sha256?: Uint8Array;
  /** Where the container goes. Default: fresh memory. */
  readonly allocate?: Allocate;
}

/** A whole-mode container of the data that has been decoded and compared. */
export async function encodeSegment(
  data: Uint8Array,
  level: Level,
  engines: Engines,
  options: EncodeOptions = {},
): Promise<EncodedSegment> {
  const encoded = await encodeContainer(data, level, engines, options);
  return { ...encoded, object: digestOf(await engines.sha256Aside(encoded.container)) };
}

/** The same for whoever finds out the container's name by storing it. */
export async function encodeContainer(
  data: Uint8Array,
  level: Level,
  engines: Engines,
  options: EncodeOptions = {},
): Promise<Omit<EncodedSegment, 'object'>> {
  const { payload, transform } = await chooseForm(data, level, engines, options);
  const sha256 = options.sha256 ?? (await engines.sha256Aside(data));
  const set = transform === 'delta' ? undefined : await streamsOf(data, level, engines, options, payload.bytes.length);
  if (set !== undefined) {
    const container = writeWholeCodec(set.codec, set.bytes, sha256, options.allocate);
    giveScratch(set.bytes);
    return { container, original: digestOf(sha256), size: data.length, backend: 'streams' };
  }
  // The trailer is that of what the container gives, which is not the data where that is transformed.
  const given = transform === undefined ? sha256 : await engines.sha256Aside(payload.bytes);
  const container = writeWhole(payload, given, options.allocate);
  // Never the data itself, which is not scratch of ours.
  if (transform !== undefined) giveScratch(payload.bytes);
  return {
    container,
    original: digestOf(sha256),
    size: data.length,
    backend: payload.backend,
    ...(transform === undefined ? {} : { transform }),
  };
}

/**
 * Streams of a codec where data is smaller as those. Of text a reader opens them all for any part, so little is not worth it; of
 * numbers, that xz finds more in two planes beside each other than in each alone only shows when it is tried.
 */
async function streamsOf(
  data: Uint8Array,
  level: Level,
  engines: Engines,
  { elements }: EncodeOptions,
  most: number,
): Promise<StreamSet | undefined> {
  if (elements !== undefined) return level === 'max' ? encodeElements(data, elements, level, engines, most) : undefined;
  if (level === 'fast' || data.length < LEAST_TEXT) return undefined;
  const codecs = await chooseTextCodecs(data, level, engines);
  return encodeText(data, codecs, level, engines, level === 'max' ? most : Math.floor(most * TEXT_GAIN));
}

/**
 * The data. Throws `object/digest-mismatch` when the container is not the expected one, `object/content-mismatch` when it
 * is but holds something else, `container/*` or `transform/*` when it is broken. Of a stored segment the result is a view of
 * the container. `base` is the data of the segment that a difference was taken against.
 */
export async function openSegment(
  container: Uint8Array,
  expected: ExpectedSegment,
  engines: Engines,
  base?: Uint8Array,
): Promise<Uint8Array> {
  await checkObject(container, expected, engines);
  const head = readHead(container);
  refuseStream(head);
  if (expected.transform !== undefined) return openTransformed(container, expected, engines, base);
  if (head.codec !== CODEC_RAW && head.codec !== CODEC_BUNDLE) return openCodec(container, expected, engines);
  const structure = readStructure(container);
  checkContent(structure, expected);
  return (await decodeStructure(structure, engines)).data;
}

/** What streams yield is known only when a codec has run: it is held to the size that the manifest says. */
async function openCodec(container: Uint8Array, expected: ExpectedSegment, engines: Engines): Promise<Uint8Array> {
  const sha256 = demandTrailer(container.subarray(HEAD_LENGTH));
  checkContent({ sha256, size: expected.size }, expected);
  const { size } = expected;
  return decodeContainer(container, engines, { size, maxFrameOutput: size });
}

/**
 * A plane set in a stored container. Nobody asks the trailer here: the container's digest is the signed one, and what comes out
 * is compared with the segment's.
 */
async function openTransformed(
  container: Uint8Array,
  expected: ExpectedSegment,
  engines: Engines,
  base: Uint8Array | undefined,
): Promise<Uint8Array> {
  const [payload] = readStructure(container, { maxOutput: expected.size + PLANE_SET_SLACK }).payloads;
  if (payload?.backend !== 'stored') throw notStrict('a plane set is stored in a container as it is');
  const data = await readPlaneSet(payload.bytes, expected.size, base, engines);
  const found = digestOf(await engines.sha256Aside(data));
  if (found !== expected.sha256) throw otherContent(expected, found, data.length);
  return data;
}

/** Whether the stored bytes are the expected object; throws `object/digest-mismatch`. */
export async function checkObject(container: Uint8Array, expected: ExpectedSegment, engines: Engines): Promise<void> {
  const hint = 'fetch the object again';
  if (container.length !== expected.stored) {
    throw new At1Error('object/digest-mismatch', {
      message: `object has ${container.length} bytes instead of ${expected.stored}`,
      hint,
      facts: { object: formatDigest(expected.object) },
    });
  }
  const found = digestOf(await engines.sha256Aside(container));
  if (found !== expected.object) {
    throw new At1Error('object/digest-mismatch', {
      message: 'object does not match its digest',
      hint,
      facts: { expected: formatDigest(expected.object), found: formatDigest(found) },
    });
  }
}

/** A segment is one payload; millions of tiny frames would only cost whoever reads them. */
function refuseStream({ mode }: Head): void {
  if (mode === 'stream') throw notStrict('the object is a stream of frames, not one whole container');
}

/** Before decoding: size and digest that the container claims. Decoding proves the claim, with one hash of the output. */
function checkContent(structure: Pick<Structure, 'sha256' | 'size'>, expected: ExpectedSegment): void {
  const claimed = digestOf(structure.sha256);
  if (structure.size === expected.size && claimed === expected.sha256) return;
  throw otherContent(expected, claimed, structure.size);
}

function otherContent({ object, sha256, size }: ExpectedSegment, found: Digest, foundSize: number): At1Error {
  return new At1Error('object/content-mismatch', {
    message: 'object is intact but does not hold what the manifest says',
    hint: 'the manifest names the wrong object: it was not made by a sound writer',
    facts: {
      object: formatDigest(object),
      expected: formatDigest(sha256),
      found: formatDigest(found),
      expectedSize: size,
      foundSize,
    },
  });
}
