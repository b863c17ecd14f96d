/** The kernel in TypeScript: what the WebAssembly one is compared with, and what runs where that cannot. */
import type { Kernel } from '../engines.js';
import { adler32Of } from './adler32.js';
import { cutPointsOf } from './cut-points.js';
import { mergePlanes, splitElements } from './elements.js';
import { decodeHuffmanBlock, encodeHuffmanBlock, repeatsIn } from './huffman-block.js';
import { VALUES } from './plane-format.js';
import { decodeRansBlock, encodeRansBlock } from './rans-block.js';

export const scriptKernel: Kernel = {
  name: 'script',
  split: splitElements,
  merge: mergePlanes,
  histogram,
  encodeBlock: encodeRansBlock,
  decodeBlock: decodeRansBlock,
  encodeHuffman: encodeHuffmanBlock,
  decodeHuffman: decodeHuffmanBlock,
  repeats: repeatsIn,
  adler32: adler32Of,
  cutPoints: cutPointsOf,
};

function histogram(bytes: Uint8Array): Uint32Array {
  const counts = new Uint32Array(VALUES);
  for (const byte of bytes) counts[byte] = (counts[byte] as number) + 1;
  return counts;
}
