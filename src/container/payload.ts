/**
 * One backend payload: what it will yield (known before decoding, whatever the backend), and its decoding and encoding.
 * The structure checks run first, so that a codec library only ever sees a payload of the one form we accept.
 */
import type { Engines, XzTuning } from '../engines.js';
import { type Backend, malformed } from './format.js';
import { readXzStream } from './xz-stream.js';
import { readZstdFrame } from './zstd-frame.js';

export interface Payload {
  readonly backend: Backend;
  readonly bytes: Uint8Array;
  /** What decoding yields; stated by the payload itself and proven when it is decoded. */
  readonly size: number;
}

/** Checks the structure; throws `container/malformed`, `container/not-strict` or `container/limit`. */
export function readPayload(backend: Backend, bytes: Uint8Array): Payload {
  if (backend === 'stored') return { backend, bytes, size: bytes.length };
  return { backend, bytes, size: backend === 'zstd' ? readZstdFrame(bytes).size : readXzStream(bytes).size };
}

/** The data. Of a stored payload a view, not a copy. The caller has compared `size` with its limit. */
export async function decodePayload(payload: Payload, engines: Engines): Promise<Uint8Array> {
  if (payload.backend === 'stored') return payload.bytes;
  const data =
    payload.backend === 'zstd'
      ? await engines.zstdDecompress(payload.bytes, payload.size)
      : await engines.xzDecompress(payload.bytes, payload.size);
  if (data.length !== payload.size) {
    throw malformed(`${payload.backend} payload yields ${data.length} bytes and states ${payload.size}`);
  }
  return data;
}

/** Compresses; the result is checked like a foreign one, so no library can make us write what we would refuse. */
export async function encodePayload(
  backend: Backend,
  data: Uint8Array,
  level: number,
  engines: Engines,
  /** For xz alone; zstd has nothing of the kind. */
  tuning?: XzTuning,
): Promise<Payload> {
  if (backend === 'stored') return { backend, bytes: data, size: data.length };
  const bytes =
    backend === 'zstd' ? await engines.zstdCompress(data, level) : await engines.xzCompress(data, level, tuning);
  const payload = readPayload(backend, bytes);
  if (payload.size !== data.length)
    throw malformed(`${backend} encoder states ${payload.size} of ${data.length} bytes`);
  return payload;
}
