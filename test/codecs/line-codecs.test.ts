/** The codecs ssh, osm and vcf: what streams by hand stand for, and what is refused. */
import assert from 'node:assert/strict';
import { fromLatin1 } from '../../src/bytes/text.js';
import { readOsm } from '../../src/codecs/read-osm.js';
import { readSsh } from '../../src/codecs/read-ssh.js';
import { readVcf } from '../../src/codecs/read-vcf.js';
import type { Streams } from '../../src/codecs/streams.js';
import type { ErrorCode } from '../../src/errors.js';
import { throwsCode } from '../helpers/throws-code.js';
import { within } from '../helpers/time-limit.js';
import { lp, type Part, streamsOf, sv, uv } from './make-streams.js';

type Parts = Readonly<Record<string, Part>>;

/** Each of these changes makes a sound set of streams one that is refused. */
async function refusesEach(
  read: (streams: Streams, limit: number) => Uint8Array,
  sound: Parts,
  changes: readonly (readonly [Parts, ErrorCode?])[],
): Promise<void> {
  const output = read(streamsOf(sound), 10_000);
  assert.deepEqual(read(streamsOf(sound), output.length), output);
  await throwsCode(() => read(streamsOf(sound), output.length - 1), 'container/limit');
  for (const [change, code] of changes) {
    await throwsCode(() => read(streamsOf({ ...sound, ...change }), 10_000), code ?? 'container/malformed');
  }
}

describe('codec ssh', () => {
  const decode = (parts: Parts): string => fromLatin1(readSsh(streamsOf(parts), 10_000));
  const line: Parts = { months: 'Dec', days: ' 1', times: '06:55:46', hosts: 'h', pids: [uv(300)] };

  it('fills templates, prints messages and copies lines', () => {
    const three = { months: 'Dec\nDec', days: ' 1\n1', times: 't\nu', hosts: 'h\n', pids: [1, uv(2 ** 40)] };
    const parts: Parts = {
      ...three,
      meta: [3, 1],
      flags: [2, 0, 1],
      templates: 'x\n<*>a<*>',
      template_ids: [1],
      vars: 'v\0w',
      rawmsgs: 'plain <*>',
      verbatim: 'as it is',
    };
    assert.equal(decode(parts), 'Dec  1 t h sshd[1]: vaw\nas it is\nDec 1 u  sshd[1099511627776]: plain <*>\n');
    assert.equal(decode({ meta: [0, 0] }), '');
    assert.equal(decode({ meta: [1, 0], flags: [0] }), '');
    assert.equal(decode({ meta: [1, 1], flags: [0] }), '\n');
  });

  it('leaves holes empty where variables run out, and drops variables without a hole', () => {
    const fill = (template: string, cell: string): string => {
      const parts = { ...line, meta: [1, 0], flags: [2], templates: template, template_ids: [0], vars: cell };
      return decode(parts).slice('Dec  1 06:55:46 h sshd[300]: '.length);
    };
    assert.equal(fill('<*>,<*>,<*>.', 'a'), 'a,,.');
    assert.equal(fill('<*>,<*>,<*>.', ''), ',,.');
    assert.equal(fill('<*>,<*>,<*>.', 'a\0\0b'), 'a,,b.');
    assert.equal(fill('<*><*>', 'a\0b'), 'ab');
    assert.equal(fill('none', 'a\0b'), 'none');
    assert.equal(fill('<<*>*><*<*>', 'a\0b'), '<a*><*b');
    assert.equal(fill('<*', 'a'), '<*');
    assert.equal(fill('', ''), '');
  });

  it('refuses lines, fields, templates and numbers that are not there', async () => {
    const sound = { ...line, meta: [1, 0], flags: [2], templates: '<*>', template_ids: [0], vars: 'abc' };
    const two = { ...sound, meta: [2, 0], flags: [2, 2], template_ids: [0, 0] };
    await refusesEach(readSsh, sound, [
      [{ meta: [] }],
      [{ meta: [1] }],
      [{ meta: [2, 0] }],
      [{ meta: [uv(2 ** 50), 0] }],
      [{ meta: [0x81, 0, 0] }, 'container/not-strict'],
      [{ pids: [] }],
      [{ pids: [uv(2n ** 60n)] }],
      [{ template_ids: [] }],
      [{ template_ids: [1] }],
      [two],
      [{ ...two, months: 'a\nb', days: '1\n2', times: 'x\ny', hosts: 'h\nh', pids: [1, 2] }],
      [{ templates: '<*>'.repeat(2 ** 20 + 1) }, 'container/limit'],
      [{ meta: [2, 0], flags: [0, 0] }],
      [{ ...two, flags: [1, 1], months: '\n', days: '\n', times: '\n', hosts: '\n', pids: [1, 2] }],
    ]);
  });

  it('takes time for what a line yields, not for its template', async () => {
    const count = 20_000;
    const flags = new Uint8Array(count).fill(2);
    const nothing = '\n'.repeat(count - 1);
    const zeros = new Uint8Array(count);
    const streams = streamsOf({
      meta: [uv(count), 0],
      flags,
      months: nothing,
      days: nothing,
      times: nothing,
      hosts: nothing,
      pids: zeros,
      templates: '<*>'.repeat(500_000),
      template_ids: zeros,
      vars: nothing,
    });
    const output = await within(2_000, () => readSsh(streams, 2 ** 20));
    assert.equal(output.length, count * '    sshd[0]: \n'.length - 1);
  });
});

