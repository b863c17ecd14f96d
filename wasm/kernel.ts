/**
 * The inner loops of src/transforms in AssemblyScript: built by scripts/build-kernel.mjs, called by
 * src/transforms/wasm-kernel.ts, equal to src/transforms/script-kernel.ts byte for byte.
 *
 * It works on pieces of at most 128 KiB that the caller copies in and out, so its memory has a fixed size and stays in
 * the processor's cache. Loops run over whole vectors: what lies behind the end of a piece is computed and not copied out.
 */

export { adler32 } from './adler';
export { roll, startHash } from './content';
export { decodeHuffman, encodeHuffman, findRepeats } from './huffman';
export {
  BASE,
  CODES,
  COUNTS,
  DECODING,
  FREQUENCIES,
  GEAR,
  INPUT,
  OUTPUT,
  PIECE,
  REPEATS,
  STATES,
  WORDS_END,
} from './memory';
export {
  backward1,
  backward2,
  backward4,
  backward8,
  forward1,
  forward2,
  forward4,
  forward8,
  merge1,
  merge2,
  merge4,
  merge8,
  split1,
  split2,
  split4,
  split8,
} from './planes';
export { decode, encode, histogram, prepareDecoder, prepareEncoder } from './rans';
