/** Byte arrays as sources that flow, and back. */
import fc from 'fast-check';
import { concatBytes } from '../../src/bytes/writer.js';

/** In chunks of one size. */
export async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

/** Cut after each of the given lengths in turn, the rest in one chunk; empty chunks are part of the game. */
export async function* cutInto(
  bytes: Uint8Array,
  lengths: readonly number[],
): AsyncGenerator<Uint8Array, void, undefined> {
  let at = 0;
  for (const length of lengths) {
    yield bytes.slice(at, at + length);
    at += length;
  }
  yield bytes.slice(at);
}

export async function collectBytes(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return concatBytes(parts);
}

/** Bytes that look like files: noise, runs, few symbols, repeats. */
export const anyData: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }),
  fc
    .uint8Array({ minLength: 1, maxLength: 40 })
    .chain((piece) =>
      fc.integer({ min: 1, max: 200 }).map((times) => concatBytes(Array.from({ length: times }, () => piece))),
    ),
  fc.array(fc.constantFrom(0, 1, 65, 89, 90), { maxLength: 3000 }).map((bytes) => Uint8Array.from(bytes)),
);
