/** Who encodes the pieces of a file: this thread, or others beside it (`ops/encoding-threads.ts`). The results are the same. */
import type { CodecName } from '../container/format.js';
import type { Block, CodecBlock } from '../container/write.js';
import type { Engines } from '../engines.js';
import type { Level } from '../transforms/level.js';
import { encodeFrame, type Frame } from './encode-frame.js';
import { type EncodedSegment, type EncodeOptions, encodeContainer } from './segment.js';

export interface Encoder {
  /** Pieces that it works on at once. */
  readonly width: number;
  segment(data: Uint8Array, level: Level, options?: EncodeOptions): Promise<Omit<EncodedSegment, 'object'>>;
  frame(frame: Frame, codec: CodecName, level: Level): Promise<Block | CodecBlock>;
}

/** On this thread; what liblzma does takes others all the same. */
export function encoderHere(engines: Engines): Encoder {
  return {
    width: 2,
    segment: (data, level, options) => encodeContainer(data, level, engines, options),
    frame: (frame, codec, level) => encodeFrame(frame, codec, level, engines),
  };
}
