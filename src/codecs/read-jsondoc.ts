/** Codec jsondoc (id 6): a text whose values are taken out into columns, and a NUL left in the place of each. */
import { numbersOf } from './numbers.js';
import { Output } from './output.js';
import { type Streams, streamOf } from './streams.js';
import { ValueColumns } from './value-columns.js';

const NO_GAP = 0;

export function readJsondoc(streams: Streams, limit: number): Uint8Array {
  const output = new Output(limit);
  if (numbersOf(streams, 'meta').u8() === 0) {
    output.bytes(streamOf(streams, 'raw'));
    return output.finish();
  }
  const skeleton = streamOf(streams, 'skeleton');
  const ids = numbersOf(streams, 'colids');
  const columns = new ValueColumns(streams, NO_GAP);
  let from = 0;
  for (let at = skeleton.indexOf(0); at >= 0; at = skeleton.indexOf(0, from)) {
    output.bytes(skeleton.subarray(from, at));
    output.bytes(columns.next(ids.uint()));
    from = at + 1;
  }
  output.bytes(skeleton.subarray(from));
  return output.finish();
}
