import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { At1Error } from '../../src/errors.js';
import { openRegistry } from '../../src/index.js';
import { onNewestHead } from '../../src/ops/on-newest-head.js';
import { makePerson } from '../e2e/people.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('a change that is planned again where the branch moved', () => {
  const dir = useTempDir();

  it('holds the index of git from the fourth attempt on, and gives it back after each', async () => {
    const ana = makePerson(dir.path, 'ana');
    await ana.init(dir.at('registry'));
    const registry = await openRegistry({ dir: dir.at('registry'), environment: ana.environment });
    const lock = dir.at('registry/.git/index.lock');
    const held: boolean[] = [];
    const refused = () => new At1Error('git/ref-conflict', { message: 'moved' });
    const result = await onNewestHead(registry, async () => {
      held.push(existsSync(lock));
      if (held.length < 5) throw refused();
      return 'done';
    });
    assert.equal(result, 'done');
    assert.deepEqual(held, [false, false, false, true, true]);
    assert.ok(!existsSync(lock));

    let attempts = 0;
    const never = async () => {
      attempts++;
      throw refused();
    };
    await throwsCode(() => onNewestHead(registry, never), 'git/ref-conflict');
    assert.equal(attempts, 100);
    assert.ok(!existsSync(lock));
    const other = async () => {
      throw new At1Error('policy/denied', { message: 'no' });
    };
    await throwsCode(() => onNewestHead(registry, other), 'policy/denied');
  });
});
