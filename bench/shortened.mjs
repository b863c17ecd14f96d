// The beginning of a file that is still a file of its kind, for quick runs.
import { readSafetensors, writeSafetensors } from './safetensors.mjs';

/** @param {string} name @param {Buffer} bytes @param {number} limit @returns {Buffer} of about that length at most */
export function shortened(name, bytes, limit) {
  if (bytes.length <= limit) return bytes;
  if (name.endsWith('.safetensors')) {
    let left = limit;
    return writeSafetensors(
      readSafetensors(bytes).filter((tensor) => {
        const fits = tensor.bytes.length <= left;
        if (fits) left -= tensor.bytes.length;
        return fits;
      }),
    );
  }
  const text = /\.(csv|ndjson|log|txt)$/.test(name);
  return bytes.subarray(0, text ? bytes.subarray(0, limit).lastIndexOf(10) + 1 : limit);
}
