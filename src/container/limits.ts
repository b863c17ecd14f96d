/** What a caller expects or allows of a container's output, checked before anything is allocated. */
import { MAX_FRAME_OUTPUT, MAX_WHOLE_OUTPUT, malformed, overLimit } from './format.js';

export interface ReadOptions {
  /** The exact size of the output, where it is known: more and less are refused. */
  readonly size?: number;
  /** Most output; `size` where that is given. Default: 1 GiB in memory, unbounded (2^53 - 1) from a stream to a stream. */
  readonly maxOutput?: number;
  /** Most output of one frame of a stream container. Default 64 MiB. */
  readonly maxFrameOutput?: number;
  /** About how much output is to come, where somebody knows: it decides where that is hashed, and nothing else. */
  readonly expected?: number;
  /** Told the SHA-256 of the output once it is proven to be that of the trailer. */
  readonly onDigest?: (sha256: Uint8Array) => void;
  /** Told of each piece before it is handed out: so many bytes of the container held only what came before it. */
  readonly onPiece?: (piece: Uint8Array, behind: number) => void;
}

export interface Limits {
  readonly size: number | undefined;
  readonly output: number;
  readonly frame: number;
  /** Most output of a payload in whole mode. */
  readonly whole: number;
}

export function limitsOf(options: ReadOptions, unbounded: boolean): Limits {
  const output = Math.min(
    options.maxOutput ?? options.size ?? (unbounded ? Number.MAX_SAFE_INTEGER : MAX_WHOLE_OUTPUT),
    options.size ?? Number.MAX_SAFE_INTEGER,
  );
  const whole = Math.min(output, options.maxOutput ?? options.size ?? MAX_WHOLE_OUTPUT);
  return { size: options.size, output, frame: options.maxFrameOutput ?? MAX_FRAME_OUTPUT, whole };
}

/** Throws `container/limit` when `total` bytes of output are more than allowed. */
export function checkOutput(total: number, limits: Limits): void {
  if (total > limits.output) throw overLimit('output of the container', total, limits.output);
}

/** Throws `container/malformed` when the output is complete and not of the expected size. */
export function checkComplete(total: number, limits: Limits): void {
  if (limits.size !== undefined && total !== limits.size) {
    throw malformed(`container yields ${total} bytes, ${limits.size} are expected`);
  }
}
