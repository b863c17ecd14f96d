/** Means over the files of each kind: sizes beside the better of two xz, speeds beside `xz -9` and one pass of SHA-256. */
import type { CodecRow } from './codec-cases.js';
import type { Trial } from './codecs.js';

export interface KindMean {
  readonly kind: string;
  readonly codec: string;
  /** How many files of this kind the codec was run on, and how many there are. */
  readonly files: number;
  readonly of: number;
  /** Geometric mean of the smaller of `xz -9` and `xz -9e` over this codec's size: above 1 is smaller than xz. */
  readonly beside: number;
  /** Geometric means of how many times as fast as `xz -9` and `xz -d` it is, and as SHA-256 of the same file. */
  readonly encode: number;
  readonly decode: number;
  readonly sha256: number;
  /** Bytes that this codec's largest loss to that xz is, and on which file; 0 where it never loses. */
  readonly worst: { readonly bytes: number; readonly file?: string };
}

/** Every kind, and all files together. */
export function kindMeans(rows: readonly CodecRow[]): KindMean[] {
  const kinds = [...new Set(rows.map(({ kind }) => kind)), 'all'];
  const codecs = new Set(rows.flatMap(({ results }) => results.map(({ name }) => name)));
  codecs.delete('sha256');
  return kinds.flatMap((kind) => {
    const chosen = rows.filter((row) => kind === 'all' || row.kind === kind);
    return [...codecs].flatMap((codec) => meanOf(kind, codec, chosen) ?? []);
  });
}

function meanOf(kind: string, codec: string, rows: readonly CodecRow[]): KindMean | undefined {
  const logs = { beside: 0, encode: 0, decode: 0, sha256: 0 };
  let files = 0;
  let worst: KindMean['worst'] = { bytes: 0 };
  for (const row of rows) {
    const [ours, xz9, digest] = [codec, 'xz -9', 'sha256'].map((name) => resultOf(row, name));
    const best = betterXz(row);
    if (!ours || !xz9 || !digest || best === undefined) continue;
    files++;
    logs.beside += Math.log(best / ours.size);
    logs.encode += Math.log(timeOf(xz9.encode) / timeOf(ours.encode));
    if (xz9.decode && ours.decode) logs.decode += Math.log(timeOf(xz9.decode) / timeOf(ours.decode));
    logs.sha256 += Math.log(timeOf(digest.encode) / timeOf(ours.encode));
    if (ours.size - best > worst.bytes) worst = { bytes: ours.size - best, file: row.file };
  }
  if (files === 0) return undefined;
  const [beside, encode, decode, sha256] = [logs.beside, logs.encode, logs.decode, logs.sha256].map((sum) =>
    Math.exp(sum / files),
  ) as [number, number, number, number];
  return { kind, codec, files, of: rows.length, beside, encode, decode, sha256, worst };
}

export function meanLines(means: readonly KindMean[]): string[] {
  if (means.length === 0) return [];
  const matrix = (title: string, digits: number, pick: (mean: KindMean) => number) => [
    '',
    title,
    ...matrixLines(means, (mean) => pick(mean).toFixed(digits)),
  ];
  const lines = matrix('The better xz over this, geometric mean by kind: above 1 is smaller', 4, (mean) => mean.beside);
  lines.push(...matrix('Times as fast as xz -9, encoding', 2, (mean) => mean.encode));
  lines.push(...matrix('Times as fast as xz -d, decoding', 2, (mean) => mean.decode));
  lines.push(...matrix('Times as fast as SHA-256, encoding', 3, (mean) => mean.sha256));
  lines.push('', 'The largest loss to the better xz on a file');
  for (const { codec, worst } of means.filter(({ kind }) => kind === 'all')) {
    lines.push(`  ${codec.padEnd(24)}${worst.file === undefined ? 'none' : `${worst.bytes} bytes, ${worst.file}`}`);
  }
  return lines;
}

/** A cell tells over how many files it is, where that is not all of them. */
function matrixLines(means: readonly KindMean[], text: (mean: KindMean) => string): string[] {
  const kinds = [...new Map(means.map(({ kind, of }) => [kind, `${kind} (${of})`]))];
  const row = (name: string, cells: readonly string[]) =>
    `  ${name.padEnd(24)}${cells.map((cell) => cell.padStart(12)).join('')}`;
  const lines = [
    row(
      '',
      kinds.map(([, title]) => title),
    ),
  ];
  for (const codec of new Set(means.map((mean) => mean.codec))) {
    const cells = kinds.map(([kind]) => {
      const mean = means.find((one) => one.codec === codec && one.kind === kind);
      if (mean === undefined) return '';
      return mean.files === mean.of ? text(mean) : `${text(mean)} (${mean.files})`;
    });
    lines.push(row(codec, cells));
  }
  return lines;
}

function resultOf(row: CodecRow, name: string): Trial | undefined {
  return row.results.find((result) => result.name === name);
}

export function betterXz(row: CodecRow): number | undefined {
  const sizes = row.results.filter(({ name }) => name === 'xz -9' || name === 'xz -9e').map(({ size }) => size);
  return sizes.length === 0 ? undefined : Math.min(...sizes);
}

/** Milliseconds without start-up where the process tells: that is a matter of node or python, not of the codec. */
export function timeOf(usage: { readonly cpu: number; readonly inside?: number }): number {
  return Math.max(usage.inside ?? usage.cpu, 1);
}
