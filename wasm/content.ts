/** The rolling hash that cuts by content. */
import { GEAR, INPUT } from './memory';

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
