/** The rows of the benchmark of codecs as text: sizes and speeds per file, means per kind beside the better of two xz. */
import type { CodecRow, DeltaRow, SkippedRow } from './codec-cases.js';
import type { Trial } from './codecs.js';

type Row = CodecRow | DeltaRow | SkippedRow;
type Named = Trial & { readonly name: string };

export interface KindMean {
  readonly kind: string;
  readonly files: number;
  readonly codec: string;
  /** Geometric mean of the smaller of `xz -9` and `xz -9e` over this codec's size: above 1 is smaller than xz. */
  readonly beside: number;
  /** Bytes that this codec's largest loss to that xz is, and on which file; 0 where it never loses. */
  readonly worst: { readonly bytes: number; readonly file?: string };
}

export function codecTable(rows: readonly Row[]): string {
  const files = rows.filter((row) => row.case === 'codecs');
  const lines = files.flatMap(fileLines);
  for (const row of rows) {
    if (row.case === 'skipped') lines.push('', `SKIPPED ${row.name}: ${row.reason}`);
    if (row.case === 'deltas') lines.push(...pairLines(row));
  }
  const means = kindMeans(files);
  if (means.length > 0) lines.push('', 'smaller than the better xz by (geometric mean), and the largest loss to it');
  for (const { kind, files: count, codec, beside, worst } of means) {
    const loss = worst.bytes === 0 ? 'none' : `${worst.bytes} bytes, ${worst.file}`;
    lines.push(
      `  ${`${kind}, ${count} files`.padEnd(16)}${codec.padEnd(24)}${beside.toFixed(4).padStart(9)} x  ${loss}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** All files of each kind, and all files together; a codec that some of them lack is left out there. */
export function kindMeans(rows: readonly CodecRow[]): KindMean[] {
  const kinds = [...new Set(rows.map(({ kind }) => kind)), 'all'];
  return kinds.flatMap((kind) => {
    const chosen = rows.filter((row) => kind === 'all' || row.kind === kind);
    const names = chosen[0]?.results.map(({ name }) => name).filter((name) => name !== 'sha256') ?? [];
    return names.flatMap((codec) => {
      const pairs = chosen.map((row) => ({
        row,
        result: row.results.find(({ name }) => name === codec),
        xz: betterXz(row),
      }));
      let sum = 0;
      let worst: KindMean['worst'] = { bytes: 0 };
      for (const { row, result, xz } of pairs) {
        if (result === undefined || xz === undefined) return [];
        sum += Math.log(xz / result.size);
        if (result.size - xz > worst.bytes) worst = { bytes: result.size - xz, file: row.file };
      }
      return [{ kind, files: chosen.length, codec, beside: Math.exp(sum / chosen.length), worst }];
    });
  });
}

function betterXz(row: CodecRow): number | undefined {
  const sizes = row.results.filter(({ name }) => name === 'xz -9' || name === 'xz -9e').map(({ size }) => size);
  return sizes.length === 0 ? undefined : Math.min(...sizes);
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

/** Without start-up where the process tells: that is a matter of node or python, not of the codec. */
function timeOf(usage: { cpu: number; inside?: number }): number {
  return Math.max(usage.inside ?? usage.cpu, 1);
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
