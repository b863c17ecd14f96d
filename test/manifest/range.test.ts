import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatRange, isWithin, looksLikeRange, parseRange, satisfies } from '../../src/manifest/range.js';
import { compareVersions, isPrerelease, parseVersion } from '../../src/manifest/version.js';
import { throwsCode } from '../helpers/throws-code.js';
import { anyVersion } from './arbitraries.js';

/** Range, versions inside, versions outside. */
const CASES: [string, string[], string[]][] = [
  ['^1.2.3', ['1.2.3', '1.2.4', '1.9.0', '1.2.3+x'], ['1.2.2', '2.0.0', '2.0.0-rc.1', '1.3.0-rc.1', '1.2.3-rc.1']],
  ['^1.2', ['1.2.0', '1.9.9'], ['1.1.9', '2.0.0', '2.0.0-0']],
  ['^1', ['1.0.0', '1.9.9'], ['0.9.9', '2.0.0']],
  ['^0.2.3', ['0.2.3', '0.2.9'], ['0.3.0', '0.2.2', '1.0.0']],
  ['^0.0.3', ['0.0.3'], ['0.0.4', '0.0.2']],
  ['^0.0', ['0.0.0', '0.0.9'], ['0.1.0']],
  ['^0', ['0.0.0', '0.9.9'], ['1.0.0']],
  ['^0.0.0', ['0.0.0'], ['0.0.1']],
  ['~1.2.3', ['1.2.3', '1.2.9'], ['1.3.0', '1.2.2', '1.3.0-rc.1']],
  ['~1.2', ['1.2.0', '1.2.9'], ['1.3.0', '1.1.9']],
  ['~1', ['1.0.0', '1.9.9'], ['2.0.0', '0.9.9']],
  ['~0', ['0.0.0', '0.9.0'], ['1.0.0']],
  ['=1.2.3', ['1.2.3', '1.2.3+build'], ['1.2.4', '1.2.3-rc.1']],
  ['>1.2.3', ['1.2.4'], ['1.2.3']],
  ['>=1.2.3', ['1.2.3'], ['1.2.2', '1.2.3-rc.1', '1.2.4-rc.1']],
  ['<2.0.0', ['1.9.9'], ['2.0.0', '2.0.0-rc.1', '1.0.0-rc.1']],
  ['<=2.0.0', ['2.0.0'], ['2.0.1', '2.0.0-rc.1']],
  ['>=1.2.3-beta <2.0.0', ['1.2.3-rc.1', '1.5.0'], ['1.2.3-alpha', '1.5.0-rc.1', '2.0.0-rc.1']],
  ['<2.0.0 >=1.2.3-beta', ['1.2.3-rc.1', '1.5.0'], ['1.5.0-rc.1']],
  ['>=1.0.0 <2.0.0', ['1.5.0'], ['0.9.0', '2.0.0']],
  ['>=1.0.0, <2.0.0', ['1.5.0'], ['0.9.0', '2.0.0']],
  ['>=1.0.0,<2.0.0', ['1.5.0'], ['2.0.0']],
  ['^1.2.3-beta.2', ['1.2.3-beta.2', '1.2.3-rc.1', '1.2.3', '1.4.0'], ['1.2.3-beta.1', '1.3.0-alpha', '2.0.0']],
  ['<2.0.0-rc.2', ['2.0.0-rc.1', '1.0.0'], ['2.0.0-rc.2', '2.0.0']],
  ['=1.0.0-rc.1', ['1.0.0-rc.1'], ['1.0.0']],
  [
    '^99999999999999999999.0.0',
    ['99999999999999999999.1.0'],
    ['100000000000000000000.0.0', '99999999999999999998.9.0'],
  ],
];

describe('ranges', () => {
  for (const [text, inside, outside] of CASES) {
    it(`${text} has what it says`, () => {
      const range = parseRange(text);
      for (const version of inside) assert.equal(satisfies(parseVersion(version), range), true, version);
      for (const version of outside) assert.equal(satisfies(parseVersion(version), range), false, version);
      assert.deepEqual(parseRange(formatRange(range)), range);
    });
  }

  it('lets any pre-release in where nothing else exists, but not one of the upper bound', () => {
    assert.equal(isWithin(parseVersion('1.3.0-rc.1'), parseRange('^1.2')), true);
    assert.equal(isWithin(parseVersion('2.0.0-rc.1'), parseRange('^1.2')), false);
    assert.equal(isWithin(parseVersion('2.0.0-rc.1'), parseRange('<2.0.0')), false);
  });

  it('refuses what is not in the grammar', async () => {
    const bad = [
      '',
      ' ',
      '1.2.3',
      '1.x',
      '^1.x',
      '*',
      '>=1',
      '>1.2',
      '=1.2',
      '^',
      '^01.0',
      '^1.2.3.4',
      '^1.2.3+b',
      '1 - 2',
      '^1 || ^2',
      '>= 1.0.0',
      '=>1.0.0',
      '^v1',
      '!=1.0.0',
      '^1.',
    ];
    for (const text of bad) await throwsCode(() => parseRange(text), 'usage/version');
    await throwsCode(() => parseRange('^1 '.repeat(17)), 'usage/version');
    await throwsCode(() => parseRange('^'.repeat(100_000)), 'usage/version');
  });

  it('bounds by precedence', () => {
    fc.assert(
      fc.property(anyVersion, anyVersion, (version, bound) => {
        const text = bound.split('+')[0] as string;
        const order = compareVersions(version, bound);
        assert.equal(isWithin(version, parseRange(`>=${text}`)), order >= 0);
        assert.equal(isWithin(version, parseRange(`>${text}`)), order > 0);
        assert.equal(isWithin(version, parseRange(`<=${text}`)), order <= 0);
        assert.equal(isWithin(version, parseRange(`=${text}`)), order === 0);
        if (isPrerelease(bound)) assert.equal(isWithin(version, parseRange(`<${text}`)), order < 0);
        const caret = parseRange(`^${text}`);
        if (isWithin(version, parseRange(`~${text}`)) && !text.startsWith('0.')) assert.ok(isWithin(version, caret));
      }),
    );
  });

  it('is told from a version by its first character', () => {
    assert.equal(looksLikeRange('^1'), true);
    assert.equal(looksLikeRange('1.0.0'), false);
  });
});
