/**
 * A segment of a file and the container that holds it. Writing proves the container before it is handed out; reading
 * trusts in this order: digest of the stored bytes, structure, decoded bytes, their digest.
 */

import type { Allocate } from '../bytes/writer.js';
import { decodeContainer } from '../codecs/read-container.js';
import { type Backend, CODEC_BUNDLE, CODEC_RAW, HEAD_LENGTH, notStrict } from '../container/format.js';
import { type Head, readHead } from '../container/head.js';
import { decodeStructure, readStructure, type Structure } from '../container/read.js';
import { demandTrailer } from '../container/trailer.js';
import { writeWhole } from '../container/write.js';
import { type Digest, digestOf, formatDigest } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { choosePayload, type Level } from './choose-backend.js';
import { provePayload } from './prove-payload.js';

export interface EncodedSegment {
  readonly container: Uint8Array;
  /** SHA-256 of the container: the object's name. */
  readonly object: Digest;
  /** SHA-256 of the data. */
  readonly original: Digest;
  /** Length of the data. */
  readonly size: number;
  readonly backend: Backend;
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
}

export interface EncodeOptions {
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
  const payload = await provePayload(await choosePayload(data, level, engines), data, engines);
  const sha256 = options.sha256 ?? (await engines.sha256Aside(data));
  const container = writeWhole(payload, sha256, options.allocate);
  return { container, original: digestOf(sha256), size: data.length, backend: payload.backend };
}

/**
 * The data. Throws `object/digest-mismatch` when the container is not the expected one, `object/content-mismatch` when it
 * is but holds something else, `container/*` when it is broken. Of a stored segment the result is a view of the container.
 */
export async function openSegment(
  container: Uint8Array,
  expected: ExpectedSegment,
  engines: Engines,
): Promise<Uint8Array> {
  await checkObject(container, expected, engines);
  const head = readHead(container);
  refuseStream(head);
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

async function checkObject(container: Uint8Array, expected: ExpectedSegment, engines: Engines): Promise<void> {
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
  throw new At1Error('object/content-mismatch', {
    message: 'object is intact but does not hold what the manifest says',
    hint: 'the manifest names the wrong object: it was not made by a sound writer',
    facts: {
      object: formatDigest(expected.object),
      expected: formatDigest(expected.sha256),
      found: formatDigest(claimed),
      expectedSize: expected.size,
      foundSize: structure.size,
    },
  });
}
