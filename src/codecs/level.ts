/** How hard a writer of a codec tries. */

/** `fast`: zstd decides, once. `balanced`: zstd decides, a run or two of xz. `max`: the smallest of everything, at a few hundred kB/s. */
export type Level = 'fast' | 'balanced' | 'max';
