/** Elements to planes and back; modes and zigzag as in docs/format/transforms.md. */
import { BASE, INPUT, OUTPUT } from './memory';

// Modes: 0 split, 1 rotate, 2 difference, 3 ordered, as in docs/format/transforms.md.

function order<T>(v: v128): v128 {
  const sign = v128.shr<T>(v, (sizeof<T>() << 3) - 1);
  const top = v128.shl<T>(v128.splat<T>(1 as T), (sizeof<T>() << 3) - 1);
  return v128.xor(v, v128.or(sign, top));
}

function disorder<T>(v: v128): v128 {
  const sign = v128.shr<T>(v, (sizeof<T>() << 3) - 1);
  const top = v128.shl<T>(v128.splat<T>(1 as T), (sizeof<T>() << 3) - 1);
  return v128.xor(v, v128.or(v128.not(sign), top));
}

/** Elements to codes, in place. U is the unsigned type of T. */
function forward<T, U>(mode: i32, length: i32): void {
  const last = i32((sizeof<T>() << 3) - 1);
  const end = INPUT + length;
  if (mode === 1) {
    for (let at = INPUT; at < end; at += 16) {
      const x = v128.load(at);
      v128.store(at, v128.or(v128.shl<T>(x, 1), v128.shr<U>(x, last)));
    }
    return;
  }
  for (let at = INPUT; at < end; at += 16) {
    let x = v128.load(at);
    let y = v128.load(at + (BASE - INPUT));
    if (mode === 3) {
      x = order<T>(x);
      y = order<T>(y);
    }
    const d = v128.sub<T>(x, y);
    v128.store(at, v128.xor(v128.shl<T>(d, 1), v128.shr<T>(d, last)));
  }
}

/** Codes to elements, in place. */
function backward<T, U>(mode: i32, length: i32): void {
  const last = i32((sizeof<T>() << 3) - 1);
  const end = OUTPUT + length;
  if (mode === 1) {
    for (let at = OUTPUT; at < end; at += 16) {
      const x = v128.load(at);
      v128.store(at, v128.or(v128.shr<U>(x, 1), v128.shl<T>(x, last)));
    }
    return;
  }
  const one = v128.splat<T>(1 as T);
  for (let at = OUTPUT; at < end; at += 16) {
    const z = v128.load(at);
    const y = v128.load(at - (OUTPUT - BASE));
    const d = v128.xor(v128.shr<U>(z, 1), v128.neg<T>(v128.and(z, one)));
    v128.store(at, mode === 3 ? disorder<T>(v128.add<T>(d, order<T>(y))) : v128.add<T>(d, y));
  }
}

// A function for each width, because a host that compiles a hot one better does so with all that is in it.

/** Elements of INPUT become codes, in place; a difference has its base at BASE. */
export function forward1(mode: i32, length: i32): void {
  forward<i8, u8>(mode, length);
}

export function forward2(mode: i32, length: i32): void {
  forward<i16, u16>(mode, length);
}

export function forward4(mode: i32, length: i32): void {
  forward<i32, u32>(mode, length);
}

export function forward8(mode: i32, length: i32): void {
  forward<i64, u64>(mode, length);
}

/** Codes at OUTPUT become elements, in place. */
export function backward1(mode: i32, length: i32): void {
  backward<i8, u8>(mode, length);
}

export function backward2(mode: i32, length: i32): void {
  backward<i16, u16>(mode, length);
}

export function backward4(mode: i32, length: i32): void {
  backward<i32, u32>(mode, length);
}

export function backward8(mode: i32, length: i32): void {
  backward<i64, u64>(mode, length);
}

// Splitting: `count` codes of INPUT become planes at OUTPUT, `stride` apart. Merging: planes at INPUT become codes at OUTPUT.

export function split1(count: i32, _stride: i32): void {
  memory.copy(OUTPUT, INPUT, count);
}

export function merge1(count: i32, _stride: i32): void {
  memory.copy(OUTPUT, INPUT, count);
}

function evenBytes(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
}

function oddBytes(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
}

