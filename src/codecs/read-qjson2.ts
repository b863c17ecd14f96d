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
  let left = limit;
  for (let i = 0; i < count; i++) {
    const part = await readQjson(streamsOf(streams, `t${i}:`), left, engines);
    // All of them are output, but for what parts their lines.
    left -= part.length;
    sources.push(new Lines(part, `t${i}`));
  }
  const output = new Output(limit);
  for (let line = 0; line < lines; line++) {
    if (line > 0) output.u8(LF);
    const id = map.uint();
    const source = sources[id];
    if (source === undefined) throw malformed(`a line of template ${id - 1} of ${count}`);
    output.bytes(source.next());
  }
  if (finalNewline && lines > 0) output.u8(LF);
  return output.finish();
}

/** The streams whose names begin so, without that. */
function streamsOf(streams: Streams, prefix: string): Streams {
  const own = new Map<string, Uint8Array>();
  for (const [name, data] of streams) if (name.startsWith(prefix)) own.set(name.slice(prefix.length), data);
  return own;
}
