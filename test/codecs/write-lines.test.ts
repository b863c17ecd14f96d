/** Writers of json, jsondoc, log, qjson and qjson2: what they write decodes to what they were given, and is smaller. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { makeLog } from '../../bench/make-logs.mjs';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { decodeCodec } from '../../src/codecs/decode-codec.js';
import type { EncodedStreams } from '../../src/codecs/streams.js';
import { writeJson } from '../../src/codecs/write-json.js';
import { writeJsondoc } from '../../src/codecs/write-jsondoc.js';
import { writeLog } from '../../src/codecs/write-log.js';
import { writeQjson } from '../../src/codecs/write-qjson.js';
import { writeQjson2 } from '../../src/codecs/write-qjson2.js';
import type { CodecName } from '../../src/container/format.js';
import type { Engines } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { within } from '../helpers/time-limit.js';
import { SCALE, scaled } from '../scale.js';

const LENGTH = 2 ** 18;
/** In milliseconds: a walk that is quadratic takes minutes. */
const MOST_CPU = 4_000;

type Write = (data: Uint8Array) => EncodedStreams | undefined | Promise<EncodedStreams | undefined>;

/** Lines that look like JSON lines and are not quite, beside some that are. */
const oddLine = fc.oneof(
  fc.json(),
  fc.json().map((text) => JSON.stringify(JSON.parse(text), null, 1)),
  fc.constantFrom(
    '{"a":1,"a":2}',
    '{ "a" : 1 , "b":[ ] }',
    '{"a":1.50,"b":-0,"c":1e5,"d":1E+5}\r',
    '{"a":"\\u00e9\\"\\\\","b":"\ud800"}',
    '{"a":1,}',
    '[1,2',
    '{"a"}',
    '"',
    '"\\',
    '{"a":"<*>\u0000"}',
    '[[[[]]]]',
    '{"":{"":[{}]}}',
    'Dec  6 05:46:41 host sshd[24203]: Failed password for root from 10.0.0.1 port 4022 ssh2',
    '2026-11-28T17:41:57.123Z x=1 y=<*> z="a b"',
    '\r',
    '\u0000',
    '',
  ),
);
const recordLine = fc
  .record({
    id: fc.nat(),
    name: fc.string(),
    at: fc.date({ noInvalidDate: true }),
    tags: fc.array(fc.nat(9), { maxLength: 4 }),
  })
  .map(({ id, ...rest }) => JSON.stringify({ id, ...rest, url: `https://host/item/${id}`, ref: `#${id}` }));
const text = fc
  .tuple(fc.array(fc.oneof({ weight: 1, arbitrary: oddLine }, { weight: 2, arbitrary: recordLine })), fc.boolean())
  .map(([lines, ended]) => utf8(lines.join('\n') + (ended ? '\n' : '')));
const anyBytes = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(...['\n', '"', '{"a":', ',', '}', '[', '\0', '<*>', '12:34:56'].map(utf8)),
    ),
  )
  .map((parts) => concatBytes(parts));
const template = fc.tuple(fc.constantFrom('user', 'GET /x', 'a=1;b', '[w-3] x'), fc.nat(99999), fc.ipV4(), fc.nat());
const logText = fc
  .array(template, { minLength: 2, maxLength: 60 })
  .map((rows) =>
    utf8(
      rows
        .map(
          ([word, number, address, other]) =>
            `12:${10 + (number % 50)}:07 ${word} ${number} from ${address} (${other.toString(16)})`,
        )
        .join('\n'),
    ),
  );

