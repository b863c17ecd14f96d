/** What is checked of zstd frames and .xz streams before a library sees them. */
import { crc32 } from '../../src/container/crc32.js';
import { readXzStream } from '../../src/container/xz-stream.js';
import { readZstdFrame } from '../../src/container/zstd-frame.js';
import { At1Error } from '../../src/errors.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { createPortableEngines } from '../../src/portable/engines.js';
import { type ParserTarget, violated } from '../target.js';
import { bytesOf, sameBytes } from './inputs.js';

const native = await createNativeEngines();
const portable = await createPortableEngines();
/** Decoding what a header states is not what is tried here. */
const SIZE_LIMIT = 1 << 20;

const SAMPLES = [
  '',
  'a',
  'abcabcabc'.repeat(50),
  Array.from({ length: 99 }, (_, i) => String.fromCharCode(33 + ((i * 37) % 90))).join(''),
];

export const PAYLOAD_TARGETS: readonly ParserTarget[] = [
  {
    kind: 'parser',
    name: 'zstd-frame',
    about:
      'the structure of a zstd frame: what passes decodes to the stated size with both engines alike, or is damaged',
    files: ['container/zstd-frame'],
    tokens: [Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd), Uint8Array.of(0x50, 0x2a, 0x4d, 0x18), Uint8Array.of(1, 0, 0)],
    seeds: async () => [
      ...(await Promise.all(
        SAMPLES.flatMap((text) => [1, 19].map((level) => native.zstdCompress(bytesOf(text), level))),
      )),
      // One raw and one run-length block, with a window and a checksum.
      Uint8Array.from([
        0x28, 0xb5, 0x2f, 0xfd, 0x84, 0x58, 6, 0, 0, 0, 0x10, 0, 0, 104, 105, 0x23, 0, 0, 33, 0, 0, 0, 0,
      ]),
    ],
    run: async (input) => {
      const { size } = readZstdFrame(input);
      if (size > SIZE_LIMIT) return;
      const output = await decoded(() => native.zstdDecompress(input, size));
      // What libzstd refuses, the portable decoder may decode, or decode very slowly: docs/fuzzing.md.
      if (output === undefined) return;
      if (output.length !== size) violated('decodes to another size than it states');
      const other = await decoded(() => portable.zstdDecompress(input, size));
      if (other === undefined) violated('only the native engines decode it');
      else sameBytes(output, other, 'two engines, two outputs');
    },
  },
  {
    kind: 'parser',
    name: 'xz-stream',
    about:
      'the structure of an .xz stream: what passes decodes to the stated size with both engines alike, or is damaged',
    files: ['container/xz-stream'],
    oneIn: 10,
    seeds: async () =>
      Promise.all(SAMPLES.flatMap((text) => [0, 6].map((preset) => native.xzCompress(bytesOf(text), preset)))),
    mend: mendXz,
    run: async (input) => {
      const { size, filtered, check } = readXzStream(input);
      if (size > SIZE_LIMIT) return;
      const [a, b] = [
        await decoded(() => native.xzDecompress(input, size)),
        await decoded(() => portable.xzDecompress(input, size)),
      ];
      if (a !== undefined && a.length !== size) violated('decodes to another size than it states');
      if (a !== undefined && b === undefined && !filtered && check !== 10)
        violated('only the native engines decode it');
      if (b !== undefined && a === undefined) violated('only the portable engines decode it');
      if (a !== undefined && b !== undefined) sameBytes(a, b, 'two engines, two outputs');
    },
  },
];

async function decoded(decode: () => Promise<Uint8Array>): Promise<Uint8Array | undefined> {
  try {
    return await decode();
  } catch (error) {
    if (error instanceof At1Error) return undefined;
    throw error;
  }
}

/** The CRC-32 of header, footer, index and the first block header. */
function mendXz(input: Uint8Array): Uint8Array {
  if (input.length < 32) return input;
  const out = input.slice();
  const view = new DataView(out.buffer);
  const seal = (from: number, to: number, at: number): void => view.setUint32(at, crc32(out.subarray(from, to)), true);
  const end = out.length - 12;
  out.copyWithin(end + 8, 6, 8);
  seal(6, 8, 8);
  seal(end + 4, end + 10, end);
  const index = end - (view.getUint32(end + 4, true) + 1) * 4;
  if (index >= 12) seal(index, end - 4, end - 4);
  const block = ((out[12] as number) + 1) * 4;
  if (12 + block <= out.length) seal(12, 12 + block - 4, 12 + block - 4);
  return out;
}
