/** Which reader a codec has. Bundles hold containers, not one output, and are not among them: see bundle.ts. */
import type { CodecName } from '../container/format.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { readColumnar } from './read-columnar.js';
import { readDicom } from './read-dicom.js';
import { readEmbed } from './read-embed.js';
import { readJson } from './read-json.js';
import { readJsondoc } from './read-jsondoc.js';
import { readLog } from './read-log.js';
import { readOsm } from './read-osm.js';
import { readQcolumnar } from './read-qcolumnar.js';
import { readQjson } from './read-qjson.js';
import { readQjson2 } from './read-qjson2.js';
import { readSsh } from './read-ssh.js';
import { readVcf } from './read-vcf.js';
import type { Streams } from './streams.js';

/** Never more than `limit` bytes; throws `container/malformed`, `container/not-strict` or `container/limit`. */
export type ReadCodec = (streams: Streams, limit: number, engines: Engines) => Uint8Array | Promise<Uint8Array>;

const READERS: Readonly<Partial<Record<CodecName, ReadCodec>>> = {
  columnar: readColumnar,
  dicom: readDicom,
  embed: readEmbed,
  json: readJson,
  jsondoc: readJsondoc,
  log: readLog,
  osm: readOsm,
  qcolumnar: readQcolumnar,
  qjson: readQjson,
  qjson2: readQjson2,
  ssh: readSsh,
  vcf: readVcf,
};

/** The output that the streams stand for; throws `container/unsupported` for a codec without a reader. */
export async function decodeCodec(
  codec: CodecName,
  streams: Streams,
  limit: number,
  engines: Engines,
): Promise<Uint8Array> {
  const read = READERS[codec];
  if (read === undefined) {
    throw new At1Error('container/unsupported', { message: `containers of codec ${codec} cannot be read here` });
  }
  return read(streams, limit, engines);
}
