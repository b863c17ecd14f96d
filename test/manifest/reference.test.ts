import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseLaneName } from '../../src/manifest/name.js';
import { parseRange } from '../../src/manifest/range.js';
import { formatReference, parseReference, type Ref, type Selector } from '../../src/manifest/reference.js';
import { throwsCode } from '../helpers/throws-code.js';
import { anyDigest, anyKind, anyName, anyVersion } from './arbitraries.js';

const A = 'a'.repeat(64);

/** Reference, kind, name, canonical form. */
const CASES: [string, string | undefined, string, string][] = [
  ['model/fraud@1.2.0', 'model', 'fraud', 'model/fraud@1.2.0'],
  ['fraud', undefined, 'fraud', 'fraud@latest'],
  ['fraud@latest', undefined, 'fraud', 'fraud@latest'],
  ['fraud:latest', undefined, 'fraud', 'fraud@latest'],
  ['data/team/clicks@^1.2', 'data', 'team/clicks', 'data/team/clicks@^1.2'],
  ['team/clicks@>=1.0.0,<2.0.0', undefined, 'team/clicks', 'team/clicks@>=1.0.0 <2.0.0'],
  ['recipe/x:production', 'recipe', 'x', 'recipe/x:production'],
  [`model/x@sha256:${A}`, 'model', 'x', `model/x@sha256:${A}`],
  ['pacha://fraud:1.0.0', undefined, 'fraud', 'fraud@1.0.0'],
  ['pacha://fraud:champion', undefined, 'fraud', 'fraud:champion'],
  ['pacha://model/fraud@1.0.0-rc.1+b.7', 'model', 'fraud', 'model/fraud@1.0.0-rc.1+b.7'],
  ['model', undefined, 'model', 'model@latest'],
  ['model/model', 'model', 'model', 'model/model@latest'],
];

const anySelector: fc.Arbitrary<Selector> = fc.oneof(
  anyVersion.map((version): Selector => ({ kind: 'exact', version })),
  fc
    .constantFrom('^1.2', '~0.3.1', '>=1.0.0 <2.0.0', '=1.0.0-rc.1')
    .map((text): Selector => ({ kind: 'range', range: parseRange(text) })),
  fc.constant<Selector>({ kind: 'latest' }),
  fc
    .constantFrom('production', 'champion', 'a.b')
    .map((text): Selector => ({ kind: 'stage', name: parseLaneName(text) })),
  anyDigest.map((digest): Selector => ({ kind: 'digest', digest })),
);

describe('references', () => {
  for (const [text, kind, name, canonical] of CASES) {
    it(`reads ${text}`, () => {
      const ref = parseReference(text);
      assert.equal(ref.kind, kind);
      assert.equal(ref.name, name);
      assert.equal(formatReference(ref), canonical);
      assert.deepEqual(parseReference(canonical), ref);
    });
  }

  it('reads back every reference it prints', () => {
    fc.assert(
      fc.property(anyKind, anyName, anySelector, (kind, name, selector) => {
        const ref: Ref = { kind, name, selector };
        assert.deepEqual(parseReference(formatReference(ref)), ref);
      }),
    );
  });

  it('says which rule a wrong reference breaks', async () => {
    const cases = [
      ['', 'usage/reference'],
      ['@1.0.0', 'usage/reference'],
      ['x@', 'usage/reference'],
      ['x:', 'usage/reference'],
      ['x@production', 'usage/reference'],
      ['x@1.2', 'usage/reference'],
      ['x:^1.2', 'usage/reference'],
      [`x:sha256:${A}`, 'usage/reference'],
      ['x@v1.0.0', 'usage/version'],
      ['x@^1.x', 'usage/version'],
      ['x@sha256:abc', 'usage/invalid'],
      [`x@sha256:${'A'.repeat(64)}`, 'usage/invalid'],
      ['model/', 'usage/name'],
      ['Fraud', 'usage/name'],
      ['x@1.0.0@2.0.0', 'usage/reference'],
      ['x:Prod', 'usage/name'],
      ['https://x', 'usage/name'],
    ] as const;
    for (const [text, code] of cases) await throwsCode(() => parseReference(text), code);
  });

  it('hints at the form that was probably meant', async () => {
    assert.match((await throwsCode(() => parseReference('x@1.2'), 'usage/reference')).hint ?? '', /\^1\.2/);
    assert.match((await throwsCode(() => parseReference('x@production'), 'usage/reference')).hint ?? '', /colon/);
    assert.equal((await throwsCode(() => parseReference('x@v1.0.0'), 'usage/version')).hint, 'write 1.0.0');
  });
});