describe('codec osm', () => {
  const none: Parts = { meta: [0], tag_keys: [0], roles: [0] };
  const decode = (parts: Parts): string => fromLatin1(readOsm(streamsOf({ ...none, ...parts }), 100_000));
  const node = (lat: number | bigint, lon: number | bigint, seconds: number | bigint = 0): Parts => ({
    opcodes: [1],
    n_id: sv(1),
    n_ver: [2],
    n_ts: sv(seconds),
    n_lat: sv(lat),
    n_lon: sv(lon),
    n_tagcnt: [0],
  });

  it('prints coordinates without what is not needed, and times of four-digit years', () => {
    for (const [lat, lon, printed] of [
      [0, 5_000_000, 'lat="0" lon="0.5"'],
      [-1, 1, 'lat="-0.0000001" lon="0.0000001"'],
      [-1_234_567_890, 10_000_000, 'lat="-123.456789" lon="1"'],
      [-900_000_000, 1_800_000_000, 'lat="-90" lon="180"'],
      [2 ** 50 - 1, 1 - 2 ** 50, 'lat="112589990.6842623" lon="-112589990.6842623"'],
    ] as const) {
      assert.equal(decode(node(lat, lon)), `  <node id="1" version="2" timestamp="1970-01-01T00:00:00Z" ${printed}/>`);
    }
    for (const [seconds, printed] of [
      [-1, '1969-12-31T23:59:59Z'],
      [951_782_400, '2000-02-29T00:00:00Z'],
      [253_402_300_799, '9999-12-31T23:59:59Z'],
      [-62_167_219_200, '0000-01-01T00:00:00Z'],
    ] as const) {
      assert.ok(decode(node(0, 0, seconds)).includes(`timestamp="${printed}"`), printed);
    }
  });

  it('adds deltas up over elements, and prints children before tags', () => {
    const parts: Parts = {
      meta: [1],
      opcodes: [2, 0, 2, 3],
      tag_keys: [2, 'k\0', 'q\0'],
      roles: [1, 'r\0'],
      verbatim: [lp('two\nlines')],
      w_id: [sv(5), sv(-2)],
      w_ver: [1, 1],
      w_ts: [sv(0), sv(60)],
      w_ndcnt: [2, 1],
      w_ndref: [sv(2n ** 60n), sv(1), sv(-1)],
      w_tagcnt: [1, 0],
      w_tagkey: [1],
      w_tagval: [lp('"as it is"')],
      r_id: sv(9),
      r_ver: [3],
      r_ts: sv(0),
      r_memcnt: [3],
      r_memtype: [0, 1, 2],
      r_memref: [sv(7), sv(1), sv(1)],
      r_memrole: [0, 0, 0],
      r_tagcnt: [0],
    };
    assert.equal(
      decode(parts),
      [
        '  <way id="5" version="1" timestamp="1970-01-01T00:00:00Z">',
        '    <nd ref="1152921504606846976"/>',
        '    <nd ref="1152921504606846977"/>',
        '    <tag k="q" v=""as it is""/>',
        '  </way>',
        'two',
        'lines',
        '  <way id="3" version="1" timestamp="1970-01-01T00:01:00Z">',
        '    <nd ref="1152921504606846976"/>',
        '  </way>',
        '  <relation id="9" version="3" timestamp="1970-01-01T00:00:00Z">',
        '    <member type="node" ref="7" role="r"/>',
        '    <member type="way" ref="8" role="r"/>',
        '    <member type="relation" ref="9" role="r"/>',
        '  </relation>',
        '',
      ].join('\n'),
    );
    // The final newline has one value only.
    assert.equal(decode({ ...node(0, 0), meta: [2] }), decode(node(0, 0)));
    assert.equal(decode({ meta: [1] }), '\n');
  });

  it('refuses fields that are not there, and numbers that mean nothing', async () => {
    const tagged = { ...node(1, 2), n_tagcnt: [1], n_tagkey: [0], n_tagval: [lp('v')], tag_keys: [1, 'k\0'] };
    await refusesEach(readOsm, { ...none, ...tagged }, [
      [{ meta: [] }],
      [{ tag_keys: [] }],
      [{ tag_keys: [0] }],
      [{ tag_keys: [1, 'k'] }],
      [{ roles: [] }],
      [{ roles: [uv(2 ** 40)] }],
      [{ opcodes: [1, 1] }],
      [{ opcodes: [0] }],
      [{ opcodes: [2] }],
      [{ opcodes: [3] }],
      [{ n_id: [] }],
      [{ n_ver: [] }],
      [{ n_ts: sv(253_402_300_800) }],
      [{ n_ts: sv(-62_167_219_201) }],
      [{ n_ts: sv(2n ** 62n) }],
      [{ n_lat: sv(2 ** 50) }],
      [{ n_lon: sv(-(2 ** 50)) }],
      [{ n_tagcnt: [uv(2 ** 50)] }],
      [{ n_tagkey: [1] }],
      [{ n_tagval: [uv(2 ** 50), 'v'] }],
      [{ opcodes: [1, 1], n_id: [sv(2n ** 63n - 1n), sv(1)] }],
    ]);
    const relation = { r_id: sv(9), r_ver: [3], r_ts: sv(0), r_memcnt: [1], r_memref: sv(0), r_tagcnt: [0] };
    const member = { r_memtype: [2], r_memrole: [0], roles: [1, 0], opcodes: [4] };
    await refusesEach(readOsm, { ...none, ...relation, ...member }, [[{ r_memtype: [3] }], [{ r_memrole: [1] }]]);
  });
});

