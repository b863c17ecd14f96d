/** Asserts that a function (sync or async) fails with an At1Error of the given code; returns the error. */
import assert from 'node:assert/strict';
import { At1Error, type ErrorCode } from '../../src/errors.js';

export async function throwsCode(fn: () => unknown, code: ErrorCode): Promise<At1Error> {
  try {
    await fn();
  } catch (error) {
    assert.ok(error instanceof At1Error, `expected an At1Error, got ${String(error)}`);
    assert.equal(error.code, code, `${error.code}: ${error.message}`);
    return error;
  }
  assert.fail(`expected ${code}, but nothing was thrown`);
}
