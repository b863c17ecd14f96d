/** Numbers of a plane set, of its coders and of rANS: docs/format/transforms.md. */
import type { ElementWidth, PlaneMode } from '../engines.js';
import { At1Error } from '../errors.js';

export const PLANE_SET_VERSION = 1;
/** Most original bytes of a segment, and most that its plane set may add to them. */
export const MAX_SEGMENT = 16 * 1024 * 1024;
export const PLANE_SET_SLACK = 64 * 1024;

/** A mode's number is its place. */
const MODES: readonly PlaneMode[] = ['split', 'rotate', 'difference', 'ordered'];

export const CODER_STORED = 0;
export const CODER_RANS = 1;
export const CODER_ZSTD = 2;

export const BLOCK_LENGTH = 65_536;
export const BLOCK_STORED = 0;
export const BLOCK_CODED = 1;
export const BLOCK_RUN = 2;
export const BLOCK_AS_BEFORE = 3;

/** Values of a byte. */
export const VALUES = 256;
/** What the frequencies of a table sum to: 2^12. */
export const FREQUENCY_SUM = 4096;
/** Where a state begins, and the least it can be. */
export const LOWEST_STATE = 65_536;
/** Four states of four bytes. */
export const STATES_LENGTH = 16;

export function parseMode(id: number): PlaneMode {
  const mode = MODES[id];
  if (mode === undefined) throw malformed(`unknown mode ${id} of a plane set`);
  return mode;
}

export function formatMode(mode: PlaneMode): number {
  return MODES.indexOf(mode);
}

export function needsBase(mode: PlaneMode): boolean {
  return mode === 'difference' || mode === 'ordered';
}

export function parseWidth(width: number): ElementWidth {
  if (width !== 1 && width !== 2 && width !== 4 && width !== 8) {
    throw malformed(`elements of a plane set have 1, 2, 4 or 8 bytes, not ${width}`);
  }
  return width;
}

export function malformed(message: string, cause?: unknown): At1Error {
  return new At1Error('transform/malformed', { message, cause });
}
