/** Element types of tensors: their names, and how many bytes a block of elements takes. Quantised types come in blocks. */

const PLAIN = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
  C64: 8,
  C128: 16,
  F8_E4M3: 1,
  F8_E5M2: 1,
  F8_E4M3FNUZ: 1,
  F8_E5M2FNUZ: 1,
  F8_E8M0: 1,
} as const;

/** Elements of a block, and its bytes. */
const BLOCKS = {
  F4: [2, 1],
  U4: [2, 1],
  I4: [2, 1],
  F6_E2M3: [4, 3],
  F6_E3M2: [4, 3],
  Q4_0: [32, 18],
  Q4_1: [32, 20],
  Q5_0: [32, 22],
  Q5_1: [32, 24],
  Q8_0: [32, 34],
  Q8_1: [32, 36],
  Q2_K: [256, 84],
  Q3_K: [256, 110],
  Q4_K: [256, 144],
  Q5_K: [256, 176],
  Q6_K: [256, 210],
  Q8_K: [256, 292],
  IQ1_S: [256, 50],
  IQ1_M: [256, 56],
  IQ2_XXS: [256, 66],
  IQ2_XS: [256, 74],
  IQ2_S: [256, 82],
  IQ3_XXS: [256, 98],
  IQ3_S: [256, 110],
  IQ4_NL: [32, 18],
  IQ4_XS: [256, 136],
  Q4_0_4_4: [32, 18],
  Q4_0_4_8: [32, 18],
  Q4_0_8_8: [32, 18],
  TQ1_0: [256, 54],
  TQ2_0: [256, 66],
  MXFP4: [32, 17],
  NVFP4: [64, 36],
  Q1_0: [128, 18],
} as const;

/** `OPAQUE`: bytes of which nothing is known but where they are. */
export type Dtype = keyof typeof PLAIN | keyof typeof BLOCKS | 'OPAQUE';

export interface Block {
  readonly elements: number;
  readonly bytes: number;
}

export function blockOf(dtype: Dtype): Block {
  if (dtype === 'OPAQUE') return { elements: 1, bytes: 1 };
  if (Object.hasOwn(PLAIN, dtype)) return { elements: 1, bytes: PLAIN[dtype as keyof typeof PLAIN] };
  const [elements, bytes] = BLOCKS[dtype as keyof typeof BLOCKS];
  return { elements, bytes };
}

/** Undefined where text is not the name of a type. */
export function parseDtype(text: string): Dtype | undefined {
  return Object.hasOwn(PLAIN, text) || Object.hasOwn(BLOCKS, text) ? (text as Dtype) : undefined;
}

/** Elements of a shape; undefined where that is no exact number. The empty shape has one. */
export function elementsOf(shape: readonly number[]): number | undefined {
  if (shape.includes(0)) return 0;
  let product = 1;
  for (const dimension of shape) {
    product *= dimension;
    if (!Number.isSafeInteger(product)) return undefined;
  }
  return product;
}

/** Bytes of that many elements; undefined where they are no whole blocks or no exact number. */
export function bytesOfElements(dtype: Dtype, elements: number): number | undefined {
  const block = blockOf(dtype);
  if (elements % block.elements !== 0) return undefined;
  const bytes = (elements / block.elements) * block.bytes;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
