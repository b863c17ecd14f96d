/** What goes to a thread that encodes, and what comes back: plain data. */
import type { CodecName } from '../container/format.js';
import type { Block, CodecBlock } from '../container/write.js';
import type { ElementHint } from '../packing/elements.js';
import type { EncodedSegment } from '../packing/segment.js';
import type { Level } from '../transforms/level.js';

export interface SegmentJob {
  readonly kind: 'segment';
  readonly data: Uint8Array;
  readonly level: Level;
  readonly sha256: Uint8Array | undefined;
  readonly elements: ElementHint | undefined;
  readonly base: Uint8Array | undefined;
  /** Shared memory for the container, where it fits. */
  readonly room: Uint8Array | undefined;
}

export interface FrameJob {
  readonly kind: 'frame';
  readonly data: Uint8Array;
  readonly elements: ElementHint | undefined;
  readonly codec: CodecName;
  readonly level: Level;
}

export type Job = SegmentJob | FrameJob;

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A frame comes back without its data, which the other side has. */
export type Encoded =
  | { readonly kind: 'segment'; readonly segment: Omit<EncodedSegment, 'object'> }
  | { readonly kind: 'frame'; readonly frame: Without<Block | CodecBlock, 'data'> };

export interface Request {
  readonly id: number;
  readonly job: Job;
}

/** Undefined where it failed: whoever asked encodes for itself, and meets the same error. */
export interface Reply {
  readonly id: number;
  readonly encoded: Encoded | undefined;
}
