/** One container for all of the data: the codecs that suit it against the data as it is, and at `max` against `xz -9`. */
import { writeWhole, writeWholeCodec } from '../container/write.js';
import type { Engines } from '../engines.js';
import type { Level } from '../transforms/level.js';
import { choosePayload } from './choose-backend.js';
import { type ElementHint, guessElements, xzTuningOf } from './elements.js';
import { encodeElements, mayBeSmallerAsIs } from './encode-elements.js';
import type { StreamSet } from './encode-streams.js';
import { chooseTextCodecs, encodeText } from './encode-text.js';
import { provePayload } from './prove-payload.js';
import { ALL_FOR_TEXT, type Attempt, encodeAttempt, racePayloads, XZ_PLAIN, XZ_TEXT } from './race-payloads.js';

/** Head, backend and trailer around a payload: what a whole container adds. */
const WHOLE_OVERHEAD = 42;
/** Of more data zstd at its slowest takes too long for what it gains, and so do all models of text. */
const RACE_LIMIT = 16 * 1024 * 1024;

export interface WholeOptions {
  /** The data is a head and then nothing but such numbers. */
  readonly run?: ElementHint | undefined;
  readonly text: boolean;
  /** Whether codecs are in the race. */
  readonly codecs: boolean;
}

export interface PackedWhole {
  readonly container: Uint8Array;
  /** The longest that a container may be: 42 bytes and what `xz -9` makes. Undefined where that was not asked for. */
  readonly floor: number | undefined;
}

export async function packWhole(
  data: Uint8Array,
  level: Level,
  engines: Engines,
  { run, text, codecs }: WholeOptions,
): Promise<PackedWhole> {
  const sha256 = await engines.sha256Aside(data);
  const set = codecs ? await streamsOf(data, level, engines, run, text) : undefined;
  if (set !== undefined && run !== undefined && !(await mayBeSmallerAsIs(data, set, level, engines))) {
    return { container: writeWholeCodec(set.codec, set.bytes, sha256), floor: undefined };
  }
  const xz = level === 'max' ? await encodeAttempt(data, XZ_PLAIN, engines) : undefined;
  const plain =
    xz === undefined
      ? await choosePayload(data, level, engines, run)
      : await racePayloads(data, attemptsFor(data, run, text), engines, xz);
  const floor = xz === undefined ? undefined : WHOLE_OVERHEAD + xz.bytes.length;
  // Beside a set there is no byte for a backend.
  if (set !== undefined && set.bytes.length < plain.bytes.length + 1) {
    return { container: writeWholeCodec(set.codec, set.bytes, sha256), floor };
  }
  return { container: writeWhole(await provePayload(plain, data, engines), sha256), floor };
}

async function streamsOf(
  data: Uint8Array,
  level: Level,
  engines: Engines,
  run: ElementHint | undefined,
  text: boolean,
): Promise<StreamSet | undefined> {
  if (run !== undefined) return encodeElements(data, run, level, engines, data.length);
  if (!text) return undefined;
  return encodeText(data, await chooseTextCodecs(data, level, engines), level, engines, data.length);
}

/** What may beat plain `xz -9`. */
function attemptsFor(data: Uint8Array, run: ElementHint | undefined, text: boolean): readonly Attempt[] {
  const elements = text ? undefined : (run ?? guessElements(data));
  const tuning = elements === undefined ? undefined : xzTuningOf(elements);
  const tuned: readonly Attempt[] = tuning === undefined ? [] : [{ backend: 'xz', tuning }];
  if (data.length > RACE_LIMIT) return tuned.length > 0 ? tuned : [XZ_TEXT];
  if (tuned.length > 0) return [{ backend: 'zstd', level: 19 }, ...tuned];
  return ALL_FOR_TEXT;
}
