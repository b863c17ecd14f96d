/** Writes codec log (id 3): the templates of lines once, and for each line its template's number and what varies in it. */
import { CellWriter } from './cell-writer.js';
import { NO_TEMPLATE, templatesOf } from './line-templates.js';
import { NumberWriter } from './number-writer.js';
import { scanLog } from './scan-log.js';
import { MOST_TEXT_BYTES } from './slots.js';
import type { EncodedStreams } from './streams.js';

const MOST_TEMPLATES = 65_536;

/** Undefined where no two lines are alike. The caller decodes and compares. */
export function writeLog(data: Uint8Array): EncodedStreams | undefined {
  if (data.length > MOST_TEXT_BYTES) return undefined;
  const scan = scanLog(data, false);
  const text = templatesOf(data, scan, MOST_TEMPLATES);
  if (text.templates.every(({ lines }) => lines < 2)) return undefined;
  const [flags, ids] = [new NumberWriter(), new NumberWriter()];
  const [variables, verbatim] = [new CellWriter(), new CellWriter()];
  for (const { start, end, slot, template } of text.lines) {
    flags.u8(template === NO_TEMPLATE ? 0 : 1);
    if (template === NO_TEMPLATE) {
      verbatim.add(data.subarray(start, end));
      continue;
    }
    ids.uint(template);
    const last = slot + (text.templates[template]?.slots ?? 0);
    for (let i = slot; i < last; i++) variables.add(data.subarray(scan.slots.start(i), scan.slots.end(i)));
  }
  const templates = new CellWriter();
  for (const template of text.templates) templates.add(template.text);
  return [
    {
      name: 'meta',
      data: new NumberWriter()
        .uint(text.lines.length)
        .u8(text.finalNewline ? 1 : 0)
        .finish(),
    },
    { name: 'templates', data: templates.finish() },
    { name: 'flags', data: flags.finish() },
    { name: 'tids', data: ids.finish() },
    { name: 'vars', data: variables.finish() },
    { name: 'verbatim', data: verbatim.finish() },
  ];
}
