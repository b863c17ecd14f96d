/**
 * A segment as a plane set and back: docs/format/transforms.md. Whoever stores one has read it again and compared; whoever
 * reads one compares the result with the digest of the original.
 */
import { Cursor } from '../bytes/cursor.js';
import { giveScratch, takeScratch } from '../bytes/scratch.js';
import { ByteWriter } from '../bytes/writer.js';
import type { ElementWidth, Engines, Kernel, PlaneMode } from '../engines.js';
import { At1Error } from '../errors.js';
import { wholeOf } from './elements.js';
import type { Level } from './level.js';
import { codePlane } from './plane-coder.js';
import {
  CODER_RANS,
  CODER_STORED,
  CODER_ZSTD,
  formatMode,
  MAX_SEGMENT,
  malformed,
  needsBase,
  PLANE_SET_SLACK,
  PLANE_SET_VERSION,
  parseMode,
  parseWidth,
} from './plane-format.js';
import { decodeRansPlane } from './rans-plane.js';
import { readVarint } from './read-varint.js';

/** How a segment is seen: bytes before, elements, and the rest. */
export interface PlaneShape {
  readonly mode: PlaneMode;
  readonly width: ElementWidth;
  /** Bytes before the first element. */
  readonly head: number;
  /** Number of elements. */
  readonly elements: number;
}

export interface PlaneOptions {
  /** Default `balanced`. */
  readonly effort?: Level;
}

/** The plane set; it may be larger than the segment. `base` has the segment's size and is there for a difference only. */
export async function writePlaneSet(
  segment: Uint8Array,
  shape: PlaneShape,
  base: Uint8Array | undefined,
  engines: Engines,
  options: PlaneOptions = {},
): Promise<Uint8Array> {
  const { mode, width, head, elements } = shape;
  const end = head + width * elements;
  checkShape(segment, shape, base);
  const kernel = await engines.kernel();
  const planes = kernel.split(segment.subarray(head, end), width, mode, base?.subarray(head, end));
  const writer = new ByteWriter().u8(PLANE_SET_VERSION).u8(formatMode(mode)).u8(width);
  writer
    .varint(head)
    .varint(elements)
    .varint(segment.length - end);
  writer.bytes(segment.subarray(0, head)).bytes(segment.subarray(end));
  for (const plane of planes) {
    const { coder, payload } = await codePlane(plane, options.effort ?? 'balanced', engines, kernel);
    writer.u8(coder).varint(payload.length).bytes(payload);
  }
  const bytes = writer.finish(takeScratch);
  giveScratch(wholeOf(planes));
  return bytes;
}

function checkShape(segment: Uint8Array, shape: PlaneShape, base: Uint8Array | undefined): void {
  const { mode, width, head, elements } = shape;
  const counts = Number.isSafeInteger(head) && head >= 0 && Number.isSafeInteger(elements) && elements >= 0;
  if (!counts || head + width * elements > segment.length || segment.length > MAX_SEGMENT) {
    throw new RangeError(`no ${elements} elements of ${width} bytes after ${head} in ${segment.length}`);
  }
  if ((base !== undefined) !== needsBase(mode) || (base !== undefined && base.length !== segment.length)) {
    throw new RangeError(`the mode ${mode} and a base of ${base?.length} bytes do not fit`);
  }
}

/** Exactly `size` bytes or `transform/malformed`; `base`, of that size, where the segment is a delta. */
export async function readPlaneSet(
  bytes: Uint8Array,
  size: number,
  base: Uint8Array | undefined,
  engines: Engines,
): Promise<Uint8Array> {
  if (size > MAX_SEGMENT || bytes.length > MAX_SEGMENT + PLANE_SET_SLACK) {
    throw malformed(`a plane set of ${bytes.length} bytes for ${size} is over the limit`);
  }
  if (base !== undefined && base.length !== size) throw malformed(`base of ${base.length} bytes for ${size}`);
  const cursor = new Cursor(bytes, 'transform/malformed');
  const { mode, width, head, elements, tail } = readShape(cursor, size);
  if (needsBase(mode) !== (base !== undefined)) {
    throw malformed(base === undefined ? `the mode ${mode} needs a base` : `the mode ${mode} has no base`);
  }
  const before = cursor.take(head, 'bytes before the elements');
  const after = cursor.take(tail, 'bytes after the elements');
  const coded: [number, Uint8Array][] = [];
  for (let p = 0; p < width; p++) {
    const coder = cursor.u8('coder of a plane');
    coded.push([coder, cursor.take(readVarint(cursor, 'length of a plane', cursor.remaining), 'plane')]);
  }
  cursor.expectEnd('the planes');
  const kernel = await engines.kernel();
  const planes: Uint8Array[] = [];
  for (const [coder, payload] of coded) planes.push(await readPlane(coder, payload, elements, engines, kernel));
  const out = takeScratch(size);
  out.set(before);
  kernel.merge(planes, mode, out.subarray(head, size - tail), base?.subarray(head, size - tail));
  out.set(after, size - tail);
  for (const plane of planes) giveScratch(plane);
  return out;
}

function readShape(cursor: Cursor, size: number): PlaneShape & { readonly tail: number } {
  const version = cursor.u8('version of a plane set');
  if (version !== PLANE_SET_VERSION) throw malformed(`unknown version ${version} of a plane set`);
  const mode = parseMode(cursor.u8('mode'));
  const width = parseWidth(cursor.u8('width'));
  const head = readVarint(cursor, 'bytes before the elements', size);
  const elements = readVarint(cursor, 'number of elements', size);
  const tail = readVarint(cursor, 'bytes after the elements', size);
  const stated = head + width * elements + tail;
  if (stated !== size) throw malformed(`plane set states ${stated} bytes, ${size} are expected`);
  return { mode, width, head, elements, tail };
}

async function readPlane(
  coder: number,
  payload: Uint8Array,
  length: number,
  engines: Engines,
  kernel: Kernel,
): Promise<Uint8Array> {
  if (coder === CODER_STORED) {
    if (payload.length !== length) throw malformed(`stored plane has ${payload.length} bytes, not ${length}`);
    return payload;
  }
  if (coder === CODER_RANS) {
    const plane = takeScratch(length);
    decodeRansPlane(payload, plane, kernel);
    return plane;
  }
  if (coder !== CODER_ZSTD) throw malformed(`unknown coder ${coder} of a plane`);
  try {
    return await engines.zstdDecompress(payload, length);
  } catch (cause) {
    if (!(cause instanceof At1Error) || !cause.code.startsWith('container/')) throw cause;
    throw malformed('zstd frame of a plane is damaged or of another size', cause);
  }
}
