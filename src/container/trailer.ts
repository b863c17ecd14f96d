/** The 36 bytes at the end of a container: SHA-256 of the whole output and a magic. Strict readers demand them. */
import { equalBytes } from '../bytes/text.js';
import { concatBytes } from '../bytes/writer.js';
import { At1Error } from '../errors.js';
import { DIGEST_LENGTH, TRAILER_LENGTH, TRAILER_MAGIC } from './format.js';

/** The digest, if `tail` ends with a trailer. */
export function findTrailer(tail: Uint8Array): Uint8Array | undefined {
  if (tail.length < TRAILER_LENGTH) return undefined;
  const trailer = tail.subarray(tail.length - TRAILER_LENGTH);
  return equalBytes(trailer.subarray(DIGEST_LENGTH), TRAILER_MAGIC) ? trailer.subarray(0, DIGEST_LENGTH) : undefined;
}

/** The digest; throws `container/trailer-missing`. */
export function demandTrailer(tail: Uint8Array): Uint8Array {
  const digest = findTrailer(tail);
  if (digest === undefined) {
    throw new At1Error('container/trailer-missing', {
      message: 'container does not end with an integrity trailer',
      hint: 'it is cut short, damaged, or was written without the digest of its content',
    });
  }
  return digest;
}

export function formatTrailer(digest: Uint8Array): Uint8Array {
  if (digest.length !== DIGEST_LENGTH) throw new RangeError(`a SHA-256 has 32 bytes, not ${digest.length}`);
  return concatBytes([digest, TRAILER_MAGIC]);
}

/** Throws `container/digest-mismatch` unless the computed digest is the one the trailer holds. */
export function expectDigest(found: Uint8Array, expected: Uint8Array): void {
  if (equalBytes(found, expected)) return;
  throw new At1Error('container/digest-mismatch', {
    message: 'decoded data does not match the digest in the trailer',
    hint: 'the container is damaged: fetch it again',
  });
}
