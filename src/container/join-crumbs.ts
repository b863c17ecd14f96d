/** Small pieces of output made larger: a container of a million tiny frames must not cost a million writes and hashes. */

/** Bytes: a piece as long as this is handed on as it is. */
const CRUMB = 4096;
const JOINED = 16 * CRUMB;

/** The same bytes in the same order. Pieces under 4 KiB are copied together, up to 64 KiB; empty ones are dropped. */
export async function* joinCrumbs(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  let joined = new Uint8Array(0);
  let length = 0;
  for await (const piece of pieces) {
    if (length > 0 && (piece.length >= CRUMB || length + piece.length > JOINED)) {
      yield joined.subarray(0, length);
      length = 0;
      joined = new Uint8Array(0);
    }
    if (piece.length >= CRUMB) {
      yield piece;
      continue;
    }
    // Whoever was handed one may keep it, so each is new.
    if (joined.length === 0) joined = new Uint8Array(JOINED);
    joined.set(piece, length);
    length += piece.length;
  }
  if (length > 0) yield joined.subarray(0, length);
}
