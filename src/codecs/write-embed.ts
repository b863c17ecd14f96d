/** Writes codec embed (id 10): the elements of a tensor apart into planes, where like bytes stand together. */
import { concatBytes, encodeVarint } from '../bytes/writer.js';
import type { Kernel } from '../engines.js';
import { wholeOf } from '../transforms/elements.js';
import { isKernelWidth, MAX_WIDTH } from './read-embed.js';
import type { EncodedStreams } from './streams.js';

/**
 * `header`: what comes before the elements. Undefined where they are not whole elements of 1 to 32 bytes. `kernel`: for speed.
 */
export function writeEmbed(
  header: Uint8Array,
  elements: Uint8Array,
  width: number,
  kernel?: Kernel,
): EncodedStreams | undefined {
  if (!Number.isInteger(width) || width < 1 || width > MAX_WIDTH || elements.length % width !== 0) return undefined;
  const count = elements.length / width;
  const planes =
    kernel !== undefined && isKernelWidth(width)
      ? wholeOf(kernel.split(elements, width, 'split'))
      : splitPlanes(elements, width, count);
  const meta = concatBytes([encodeVarint(width), encodeVarint(header.length), header, encodeVarint(count)]);
  const cuts = count === 0 ? [] : Array.from({ length: width - 1 }, (_, plane) => (plane + 1) * count);
  return [
    { name: 'meta', data: meta },
    { name: 'data', data: planes, cuts },
  ];
}

function splitPlanes(elements: Uint8Array, width: number, count: number): Uint8Array {
  const planes = new Uint8Array(elements.length);
  for (let plane = 0; plane < width; plane++) {
    const to = plane * count;
    for (let i = 0, from = plane; i < count; i++, from += width) planes[to + i] = elements[from] as number;
  }
  return planes;
}