describe('codec vcf', () => {
  const decode = (parts: Parts): string => fromLatin1(readVcf(streamsOf(parts), 10_000));
  const meta = (lines: number, samples: number, deltas: number, ...vocabulary: string[]): Part => [
    lines,
    1,
    uv(samples),
    deltas,
    lp('0|0'),
    vocabulary.length,
    ...vocabulary.map((token) => lp(token)),
  ];
  const fields = { chrom: '1', id: '.', ref: 'A', alt: 'C', qual: 'q', filter: 'f', info: 'i', format: 'GT' };
  const start = '1\t5\t.\tA\tC\tq\tf\ti\tGT\t';
  const sound: Parts = { ...fields, meta: meta(1, 3, 1, '0|1', '1|1'), flags: [1], pos: sv(5), gt: [0] };

  it('prints genotypes as exceptions from the usual one', () => {
    const line = (gt: Part, samples = 3): string => {
      const text = decode({ ...sound, meta: meta(1, samples, 1, '0|1', ''), gt });
      assert.ok(text.startsWith(start) && text.endsWith('\n'));
      return text.slice(start.length, -1);
    };
    assert.equal(line([0]), '0|0\t0|0\t0|0');
    assert.equal(line([1, 0, 0]), '0|1\t0|0\t0|0');
    assert.equal(line([1, 1, 0]), '0|0\t0|1\t0|0');
    assert.equal(line([1, 2, 0]), '0|0\t0|0\t0|1');
    assert.equal(line([2, 0, 1, 2, 0]), '\t0|0\t0|1');
    assert.equal(line([3, 0, 0, 1, 0, 1, 0]), '0|1\t0|1\t0|1');
    assert.equal(line([0], 0), '');
    assert.equal(line([0], 1), '0|0');
    assert.equal(line([1, 0, 0], 1), '0|1');
    assert.equal(line([0], 1000).length, 3999);
  });

  it('takes positions as deltas or as text, and verbatim lines between', () => {
    const two = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, `${value}\n${value}`]));
    const parts = { ...two, flags: [1, 0, 1], gt: [0, 0], verbatim: '##' };
    const line = (pos: string): string => `1\t${pos}\t.\tA\tC\tq\tf\ti\tGT\t0|0`;
    assert.equal(
      decode({ ...parts, meta: meta(3, 1, 1), pos: [sv(2 ** 40), sv(-1)] }),
      `${line('1099511627776')}\n##\n${line('1099511627775')}\n`,
    );
    assert.equal(decode({ ...parts, meta: meta(3, 1, 0), pos: '007\nx' }), `${line('007')}\n##\n${line('x')}\n`);
  });

  it('refuses samples, tokens and fields that are not there, and a sample named twice', async () => {
    await refusesEach(readVcf, sound, [
      [{ meta: [] }],
      [{ meta: [1, 1, 3, 1, lp('0|0')] }],
      [{ meta: [1, 1, 3, 1, lp('0|0'), 9, 0] }],
      [{ meta: meta(2, 3, 1) }],
      [{ flags: [] }],
      [{ flags: [1, 1], meta: meta(2, 3, 1), gt: [0, 0] }],
      [{ pos: [] }],
      [{ gt: [] }],
      [{ gt: [1] }],
      [{ gt: [1, 0] }],
      [{ gt: [1, 3, 0] }],
      [{ gt: [1, 0, 2] }],
      [{ gt: [2, 1, 0, 0, 1] }],
      [{ gt: [uv(2 ** 50), 0, 0] }],
      [{ meta: meta(1, 2 ** 50, 1) }, 'container/limit'],
      [{ meta: meta(1, Number.MAX_SAFE_INTEGER, 1) }, 'container/limit'],
    ]);
  });
});
