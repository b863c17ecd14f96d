import assert from 'node:assert/strict';
import { parseDigest } from '../../src/digest/digest.js';
import { parseVersion } from '../../src/manifest/version.js';
import { planRegistration } from '../../src/registry/plan-registration.js';
import { throwsCode } from '../helpers/throws-code.js';

const ones = parseDigest('1'.repeat(64));
const twos = parseDigest('2'.repeat(64));
const known = [{ version: parseVersion('1.0.0'), content: ones }];

describe('planRegistration', () => {
  it('takes a version that is not there', () => {
    assert.deepEqual(planRegistration('model/a', parseVersion('1.0.1'), ones, known), { kind: 'new' });
  });

  it('finds the same bytes under the same version unchanged', () => {
    assert.deepEqual(planRegistration('model/a', parseVersion('1.0.0'), ones, known), { kind: 'unchanged' });
  });

  it('refuses other bytes under the same version', async () => {
    const error = await throwsCode(
      () => planRegistration('model/a', parseVersion('1.0.0'), twos, known),
      'artifact/exists',
    );
    assert.deepEqual(error.facts, { registered: `sha256:${ones}`, given: `sha256:${twos}` });
    assert.equal(error.message, 'model/a@1.0.0 is registered with other bytes');
    assert.equal(error.hint, 'versions are immutable: choose a new one, or leave the version out to take the next');
  });

  it('refuses a version that differs in build metadata only', async () => {
    await throwsCode(() => planRegistration('model/a', parseVersion('1.0.0+b'), ones, known), 'usage/version');
  });
});
