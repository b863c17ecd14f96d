import assert from 'node:assert/strict';
import type { Digest } from '../../src/digest/digest.js';
import type { ErrorCode } from '../../src/errors.js';
import { type Kind, type PrincipalName, parseLaneName, parseName } from '../../src/manifest/name.js';
import { parseReference } from '../../src/manifest/reference.js';
import { parseVersion } from '../../src/manifest/version.js';
import { type Holder, type KnownVersion, resolve, type VersionState } from '../../src/registry/resolve.js';
import { throwsCode } from '../helpers/throws-code.js';

const digest = (letter: string) => letter.repeat(64) as Digest;

/** `model/x@1.0.0 yanked a`, `pending` for what is not effective; the letter is the content. */
function known(...rows: string[]): KnownVersion[] {
  return rows.map((row) => {
    const [reference = '', word = 'active', letter = 'a'] = row.split(' ');
    const { kind, name, selector } = parseReference(reference);
    assert.equal(selector.kind, 'exact');
    return {
      kind: kind as Kind,
      name,
      version: selector.kind === 'exact' ? selector.version : parseVersion('0.0.0'),
      content: digest(letter),
      effective: word !== 'pending',
      state: word === 'pending' ? 'active' : (word as VersionState),
      ...(word === 'tombstoned' ? { by: 'ana' as PrincipalName } : {}),
    };
  });
}

const X = known(
  'model/x@1.0.0 active a',
  'model/x@1.1.0 deprecated b',
  'model/x@1.2.0 yanked c',
  'model/x@1.3.0 revoked d',
  'model/x@1.4.0 tombstoned e',
  'model/x@1.5.0 pending f',
  'model/x@2.0.0-rc.1 active 0',
  'data/clicks@0.1.0',
  'model/both@1.0.0',
  'data/both@1.0.0',
  'model/early@1.0.0-alpha.2',
  'model/early@1.0.0-alpha.10',
  'model/same@1.0.0 yanked a',
  'model/same@1.0.1 active a',
  'model/same@1.0.2 yanked a',
  'model/same@1.0.3 pending a',
  'model/gone@1.0.0 yanked',
);
const lane = (name: string, laneName: string, effective?: string, pending?: string): Holder => ({
  kind: 'model',
  name: parseName(name),
  lane: parseLaneName(laneName),
  effective: effective === undefined ? undefined : parseVersion(effective),
  ...(pending === undefined ? {} : { pending: parseVersion(pending) }),
});
const HOLDERS = [
  lane('x', 'production', '1.0.0'),
  lane('x', 'staging', undefined, '1.5.0'),
  lane('x', 'champion', '1.1.0'),
  lane('x', 'broken', '1.3.0'),
  lane('x', 'withdrawn', '1.2.0'),
];
const ask = (text: string, allowRevoked = false) =>
  resolve(parseReference(text), { versions: X, holders: HOLDERS }, { allowRevoked });

