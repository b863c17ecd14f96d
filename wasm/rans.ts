/** The code of one block with four states, and how often each value occurs. */
import { COUNTS, FREQUENCIES, INPUT, LOWEST, OUTPUT, SLOT_VALUES, SLOTS, STATES, SYMBOLS, WORDS_END } from './memory';

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
