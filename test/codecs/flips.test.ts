/** Small containers of every codec with one bit flipped, cut short or longer: refused, or the same bytes as before. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { concatBytes } from '../../src/bytes/writer.js';
import { decodeEntry, readBundle } from '../../src/codecs/bundle.js';
import { decodeContainer } from '../../src/codecs/read-container.js';
import { CODEC_RAW, codecName } from '../../src/container/format.js';
import { formatStreamSet } from '../../src/container/stream-set.js';
import { findTrailer } from '../../src/container/trailer.js';
import { writeWhole } from '../../src/container/write.js';
import type { Engines } from '../../src/engines.js';
import { At1Error } from '../../src/errors.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { collectBytes } from '../helpers/byte-stream.js';
import { SCALE } from '../scale.js';
import { bytesOf, lp, storedSet, streamsOf } from './make-streams.js';

const MOST_BYTES = 600;
const EVERY_BIT = 200;
const folder = new URL('../fixtures/vectors/', import.meta.url);
const read = (file: string): Uint8Array => Uint8Array.from(readFileSync(new URL(file, folder)));
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.at1') && existsSync(new URL(file.replace('.at1', '.expected'), folder)))
  .map((file) => file.slice(0, -4))
  .filter((name) => !name.startsWith('ext-') && !statSync(new URL(`${name}.expected`, folder)).isDirectory())
  .filter((name) => {
    const container = read(`${name}.at1`);
    return container.length <= MOST_BYTES && container[4] !== CODEC_RAW && findTrailer(container) !== undefined;
  });

type Decode = (container: Uint8Array) => Promise<Uint8Array>;

/** Flips each bit, cuts at every byte, adds a few: how many of the results decode, all of them to the same. */
async function attacked(container: Uint8Array, expected: Uint8Array, decode: Decode): Promise<number> {
  let accepted = 0;
  const judge = async (changed: Uint8Array): Promise<void> => {
    let output: Uint8Array;
    try {
      output = await decode(changed);
    } catch (error) {
      assert.ok(error instanceof At1Error && error.code.startsWith('container/'), String(error));
      return;
    }
    assert.deepEqual(output, expected);
    accepted++;
  };
  // Of longer ones a bit of each byte, unless there is time for all.
  const step = SCALE.everyCodecBit || container.length <= EVERY_BIT ? 1 : 9;
  for (let bit = 0; bit < container.length * 8; bit += step) {
    const flipped = container.slice();
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
    await judge(flipped);
  }
  const flips = accepted;
  for (let length = 0; length < container.length; length++) await judge(container.subarray(0, length));
  for (const more of [[0], [0xa1, 0x53, 0x36, 1], container]) {
    await judge(concatBytes([container, Uint8Array.from(more)]));
  }
  assert.equal(accepted, flips, 'decodes though it is cut short or goes on');
  return flips;
}

describe('a damaged container of a codec', () => {
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });

  it('is one of every codec that there is', () => {
    const codecs = new Set(names.map((name) => codecName(read(`${name}.at1`)[4] as number)));
    assert.equal(codecs.size, 12);
  });

  for (const name of names) {
    it(`of ${name} is refused or yields the same`, async () => {
      const container = read(`${name}.at1`);
      const expected = read(`${name}.expected`);
      const decode: Decode = (changed) => decodeContainer(changed, engines, { maxOutput: 1 << 20 });
      const accepted = await attacked(container, expected, decode);
      // Names of streams that have nothing to say, unused ends, zone maps and the like.
      if (expected.length > 0)
        assert.ok(accepted < container.length * 2, `${accepted} of ${container.length * 8} bits`);
    });
  }

  it('that is a bundle is refused, or yields the same files', async () => {
    const inner = (text: string): Uint8Array =>
      writeWhole({ backend: 'stored', bytes: bytesOf(text), size: text.length }, engines.sha256(bytesOf(text)));
    const manifest = '[{"name": "a/b", "size": 3}, {"name": "c"}]';
    const set = storedSet(streamsOf({ e0: inner('one'), e1: inner('two'), manifest }));
    const container = bytesOf('AT1', 2, 12, formatStreamSet(set));
    const decode: Decode = async (changed) => {
      const parts: Uint8Array[] = [];
      for (const entry of await readBundle(changed, engines)) {
        parts.push(lp(await collectBytes(decodeEntry(entry, engines))));
      }
      return concatBytes(parts);
    };
    const expected = bytesOf(lp('one'), lp('two'));
    assert.deepEqual(await decode(container), expected);
    // Bits of names and keys: nothing outside says what they were.
    assert.ok((await attacked(container, expected, decode)) < manifest.length * 8);
  });
});
