/**
 * Strict reader of RAW containers held in memory, whole and stream mode. Nothing that can be read in two ways is accepted:
 * see docs/format/container.md, "Strict profile".
 */
import { Cursor } from '../bytes/cursor.js';
import { concatBytes } from '../bytes/writer.js';
import type { Engines } from '../engines.js';
import { CODEC_BUNDLE, HEAD_LENGTH, malformed, parseBackend, TRAILER_LENGTH } from './format.js';
import { readFrame, readFrameLength } from './frame.js';
import { demandRaw, readHead } from './head.js';
import { checkComplete, checkOutput, type Limits, limitsOf, type ReadOptions } from './limits.js';
import { decodePayload, type Payload, readPayload } from './payload.js';
import { demandTrailer, expectDigest } from './trailer.js';
import { readVarint } from './varint.js';

export interface Decoded {
  /** The output. A view into the container where that is possible without decoding. */
  readonly data: Uint8Array;
  /** Its SHA-256, computed from the output and equal to the trailer's. */
  readonly sha256: Uint8Array;
}

/** The structure of a container, checked, with nothing decoded yet. */
export interface Structure {
  readonly mode: 'whole' | 'stream';
  readonly payloads: readonly Payload[];
  /** What decoding will yield. */
  readonly size: number;
  /** The digest in the trailer: a claim until the output is hashed. */
  readonly sha256: Uint8Array;
}

/** Decodes a complete container; throws `container/*`. The output is the caller's only after its digest was compared. */
export async function decodeWhole(
  container: Uint8Array,
  engines: Engines,
  options: ReadOptions = {},
): Promise<Uint8Array> {
  return (await decodeStructure(readStructure(container, options), engines)).data;
}

export async function decodeStructure(structure: Structure, engines: Engines): Promise<Decoded> {
  const data = await output(structure, engines);
  const sha256 = await engines.sha256Aside(data);
  expectDigest(sha256, structure.sha256);
  return { data, sha256 };
}

/** Everything that can be said without a codec library, limits included. */
export function readStructure(container: Uint8Array, options: ReadOptions = {}): Structure {
  const limits = limitsOf(options, false);
  const head = readHead(container);
  // A bundle has its trailers inside, so that their absence at the end is not what is wrong with it.
  if (head.codec === CODEC_BUNDLE) demandRaw(head);
  const sha256 = demandTrailer(container.subarray(HEAD_LENGTH));
  demandRaw(head);
  const body = new Cursor(container, 'container/malformed', HEAD_LENGTH, container.length - TRAILER_LENGTH);
  const payloads = head.mode === 'whole' ? [readWholeBody(body, limits)] : readFrames(body, limits);
  let size = 0;
  for (const payload of payloads) size += payload.size;
  checkComplete(size, limits);
  return { mode: head.mode, payloads, size, sha256 };
}

function readWholeBody(body: Cursor, limits: Limits): Payload {
  const payload = readPayload(parseBackend(body.u8('backend')), body.rest());
  checkOutput(payload.size, limits);
  return payload;
}

function readFrames(body: Cursor, limits: Limits): Payload[] {
  readVarint(body, 'block hint');
  const payloads: Payload[] = [];
  let total = 0;
  while (body.remaining > 0) {
    const length = readFrameLength(body);
    const frame = readFrame(body.take(length, 'frame'));
    if (frame === 'index') {
      if (body.remaining > 0) throw malformed('index frame before the end of the container');
      break;
    }
    total += frame.size;
    checkOutput(total, limits);
    payloads.push(frame);
  }
  return payloads;
}

async function output(structure: Structure, engines: Engines): Promise<Uint8Array> {
  const [first] = structure.payloads;
  if (structure.payloads.length === 1 && first !== undefined) return decodePayload(first, engines);
  const parts: Uint8Array[] = [];
  for (const payload of structure.payloads) parts.push(await decodePayload(payload, engines));
  return concatBytes(parts);
}
