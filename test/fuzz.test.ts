/** Every target of fuzz/ for a while, with fixed seeds so that a run says the same twice; `npm run fuzz` goes on from there. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runSession, type SessionResult } from '../fuzz/run-session.js';
import { TARGETS } from '../fuzz/targets/index.js';
import { SCALE, scaled } from './scale.js';

const SEED = 1;
const names = TARGETS.map(({ name }) => name);

describe('fuzzing', function () {
  this.timeout(scaled(300_000));
  const results = new Map<string, SessionResult>();

  before(async () => {
    const request = { targets: names, cases: SCALE.fuzzCases, seed: SEED, keep: false };
    await runSession(request, (result) => results.set(result.target, result));
  });

  for (const { name, kind, oneIn = 1 } of TARGETS) {
    it(`finds nothing in ${name}`, () => {
      const result = results.get(name);
      assert.ok(result !== undefined, 'the target did not run');
      const findings = result.findings.map(
        ({ problem, input }) => `${problem}\n  input in base64: ${input ?? 'unknown'}`,
      );
      assert.deepEqual(findings, [], `keep it with: npm run fuzz -- ${name} --cases ${SCALE.fuzzCases} --seed ${SEED}`);
      assert.ok(result.cases >= SCALE.fuzzCases / oneIn, `only ${result.cases} cases`);
      if (kind === 'parser')
        assert.ok(result.accepted > 0, 'nothing was accepted, so nothing that is accepted was tried');
    });
  }

  it('lists every target in docs/fuzzing.md, with what is held against it', () => {
    const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'fuzzing.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `([a-z0-9-]+)` +\| ([0-9]+) +\| (.+?) +\|$/gm)].map(
      ([, name, oneIn, about]) => ({
        name,
        oneIn,
        about,
      }),
    );
    assert.deepEqual(
      rows,
      TARGETS.map(({ name, oneIn = 1, about }) => ({ name, oneIn: String(oneIn), about })),
    );
  });
});
