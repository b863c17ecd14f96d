import assert from 'node:assert/strict';
import { utf8 } from '../../src/bytes/text.js';
import type { Digest } from '../../src/digest/digest.js';
import type { Oid } from '../../src/git-format/oid.js';
import type { LaneName, PrincipalName } from '../../src/manifest/name.js';
import { parseRegistryId } from '../../src/manifest/registry-id.js';
import { addingBar, removingBars, revokingKeys } from '../../src/registry/edit-bars.js';
import { editPolicy } from '../../src/registry/edit-policy.js';
import { initialPolicy } from '../../src/registry/initial-policy.js';
import { parsePolicy } from '../../src/registry/policy.js';
import { throwsCode } from '../helpers/throws-code.js';

const A = 'a'.repeat(64) as Digest;
const C = 'c'.repeat(40) as Oid;
const production = 'production' as LaneName;
const initial = initialPolicy({
  registry: parseRegistryId('01KAQ4Z6W3T8YB0JV9N2M5X7CD'),
  principal: 'ana' as PrincipalName,
  key: 'ssh-ed25519 AAAAana',
}).concat('\n# the end\n');
const TOP = /^(version|previous) .*\n/gm;
const add = (text: string, metric: string, artifact = 'model/x') =>
  editPolicy(text, addingBar({ artifact, stage: production, metric }), A);
const remove = (text: string, metric?: string, artifact = 'model/x') =>
  editPolicy(text, removingBars({ artifact, stage: production, metric }), A);

describe('bars', () => {
  it('come below the rules, one below the other, and go again', async () => {
    const one = add(initial, 'auc >= 0.90');
    assert.ok(
      one.endsWith(
        '\n\n[[bars]]\nartifacts = ["model/x"]\nstage = "production"\nmetric = "auc >= 0.90"\n\n# the end\n',
      ),
      one,
    );
    const more = add(add(one, 'loss < 1'), 'auc >= 0.9', 'model/**');
    assert.equal(parsePolicy(utf8(more)).bars.length, 3);
    assert.deepEqual(
      parsePolicy(utf8(remove(more, 'auc >= 0.9'))).bars.map(({ bound }) => bound.metric),
      ['loss', 'auc'],
    );
    assert.equal(remove(remove(more), undefined, 'model/**').replaceAll(TOP, ''), initial.replaceAll(TOP, ''));
    await throwsCode(() => add(one, 'auc >= 0.9'), 'policy/exists');
    await throwsCode(() => remove(one, 'auc > 0.9'), 'usage/name');
    await throwsCode(() => remove(one, undefined, 'model/y'), 'usage/name');
    await throwsCode(() => add(one, 'auc'), 'usage/invalid');
    await throwsCode(() => add(one, 'auc > 1', 'nothing'), 'policy/invalid');
  });

  it('are edited by hand where they are no tables', async () => {
    const inline = initial.replace(
      'version',
      'bars = [{ artifacts = ["model/x"], stage = "production", metric = "a > 1" }]\nversion',
    );
    await throwsCode(() => add(inline, 'auc > 1'), 'policy/invalid');
    await throwsCode(() => remove(inline), 'policy/invalid');
  });
});

describe('revoked keys', () => {
  const revoke = (text: string, keys: readonly string[], reason = 'stolen') =>
    editPolicy(text, revokingKeys({ keys, cutoff: C, reason }), A);

  it('are listed once, with the cutoff and the reason', async () => {
    const text = revoke(initial, ['ssh-ed25519 AAAAana', 'ssh-ed25519 AAAAold ana@old']);
    assert.deepEqual(parsePolicy(utf8(text)).revoked, [
      { key: 'ssh-ed25519 AAAAana', cutoff: C, reason: 'stolen' },
      { key: 'ssh-ed25519 AAAAold ana@old', cutoff: C, reason: 'stolen' },
    ]);
    await throwsCode(() => revoke(text, ['ssh-ed25519 AAAAold another comment']), 'policy/exists');
    await throwsCode(() => revoke(initial, ['ssh-ed25519 AAAAx'], ''), 'document/schema');
    await throwsCode(() => revoke(initial, ['ssh-ed25519 AAAAx'], 'two\nlines'), 'policy/invalid');
  });
});
