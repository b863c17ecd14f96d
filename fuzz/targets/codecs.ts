/** Stream sets, bundles, and each codec: what its streams stand for, at a limit that fits and at one that does not. */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { Cursor } from '../../src/bytes/cursor.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { decodeEntry, readBundle } from '../../src/codecs/bundle.js';
import { decodeCodec } from '../../src/codecs/decode-codec.js';
import { decodeStreams, type EncodedStreams, type Streams, streamOf } from '../../src/codecs/streams.js';
import { writeJson } from '../../src/codecs/write-json.js';
import { writeJsondoc } from '../../src/codecs/write-jsondoc.js';
import { writeLog } from '../../src/codecs/write-log.js';
import { writeQjson } from '../../src/codecs/write-qjson.js';
import { writeQjson2 } from '../../src/codecs/write-qjson2.js';
import type { CodecName } from '../../src/container/format.js';
import { formatStreamSet, type NamedPayload, readStreamSet } from '../../src/container/stream-set.js';
import { writeWhole } from '../../src/container/write.js';
import { At1Error } from '../../src/errors.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { mustHold, mustHoldLater, type ParserTarget, violated } from '../target.js';
import { bytesOf, same, sameBytes, sha256 } from './inputs.js';

const native = await createNativeEngines();
const VECTORS = join(import.meta.dirname, '..', '..', 'test', 'fixtures', 'vectors');
/** Most output of a case; small, so that no case takes long. */
const LIMIT = 1 << 16;
/** Between two streams of an input: lengths would break with every other change. */
const BETWEEN = Uint8Array.of(0xff, 0xfe, 0xfd);

/** There are many codecs: together they get about the time of a few targets. */
const ONE_IN = 4;

interface Tried {
  readonly codec: CodecName;
  /** Its streams, in the order of an input. */
  readonly streams: readonly string[];
  readonly vectors: readonly string[];
  /** Files beside `read-CODEC` that read its streams. */
  readonly files?: readonly string[];
}

const LINES = ['streams', 'numbers', 'output'];

/** A new codec is a line. */
const CODECS: readonly Tried[] = [
  {
    codec: 'ssh',
    streams: 'meta flags months days times hosts pids templates template_ids vars rawmsgs verbatim'.split(' '),
    vectors: ['ssh-basic'],
    files: LINES,
  },
  {
    codec: 'osm',
    streams: [
      ...'meta opcodes tag_keys roles verbatim n_id n_ver n_ts n_lat n_lon n_tagcnt n_tagkey n_tagval'.split(' '),
      ...'w_id w_ver w_ts w_ndcnt w_ndref w_tagcnt w_tagkey w_tagval'.split(' '),
      ...'r_id r_ver r_ts r_memcnt r_memtype r_memref r_memrole r_tagcnt r_tagkey r_tagval'.split(' '),
    ],
    vectors: ['osm-basic'],
    files: [...LINES, 'strings'],
  },
  {
    codec: 'vcf',
    streams: 'meta flags chrom pos id ref alt qual filter info format verbatim gt'.split(' '),
    vectors: ['vcf-delta', 'vcf-textpos'],
    files: [...LINES, 'strings'],
  },
  {
    codec: 'dicom',
    streams: ['meta', 'raw', 'pre', 'pix', 'suf'],
    vectors: ['dicom16-hdelta', 'dicom16-byteplane', 'dicom8-vdelta', 'dicom-verbatim'],
  },
  { codec: 'embed', streams: ['meta', 'data'], vectors: ['embed-w1', 'embed-w32', 'embed-n0'] },
  {
    codec: 'columnar',
    streams: [
      ...'meta coltypes col_index values quotemodes quotebits row_modes fieldcounts verbatim header'.split(' '),
    ],
    vectors: ['columnar-alltypes', 'columnar-basic', 'columnar-bigint', 'columnar-verbatim', 'columnar-empty'],
    files: ['column-values'],
  },
  {
    codec: 'qcolumnar',
    streams: ['meta', 'row_modes', 'verbatim', 'index', 'blocks'],
    vectors: ['qcolumnar-zstd-rawblocks', 'qcolumnar-groups', 'qcolumnar-crlf'],
    files: ['qcolumnar-index', 'table-block'],
  },
  {
    codec: 'log',
    streams: ['meta', 'templates', 'flags', 'tids', 'vars', 'verbatim'],
    vectors: ['log-basic'],
  },
  {
    codec: 'json',
    streams: ['meta', 'flags', 'keyvocab', 'verbatim', 'rules', 'value_index', 'values', 'tape'],
    vectors: ['json-basic'],
    files: ['json-rules', 'value-columns'],
  },
  {
    codec: 'jsondoc',
    streams: ['meta', 'raw', 'skeleton', 'colids', 'value_index', 'values'],
    vectors: ['jsondoc-basic', 'jsondoc-raw'],
    files: ['value-columns'],
  },
  {
    codec: 'qjson',
    streams: ['meta', 'template', 'row_modes', 'verbatim', 'index', 'blocks'],
    vectors: ['qjson-basic'],
    files: ['table-block'],
  },
  {
    codec: 'qjson2',
    streams: [
      ...['meta', 'line_map', 'verbatim'],
      ...['t0', 't1'].flatMap((prefix) =>
        ['meta', 'template', 'row_modes', 'verbatim', 'index', 'blocks'].map((name) => `${prefix}:${name}`),
      ),
    ],
    vectors: ['qjson2-basic'],
    files: ['read-qjson'],
  },
];

