/** Which reader a codec has. Bundles hold containers, not one output, and are not among them: see bundle.ts. */
import type { CodecName } from '../container/format.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import type { Streams } from './streams.js';

/** Never more than `limit` bytes; throws `container/malformed`, `container/not-strict` or `container/limit`. */
export type ReadCodec = (streams: Streams, limit: number, engines: Engines) => Uint8Array | Promise<Uint8Array>;

/** Each is loaded when the first of its kind is met. */
const READERS: Readonly<Partial<Record<CodecName, () => Promise<ReadCodec>>>> = {
  columnar: async () => (await import('./read-columnar.js')).readColumnar,
  dicom: async () => (await import('./read-dicom.js')).readDicom,
  embed: async () => (await import('./read-embed.js')).readEmbed,
  json: async () => (await import('./read-json.js')).readJson,
  jsondoc: async () => (await import('./read-jsondoc.js')).readJsondoc,
  log: async () => (await import('./read-log.js')).readLog,
  osm: async () => (await import('./read-osm.js')).readOsm,
  qcolumnar: async () => (await import('./read-qcolumnar.js')).readQcolumnar,
  qjson: async () => (await import('./read-qjson.js')).readQjson,
  qjson2: async () => (await import('./read-qjson2.js')).readQjson2,
  ssh: async () => (await import('./read-ssh.js')).readSsh,
  vcf: async () => (await import('./read-vcf.js')).readVcf,
};

/** The output that the streams stand for; throws `container/unsupported` for a codec without a reader. */
export async function decodeCodec(
  codec: CodecName,
  streams: Streams,
  limit: number,
  engines: Engines,
): Promise<Uint8Array> {
  const load = READERS[codec];
  if (load === undefined) {
    throw new At1Error('container/unsupported', { message: `containers of codec ${codec} cannot be read here` });
  }
  const read = await load();
  return read(streams, limit, engines);
}
