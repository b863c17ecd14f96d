/** Huffman codes of zstd, four streams a block (RFC 8878, 4.2), and a look for what repeats. */
import { CODES, DECODING, HASHES, INPUT, OUTPUT, REPEATS } from './memory';

/** Codes INPUT by CODES (code, and its length from bit 16 on): the jump table and four streams at OUTPUT. Returns their end. */
export function encodeHuffman(length: i32): u32 {
  const quarter: u32 = (length + 3) >> 2;
  let from = INPUT;
  let to = OUTPUT + 6;
  for (let i: u32 = 0; i < 4; i++) {
    const end = i < 3 ? from + quarter : INPUT + length;
    const begin = to;
    to = encodeStream(from, end, to);
    if (i < 3) store<u16>(OUTPUT + (i << 1), to - begin);
    from = end;
  }
  return to;
}

/** From the last byte to the first, because a decoder begins at the end; a bit of 1 marks where that is. */
function encodeStream(from: u32, end: u32, start: u32): u32 {
  let to = start;
  let bits: u64 = 0;
  let count: u64 = 0;
  let at = end;
  for (const whole = from + ((end - from) & 3); at > whole; ) {
    at -= 4;
    const four = load<u32>(at);
    // Four codes have at most 44 bits, and less than 8 are left over.
    let code: u64 = load<u32>(CODES + ((four >> 24) << 2));
    bits |= (code & 0xffff) << count;
    count += code >> 16;
    code = load<u32>(CODES + (((four >> 16) & 255) << 2));
    bits |= (code & 0xffff) << count;
    count += code >> 16;
    code = load<u32>(CODES + (((four >> 8) & 255) << 2));
    bits |= (code & 0xffff) << count;
    count += code >> 16;
    code = load<u32>(CODES + ((four & 255) << 2));
    bits |= (code & 0xffff) << count;
    count += code >> 16;
    store<u64>(to, bits);
    to += u32(count >> 3);
    bits >>= count & 0x38;
    count &= 7;
  }
  while (at > from) {
    at--;
    const code: u64 = load<u32>(CODES + ((<u32>load<u8>(at)) << 2));
    bits |= (code & 0xffff) << count;
    count += code >> 16;
  }
  bits |= (<u64>1) << count;
  store<u64>(to, bits);
  return to + u32(count >> 3) + 1;
}

/** The bit behind the last one of a stream that ends before `end`. */
function lastBit(end: u32): u32 {
  return ((end - 1) << 3) + 31 - clz<u32>(load<u8>(end - 1));
}

/** At least 56 bits from bit `at` downwards. What lies before a stream may be among them: it decides nothing. */
function bitsBefore(at: u32): u64 {
  return load<u64>((at >> 3) - 7) << (8 - (at & 7));
}

/**
 * Decodes `length` bytes to OUTPUT from jump table and streams of `size` bytes at INPUT by DECODING: of the next 11 bits the
 * value, times 256, and the length of its code. Whether every stream came out even.
 */
export function decodeHuffman(length: i32, size: i32): bool {
  const quarter: u32 = (length + 3) >> 2;
  const rest: u32 = length - 3 * quarter;
  const begin0 = INPUT + 6;
  const begin1 = begin0 + load<u16>(INPUT);
  const begin2 = begin1 + load<u16>(INPUT, 2);
  const begin3 = begin2 + load<u16>(INPUT, 4);
  const end = INPUT + size;
  if (begin1 === begin0 || begin2 === begin1 || begin3 === begin2 || begin3 >= end) return false;
  const marks = load<u8>(begin1 - 1) && load<u8>(begin2 - 1) && load<u8>(begin3 - 1) && load<u8>(end - 1);
  if (!marks) return false;
  let at0 = lastBit(begin1);
  let at1 = lastBit(begin2);
  let at2 = lastBit(begin3);
  let at3 = lastBit(end);
  let to = OUTPUT;
  const to1 = quarter;
  const to2 = 2 * quarter;
  const to3 = 3 * quarter;
  for (const fives = OUTPUT + rest - (rest % 5); to < fives; to += 5) {
    // Five codes have at most 55 bits. Shifts look at six bits of an entry only, sums at eight.
    let bits0 = bitsBefore(at0);
    let bits1 = bitsBefore(at1);
    let bits2 = bitsBefore(at2);
    let bits3 = bitsBefore(at3);
    let sum0: u32 = 0;
    let sum1: u32 = 0;
    let sum2: u32 = 0;
    let sum3: u32 = 0;
    for (let i: u32 = 0; i < 5; i++) {
      const entry0 = <u32>load<u16>(DECODING + (u32(bits0 >> 53) << 1));
      const entry1 = <u32>load<u16>(DECODING + (u32(bits1 >> 53) << 1));
      const entry2 = <u32>load<u16>(DECODING + (u32(bits2 >> 53) << 1));
      const entry3 = <u32>load<u16>(DECODING + (u32(bits3 >> 53) << 1));
      store<u8>(to + i, entry0 >> 8);
      store<u8>(to + i + to1, entry1 >> 8);
      store<u8>(to + i + to2, entry2 >> 8);
      store<u8>(to + i + to3, entry3 >> 8);
      bits0 <<= <u64>entry0;
      bits1 <<= <u64>entry1;
      bits2 <<= <u64>entry2;
      bits3 <<= <u64>entry3;
      sum0 += entry0;
      sum1 += entry1;
      sum2 += entry2;
      sum3 += entry3;
    }
    at0 -= sum0 & 255;
    at1 -= sum1 & 255;
    at2 -= sum2 & 255;
    at3 -= sum3 & 255;
  }
  const done = to - OUTPUT;
  at0 = decodeRest(at0, to, quarter - done);
  at1 = decodeRest(at1, to + to1, quarter - done);
  at2 = decodeRest(at2, to + to2, quarter - done);
  at3 = decodeRest(at3, to + to3, rest - done);
  return at0 === begin0 << 3 && at1 === begin1 << 3 && at2 === begin2 << 3 && at3 === begin3 << 3;
}

function decodeRest(from: u32, to: u32, count: u32): u32 {
  let at = from;
  for (let i: u32 = 0; i < count; i++) {
    const entry = <u32>load<u16>(DECODING + (u32(bitsBefore(at) >> 53) << 1));
    store<u8>(to + i, entry >> 8);
    at -= entry & 255;
  }
  return at;
}

/**
 * Looks through INPUT for runs of six bytes and more that stood in it before, the first that comes: their number and all
 * their bytes at REPEATS. What `repeatsIn` in src/transforms/huffman-block.ts does.
 */
export function findRepeats(length: i32): void {
  memory.fill(HASHES, 0, 0x4000);
  let count: u32 = 0;
  let bytes: u32 = 0;
  const end = INPUT + length;
  let at = INPUT;
  while (at + 8 <= end) {
    const low = load<u32>(at);
    const high = <u32>load<u16>(at, 4);
    const slot = HASHES + ((((low * 0x9e3779b1) ^ (high * 0x85ebca6b)) >> 20) << 2);
    const before = load<u32>(slot);
    store<u32>(slot, at);
    if (before === 0 || load<u32>(before) !== low || <u32>load<u16>(before, 4) !== high) {
      at++;
      continue;
    }
    let same: u32 = 6;
    while (at + same < end && load<u8>(before + same) === load<u8>(at + same)) same++;
    count++;
    bytes += same;
    at += same;
  }
  store<u32>(REPEATS, count);
  store<u32>(REPEATS, bytes, 4);
}
