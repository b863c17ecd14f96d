import assert from 'node:assert/strict';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { NumberWriter } from '../../src/codecs/number-writer.js';
import { readTableMeta } from '../../src/codecs/qcolumnar-index.js';
import { readQcolumnar } from '../../src/codecs/read-qcolumnar.js';
import type { EncodedStreams, Streams } from '../../src/codecs/streams.js';
import { formatBlock } from '../../src/codecs/table-block.js';
import { writeQcolumnar } from '../../src/codecs/write-qcolumnar.js';
import { encodePayload } from '../../src/container/payload.js';
import type { Engines } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { throwsCode } from '../helpers/throws-code.js';
import { scaled } from '../scale.js';
import { anyTable, shown, streamsOf } from './tables.js';

describe('qcolumnar', function () {
  this.timeout(scaled(60_000));
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });

  it('gives back every table, in groups of any size', async () => {
    let tables = 0;
    const groups = fc.constantFrom(1, 2, 7, 16_384);
    await fc.assert(
      fc.asyncProperty(anyTable, groups, fc.constantFrom('fast', 'max'), async (data, rowsPerGroup, level) => {
        const encoded = await writeQcolumnar(data, { level, engines, rowsPerGroup });
        if (encoded === undefined) return;
        tables++;
        const back = await readQcolumnar(streamsOf(encoded), data.length, engines);
        assert.deepEqual(back, data, `${shown(back)} for ${shown(data)}`);
      }),
      { numRuns: 150 },
    );
    assert.ok(tables > 50, `only ${tables} of 150 were taken for tables`);
  });

  it('widens groups where there would be too many blocks', async () => {
    const wide = Array.from({ length: 100 }, () => `${'1,'.repeat(999)}1\n`).join('');
    const encoded = (await writeQcolumnar(utf8(wide), { level: 'fast', engines, rowsPerGroup: 1 })) as EncodedStreams;
    const meta = readTableMeta(streamsOf(encoded).get('meta') as Uint8Array);
    assert.equal(meta.types.length, 1000);
    assert.equal(meta.groups, 15);
  });

  it('keeps blocks and index as they are, for whoever reads by offset', async () => {
    const encoded = await writeQcolumnar(utf8('a,b\n1,2\n3,4\n'), { level: 'max', engines });
    const stored = encoded?.filter(({ payload }) => payload?.backend === 'stored').map(({ name }) => name);
    assert.deepEqual(stored, ['x-at1', 'blocks']);
  });

  describe('refuses', () => {
    const block = async (text: string): Promise<Uint8Array> =>
      formatBlock(await encodePayload('zstd', utf8(text), 3, engines));

    /** Two lines of one column of text in one group, with changes. */
    async function table(
      changes: {
        meta?: readonly number[];
        modes?: readonly number[];
        block?: Uint8Array;
        index?: readonly number[];
      } = {},
    ): Promise<Streams> {
      const blocks = changes.block ?? (await block('a\nb'));
      return new Map([
        ['meta', Uint8Array.from(changes.meta ?? [2, 1, 1, 44, 1, 2, 2, 1, 0])],
        ['row_modes', Uint8Array.from(changes.modes ?? [1, 1])],
        [
          'index',
          changes.index === undefined
            ? new NumberWriter().uint(blocks.length).finish()
            : Uint8Array.from(changes.index),
        ],
        ['blocks', blocks],
      ]);
    }

    it('nothing of the sound one', async () => {
      assert.deepEqual(await readQcolumnar(await table(), 4, engines), utf8('a\nb\n'));
    });

    const cases: readonly [string, Parameters<typeof table>[0], 'malformed' | 'limit' | 'not-strict'][] = [
      ['groups of no rows', { meta: [2, 1, 1, 44, 1, 0, 2, 1, 0] }, 'malformed'],
      ['another number of groups', { meta: [2, 1, 1, 44, 1, 2, 2, 2, 0] }, 'malformed'],
      ['more rows than lines', { meta: [2, 1, 1, 44, 1, 3, 3, 1, 0] }, 'malformed'],
      ['other rows than row_modes has', { meta: [2, 1, 1, 44, 1, 2, 1, 1, 0] }, 'malformed'],
      ['columns without types', { meta: [2, 1, 1, 44, 2, 2, 2, 1, 0] }, 'malformed'],
      ['lines without modes', { modes: [1] }, 'malformed'],
      ['a block of no bytes', { index: [0] }, 'malformed'],
      ['a block longer than the blocks', { index: [120] }, 'malformed'],
      ['an index that ends', { index: [] }, 'malformed'],
      ['an integer column without its zone', { meta: [2, 1, 1, 44, 1, 2, 2, 1, 1] }, 'malformed'],
      ['a decimal column without its zone', { meta: [2, 1, 1, 44, 1, 2, 2, 1, 2] }, 'malformed'],
      ['an unknown tag', { block: Uint8Array.of(2, 1, 2, 3) }, 'not-strict'],
      ['a broken payload', { block: Uint8Array.of(1, 1, 2, 3) }, 'malformed'],
      ['too many blocks', { meta: [0x81, 0x80, 1, 1, 1, 44, 1, 1, 0x81, 0x80, 1, 0x81, 0x80, 1, 0] }, 'limit'],
    ];
    for (const [name, changes, code] of cases) {
      it(name, async () => {
        const streams = await table(changes);
        await throwsCode(() => readQcolumnar(streams, 1000, engines), `container/${code}`);
      });
    }

    it('too few cells in a block, and too many', async () => {
      for (const text of ['a', 'a\nb\nc', '']) {
        const streams = await table({ block: await block(text) });
        await throwsCode(() => readQcolumnar(streams, 1000, engines), 'container/malformed');
      }
    });

    it('blocks that yield more than the output, before they are decoded', async () => {
      const bomb = await block('x'.repeat(1 << 20));
      const streams = await table({ block: bomb });
      await throwsCode(() => readQcolumnar(streams, 1 << 16, engines), 'container/limit');
      const many = new Array(60).fill(bomb);
      const index = new NumberWriter();
      for (const each of many) index.uint(each.length);
      const repeated = new Map([
        ['meta', Uint8Array.from([60, 1, 1, 44, 1, 1, 60, 60, 0])],
        ['row_modes', new Uint8Array(60).fill(1)],
        ['index', index.finish()],
        ['blocks', concatBytes(many)],
      ]);
      await throwsCode(() => readQcolumnar(repeated, 2 << 20, engines), 'container/limit');
    });
  });
});
