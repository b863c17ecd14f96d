/** Types of `shortened.mjs`. */
export function shortened(name: string, bytes: Uint8Array, limit: number): Uint8Array;
