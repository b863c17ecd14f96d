import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareVersions, parseVersion, type Version } from '../../src/manifest/version.js';
import { checkNewVersion, nextVersion } from '../../src/registry/next-version.js';
import { throwsCode } from '../helpers/throws-code.js';
import { anyVersion } from '../manifest/arbitraries.js';

const versions = (...texts: string[]): Version[] => texts.map(parseVersion);

describe('the next version', () => {
  it('is one bump above the highest release', () => {
    assert.equal(nextVersion([]), '1.0.0');
    assert.equal(nextVersion([], 'major'), '1.0.0');
    assert.equal(nextVersion(versions('1.2.9', '1.10.0', '1.9.0')), '1.10.1');
    assert.equal(nextVersion(versions('1.2.9'), 'minor'), '1.3.0');
    assert.equal(nextVersion(versions('1.2.9'), 'major'), '2.0.0');
    assert.equal(nextVersion(versions('1.2.9+build')), '1.2.10');
    assert.equal(nextVersion(versions('1.2.9', '2.0.0-rc.1')), '1.2.10');
    assert.equal(nextVersion(versions('3.0.0', '2.0.0', '1.0.0')), '3.0.1');
  });

  it('finishes a pre-release where there is no release', () => {
    assert.equal(nextVersion(versions('1.0.0-rc.1')), '1.0.0');
    assert.equal(nextVersion(versions('0.1.0-a', '2.0.0-rc.1')), '2.0.0');
  });

  it('is always new', () => {
    fc.assert(
      fc.property(
        fc.array(anyVersion, { maxLength: 8 }),
        fc.constantFrom('major', 'minor', 'patch'),
        (existing, bump) => {
          const next = nextVersion(existing, bump);
          if (existing.some((version) => compareVersions(version, next) === 0)) assert.fail(`${existing} ${next}`);
          checkNewVersion(existing, next);
        },
      ),
    );
  });
});

describe('a new version', () => {
  it('is refused where it could be taken for another', async () => {
    const existing = versions('1.0.0', '1.1.0-rc1', '1.2.0+a');
    const same = await throwsCode(() => checkNewVersion(existing, parseVersion('1.0.0')), 'artifact/exists');
    assert.deepEqual(
      [same.message, same.hint, same.facts],
      ['version 1.0.0 exists already', 'versions are immutable: register the next one', { version: '1.0.0' }],
    );
    const precedence = (other: string) => `has the same precedence as ${other}: they differ only in build metadata`;
    for (const [version, other, why] of [
      ['1.0.0+x', '1.0.0', precedence('1.0.0')],
      ['1.2.0', '1.2.0+a', precedence('1.2.0+a')],
      ['1.2.0+b', '1.2.0+a', precedence('1.2.0+a')],
      ['1.1.0-RC1', '1.1.0-rc1', 'differs from 1.1.0-rc1 only in capitals'],
    ] as const) {
      const error = await throwsCode(() => checkNewVersion(existing, parseVersion(version)), 'usage/version');
      assert.deepEqual(
        [error.message, error.hint, error.facts],
        [`version ${version} ${why}`, 'choose another version', { version, other }],
      );
    }
    checkNewVersion(existing, parseVersion('0.9.0'));
    checkNewVersion(existing, parseVersion('1.1.0-rc2+a'));
  });
});
