import assert from 'node:assert/strict';
import { toHex } from '../../src/bytes/text.js';
import { decodeEntry, readBundle } from '../../src/codecs/bundle.js';
import { formatStreamSet, type NamedPayload } from '../../src/container/stream-set.js';
import { writeWhole } from '../../src/container/write.js';
import type { Engines } from '../../src/engines.js';
import type { ErrorCode } from '../../src/errors.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { collectBytes } from '../helpers/byte-stream.js';
import { throwsCode } from '../helpers/throws-code.js';
import { bytesOf, type Part, storedSet, streamsOf } from './make-streams.js';

const HEAD: Part = ['AT1', 2, 12];

function bundleOf(streams: readonly NamedPayload[], ...after: Part[]): Uint8Array {
  return bytesOf(HEAD, formatStreamSet(streams), after);
}

describe('bundle', () => {
  let engines: Engines;
  let x: Uint8Array;
  before(async () => {
    engines = await createNativeEngines();
    x = whole('x');
  });
  const whole = (text: string): Uint8Array =>
    writeWhole({ backend: 'stored', bytes: bytesOf(text), size: text.length }, engines.sha256(bytesOf(text)));
  /** One entry a name, each holding `x`. */
  const named = (...names: readonly string[]): Uint8Array =>
    withManifest(JSON.stringify(names.map((name) => ({ name }))), names.length);
  const withManifest = (manifest: Part, count = 1): Uint8Array =>
    bundleOf(
      storedSet(
        new Map([
          ...Array.from({ length: count }, (_, i): [string, Uint8Array] => [`e${i}`, x]),
          ['manifest', bytesOf(manifest)],
        ]),
      ),
    );
  const read = (bundle: Uint8Array) => readBundle(bundle, engines);

  it('holds entries with names, in any order of streams but for the manifest, through any backend', async () => {
    const digest = toHex(engines.sha256(bytesOf('two')));
    const manifest = `[{"name":"a/b"},{"size": 3, "name":  "é","sha256":"${digest}","more":{"x":[1]}}]`;
    const two = await engines.zstdCompress(whole('two'), 3);
    const streams: NamedPayload[] = [
      { name: 'e1', payload: { backend: 'zstd', bytes: two, size: whole('two').length } },
      ...storedSet(streamsOf({ e0: x, manifest })),
    ];
    const entries = await read(bundleOf(streams));
    assert.deepEqual(
      entries.map(({ name, size, sha256 }) => [name, size, sha256 && toHex(sha256)]),
      [
        ['a/b', undefined, undefined],
        ['é', 3, digest],
      ],
    );
    const outputs = await Promise.all(entries.map((entry) => collectBytes(decodeEntry(entry, engines))));
    assert.deepEqual(outputs, [bytesOf('x'), bytesOf('two')]);
  });

  it('has up to 255 entries', async () => {
    const names = Array.from({ length: 255 }, (_, i) => `n${i}`);
    assert.equal((await read(named(...names))).length, 255);
  });

  it('is refused where it is none, in a stream, or has no manifest at its end', async () => {
    const streams = storedSet(streamsOf({ e0: x, manifest: '[{"name":"a"}]' }));
    const cases: readonly (readonly [Uint8Array, ErrorCode])[] = [
      [x, 'container/malformed'],
      [bytesOf('AT1', 3, 12, formatStreamSet(streams)), 'container/malformed'],
      [bundleOf([]), 'container/not-strict'],
      [bundleOf([...streams].reverse()), 'container/not-strict'],
      [bundleOf(streams.slice(0, 1)), 'container/not-strict'],
      [bundleOf(streams, 0), 'container/not-strict'],
      [bundleOf(streams, x.subarray(-36)), 'container/not-strict'],
      [bundleOf(streams.slice(1)), 'container/malformed'],
      [bundleOf(storedSet(streamsOf({ e0: x, e1: x, manifest: '[{"name":"a"}]' }))), 'container/malformed'],
      [bundleOf(storedSet(streamsOf({ e1: x, manifest: '[{"name":"a"}]' }))), 'container/malformed'],
      [bundleOf(storedSet(streamsOf({ e00: x, manifest: '[{"name":"a"}]' }))), 'container/malformed'],
      [withManifest(`[{"name":"a"}]${' '.repeat(1024 * 1024)}`), 'container/limit'],
    ];
    for (const [bundle, code] of cases) await throwsCode(() => read(bundle), code);
  });

  it('is refused for entries that are bundles, no containers, or without a trailer', async () => {
    const holding = (e0: Uint8Array): Uint8Array => bundleOf(storedSet(streamsOf({ e0, manifest: '[{"name":"a"}]' })));
    await throwsCode(() => read(holding(named('a'))), 'container/malformed');
    await throwsCode(() => read(holding(bytesOf('PK'))), 'container/malformed');
    await throwsCode(() => read(holding(new Uint8Array(0))), 'container/malformed');
    await throwsCode(() => read(holding(x.subarray(0, -36))), 'container/trailer-missing');
    // A bundle that wears a trailer is one all the same.
    await throwsCode(() => read(holding(bytesOf(named('a'), x.subarray(-36)))), 'container/malformed');
  });

  it('is refused for a manifest that is no list of named entries', async () => {
    for (const manifest of [
      '',
      'x',
      '[',
      '{}',
      '"name":"a"',
      '[]',
      '[1]',
      '[null]',
      '[[]]',
      '[{}]',
      '[{"name":1}]',
      '[{"name":"a"},{"name":"b"}]',
      '[{"name":"a","size":-1}]',
      '[{"name":"a","size":1.5}]',
      '[{"name":"a","size":"1"}]',
      '[{"name":"a","size":9007199254740992}]',
      '[{"name":"a","sha256":"00"}]',
      '[{"name":"a","sha256":1}]',
      '\ufeff[{"name":"a"}]',
      Uint8Array.of(0x5b, 0xff, 0x5d),
      '['.repeat(500_000),
    ]) {
      await throwsCode(() => read(withManifest(manifest)), 'container/malformed');
    }
  });

  it('is refused where a reader that searches for names would find others than one that knows JSON', async () => {
    for (const manifest of [
      '[{"name" :"a"}]',
      '[{"name":\t"a"}]',
      '[{"name":\n"a"}]',
      '[{"name":"a","x":{"name":"b"}}]',
      '[{"x":{"name":"b"},"name":"a"}]',
      '[{"name":"b","name":"a"}]',
      '[{"name":"a","x":{"name":1}}]',
      '[{"n\\u0061me":"a"}]',
      '[{"name":"\\u0061"}]',
      '[{"name":"a","x":"\\n"}]',
    ]) {
      await throwsCode(() => read(withManifest(manifest)), 'container/not-strict');
    }
    const two = '[{"name" :"a","x":{"name":"b"}},{"name":"b"}]';
    await throwsCode(() => read(withManifest(two, 2)), 'container/not-strict');
  });

  it('is refused for names that are not safe below a folder everywhere', async () => {
    for (const name of [
      '',
      '/a',
      'a/',
      'a//b',
      '.',
      '..',
      'a/../b',
      './a',
      'a/.',
      'c:x',
      'a:b',
      'a\u007f',
      'a\u202eb',
      '\u200b',
      '.git/config',
      'a/.GIT',
      'a/git~1/x',
      '.g\u200cit/config',
      '.git./config',
      '.git /config',
      '...',
      ' ',
      'a.',
      'a /b',
      `${'é'.repeat(255)}ab`,
    ]) {
      await throwsCode(() => read(named(name)), 'container/malformed');
    }
    for (const name of ['a', '.a', '..a', 'a b', ' a', '.gitignore', `${'é'.repeat(255)}a`, 'ä/ö', "a'b"]) {
      assert.equal((await read(named(name)))[0]?.name, name);
    }
  });

  it('is refused for names that a file system may take for one, and for a file that is a folder', async () => {
    for (const names of [
      ['a', 'a'],
      ['a', 'A'],
      ['straße', 'STRASSE'],
      ['\u00e9', 'e\u0301'],
      ['a', 'a/b'],
      ['x/y/z', 'x/y'],
      ['x/Y/z', 'X/y'],
    ]) {
      await throwsCode(() => read(named(...names)), 'container/malformed');
      await throwsCode(() => read(named(...names.reverse())), 'container/malformed');
    }
    assert.equal((await read(named('a/b', 'A/c', 'ab'))).length, 3);
  });

  it('is refused where an entry has another size or digest than the manifest says', async () => {
    const decode = async (entry: string): Promise<void> => {
      const [only = assert.fail()] = await read(withManifest(`[{"name":"a",${entry}}]`));
      assert.deepEqual(await collectBytes(decodeEntry(only, engines)), bytesOf('x'));
    };
    await decode('"size":1');
    await throwsCode(() => decode('"size":0'), 'container/limit');
    await throwsCode(() => decode('"size":2'), 'container/malformed');
    await throwsCode(() => decode(`"sha256":"${'0'.repeat(64)}"`), 'container/malformed');
    const [entry = assert.fail()] = await read(named('a'));
    const damaged = { ...entry, container: entry.container.map((byte, i) => (i === 6 ? byte ^ 1 : byte)) };
    await throwsCode(() => collectBytes(decodeEntry(damaged, engines)), 'container/digest-mismatch');
    await throwsCode(() => collectBytes(decodeEntry(entry, engines, { maxOutput: 0 })), 'container/limit');
  });
});
