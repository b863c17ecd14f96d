/** Everything that may happen to a few stored bytes: one bit flipped, an end cut off, something added at the end. */
import { concatBytes } from '../../src/bytes/writer.js';

export interface Damage {
  readonly kind: 'flip' | 'cut' | 'added';
  /** `0a.4`: bit 4 of the byte at 0x0a. `cut 12`: the first 12 bytes are left. `added 3 of zeros`. */
  readonly what: string;
  readonly bytes: Uint8Array;
}

const MOST_ADDED = 64;

function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const flipped = bytes.slice();
  flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
  return flipped;
}

export function nameOfBit(bit: number): string {
  return `${(bit >> 3).toString(16).padStart(2, '0')}.${bit & 7}`;
}

/** Every bit, every shorter length, and 1 to 64 bytes more of three sorts, besides whole other files. */
export function* damages(bytes: Uint8Array, others: readonly Uint8Array[] = []): Generator<Damage> {
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    yield { kind: 'flip', what: nameOfBit(bit), bytes: flipBit(bytes, bit) };
  }
  for (let length = 0; length < bytes.length; length++) {
    yield { kind: 'cut', what: `cut ${length}`, bytes: bytes.slice(0, length) };
  }
  for (let more = 1; more <= MOST_ADDED; more++) {
    yield { kind: 'added', what: `added ${more} of zeros`, bytes: concatBytes([bytes, new Uint8Array(more)]) };
    yield { kind: 'added', what: `added ${more} of ones`, bytes: concatBytes([bytes, filled(more, 0xff)]) };
    // Of fewer bytes than that the copy is the whole file again.
    yield { kind: 'added', what: `added ${more} of its end`, bytes: concatBytes([bytes, bytes.slice(-more)]) };
  }
  for (const [index, other] of others.entries()) {
    yield { kind: 'added', what: `added file ${index}`, bytes: concatBytes([bytes, other]) };
  }
}

function filled(length: number, value: number): Uint8Array {
  return new Uint8Array(length).fill(value);
}

/** `05.0-6 18.4` for the bits 05.0 to 05.6 and 18.4: several bits of one byte are written as one. */
export function summarise(bits: readonly string[]): string {
  const parts: string[] = [];
  let first = '';
  let last = '';
  const close = () => {
    if (first !== '') parts.push(first === last ? first : `${first}-${last.split('.')[1]}`);
  };
  for (const bit of bits) {
    const [at, number] = bit.split('.');
    if (last !== '' && last === `${at}.${Number(number) - 1}`) last = bit;
    else {
      close();
      first = bit;
      last = bit;
    }
  }
  close();
  return parts.join(' ');
}
