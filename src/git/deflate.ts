/**
 * zlib streams for git objects: stored blocks for what does not compress (containers), real deflate for the rest.
 * Stored blocks are framed here, because they need no copy: deflate level 1 brings nothing on containers and takes five times as long.
 */
import { once } from 'node:events';
import { createDeflate, deflateSync } from 'node:zlib';
import { loadKernel } from '../transforms/load-kernel.js';

/** Content this long or longer is tried first: it may be a container. */
const PROBE_FROM = 128 * 1024;
const PROBE_BYTES = 32 * 1024;
/** Most bytes of one stored block (RFC 1951, 3.2.4). */
const STORED_BLOCK = 65_535;

/** Whether content of this size with this beginning is worth compressing. */
export function worthDeflating(size: number, beginning: Uint8Array): boolean {
  if (size < PROBE_FROM) return true;
  const sample = beginning.subarray(0, PROBE_BYTES);
  return deflateSync(sample, { level: 1 }).length < sample.length * 0.9;
}

/** For content held in memory: the default level where it is small, the fastest where it is not, none where it is no use. */
export function deflateSmall(data: Uint8Array, worth: boolean): Uint8Array {
  return new Uint8Array(deflateSync(data, { level: !worth ? 0 : data.length < 64 * 1024 ? 6 : 1 }));
}

/** Frames as stored blocks. The sink takes lists of buffers that it must have written when its promise resolves. */
export class StoredDeflater {
  readonly #sink: (parts: readonly Uint8Array[]) => Promise<void>;
  #adler = 1;
  #left: number;
  #started = false;

  /** `size`: bytes that will come, needed to mark the last block. */
  constructor(size: number, sink: (parts: readonly Uint8Array[]) => Promise<void>) {
    this.#left = size;
    this.#sink = sink;
  }

  async write(data: Uint8Array): Promise<void> {
    if (data.length > this.#left) throw new RangeError(`${data.length} bytes where ${this.#left} were announced`);
    const parts: Uint8Array[] = [];
    if (!this.#started) parts.push(Uint8Array.of(0x78, 0x01));
    this.#started = true;
    for (let at = 0; at < data.length; at += STORED_BLOCK) {
      const block = data.subarray(at, at + STORED_BLOCK);
      this.#left -= block.length;
      parts.push(storedHeader(block.length, this.#left === 0), block);
    }
    this.#adler = (await loadKernel()).adler32(data, this.#adler);
    await this.#sink(parts);
  }

  async finish(): Promise<void> {
    if (this.#left !== 0) throw new RangeError(`${this.#left} announced bytes did not come`);
    const sum = new Uint8Array(4);
    new DataView(sum.buffer).setUint32(0, this.#adler, false);
    await this.#sink([sum]);
  }
}

function storedHeader(length: number, last: boolean): Uint8Array {
  const inverse = ~length & 0xffff;
  return Uint8Array.of(last ? 1 : 0, length & 0xff, length >> 8, inverse & 0xff, inverse >> 8);
}

/** The same shape over node's own deflate, for long content that does compress. */
export class LevelDeflater {
  readonly #stream = createDeflate({ level: 1 });
  readonly #drained: Promise<void>;
  #failed: unknown;

  constructor(sink: (parts: readonly Uint8Array[]) => Promise<void>) {
    this.#drained = this.#drain(sink).catch((error: unknown) => {
      this.#failed = error;
      this.#stream.destroy();
    });
  }

  async write(data: Uint8Array): Promise<void> {
    if (this.#failed !== undefined) throw this.#failed;
    if (this.#stream.write(data)) return;
    // Whichever comes first: room, or the end of a sink that failed.
    await Promise.race([once(this.#stream, 'drain'), this.#drained]);
  }

  async finish(): Promise<void> {
    this.#stream.end();
    await this.#drained;
    if (this.#failed !== undefined) throw this.#failed;
  }

  async #drain(sink: (parts: readonly Uint8Array[]) => Promise<void>): Promise<void> {
    for await (const chunk of this.#stream) {
      const bytes: Uint8Array = chunk;
      await sink([bytes]);
    }
  }
}
