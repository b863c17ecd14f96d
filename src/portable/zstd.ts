/**
 * zstd decoding with fzstd, independent of libzstd; streaming, because its other form fills a short output with zeros. It
 * checks no checksum and bounds no work on broken frames (docs/fuzzing.md): the digest of a container comes first.
 */
import { Decompress } from 'fzstd';
import { concatBytes } from '../bytes/writer.js';
import { readZstdFrame } from '../container/zstd-frame.js';
import { At1Error } from '../errors.js';

/** What a push can yield stays small this way: a block is at least 4 bytes and yields at most 128 KiB. */
const PUSH_LENGTH = 16 * 1024;

export async function zstdDecompress(frame: Uint8Array, size: number): Promise<Uint8Array> {
  const stated = readZstdFrame(frame).size;
  if (stated !== size) throw damaged(`zstd frame states ${stated} bytes, expected ${size}`);
  const parts: Uint8Array[] = [];
  let total = 0;
  const engine = new Decompress((part) => {
    total += part.length;
    if (total <= size) parts.push(part);
  });
  try {
    for (let at = 0; at < frame.length && total <= size; at += PUSH_LENGTH) {
      engine.push(frame.subarray(at, at + PUSH_LENGTH), at + PUSH_LENGTH >= frame.length);
    }
  } catch (cause) {
    throw damaged('zstd frame is damaged', cause);
  }
  if (total !== size) throw damaged(`zstd frame yields ${total} bytes or more, expected ${size}`);
  return concatBytes(parts);
}

export async function zstdCompress(): Promise<Uint8Array> {
  throw new At1Error('capability/missing', {
    message: 'the portable engines do not compress',
    hint: 'write objects with the native engines',
  });
}

function damaged(message: string, cause?: unknown): At1Error {
  return new At1Error('container/malformed', { message, cause });
}
