/**
 * The inner loops of src/transforms in AssemblyScript: built by scripts/build-kernel.mjs, called by
 * src/transforms/wasm-kernel.ts, equal to src/transforms/script-kernel.ts byte for byte.
 *
 * It works on pieces of at most 128 KiB that the caller copies in and out, so its memory has a fixed size and stays in
 * the processor's cache. Loops run over whole vectors: what lies behind the end of a piece is computed and not copied out.
 */

/** Most bytes of a piece. */
export const PIECE: u32 = 0x20000;

// Where things are. Loops read and write up to 128 bytes behind a piece, the encoder two before it.
export const INPUT: u32 = 0x10000;
export const BASE: u32 = 0x40000;
export const OUTPUT: u32 = 0x70000;
/** 256 frequencies, u16. */
export const FREQUENCIES: u32 = 0xa0000;
/** Four states, u32. */
export const STATES: u32 = 0xa0200;
/** 256 counts, u32. */
export const COUNTS: u32 = 0xa1000;
/** 256 words of the rolling hash, u32. */
export const GEAR: u32 = 0xa3000;
/** 4,096 entries: frequency u16, distance from the value's start u16; behind them 4,096 values, u8. */
const SLOTS: u32 = 0xa4000;
const SLOT_VALUES: u32 = 0xa8000;
/** 256 entries of 32 bytes: reciprocal u64, first state that is too large u32, start u32, 4096 - frequency u32. */
const SYMBOLS: u32 = 0xaa000;
/** Behind the words that `encode` writes, from the end towards the beginning. */
export const WORDS_END: u32 = 0x90000;

const LOWEST: u32 = 0x10000;

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

/** `count` elements of INPUT become planes at OUTPUT, `stride` apart; a difference has its base at BASE. */
export function split(width: i32, mode: i32, count: i32, stride: i32): void {
  const length = count * width;
  if (mode !== 0) {
    if (width === 1) forward<i8, u8>(mode, length);
    else if (width === 2) forward<i16, u16>(mode, length);
    else if (width === 4) forward<i32, u32>(mode, length);
    else forward<i64, u64>(mode, length);
  }
  if (width === 1) memory.copy(OUTPUT, INPUT, length);
  else if (width === 2) split2(count, stride);
  else if (width === 4) split4(count, stride);
  else split8(count, stride);
}