export const CODEC_TARGETS: readonly ParserTarget[] = [
  {
    kind: 'parser',
    name: 'stream-set',
    about: 'stream sets: written again they are the same bytes, and no stream yields more than is allowed',
    files: ['container/stream-set'],
    seeds: () =>
      ['ssh-basic', 'embed-w32', 'columnar-basic', 'dicom16-raw'].map((name) => vector(name).subarray(5, -36)),
    run: (input) => {
      const streams = readStreamSet(new Cursor(input), LIMIT);
      const total = streams.reduce((sum, { payload }) => sum + payload.size, 0);
      if (total > LIMIT) violated('more bytes than allowed');
      const again = mustHold('what was read cannot be written', () => formatStreamSet(streams));
      sameBytes(again, input, 'written again it is something else');
    },
  },
  {
    kind: 'parser',
    name: 'bundle',
    about: 'manifests of bundles: names are paths below a folder, no two alike, and found by a search for them too',
    files: ['codecs/bundle'],
    oneIn: ONE_IN,
    tokens: ['"name":', '"size":1', '"sha256":"', '..', '/', '.git', '\\u0061', '"', '},{', 'e\u0301'],
    seeds: () =>
      [
        '[{"name":"a"}]',
        '[{"name": "a/b.txt", "size": 1}, {"name": "c"}, {"name": "ä", "more": {"x": [1, "y"]}}]',
        `[{"name":"a","sha256":"${Buffer.from(sha256(bytesOf('x'))).toString('hex')}"}]`,
      ].map(bytesOf),
    run: bundleCase,
  },
  ...CODECS.map(codecTarget),
  {
    kind: 'parser',
    name: 'written-lines',
    about:
      'writers of the codecs json, jsondoc, log, qjson and qjson2: what they write decodes to what they were given',
    files: ['json', 'jsondoc', 'log', 'qjson', 'qjson2'].map((codec) => `codecs/write-${codec}`),
    tokens: [
      '{"a":',
      '"',
      '\\',
      '[',
      '}',
      '\n',
      '\0',
      '\r',
      '12:34:56',
      '2026-11-28',
      '10.0.0.1',
      '<*>',
      ' ',
      ',',
      '":"',
    ],
    seeds: () =>
      [
        '{"id":7,"url":"h/7","b":[1,2.50]}\n{"id":88,"url":"h/88","b":[]}\n'.repeat(8),
        'Dec  6 05:46:41 host sshd[24]: from 10.0.0.1 port 40\n-\nDec  6 05:46:42 host sshd[25]: from 10.0.0.2 port 41',
        '[\n {"a": "x y", "b": null},\n {"a": "\\"", "b": -1e5}\n]\n',
      ].map(bytesOf),
    oneIn: 20,
    run: writtenCase,
  },
];

function codecTarget({ codec, streams, vectors: names, files = [] }: Tried): ParserTarget {
  return {
    kind: 'parser',
    name: `codec-${codec}`,
    about: `streams of the codec ${codec}: the same output at the limit it just needs, refused at one byte less`,
    oneIn: ONE_IN,
    files: [`codecs/read-${codec}`, ...files.map((file) => `codecs/${file}`)],
    tokens: [BETWEEN, Uint8Array.of(0x80, 0x80, 1), new Uint8Array(9).fill(0xff), Uint8Array.of(0, 0, 0), '\n\n'],
    seeds: () => Promise.all(names.map((name) => seedOf(name, streams))),
    run: (input) => codecCase(codec, new Map(split(input).map((bytes, i) => [streams[i] ?? 'more', bytes]))),
  };
}

