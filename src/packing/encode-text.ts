/** Text as the streams of a codec that suits it: tables, JSON, logs. Which one is found by trying, never by a name. */
import { looksLikeJson } from '../codecs/json-text.js';
import type { EncodedStream, EncodedStreams } from '../codecs/streams.js';
import { writeColumnar } from '../codecs/write-columnar.js';
import { writeJson } from '../codecs/write-json.js';
import { writeJsondoc } from '../codecs/write-jsondoc.js';
import { writeLog } from '../codecs/write-log.js';
import type { CodecName } from '../container/format.js';
import type { Payload } from '../container/payload.js';
import type { Engines } from '../engines.js';
import type { Level } from '../transforms/level.js';
import { encodeStreams, type StreamSet } from './encode-streams.js';
import { ALL_FOR_STREAMS, type Attempt, racePayloads, XZ_TEXT } from './race-payloads.js';

interface TextCodec {
  readonly codec: CodecName;
  readonly suits: (data: Uint8Array) => boolean;
  /** Undefined where the text is not of its kind after all. */
  readonly write: (
    data: Uint8Array,
    options: { readonly level: Level; readonly engines: Engines },
  ) => Promise<EncodedStreams | undefined> | EncodedStreams | undefined;
  /** It tries more at a higher level, which is not always smaller. */
  readonly efforts?: true;
}

const notJson = (data: Uint8Array): boolean => !looksLikeJson(data);

/** In the order in which they win where two come to the same length. */
const TEXT_CODECS: readonly TextCodec[] = [
  { codec: 'columnar', suits: notJson, write: writeColumnar, efforts: true },
  { codec: 'json', suits: looksLikeJson, write: (data) => writeJson(data) },
  { codec: 'jsondoc', suits: () => true, write: writeJsondoc },
  { codec: 'log', suits: notJson, write: (data) => writeLog(data) },
];

/** Codecs have streams with names, and a reader to start: of less text nothing is gained. */
const LEAST_TEXT = 512;
/** An .xz stream has some sixty bytes of frame: of less data zstd or nothing makes less. */
const LEAST_FOR_XZ = 128;
const LOOKED_AT = 64 * 1024;
const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
/** What says which codec suits the rest. */
const SAMPLE_LENGTH = 256 * 1024;
/** What is no larger than the smallest by more than this may yet be the smallest of all. */
const LIKELY = 1.05;

/** Lines without control characters, or JSON, which may be one line for ever. */
export function looksLikeText(data: Uint8Array): boolean {
  if (data.length < LEAST_TEXT) return false;
  const head = data.subarray(0, LOOKED_AT);
  return (
    head.every((byte) => byte >= SPACE || byte === LF || byte === TAB || byte === CR) &&
    (head.includes(LF) || looksLikeJson(head))
  );
}

/** The codecs that may make text smallest: by what they make of its beginning, if there is more of it. */
export async function chooseTextCodecs(
  data: Uint8Array,
  level: Level,
  engines: Engines,
): Promise<readonly CodecName[]> {
  if (level === 'fast' || !looksLikeText(data)) return [];
  const suitable = TEXT_CODECS.filter(({ suits }) => suits(data)).map(({ codec }) => codec);
  if (level !== 'max' && data.length <= SAMPLE_LENGTH) return suitable;
  // Of the likely ones `max` takes its time with each.
  const sample = beginningOf(data);
  const found: { readonly codec: CodecName; readonly length: number }[] = [];
  for (const codec of suitable) {
    const set = await encodeText(sample, [codec], 'balanced', engines, sample.length);
    if (set !== undefined) found.push({ codec, length: set.bytes.length });
  }
  const least = Math.min(...found.map(({ length }) => length));
  const most = level === 'max' ? least * LIKELY : least;
  return found.flatMap(({ codec, length }) => (length <= most ? [codec] : []));
}

/** Whole lines where there are any. */
function beginningOf(data: Uint8Array): Uint8Array {
  if (data.length <= SAMPLE_LENGTH) return data;
  const lines = data.lastIndexOf(LF, SAMPLE_LENGTH) + 1;
  return data.subarray(0, lines > 0 ? lines : SAMPLE_LENGTH);
}

/** The smallest that the given codecs make of the text, shorter than `limit`; undefined where none does. */
export async function encodeText(
  data: Uint8Array,
  codecs: readonly CodecName[],
  level: Level,
  engines: Engines,
  limit: number,
): Promise<StreamSet | undefined> {
  let best: StreamSet | undefined;
  const choose = (stream: EncodedStream): Promise<Payload> =>
    racePayloads(stream.data, attemptsFor(stream, level), engines, stream.payload);
  for (const { codec, write, efforts } of TEXT_CODECS) {
    if (!codecs.includes(codec)) continue;
    for (const effort of efforts && level === 'max' ? (['balanced', 'max'] as const) : [level]) {
      const encoded = await write(data, { level: effort, engines });
      if (encoded === undefined) break;
      best = (await encodeStreams(codec, encoded, data, engines, choose, best?.bytes.length ?? limit)) ?? best;
    }
  }
  return best;
}

function attemptsFor({ data, payload }: EncodedStream, level: Level): readonly Attempt[] {
  // What the codec has compressed already, block by block, no backend makes smaller as one.
  if (payload !== undefined) return [];
  if (data.length < LEAST_FOR_XZ) return [{ backend: 'zstd', level: 19 }];
  return level === 'max' ? ALL_FOR_STREAMS : [{ backend: 'zstd', level: 3 }, XZ_TEXT];
}
