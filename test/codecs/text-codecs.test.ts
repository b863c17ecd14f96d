/** The codecs log, json, jsondoc, qjson and qjson2: what streams by hand stand for, and what is refused. */
import assert from 'node:assert/strict';
import { fromLatin1 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { decodeCodec } from '../../src/codecs/decode-codec.js';
import { formatBlock } from '../../src/codecs/table-block.js';
import type { CodecName } from '../../src/container/format.js';
import { encodePayload } from '../../src/container/payload.js';
import type { Engines } from '../../src/engines.js';
import type { ErrorCode } from '../../src/errors.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { throwsCode } from '../helpers/throws-code.js';
import { within } from '../helpers/time-limit.js';
import { bytesOf, lp, type Part, streamsOf, uv } from './make-streams.js';

type Parts = Readonly<Record<string, Part>>;

const LIMIT = 100_000;
/** Milliseconds: more than any machine needs, and far less than what a walk that is quadratic takes. */
const QUICK = 2_000;

describe('codecs of lines and JSON', () => {
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });

  const decode = async (codec: CodecName, parts: Parts, limit = LIMIT): Promise<string> =>
    fromLatin1(await decodeCodec(codec, streamsOf(parts), limit, engines));
  const block = async (text: string): Promise<Uint8Array> =>
    formatBlock(await encodePayload('zstd', bytesOf(text), 3, engines));

  /** Each of these changes makes a sound set of streams one that is refused. */
  async function refusesEach(
    codec: CodecName,
    sound: Parts,
    changes: readonly (readonly [Parts, ErrorCode?])[],
  ): Promise<void> {
    const output = await decode(codec, sound);
    assert.equal(await decode(codec, sound, output.length), output);
    await throwsCode(() => decode(codec, sound, output.length - 1), 'container/limit');
    for (const [change, code] of changes) {
      await throwsCode(() => decode(codec, { ...sound, ...change }), code ?? 'container/malformed');
    }
  }

  it('fills the templates of log in one sequence', async () => {
    const sound = {
      meta: [3, 1],
      flags: [1, 0, 7],
      templates: 'a\0b\0\n\0',
      tids: [0, 1],
      vars: '1\n2\n3',
      verbatim: '-',
    };
    assert.equal(await decode('log', sound), 'a1b2\n-\n3\n');
    assert.equal(await decode('log', { meta: [0, 0] }), '');
    assert.equal(await decode('log', { meta: [1, 1], flags: [1], templates: '', tids: [0] }), '\n');
    await refusesEach('log', sound, [
      [{ meta: [] }],
      [{ meta: [4, 1] }],
      [{ meta: [uv(2 ** 50), 1] }],
      [{ tids: [0] }],
      [{ tids: [0, 2] }],
      [{ vars: '1\n2' }],
      [{ flags: [1, 0, 0], verbatim: 'one' }],
    ]);
  });

  it('walks the tape of json', async () => {
    const sound = {
      meta: [2, 1],
      flags: [1, 0],
      keyvocab: '"a"\n "b" ',
      verbatim: '# no JSON',
      rules: [1, 3, lp('<'), lp('|'), lp('>'), 2, 0, 1],
      value_index: [3, 3, 3, 1],
      values: '"x"\n 7 \n1',
      tape: [1, 2, 0, 0, 0, 1, 2, 5, 0, 1, 3, 0, 1, 0, 2, 0, 0, 2],
    };
    assert.equal(await decode('json', sound), '{"a":"x", "b" :[ 7 ,"<x| 7 >",{},[],1]}\n# no JSON\n');
    assert.equal(await decode('json', { ...sound, meta: [2, 2] }), (await decode('json', sound)).slice(0, -1));
    await refusesEach('json', sound, [
      [{ meta: [3, 1] }],
      [{ tape: [] }],
      [{ tape: [4] }],
      [{ tape: [0, 3] }],
      [{ tape: [3, 0] }],
      [{ tape: [3, 1] }],
      [{ tape: [1, 1, 2, 0, 0] }],
      [{ tape: [1, uv(2 ** 40)] }],
      [{ tape: [2, uv(2 ** 40)] }],
      [{ tape: [2, 2, 0, 0, 0, 0] }],
      [{ rules: [] }],
      [{ rules: [1, 1, lp(''), 1, 0] }],
      [{ rules: [1, 2, lp(''), lp(''), 1, 3] }],
      [
        { rules: [1, uv(258), ...Array.from({ length: 258 }, () => lp('')), uv(257), ...new Uint8Array(257)] },
        'container/limit',
      ],
      [{ value_index: [3, 3, 3, 2] }],
      [{ value_index: [uv(2 ** 40)] }],
      [{ value_index: [1, uv(2 ** 60)] }],
    ]);
  });

  it('nests values of json 8192 deep and no deeper, without recursion', async () => {
    const nested = (arrays: number): Parts => ({
      meta: [1, 0],
      flags: [1],
      rules: [0],
      value_index: [1, 1],
      values: '1',
      tape: [...Array.from({ length: arrays }, () => [2, 1]), 0, 0],
    });
    assert.equal(await decode('json', nested(8191)), `${'['.repeat(8191)}1${']'.repeat(8191)}`);
    await throwsCode(() => decode('json', nested(8192)), 'container/limit');
    await throwsCode(() => decode('json', nested(40_000)), 'container/limit');
  });

  it('puts values into the skeleton of jsondoc', async () => {
    const sound = { meta: [1], skeleton: '[\0,\n\0]\0', colids: [0, 1, 0], value_index: [2, 3, 1], values: '1\n23' };
    assert.equal(await decode('jsondoc', sound), '[1,\n3]2');
    assert.equal(await decode('jsondoc', { meta: [0, 9], raw: 'as it is\0' }), 'as it is\0');
    assert.equal(await decode('jsondoc', { meta: [1], value_index: [0] }), '');
    await refusesEach('jsondoc', sound, [
      [{ meta: [] }],
      [{ colids: [0, 1] }],
      [{ colids: [0, 1, 1] }],
      [{ colids: [0, 1, 2] }],
      [{ value_index: [] }],
      [{ value_index: [2, 3, 2] }],
      [{ value_index: [3, 3, 1] }],
    ]);
  });

  it('rebuilds rows of qjson from blocks', async () => {
    const blocks = [await block('1\n2'), await block('x\ny'), await block('3'), await block('')];
    const sound = {
      meta: [4, 1, 2, 2, 3, 2, 1, 0],
      template: [3, lp('<'), lp(':'), lp('>')],
      row_modes: [1, 0, 1, 1],
      verbatim: '-',
      index: [blocks.map(({ length }, i) => (i % 2 === 0 ? [uv(length), 2, 6] : uv(length)))],
      blocks,
    };
    assert.equal(await decode('qjson', sound), '<1:x>\n-\n<2:y>\n<3:>\n');
    assert.equal(await decode('qjson', { meta: [0, 0, 0, 1, 0, 0], template: [1, lp('')] }), '');
    await refusesEach('qjson', sound, [
      [{ meta: [4, 1, 2, 0, 3, 2, 1, 0] }],
      [{ meta: [4, 1, 2, 2, 3, 3, 1, 0] }],
      [{ meta: [5, 1, 2, 2, 3, 2, 1, 0] }],
      [{ meta: [4, 1, uv(2 ** 40), 2, 3, 2, 1, 0] }],
      [{ template: [2, lp('<'), lp('>')] }],
      [{ template: [3, lp('<'), lp(':')] }],
      [{ row_modes: [1, 1, 1, 1] }],
      [{ index: [1] }],
      [{ blocks: blocks.slice(1) }],
      [{ blocks: [[1], blocks[0] as Uint8Array] }],
    ]);
  });

  it('deals the lines of qjson2 out of its templates', async () => {
    const numbers = await block('1\n2');
    const words = await block('x');
    const sound = {
      meta: [4, 1, 2],
      line_map: [1, 0, 2, 1],
      verbatim: '#',
      't0:meta': [2, 0, 1, 2, 2, 1, 0],
      't0:template': [2, lp('n'), lp('')],
      't0:row_modes': [1, 1],
      't0:index': uv(numbers.length),
      't0:blocks': numbers,
      't1:meta': [1, 0, 1, 2, 1, 1, 0],
      't1:template': [2, lp(''), lp('!')],
      't1:row_modes': [1],
      't1:index': uv(words.length),
      't1:blocks': words,
    };
    assert.equal(await decode('qjson2', sound), 'n1\n#\nx!\nn2\n');
    assert.equal(await decode('qjson2', { meta: [0, 1, 0] }), '');
    await refusesEach('qjson2', sound, [
      [{ meta: [4, 1, 65] }, 'container/limit'],
      [{ meta: [5, 1, 2] }],
      [{ line_map: [1, 0, 3, 1] }],
      [{ line_map: [1, 0, 1, 1] }],
      [{ line_map: [1, 0, 2, 0], verbatim: '#\n#' }],
      [{ 't1:meta': [] }],
    ]);
  });

  it('reads many columns and long lines in time that grows with them', async () => {
    const many = 50_000;
    // Every value is the first and last of its column, and the next line feed is far away.
    const parts = {
      meta: [1],
      skeleton: '\0'.repeat(many),
      colids: concatBytes(Array.from({ length: many }, (_, i) => uv(i))),
      value_index: [uv(many), new Uint8Array(many).fill(1)],
      values: 'x'.repeat(many),
    };
    assert.equal((await within(QUICK, () => decode('jsondoc', parts, many))).length, many);
  });
});
