/** `at1 import mlflow --dry-run`: what would be registered, before anybody signs it. */
import type { LineageRequest, RegisterRequest } from '../../src/index.js';
import type { At1Command } from '../base.js';
import { table } from '../print.js';

export interface Planned {
  /** Without a version where the next one would be taken. */
  readonly ref: string;
  readonly description: string | null;
  readonly metrics: Readonly<Record<string, number>>;
  readonly lineage: readonly LineageRequest[];
  /** TOML. */
  readonly card: string;
}

export function showPlanned(
  command: At1Command,
  { ref = '', description, metrics = {}, lineage = [], card }: RegisterRequest,
): Planned {
  const planned = { ref, description: description ?? null, metrics, lineage, card: card?.text ?? '' };
  command.log([
    `would register ${command.paint.bold(ref)}`,
    ...table([
      ...lineage.map(({ relation, of }) => [relation, of]),
      ...Object.entries(metrics).map(([name, value]) => [name, String(value)]),
    ]),
    '',
    ...planned.card.trimEnd().split('\n'),
  ]);
  return planned;
}
