/** Containers made by another encoder: what they stand for comes out, or they are refused, at once and by a code. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { concatBytes } from '../../src/bytes/writer.js';
import { decodeEntry, readBundle } from '../../src/codecs/bundle.js';
import { decodeContainer, decodeContainerStream } from '../../src/codecs/read-container.js';
import { CODEC_BUNDLE } from '../../src/container/format.js';
import { findTrailer, formatTrailer } from '../../src/container/trailer.js';
import type { Engines } from '../../src/engines.js';
import { At1Error } from '../../src/errors.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { createPortableEngines } from '../../src/portable/engines.js';
import { collectBytes, inChunks } from '../helpers/byte-stream.js';
import { signingEngines } from '../helpers/test-engines.js';
import { throwsCode } from '../helpers/throws-code.js';
import { within } from '../helpers/time-limit.js';

/** Refused by our profile, or taken (true), where other readers may choose. */
const EXTENSIONS: Readonly<Record<string, boolean>> = {
  'ext-backend9-is-xz': false,
  'ext-bundle-manifest-first': false,
  'ext-bundle-outer-trailer': false,
  'ext-dup-stream': false,
  'ext-extra-stream': true,
  'ext-gap-before-trailer': false,
  'ext-raw-zstd-skippable': false,
  'ext-stream-codec200-raw': false,
  'ext-stream-method7': false,
};
const REFUSED = /^container\/(malformed|not-strict|limit|trailer-missing|digest-mismatch|unsupported)$/;
const BROKEN = /^container\/(malformed|not-strict|limit|unsupported)$/;
const SECOND = 1000;

const folder = new URL('../fixtures/vectors/', import.meta.url);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.at1'))
  .map((file) => file.slice(0, -4))
  .sort();
const read = (file: string): Uint8Array => Uint8Array.from(readFileSync(new URL(file, folder)));
const withExpected = names.filter((name) => existsSync(new URL(`${name}.expected`, folder)));
const isBundle = (container: Uint8Array): boolean => container[4] === CODEC_BUNDLE;

describe('vectors of another encoder', () => {
  let native: Engines;
  let portable: Engines;
  before(async () => {
    native = await createNativeEngines();
    portable = await createPortableEngines();
  });

  it('are all there', () => {
    assert.equal(names.length, 113);
    assert.equal(withExpected.length, 73);
    assert.deepEqual(
      names.filter((name) => name.startsWith('ext-')),
      Object.keys(EXTENSIONS),
    );
  });

  for (const name of withExpected) {
    const container = read(`${name}.at1`);
    if (EXTENSIONS[name] === false) it(`${name} is refused`, () => refuses(container, native));
    else if (isBundle(container)) continue;
    else {
      it(`${name} comes out right`, async () => {
        const expected = read(`${name}.expected`);
        const sound = findTrailer(container) === undefined ? withTrailer(container, expected) : container;
        if (sound !== container) {
          await throwsCode(() => decodeContainer(container, native), 'container/trailer-missing');
        }
        await yields(sound, expected);
      });
    }
  }

  async function yields(container: Uint8Array, expected: Uint8Array): Promise<void> {
    const size = expected.length;
    assert.deepEqual(await decodeContainer(container, native, { size }), expected);
    assert.deepEqual(await decodeContainer(container, native, { maxOutput: size }), expected);
    for (const length of [1, 37, 4096, 100_000]) {
      assert.deepEqual(await collectBytes(decodeContainerStream(inChunks(container, length), native)), expected);
    }
    try {
      assert.deepEqual(await decodeContainer(container, portable), expected);
    } catch (error) {
      assert.ok(error instanceof At1Error && error.code === 'capability/missing', String(error));
    }
    if (size === 0) return;
    await throwsCode(() => decodeContainer(container, native, { size: size - 1 }), 'container/limit');
    await throwsCode(() => decodeContainer(container, native, { maxOutput: size - 1 }), 'container/limit');
    await throwsCode(() => decodeContainer(container, native, { size: size + 1 }), 'container/malformed');
  }

  for (const name of names.filter((each) => !withExpected.includes(each))) {
    it(`${name} is refused`, () => refuses(read(`${name}.at1`), native));

    it(`${name} with a trailer is refused too, at once`, async () => {
      const container = read(`${name}.at1`);
      // These have one and are wrong in another way, or are so short that a trailer would be all there is.
      if (findTrailer(container) !== undefined || container.length < 5 || isBundle(container)) return;
      // Not for the digest of an output: none of them gets as far as having one.
      await refuses(withTrailer(container, new Uint8Array(0)), native, BROKEN);
    });
  }

  it('bundles come out as the files they hold', async () => {
    const entries = await readBundle(read('bundle-3files.at1'), native);
    const files = entries.map(({ name }) => name);
    assert.deepEqual(files, ['model/config.json', 'model/weights.bin', 'data/train.csv']);
    for (const entry of entries) {
      const expected = read(`bundle-3files.expected/${entry.name}`);
      assert.deepEqual(await collectBytes(decodeEntry(entry, native)), expected);
    }
    await throwsCode(() => readBundle(read('bundle-3files-nosha.at1'), native), 'container/trailer-missing');
    assert.ok(statSync(new URL('bundle-3files.expected', folder)).isDirectory());
  });
});

function withTrailer(container: Uint8Array, output: Uint8Array): Uint8Array {
  return concatBytes([container, formatTrailer(signingEngines.sha256(output))]);
}

function refuses(container: Uint8Array, engines: Engines, code = REFUSED): Promise<void> {
  return within(SECOND, () => refusesAnyhow(container, engines, code));
}

async function refusesAnyhow(container: Uint8Array, engines: Engines, code: RegExp): Promise<void> {
  await assert.rejects(() => decodeContainer(container, engines), { name: 'At1Error', code });
  await assert.rejects(() => collectBytes(decodeContainerStream(inChunks(container, 100), engines)), {
    name: 'At1Error',
    code,
  });
  if (isBundle(container)) {
    await assert.rejects(
      async () => {
        for (const entry of await readBundle(container, engines)) await collectBytes(decodeEntry(entry, engines));
      },
      { name: 'At1Error', code },
    );
  }
}
