/** Packs a table so that a reader uses parts of it: one container of codec qcolumnar with the stream x-at1 (docs/format/query.md). */

import { equalBytes } from '../bytes/text.js';
import { concatBytes } from '../bytes/writer.js';
import { decodeContainer } from '../codecs/read-container.js';
import { MOST_TABLE_BYTES } from '../codecs/write-columnar.js';
import { writeQcolumnar } from '../codecs/write-qcolumnar.js';
import { encodePayload, type Payload } from '../container/payload.js';
import { writeWholeCodec } from '../container/write.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { DEFAULT_LEVEL } from '../transforms/level.js';
import type { PackOptions } from './pack-stream.js';

const ZSTD_LEVEL = 9;

/** The container, decoded and compared before it is handed out. Throws `artifact/unsupported-file` for what is no table. */
export async function* packQueryable(
  source: AsyncIterable<Uint8Array>,
  engines: Engines,
  { level = DEFAULT_LEVEL }: PackOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const data = await collect(source);
  const encoded = await writeQcolumnar(data, { level, engines });
  if (encoded === undefined) throw noTable('it is no table: no delimiter cuts its lines into equally many cells');
  const streams: { name: string; payload: Payload }[] = [];
  for (const { name, data: bytes, payload } of encoded) {
    streams.push({ name, payload: payload ?? (await smallPayload(bytes, engines)) });
  }
  const container = writeWholeCodec('qcolumnar', streams, engines.sha256(data));
  if (!equalBytes(await decodeContainer(container, engines, { size: data.length }), data)) {
    throw noTable('the table does not come back as it is');
  }
  yield container;
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of source) {
    size += piece.length;
    if (size > MOST_TABLE_BYTES) throw noTable(`it has more than ${MOST_TABLE_BYTES} bytes`);
    pieces.push(piece);
  }
  return concatBytes(pieces);
}

async function smallPayload(bytes: Uint8Array, engines: Engines): Promise<Payload> {
  const zstd = await encodePayload('zstd', bytes, ZSTD_LEVEL, engines);
  return zstd.bytes.length < bytes.length ? zstd : { backend: 'stored', bytes, size: bytes.length };
}

function noTable(why: string): At1Error {
  return new At1Error('artifact/unsupported-file', {
    message: `this cannot be packed for queries: ${why}`,
    hint: 'pack it without --queryable; at1 query reads that as well, but whole',
  });
}
