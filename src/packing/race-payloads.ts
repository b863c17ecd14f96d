/** The smallest of several payloads of one block of data: which backends and models are tried, and with what effort. */
import { encodePayload, type Payload } from '../container/payload.js';
import type { Engines, XzTuning } from '../engines.js';

/** One way to compress: a level of zstd, or a preset of xz with or without a model of its own. */
export type Attempt =
  | { readonly backend: 'zstd'; readonly level: number }
  | { readonly backend: 'xz'; readonly tuning?: XzTuning };

const XZ_PRESET = 9;

/** What `xz -9` does, but for the sum that it checks by. */
export const XZ_PLAIN: Attempt = { backend: 'xz' };
/** What text likes: a literal depends on the one before, and on no position. */
export const XZ_TEXT: Attempt = { backend: 'xz', tuning: { lc: 4, lp: 0, pb: 0 } };

/** Of the two ways to search, neither is always the better one. */
export const ALL_FOR_STREAMS: readonly Attempt[] = [
  { backend: 'zstd', level: 19 },
  XZ_TEXT,
  { backend: 'xz', tuning: { lc: 4, lp: 0, pb: 0, extreme: true } },
  { backend: 'xz', tuning: { lc: 1, lp: 0, pb: 0, extreme: true } },
];

/** What may beat plain `xz -9` on text. */
export const ALL_FOR_TEXT: readonly Attempt[] = [
  { backend: 'zstd', level: 19 },
  XZ_TEXT,
  { backend: 'xz', tuning: { lc: 4, lp: 0, pb: 0, extreme: true } },
  { backend: 'xz', tuning: { extreme: true } },
];

/** Stored, or what comes out smallest; of two that are equal the earlier. */
export async function racePayloads(
  data: Uint8Array,
  attempts: readonly Attempt[],
  engines: Engines,
  first: Payload = { backend: 'stored', bytes: data, size: data.length },
): Promise<Payload> {
  let best = first.bytes.length < data.length ? first : { backend: 'stored' as const, bytes: data, size: data.length };
  if (data.length === 0) return best;
  for (const attempt of attempts) {
    const payload = await encodeAttempt(data, attempt, engines);
    if (payload.bytes.length < best.bytes.length) best = payload;
  }
  return best;
}

/** It may be larger than the data. */
export function encodeAttempt(data: Uint8Array, attempt: Attempt, engines: Engines): Promise<Payload> {
  return attempt.backend === 'zstd'
    ? encodePayload('zstd', data, attempt.level, engines)
    : encodePayload('xz', data, XZ_PRESET, engines, attempt.tuning);
}
