/** Elements to planes and back, byte by byte with carries: the twin of `split` and `merge` in wasm/kernel.ts. */
import { takeScratch } from '../bytes/scratch.js';
import type { ElementWidth, PlaneMode } from '../engines.js';

type Change = (code: Uint8Array, base: Uint8Array) => void;

/** Both work on the bytes of one element, least significant first, in place; what they have of the base is lost. */
const FORWARD: Readonly<Record<PlaneMode, Change>> = {
  split: () => {},
  rotate: (code) => shiftLeft(code, topBit(code)),
  difference: (code, base) => {
    subtract(code, base);
    zigzag(code);
  },
  ordered: (code, base) => {
    toOrder(code);
    toOrder(base);
    subtract(code, base);
    zigzag(code);
  },
};

const BACKWARD: Readonly<Record<PlaneMode, Change>> = {
  split: () => {},
  rotate: (code) => shiftRight(code, bitOf(code, 0)),
  difference: (code, base) => {
    undoZigzag(code);
    add(code, base);
  },
  ordered: (code, base) => {
    toOrder(base);
    undoZigzag(code);
    add(code, base);
    fromOrder(code);
  },
};

/** By the first of the planes. */
const wholes = new WeakMap<Uint8Array, Uint8Array>();

/** Ones to be filled, one after the other in one memory. */
export function planesOf(width: number, count: number): Uint8Array[] {
  const all = takeScratch(width * count);
  const planes = Array.from({ length: width }, (_, plane) => all.subarray(plane * count, (plane + 1) * count));
  wholes.set(planes[0] as Uint8Array, all);
  return planes;
}

export function splitElements(
  elements: Uint8Array,
  width: ElementWidth,
  mode: PlaneMode,
  base?: Uint8Array,
): Uint8Array[] {
  const count = elements.length / width;
  const planes = planesOf(width, count);
  const code = new Uint8Array(width);
  const other = new Uint8Array(width);
  const change = FORWARD[mode];
  for (let i = 0; i < count; i++) {
    for (let p = 0; p < width; p++) {
      code[p] = at(elements, i * width + p);
      other[p] = base?.[i * width + p] ?? 0;
    }
    change(code, other);
    for (let p = 0; p < width; p++) (planes[p] as Uint8Array)[i] = at(code, p);
  }
  return planes;
}

export function mergePlanes(planes: readonly Uint8Array[], mode: PlaneMode, out: Uint8Array, base?: Uint8Array): void {
  const width = planes.length;
  const count = out.length / width;
  const code = new Uint8Array(width);
  const other = new Uint8Array(width);
  const change = BACKWARD[mode];
  for (let i = 0; i < count; i++) {
    for (let p = 0; p < width; p++) {
      code[p] = at(planes[p] as Uint8Array, i);
      other[p] = base?.[i * width + p] ?? 0;
    }
    change(code, other);
    out.set(code, i * width);
  }
}

/** All of the planes that were made by `planesOf`, one after the other. */
export function wholeOf(planes: readonly Uint8Array[]): Uint8Array {
  const whole = wholes.get(planes[0] as Uint8Array);
  if (whole === undefined) throw new TypeError('planes that were not made together');
  return whole;
}

function at(bytes: Uint8Array, index: number): number {
  return bytes[index] as number;
}

function topBit(number: Uint8Array): number {
  return at(number, number.length - 1) >>> 7;
}

function bitOf(number: Uint8Array, index: number): number {
  return at(number, index) & 1;
}

function shiftLeft(number: Uint8Array, bit: number): void {
  let carry = bit;
  for (let p = 0; p < number.length; p++) {
    const byte = at(number, p);
    number[p] = (byte << 1) | carry;
    carry = byte >>> 7;
  }
}

function shiftRight(number: Uint8Array, bit: number): void {
  let carry = bit;
  for (let p = number.length - 1; p >= 0; p--) {
    const byte = at(number, p);
    number[p] = (byte >>> 1) | (carry << 7);
    carry = byte & 1;
  }
}

function invert(number: Uint8Array): void {
  for (let p = 0; p < number.length; p++) number[p] = ~at(number, p);
}

function subtract(number: Uint8Array, other: Uint8Array): void {
  let borrow = 0;
  for (let p = 0; p < number.length; p++) {
    const difference = at(number, p) - at(other, p) - borrow;
    number[p] = difference;
    borrow = difference < 0 ? 1 : 0;
  }
}

function add(number: Uint8Array, other: Uint8Array): void {
  let carry = 0;
  for (let p = 0; p < number.length; p++) {
    const sum = at(number, p) + at(other, p) + carry;
    number[p] = sum;
    carry = sum >>> 8;
  }
}

function zigzag(number: Uint8Array): void {
  const negative = topBit(number) === 1;
  shiftLeft(number, 0);
  if (negative) invert(number);
}

function undoZigzag(number: Uint8Array): void {
  const negative = bitOf(number, 0) === 1;
  shiftRight(number, 0);
  if (negative) invert(number);
}

function toOrder(number: Uint8Array): void {
  if (topBit(number) === 1) invert(number);
  else flipTop(number);
}

function fromOrder(number: Uint8Array): void {
  if (topBit(number) === 1) flipTop(number);
  else invert(number);
}

function flipTop(number: Uint8Array): void {
  number[number.length - 1] = at(number, number.length - 1) ^ 0x80;
}
