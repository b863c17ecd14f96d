/** Streams by hand: numbers and strings as the codecs write them, and sets of stored streams. */
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes, encodeVarint } from '../../src/bytes/writer.js';
import type { Streams } from '../../src/codecs/streams.js';
import type { NamedPayload } from '../../src/container/stream-set.js';

export type Part = number | string | Uint8Array | readonly Part[];

/** Numbers are bytes, strings UTF-8, lists their parts in order. */
export function bytesOf(...parts: readonly Part[]): Uint8Array {
  return concatBytes(
    parts.map((part) => {
      if (typeof part === 'number') return Uint8Array.of(part);
      if (typeof part === 'string') return utf8(part);
      return part instanceof Uint8Array ? part : bytesOf(...part);
    }),
  );
}

export const uv = encodeVarint;

export function sv(value: number | bigint): Uint8Array {
  const wide = BigInt(value);
  return encodeVarint(wide < 0n ? -2n * wide - 1n : 2n * wide);
}

export function lp(...parts: readonly Part[]): Uint8Array {
  const bytes = bytesOf(...parts);
  return concatBytes([encodeVarint(bytes.length), bytes]);
}

export function streamsOf(parts: Readonly<Record<string, Part>>): Streams {
  return new Map(Object.entries(parts).map(([name, part]) => [name, bytesOf(part)]));
}

/** As stored payloads. */
export function storedSet(streams: Streams): NamedPayload[] {
  return Array.from(streams, ([name, bytes]) => ({ name, payload: { backend: 'stored', bytes, size: bytes.length } }));
}
