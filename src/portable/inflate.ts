/**
 * zlib data of a known size with fflate, which checks neither the Adler-32 nor the end of its input, and grows its
 * output without limit: header, cap, checksum and exact consumption are checked here.
 */
import { Inflate } from 'fflate';
import { concatBytes } from '../bytes/writer.js';
import { At1Error } from '../errors.js';

const HEADER_LENGTH = 2;
const ADLER_LENGTH = 4;
/** A push is inflated as a whole before its output is seen; deflate yields at most 1032 bytes a byte. */
const PUSH_LENGTH = 4096;

/** Exactly `size` bytes that use up all input; throws `git/invalid-object`. */
export function inflate(data: Uint8Array, size: number): Uint8Array {
  checkHeader(data);
  const deflated = data.subarray(HEADER_LENGTH, data.length - ADLER_LENGTH);
  const output = inflateRaw(deflated, size);
  if (output === undefined) throw damaged(`zlib data is damaged or does not yield ${size} bytes`);
  const view = new DataView(data.buffer, data.byteOffset + data.length - ADLER_LENGTH, ADLER_LENGTH);
  if (view.getUint32(0) !== adler32(output)) throw damaged('zlib data does not match its checksum');
  // The engine does not say where it stopped, but it does refuse input that is cut short: one byte less must not do.
  if (inflateRaw(deflated.subarray(0, -1), size) !== undefined) throw damaged('bytes after the end of zlib data');
  return output;
}

/** Undefined for damaged or incomplete data, or another size. */
function inflateRaw(deflated: Uint8Array, size: number): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  let total = 0;
  const engine = new Inflate((part) => {
    total += part.length;
    parts.push(part);
  });
  try {
    for (let at = 0; at < deflated.length && total <= size; at += PUSH_LENGTH) {
      engine.push(deflated.subarray(at, at + PUSH_LENGTH), at + PUSH_LENGTH >= deflated.length);
    }
  } catch {
    // Its errors say nothing that helps: the data is not what it should be.
    return undefined;
  }
  return total === size ? concatBytes(parts) : undefined;
}

/** RFC 1950: deflate, window of at most 32 KiB, header check, no preset dictionary. */
function checkHeader(data: Uint8Array): void {
  const [method = 0, flags = 0] = data;
  const valid = (method & 15) === 8 && method >> 4 <= 7 && (method * 256 + flags) % 31 === 0 && (flags & 0x20) === 0;
  if (!valid || data.length <= HEADER_LENGTH + ADLER_LENGTH) throw damaged('not zlib data');
}

export function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  // 3800 additions of at most 255 to sums below 65521 stay below 2^32.
  for (let at = 0; at < bytes.length; at += 3800) {
    for (const byte of bytes.subarray(at, at + 3800)) {
      a += byte;
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return b * 65536 + a;
}

function damaged(message: string): At1Error {
  return new At1Error('git/invalid-object', { message });
}
