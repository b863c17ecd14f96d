/** Codec dicom (id 9): 8- or 16-bit pixels between a prefix and a suffix, stored as differences or as two planes. */
import { concatBytes } from '../bytes/writer.js';
import { malformed, overLimit } from '../container/format.js';
import { numbersOf } from './numbers.js';
import { type Streams, streamOf } from './streams.js';

const RAW = 0;
const SPLIT = 1;
const PLAIN = 0;
const LEFT = 1;
const ABOVE = 2;
const BYTE_PLANES = 3;

export function readDicom(streams: Streams, limit: number): Uint8Array {
  const meta = numbersOf(streams, 'meta');
  const mode = meta.u8();
  if (mode === RAW) return within(streamOf(streams, 'raw'), limit);
  if (mode !== SPLIT) throw malformed(`dicom mode ${mode}`);
  const transform = meta.u8();
  // Other classes stand for pixels that an image codec has to make first.
  const decodeClass = meta.u8();
  if (decodeClass !== 0) throw malformed(`dicom decode class ${decodeClass}`);
  const rows = meta.uint();
  const columns = meta.uint();
  const samples = meta.uint();
  const wide = meta.uint() !== 8;
  const pad = meta.string();
  const pixels = streamOf(streams, 'pix');
  const [before, after] = [streamOf(streams, 'pre'), streamOf(streams, 'suf')];
  const size = before.length + pixels.length + pad.length + after.length;
  if (size > limit) throw overLimit('output of the codec', size, limit);
  if (transform !== PLAIN) {
    const expected = BigInt(rows) * BigInt(columns) * BigInt(samples) * (wide ? 2n : 1n);
    if (expected !== BigInt(pixels.length)) throw malformed(`${pixels.length} bytes of pixels instead of ${expected}`);
  }
  return concatBytes([before, restore(pixels, transform, columns * samples, wide), pad, after]);
}

function restore(pixels: Uint8Array, transform: number, row: number, wide: boolean): Uint8Array {
  switch (transform) {
    case PLAIN:
      return pixels;
    case LEFT:
      return addNeighbours(pixels, 1, row, wide);
    case ABOVE:
      return addNeighbours(pixels, row, pixels.length, wide);
    case BYTE_PLANES:
      if (!wide) throw malformed('dicom byte planes of 8-bit pixels');
      return joinPlanes(pixels);
    default:
      throw malformed(`dicom transform ${transform}`);
  }
}

/** Adds the element `distance` before it to each, but for the first `distance` of every `period`. */
function addNeighbours(pixels: Uint8Array, distance: number, period: number, wide: boolean): Uint8Array {
  const out = pixels.slice();
  const view = new DataView(out.buffer);
  const count = wide ? out.length / 2 : out.length;
  for (let i = 0, place = 0; i < count; i++, place = place + 1 === period ? 0 : place + 1) {
    if (place < distance) continue;
    if (wide) view.setUint16(2 * i, view.getUint16(2 * i, true) + view.getUint16(2 * (i - distance), true), true);
    else out[i] = (out[i] as number) + (out[i - distance] as number);
  }
  return out;
}

/** All high bytes come first, then all low ones. */
function joinPlanes(pixels: Uint8Array): Uint8Array {
  const half = pixels.length / 2;
  const out = new Uint8Array(pixels.length);
  for (let i = 0; i < half; i++) {
    out[2 * i] = pixels[half + i] as number;
    out[2 * i + 1] = pixels[i] as number;
  }
  return out;
}

function within(output: Uint8Array, limit: number): Uint8Array {
  if (output.length > limit) throw overLimit('output of the codec', output.length, limit);
  return output;
}
