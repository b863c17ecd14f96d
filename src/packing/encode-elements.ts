/** Numbers of a tensor as byte planes (codec embed), and the choice between those and the bytes as they are. */
import { giveScratch } from '../bytes/scratch.js';
import type { EncodedStream } from '../codecs/streams.js';
import { writeEmbed } from '../codecs/write-embed.js';
import { compressPart, joinXzBlocks, type XzPart } from '../codecs/xz-blocks.js';
import { type Payload, readPayload } from '../container/payload.js';
import type { Engines, XzTuning } from '../engines.js';
import { mayRepeat, mayRepeatAsIs } from '../transforms/find-repeats.js';
import type { Level } from '../transforms/level.js';
import { writeLiteralFrame } from '../transforms/literal-frame.js';
import { sampleRatio } from './choose-backend.js';
import type { ElementHint } from './elements.js';
import { encodeStreams, type StreamSet } from './encode-streams.js';
import { type Attempt, racePayloads, XZ_PLAIN } from './race-payloads.js';

/** Of floats zstd 1 makes less than 2 to 9 do: their matches in noise cost more than the codes of literals. */
const QUICK = { backend: 'zstd', level: 1 } as const;
const USUAL = { backend: 'zstd', level: 3 } as const;
/** Of each plane: a block of zstd. */
const SAMPLE_LENGTH = 64 * 1024;
const ALL: readonly Attempt[] = [{ backend: 'zstd', level: 19 }, QUICK, XZ_PLAIN];
/** How an .xz block of one plane is modelled: as numbers without neighbours, and as text. */
const PLANE_TUNINGS: readonly XzTuning[] = [
  { lc: 0, lp: 0, pb: 0 },
  { lc: 4, lp: 0, pb: 0 },
];
/** A block of zstd, 128 KiB with one code for all its literals, spans several planes of so few bytes; xz adapts. */
const SHORT = 256 * 1024;
/** Only where another level saves this much of a sample. */
const WORTH_IT = 0.98;

/** Undefined where planes are no shorter than `limit`. The data is a head, then nothing but whole elements. */
export async function encodeElements(
  data: Uint8Array,
  { width, head }: ElementHint,
  level: Level,
  engines: Engines,
  limit: number,
): Promise<StreamSet | undefined> {
  if (width === 1 || data.length <= head) return undefined;
  const encoded = writeEmbed(data.subarray(0, head), data.subarray(head), width, await engines.kernel());
  if (encoded === undefined) return undefined;
  const choose = (stream: EncodedStream) => choosePlanes(stream, level, engines);
  const set = await encodeStreams('embed', encoded, data, engines, choose, limit);
  for (const stream of encoded) giveScratch(stream.data);
  return set;
}

/** Whether a backend may make less of the bytes as they are than of their planes: a sample tells, `max` tries. */
export async function mayBeSmallerAsIs(
  data: Uint8Array,
  planes: StreamSet,
  level: Level,
  engines: Engines,
): Promise<boolean> {
  if (level === 'max') return true;
  return (
    mayRepeatAsIs(data, await engines.kernel()) &&
    (await sampleRatio(data, engines)) * data.length < planes.bytes.length
  );
}

async function choosePlanes({ data, cuts = [] }: EncodedStream, level: Level, engines: Engines): Promise<Payload> {
  switch (level) {
    case 'fast':
      return (await withoutMatches(data, cuts, engines)) ?? racePayloads(data, [QUICK], engines);
    case 'balanced': {
      if (cuts.length === 0) return racePayloads(data, [QUICK], engines);
      const dense = data.length > SHORT ? await withoutMatches(data, cuts, engines) : undefined;
      if (dense !== undefined) return dense;
      if (data.length <= SHORT) return racePayloads(data, [QUICK, XZ_PLAIN], engines);
      // Of the floats only those of sixteen bits have planes in which longer matches are found.
      const usual = cuts.length === 1 && (await isWorthMore(data, cuts, engines));
      return racePayloads(data, [usual ? USUAL : QUICK], engines);
    }
    case 'max': {
      const best = await racePayloads(data, ALL, engines);
      if (cuts.length === 0) return best;
      const literals = readPayload('zstd', writeLiteralFrame(data, cuts, await engines.kernel()));
      const blocks = await planeBlocks(data, cuts, engines);
      return [literals, blocks].reduce((least, one) => (one.bytes.length < least.bytes.length ? one : least), best);
    }
  }
}

/** Planes in which nothing repeats, where there are some: zstd would look for matches in vain, and take some that cost. */
async function withoutMatches(
  data: Uint8Array,
  cuts: readonly number[],
  engines: Engines,
): Promise<Payload | undefined> {
  if (cuts.length === 0) return undefined;
  const kernel = await engines.kernel();
  const ends = [...cuts, data.length];
  const planes = ends.map((end, i) => data.subarray(ends[i - 1] ?? 0, end));
  if (mayRepeat(planes, kernel)) return undefined;
  const payload = readPayload('zstd', writeLiteralFrame(data, cuts, kernel));
  return payload.bytes.length < data.length ? payload : { backend: 'stored', bytes: data, size: data.length };
}

/** Whether the usual level saves enough of a sample of each plane: in a sample across them one would spoil the other. */
async function isWorthMore(data: Uint8Array, cuts: readonly number[], engines: Engines): Promise<boolean> {
  let [quick, usual] = [0, 0];
  for (const start of [0, ...cuts]) {
    const sample = data.subarray(start, start + SAMPLE_LENGTH);
    quick += (await engines.zstdCompress(sample, QUICK.level)).length;
    usual += (await engines.zstdCompress(sample, USUAL.level)).length;
  }
  return usual < quick * WORTH_IT;
}

/** An .xz stream with a block a plane, each with the model that fits it. */
async function planeBlocks(data: Uint8Array, cuts: readonly number[], engines: Engines): Promise<Payload> {
  const parts: { readonly part: XzPart; readonly lzma2: Uint8Array }[] = [];
  const ends = [...cuts, data.length];
  for (const [i, end] of ends.entries()) {
    const plane = data.subarray(ends[i - 1] ?? 0, end);
    const tried = [];
    for (const tuning of PLANE_TUNINGS) {
      const part = { data: plane, tuning };
      tried.push({ part, lzma2: await compressPart(part, engines) });
    }
    parts.push(tried.reduce((best, other) => (other.lzma2.length < best.lzma2.length ? other : best)));
  }
  return joinXzBlocks(parts);
}
