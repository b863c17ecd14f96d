/** The frames and streams of a container as text, for `at1 inspect`. */
import type { ContainerInfo } from '../src/index.js';
import { table } from './print.js';

/** Frames in the text; under --json all that were listed are there. */
export const SHOWN = 20;

export function frameTable(frames: ContainerInfo['frames']): string[] {
  const rows = frames
    .slice(0, SHOWN)
    .map(({ offset, length, kind, backend, outputSize }) => [
      String(offset),
      String(length),
      outputSize === undefined ? '?' : String(outputSize),
      kind,
      backend ?? '',
    ]);
  return table([['offset', 'stored', 'original', 'kind', 'backend'], ...rows], [0, 1, 2]);
}

/** The streams of a codec; those of one name are added up over all frames that are listed. */
export function streamTable(frames: ContainerInfo['frames']): string[] {
  const sums = new Map<string, { stored: number; original: number | undefined; backends: Set<string> }>();
  for (const { name, backend, length, outputSize } of frames.flatMap(({ streams }) => streams ?? [])) {
    const sum = sums.get(name) ?? { stored: 0, original: 0, backends: new Set<string>() };
    sum.stored += length;
    sum.original = sum.original === undefined || outputSize === undefined ? undefined : sum.original + outputSize;
    sums.set(name, { ...sum, backends: sum.backends.add(backend) });
  }
  if (sums.size === 0) return [];
  const rows = Array.from(sums, ([name, { stored, original, backends }]) => [
    name,
    String(stored),
    original === undefined ? '?' : String(original),
    [...backends].sort().join(' '),
  ]);
  return table([['stream', 'stored', 'original', 'backend'], ...rows], [1, 2]);
}
