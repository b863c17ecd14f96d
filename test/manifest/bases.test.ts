import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Digest } from '../../src/digest/digest.js';
import {
  CHAIN_LIMIT,
  chainLength,
  checkBases,
  listBases,
  plainReference,
  resolveBases,
  type SegmentLists,
  type SegmentReference,
} from '../../src/manifest/bases.js';
import { readLayout, writeLayout } from '../../src/manifest/documents.js';
import type { Segment } from '../../src/manifest/generated/types.js';
import { throwsCode } from '../helpers/throws-code.js';

const digest = (n: number): Digest => n.toString(16).padStart(64, '0') as Digest;
const plain = (n: number, size = 8): Segment => ({ size, sha256: digest(n), object: digest(1000 + n), stored: 50 });
const planes = (n: number): Segment => ({ ...plain(n), transform: 'planes' });
const delta = (n: number, base: number, size = 8): Segment => ({
  ...plain(n, size),
  transform: 'delta',
  base: digest(base),
});
/** 1 against 2 against 3 and so on, `length` differences in all, ending in a segment that stands for itself. */
const chain = (length: number): Segment[] => [
  ...Array.from({ length }, (_, i) => delta(i + 1, i + 2)),
  planes(length + 1),
];

describe('bases of segments', () => {
  it('are resolved down to one that stands for itself', () => {
    const [first, ...bases] = chain(3);
    const segments = [first as Segment, plain(9)];
    checkBases({ segments, bases }, [], undefined);
    const {
      segments: [resolved, other],
      bases: [second],
    } = resolveBases({ segments, bases });
    assert.deepEqual(resolved, {
      ...plain(1),
      transform: 'delta',
      base: { ...plain(2), transform: 'delta', base: { ...plain(3), transform: 'delta', base: planes(4) } },
    });
    assert.deepEqual(other, plain(9));
    assert.deepEqual(second, resolved?.base);
  });

  it('may be segments of the same file, and be used twice', () => {
    const lists = { segments: [plain(1), delta(2, 1), delta(3, 1), delta(2, 1)] };
    checkBases(lists, [], undefined);
    assert.deepEqual(
      resolveBases(lists).segments.map(({ base }) => base?.sha256),
      [undefined, digest(1), digest(1), digest(1)],
    );
  });

  it('are listed once, in the form of the shortest chain, whichever each segment was made against', () => {
    const whole: SegmentReference = { ...plainReference(plain(2)), transform: 'planes' };
    const other: SegmentReference = {
      ...whole,
      object: digest(77),
      transform: 'delta',
      base: plainReference(plain(3)),
    };
    const against = (n: number, base: typeof whole | typeof other) => ({
      ...plain(n),
      transform: 'delta' as const,
      base,
    });
    for (const references of [
      [against(1, other), against(4, whole)],
      [against(1, whole), against(4, other)],
    ]) {
      const lists = listBases(references);
      checkBases(lists, [], undefined);
      const [one, two] = resolveBases(lists).segments;
      assert.deepEqual(one?.base, whole);
      assert.deepEqual(two?.base, whole);
    }
  });

  it('lead through eight differences and no more', async () => {
    const [first, ...bases] = chain(CHAIN_LIMIT);
    checkBases({ segments: [first as Segment], bases }, [], undefined);
    const [tooLong, ...rest] = chain(CHAIN_LIMIT + 1);
    await refused({ segments: [tooLong as Segment], bases: rest });
  });

  const wrong: readonly [string, SegmentLists][] = [
    ['a difference without a base', { segments: [{ ...plain(1), transform: 'delta' }] }],
    ['a base of planes', { segments: [{ ...planes(1), base: digest(2) }], bases: [plain(2)] }],
    ['a base without a transform', { segments: [{ ...plain(1), base: digest(2) }], bases: [plain(2)] }],
    ['a base that is not listed', { segments: [delta(1, 2)] }],
    ['a base of another size', { segments: [delta(1, 2)], bases: [plain(2, 7)] }],
    ['a base that nothing needs', { segments: [plain(1)], bases: [plain(2)] }],
    ['a base that only such a base needs', { segments: [plain(1)], bases: [delta(2, 3), plain(3)] }],
    ['a base listed twice', { segments: [delta(1, 2)], bases: [plain(2), plain(2)] }],
    ['bases out of order', { segments: [delta(1, 2), delta(4, 3)], bases: [plain(3), plain(2)] }],
    ['a base that is a segment too', { segments: [delta(1, 2), plain(2)], bases: [plain(2)] }],
    ['a segment against itself', { segments: [delta(1, 1)] }],
    ['segments against each other', { segments: [delta(1, 2), delta(2, 1)] }],
    ['a base in a cycle', { segments: [delta(1, 2)], bases: [delta(2, 3), delta(3, 2)] }],
  ];
  for (const [what, lists] of wrong) it(`are refused: ${what}`, () => refused(lists));

  it('resolve whatever is not refused, without end or hole', () => {
    const segment = fc
      .record({ n: fc.integer({ min: 1, max: 6 }), base: fc.option(fc.integer({ min: 1, max: 7 })) })
      .map(({ n, base }) => (base === null ? plain(n) : delta(n, base)));
    const sorted = fc
      .uniqueArray(segment, { selector: ({ sha256 }) => sha256, maxLength: 6 })
      .map((list) => list.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)));
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 6 }), sorted, (segments, bases) => {
        try {
          checkBases({ segments, bases }, [], undefined);
        } catch {
          return;
        }
        for (const resolved of resolveBases({ segments, bases }).segments) {
          let steps = 0;
          for (let at = resolved.base; at !== undefined; at = at.base) steps++;
          assert.ok(steps <= CHAIN_LIMIT);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('of any references keep the rules, however many forms of a segment they name', () => {
    const form = (n: number, base: SegmentReference | undefined, object: number): SegmentReference => {
      const own = { ...plainReference(plain(n)), object: digest(1000 + object) };
      return base === undefined ? own : { ...own, transform: 'delta', base };
    };
    // A chain ends where its list ends; what occurs twice in one would be a difference to itself.
    const reference = fc
      .uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: CHAIN_LIMIT + 1 })
      .chain((numbers) =>
        fc
          .array(fc.integer({ min: 0, max: 99 }), { minLength: numbers.length, maxLength: numbers.length })
          .map((objects) =>
            numbers.reduceRight<SegmentReference | undefined>(
              (base, n, i) => form(n, base, objects[i] as number),
              undefined,
            ),
          ),
      )
      .map((made) => made as SegmentReference);
    fc.assert(
      fc.property(fc.array(reference, { minLength: 1, maxLength: 6 }), (references) => {
        const lists = listBases(references);
        checkBases(lists, [], undefined);
        assert.deepEqual(
          lists.segments.map(({ sha256 }) => sha256),
          references.map(({ sha256 }) => sha256),
        );
        for (const [i, resolved] of resolveBases(lists).segments.entries()) {
          assert.ok(chainLength(resolved) <= chainLength(references[i] as SegmentReference));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('stand in a layout, and come back', () => {
    const [first, ...bases] = chain(2);
    const layout = { size: 16, segments: [first as Segment, planes(9)], bases };
    const bytes = writeLayout(layout);
    assert.deepEqual(JSON.parse(JSON.stringify(readLayout(bytes))), layout);
  });
});

async function refused({ segments, bases }: SegmentLists): Promise<void> {
  await throwsCode(
    () => checkBases(bases === undefined ? { segments } : { segments, bases }, [], undefined),
    'document/schema',
  );
  const size = segments.reduce((sum, one) => sum + one.size, 0);
  await throwsCode(
    () =>
      writeLayout(
        bases === undefined ? { size, segments: [...segments] } : { size, segments: [...segments], bases: [...bases] },
      ),
    'document/schema',
  );
}
