/** How much work goes into making data smaller: planes, codecs and backends all choose by it. */

export const LEVELS = ['fast', 'balanced', 'max'] as const;

/** `fast` decides by a look at the data, `balanced` by a sample, `max` by trying everything, at one or two MB/s. */
export type Level = (typeof LEVELS)[number];

export const DEFAULT_LEVEL: Level = 'balanced';
