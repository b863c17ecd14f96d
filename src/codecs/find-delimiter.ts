/** Which delimiter cuts most lines of a text into equally many cells; a list of numbers needs none. */
import { cutCells } from './cut-cells.js';
import { scaleOf } from './table-number.js';

export interface Delimited {
  readonly delimiter: string;
  readonly columns: number;
}

const DELIMITERS = [',', '\t', ';', '|'];
/** Lines that are looked at, from all over the text. */
const SAMPLE = 400;
/** Of the sampled lines, so many must agree. */
const AGREEMENT = 0.7;
const MOST_CELLS = 10_000;

/** Undefined where no delimiter makes a table of the lines. */
export function findDelimiter(lines: readonly string[]): Delimited | undefined {
  if (lines.length < 2) return undefined;
  const step = Math.max(1, Math.floor(lines.length / SAMPLE));
  const sample = lines.filter((_, i) => i % step === 0);
  let best: Delimited | undefined;
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const { columns, share } = usualColumns(sample, delimiter);
    // Of two that both cut well, the one that cuts more is the delimiter and the other one is text.
    const score = columns < 2 || share < AGREEMENT ? 0 : share * share * Math.log2(columns + 1);
    if (score > most) {
      most = score;
      best = { delimiter, columns };
    }
  }
  if (best !== undefined) return best;
  const numbers = sample.filter((line) => scaleOf(line) !== undefined).length;
  return numbers > sample.length * AGREEMENT ? { delimiter: ',', columns: 1 } : undefined;
}

function usualColumns(lines: readonly string[], delimiter: string): { columns: number; share: number } {
  const counts = new Map<number, number>();
  for (const line of lines) {
    const cells = cutCells(line, delimiter, MOST_CELLS)?.length ?? 0;
    counts.set(cells, (counts.get(cells) ?? 0) + 1);
  }
  let columns = 0;
  let lead = 0;
  for (const [cells, count] of counts) {
    if (count > lead) {
      lead = count;
      columns = cells;
    }
  }
  return { columns, share: lead / lines.length };
}
