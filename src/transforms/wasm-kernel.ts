/**
 * The kernel in WebAssembly with SIMD (wasm/kernel.ts): copies pieces in and out of a memory of fixed size. It keeps no
 * state between calls but tables, so that one instance serves everyone in a thread.
 */
import type { CutSizes, ElementWidth, Kernel, PlaneMode, Repeats } from '../engines.js';
import { checkSizes, gearTable, searchFrom } from './cut-points.js';
import { planesOf } from './elements.js';
import { SHORTEST } from './huffman-block.js';
import { formatMode, STATES_LENGTH, VALUES } from './plane-format.js';

type Loop = `${'split' | 'merge' | 'forward' | 'backward'}${ElementWidth}`;

/** What wasm/kernel.ts exports. */
interface Exports extends Readonly<Record<Loop, (first: number, second: number) => void>> {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly PIECE: Address;
  readonly INPUT: Address;
  readonly BASE: Address;
  readonly OUTPUT: Address;
  readonly FREQUENCIES: Address;
  readonly STATES: Address;
  readonly COUNTS: Address;
  readonly GEAR: Address;
  readonly WORDS_END: Address;
  readonly CODES: Address;
  readonly DECODING: Address;
  readonly REPEATS: Address;
  histogram(length: number): void;
  prepareEncoder(): void;
  encode(length: number): number;
  prepareDecoder(): void;
  decode(length: number, count: number): number;
  encodeHuffman(length: number): number;
  decodeHuffman(length: number, size: number): number;
  findRepeats(length: number): void;
  adler32(length: number, before: number): number;
  startHash(): void;
  roll(at: number, end: number, limit: number): number;
}

interface Address {
  readonly value: number;
}

interface WebAssemblyOfHost {
  instantiate(module: Uint8Array): Promise<{ readonly instance: { readonly exports: unknown } }>;
}

/** Planes of a piece lie this much further apart than they are long: at a power of two they would evict each other. */
const APART = 64;

/** Throws whatever the host throws where it knows no WebAssembly or no SIMD. */
export async function instantiateKernel(module: Uint8Array): Promise<Kernel> {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyOfHost };
  const { instance } = await WebAssembly.instantiate(module);
  const wasm = instance.exports as Exports;
  const memory = new Uint8Array(wasm.memory.buffer);
  memory.set(bytesOfWords(gearTable()), wasm.GEAR.value);
  return kernelOf(wasm, memory);
}

