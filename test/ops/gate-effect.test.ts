/** What the target has in effect stays so, and what others are signing can still come: whoever pushes, with or without a key. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import { type Environment, gate, openRegistry } from '../../src/index.js';
import { eventFiles } from '../helpers/event-fixture.js';
import { codesOf } from '../helpers/fold-results.js';
import {
  ana,
  bo,
  environmentOf,
  HistoryBuilder,
  type NewFile,
  type PolicyChange,
} from '../helpers/registry-fixture.js';
import { useTempDir } from '../helpers/temp-dir.js';

const ALONE = { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 } as const;
const REVOKED_BY_TWO = [{ artifacts: ['*'], actions: ['revoke'], role: 'owner', threshold: 2 } as const, ALONE];

describe('the gate keeps', () => {
  const dir = useTempDir();
  let b: HistoryBuilder;
  let environment: Partial<Environment>;
  let version: Oid;

  beforeEach(async () => {
    b = await HistoryBuilder.make();
    environment = await environmentOf(dir.at('home'), ana);
  });

  async function begin(rules: PolicyChange['rules']): Promise<void> {
    const root = await b.commit([], await b.genesis(ana, { principals: [ana, bo], rules }));
    version = await b.commit([root], await b.version('model/x@1.0.0'));
  }

  async function judge(base: Oid, head: Oid, isPush = false) {
    b.writeTo(dir.at('registry'), head);
    const registry = await openRegistry({ dir: dir.at('registry'), at: base, environment });
    return gate(registry, { head, isPush });
  }

  it('commits in which the registry is in another folder, which history would warn of for ever', async () => {
    await begin([ALONE]);
    const genesis = Object.entries(await b.genesis(ana, { principals: [ana, bo], rules: [ALONE] }));
    const moved = Object.fromEntries(genesis.map(([path, file]) => [`elsewhere/${path}`, file]));
    const side = await b.commit([], moved, { key: null });
    const merged = await b.commit([version, side], { 'README.md': 'x' }, { key: null, onto: version });
    for (const isPush of [false, true]) {
      const { ok, findings } = await judge(version, merged, isPush);
      assert.equal(ok, false);
      assert.deepEqual(codesOf(findings), ['history/registry-changed']);
      assert.match(findings.find(({ severity }) => severity === 'error')?.message ?? '', /in 'elsewhere' there/);
    }
    const plain = await b.commit([version, await b.commit([], { 'a/b': 'x' })], {}, { key: null, onto: version });
    assert.deepEqual(codesOf((await judge(version, plain)).findings), []);
  });

  it('a revocation that a merge would take out of effect, with a copy of a later policy from before it', async () => {
    await begin([ALONE]);
    const revoked = await b.commit([version], await eventFiles(b, version, 'revoke', 'model/x@1.0.0'));
    const target = await b.commit(
      [revoked],
      await b.policy(2, revoked, [ana], { principals: [ana, bo], rules: REVOKED_BY_TWO }),
    );
    const copied = await b.commit([version], b.filesBelow(target, '.at1'), { key: null });
    const merged = await b.commit([target, copied], {}, { key: null });
    for (const isPush of [false, true]) {
      const { ok, findings } = await judge(target, merged, isPush);
      assert.equal(ok, false);
      assert.deepEqual(codesOf(findings), ['history/rewound']);
    }
    // The same without the merge changes nothing, and may land.
    assert.equal((await judge(target, await b.commit([target], {}, { key: null }))).ok, true);
  });

  it('an event that waits elsewhere: a change that brings it and takes it away again would burn it', async () => {
    await begin(REVOKED_BY_TWO);
    const event = await eventFiles(b, version, 'revoke', 'model/x@1.0.0', { keys: [bo] });
    const gone: Record<string, NewFile | null> = Object.fromEntries(Object.keys(event).map((path) => [path, null]));
    const brought = await b.commit([version], event, { key: null });
    const burnt = await b.commit([brought], gone, { key: null });
    const { ok, findings } = await judge(version, burnt);
    assert.equal(ok, false);
    assert.deepEqual(codesOf(findings), ['event/refused']);
    // Where it waits on the target already, whoever lets changes in may clear it away.
    assert.equal((await judge(brought, burnt)).ok, true);
  });
});
