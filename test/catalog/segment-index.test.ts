/** The segment index: its order of building does not matter, and a damaged one is none. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromUtf8, utf8 } from '../../src/bytes/text.js';
import {
  addPlace,
  formatSegmentIndex,
  parseSegmentIndex,
  placeReference,
  type SegmentPlace,
} from '../../src/catalog/segment-index.js';
import type { Digest } from '../../src/digest/digest.js';
import { parseOid } from '../../src/git-format/oid.js';
import { anyDigest } from '../manifest/arbitraries.js';

const head = parseOid('1'.repeat(40));
const anyForm: fc.Arbitrary<Pick<SegmentPlace, 'transform' | 'base'>> = fc.oneof(
  fc.constant({}),
  fc.constant({ transform: 'planes' as const }),
  anyDigest.map((base) => ({ transform: 'delta' as const, base })),
);
const anyPlace = fc
  .tuple(fc.record({ object: anyDigest, size: fc.nat(), stored: fc.nat() }), anyForm)
  .map(([place, form]) => ({ ...place, ...form }));
const anyPlaces = fc.array(fc.tuple(fc.nat({ max: 5 }), anyPlace), { maxLength: 12 });

function build(places: readonly (readonly [number, SegmentPlace])[]): Uint8Array {
  const map = new Map<Digest, SegmentPlace>();
  for (const [segment, place] of places) addPlace(map, `${segment}`.repeat(64) as Digest, place);
  return formatSegmentIndex({ head, versions: 7, places: map });
}

describe('the segment index', () => {
  it('is the same in whatever order it is built, and reads back', () => {
    fc.assert(
      fc.property(anyPlaces, (places) => {
        const objects = new Set(places.map(([, { object }]) => object));
        fc.pre(objects.size === places.length);
        const bytes = build(places);
        assert.deepEqual(build([...places].reverse()), bytes);
        const read = parseSegmentIndex(bytes);
        assert.deepEqual(read === undefined ? undefined : formatSegmentIndex(read), bytes);
      }),
    );
  });

  it('that is cut, of another format or damaged is not used', () => {
    const whole = fromUtf8(build([[1, { object: 'a'.repeat(64) as Digest, size: 3, stored: 4 }]]));
    assert.ok(parseSegmentIndex(utf8(whole)) !== undefined);
    for (const text of [
      '',
      whole.slice(0, -1),
      whole.slice(0, 30),
      whole.replace(' 3 ', ' 2 '),
      whole.replace(' 7\n', '\n'),
      whole.replace(' 7\n', ' seven\n'),
      whole.replace(' 7\n', ' 7 7\n'),
      whole.replace('aaa', 'xyz'),
      `${whole}x\n`,
      whole.replace(' 3 4', ' 3'),
      whole.replace(' 3 4', ' 3 4 5'),
      whole.replace(' 3 4', ' 3 4 plane'),
      whole.replace(' 3 4', ' 3 4 delta'),
      whole.replace(' 3 4', ' 3 4 delta abc'),
      whole.replace(' 3 4', ` 3 4 planes ${'b'.repeat(64)}`),
      whole.replace(' 3 4', ` 3 4 delta ${'b'.repeat(64)} x`),
      whole.replace(' 3 4', ' three 4'),
    ])
      assert.equal(parseSegmentIndex(utf8(text)), undefined, text);
  });

  it('gives a place with what it needs, or none where that is not known or has no end', () => {
    const digest = (n: number) => `${n}`.repeat(64) as Digest;
    const place = { object: digest(9), size: 3, stored: 4 };
    const delta = (base: number): SegmentPlace => ({ ...place, transform: 'delta', base: digest(base) });
    const places = new Map<Digest, SegmentPlace>([
      [digest(1), delta(2)],
      [digest(2), { ...place, transform: 'planes' }],
      [digest(3), delta(4)],
      [digest(5), delta(5)],
      [digest(6), { ...delta(2), size: 8 }],
    ]);
    assert.deepEqual(placeReference(places, digest(1)), {
      ...place,
      sha256: digest(1),
      transform: 'delta',
      base: { ...place, sha256: digest(2), transform: 'planes' },
    });
    for (const n of [3, 4, 5, 6, 7]) assert.equal(placeReference(places, digest(n)), undefined);
  });
});
