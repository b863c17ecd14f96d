import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { decodeWhole } from '../../src/container/read.js';
import { decodeStream } from '../../src/container/read-stream.js';
import type { Engines } from '../../src/engines.js';
import type { ErrorCode } from '../../src/errors.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { createPortableEngines } from '../../src/portable/engines.js';
import { collectBytes, inChunks } from '../helpers/byte-stream.js';
import { throwsCode } from '../helpers/throws-code.js';
import { within } from '../helpers/time-limit.js';

const folder = new URL('../fixtures/containers/', import.meta.url);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.at1'))
  .map((file) => file.slice(0, -4))
  .sort();
const read = (file: string): Uint8Array => Uint8Array.from(readFileSync(new URL(file, folder)));
const good = names.filter((name) => existsSync(new URL(`${name}.expected`, folder)));
const refused = names.filter((name) => !good.includes(name));

/** Codes of the refused ones; the rest must merely be refused with one of the container codes. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  'raw-stored-nosha': 'container/trailer-missing',
  'raw-xz-nosha': 'container/trailer-missing',
  'raw-zstd-nosha': 'container/trailer-missing',
  'columnar-basic': 'container/unsupported',
  'embed-w1': 'container/unsupported',
  'log-basic': 'container/unsupported',
  'bundle-3files': 'container/unsupported',
  'stream-columnar': 'container/unsupported',
  'stream-safetensors-index': 'container/unsupported',
  'stream-safetensors-seek': 'container/unsupported',
  'reject-flip-stored': 'container/digest-mismatch',
  'reject-flip-digest': 'container/digest-mismatch',
  'reject-magic': 'container/malformed',
  'reject-codec13': 'container/malformed',
  'reject-short': 'container/malformed',
  'reject-empty': 'container/malformed',
  'reject-zstd-nosize': 'container/trailer-missing',
  'reject-zstd-twoframes': 'container/trailer-missing',
  'reject-zstd-junk': 'container/trailer-missing',
  'reject-xz-truncated': 'container/trailer-missing',
  'reject-lzma-alone': 'container/trailer-missing',
  'ext-raw-zstd-skippable': 'container/not-strict',
  'ext-backend9-is-xz': 'container/malformed',
  'ext-stream-codec200-raw': 'container/malformed',
  'ext-stream-method7': 'container/unsupported',
};

describe('container vectors', () => {
  let native: Engines;
  let portable: Engines;
  before(async () => {
    native = await createNativeEngines();
    portable = await createPortableEngines();
  });

  it('has all its fixtures', () => {
    assert.equal(good.length, 12);
    assert.ok(refused.length >= 50);
    for (const name of Object.keys(CODES)) assert.ok(refused.includes(name), name);
  });

  for (const name of good) {
    it(`decodes ${name} from memory and from a source in any chunks`, async () => {
      const container = read(`${name}.at1`);
      const expected = read(`${name}.expected`);
      assert.deepEqual(await decodeWhole(container, native, { size: expected.length }), expected);
      for (const size of [1, 35, 36, 37, 4096, 100_000]) {
        const options = { size: expected.length };
        assert.deepEqual(await collectBytes(decodeStream(inChunks(container, size), native, options)), expected);
      }
    });

    it(`decodes ${name} with the portable engines, or says what they lack`, async () => {
      const decode = (): Promise<Uint8Array> => decodeWhole(read(`${name}.at1`), portable);
      if (name === 'raw-xz-delta') await throwsCode(decode, 'capability/missing');
      else assert.deepEqual(await decode(), read(`${name}.expected`));
    });
  }

  for (const name of refused) {
    it(`refuses ${name}`, async () => {
      const container = read(`${name}.at1`);
      await within(2_000, async () => {
        for (const decode of [
          () => decodeWhole(container, native),
          () => decodeWhole(container, portable),
          () => collectBytes(decodeStream(inChunks(container, 100), native)),
        ]) {
          const known = CODES[name];
          if (known !== undefined) await throwsCode(decode, known);
          else
            await assert.rejects(decode, {
              name: 'At1Error',
              code: /^container\/(malformed|unsupported|trailer-missing)$/,
            });
        }
      });
    });
  }
});
