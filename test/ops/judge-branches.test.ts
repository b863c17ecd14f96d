/**
 * A branch that was turned around by a merge must still hold every version that was seen in effect, with the same
 * bytes: whoever may merge must not take back what others relied on by making it a late arrival.
 */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import { get, openRegistry, pull, verify } from '../../src/index.js';
import { git } from '../helpers/git.js';
import { ana, bo, type Changes, environmentOf, HistoryBuilder } from '../helpers/registry-fixture.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('a turned branch, against what was seen there before', () => {
  const dir = useTempDir();
  let b: HistoryBuilder;
  let tip: Oid;
  /** What everybody has seen: a version of bo's in effect. */
  let seen: Oid;
  let environment: Awaited<ReturnType<typeof environmentOf>>;

  beforeEach(async () => {
    b = await HistoryBuilder.make();
    const root = await b.commit([], await b.genesis(ana, { principals: [ana, bo], owners: [ana, bo] }));
    tip = await b.commit([root], await b.version('model/x@1.0.0'));
    seen = await b.commit([tip], await b.version('data/y@1.0.0', { keys: [bo] }), { key: bo });
    environment = await environmentOf(dir.at('home'), ana);
    git(dir.path, ['init', '--quiet', '--bare', '--initial-branch=main', 'remote.git']);
    publish(seen);
    git(dir.path, ['clone', '--quiet', 'remote.git', 'mine']);
    assert.equal((await check()).ok, true);
  });

  const open = () => openRegistry({ dir: dir.at('mine'), environment });
  const check = async () => verify(await open());

  function publish(commit: Oid): void {
    b.writeObjects(dir.at('remote.git'));
    git(dir.at('remote.git'), ['update-ref', 'refs/heads/main', commit]);
  }

  /** The remote's branch becomes a merge whose first parent is `side` and whose second is what was seen. */
  async function turn(side: Oid, changes: Changes): Promise<readonly (readonly [code: string, subject: string])[]> {
    publish(await b.commit([side, seen], changes));
    git(dir.at('mine'), ['fetch', '--quiet', '--force', 'origin']);
    git(dir.at('mine'), ['reset', '--quiet', '--hard', 'origin/main']);
    const { findings } = await check();
    return findings.filter(({ severity }) => severity === 'error').map(({ code, subject }) => [code, subject]);
  }

  it('is refused where a policy put before it takes the effect from a version', async () => {
    const side = await b.commit([tip], await b.policy(2, tip, [ana], { principals: [ana] }));
    const errors = await turn(side, b.filesBelow(seen, 'data'));
    assert.ok(errors.some(([code, subject]) => code === 'history/rewound' && subject === 'data/y/1.0.0.toml'));
    // What it takes away is one version, but nothing tells what else was meant: nothing is read from it.
    await throwsCode(async () => get(await open(), { ref: 'model/x', out: dir.at('out') }), 'history/rewound');
  });

  it('is refused where a version has other bytes than were seen', async () => {
    const other = await b.version('data/y@1.0.0', { content: 'other bytes' });
    const side = await b.commit([tip], other);
    const errors = await turn(side, {});
    assert.ok(errors.some(([code, subject]) => code === 'history/rewound' && subject === 'data/y/1.0.0.toml'));
  });

  it('is not pulled, and what comes after it is put right is', async () => {
    const side = await b.commit([tip], await b.policy(2, tip, [ana], { principals: [ana] }));
    publish(await b.commit([side, seen], b.filesBelow(seen, 'data')));
    for (let times = 0; times < 2; times++) await throwsCode(async () => pull(await open()), 'history/rewound');
    assert.equal(git(dir.at('mine'), ['rev-parse', 'HEAD']).trim(), seen);
    assert.equal(git(dir.at('mine'), ['status', '--porcelain', '--untracked-files=no']), '');
    const more = await b.commit([seen], await b.version('model/x@1.1.0'));
    publish(more);
    assert.deepEqual([(await pull(await open())).head, (await check()).ok], [more, true]);
  });

  it('is not pulled by a clone that was never read from: what it showed when it was cloned is known', async () => {
    git(dir.path, ['clone', '--quiet', 'remote.git', 'other']);
    const fresh = await environmentOf(dir.at('other-home'), ana);
    const openOther = () => openRegistry({ dir: dir.at('other'), environment: fresh });
    const side = await b.commit([tip], await b.policy(2, tip, [ana], { principals: [ana] }));
    publish(await b.commit([side, seen], b.filesBelow(seen, 'data')));
    await throwsCode(async () => pull(await openOther()), 'history/rewound');
    assert.equal(git(dir.at('other'), ['rev-parse', 'HEAD']).trim(), seen);
    // It is put right at the remote, and nothing of the refusal stays.
    const more = await b.commit([seen], await b.version('model/x@1.1.0'));
    publish(more);
    assert.equal((await pull(await openOther())).head, more);
  });

  it('is nothing wrong where all of them are still in effect', async () => {
    const side = await b.commit([tip], await b.version('model/x@1.1.0'));
    assert.deepEqual(await turn(side, { ...b.filesBelow(seen, 'data'), ...b.filesBelow(seen, 'objects') }), []);
  });
});
