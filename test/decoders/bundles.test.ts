/** The stand-alone decoders and the command agree on which bundles are safe below a folder. */
import assert from 'node:assert/strict';
import { readBundle } from '../../src/codecs/bundle.js';
import { formatStreamSet } from '../../src/container/stream-set.js';
import { writeWhole } from '../../src/container/write.js';
import type { Engines } from '../../src/engines.js';
import type { ErrorCode } from '../../src/errors.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { bytesOf, storedSet, streamsOf } from '../codecs/make-streams.js';
import { throwsCode } from '../helpers/throws-code.js';
import { agreed, sha256 } from './both.js';

describe('bundles, by the stand-alone decoders and by at1', () => {
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });

  /** One entry, holding `x`. */
  function bundleOf(manifest: string): Uint8Array {
    const x = bytesOf('x');
    const e0 = writeWhole({ backend: 'stored', bytes: x, size: x.length }, engines.sha256(x));
    return bytesOf('AT1', 2, 12, formatStreamSet(storedSet(streamsOf({ e0, manifest }))));
  }

  async function allTake(manifests: readonly string[], name: (i: number) => string): Promise<void> {
    const bundles = manifests.map(bundleOf);
    const wanted = manifests.map((_, i) => sha256(Buffer.from(`${name(i)} ${sha256(bytesOf('x'))}\n`)));
    assert.deepEqual(await agreed(bundles.map((data) => ({ kind: 'bundle', data }))), wanted);
    for (const bundle of bundles) await readBundle(bundle, engines);
  }

  async function allRefuse(manifests: readonly string[], code: ErrorCode = 'container/malformed'): Promise<void> {
    const bundles = manifests.map(bundleOf);
    const found = await agreed(bundles.map((data) => ({ kind: 'bundle', data })));
    for (const [i, bundle] of bundles.entries()) {
      assert.equal(found[i], code, JSON.stringify(manifests[i]?.slice(0, 80)));
      await throwsCode(() => readBundle(bundle, engines), code);
    }
  }

  const named = (name: string): string => JSON.stringify([{ name }]);

  it('have no name that hides something, is git’s own folder, or is another one on Windows', async () => {
    const parts = [
      '.git',
      '.GIT',
      'git~1',
      'GIT~1',
      '.g\u200cit',
      '.git.',
      '.git ',
      '.git. .',
      'git~1.',
      '...',
      ' ',
      'a.',
    ];
    const hidden = ['\u007f', '\u0085', '\u00ad', '\u034f', '\u061c', '\u115f', '\u17b4', '\u180e', '\u200b', '\u200d'];
    hidden.push(
      '\u2028',
      '\u202e',
      '\u2066',
      '\u206f',
      '\u3164',
      '\ufeff',
      '\uffa0',
      '\ufff9',
      '\u{e0001}',
      '\u{e0100}',
    );
    await allRefuse([
      ...parts.flatMap((part) => [part, `${part}/config`, `a/${part}`, `a/${part}/b`]).map(named),
      ...hidden.map((character) => named(`a${character}b`)),
      ...['', '/a', 'a/', 'a//b', '.', '..', 'a/../b', 'c:x', `${'é'.repeat(255)}ab`].map(named),
    ]);
    const fine = ['a', '.a', '..a', 'a b', ' a', '.gitignore', 'git~2', 'x.git', 'ä/ö', `${'é'.repeat(255)}a`];
    await allTake(fine.map(named), (i) => fine[i] as string);
  });

  it('have a manifest that all of them can follow', async () => {
    const nested = (depth: number) => `[{"name":"a","more":${'['.repeat(depth)}${']'.repeat(depth)}}]`;
    const object = (depth: number) => `[{"name":"a","more":${'{"x":'.repeat(depth)}0${'}'.repeat(depth)}}]`;
    const brackets = `[{"name":"a","more":"${'['.repeat(100)}"}]`;
    await allTake([nested(62), object(62), brackets], () => 'a');
    await allRefuse([
      nested(63),
      object(63),
      nested(50_000),
      '[{"name":"a","more":NaN}]',
      '[{"name":"a","more":-Infinity}]',
    ]);
  });

  it('have a manifest with one reading, whichever numbers are in it', async () => {
    const digits = '1'.repeat(5000);
    const proto = '[{"name":"a","__proto__":{"size":7},"constructor":1}]';
    await allTake([`[{"name":"a","x":${digits}}]`, `[{"name":"a","x":-${digits}.5e${digits}}]`, proto], () => 'a');
    await allRefuse([
      '[{"name":"a","size":1,"size":1}]',
      '[{"name":"a","x":1,"x" : {"y":2}}]',
      '[{"name":"a","x":[{"":1,"":2}]}]',
      '[{"name":"a","__proto__":1,"__proto__":2}]',
      `[{"name":"a","size":${digits}}]`,
    ]);
    const searches = ['[{"name" :"a"}]', '[{"name":\t"a"}]', '[{"name":"a","x":{"name":"b"}}]'];
    await allRefuse([...searches, '[{"__proto__":{"name":"b"},"name":"a"}]'], 'container/not-strict');
  });

  it('state sizes and digests in one way', async () => {
    const hex = sha256(bytesOf('x'));
    await allTake([`[{"name":"a","size":1,"sha256":"${hex}"}]`], () => 'a');
    await allRefuse(['[{"name":"a","size":true}]', '[{"name":"a","size":null}]', '[{"name":"a","size":"1"}]']);
  });
});
