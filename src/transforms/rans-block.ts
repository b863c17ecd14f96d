/** The code of one block with 4 states and 16-bit words, in plain arithmetic: the twin of the loops in wasm/kernel.ts. */
import { FREQUENCY_SUM, LOWEST_STATE, STATES_LENGTH, VALUES } from './plane-format.js';

const WORD = 65_536;

export function encodeRansBlock(block: Uint8Array, frequencies: Uint16Array): Uint8Array {
  const starts = startsOf(frequencies);
  const states = new Array<number>(4).fill(LOWEST_STATE);
  const words: number[] = [];
  for (let i = block.length - 1; i >= 0; i--) {
    const value = block[i] as number;
    const frequency = frequencies[value] as number;
    let state = states[i & 3] as number;
    // From here a step would leave 32 bits; the decoder comes below 65,536 at the same place.
    if (state >= frequency * 2 ** 20) {
      words.push(state % WORD);
      state = Math.floor(state / WORD);
    }
    const quotient = Math.floor(state / frequency);
    states[i & 3] = quotient * FREQUENCY_SUM + (state - quotient * frequency) + (starts[value] as number);
  }
  const code = new Uint8Array(STATES_LENGTH + 2 * words.length);
  const view = new DataView(code.buffer);
  states.forEach((state, i) => {
    view.setUint32(4 * i, state, true);
  });
  words.reverse().forEach((word, i) => {
    view.setUint16(STATES_LENGTH + 2 * i, word, true);
  });
  return code;
}

export function decodeRansBlock(code: Uint8Array, frequencies: Uint16Array, out: Uint8Array): boolean {
  const starts = startsOf(frequencies);
  const valueAt = new Uint8Array(FREQUENCY_SUM);
  frequencies.forEach((frequency, value) => {
    const start = starts[value] as number;
    valueAt.fill(value, start, start + frequency);
  });
  const view = new DataView(code.buffer, code.byteOffset, code.length);
  const states = [0, 4, 8, 12].map((at) => view.getUint32(at, true));
  if (states.some((state) => state < LOWEST_STATE)) return false;
  let at = STATES_LENGTH;
  for (let i = 0; i < out.length; i++) {
    const state = states[i & 3] as number;
    const slot = state % FREQUENCY_SUM;
    const value = valueAt[slot] as number;
    let next = (frequencies[value] as number) * Math.floor(state / FREQUENCY_SUM) + slot - (starts[value] as number);
    if (next < LOWEST_STATE) {
      if (at >= code.length) return false;
      next = next * WORD + view.getUint16(at, true);
      at += 2;
    }
    states[i & 3] = next;
    out[i] = value;
  }
  return at === code.length && states.every((state) => state === LOWEST_STATE);
}

/** The sum of the frequencies below each value. */
function startsOf(frequencies: Uint16Array): Uint16Array {
  const starts = new Uint16Array(VALUES);
  for (let value = 1; value < VALUES; value++) {
    starts[value] = (starts[value - 1] as number) + (frequencies[value - 1] as number);
  }
  return starts;
}