function lowBytes(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

function highBytes(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

export function split2(count: i32, stride: i32): void {
  const end = OUTPUT + count;
  let from = INPUT;
  for (let to = OUTPUT; to < end; to += 16) {
    const a = v128.load(from);
    const b = v128.load(from, 16);
    v128.store(to, evenBytes(a, b));
    v128.store(to + stride, oddBytes(a, b));
    from += 32;
  }
}

export function merge2(count: i32, stride: i32): void {
  const end = INPUT + count;
  let to = OUTPUT;
  for (let from = INPUT; from < end; from += 16) {
    const a = v128.load(from);
    const b = v128.load(from + stride);
    v128.store(to, lowBytes(a, b));
    v128.store(to, highBytes(a, b), 16);
    to += 32;
  }
}

export function split4(count: i32, stride: i32): void {
  const end = OUTPUT + count;
  let from = INPUT;
  for (let to = OUTPUT; to < end; to += 16) {
    const a = v128.load(from);
    const b = v128.load(from, 16);
    const c = v128.load(from, 32);
    const d = v128.load(from, 48);
    const evenAb = evenBytes(a, b);
    const oddAb = oddBytes(a, b);
    const evenCd = evenBytes(c, d);
    const oddCd = oddBytes(c, d);
    v128.store(to, evenBytes(evenAb, evenCd));
    v128.store(to + stride, evenBytes(oddAb, oddCd));
    v128.store(to + stride * 2, oddBytes(evenAb, evenCd));
    v128.store(to + stride * 3, oddBytes(oddAb, oddCd));
    from += 64;
  }
}

export function merge4(count: i32, stride: i32): void {
  const end = INPUT + count;
  let to = OUTPUT;
  for (let from = INPUT; from < end; from += 16) {
    const a = v128.load(from);
    const b = v128.load(from + stride);
    const c = v128.load(from + stride * 2);
    const d = v128.load(from + stride * 3);
    const lowAc = lowBytes(a, c);
    const highAc = highBytes(a, c);
    const lowBd = lowBytes(b, d);
    const highBd = highBytes(b, d);
    v128.store(to, lowBytes(lowAc, lowBd));
    v128.store(to, highBytes(lowAc, lowBd), 16);
    v128.store(to, lowBytes(highAc, highBd), 32);
    v128.store(to, highBytes(highAc, highBd), 48);
    to += 64;
  }
}

export function split8(count: i32, stride: i32): void {
  const end = OUTPUT + count;
  let from = INPUT;
  for (let to = OUTPUT; to < end; to += 16) {
    const a = v128.load(from);
    const b = v128.load(from, 16);
    const c = v128.load(from, 32);
    const d = v128.load(from, 48);
    const e = v128.load(from, 64);
    const f = v128.load(from, 80);
    const g = v128.load(from, 96);
    const h = v128.load(from, 112);
    split8Half(to, stride * 2, evenBytes(a, b), evenBytes(c, d), evenBytes(e, f), evenBytes(g, h));
    split8Half(to + stride, stride * 2, oddBytes(a, b), oddBytes(c, d), oddBytes(e, f), oddBytes(g, h));
    from += 128;
  }
}

/** Four vectors that hold every second byte of sixteen elements: four planes. */
function split8Half(to: u32, stride: i32, a: v128, b: v128, c: v128, d: v128): void {
  const evenAb = evenBytes(a, b);
  const oddAb = oddBytes(a, b);
  const evenCd = evenBytes(c, d);
  const oddCd = oddBytes(c, d);
  v128.store(to, evenBytes(evenAb, evenCd));
  v128.store(to + stride, evenBytes(oddAb, oddCd));
  v128.store(to + stride * 2, oddBytes(evenAb, evenCd));
  v128.store(to + stride * 3, oddBytes(oddAb, oddCd));
}

export function merge8(count: i32, stride: i32): void {
  const end = INPUT + count;
  let to = OUTPUT;
  for (let from = INPUT; from < end; from += 16) {
    const a = v128.load(from);
    const b = v128.load(from + stride);
    const c = v128.load(from + stride * 2);
    const d = v128.load(from + stride * 3);
    const e = v128.load(from + stride * 4);
    const f = v128.load(from + stride * 5);
    const g = v128.load(from + stride * 6);
    const h = v128.load(from + stride * 7);
    merge8Half(to, lowBytes(a, e), lowBytes(b, f), lowBytes(c, g), lowBytes(d, h));
    merge8Half(to + 64, highBytes(a, e), highBytes(b, f), highBytes(c, g), highBytes(d, h));
    to += 128;
  }
}

/** Eight elements from vectors that hold their bytes 0 and 4, 1 and 5, 2 and 6, 3 and 7. */
function merge8Half(to: u32, ae: v128, bf: v128, cg: v128, dh: v128): void {
  const lowEven = lowBytes(ae, cg);
  const highEven = highBytes(ae, cg);
  const lowOdd = lowBytes(bf, dh);
  const highOdd = highBytes(bf, dh);
  v128.store(to, lowBytes(lowEven, lowOdd));
  v128.store(to, highBytes(lowEven, lowOdd), 16);
  v128.store(to, lowBytes(highEven, highOdd), 32);
  v128.store(to, highBytes(highEven, highOdd), 48);
}
