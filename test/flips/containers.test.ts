import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { equalBytes } from '../../src/bytes/text.js';
import { decodeWhole } from '../../src/container/read.js';
import { decodeStream } from '../../src/container/read-stream.js';
import { digestOf } from '../../src/digest/digest.js';
import type { Engines } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { zstdOfWasm } from '../../src/native/zstd.js';
import { openSegment } from '../../src/packing/segment.js';
import { createPortableEngines } from '../../src/portable/engines.js';
import { streamOf, wholeOf } from '../container/samples.js';
import { collectBytes, inChunks } from '../helpers/byte-stream.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { throwsCode } from '../helpers/throws-code.js';
import { SCALE, scaled } from '../scale.js';
import { type ContainerFixture, FIXTURES, HARMLESS, REASONS } from './container-fixtures.js';
import { type Damage, damages, nameOfBit } from './damage.js';
import { bitsOf, keepCounts, type Outcome, orRefused, restOf, tally } from './tally.js';

/** Of one engine, so that what a fixture looks like and what is harmless in it do not depend on the version of Node. */
async function nativeEngines(): Promise<Engines> {
  return { ...(await createNativeEngines()), ...(await zstdOfWasm()) };
}

const page = readFileSync(new URL('../../docs/format/container.md', import.meta.url), 'utf8');

