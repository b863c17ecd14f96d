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
    await throwsCode(() => checkNewVersion(existing, parseVersion('1.0.0')), 'artifact/exists');
    for (const text of ['1.0.0+x', '1.2.0', '1.2.0+b', '1.1.0-RC1', '2.0.0-a.lock', '2.0.0+x.LOCK']) {
      await throwsCode(() => checkNewVersion(existing, parseVersion(text)), 'usage/version');
    }
    checkNewVersion(existing, parseVersion('0.9.0'));
    checkNewVersion(existing, parseVersion('1.1.0-rc2+a'));
  });
});
