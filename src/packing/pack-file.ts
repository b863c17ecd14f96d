/**
 * One file into one container of genuine codecs, chosen by looking at the data: planes for tensors, columns for tables, JSON
 * and logs, and the bytes as they are wherever that is smaller. docs/format/container.md, "What `at1 pack` writes".
 */

import { giveScratch } from '../bytes/scratch.js';
import { concatBytes } from '../bytes/writer.js';
import { onceFrom } from '../codecs/read-container.js';
import type { CodecName } from '../container/format.js';
import { type Block, type CodecBlock, writeStream } from '../container/write.js';
import type { Engines } from '../engines.js';
import type { Dtype } from '../formats/dtype.js';
import type { FileShape } from '../formats/file-shape.js';
import type { RandomAccess } from '../formats/header-source.js';
import { DEFAULT_LEVEL, type Level } from '../transforms/level.js';
import { PIECE_LIMIT } from './cut-file.js';
import { cutLines } from './cut-lines.js';
import { type ElementHint, guessElements } from './elements.js';
import type { Frame } from './encode-frame.js';
import { chooseTextCodecs, looksLikeText } from './encode-text.js';
import { type Encoder, encoderHere } from './encoder.js';
import { packWhole } from './pack-whole.js';
import {
  elementsOfType,
  type FramePlace,
  framesOfElements,
  framesOfTensors,
  plainFrames,
  singleRun,
} from './plan-frames.js';
import { workAhead } from './work-ahead.js';

const MIB = 1024 * 1024;
/** Numbers and bytes of this length or less are one whole container. */
export const WHOLE_LIMIT = 4 * MIB;
/** Text is held in memory up to here, for what repeats lies far apart; longer text becomes frames of whole lines. */
export const WHOLE_TEXT_LIMIT = 32 * MIB;
/** Longer files are not compared with `xz -9`: the file and both results are in memory meanwhile. */
export const FLOOR_LIMIT = 256 * MIB;
const SAMPLE_LENGTH = MIB;

export interface PackFileOptions {
  /** Default: `balanced`. */
  readonly level?: Level | undefined;
  /** What a file without a format of its own consists of. */
  readonly dtype?: Dtype | undefined;
  /** Default: this thread. */
  readonly encoder?: Encoder | undefined;
  /** Told what was read and is not needed any more. */
  readonly release?: ((data: Uint8Array) => void) | undefined;
  /** Told how many bytes more are done. */
  readonly onBytes?: ((count: number) => void) | undefined;
}

/** Whether the container was compared with what `xz -9` makes of the whole file, and is at most 42 bytes longer. */
export type Floor = 'verified' | 'not raced';

export interface PackedFile {
  readonly floor: Floor;
  /** Made while it is read. The source is no longer used when it ends. */
  readonly container: AsyncIterable<Uint8Array>;
}

interface Plan {
  readonly places: readonly FramePlace[] | 'lines';
  /** Of the frames, in stream mode. */
  readonly codec: CodecName;
  /** All of the file as one run of numbers. */
  readonly run?: ElementHint | undefined;
  readonly text: boolean;
  /** Whole mode up to this size. */
  readonly limit: number;
}

/** Throws what the source throws. What is written has been decoded and compared. */
export async function packFile(
  source: RandomAccess,
  size: number,
  shape: FileShape,
  engines: Engines,
  options: PackFileOptions = {},
): Promise<PackedFile> {
  const { level = DEFAULT_LEVEL, encoder = encoderHere(engines), onBytes = () => {}, release = () => {} } = options;
  const plan = await planFile(source, size, shape, engines, { ...options, level });
  const isWhole = size <= plan.limit;
  const streamed = () => {
    const blocks = encodeFrames(framesOf(source, size, plan), plan.codec, level, encoder, onBytes);
    return writeStream(releasing(blocks, release), engines, plan.codec);
  };
  if (!isWhole && (level !== 'max' || size > FLOOR_LIMIT)) return { floor: 'not raced', container: streamed() };
  const frames = isWhole && !hasSeams(plan, level) ? undefined : await collect(streamed());
  const data = await source.read(0, size);
  const whole = await packWhole(data, level, engines, { run: plan.run, text: plan.text, codecs: isWhole });
  if (frames === undefined) onBytes(size);
  const container = frames !== undefined && frames.length < whole.container.length ? frames : whole.container;
  const floor = whole.floor !== undefined && container.length <= whole.floor ? 'verified' : 'not raced';
  return { floor, container: onceFrom(container) };
}

/** Tensors apart may be smaller than all of them as one, which only `max` finds out. */
function hasSeams({ places, text }: Plan, level: Level): boolean {
  return level === 'max' && !text && places.length > 1;
}

async function planFile(
  source: RandomAccess,
  size: number,
  shape: FileShape,
  engines: Engines,
  { level, dtype }: PackFileOptions & { readonly level: Level },
): Promise<Plan> {
  if (shape.tensors.length > 0) {
    const run = singleRun(shape, size);
    const places = framesOfTensors(shape, size);
    const small = places.length === 1 && places[0]?.elements === undefined;
    return {
      places,
      codec: 'embed',
      run,
      text: false,
      limit: run !== undefined ? PIECE_LIMIT : small ? WHOLE_LIMIT : 0,
    };
  }
  if (dtype !== undefined) return planElements(elementsOfType(dtype), size);
  const sample = await source.read(0, Math.min(size, SAMPLE_LENGTH));
  if (looksLikeText(sample)) {
    const codecs = size > WHOLE_TEXT_LIMIT ? await chooseTextCodecs(sample, level, engines) : [];
    return { places: 'lines', codec: codecs[0] ?? 'raw', text: true, limit: WHOLE_TEXT_LIMIT };
  }
  return planElements(shape.format === 'unknown' ? guessElements(sample) : undefined, size);
}

function planElements(run: ElementHint | undefined, size: number): Plan {
  if (run === undefined || run.width === 1 || size <= run.head) {
    return { places: plainFrames(0, size), codec: 'raw', text: false, limit: WHOLE_LIMIT };
  }
  const places = framesOfElements(run, size);
  // A whole container has no place for what is left behind the last element.
  const limit = (size - run.head) % run.width === 0 ? WHOLE_LIMIT : 0;
  return { places, codec: 'embed', run, text: false, limit };
}

async function* framesOf(source: RandomAccess, size: number, { places }: Plan): AsyncGenerator<Frame> {
  if (places === 'lines') {
    for await (const data of cutLines(source, size)) yield { data };
    return;
  }
  for (const { offset, length, elements } of places) yield { data: await source.read(offset, length), elements };
}

function encodeFrames(
  frames: AsyncIterable<Frame>,
  codec: CodecName,
  level: Level,
  encoder: Encoder,
  onBytes: (count: number) => void,
): AsyncGenerator<Block | CodecBlock, void, undefined> {
  // One more is being read.
  return workAhead(frames, encoder.width, async (frame) => {
    const block = await encoder.frame(frame, codec, level);
    onBytes(frame.data.length);
    return block;
  });
}

/** Whoever asks for the next block has done with the one before. */
async function* releasing(
  blocks: AsyncIterable<Block | CodecBlock>,
  release: (data: Uint8Array) => void,
): AsyncGenerator<Block | CodecBlock, void, undefined> {
  for await (const block of blocks) {
    yield block;
    release(block.data);
    if ('streams' in block && block.streams instanceof Uint8Array) giveScratch(block.streams);
  }
}

async function collect(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  // A part may be a view of memory that the next one is made in.
  for await (const part of parts) all.push(part.slice());
  return concatBytes(all);
}
