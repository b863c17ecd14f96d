/** Runs the table tests that lie beside the policy against the policy as it lies in the work tree. */
import { join, resolve } from 'node:path';
import { At1Error } from '../errors.js';
import { POLICY_LIMIT, readPolicyTests } from '../manifest/documents.js';
import { POLICY_TESTS_PATH } from '../manifest/layout-of-registry.js';
import { parsePolicy } from '../registry/policy.js';
import { type PolicyTestOutcome, runPolicyTest } from '../registry/test-policy.js';
import { readFileBounded } from '../store/read-file.js';
import { readWorkingPolicy } from './change-policy.js';
import type { Registry } from './open-registry.js';

export interface TestPolicyResult {
  readonly ok: boolean;
  /** Version of the policy that was tested. */
  readonly version: number;
  readonly passed: number;
  readonly failed: number;
  readonly tests: readonly PolicyTestOutcome[];
}

/** `file`: default `.at1/policy/tests.toml`. Throws `usage/path` where there is none, `document/*`, `policy/invalid`. */
export async function testPolicy(registry: Registry, file?: string): Promise<TestPolicyResult> {
  const path = file === undefined ? join(registry.root, ...POLICY_TESTS_PATH.split('/')) : resolve(file);
  const bytes = await readFileBounded(path, POLICY_LIMIT);
  if (bytes === undefined) {
    throw new At1Error('usage/path', {
      message: `there is no file ${path}`,
      hint: `write ${POLICY_TESTS_PATH}: [[tests]] with name, who, action, artifact and allowed`,
      facts: { path },
    });
  }
  const { tests } = readPolicyTests(bytes);
  const working = await readWorkingPolicy(registry);
  if (working === undefined) {
    throw new At1Error('usage/path', { message: 'there is no policy in the work tree', hint: 'check the branch out' });
  }
  const policy = parsePolicy(working);
  const outcomes = tests.map((test) => runPolicyTest(policy, test));
  const passed = outcomes.filter(({ ok }) => ok).length;
  const failed = outcomes.length - passed;
  return { ok: failed === 0, version: policy.version, passed, failed, tests: outcomes };
}
