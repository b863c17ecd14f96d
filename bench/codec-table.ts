/** The rows of the benchmark of codecs as text: sizes and speeds per file, pairs of versions, and the means. */
import type { CodecRow, DeltaRow, SkippedRow } from './codec-cases.js';
import { betterXz, kindMeans, meanLines, timeOf } from './codec-means.js';
import type { Trial } from './codecs.js';

type Row = CodecRow | DeltaRow | SkippedRow;
type Named = Trial & { readonly name: string };

export function codecTable(rows: readonly Row[]): string {
  const files = rows.filter((row) => row.case === 'codecs');
  const lines = files.flatMap(fileLines);
  for (const row of rows) {
    if (row.case === 'skipped') lines.push('', `SKIPPED ${row.name}: ${row.reason}`);
    if (row.case === 'deltas') lines.push(...pairLines(row));
  }
  return `${[...lines, ...meanLines(kindMeans(files))].join('\n')}\n`;
}

function fileLines(row: CodecRow): string[] {
  const { file, kind, size, bound } = row;
  const xz = betterXz(row);
  const xz9 = row.results.find(({ name }) => name === 'xz -9');
  const lines = ['', `${file}, ${kind}, ${size} bytes`];
  if (bound !== undefined) {
    const planes = bound.planes.map((bits) => bits.toFixed(3)).join(' ');
    lines.push(
      `  order-0 bound ${bound.bytes} bytes, ${(size / bound.bytes).toFixed(4)} x; bits a byte by plane ${planes}`,
    );
  }
  lines.push(
    `  ${''.padEnd(24)}${['bytes', 'ratio', 'xz/this', 'MB/s in', 'x xz -9', 'MB/s out', 'x xz -9', 'MiB in', 'MiB out']
      .map((title) => title.padStart(10))
      .join('')}`,
  );
  for (const result of row.results) lines.push(resultLine(result, size, xz, xz9));
  return lines;
}

function resultLine(result: Named, size: number, xz: number | undefined, xz9: Named | undefined): string {
  const digest = result.decode === undefined;
  const cells = [
    digest ? '' : String(result.size),
    digest ? '' : (size / result.size).toFixed(4),
    digest || xz === undefined ? '' : (xz / result.size).toFixed(4),
    speed(size, result.encode),
    times(xz9?.encode, result.encode),
    speed(size, result.decode),
    times(xz9?.decode, result.decode),
    mebibytes(result.encode),
    mebibytes(result.decode),
  ];
  return `  ${result.name.padEnd(24)}${cells.map((cell) => cell.padStart(10)).join('')}`;
}

function speed(size: number, usage: Trial['decode']): string {
  return usage === undefined ? '' : (size / 1000 / timeOf(usage)).toFixed(1);
}

function times(other: Trial['decode'], usage: Trial['decode']): string {
  return usage === undefined || other === undefined ? '' : (timeOf(other) / timeOf(usage)).toFixed(2);
}

function mebibytes(usage: Trial['decode']): string {
  return usage?.rss === undefined ? '' : (usage.rss / 1024 ** 2).toFixed(0);
}

function pairLines({ pair, what, size, reported, results }: DeltaRow): string[] {
  const lines = ['', `${pair}, ${what}: ${size} bytes; measured before: ${reported} x`];
  for (const { name, stored, alone } of results) {
    const ratio = (bytes: number) => `${(size / bytes).toFixed(3)} x`;
    lines.push(`  ${name.padEnd(24)}${String(stored).padStart(10)} bytes new, ${ratio(stored)}; alone ${ratio(alone)}`);
  }
  return lines;
}
