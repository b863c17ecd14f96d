import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  bumpVersion,
  compareVersions,
  formatVersionParts,
  isPrerelease,
  isVersion,
  parseVersion,
  type Version,
  versionParts,
} from '../../src/manifest/version.js';
import { throwsCode } from '../helpers/throws-code.js';
import { anyVersion } from './arbitraries.js';

const VALID = [
  '0.0.0',
  '1.2.3',
  '10.20.30',
  '1.1.2-prerelease+meta',
  '1.1.2+meta',
  '1.0.0-alpha',
  '1.0.0-alpha.beta.1',
  '1.0.0-alpha0.valid',
  '1.0.0-0A.is.legal',
  '1.0.0-rc.1+build.123',
  '2.0.0+build.1848',
  '1.0.0-alpha-a.b-c--',
  '1.2.3----RC-SNAPSHOT.12.9.1--.12+788',
  '1.0.0+0.build.1-rc.10000aaa-kk-0.1',
  '1.0.0-0',
  '1.0.0+001',
  '99999999999999999999999.999999999999999999.99999999999999999',
];
const INVALID = [
  '',
  '1',
  '1.2',
  '1.2.3.4',
  'v1.2.3',
  '01.2.3',
  '1.02.3',
  '1.2.03',
  '1.2.3-',
  '1.2.3+',
  '1.2.3-01',
  '1.2.3-a..b',
  '1.2.3-a.',
  '1.2.3+a..b',
  '1.2.3+a+b',
  '1.2.3-ä',
  '1.2.3 ',
  ' 1.2.3',
  '-1.2.3',
  '1.-2.3',
  '1.2.3-a_b',
  '+1.2.3',
  '1.2.x',
  '1.2.*',
  '1e3.0.0',
  '१.0.0',
  '1.0.0\n',
  '1.0.0-a.lock',
  '1.0.0+x.LOCK',
  'latest',
  `1.0.${'9'.repeat(200)}`,
];

describe('versions', () => {
  it('accepts what SemVer 2.0 allows and prints it back', () => {
    for (const text of VALID) assert.equal(formatVersionParts(versionParts(parseVersion(text))), text);
  });

  it('refuses everything else', async () => {
    for (const text of INVALID) {
      assert.equal(isVersion(text), false, text);
      await throwsCode(() => parseVersion(text), 'usage/version');
    }
  });

  it('hints at the version without its v', async () => {
    assert.equal((await throwsCode(() => parseVersion('v1.2.3'), 'usage/version')).hint, 'write 1.2.3');
  });

  it('orders the published example of SemVer', () => {
    const order = [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
    ];
    checkOrder(order);
    checkOrder(['1.0.0', '2.0.0', '2.1.0', '2.1.1']);
  });

  it('compares numbers of any length exactly', () => {
    checkOrder(['1.0.9007199254740992', '1.0.9007199254740993', '1.0.10000000000000000000000', '1.1.0']);
    checkOrder(['1.0.0-9007199254740992', '1.0.0-9007199254740993', '1.0.0-a']);
    // A hyphen comes before the digits by its byte; by precedence digits come before everything.
    checkOrder(['1.0.0-5', '1.0.0--5', '1.0.0-0a']);
  });

  it('gives build metadata no precedence', () => {
    assert.equal(compareVersions(parseVersion('1.0.0+a'), parseVersion('1.0.0+b')), 0);
    assert.equal(compareVersions(parseVersion('1.0.0-rc.1+a'), parseVersion('1.0.0-rc.1')), 0);
  });

  it('is a total order up to build metadata', () => {
    fc.assert(
      fc.property(anyVersion, anyVersion, anyVersion, (a, b, c) => {
        assert.equal(Math.sign(compareVersions(a, b)), -Math.sign(compareVersions(b, a)) + 0);
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) assert.ok(compareVersions(a, c) <= 0);
      }),
    );
  });

  it('prints every version back', () => {
    fc.assert(fc.property(anyVersion, (version) => formatVersionParts(versionParts(version)) === version));
  });

  it('bumps releases, and finishes pre-releases', () => {
    const cases: [string, 'major' | 'minor' | 'patch', string][] = [
      ['1.2.3', 'patch', '1.2.4'],
      ['1.2.3', 'minor', '1.3.0'],
      ['1.2.3', 'major', '2.0.0'],
      ['1.2.3-rc.1', 'patch', '1.2.3'],
      ['1.3.0-rc.1', 'minor', '1.3.0'],
      ['1.3.1-rc.1', 'minor', '1.4.0'],
      ['2.0.0-rc.1', 'major', '2.0.0'],
      ['2.1.0-rc.1', 'major', '3.0.0'],
      ['2.0.1-rc.1', 'major', '3.0.0'],
      ['1.2.3+x', 'patch', '1.2.4'],
      ['0.0.9007199254740993', 'patch', '0.0.9007199254740994'],
    ];
    for (const [from, bump, to] of cases) assert.equal(bumpVersion(parseVersion(from), bump), to);
  });

  it('bumps to something higher', () => {
    fc.assert(
      fc.property(anyVersion, fc.constantFrom('major', 'minor', 'patch'), (version, bump) => {
        const bumped = bumpVersion(version, bump);
        assert.ok(compareVersions(bumped, version) > 0);
        assert.equal(isPrerelease(bumped), false);
        assert.equal(isPrerelease(version), (version.split('+')[0] as string).includes('-'));
      }),
    );
  });
});

function checkOrder(order: readonly string[]): void {
  const versions = order.map((text): Version => parseVersion(text));
  for (const [i, a] of versions.entries()) {
    for (const [j, b] of versions.entries())
      assert.equal(Math.sign(compareVersions(a, b)), Math.sign(i - j), `${a} ${b}`);
  }
}
