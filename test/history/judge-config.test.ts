import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import { ana, bo, eve, HistoryBuilder, type Key } from '../helpers/registry-fixture.js';

describe('a change of at1.toml', () => {
  let b: HistoryBuilder;
  let root: Oid;

  beforeEach(async () => {
    b = await HistoryBuilder.make();
    const rules = [
      { artifacts: ['*'], actions: ['policy', 'configure'], role: 'owner', threshold: 1 },
      { artifacts: ['**'], actions: ['register'], role: 'publisher', threshold: 1 },
    ];
    const roles = { owner: ['ana'], publisher: ['ana', 'bo'] };
    root = await b.commit([], await b.genesis(ana, { principals: [ana, bo], roles, rules }));
  });

  async function told(key: Key | null, from = root): Promise<readonly string[]> {
    const config = new TextDecoder().decode(b.bytesAt(from, 'at1.toml')).replace('"main"', '"trunk"');
    const tip = await b.commit([from], { 'at1.toml': config }, { key });
    const { state } = await b.fold(tip);
    assert.equal(state.branch, 'trunk');
    return state.findings.map(({ code, severity, subject, message }) => [severity, code, subject, message].join(' '));
  }

  it('is nothing to tell where somebody who may configure signed the commit', async () => {
    assert.deepEqual(await told(ana), []);
  });

  it('is told where somebody without the right did, a stranger, or nobody', async () => {
    const why = 'changed at1.toml, and the policy gives no right to configure';
    assert.deepEqual(await told(bo), [`warning policy/denied at1.toml bo ${why}`]);
    for (const key of [eve, null]) {
      assert.deepEqual(await told(key), [
        `warning policy/denied at1.toml a commit that nobody of the policy signed ${why}`,
      ]);
    }
  });

  it('is judged by the policy before its own commit', async () => {
    const change = { principals: [ana, bo], owners: [ana, bo] };
    const config = new TextDecoder().decode(b.bytesAt(root, 'at1.toml')).replace('"main"', '"trunk"');
    const tip = await b.commit(
      [root],
      { ...(await b.policy(2, root, [ana], change)), 'at1.toml': config },
      { key: bo },
    );
    const { state } = await b.fold(tip);
    assert.deepEqual(
      state.findings.map(({ code }) => code),
      ['policy/denied'],
    );
  });
});
