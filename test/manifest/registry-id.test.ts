import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { isBranchName, parseRegistryId } from '../../src/manifest/registry-id.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('registry ids', () => {
  it('are canonical ULIDs', async () => {
    parseRegistryId('01KAQ4Z6W3T8YB0JV9N2M5X7CD');
    parseRegistryId('7ZZZZZZZZZZZZZZZZZZZZZZZZZ');
    for (const id of [
      '',
      '8ZZZZZZZZZZZZZZZZZZZZZZZZZ',
      '01kaq4z6w3t8yb0jv9n2m5x7cd',
      '01KAQ4Z6W3T8YB0JV9N2M5X7C',
      '01KAQ4Z6W3T8YB0JV9N2M5X7CI',
      '01KAQ4Z6W3T8YB0JV9N2M5X7CDE',
    ]) {
      await throwsCode(() => parseRegistryId(id), 'usage/invalid');
    }
  });
});

describe('branch names', () => {
  it('are those git accepts', () => {
    const names = [
      'main',
      'a/b',
      'feature/x-1',
      'a.b',
      'ä',
      'a@b',
      'v1.0',
      'A',
      '1',
      '',
      '-a',
      'a..b',
      'a b',
      'a~b',
      'a^b',
      'a:b',
      'a?b',
      'a*b',
      'a[b',
      'a\\b',
      'a.lock',
      'a.lock/b',
      '.a',
      'a/.b',
      'a.',
      '/a',
      'a/',
      'a//b',
      'a@{b',
      'HEAD',
      'a\u0001b',
      'a\u007fb',
    ];
    for (const name of names) {
      const { status } = spawnSync('git', ['check-ref-format', '--branch', name], { cwd: '/' });
      assert.equal(isBranchName(name), status === 0, JSON.stringify(name));
    }
    // Git takes this one for another way to write HEAD.
    assert.equal(isBranchName('@'), false);
  });
});
