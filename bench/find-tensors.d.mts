/** Types of `find-tensors.mjs`. */
export interface Found {
  readonly dtype: string;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export function findTensors(name: string, file: Uint8Array, dtype?: string): Found[];