describe('resolving a reference', () => {
  const found: [string, string, string[]][] = [
    ['model/x', '1.1.0', ['deprecated']],
    ['x', '1.1.0', ['deprecated']],
    ['x@latest', '1.1.0', ['deprecated']],
    ['x@^1', '1.1.0', ['deprecated']],
    ['x@~1.0', '1.0.0', []],
    ['x@1.0.0', '1.0.0', []],
    ['x@1.1.0', '1.1.0', ['deprecated']],
    ['x@1.2.0', '1.2.0', ['yanked']],
    [`x@sha256:${digest('c')}`, '1.2.0', ['yanked']],
    ['x@2.0.0-rc.1', '2.0.0-rc.1', []],
    ['x@^2.0.0-rc.0', '2.0.0-rc.1', []],
    ['x@>=2.0.0-alpha', '2.0.0-rc.1', []],
    ['x@>1.5.0', '2.0.0-rc.1', ['prerelease']],
    ['early', '1.0.0-alpha.10', ['prerelease']],
    ['early@~1.0.0-alpha.3', '1.0.0-alpha.10', []],
    [`same@sha256:${digest('a')}`, '1.0.1', []],
    ['same@1.0.2', '1.0.2', ['yanked']],
    ['data/both', '1.0.0', []],
    ['model/both@^1', '1.0.0', []],
    ['clicks', '0.1.0', []],
    ['x:production', '1.0.0', []],
    ['x:champion', '1.1.0', ['deprecated']],
    ['x:withdrawn', '1.2.0', ['yanked']],
    ['pacha://x:1.0.0', '1.0.0', []],
  ];
  for (const [text, version, warnings] of found) {
    it(`${text.slice(0, 30)} is ${version}${warnings.length === 0 ? '' : `, ${warnings}`}`, () => {
      const { chosen, warnings: given } = ask(text);
      assert.equal(chosen.version, version);
      assert.deepEqual(
        given,
        warnings.map((kind) => ({ kind, version })),
      );
    });
  }

  const failing: [string, ErrorCode][] = [
    ['x@1.3.0', 'artifact/revoked'],
    [`x@sha256:${digest('d')}`, 'artifact/revoked'],
    ['x@1.4.0', 'artifact/tombstoned'],
    ['x@1.5.0', 'artifact/pending'],
    ['x@9.9.9', 'artifact/not-found'],
    ['x@^3', 'artifact/not-found'],
    ['x@~1.2.0', 'artifact/not-found'],
    ['x@<1.0.0', 'artifact/not-found'],
    [`x@sha256:${digest('9')}`, 'artifact/not-found'],
    ['gone', 'artifact/not-found'],
    ['both', 'artifact/ambiguous'],
    ['both@1.0.0', 'artifact/ambiguous'],
    ['data/x', 'artifact/not-found'],
    ['nobody', 'artifact/not-found'],
    ['x:staging', 'artifact/not-found'],
    ['x:archived', 'artifact/not-found'],
    ['x:broken', 'artifact/not-found'],
    ['data/both:production', 'artifact/not-found'],
  ];
  for (const [text, code] of failing) {
    it(`${text.slice(0, 30)} fails with ${code}`, () => throwsCode(() => ask(text), code));
  }

  it('gives out a revoked version only to who insists, and says so', async () => {
    for (const text of ['x@1.3.0', 'x:broken']) {
      const { chosen, warnings } = ask(text, true);
      assert.equal(chosen.version, '1.3.0');
      assert.deepEqual(warnings, [{ kind: 'revoked', version: '1.3.0' }]);
    }
    await throwsCode(() => ask('x@1.4.0', true), 'artifact/tombstoned');
    assert.equal(ask('x@latest', true).chosen.version, '1.1.0');
  });

  it('says by whose order a version is absent', async () => {
    assert.equal((await throwsCode(() => ask('x@1.4.0'), 'artifact/tombstoned')).facts.by, 'ana');
  });

  it('names what may have been meant', async () => {
    assert.deepEqual((await throwsCode(() => ask('clikcs'), 'artifact/not-found')).facts.didYouMean, ['clicks']);
    assert.deepEqual((await throwsCode(() => ask('model/ealry'), 'artifact/not-found')).facts.didYouMean, [
      'model/early',
    ]);
    assert.deepEqual((await throwsCode(() => ask('x:champoin'), 'artifact/not-found')).facts.didYouMean, ['champion']);
    const { facts } = await throwsCode(() => ask('x@1.0.9'), 'artifact/not-found');
    assert.ok((facts.didYouMean as string[]).includes('1.0.0'));
    assert.ok((facts.versions as string[]).includes('1.5.0 (pending)'));
    const ambiguous = await throwsCode(() => ask('both@^1'), 'artifact/ambiguous');
    assert.deepEqual(ambiguous.facts.candidates, ['data/both@^1', 'model/both@^1']);
    assert.equal((await throwsCode(() => ask('x:staging'), 'artifact/not-found')).facts.pending, '1.5.0');
  });

  /** What is said, and what to do. */
  const words: [text: string, code: ErrorCode, message: string, hint: string | undefined][] = [
    ['both@1.0.0', 'artifact/ambiguous', 'both is the name of 2 artifacts', 'name the kind too'],
    ['x@1.4.0', 'artifact/tombstoned', 'version 1.4.0 is absent by order of ana', undefined],
    ['x@1.5.0', 'artifact/pending', 'version 1.5.0 is pending', 'it takes effect when enough people have signed it'],
    ['x@1.3.0', 'artifact/revoked', 'version 1.3.0 is revoked', 'use another version'],
    ['x:staging', 'artifact/not-found', 'no version of x holds staging (1.5.0 is pending)', undefined],
    ['x:archived', 'artifact/not-found', 'no version of x holds archived', undefined],
    ['clikcs', 'artifact/not-found', 'there is no artifact named clikcs', 'did you mean clicks?'],
    ['model/zzzzzz', 'artifact/not-found', 'there is no model named zzzzzz', undefined],
    ['same@1.0.9', 'artifact/not-found', 'there is no version for same@1.0.9', 'did you mean 1.0.0 or 1.0.1 or 1.0.2?'],
    ['x@^3', 'artifact/not-found', 'there is no version for x@^3', undefined],
  ];
  for (const [text, code, message, hint] of words) {
    it(`says why there is no ${text}`, async () => {
      const error = await throwsCode(() => ask(text), code);
      assert.deepEqual([error.message, error.hint], [message, hint]);
    });
  }

  it('gives facts about what is known, and none about what is not', async () => {
    const facts = async (text: string) => {
      try {
        ask(text);
      } catch (error) {
        return (error as { facts: unknown }).facts;
      }
      return undefined;
    };
    assert.deepEqual(await facts('x@1.3.0'), { asked: 'x@1.3.0', version: '1.3.0' });
    assert.deepEqual(await facts('x@1.4.0'), { asked: 'x@1.4.0', version: '1.4.0', by: 'ana' });
    assert.deepEqual(await facts('x:archived'), { asked: 'x:archived', didYouMean: [] });
    assert.deepEqual(await facts('x:stagin'), { asked: 'x:stagin', didYouMean: [] });
    assert.deepEqual(await facts('x:staging'), { asked: 'x:staging', pending: '1.5.0', didYouMean: [] });
    assert.deepEqual(await facts('x@^3'), {
      asked: 'x@^3',
      didYouMean: [],
      versions: ['2.0.0-rc.1', '1.5.0 (pending)', '1.4.0 (tombstoned)', '1.3.0 (revoked)', '1.2.0 (yanked)'],
    });
  });

  it('says by nobody where nobody is known', async () => {
    const versions = known('model/x@1.0.0 tombstoned').map(({ by: _, ...rest }) => rest);
    const asked = () => resolve(parseReference('x@1.0.0'), { versions, holders: [] });
    const error = await throwsCode(asked, 'artifact/tombstoned');
    assert.deepEqual(
      [error.message, error.facts],
      ['version 1.0.0 is absent by order', { asked: 'x@1.0.0', version: '1.0.0' }],
    );
  });

  it('of one content takes the version in the best standing, and the highest of those', () => {
    const order = ['tombstoned', 'revoked', 'yanked', 'deprecated', 'active'];
    for (const [at, state] of order.entries()) {
      if (at === 0) continue;
      const versions = known(`model/x@1.0.0 ${state}`, `model/x@2.0.0 ${order[at - 1]}`, 'model/x@3.0.0 pending');
      const asked = parseReference(`x@sha256:${digest('a')}`);
      assert.equal(resolve(asked, { versions, holders: [] }, { allowRevoked: true }).chosen.version, '1.0.0', state);
    }
  });

  it('does not take the stage of one artifact for that of another', async () => {
    const other = [lane('early', 'production', '1.0.0'), { ...lane('x', 'production', '1.0.0'), kind: 'data' as Kind }];
    const asked = () => resolve(parseReference('model/x:production'), { versions: X, holders: other });
    const { facts } = await throwsCode(asked, 'artifact/not-found');
    assert.deepEqual(facts.didYouMean, []);
  });

  it('does not depend on the order of what is known', () => {
    for (const text of ['x', 'x@^1', 'early', `same@sha256:${digest('a')}`]) {
      const reversed = { versions: [...X].reverse(), holders: HOLDERS };
      assert.equal(resolve(parseReference(text), reversed).chosen.version, ask(text).chosen.version);
    }
  });
});
