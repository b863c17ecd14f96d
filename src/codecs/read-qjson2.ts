/** Codec qjson2 (id 11): lines of several templates, each template a whole qjson of its own, and a map that says whose line is next. */
import { malformed, overLimit } from '../container/format.js';
import type { Engines } from '../engines.js';
import { numbersOf } from './numbers.js';
import { Output } from './output.js';
import { readQjson } from './read-qjson.js';
import { Lines, linesOf, type Streams } from './streams.js';

export const MAX_TEMPLATES = 64;

const LF = 10;

export async function readQjson2(streams: Streams, limit: number, engines: Engines): Promise<Uint8Array> {
  const meta = numbersOf(streams, 'meta');
  const lines = meta.uint();
  const finalNewline = meta.u8() !== 0;
  const count = meta.uint();
  if (count > MAX_TEMPLATES) throw overLimit('templates', count, MAX_TEMPLATES);
  const map = numbersOf(streams, 'line_map');
  if (lines > map.remaining) throw malformed(`${lines} lines, but line_map has ${map.remaining} bytes`);
  const sources: Lines[] = [linesOf(streams, 'verbatim')];
  /** Lines of each template that no line of the whole has taken. */
  const counts: number[] = [];
  let left = limit;
  for (let i = 0; i < count; i++) {
    const part = await readQjson(streamsOf(streams, `t${i}:`), left, engines);
    // All of them are output, but for what parts their lines.
    left -= part.length;
    sources.push(new Lines(part, `t${i}`));
    counts.push(part.length === 0 ? 0 : countLines(part));
  }
  const output = new Output(limit);
  for (let line = 0; line < lines; line++) {
    if (line > 0) output.u8(LF);
    const id = map.uint();
    const source = sources[id];
    if (source === undefined) throw malformed(`a line of template ${id - 1} of ${count}`);
    output.bytes(source.next());
    if (id > 0) counts[id - 1] = (counts[id - 1] as number) - 1;
  }
  // A line of no bytes is counted as none where it is the only one.
  if (counts.some((left) => left > 0)) throw malformed('lines of a template that are not used');
  if (finalNewline && lines > 0) output.u8(LF);
  return output.finish();
}

function countLines(part: Uint8Array): number {
  let lines = 1;
  for (let at = part.indexOf(LF); at >= 0; at = part.indexOf(LF, at + 1)) lines++;
  return lines;
}

/** The streams whose names begin so, without that. */
function streamsOf(streams: Streams, prefix: string): Streams {
  const own = new Map<string, Uint8Array>();
  for (const [name, data] of streams) if (name.startsWith(prefix)) own.set(name.slice(prefix.length), data);
  return own;
}
