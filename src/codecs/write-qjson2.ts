/** Writes codec qjson2 (id 11): the most frequent templates, each as a qjson of its own, and the other lines verbatim. */
import { CellWriter } from './cell-writer.js';
import { templatesOf } from './line-templates.js';
import { NumberWriter } from './number-writer.js';
import { MOST_TEXT_BYTES } from './slots.js';
import type { EncodedStream, EncodedStreams } from './streams.js';
import { formatRows, frequentTemplates, MOST_TEMPLATES, scanRows, type WriteRowsOptions } from './write-qjson.js';

/** With five streams each, and three of the whole, fewer than the 256 of a set. */
const MOST_PARTS = 48;

/** Undefined where no two lines share a template that has values. The caller decodes and compares. */
export async function writeQjson2(data: Uint8Array, options: WriteRowsOptions): Promise<EncodedStreams | undefined> {
  if (data.length > MOST_TEXT_BYTES) return undefined;
  const scan = scanRows(data);
  const text = templatesOf(data, scan, MOST_TEMPLATES);
  const parts = frequentTemplates(text).slice(0, MOST_PARTS);
  if (parts.length === 0) return undefined;
  const places = new Map(parts.map((template, i) => [template, i + 1]));
  const map = new NumberWriter();
  const verbatim = new CellWriter();
  for (const { start, end, template } of text.lines) {
    const place = places.get(template) ?? 0;
    map.uint(place);
    if (place === 0) verbatim.add(data.subarray(start, end));
  }
  const streams: EncodedStream[] = [
    {
      name: 'meta',
      data: new NumberWriter()
        .uint(text.lines.length)
        .u8(text.finalNewline ? 1 : 0)
        .uint(parts.length)
        .finish(),
    },
    { name: 'line_map', data: map.finish() },
    { name: 'verbatim', data: verbatim.finish() },
  ];
  for (const [i, template] of parts.entries()) {
    const modes = new Uint8Array(text.templates[template]?.lines ?? 0).fill(1);
    const part = await formatRows(data, scan, text, template, modes, false, options);
    streams.push(...part.map((stream) => ({ ...stream, name: `t${i}:${stream.name}` })));
  }
  return streams;
}
