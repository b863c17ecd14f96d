/** Writes codec qjson (id 8): the lines of the most frequent template in blocks, all other lines verbatim. */
import { encodePayload } from '../container/payload.js';
import type { Engines } from '../engines.js';
import { CellWriter } from './cell-writer.js';
import { looksLikeJson } from './json-text.js';
import { type TemplatedText, templatesOf } from './line-templates.js';
import { NumberWriter } from './number-writer.js';
import { MAX_BLOCKS, ROWS_PER_GROUP, TEXT_COLUMN } from './qcolumnar-index.js';
import { type Scan, scanJson } from './scan-json.js';
import { scanLog } from './scan-log.js';
import { MOST_TEXT_BYTES } from './slots.js';
import type { EncodedStreams } from './streams.js';
import { formatBlock } from './table-block.js';

export interface WriteRowsOptions {
  readonly engines: Engines;
  /** Default 16,384; more where there would be too many blocks. */
  readonly rowsPerGroup?: number;
}

export const MOST_TEMPLATES = 65_536;
const ZSTD_LEVEL = 19;
const XZ_PRESET = 9;
const LEAST_FOR_XZ = 256;

/** Undefined where no two lines share a template that has values. The caller decodes and compares. */
export async function writeQjson(data: Uint8Array, options: WriteRowsOptions): Promise<EncodedStreams | undefined> {
  if (data.length > MOST_TEXT_BYTES) return undefined;
  const scan = scanRows(data);
  const text = templatesOf(data, scan, MOST_TEMPLATES);
  const best = frequentTemplates(text)[0];
  if (best === undefined) return undefined;
  const verbatim = new CellWriter();
  for (const { start, end, template } of text.lines) {
    if (template !== best) verbatim.add(data.subarray(start, end));
  }
  const modes = Uint8Array.from(text.lines, ({ template }) => (template === best ? 1 : 0));
  const streams = await formatRows(data, scan, text, best, modes, text.finalNewline, options);
  return [...streams, { name: 'verbatim', data: verbatim.finish() }];
}

export function scanRows(data: Uint8Array): Scan {
  return looksLikeJson(data) ? scanJson(data) : scanLog(data, false);
}

/** Templates with values that two lines or more have, the most frequent first. */
export function frequentTemplates({ templates }: TemplatedText): readonly number[] {
  const lines = (template: number): number => templates[template]?.lines ?? 0;
  return templates
    .flatMap(({ slots }, i) => (lines(i) > 1 && slots > 0 && slots <= MAX_BLOCKS ? [i] : []))
    .sort((a, b) => lines(b) - lines(a) || a - b);
}

/** The streams of qjson for all lines of one template, but for `verbatim`. */
export async function formatRows(
  data: Uint8Array,
  { slots }: Scan,
  text: TemplatedText,
  template: number,
  modes: Uint8Array,
  finalNewline: boolean,
  { engines, rowsPerGroup = ROWS_PER_GROUP }: WriteRowsOptions,
): Promise<EncodedStreams> {
  if (!Number.isSafeInteger(rowsPerGroup) || rowsPerGroup < 1) throw new RangeError(`groups of ${rowsPerGroup} rows`);
  const rows = text.lines.filter((line) => line.template === template);
  const segments = segmentsOf(text, template);
  const columns = segments.length - 1;
  const perGroup = Math.max(rowsPerGroup, Math.ceil(rows.length / Math.floor(MAX_BLOCKS / columns)));
  const [index, blocks] = [new NumberWriter(), new NumberWriter()];
  for (let first = 0; first < rows.length; first += perGroup) {
    const group = rows.slice(first, first + perGroup);
    for (let column = 0; column < columns; column++) {
      const cells = new CellWriter();
      for (const { slot } of group) {
        cells.add(data.subarray(slots.start(slot + column), slots.end(slot + column)));
      }
      const block = await smallestBlock(cells.finish(), engines);
      index.uint(block.length);
      blocks.bytes(block);
    }
  }
  const meta = new NumberWriter().uint(modes.length).u8(finalNewline ? 1 : 0);
  meta
    .uint(columns)
    .uint(perGroup)
    .uint(rows.length)
    .uint(Math.ceil(rows.length / perGroup));
  meta.bytes(new Uint8Array(columns).fill(TEXT_COLUMN));
  const frame = new NumberWriter().uint(segments.length);
  for (const segment of segments) frame.uint(segment.length).bytes(segment);
  return [
    { name: 'meta', data: meta.finish() },
    { name: 'template', data: frame.finish() },
    { name: 'row_modes', data: modes },
    { name: 'index', data: index.finish() },
    { name: 'blocks', data: blocks.finish() },
  ];
}

function segmentsOf({ templates }: TemplatedText, template: number): readonly Uint8Array[] {
  const text = templates[template]?.text ?? new Uint8Array(0);
  const segments: Uint8Array[] = [];
  let from = 0;
  for (let at = text.indexOf(0); at >= 0; at = text.indexOf(0, from)) {
    segments.push(text.subarray(from, at));
    from = at + 1;
  }
  return [...segments, text.subarray(from)];
}

async function smallestBlock(cells: Uint8Array, engines: Engines): Promise<Uint8Array> {
  const zstd = await encodePayload('zstd', cells, ZSTD_LEVEL, engines);
  // An .xz stream has some fifty bytes of frame more.
  if (zstd.bytes.length < LEAST_FOR_XZ) return formatBlock(zstd);
  const xz = await encodePayload('xz', cells, XZ_PRESET, engines);
  return formatBlock(xz.bytes.length < zstd.bytes.length ? xz : zstd);
}
