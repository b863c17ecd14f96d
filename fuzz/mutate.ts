/** Changes of inputs: bits, bytes, numbers, ranges, words of the format, and pieces of other inputs. */
import { concatBytes } from '../src/bytes/writer.js';
import type { Random } from './random.js';

export interface Material {
  /** Inputs that pieces may be taken from. */
  readonly pool: readonly Uint8Array[];
  readonly tokens: readonly Uint8Array[];
  readonly maxLength: number;
}

type Mutation = (input: Uint8Array, material: Material, random: Random) => Uint8Array;

/** Numbers at which lengths, offsets and signs break. */
const NUMBERS = [
  0n,
  1n,
  0x7fn,
  0x80n,
  0xffn,
  0x100n,
  0x7fffn,
  0x8000n,
  0xffffn,
  0x7fffffffn,
  0x80000000n,
  0xffffffffn,
  0x20000000000000n,
  0x7fffffffffffffffn,
  0xffffffffffffffffn,
];
const DECIMALS = ['0', '00', '1', '-1', '9', '10', '99', '4294967295', '9007199254740991', '9007199254740992', '1e3'];

const MUTATIONS: readonly Mutation[] = [
  flipBit,
  flipBit,
  setByte,
  setByte,
  addToByte,
  writeNumber,
  removeRange,
  removeRange,
  duplicateRange,
  insertBytes,
  insertToken,
  insertToken,
  overwriteToken,
  takeFromOther,
  takeFromOther,
  swapRanges,
  changeDecimal,
  repeatByte,
  cut,
];

/** One to sixteen changes, mostly few. */
export function mutate(input: Uint8Array, material: Material, random: Random): Uint8Array {
  let out = input.slice();
  const count = 1 << random.below(random.chance(4) ? 5 : 3);
  for (let i = 0; i < count; i++) out = random.pick(MUTATIONS)(out, material, random) as Uint8Array<ArrayBuffer>;
  return out.length > material.maxLength ? out.subarray(0, material.maxLength) : out;
}

function flipBit(input: Uint8Array, _: Material, random: Random): Uint8Array {
  if (input.length > 0) {
    const at = random.below(input.length);
    input[at] = (input[at] as number) ^ (1 << random.below(8));
  }
  return input;
}

function setByte(input: Uint8Array, _: Material, random: Random): Uint8Array {
  if (input.length > 0)
    input[random.below(input.length)] = random.chance(2) ? random.below(256) : 0x20 + random.below(95);
  return input;
}

function addToByte(input: Uint8Array, _: Material, random: Random): Uint8Array {
  if (input.length > 0) {
    const at = random.below(input.length);
    input[at] = (input[at] as number) + random.below(71) - 35;
  }
  return input;
}

function writeNumber(input: Uint8Array, _: Material, random: Random): Uint8Array {
  const width = random.pick([1, 2, 4, 8]);
  if (input.length < width) return input;
  const at = random.below(input.length - width + 1);
  const little = random.chance(2);
  let rest = random.pick(NUMBERS) + BigInt(random.below(3) - 1);
  for (let i = 0; i < width; i++, rest >>= 8n) input[little ? at + i : at + width - 1 - i] = Number(rest & 0xffn);
  return input;
}

function removeRange(input: Uint8Array, _: Material, random: Random): Uint8Array {
  const [from, to] = range(input, random);
  return concatBytes([input.subarray(0, from), input.subarray(to)]);
}

function duplicateRange(input: Uint8Array, _: Material, random: Random): Uint8Array {
  const [from, to] = range(input, random);
  return insertAt(input, random.chance(2) ? to : random.below(input.length + 1), input.slice(from, to));
}

function insertBytes(input: Uint8Array, _: Material, random: Random): Uint8Array {
  const fresh = Uint8Array.from({ length: 1 + random.below(8) }, () => random.below(256));
  return insertAt(input, random.below(input.length + 1), fresh);
}

function repeatByte(input: Uint8Array, material: Material, random: Random): Uint8Array {
  const length = 1 + random.below(Math.min(random.pick([8, 64, 600]), material.maxLength));
  const byte = input.length > 0 && random.chance(2) ? (input[random.below(input.length)] as number) : random.below(256);
  return insertAt(input, random.below(input.length + 1), new Uint8Array(length).fill(byte));
}

function insertToken(input: Uint8Array, material: Material, random: Random): Uint8Array {
  if (material.tokens.length === 0) return insertBytes(input, material, random);
  return insertAt(input, random.below(input.length + 1), random.pick(material.tokens));
}

function overwriteToken(input: Uint8Array, material: Material, random: Random): Uint8Array {
  if (material.tokens.length === 0) return setByte(input, material, random);
  const token = random.pick(material.tokens);
  const at = random.below(input.length + 1);
  return concatBytes([input.subarray(0, at), token, input.subarray(Math.min(input.length, at + token.length))]);
}

/** A piece of another input in place of a piece of this one. */
function takeFromOther(input: Uint8Array, material: Material, random: Random): Uint8Array {
  if (material.pool.length === 0) return input;
  const other = random.pick(material.pool);
  const [from, to] = range(other, random);
  const piece = other.subarray(from, to);
  if (random.chance(3)) return concatBytes([input.subarray(0, Math.min(from, input.length)), other.subarray(from)]);
  const [start, end] = range(input, random);
  return concatBytes([input.subarray(0, start), piece, input.subarray(random.chance(2) ? end : start)]);
}

function swapRanges(input: Uint8Array, _: Material, random: Random): Uint8Array {
  const [a, b] = range(input, random);
  const [c, d] = range(input.subarray(b), random);
  return concatBytes([
    input.subarray(0, a),
    input.subarray(b + c, b + d),
    input.subarray(b, b + c),
    input.subarray(a, b),
    input.subarray(b + d),
  ]);
}

/** Another number where one is written in digits. */
function changeDecimal(input: Uint8Array, material: Material, random: Random): Uint8Array {
  const isDigit = (at: number): boolean => (input[at] ?? 0) >= 0x30 && (input[at] ?? 0) <= 0x39;
  let from = input.length === 0 ? 0 : random.below(input.length);
  while (from < input.length && !isDigit(from)) from++;
  if (from === input.length) return setByte(input, material, random);
  let to = from;
  while (isDigit(to)) to++;
  const digits = new TextEncoder().encode(random.pick(DECIMALS));
  return concatBytes([input.subarray(0, from), digits, input.subarray(to)]);
}

function cut(input: Uint8Array, _: Material, random: Random): Uint8Array {
  return random.chance(3) ? input.slice(0, random.below(input.length + 1)) : input;
}

function insertAt(input: Uint8Array, at: number, piece: Uint8Array): Uint8Array {
  return concatBytes([input.subarray(0, at), piece, input.subarray(at)]);
}

/** Mostly short. */
function range(input: Uint8Array, random: Random): [number, number] {
  if (input.length === 0) return [0, 0];
  const from = random.below(input.length);
  const most = random.chance(4) ? input.length - from : Math.min(input.length - from, 16);
  return [from, from + 1 + random.below(most)];
}
