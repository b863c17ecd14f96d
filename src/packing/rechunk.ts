/** Cuts a stream of bytes into blocks of one size, however it arrives; only the last block may be shorter. */

const FIRST_CAPACITY = 64 * 1024;

/** No empty blocks. What arrives is copied at once, so that a source may use its buffer again. */
export async function* rechunk(
  source: AsyncIterable<Uint8Array>,
  blockSize: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let block = new Uint8Array(0);
  let length = 0;
  for await (const chunk of source) {
    let rest = chunk;
    while (rest.length > 0) {
      const step = Math.min(rest.length, blockSize - length);
      block = withRoomFor(block, length, length + step, blockSize);
      block.set(rest.subarray(0, step), length);
      length += step;
      rest = rest.subarray(step);
      if (length === blockSize) {
        yield block;
        block = new Uint8Array(0);
        length = 0;
      }
    }
  }
  if (length > 0) yield block.slice(0, length);
}

function withRoomFor(
  block: Uint8Array<ArrayBuffer>,
  used: number,
  needed: number,
  most: number,
): Uint8Array<ArrayBuffer> {
  if (needed <= block.length) return block;
  const larger = new Uint8Array(Math.min(most, Math.max(needed, 2 * block.length, FIRST_CAPACITY)));
  larger.set(block.subarray(0, used));
  return larger;
}