function vector(name: string): Uint8Array {
  return Uint8Array.from(readFileSync(join(VECTORS, `${name}.at1`)));
}

async function seedOf(name: string, streams: readonly string[]): Promise<Uint8Array> {
  const set = readStreamSet(new Cursor(vector(name), 'container/malformed', 5, vector(name).length - 36), LIMIT);
  const decoded = await decodeStreams(set, native);
  return concatBytes(streams.flatMap((stream, i) => [i === 0 ? bytesOf('') : BETWEEN, streamOf(decoded, stream)]));
}

function split(input: Uint8Array): Uint8Array[] {
  const all = Buffer.from(input.buffer, input.byteOffset, input.length);
  const parts: Uint8Array[] = [];
  let from = 0;
  for (let at = all.indexOf(BETWEEN); at >= 0; at = all.indexOf(BETWEEN, from)) {
    parts.push(input.slice(from, at));
    from = at + BETWEEN.length;
  }
  return [...parts, input.slice(from)];
}

async function codecCase(codec: CodecName, streams: Streams): Promise<void> {
  const output = await decodeCodec(codec, streams, LIMIT, native);
  if (output.length > LIMIT) violated('more output than allowed');
  const fitting = await decodeCodec(codec, streams, output.length, native);
  sameBytes(fitting, output, 'another output at the limit that it needs');
  if (output.length === 0) return;
  try {
    await decodeCodec(codec, streams, output.length - 1, native);
  } catch (error) {
    if (error instanceof At1Error && error.code === 'container/limit') return;
    throw error;
  }
  violated('accepted with a limit below its output');
}

async function writtenCase(input: Uint8Array): Promise<void> {
  const options = { engines: native, rowsPerGroup: 2 };
  const written: readonly (readonly [CodecName, EncodedStreams | undefined])[] = [
    ['json', writeJson(input)],
    ['log', writeLog(input)],
    ['jsondoc', await writeJsondoc(input, options)],
    ['qjson', await writeQjson(input, options)],
    ['qjson2', await writeQjson2(input, options)],
  ];
  for (const [codec, streams] of written) {
    if (streams === undefined) continue;
    const named = new Map(streams.map(({ name, data }) => [name, data]));
    const output = await mustHoldLater(`${codec} cannot be read`, () =>
      decodeCodec(codec, named, input.length, native),
    );
    sameBytes(output, input, `${codec} is something else`);
  }
}

async function bundleCase(input: Uint8Array): Promise<void> {
  const x = bytesOf('x');
  const inner = writeWhole({ backend: 'stored', bytes: x, size: 1 }, sha256(x));
  const stored = (name: string, bytes: Uint8Array): NamedPayload => ({
    name,
    payload: { backend: 'stored', bytes, size: bytes.length },
  });
  const streams = Array.from({ length: entriesIn(input) }, (_, i) => stored(`e${i}`, inner));
  const bundle = concatBytes([bytesOf('AT1\x02\x0c'), formatStreamSet([...streams, stored('manifest', input)])]);
  const entries = await readBundle(bundle, native);
  const names = entries.map(({ name }) => name);
  for (const name of names) {
    if (posix.normalize(`/f/${name}`) !== `/f/${name}` || name.includes('\\') || name.includes(':'))
      violated(`not a path below a folder: ${name}`);
  }
  if (new Set(names.map((name) => name.normalize('NFC').toLowerCase())).size < names.length)
    violated('two of one name');
  const searched = new TextDecoder().decode(input).split('"name":').slice(1);
  same(
    searched.map((rest) => rest.split('"')[1]),
    names,
    'a search finds other names',
  );
  for (const entry of entries) {
    for await (const piece of decodeEntry(entry, native)) sameBytes(piece, x, 'another output');
  }
}

/** As many as the manifest seems to list, so that it is not refused for that alone. */
function entriesIn(manifest: Uint8Array): number {
  try {
    const listed: unknown = JSON.parse(new TextDecoder().decode(manifest));
    return Array.isArray(listed) ? Math.min(255, listed.length) : 1;
  } catch {
    return 1;
  }
}
