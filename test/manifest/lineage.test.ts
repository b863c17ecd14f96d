import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromUtf8, utf8 } from '../../src/bytes/text.js';
import { type Manifest, readManifest, writeManifest } from '../../src/manifest/documents.js';
import type { LineageEntry } from '../../src/manifest/generated/types.js';
import { manifestValidator } from '../../src/manifest/generated/validators.js';
import { holdsPassword, isUri, linksOf, RELATIONS } from '../../src/manifest/lineage.js';
import { signingEngines } from '../helpers/test-engines.js';
import { throwsCode } from '../helpers/throws-code.js';
import { anyLineage } from './arbitraries.js';
import { A, B, MADE_FROM } from './example.js';

const read = (text: string): Manifest => readManifest(utf8(text), signingEngines);
const example = read(MADE_FROM);
const withLineage = (lineage: readonly LineageEntry[]) => writeManifest({ ...example, lineage }, signingEngines);

const BASE: LineageEntry = { relation: 'derived-from', ref: 'model/base@2.0.0', content: `sha256:${B}` };
const AWAY: LineageEntry = { relation: 'derived-from', uri: 'https://example.org/base' };

describe('lineage in a manifest', () => {
  it('is read as links, with the digest where there is one', () => {
    assert.deepEqual(linksOf(example), [
      { relation: 'fine-tuned-from', ref: 'model/base@2.0.0', content: 'c'.repeat(64) },
      { relation: 'produced-by', ref: null, content: null },
    ]);
    assert.deepEqual(linksOf({}), []);
    const known = linksOf({ lineage: [{ ...AWAY, content: `sha256:${A}` }] });
    assert.deepEqual(known, [{ relation: 'derived-from', ref: null, content: A }]);
  });

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(anyLineage, (lineage) => {
        const bytes = withLineage(lineage);
        const back = read(fromUtf8(bytes));
        assert.deepEqual(structuredClone(back.lineage), lineage);
        assert.deepEqual(writeManifest(back, signingEngines), bytes);
      }),
      { numRuns: 200 },
    );
  });

  it('knows the relations its schema knows, in the same order', () => {
    for (const relation of RELATIONS) withLineage([{ ...BASE, relation }]);
    const wrong = { ...example, content: `sha256:${example.content}`, lineage: [{ ...BASE, relation: 'x' }] };
    assert.equal(manifestValidator(wrong), false);
    const allowed = manifestValidator.errors?.find(({ params }) => 'allowedValues' in params)?.params.allowedValues;
    assert.deepEqual(allowed, RELATIONS);
  });

  const refused: Readonly<Record<string, readonly [LineageEntry[], RegExp]>> = {
    'a reference without its content': [[{ relation: 'trained-on', ref: 'data/t@1.0.0' }], /lineage\/0/],
    'a reference and a URI': [[{ ...BASE, uri: 'https://x.example' }], /lineage\/0/],
    'a reference and a URI without content': [[{ ...AWAY, ref: 'model/base@2.0.0' }], /lineage\/0/],
    'neither of both': [[{ relation: 'trained-on', content: `sha256:${A}` }], /lineage\/0/],
    'a range': [[{ ...BASE, ref: 'model/base@^2.0.0' }], /not an exact reference/],
    'a stage': [[{ ...BASE, ref: 'model/base:production' }], /not an exact reference/],
    'a name without its kind': [[{ ...BASE, ref: 'base@2.0.0' }], /not an exact reference/],
    'another way to write it': [[{ ...BASE, ref: 'pacha://model/base@2.0.0' }], /not an exact reference/],
    'no reference': [[{ ...BASE, ref: '../base' }], /lineage\/0\/ref/],
    itself: [[{ ...BASE, ref: 'model/fraud-detector@1.0.0' }], /come from itself/],
    'a password': [[{ ...AWAY, uri: 'https://ana:secret@example.org/x' }], /password/],
    'a URI with a space': [[{ ...AWAY, uri: 'https://example.org/a b' }], /uri/],
    'no scheme': [[{ ...AWAY, uri: 'example.org' }], /uri/],
    'two alike': [[BASE, BASE], /unique and sorted/],
    'the wrong order': [[AWAY, { ...AWAY, uri: 'https://a.example' }], /unique and sorted/],
    'parameters in the wrong order': [
      [
        {
          ...BASE,
          parameters: [
            { name: 'b', value: '' },
            { name: 'a', value: '' },
          ],
        },
      ],
      /sorted by their names/,
    ],
    'a parameter of two lines': [[{ ...BASE, parameters: [{ name: 'a', value: 'b\nc' }] }], /U\+000A/],
    'an unknown relation': [[{ ...BASE, relation: 'stolen-from' as 'trained-on' }], /must be one of/],
    'an empty list': [[], /lineage/],
  };
  for (const [what, [lineage, message]] of Object.entries(refused)) {
    it(`is refused with ${what}`, async () => {
      const code = what === 'a parameter of two lines' ? 'document/syntax' : 'document/schema';
      const error = await throwsCode(() => withLineage(lineage), code);
      assert.match(`${error.message} ${String(error.facts.at ?? '')}`, message);
    });
  }

  it('takes any URI without a password, and tells one by its scheme', () => {
    const plain = [
      'https://example.org/@x:y',
      'https://example.org:8080/@x',
      's3://bucket/key@1',
      'urn:uuid:1',
      'ssh://git@example.org/x',
      'a:b@c',
      'https://[::1]:80/@x',
      'http://h?a=b:c@d',
    ];
    for (const uri of plain) assert.deepEqual([isUri(uri), holdsPassword(uri)], [true, false], uri);
    const bad = [
      'https://a:b@c',
      'ssh+git://x:@h/p',
      'https://token@example.org/x',
      's3://AKIA:abc/def+ghi@bucket/x',
      'https://ana:hun/ter2@h/x',
      'https:/ana:pw@h/x',
      'https:ana:pw@h/x',
      'https:\\\\ana:pw@h/x',
      'HTTPS://ana:pw@h',
      'ssh://git@evil@h',
    ];
    for (const uri of bad) assert.ok(holdsPassword(uri), uri);
    for (const uri of ['x', ':x', 'A:x', 'a:', '1a:x', `a:${'x'.repeat(2049)}`]) assert.ok(!isUri(uri), uri);
  });
});
