/**
 * "Is this a strong Ed25519 public key?" in plain BigInt arithmetic (RFC 8032, section 5.1.3), because OpenSSL
 * decodes non-canonical, small-order and mixed-order keys without a word. Runs once per key, on public data only.
 */
import { toHex } from '../bytes/text.js';

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = modulo(-121665n * power(121666n, P - 2n));
const SQRT_MINUS_ONE = power(2n, (P - 1n) / 4n);

/** Extended coordinates: x = X/Z, y = Y/Z, X·Y = Z·T. */
interface Point {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
  readonly t: bigint;
}

const IDENTITY: Point = { x: 0n, y: 1n, z: 1n, t: 0n };

/** True where the bytes are the canonical encoding of a point of the prime-order subgroup other than the identity. */
export function isStrongPublicKey(bytes: Uint8Array): boolean {
  if (bytes.length !== 32) return false;
  const point = decode(bytes);
  return point !== undefined && !isIdentity(point) && isIdentity(multiply(point, L));
}

/** True where the 32 little-endian bytes are a number below the group order. */
export function isScalar(bytes: Uint8Array): boolean {
  return littleEndian(bytes) < L;
}

function decode(bytes: Uint8Array): Point | undefined {
  const encoded = littleEndian(bytes);
  const wantsOdd = encoded >> 255n === 1n;
  const y = encoded & ((1n << 255n) - 1n);
  if (y >= P) return undefined;
  const u = modulo(y * y - 1n);
  const v = modulo(D * y * y + 1n);
  const x = squareRootOfRatio(u, v);
  // x = 0 has no odd twin, so its encoding with the sign bit set is a second name of the same point
  if (x === undefined || (x === 0n && wantsOdd)) return undefined;
  const signed = ((x & 1n) === 1n) === wantsOdd ? x : P - x;
  return { x: signed, y, z: 1n, t: modulo(signed * y) };
}

/** A root of u/v, or undefined where it is no square; p = 5 mod 8, so the candidate may be off by √-1. */
function squareRootOfRatio(u: bigint, v: bigint): bigint | undefined {
  const v3 = modulo(v * v * v);
  const v7 = modulo(v3 * v3 * v);
  const candidate = modulo(u * v3 * power(modulo(u * v7), (P - 5n) / 8n));
  const check = modulo(v * candidate * candidate);
  if (check === u) return candidate;
  if (check === modulo(-u)) return modulo(candidate * SQRT_MINUS_ONE);
  return undefined;
}

/** The complete addition law (a = -1): also right for doubling and for the identity. */
function add(p: Point, q: Point): Point {
  const a = modulo((p.y - p.x) * (q.y - q.x));
  const b = modulo((p.y + p.x) * (q.y + q.x));
  const c = modulo(2n * D * p.t * q.t);
  const d = modulo(2n * p.z * q.z);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return { x: modulo(e * f), y: modulo(g * h), z: modulo(f * g), t: modulo(e * h) };
}

function multiply(point: Point, scalar: bigint): Point {
  let sum = IDENTITY;
  let doubled = point;
  for (let rest = scalar; rest > 0n; rest >>= 1n) {
    if (rest & 1n) sum = add(sum, doubled);
    doubled = add(doubled, doubled);
  }
  return sum;
}

function isIdentity(point: Point): boolean {
  return point.x === 0n && point.y === point.z;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = modulo(base);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = modulo(result * square);
    square = modulo(square * square);
  }
  return result;
}

function modulo(value: bigint): bigint {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(Uint8Array.from(bytes).reverse())}`);
}
