/** What a column of qcolumnar is, by its cells: integers, decimals or text, and the exact zone of each group. */

import { DECIMAL_COLUMN, INTEGER_COLUMN, TEXT_COLUMN } from './qcolumnar-index.js';
import type { NumberZone } from './table-index.js';
import { scaleOf, unscaledOf } from './table-number.js';

export interface ColumnKind {
  readonly type: number;
  /** Of decimals the most digits after the point; else 0. */
  readonly scale: number;
}

export interface Zone {
  readonly nulls: number;
  readonly numbers: NumberZone | undefined;
}

/** Numbers where every cell that is not empty is one, in its one spelling, and there is one at all. */
export function kindOf(cells: readonly string[]): ColumnKind {
  let most = -2;
  for (const cell of cells) {
    if (cell === '') continue;
    const scale = scaleOf(cell);
    if (scale === undefined) return { type: TEXT_COLUMN, scale: 0 };
    most = Math.max(most, scale);
  }
  if (most === -2) return { type: TEXT_COLUMN, scale: 0 };
  return most === -1 ? { type: INTEGER_COLUMN, scale: 0 } : { type: DECIMAL_COLUMN, scale: most };
}

export function zoneOf(cells: readonly string[], kind: ColumnKind): Zone {
  const nulls = cells.filter((cell) => cell === '').length;
  if (kind.type === TEXT_COLUMN || nulls === cells.length) return { nulls, numbers: undefined };
  let zone: { minimum: bigint; maximum: bigint; sum: bigint } | undefined;
  for (const cell of cells) {
    if (cell === '') continue;
    const value = scaledTo(cell, kind.scale);
    zone ??= { minimum: value, maximum: value, sum: 0n };
    if (value < zone.minimum) zone.minimum = value;
    if (value > zone.maximum) zone.maximum = value;
    zone.sum += value;
  }
  return { nulls, numbers: zone };
}

function scaledTo(cell: string, scale: number): bigint {
  const own = scaleOf(cell) ?? -1;
  return BigInt(unscaledOf(cell, own)) * 10n ** BigInt(scale - Math.max(0, own));
}
