/**
 * Numbers of the AT-1 container: magic, modes, codec and backend ids, the trailer, and our limits.
 * Described in docs/format/container.md.
 */
import { At1Error } from '../errors.js';

/** "AT1". */
export const MAGIC: Uint8Array = Uint8Array.of(0x41, 0x54, 0x31);
/** Magic, mode, codec. */
export const HEAD_LENGTH = 5;
export const MODE_WHOLE = 2;
export const MODE_STREAM = 3;
/** The codec id of data that went through a backend only. */
export const CODEC_RAW = 255;
/** Method byte of a frame: a stream set for the header's codec, or a backend payload. */
export const METHOD_CODEC = 0;
export const METHOD_RAW = 1;

export const DIGEST_LENGTH = 32;
export const TRAILER_MAGIC: Uint8Array = Uint8Array.of(0xa1, 0x53, 0x36, 0x01);
export const TRAILER_LENGTH = DIGEST_LENGTH + TRAILER_MAGIC.length;

/** Genuine codecs by id; what they mean is the business of `codecs/`. */
const CODEC_NAMES = [
  'ssh',
  'json',
  'osm',
  'log',
  'columnar',
  'vcf',
  'jsondoc',
  'qcolumnar',
  'qjson',
  'dicom',
  'embed',
  'qjson2',
  'bundle',
] as const;
export const CODEC_BUNDLE = 12;

export type CodecName = (typeof CODEC_NAMES)[number] | 'raw';

/** The name of a codec id; undefined where the format gives the id no meaning. */
export function codecName(id: number): CodecName | undefined {
  return id === CODEC_RAW ? 'raw' : CODEC_NAMES[id];
}

export function codecId(name: CodecName): number {
  return name === 'raw' ? CODEC_RAW : CODEC_NAMES.indexOf(name);
}

export type Backend = 'xz' | 'zstd' | 'stored';

const BACKENDS: readonly Backend[] = ['xz', 'zstd', 'stored'];

export function parseBackend(id: number): Backend {
  const backend = BACKENDS[id];
  if (backend === undefined) throw malformed(`unknown backend ${id}`);
  return backend;
}

export function formatBackend(backend: Backend): number {
  return BACKENDS.indexOf(backend);
}

const MIB = 1024 * 1024;

/** Most output of one whole-mode payload unless the caller says otherwise: it is held in memory. */
export const MAX_WHOLE_OUTPUT = 1024 * MIB;
/** Most output of one frame of a stream, for the same reason. */
export const MAX_FRAME_OUTPUT = 64 * MIB;
/** What the worst backend adds to data that does not compress, with room to spare. */
export const PAYLOAD_SLACK = 64 * 1024;
/** Largest window or dictionary a payload may ask for: a decoder allocates it whatever the output is. */
export const MAX_ZSTD_WINDOW = 128 * MIB;
export const MAX_XZ_DICTIONARY = 64 * MIB;
/** Streams of a set, and bytes of a stream's name. */
export const MAX_STREAMS = 256;
export const MAX_STREAM_NAME = 31;
/** A 64-bit varint; the block hint and frame lengths. */
export const MAX_VARINT_LENGTH = 10;

/** Most bytes that the streams of a codec may yield for so much output: no model of one value takes more than 8 of each. */
export function maxStreams(output: number): number {
  return Math.min(8 * output + MIB, MAX_WHOLE_OUTPUT);
}

export function malformed(message: string, cause?: unknown): At1Error {
  return new At1Error('container/malformed', { message, cause });
}

export function notStrict(message: string): At1Error {
  return new At1Error('container/not-strict', {
    message,
    hint: 'pack the data again: this container can be read in more than one way',
  });
}

export function overLimit(message: string, size: number, limit: number): At1Error {
  return new At1Error('container/limit', { message: `${message}: ${size} exceeds ${limit}`, facts: { size, limit } });
}
