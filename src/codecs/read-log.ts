/** Codec log (id 3): lines as a template each, and what fills the gaps of templates in one sequence over all lines. */
import { malformed } from '../container/format.js';
import { numbersOf } from './numbers.js';
import { Output } from './output.js';
import { cellsOf, linesOf, type Streams, streamOf } from './streams.js';

const LF = 10;
const VERBATIM = 0;

export function readLog(streams: Streams, limit: number): Uint8Array {
  const meta = numbersOf(streams, 'meta');
  const count = meta.uint();
  const finalNewline = meta.u8() !== 0;
  const flags = streamOf(streams, 'flags');
  if (count > flags.length) throw malformed(`${count} lines with flags for ${flags.length}`);
  const templates = cellsOf(streams, 'templates');
  const ids = numbersOf(streams, 'tids');
  const variables = linesOf(streams, 'vars');
  const verbatim = linesOf(streams, 'verbatim');
  const output = new Output(limit);
  for (let i = 0; i < count; i++) {
    if (i > 0) output.u8(LF);
    if (flags[i] === VERBATIM) {
      output.bytes(verbatim.next());
      continue;
    }
    const template = templates.at(ids.uint());
    let from = 0;
    for (let at = template.indexOf(0); at >= 0; at = template.indexOf(0, from)) {
      output.bytes(template.subarray(from, at));
      output.bytes(variables.next());
      from = at + 1;
    }
    output.bytes(template.subarray(from));
  }
  if (finalNewline) output.u8(LF);
  return output.finish();
}
