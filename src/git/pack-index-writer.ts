/** Formats the index of a pack, version 2 (gitformat-pack): fan-out, names, sums, offsets of 31 or 64 bits. */
import { createHash } from 'node:crypto';
import { fromHex } from '../bytes/text.js';
import type { Oid } from '../git-format/oid.js';

export interface PackedEntry {
  readonly oid: Oid;
  readonly offset: number;
  /** CRC-32 of the entry as it stands in the pack. */
  readonly crc: number;
}

const NAME_BYTES = 20;
const LARGE_OFFSET = 0x8000_0000;

/** The index as buffers to be written one after the other, its own checksum last. */
export function formatPackIndex(entries: readonly PackedEntry[], packChecksum: Uint8Array): Uint8Array[] {
  const sorted = [...entries].sort((a, b) => (a.oid < b.oid ? -1 : 1));
  const names = new Uint8Array(sorted.length * NAME_BYTES);
  const sums = new DataView(new ArrayBuffer(sorted.length * 4));
  const offsets = new DataView(new ArrayBuffer(sorted.length * 4));
  const fanOut = new DataView(new ArrayBuffer(256 * 4));
  const counts = new Uint32Array(256);
  const large: number[] = [];
  sorted.forEach((entry, i) => {
    const name = fromHex(entry.oid) as Uint8Array;
    names.set(name, i * NAME_BYTES);
    counts[name[0] as number] = (counts[name[0] as number] as number) + 1;
    sums.setUint32(i * 4, entry.crc >>> 0, false);
    if (entry.offset < LARGE_OFFSET) offsets.setUint32(i * 4, entry.offset, false);
    else offsets.setUint32(i * 4, LARGE_OFFSET + large.push(entry.offset) - 1, false);
  });
  let total = 0;
  counts.forEach((count, i) => {
    total += count;
    fanOut.setUint32(i * 4, total, false);
  });
  const parts = [
    Uint8Array.of(0xff, 0x74, 0x4f, 0x63, 0, 0, 0, 2),
    new Uint8Array(fanOut.buffer),
    names,
    new Uint8Array(sums.buffer),
    new Uint8Array(offsets.buffer),
    largeOffsets(large),
    packChecksum,
  ];
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part);
  return [...parts, new Uint8Array(hash.digest())];
}

function largeOffsets(offsets: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(offsets.length * 8));
  offsets.forEach((offset, i) => {
    view.setBigUint64(i * 8, BigInt(offset), false);
  });
  return new Uint8Array(view.buffer);
}
