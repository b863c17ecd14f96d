/** Decode after encode: what a compressor made is read back and compared before anybody relies on it. */
import { equalBytes } from '../bytes/text.js';
import { decodePayload, type Payload, readPayload } from '../container/payload.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';

/** The payload, or a stored one where a codec did not give back the very same bytes. */
export async function provePayload(payload: Payload, data: Uint8Array, engines: Engines): Promise<Payload> {
  // A stored payload is the data itself.
  if (payload.backend === 'stored') return payload;
  if (await givesBack(payload, data, engines)) return payload;
  return { backend: 'stored', bytes: data, size: data.length };
}

async function givesBack(payload: Payload, data: Uint8Array, engines: Engines): Promise<boolean> {
  try {
    return equalBytes(await decodePayload(readPayload(payload.backend, payload.bytes), engines), data);
  } catch (error) {
    if (error instanceof At1Error && error.code.startsWith('container/')) return false;
    throw error;
  }
}