/** Planes at INPUT, `stride` apart, become `count` elements at OUTPUT. */
export function merge(width: i32, mode: i32, count: i32, stride: i32): void {
  if (width === 1) memory.copy(OUTPUT, INPUT, count);
  else if (width === 2) merge2(count, stride);
  else if (width === 4) merge4(count, stride);
  else merge8(count, stride);
  if (mode === 0) return;
  const length = count * width;
  if (width === 1) backward<i8, u8>(mode, length);
  else if (width === 2) backward<i16, u16>(mode, length);
  else if (width === 4) backward<i32, u32>(mode, length);
  else backward<i64, u64>(mode, length);
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

function split2(count: i32, stride: i32): void {
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

function merge2(count: i32, stride: i32): void {
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

function split4(count: i32, stride: i32): void {
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

function merge4(count: i32, stride: i32): void {
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

function split8(count: i32, stride: i32): void {
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

function merge8(count: i32, stride: i32): void {
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

/** Counts the byte values of INPUT at COUNTS. Four tables, because a store is slow to be loaded again. */
export function histogram(length: i32): void {
  memory.fill(COUNTS, 0, 4096);
  const whole = INPUT + (length & ~7);
  let at = INPUT;
  for (; at < whole; at += 8) {
    const low = load<u32>(at);
    const high = load<u32>(at, 4);
    count(low & 255, 0);
    count((low >> 8) & 255, 1024);
    count((low >> 16) & 255, 2048);
    count(low >> 24, 3072);
    count(high & 255, 0);
    count((high >> 8) & 255, 1024);
    count((high >> 16) & 255, 2048);
    count(high >> 24, 3072);
  }
  for (const end = INPUT + length; at < end; at++) count(load<u8>(at), 0);
  for (let to = COUNTS; to < COUNTS + 1024; to += 16) {
    const ab = v128.add<u32>(v128.load(to), v128.load(to, 1024));
    v128.store(to, v128.add<u32>(ab, v128.add<u32>(v128.load(to, 2048), v128.load(to, 3072))));
  }
}

function count(value: u32, table: u32): void {
  const at = COUNTS + table + (value << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** Makes the encoder's table of FREQUENCIES. */
export function prepareEncoder(): void {
  let start: u32 = 0;
  for (let value: u32 = 0; value < 256; value++) {
    const frequency: u32 = load<u16>(FREQUENCIES + (value << 1));
    const at = SYMBOLS + (value << 5);
    if (frequency !== 0) {
      // floor(x / f) = x * ceil(2^44 / f) >> 44 for every x < f * 2^20, because f < 2^12.
      store<u64>(at, (((<u64>1) << 44) + frequency - 1) / frequency);
      store<u32>(at, frequency << 20, 8);
      store<u32>(at, start, 12);
      store<u32>(at, 4096 - frequency, 16);
    }
    start += frequency;
  }
}

/** Encodes INPUT; leaves the states at STATES and the words before WORDS_END. Returns where the words begin. */
export function encode(length: i32): u32 {
  // Branches on noise cost more than work in vain: a word is always written and sometimes kept.
  let words = WORDS_END;
  let state0 = LOWEST;
  let state1 = LOWEST;
  let state2 = LOWEST;
  let state3 = LOWEST;
  let symbol: u32 = 0;
  let full = false;
  let at = INPUT + (length & ~3);
  const rest = length & 3;
  if (rest > 2) {
    symbol = SYMBOLS + ((<u32>load<u8>(at, 2)) << 5);
    store<u16>(words - 2, state2);
    full = state2 >= load<u32>(symbol, 8);
    words = select<u32>(words - 2, words, full);
    state2 = select<u32>(state2 >> 16, state2, full);
    state2 += load<u32>(symbol, 12) + u32((<u64>state2 * load<u64>(symbol)) >> 44) * load<u32>(symbol, 16);
  }
  if (rest > 1) {
    symbol = SYMBOLS + ((<u32>load<u8>(at, 1)) << 5);
    store<u16>(words - 2, state1);
    full = state1 >= load<u32>(symbol, 8);
    words = select<u32>(words - 2, words, full);
    state1 = select<u32>(state1 >> 16, state1, full);
    state1 += load<u32>(symbol, 12) + u32((<u64>state1 * load<u64>(symbol)) >> 44) * load<u32>(symbol, 16);
  }
  if (rest > 0) {
    symbol = SYMBOLS + ((<u32>load<u8>(at)) << 5);
    store<u16>(words - 2, state0);
    full = state0 >= load<u32>(symbol, 8);
    words = select<u32>(words - 2, words, full);
    state0 = select<u32>(state0 >> 16, state0, full);
    state0 += load<u32>(symbol, 12) + u32((<u64>state0 * load<u64>(symbol)) >> 44) * load<u32>(symbol, 16);
  }
  while (at > INPUT) {
    at -= 4;
    const four = load<u32>(at);
    symbol = SYMBOLS + ((four >> 24) << 5);
    store<u16>(words - 2, state3);
    full = state3 >= load<u32>(symbol, 8);
    words = select<u32>(words - 2, words, full);
    state3 = select<u32>(state3 >> 16, state3, full);
    state3 += load<u32>(symbol, 12) + u32((<u64>state3 * load<u64>(symbol)) >> 44) * load<u32>(symbol, 16);
    symbol = SYMBOLS + (((four >> 16) & 255) << 5);
    store<u16>(words - 2, state2);
    full = state2 >= load<u32>(symbol, 8);
    words = select<u32>(words - 2, words, full);
    state2 = select<u32>(state2 >> 16, state2, full);
    state2 += load<u32>(symbol, 12) + u32((<u64>state2 * load<u64>(symbol)) >> 44) * load<u32>(symbol, 16);
    symbol = SYMBOLS + (((four >> 8) & 255) << 5);
    store<u16>(words - 2, state1);
    full = state1 >= load<u32>(symbol, 8);
    words = select<u32>(words - 2, words, full);
    state1 = select<u32>(state1 >> 16, state1, full);
    state1 += load<u32>(symbol, 12) + u32((<u64>state1 * load<u64>(symbol)) >> 44) * load<u32>(symbol, 16);
    symbol = SYMBOLS + ((four & 255) << 5);
    store<u16>(words - 2, state0);
    full = state0 >= load<u32>(symbol, 8);
    words = select<u32>(words - 2, words, full);
    state0 = select<u32>(state0 >> 16, state0, full);
    state0 += load<u32>(symbol, 12) + u32((<u64>state0 * load<u64>(symbol)) >> 44) * load<u32>(symbol, 16);
  }
  store<u32>(STATES, state0);
  store<u32>(STATES, state1, 4);
  store<u32>(STATES, state2, 8);
  store<u32>(STATES, state3, 12);
  return words;
}

/** Makes the decoder's table of FREQUENCIES, which sum to 4,096. */
export function prepareDecoder(): void {
  let slot: u32 = 0;
  for (let value: u32 = 0; value < 256; value++) {
    const frequency: u32 = load<u16>(FREQUENCIES + (value << 1));
    for (let distance: u32 = 0; distance < frequency; distance++) {
      store<u16>(SLOTS + (slot << 2), frequency);
      store<u16>(SLOTS + (slot << 2), distance, 2);
      store<u8>(SLOT_VALUES + slot, value);
      slot++;
    }
  }
}

function step(state: u32, slot: u32): u32 {
  const at = SLOTS + (slot << 2);
  return <u32>load<u16>(at) * (state >> 12) + <u32>load<u16>(at, 2);
}

/** Decodes `length` bytes from STATES and `count` words at INPUT to OUTPUT; whether everything came out even. */
export function decode(length: i32, count: i32): bool {
  let state0 = load<u32>(STATES);
  let state1 = load<u32>(STATES, 4);
  let state2 = load<u32>(STATES, 8);
  let state3 = load<u32>(STATES, 12);
  if (state0 < LOWEST || state1 < LOWEST || state2 < LOWEST || state3 < LOWEST) return false;
  // Words that are not there are read all the same, and noticed at the end: at most one a byte.
  let from = INPUT;
  let to = OUTPUT;
  const end = OUTPUT + (length & ~3);
  while (to < end) {
    const slot0 = state0 & 4095;
    const slot1 = state1 & 4095;
    const slot2 = state2 & 4095;
    const slot3 = state3 & 4095;
    state0 = step(state0, slot0);
    state1 = step(state1, slot1);
    state2 = step(state2, slot2);
    state3 = step(state3, slot3);
    const low0 = state0 < LOWEST;
    const low1 = state1 < LOWEST;
    const low2 = state2 < LOWEST;
    const low3 = state3 < LOWEST;
    state0 = select<u32>((state0 << 16) | <u32>load<u16>(from), state0, low0);
    from += u32(low0) << 1;
    state1 = select<u32>((state1 << 16) | <u32>load<u16>(from), state1, low1);
    from += u32(low1) << 1;
    state2 = select<u32>((state2 << 16) | <u32>load<u16>(from), state2, low2);
    from += u32(low2) << 1;
    state3 = select<u32>((state3 << 16) | <u32>load<u16>(from), state3, low3);
    from += u32(low3) << 1;
    store<u8>(to, load<u8>(SLOT_VALUES + slot0), 0);
    store<u8>(to, load<u8>(SLOT_VALUES + slot1), 1);
    store<u8>(to, load<u8>(SLOT_VALUES + slot2), 2);
    store<u8>(to, load<u8>(SLOT_VALUES + slot3), 3);
    to += 4;
  }
  const rest = length & 3;
  for (let i = 0; i < rest; i++) {
    let state = i === 0 ? state0 : i === 1 ? state1 : state2;
    const slot = state & 4095;
    state = step(state, slot);
    if (state < LOWEST) {
      state = (state << 16) | <u32>load<u16>(from);
      from += 2;
    }
    if (i === 0) state0 = state;
    else if (i === 1) state1 = state;
    else state2 = state;
    store<u8>(to, load<u8>(SLOT_VALUES + slot));
    to++;
  }
  const settled = ((state0 ^ LOWEST) | (state1 ^ LOWEST) | (state2 ^ LOWEST) | (state3 ^ LOWEST)) === 0;
  return settled && from === INPUT + ((<u32>count) << 1);
}

let hash: u32 = 0;

/** Forgets the bytes before. */
export function startHash(): void {
  hash = 0;
}

/** Rolls the hash over INPUT from `at` to `end`; returns the first place behind which it is below `limit`, else `end` + 1. */
export function roll(at: i32, end: i32, limit: u32): i32 {
  let rolling = hash;
  for (let i = at; i < end; i++) {
    rolling = (rolling << 1) + load<u32>(GEAR + ((<u32>load<u8>(INPUT + i)) << 2));
    if (rolling < limit) {
      hash = rolling;
      return i;
    }
  }
  hash = rolling;
  return end + 1;
}
