/** The decoded streams of a stream set, by name, and the ways in which codecs read them. */
import { malformed, overLimit } from '../container/format.js';
import { decodePayload, type Payload } from '../container/payload.js';
import type { NamedPayload } from '../container/stream-set.js';
import type { Engines } from '../engines.js';

export type Streams = ReadonlyMap<string, Uint8Array>;

export interface EncodedStream {
  readonly name: string;
  readonly data: Uint8Array;
  /** Where in `data` another kind of bytes begins, in order: a backend gains by starting a block there. */
  readonly cuts?: readonly number[];
  /** The data compressed in a way that fits it better than any backend finds by itself: one more candidate. */
  readonly payload?: Payload;
}

/** What a codec makes of data; which backend each stream gets is decided in `packing/`. */
export type EncodedStreams = readonly EncodedStream[];

const NOTHING = new Uint8Array(0);
const LF = 10;
/** Cells that can be asked for by number: vocabularies and templates, not the lines of a table. */
const MAX_CELLS = 2 ** 24;

/** All of them; `readStreamSet` has bounded what they yield. */
export async function decodeStreams(streams: readonly NamedPayload[], engines: Engines): Promise<Streams> {
  const decoded = new Map<string, Uint8Array>();
  for (const { name, payload } of streams) decoded.set(name, await decodePayload(payload, engines));
  return decoded;
}

/** A stream that is not there has zero bytes. */
export function streamOf(streams: Streams, name: string): Uint8Array {
  return streams.get(name) ?? NOTHING;
}

/** The cells of a stream in order: k line feeds part k + 1 of them, so no bytes at all are one empty cell. */
export class Lines {
  readonly #bytes: Uint8Array;
  readonly #name: string;
  #at = 0;

  constructor(bytes: Uint8Array, name: string) {
    this.#bytes = bytes;
    this.#name = name;
  }

  /** A view of the next cell; throws `container/malformed` after the last. */
  next(): Uint8Array {
    const start = this.#at;
    if (start > this.#bytes.length) throw malformed(`stream ${this.#name} has too few lines`);
    const found = this.#bytes.indexOf(LF, start);
    const end = found < 0 ? this.#bytes.length : found;
    this.#at = end + 1;
    return this.#bytes.subarray(start, end);
  }
}

export function linesOf(streams: Streams, name: string): Lines {
  return new Lines(streamOf(streams, name), name);
}

/** The cells of a stream by number. */
export class Cells {
  readonly #bytes: Uint8Array;
  readonly #name: string;
  /** Where each cell starts, and one past the line feed that would follow the last. */
  readonly #starts: Uint32Array;

  constructor(bytes: Uint8Array, name: string) {
    let count = 1;
    // Not indexOf: where every other byte is a line feed, its calls would cost more than the bytes.
    for (let at = 0; at < bytes.length; at++) if (bytes[at] === LF) count++;
    if (count > MAX_CELLS) throw overLimit(`lines of stream ${name}`, count, MAX_CELLS);
    const starts = new Uint32Array(count + 1);
    for (let at = 0, i = 1; i < count; at++) if (bytes[at] === LF) starts[i++] = at + 1;
    starts[count] = bytes.length + 1;
    this.#bytes = bytes;
    this.#name = name;
    this.#starts = starts;
  }

  get count(): number {
    return this.#starts.length - 1;
  }

  /** A view of cell `index`; throws `container/malformed` where there is none. */
  at(index: number): Uint8Array {
    if (index >= this.count) throw malformed(`stream ${this.#name} has no line ${index}`);
    return this.#bytes.subarray(this.#starts[index] as number, (this.#starts[index + 1] as number) - 1);
  }
}

export function cellsOf(streams: Streams, name: string): Cells {
  return new Cells(streamOf(streams, name), name);
}
