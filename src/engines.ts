/**
 * What the pure layers need from the machine: hashes, codecs, one signature check. Two sets exist:
 * `native/` (node:crypto, node:zlib, liblzma, BLAKE3) and `portable/` (noble, wasm, fflate), with equal results.
 */

export interface Hasher {
  update(data: Uint8Array): void;
  /** The digest; the hasher is used up. */
  digest(): Uint8Array;
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
  /** One zstd frame with content size and without dictionary. */
  zstdCompress(data: Uint8Array, level: number): Promise<Uint8Array>;
  /** Exactly `size` bytes or an At1Error; never allocates more than `size` plus a constant. */
  zstdDecompress(frame: Uint8Array, size: number): Promise<Uint8Array>;
  /** One .xz stream; `preset` 0..9, with `tuning` 4..9. Portable engines throw `capability/missing`. */
  xzCompress(data: Uint8Array, preset: number, tuning?: XzTuning): Promise<Uint8Array>;
  /** Exactly `size` bytes or an At1Error. */
  xzDecompress(stream: Uint8Array, size: number): Promise<Uint8Array>;
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
