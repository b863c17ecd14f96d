import assert from 'node:assert/strict';
import { type Child, runAtOnce, startChild } from '../e2e/children.js';
import { assertFsck, assertVerified, makePerson, type Person, put } from '../e2e/people.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { SCALE, scaled } from '../scale.js';

describe('many processes that register in one working tree at once', () => {
  const dir = useTempDir();
  let ana: Person;
  let registry: string;

  beforeEach(async () => {
    ana = makePerson(dir.path, 'ana');
    registry = dir.at('registry');
    await ana.init(registry);
    ana.git(registry, 'config', 'gc.auto', '0');
  });

  async function assertSound(versions: number): Promise<void> {
    const result = await ana.verify(registry);
    assertVerified(result);
    assert.deepEqual(result.findings, []);
    assert.equal(result.checked.manifests, versions);
    assert.equal(result.checked.tags, versions);
    assert.equal(ana.git(registry, 'rev-list', '--count', 'HEAD'), String(versions + 1));
    assert.equal(ana.git(registry, 'status', '--porcelain'), '');
    assertFsck(ana, registry);
  }

  it(`${SCALE.writers} different artifacts: all acknowledged, reachable, tagged and verified`, async () => {
    for (let round = 1; round <= SCALE.writerRounds; round++) {
      const children: Child[] = [];
      for (let i = 0; i < SCALE.writers; i++) {
        const path = put(dir.at('files', `${i}.bin`), `artifact ${i} of round ${round}`);
        children.push(startChild(ana, registry, `model/number-${i}@${round}.0.0`, path));
      }
      await runAtOnce(children);
      const commits = new Set(ana.git(registry, 'rev-list', 'HEAD').split('\n'));
      for (const { said } of children) {
        assert.equal(said[0]?.state, 'registered', JSON.stringify(said));
        assert.ok(commits.has(said[0]?.commit ?? ''), JSON.stringify(said));
      }
      await assertSound(SCALE.writers * round);
    }
  }).timeout(scaled(90_000));

  it('one version from several with the same bytes: one registers it, the others find it there', async () => {
    const path = put(dir.at('same.bin'), 'same bytes');
    for (let round = 1; round <= SCALE.writerRounds; round++) {
      const start = () => startChild(ana, registry, `model/same@${round}.0.0`, path);
      const children = Array.from({ length: SCALE.twins }, start);
      await runAtOnce(children);
      const states = children.map(({ said }) => said[0]?.state).sort();
      assert.deepEqual(states, ['registered', ...Array(SCALE.twins - 1).fill('unchanged')]);
      assert.equal(new Set(children.map(({ said }) => said[0]?.commit)).size, 1);
      await assertSound(round);
    }
  }).timeout(scaled(60_000));

  it('one version from several with other bytes: one registers it, the others are refused', async () => {
    for (let round = 1; round <= SCALE.writerRounds; round++) {
      const children: Child[] = [];
      for (let i = 0; i < SCALE.twins; i++) {
        const path = put(dir.at('files', `${i}.bin`), `bytes of ${i} in round ${round}`);
        children.push(startChild(ana, registry, `model/same@${round}.0.0`, path));
      }
      await runAtOnce(children);
      const outcomes = children.map(({ said }) => said[0]?.state ?? said[0]?.code).sort();
      assert.deepEqual(outcomes, [...Array(SCALE.twins - 1).fill('artifact/exists'), 'registered']);
    }
    // Objects of those who lost the race lie there unnamed; nothing else may be left.
    const status = ana.git(registry, 'status', '--porcelain', '--untracked-files=all').split('\n');
    assert.ok(
      status.every((line) => /^$|^\?\? objects\/..\/[0-9a-f]{64}\.at1$/.test(line)),
      status.join('\n'),
    );
    const result = await ana.verify(registry);
    assert.deepEqual(result.findings, []);
    assertFsck(ana, registry);
  }).timeout(scaled(60_000));

  it('versions of one artifact are numbered one after the other, none twice', async () => {
    const children: Child[] = [];
    for (let i = 0; i < 6; i++) {
      const path = put(dir.at('files', `${i}.bin`), `bytes of ${i}`);
      children.push(startChild(ana, registry, 'model/next', path));
    }
    await runAtOnce(children);
    const refs = children.map(({ said }) => said[0]?.ref ?? said[0]?.code).sort();
    assert.deepEqual(
      refs,
      ['1.0.0', '1.0.1', '1.0.2', '1.0.3', '1.0.4', '1.0.5'].map((version) => `model/next@${version}`),
    );
    await assertSound(6);
  }).timeout(scaled(60_000));
});