function kernelOf(wasm: Exports, memory: Uint8Array): Kernel {
  const [piece, input, output] = [wasm.PIECE.value, wasm.INPUT.value, wasm.OUTPUT.value];
  const base = wasm.BASE.value;
  const view = new DataView(memory.buffer);
  let encoderTable: Uint16Array | undefined;
  let decoderTable: Uint16Array | undefined;
  let decodingTable: Uint16Array | undefined;

  function split(elements: Uint8Array, width: ElementWidth, mode: PlaneMode, other?: Uint8Array): Uint8Array[] {
    const count = elements.length / width;
    const planes = planesOf(width, count);
    const most = piece / width;
    for (let at = 0; at < count; at += most) {
      const now = Math.min(most, count - at);
      memory.set(elements.subarray(at * width, (at + now) * width), input);
      if (other !== undefined) memory.set(other.subarray(at * width, (at + now) * width), base);
      if (mode !== 'split') wasm[`forward${width}`](formatMode(mode), now * width);
      wasm[`split${width}`](now, most + APART);
      for (let p = 0, from = output; p < width; p++, from += most + APART) {
        (planes[p] as Uint8Array).set(memory.subarray(from, from + now), at);
      }
    }
    return planes;
  }

  function merge(planes: readonly Uint8Array[], mode: PlaneMode, out: Uint8Array, other?: Uint8Array): void {
    const width = planes.length as ElementWidth;
    const count = out.length / width;
    const most = piece / width;
    for (let at = 0; at < count; at += most) {
      const now = Math.min(most, count - at);
      for (let p = 0, to = input; p < width; p++, to += most + APART) {
        memory.set((planes[p] as Uint8Array).subarray(at, at + now), to);
      }
      if (other !== undefined) memory.set(other.subarray(at * width, (at + now) * width), base);
      wasm[`merge${width}`](now, most + APART);
      if (mode !== 'split') wasm[`backward${width}`](formatMode(mode), now * width);
      out.set(memory.subarray(output, output + now * width), at * width);
    }
  }

  function histogram(bytes: Uint8Array): Uint32Array {
    const counts = new Uint32Array(VALUES);
    for (let at = 0; at < bytes.length; at += piece) {
      const now = bytes.subarray(at, at + piece);
      memory.set(now, input);
      wasm.histogram(now.length);
      for (let value = 0; value < VALUES; value++) {
        counts[value] = (counts[value] as number) + view.getUint32(wasm.COUNTS.value + 4 * value, true);
      }
    }
    return counts;
  }

  function encodeBlock(block: Uint8Array, frequencies: Uint16Array): Uint8Array {
    if (encoderTable !== frequencies) {
      memory.set(bytesOfWords(frequencies), wasm.FREQUENCIES.value);
      wasm.prepareEncoder();
      encoderTable = frequencies;
    }
    memory.set(block, input);
    const begin = wasm.encode(block.length);
    const code = new Uint8Array(STATES_LENGTH + wasm.WORDS_END.value - begin);
    code.set(memory.subarray(wasm.STATES.value, wasm.STATES.value + STATES_LENGTH));
    code.set(memory.subarray(begin, wasm.WORDS_END.value), STATES_LENGTH);
    return code;
  }

  function decodeBlock(code: Uint8Array, frequencies: Uint16Array, out: Uint8Array): boolean {
    // A step takes one word at most.
    if (code.length - STATES_LENGTH > 2 * out.length) return false;
    if (decoderTable !== frequencies) {
      memory.set(bytesOfWords(frequencies), wasm.FREQUENCIES.value);
      wasm.prepareDecoder();
      decoderTable = frequencies;
    }
    memory.set(code.subarray(0, STATES_LENGTH), wasm.STATES.value);
    memory.set(code.subarray(STATES_LENGTH), input);
    if (wasm.decode(out.length, (code.length - STATES_LENGTH) / 2) === 0) return false;
    out.set(memory.subarray(output, output + out.length));
    return true;
  }

  function encodeHuffman(block: Uint8Array, codes: Uint32Array): Uint8Array {
    memory.set(bytesOfWords(codes), wasm.CODES.value);
    memory.set(block, input);
    return memory.slice(output, wasm.encodeHuffman(block.length));
  }

  function decodeHuffman(code: Uint8Array, decoding: Uint16Array, out: Uint8Array): boolean {
    if (code.length < SHORTEST || code.length > piece) return false;
    if (decodingTable !== decoding) {
      memory.set(bytesOfWords(decoding), wasm.DECODING.value);
      decodingTable = decoding;
    }
    memory.set(code, input);
    if (wasm.decodeHuffman(out.length, code.length) === 0) return false;
    out.set(memory.subarray(output, output + out.length));
    return true;
  }

  function repeats(bytes: Uint8Array): Repeats {
    const now = bytes.subarray(0, piece);
    memory.set(now, input);
    wasm.findRepeats(now.length);
    const at = wasm.REPEATS.value;
    return { count: view.getUint32(at, true), bytes: view.getUint32(at + 4, true) };
  }

  function adler32(bytes: Uint8Array, before: number): number {
    let sum = before;
    for (let at = 0; at < bytes.length; at += piece) {
      const now = bytes.subarray(at, at + piece);
      memory.set(now, input);
      sum = wasm.adler32(now.length, sum);
    }
    return sum >>> 0;
  }

  function cutPoints(data: Uint8Array, sizes: CutSizes): number[] {
    checkSizes(sizes);
    const cuts: number[] = [];
    // The part of the data that lies in `memory`.
    let loaded = 0;
    let loadedEnd = 0;
    const rollOver = (from: number, to: number, limit: number): number | undefined => {
      for (let at = from; at < to; ) {
        if (at < loaded || at >= loadedEnd) {
          loaded = at;
          loadedEnd = Math.min(data.length, at + piece);
          memory.set(data.subarray(loaded, loadedEnd), input);
        }
        const end = Math.min(to, loadedEnd);
        const found = wasm.roll(at - loaded, end - loaded, limit);
        if (found < end - loaded) return loaded + found + 1;
        at = end;
      }
      return undefined;
    };
    for (let start = 0; start < data.length; ) {
      const { warm, first, turn, last, strict, loose } = searchFrom(start, data.length, sizes);
      wasm.startHash();
      rollOver(warm, first, 0);
      start = rollOver(first, turn, strict) ?? rollOver(Math.max(first, turn), last, loose) ?? last;
      cuts.push(start);
    }
    return cuts;
  }

  return {
    name: 'wasm',
    split,
    merge,
    histogram,
    encodeBlock,
    decodeBlock,
    encodeHuffman,
    decodeHuffman,
    repeats,
    adler32,
    cutPoints,
  };
}

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Little-endian, as the memory of WebAssembly is. */
function bytesOfWords(words: Uint16Array | Uint32Array): Uint8Array {
  if (LITTLE_ENDIAN) return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
  const size = words.BYTES_PER_ELEMENT;
  const view = new DataView(new ArrayBuffer(words.length * size));
  words.forEach((word, i) => {
    if (size === 2) view.setUint16(2 * i, word, true);
    else view.setUint32(4 * i, word, true);
  });
  return new Uint8Array(view.buffer);
}
