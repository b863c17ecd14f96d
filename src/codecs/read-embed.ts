/** Codec embed (id 10): a header and elements of one width, stored as planes: byte b of every element in plane b. */
import { giveScratch, takeScratch } from '../bytes/scratch.js';
import { malformed, overLimit } from '../container/format.js';
import type { ElementWidth, Engines } from '../engines.js';
import { numbersOf } from './numbers.js';
import { type Streams, streamOf } from './streams.js';

export const MAX_WIDTH = 32;

export async function readEmbed(streams: Streams, limit: number, engines: Engines): Promise<Uint8Array> {
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
  const output = takeScratch(size);
  output.set(header);
  const parts = Array.from({ length: width }, (_, plane) => planes.subarray(plane * count, (plane + 1) * count));
  const elements = output.subarray(header.length);
  if (isKernelWidth(width)) (await engines.kernel()).merge(parts, 'split', elements);
  else joinPlanes(parts, elements);
  // The only stream of its name, and read by nobody else.
  giveScratch(planes);
  return output;
}

/** Widths that the fast loops know; tensors have no others, but the format does. */
export function isKernelWidth(width: number): width is ElementWidth {
  return width === 1 || width === 2 || width === 4 || width === 8;
}

function joinPlanes(planes: readonly Uint8Array[], elements: Uint8Array): void {
  for (const [plane, bytes] of planes.entries()) {
    for (let i = 0, to = plane; i < bytes.length; i++, to += planes.length) elements[to] = bytes[i] as number;
  }
}
