/** Git's delta format: a base, and instructions that copy from it or insert new bytes. */
import { At1Error } from '../errors.js';

export interface DeltaSizes {
  readonly base: number;
  readonly result: number;
  /** Where the instructions begin. */
  readonly start: number;
}

/** The two sizes in front of the instructions. */
export function deltaSizes(delta: Uint8Array): DeltaSizes {
  const base = readSize(delta, 0);
  const result = readSize(delta, base.next);
  return { base: base.value, result: result.value, start: result.next };
}

function readSize(delta: Uint8Array, from: number): { value: number; next: number } {
  let value = 0;
  let scale = 1;
  for (let at = from; at < delta.length; at++) {
    const byte = delta[at] as number;
    value += (byte & 0x7f) * scale;
    if (value > Number.MAX_SAFE_INTEGER) break;
    if (byte < 0x80) return { value, next: at + 1 };
    scale *= 128;
  }
  return fail('has no sizes');
}

/** The caller has checked `result` of `deltaSizes` against its limit. Throws `git/invalid-object`. */
export function applyDelta(base: Uint8Array, delta: Uint8Array): Uint8Array {
  const sizes = deltaSizes(delta);
  if (sizes.base !== base.length) fail(`is for a base of ${sizes.base} bytes, not ${base.length}`);
  const out = new Uint8Array(sizes.result);
  let filled = 0;
  let at = sizes.start;
  while (at < delta.length) {
    const op = delta[at++] as number;
    if (op === 0) fail('has an instruction git does not define');
    let length = op;
    let source = delta;
    let from = at;
    if (op >= 0x80) {
      from = 0;
      length = 0;
      for (let i = 0; i < 4; i++) if ((op & (1 << i)) !== 0) from += byteAt(delta, at++) * 2 ** (8 * i);
      for (let i = 0; i < 3; i++) if ((op & (0x10 << i)) !== 0) length += byteAt(delta, at++) * 2 ** (8 * i);
      if (length === 0) length = 0x10000;
      source = base;
    } else {
      at += length;
    }
    if (from + length > source.length || filled + length > out.length) fail('reaches outside its base or result');
    out.set(source.subarray(from, from + length), filled);
    filled += length;
  }
  if (filled !== out.length) fail(`makes ${filled} bytes instead of ${out.length}`);
  return out;
}

function byteAt(delta: Uint8Array, at: number): number {
  return delta[at] ?? fail('is cut short');
}

function fail(problem: string): never {
  throw new At1Error('git/invalid-object', { message: `a delta in a pack ${problem}` });
}