describe('every flipped bit, cut and addition of a small container', () => {
  let native: Engines;
  let portable: Engines;
  const containers = new Map<string, Uint8Array>();
  before(async () => {
    native = await nativeEngines();
    portable = await createPortableEngines();
    for (const { name, make } of FIXTURES) containers.set(name, await make(native));
  });
  keepCounts();

  const containerOf = (name: string): Uint8Array => containers.get(name) ?? assert.fail(name);
  const damagesOf = (name: string) =>
    damages(containerOf(name), ['whole-text-zstd', 'stream-xz', 'whole-empty-stored'].map(containerOf));

  it('is of at least twelve containers of ours and of all small vectors', () => {
    assert.ok(FIXTURES.filter(({ name }) => /^(whole|stream)-/.test(name)).length >= 12);
    assert.equal(new Set(FIXTURES.map(({ name }) => name)).size, FIXTURES.length);
    for (const name of Object.keys(HARMLESS))
      assert.ok(
        FIXTURES.some((fixture) => fixture.name === name),
        name,
      );
    for (const [name, container] of containers) assert.ok(container.length <= 4096, name);
  });

  async function run(
    { name, data }: ContainerFixture,
    engines: 'native' | 'portable',
    decode: (bytes: Uint8Array) => Promise<Uint8Array>,
    reader = '',
  ): Promise<void> {
    const subject = `${name} ${engines}${reader}`;
    const row = await tally(
      'lone containers',
      subject,
      containerOf(name).length,
      damagesOf(name),
      async ({ what, bytes }) => {
        const found = await orRefused(() => decode(bytes));
        if (found === 'refused') return 'refused';
        assert.ok(equalBytes(found, data), `${subject} yields other bytes: ${what}`);
        return 'same';
      },
    );
    const expected = (HARMLESS[name] ?? []).filter(({ only }) => only === undefined || only === engines);
    assert.equal(bitsOf(row.same), expected.map(({ bits }) => bits).join(' '), subject);
    assert.deepEqual(restOf(row.same), [], subject);
  }

  for (const fixture of FIXTURES) {
    it(`gives the same bytes or none: ${fixture.name}`, async () => {
      await run(fixture, 'native', (bytes) => decodeWhole(bytes, native));
      await run(fixture, 'portable', (bytes) => decodeWhole(bytes, portable));
      // The reader of a source differs in how it finds frames and trailer, not in what it does with payloads.
      if (!fixture.name.includes('xz') && fixture.name !== 'raw-stored') {
        await run(fixture, 'native', (bytes) => collectBytes(decodeStream(inChunks(bytes, 50), native)), ', source');
      }
    });
  }

  it('is refused by its digest where a manifest names the container', async () => {
    for (const engines of [native, portable]) {
      // The digest is all that is asked, so a second way to compute it needs no large ones.
      // An object is a whole container: streams are refused before anything of them is asked.
      const asked = FIXTURES.filter(({ name }) => !name.includes('stream'));
      for (const { name, data } of asked.filter(({ name }) => engines === native || !name.startsWith('raw-'))) {
        const container = containerOf(name);
        const expected = {
          object: digestOf(native.sha256(container)),
          sha256: digestOf(native.sha256(data)),
          size: data.length,
          stored: container.length,
        };
        const open = (bytes: Uint8Array) => openSegment(bytes, expected, engines);
        assert.ok(equalBytes(await open(container), data), name);
        const row = await tally(
          'containers by reference',
          `${name} ${engines.name}`,
          container.length,
          damagesOf(name),
          async ({ bytes }): Promise<Outcome> => {
            await throwsCode(() => open(bytes), 'object/digest-mismatch');
            return 'refused';
          },
        );
        assert.deepEqual(row.same, []);
      }
    }
  });

  it('is what docs/format/container.md says of it', () => {
    const lines = Object.entries(HARMLESS).flatMap(([name, list]) =>
      list.map(({ bits, reason, only }) => [name, bits, only ?? 'both', REASONS[reason]]),
    );
    const head = ['container', 'bits', 'engines', 'what they are'];
    const widths = head.map((title, at) => Math.max(title.length, ...lines.map((line) => (line[at] ?? '').length)));
    const format = (cells: readonly string[]) =>
      `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
    const rule = format(widths.map((width) => '-'.repeat(width)));
    const table = [format(head), rule, ...lines.map(format)].join('\n');
    assert.ok(page.includes(`\n\n${table}\n\n`), `section 9 must hold this table:\n${table}`);
    const bits = [...containers.values()].reduce((sum, { length }) => sum + length * 8, 0);
    const count = `${FIXTURES.length} containers with ${bits} bits`;
    assert.ok(page.includes(count), `section 9 must say: ${count}`);
  });
});

describe('random flips of a container of 8 MiB', () => {
  keepCounts();

  it('never give other bytes', async () => {
    const native = await nativeEngines();
    const noise = randomBytes(8 * MIB, 4);
    // Half of every byte, so that zstd has something to do: five of eleven frames are about half as long.
    const mild = noise.map((byte) => byte & 15);
    const parts = Array.from({ length: 11 }, (_, i) => ({
      data: (i % 2 === 0 ? noise : mild).subarray((i % 8) * MIB, ((i % 8) + 1) * MIB),
      backend: i % 2 === 0 ? ('stored' as const) : ('zstd' as const),
    }));
    const containers = {
      'whole, stored': await wholeOf(noise, 'stored', native),
      'stream, stored and zstd': await streamOf(parts, native),
    };
    for (const [name, container] of Object.entries(containers)) {
      assert.ok(container.length > 8 * MIB, name);
      // A stored payload is decoded to a view of the container, which is about to change.
      const data = (await decodeWhole(container, native)).slice();
      const row = await tally('containers of 8 MiB', name, container.length, randomFlips(container), async (damage) => {
        const found = await orRefused(() => decodeWhole(damage.bytes, native));
        if (found === 'refused') return 'refused';
        assert.ok(equalBytes(found, data), damage.what);
        return 'same';
      });
      assert.equal(row.flips, SCALE.largeFlips);
    }
  }).timeout(scaled(120_000));
});

const MIB = 1024 * 1024;

function* randomFlips(container: Uint8Array): Generator<Damage> {
  for (const word of new Uint32Array(randomBytes(4 * SCALE.largeFlips, 6).buffer, 0, SCALE.largeFlips)) {
    const bit = word % (container.length * 8);
    const before = container[bit >> 3] as number;
    // In place and back again: copies of 8 MiB would cost as much as looking at them.
    container[bit >> 3] = before ^ (1 << (bit & 7));
    yield { kind: 'flip', what: nameOfBit(bit), bytes: container };
    container[bit >> 3] = before;
  }
}
