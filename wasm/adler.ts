/** Adler-32 (RFC 1950): the sum of zlib streams, which git keeps its objects in. */
import { INPUT } from './memory';

const MODULUS: u32 = 65521;
/** Most bytes, of whole vectors, before the sums must be reduced to stay exact in 32 bits. */
const RUN: u32 = 5536;

/** The sums of INPUT behind those of what came before: the low half is the sum of bytes, the high half the sum of these. */
export function adler32(length: i32, before: u32): u32 {
  let a = before & 0xffff;
  let b = before >> 16;
  const weights = i8x16(16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
  const low = v128.extend_low<u8>(weights);
  const high = v128.extend_high<u8>(weights);
  let at = INPUT;
  let left: u32 = length;
  while (left >= 16) {
    const run = min<u32>(left & ~15, RUN);
    let sums = i32x4.splat(0);
    let before = i32x4.splat(0);
    let weighted = i32x4.splat(0);
    for (const end = at + run; at < end; at += 16) {
      const bytes = v128.load(at);
      // What the sum is before these sixteen counts for each of them.
      before = v128.add<i32>(before, sums);
      sums = v128.add<i32>(sums, v128.extadd_pairwise<u16>(v128.extadd_pairwise<u8>(bytes)));
      weighted = v128.add<i32>(weighted, v128.dot<i16>(v128.extend_low<u8>(bytes), low));
      weighted = v128.add<i32>(weighted, v128.dot<i16>(v128.extend_high<u8>(bytes), high));
    }
    b = (b + run * a + 16 * total(before) + total(weighted)) % MODULUS;
    a = (a + total(sums)) % MODULUS;
    left -= run;
  }
  for (; left > 0; left--) {
    a += load<u8>(at++);
    b += a;
  }
  return ((b % MODULUS) << 16) | (a % MODULUS);
}

function total(lanes: v128): u32 {
  return (
    v128.extract_lane<i32>(lanes, 0) +
    v128.extract_lane<i32>(lanes, 1) +
    v128.extract_lane<i32>(lanes, 2) +
    v128.extract_lane<i32>(lanes, 3)
  );
}
