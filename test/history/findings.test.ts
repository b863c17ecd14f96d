/** Every word that history/ says about a registry in which everything went wrong once. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { FoldResult } from '../../src/history/fold.js';
import type { Finding } from '../../src/registry/finding.js';
import { type Troubled, troubledHistory } from '../helpers/troubled-history.js';

/** Steps after which it is looked at: the first trouble, the merge, the end. */
const LOOKS = [2, 6, 19];

/** A line for each finding, and one for each version with those about it below; `#2` for the second mainline commit. */
function tell({ state }: FoldResult, { steps }: Troubled): string[] {
  const short = (text: string) =>
    steps.reduce((all, oid, i) => all.replaceAll(oid, `#${i}`).replaceAll(oid.slice(0, 12), `#${i}`), text);
  const line = ({ severity, code, subject, message, hint }: Finding) =>
    short(`${severity} ${code} ${subject}: ${message}${hint === null ? '' : ` (${hint})`}`);
  return [
    ...state.findings.map(line),
    ...[...state.versions.values()].flatMap((row) => [
      short(
        `${row.path} landed ${row.commit} effective ${row.effective} signed by ${row.signers.join(' and ') || 'nobody'}`,
      ),
      ...row.problems.map((found) => `  ${line(found)}`),
    ]),
  ];
}

describe('the findings of a troubled history', () => {
  it('are these, word by word', async () => {
    const troubled = await troubledHistory();
    const told: string[] = [];
    for (const look of LOOKS) {
      const tip = troubled.steps[look];
      assert.ok(tip !== undefined);
      told.push(`after #${look}`, ...tell(await troubled.b.fold(tip), troubled), '');
    }
    const wanted = readFileSync(new URL('../fixtures/history/troubled.txt', import.meta.url), 'utf8');
    assert.equal(told.join('\n'), wanted);
  });
});
