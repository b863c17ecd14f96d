/**
 * What the pure layers need from the machine: hashes, codecs, one signature check. Two sets exist:
 * `native/` (node:crypto, node:zlib, liblzma, BLAKE3) and `portable/` (noble, wasm, fflate), with equal results.
 */

export interface Hasher {
  update(data: Uint8Array): void;
  /** The digest; the hasher is used up. */
  digest(): Uint8Array;
}

/** As `Hasher`, perhaps on another thread. */
export interface AsideHasher {
  /** Resolves when the data was read: until then nobody may write to it. The next may be given before that. */
  update(data: Uint8Array): Promise<void>;
  digest(): Promise<Uint8Array>;
  /** Instead of `digest`, where nobody needs it any more; after it, nothing. */
  close(): void;
}

/** For engines and data that no other thread is worth. */
export function asideHere(hasher: Hasher): AsideHasher {
  return { update: async (data) => hasher.update(data), digest: async () => hasher.digest(), close: () => {} };
}

/** How LZMA models its input, where the preset's own lc=3 lp=0 pb=2 does not fit: numbers of bits, lc + lp at most 4. */
export interface XzTuning {
  /** Bits of the byte before that choose a literal's model, 0..4. */
  readonly lc?: number;
  /** Bits of the position that choose a literal's model, 0..4: 2 for elements of four bytes. */
  readonly lp?: number;
  /** Bits of the position that everything else depends on, 0..4: 0 for text. */
  readonly pb?: number;
  /** Looks longer for longer matches, as `xz -9e` does. */
  readonly extreme?: boolean;
}

/** Bytes of one element: of a float, or of an integer. */
export type ElementWidth = 1 | 2 | 4 | 8;

/** How an element becomes its code; docs/format/transforms.md. The last two need a base. */
export type PlaneMode = 'split' | 'rotate' | 'difference' | 'ordered';

export interface CutSizes {
  /** No piece but the last is shorter; at least 64. */
  readonly least: number;
  /** What pieces tend to: a power of two, more than `least`, at most 2^26. */
  readonly average: number;
  /** No piece is longer; more than `average`. */
  readonly most: number;
}

/** Runs of six bytes or more that stood in the data before. */
export interface Repeats {
  readonly count: number;
  /** All their bytes. */
  readonly bytes: number;
}

/** Loops over every byte of a segment. Two exist, WebAssembly and TypeScript, with equal results. */
export interface Kernel {
  /** For messages: `wasm` or `script`. */
  readonly name: string;
  /** The codes' planes, least significant first, one after the other in one memory. `base`, of the same length, where the mode is a difference. */
  split(elements: Uint8Array, width: ElementWidth, mode: PlaneMode, base?: Uint8Array): Uint8Array[];
  /** Undoes `split` and fills `out`: the width is the number of planes, which are of one length. */
  merge(planes: readonly Uint8Array[], mode: PlaneMode, out: Uint8Array, base?: Uint8Array): void;
  /** How often each of the 256 values occurs. */
  histogram(bytes: Uint8Array): Uint32Array;
  /**
   * Four states and the words of a block of at most 65,536 bytes, each of a value whose frequency is not 0.
   * Here and below frequencies sum to 4,096, and nobody changes an array of them that was used once.
   */
  encodeBlock(block: Uint8Array, frequencies: Uint16Array): Uint8Array;
  /** Fills `out` from states and words; false where they do not come out even. */
  decodeBlock(code: Uint8Array, frequencies: Uint16Array, out: Uint8Array): boolean;
  /**
   * Jump table and four streams (RFC 8878, 4.2) of a block of 16 to 131,072 bytes. `codes`: of each value its code, and from
   * bit 16 on its length, 1 to 11 for every value in the block.
   */
  encodeHuffman(block: Uint8Array, codes: Uint32Array): Uint8Array;
  /**
   * Fills `out`, of 16 to 131,072 bytes; false where the streams do not come out even. `decoding`: for each of the next 2^11
   * bits the value, times 256, and the length of its code, 1 to 11. It is not changed once it was used.
   */
  decodeHuffman(code: Uint8Array, decoding: Uint16Array, out: Uint8Array): boolean;
  /** Adler-32 of what came before, 1 for nothing, and these bytes. */
  adler32(bytes: Uint8Array, before: number): number;
  /** What stood before, in a greedy search of the first 131,072 bytes. */
  repeats(bytes: Uint8Array): Repeats;
  /** Where pieces end if cut by content; the last is the end of the data, and the only one that more data could change. */
  cutPoints(data: Uint8Array, sizes: CutSizes): number[];
}

export interface Engines {
  /** For messages: `native` or `portable`. */
  readonly name: string;
  sha256(data: Uint8Array): Uint8Array;
  /** The same, on another thread where there is one and the data is long. Nobody may write to the data meanwhile. */
  sha256Aside(data: Uint8Array): Promise<Uint8Array>;
  sha512(data: Uint8Array): Uint8Array;
  /** SHA-1, for git object names only. */
  sha1(data: Uint8Array): Uint8Array;
  blake3(data: Uint8Array): Uint8Array;
  newSha256(): Hasher;
  newBlake3(): Hasher;
  /** On another thread where there is one and `expected`, the number of bytes to come, makes it worth while. */
  newSha256Aside(expected: number): AsideHasher;
  /** One zstd frame with content size and without dictionary. */
  zstdCompress(data: Uint8Array, level: number): Promise<Uint8Array>;
  /** Exactly `size` bytes or an At1Error; never allocates more than `size` plus a constant. */
  zstdDecompress(frame: Uint8Array, size: number): Promise<Uint8Array>;
  /** One .xz stream; `preset` 0..9, with `tuning` 4..9. Portable engines throw `capability/missing`. */
  xzCompress(data: Uint8Array, preset: number, tuning?: XzTuning): Promise<Uint8Array>;
  /** Exactly `size` bytes or an At1Error. */
  xzDecompress(stream: Uint8Array, size: number): Promise<Uint8Array>;
  /** The fastest kernel that runs here, made when first asked for. */
  kernel(): Promise<Kernel>;
  /** zlib (RFC 1950) data of exactly `size` bytes that uses up all input; throws `git/invalid-object`. */
  inflate(data: Uint8Array, size: number): Uint8Array;
  /**
   * Strict Ed25519, one rule for every engine: A canonical and in the prime-order subgroup, S < L,
   * encode(S·B − k·A) equal to the R bytes, no cofactor. `publicKey` 32 bytes, `signature` 64 bytes.
   */
  ed25519Verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
  /** The same, on another thread where there is one: for whoever has many to check. */
  ed25519VerifyAside(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): Promise<boolean>;
  /** True where the 32 bytes are a canonical encoding of a point in the prime-order subgroup, not the identity. */
  ed25519KeyIsStrong(publicKey: Uint8Array): boolean;
}
