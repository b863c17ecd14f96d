/** The least that coding each byte plane by itself could take: what an order-0 coder cannot go below, tables for free. */
import { findTensors } from './find-tensors.mjs';

const WIDTHS: Readonly<Record<string, number>> = { F32: 4, F16: 2, BF16: 2, U8: 1, I8: 1 };

export interface Bound {
  /** Bytes of the file, if its numbers took their entropy and all other bytes were stored. */
  readonly bytes: number;
  /** Bits per byte of each plane of the type with the most bytes, the highest plane last. */
  readonly planes: readonly number[];
}

/** One table per plane and type for the whole file. Floats are rotated left by one bit, so that the exponent is one plane. */
export function entropyBound(name: string, file: Uint8Array, dtype?: string): Bound | undefined {
  const byType = new Map<string, Uint8Array[]>();
  let left = file.length;
  for (const { dtype: type, bytes } of findTensors(name, file, dtype)) {
    if (WIDTHS[type] === undefined) continue;
    byType.set(type, [...(byType.get(type) ?? []), bytes]);
    left -= bytes.length;
  }
  let total = left;
  let most = { bytes: 0, planes: [] as number[] };
  for (const [type, tensors] of byType) {
    const count = tensors.reduce((sum, bytes) => sum + bytes.length, 0);
    const width = WIDTHS[type] ?? 1;
    const planes = histograms(tensors, width).map((counts) => entropy(counts, count / width));
    total += planes.reduce((sum, bits) => sum + (bits * count) / width / 8, 0);
    if (count > most.bytes) most = { bytes: count, planes };
  }
  return most.bytes === 0 ? undefined : { bytes: Math.ceil(total), planes: most.planes };
}

function histograms(tensors: readonly Uint8Array[], width: number): Uint32Array[] {
  const counts = Array.from({ length: width }, () => new Uint32Array(256));
  for (const bytes of tensors) {
    for (let i = 0; i + width <= bytes.length; i += width) {
      for (let plane = 0; plane < width; plane++) {
        const byte = bytes[i + plane] ?? 0;
        const below = bytes[i + ((plane + width - 1) % width)] ?? 0;
        const rotated = width === 1 ? byte : ((byte << 1) | (below >> 7)) & 255;
        const counted = counts[plane] as Uint32Array;
        counted[rotated] = (counted[rotated] ?? 0) + 1;
      }
    }
  }
  return counts;
}

function entropy(counts: Uint32Array, total: number): number {
  return counts.reduce((bits, count) => (count === 0 ? bits : bits - (count / total) * Math.log2(count / total)), 0);
}
