/** Codec embed (id 10): a header and elements of one width, stored as planes: byte b of every element in plane b. */
import { malformed, overLimit } from '../container/format.js';
import { numbersOf } from './numbers.js';
import { type Streams, streamOf } from './streams.js';

export const MAX_WIDTH = 32;

export function readEmbed(streams: Streams, limit: number): Uint8Array {
  const meta = numbersOf(streams, 'meta');
  const width = meta.uint();
  if (width < 1 || width > MAX_WIDTH) throw malformed(`embed elements of ${width} bytes`);
  const header = meta.string();
  const count = meta.uint();
  const planes = streamOf(streams, 'data');
  if (planes.length % width !== 0 || count !== planes.length / width) {
    throw malformed(`${count} embed elements of ${width} bytes in ${planes.length} bytes`);
  }
  const size = header.length + planes.length;
  if (size > limit) throw overLimit('output of the codec', size, limit);
  const output = new Uint8Array(size);
  output.set(header);
  joinPlanes(planes, width, output.subarray(header.length));
  return output;
}

function joinPlanes(planes: Uint8Array, width: number, elements: Uint8Array): void {
  const count = planes.length / width;
  for (let plane = 0; plane < width; plane++) {
    const from = plane * count;
    for (let i = 0, to = plane; i < count; i++, to += width) elements[to] = planes[from + i] as number;
  }
}
