/** FSE, the entropy code of zstd (RFC 8878, 4.1): tables, their states, and the bits that lead from one to the next. */

export interface State {
  readonly symbol: number;
  /** The next state is `base` and that many bits more. */
  readonly base: number;
  readonly bits: number;
}

/** Bits from the first byte on, the lowest first. */
export class BitReader {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** At most 24 bits; zeros behind the end. */
  take(bits: number): number {
    const place = this.at >> 3;
    const word =
      (this.#bytes[place] ?? 0) |
      ((this.#bytes[place + 1] ?? 0) << 8) |
      ((this.#bytes[place + 2] ?? 0) << 16) |
      ((this.#bytes[place + 3] ?? 0) << 24);
    const value = (word >>> (this.at & 7)) & (2 ** bits - 1);
    this.at += bits;
    return value;
  }
}

/** Bits from the last byte backwards, behind a bit of 1 that marks where they begin. */
export class BackwardBits {
  readonly #reader: BitReader;
  /** Below zero where more was taken than there is. */
  left: number;

  /** Throws a RangeError where there is no such bit. */
  constructor(bytes: Uint8Array) {
    const mark = bytes[bytes.length - 1] ?? 0;
    if (mark === 0) throw new RangeError('no end of bits');
    this.#reader = new BitReader(bytes);
    this.left = 8 * bytes.length - 8 + 31 - Math.clz32(mark);
  }

  /** At most 24 bits. */
  take(bits: number): number {
    this.left -= bits;
    // Before the beginning there are zeros.
    const missing = Math.min(bits, Math.max(0, -this.left));
    this.#reader.at = this.left + missing;
    return this.#reader.take(bits - missing) << missing;
  }
}

export interface Shares {
  /** How many of 2^log states each symbol gets; -1: one, for which all bits are new. */
  readonly shares: readonly number[];
  readonly log: number;
}

/** Undefined where they are no table of at most `symbols` symbols and 2^`most` states. */
export function readShares(bits: BitReader, most: number, symbols: number): Shares | undefined {
  const log = bits.take(4) + 5;
  if (log > most) return undefined;
  const shares: number[] = [];
  let left = 2 ** log + 1;
  while (left > 1) {
    const width = 32 - Math.clz32(left);
    const threshold = 2 ** (width - 1);
    const spare = 2 * threshold - 1 - left;
    let value = bits.take(width - 1);
    if (value >= spare) {
      value += threshold * bits.take(1);
      if (value >= threshold) value -= spare;
    }
    const share = value - 1;
    left -= Math.abs(share);
    shares.push(share);
    for (let zeros = share === 0 ? 3 : 0; zeros === 3; ) {
      zeros = bits.take(2);
      for (let i = 0; i < zeros; i++) shares.push(0);
      if (shares.length > symbols) return undefined;
    }
    if (left < 1 || shares.length > symbols) return undefined;
  }
  return { shares, log };
}

/** Symbols spread over the states, and where each state leads. */
export function statesOf({ shares, log }: Shares): State[] {
  const size = 2 ** log;
  const symbols = new Uint8Array(size);
  let end = size;
  shares.forEach((share, symbol) => {
    if (share < 0) symbols[--end] = symbol;
  });
  let place = 0;
  shares.forEach((share, symbol) => {
    for (let i = 0; i < share; i++) {
      symbols[place] = symbol;
      do place = (place + (size >> 1) + (size >> 3) + 3) % size;
      while (place >= end);
    }
  });
  const next = shares.map(Math.abs);
  return Array.from(symbols, (symbol) => {
    const share = next[symbol] as number;
    next[symbol] = share + 1;
    const bits = log - 31 + Math.clz32(share);
    return { symbol, bits, base: (share << bits) - size };
  });
}