describe('writers of lines and JSON', function () {
  this.timeout(scaled(60_000));
  let engines: Engines;
  let writers: Readonly<Partial<Record<CodecName, Write>>>;
  before(async () => {
    engines = await createNativeEngines();
    writers = {
      json: writeJson,
      jsondoc: (data) => writeJsondoc(data, { engines }),
      log: writeLog,
      qjson: (data) => writeQjson(data, { engines, rowsPerGroup: 3 }),
      qjson2: (data) => writeQjson2(data, { engines, rowsPerGroup: 3 }),
    };
  });

  async function roundTrips(codec: CodecName, data: Uint8Array): Promise<EncodedStreams | undefined> {
    const streams = await writers[codec]?.(data);
    if (streams === undefined) return undefined;
    const decoded = await decodeCodec(codec, new Map(streams.map((s) => [s.name, s.data])), data.length, engines);
    assert.ok(
      Buffer.from(decoded).equals(data),
      `${codec} changes ${JSON.stringify(Buffer.from(data).toString('latin1'))}`,
    );
    return streams;
  }

  const RUNS: Readonly<Partial<Record<CodecName, number>>> = {
    json: 1,
    log: 1,
    jsondoc: 0.3,
    qjson: 0.1,
    qjson2: 0.05,
  };
  for (const [codec, share] of Object.entries(RUNS) as [CodecName, number][]) {
    it(`${codec} gives back odd text, odd bytes and logs`, async () => {
      const numRuns = Math.ceil((SCALE.properties / 8) * share);
      for (const data of [text, anyBytes, logText]) {
        await fc.assert(
          fc.asyncProperty(data, async (bytes) => void (await roundTrips(codec, bytes))),
          { numRuns },
        );
      }
    });
  }

  it('gives back deep nesting, giant tokens and lines without end', async () => {
    const deep = (levels: number): Uint8Array => utf8(`${'[{"a":'.repeat(levels)}1${'}]'.repeat(levels)}\n[1]\n[2]\n`);
    const giant = utf8(`{"a":"${'x'.repeat(300_000)}","b":1}\n{"a":"${'y'.repeat(300_000)}","b":2}`);
    const open = utf8(
      `${'"'.repeat(50_001)}\n${'\\'.repeat(50_001)}\n${'['.repeat(100_000)}\n${'{"a":'.repeat(50_000)}`,
    );
    for (const codec of Object.keys(writers) as CodecName[]) {
      for (const data of [deep(4095), deep(4096), deep(20_000), giant, open]) await roundTrips(codec, data);
    }
  });

  it('takes time that grows with the text, whatever is repeated', async () => {
    for (const unit of [
      '"',
      '\\',
      '\\"',
      '[',
      '{"a":',
      '{"a":1}\n',
      '{"a',
      'a ',
      '1:',
      '12:34:56',
      '"a",',
      '\n',
      'é"',
    ]) {
      const data = utf8(unit.repeat(LENGTH / unit.length));
      const write = async () => {
        writeJson(data);
        writeLog(data);
        await writeJsondoc(data, { engines });
      };
      await within(MOST_CPU, write, JSON.stringify(unit));
    }
  });

  it('has nothing to say about text without anything to take out', async () => {
    const prose = utf8('the quick brown fox\njumps over the lazy dog\n');
    for (const codec of ['json', 'qjson', 'qjson2'] as const) assert.equal(await writers[codec]?.(prose), undefined);
    for (const codec of Object.keys(writers) as CodecName[]) {
      assert.equal(await writers[codec]?.(new Uint8Array(0)), undefined);
    }
    assert.equal(await writers.jsondoc?.(utf8('{"a":"\0"}')), undefined);
  });

  it('keeps what json can structure out of its verbatim lines', async () => {
    const lines = '{"a":1,"b":["x",{}]}\n{"a": 2, "b":["y", 3 ]}\n{"a":{ },"b":1}\n';
    const streams = await roundTrips('json', utf8(lines));
    assert.deepEqual([...(streams?.find(({ name }) => name === 'flags')?.data ?? [])], [1, 1, 0]);
  });

  it('derives strings of json from other values', async () => {
    const lines = Array.from({ length: 50 }, (_, i) => `{"id":"k${i * 7919}","url":"http://h/k${i * 7919}.json"}\n`);
    const streams = await roundTrips('json', utf8(lines.join('')));
    assert.ok((streams?.find(({ name }) => name === 'values')?.data.length ?? 1e9) < 50 * 12);
  });

  it('is smaller than xz by itself on every made log', async () => {
    for (const [name, factor] of [
      ['dpkg.log', 2],
      ['access.log', 1.15],
      ['sshd.log', 1.5],
      ['app.log', 1.15],
      ['events.ndjson', 1.2],
    ] as const) {
      const data = makeLog(name, 2500);
      const streams = await roundTrips('jsondoc', data);
      let size = 0;
      for (const stream of streams ?? []) {
        size += Math.min(stream.data.length, (await engines.xzCompress(stream.data, 9)).length);
      }
      const plain = (await engines.xzCompress(data, 9)).length;
      assert.ok(size > 0 && size * factor < plain, `${name}: ${size} bytes, by itself ${plain}`);
    }
  });
});
