/** A pack's index, version 2: which object lies where. 64-bit offsets, so packs may exceed 2 GiB. */
import { equalBytes } from '../bytes/text.js';
import { At1Error } from '../errors.js';

const MAGIC = 0xff744f63;
const FANOUT_AT = 8;
const NAMES_AT = FANOUT_AT + 256 * 4;
/** Checksum of the pack, then of the index. */
const TRAILER = 40;

/** As much as tells how many objects there are. */
export const INDEX_HEAD = NAMES_AT;

/** The most bytes an index with this beginning can have: each object with a name, a checksum and an offset of 8 bytes. */
export function longestIndex(head: Uint8Array): number {
  const count = new DataView(head.buffer, head.byteOffset, head.length).getUint32(INDEX_HEAD - 4);
  return NAMES_AT + count * (20 + 4 + 4 + 8) + TRAILER;
}

export class PackIndex {
  readonly count: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #offsetsAt: number;
  readonly #largeAt: number;
  readonly #largeCount: number;

  /** Checks the structure; throws `git/invalid-object`, or `git/unsupported` for version 1. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (bytes.length < NAMES_AT + TRAILER) fail('is cut short');
    if (this.#view.getUint32(0) !== MAGIC || this.#view.getUint32(4) !== 2) {
      throw new At1Error('git/unsupported', {
        message: 'a pack index is not of version 2',
        hint: 'repack with `git repack -a -d`',
      });
    }
    let previous = 0;
    for (let i = 0; i < 256; i++) {
      const next = this.#view.getUint32(FANOUT_AT + 4 * i);
      if (next < previous) fail('has a fan-out table out of order');
      previous = next;
    }
    this.count = previous;
    this.#offsetsAt = NAMES_AT + this.count * 24;
    this.#largeAt = NAMES_AT + this.count * 28;
    const rest = bytes.length - TRAILER - this.#largeAt;
    if (rest < 0 || rest % 8 !== 0) fail(`of ${this.count} objects cannot have ${bytes.length} bytes`);
    this.#largeCount = rest / 8;
  }

  /** What the last 20 bytes of the pack must be. */
  get packChecksum(): Uint8Array {
    const end = this.#bytes.length;
    return this.#bytes.subarray(end - TRAILER, end - 20);
  }

  /** Offset of an object in the pack; `name` is the 20 bytes of its id. */
  find(name: Uint8Array): number | undefined {
    const first = name[0] as number;
    const head = ((first << 24) | ((name[1] as number) << 16) | ((name[2] as number) << 8) | (name[3] as number)) >>> 0;
    let low = first === 0 ? 0 : this.#view.getUint32(FANOUT_AT + 4 * (first - 1));
    let high = this.#view.getUint32(FANOUT_AT + 4 * first);
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = this.#compare(middle, name, head);
      if (order === 0) return this.#offset(middle);
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return undefined;
  }

  #compare(index: number, name: Uint8Array, head: number): number {
    const at = NAMES_AT + 20 * index;
    const difference = this.#view.getUint32(at) - head;
    if (difference !== 0) return difference;
    for (let i = 4; i < 20; i++) {
      const byte = (this.#bytes[at + i] as number) - (name[i] as number);
      if (byte !== 0) return byte;
    }
    return 0;
  }

  #offset(index: number): number {
    const offset = this.#view.getUint32(this.#offsetsAt + 4 * index);
    if (offset < 0x80000000) return offset;
    const large = offset - 0x80000000;
    if (large >= this.#largeCount) return fail('points outside its table of large offsets');
    const value = this.#view.getBigUint64(this.#largeAt + 8 * large);
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : fail('has an offset no file reaches');
  }

  belongsTo(packTrailer: Uint8Array): boolean {
    return equalBytes(packTrailer, this.packChecksum);
  }
}

function fail(problem: string): never {
  throw new At1Error('git/invalid-object', { message: `a pack index ${problem}` });
}
