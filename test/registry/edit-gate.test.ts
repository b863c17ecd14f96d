/** What a policy asks of every gate, written into its text: beside anything people wrote there, and read back. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import type { Digest } from '../../src/digest/digest.js';
import type { LaneName, PrincipalName } from '../../src/manifest/name.js';
import { parseRegistryId } from '../../src/manifest/registry-id.js';
import { addingBar } from '../../src/registry/edit-bars.js';
import { demandingObjects } from '../../src/registry/edit-gate.js';
import { editPolicy } from '../../src/registry/edit-policy.js';
import { initialPolicy } from '../../src/registry/initial-policy.js';
import { OBJECT_CHECKS, type ObjectCheck, parsePolicy } from '../../src/registry/policy.js';
import { throwsCode } from '../helpers/throws-code.js';

const A = 'a'.repeat(64) as Digest;
const initial = initialPolicy({
  registry: parseRegistryId('01KAQ4Z6W3T8YB0JV9N2M5X7CD'),
  principal: 'ana' as PrincipalName,
  key: 'ssh-ed25519 AAAAana',
}).concat('\n# the end\n');
const demand = (text: string, objects: ObjectCheck) => editPolicy(text, demandingObjects(objects), A);
const bar = (text: string, metric: string) =>
  editPolicy(text, addingBar({ artifact: 'model/x', stage: 'production' as LaneName, metric }), A);

describe('what a policy asks of gates', () => {
  it('comes below all else, and is changed where it stands, comments kept', async () => {
    const one = demand(initial, 'decode');
    assert.ok(one.endsWith('\nthreshold = 1\n\n[gate]\nobjects = "decode"\n\n# the end\n'), one);
    const said = one.replace('"decode"\n', "'decode'   # byte by byte\n");
    assert.ok(demand(said, 'present').includes('\n[gate]\nobjects = "present"   # byte by byte\n'));
    await throwsCode(() => demand(one, 'decode'), 'policy/exists');
    await throwsCode(() => demand(initial, 'skip'), 'policy/exists');
  });

  it('is edited by hand where it is no table', async () => {
    const inline = initial.replace('version', 'gate = { objects = "decode" }\nversion');
    assert.equal(parsePolicy(utf8(inline)).gateObjects, 'decode');
    const { hint } = await throwsCode(() => demand(inline, 'present'), 'policy/invalid');
    assert.match(hint ?? '', /by hand: .*say objects = "present" in \[gate\]/);
  });

  it('stays what was said last, whatever else is edited before and after', () => {
    const edits = fc.array(fc.oneof(fc.constantFrom(...OBJECT_CHECKS), fc.integer({ min: 0, max: 99 })), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(edits, (steps) => {
        let [text, said, bars]: [string, ObjectCheck, number] = [initial, 'skip', 0];
        for (const [i, step] of steps.entries()) {
          if (typeof step === 'number') [text, bars] = [bar(text, `m${i} >= ${step}`), bars + 1];
          else if (step !== said) [text, said] = [demand(text, step), step];
        }
        const policy = parsePolicy(utf8(text));
        assert.deepEqual([policy.gateObjects, policy.bars.length], [said, bars]);
      }),
    );
  });
});
