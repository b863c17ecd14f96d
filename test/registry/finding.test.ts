/** Findings as plain data. */
import assert from 'node:assert/strict';
import { At1Error } from '../../src/errors.js';
import { finding, findingOf, hasErrors } from '../../src/registry/finding.js';

describe('a finding', () => {
  it('is what was given, without a hint where there is none', () => {
    const about = { code: 'key/weak', subject: 's', message: 'm' } as const;
    assert.deepEqual(finding('note', 'key/weak', 's', 'm'), { ...about, severity: 'note', hint: null });
    assert.deepEqual(finding('note', 'key/weak', 's', 'm', 'h'), { ...about, severity: 'note', hint: 'h' });
    assert.deepEqual(findingOf(new At1Error('key/weak', { message: 'm' }), 's'), {
      ...about,
      severity: 'error',
      hint: null,
    });
    assert.deepEqual(findingOf(new At1Error('key/weak', { message: 'm', hint: 'h' }), 's', 'warning'), {
      ...about,
      severity: 'warning',
      hint: 'h',
    });
  });

  it('is an error or is not', () => {
    const all = (['error', 'warning', 'note'] as const).map((severity) => finding(severity, 'key/weak', 's', 'm'));
    assert.deepEqual(
      all.map((one) => hasErrors([one])),
      [true, false, false],
    );
    assert.deepEqual([hasErrors(all), hasErrors([])], [true, false]);
  });
});
