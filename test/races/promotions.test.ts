/** Two clones promote at once: in one lane one of them lands and the other is told what to do; in two lanes both land. */
import assert from 'node:assert/strict';
import type { ListResult } from '../../src/index.js';
import { ana, bo } from '../helpers/registry-fixture.js';
import { type Clone, cloneFrom } from '../helpers/sample-registry.js';
import { stagedRegistry } from '../helpers/staged-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { SCALE, scaled } from '../scale.js';

const RULES = [{ artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 }];

describe('two clones that promote at once', () => {
  const dir = useTempDir('suite');
  let one: Clone;
  let two: Clone;

  before(async () => {
    const versions = ['model/net@1.0.0', 'model/net@1.1.0'];
    const { as, dir: seed } = await stagedRegistry(dir.path, { rules: RULES, versions });
    const bare = dir.at('hub.git');
    const first = await as(ana);
    first.git('clone', '--quiet', '--bare', seed, bare);
    one = cloneFrom(bare, dir.at('one'), first.person);
    two = cloneFrom(bare, dir.at('two'), (await as(bo)).person);
  });

  const aliasOf = async (clone: Clone, alias: string) => {
    const listed = (await clone.at1(['list', '--json'])).json as ListResult;
    return listed.artifacts.flatMap(({ versions }) =>
      versions.filter(({ aliases }) => aliases.includes(alias)).map(({ version }) => version),
    );
  };
  const pull = (clone: Clone) => clone.git('pull', '--quiet', '--ff-only');

  it('land in one lane one after the other, never both', async () => {
    for (let round = 0; round < SCALE.promotions; round++) {
      const versions = round % 2 === 0 ? ['1.0.0', '1.1.0'] : ['1.1.0', '1.0.0'];
      const given = await Promise.all(
        [one, two].map((clone, i) => clone.at1(['alias', `model/net@${versions[i]}`, 'champion'])),
      );
      // Who has the alias already cannot be given it.
      assert.ok(given.some(({ code }) => code === 0));
      const pushed = await Promise.all([one, two].map((clone) => clone.at1(['push'])));
      const won = pushed.filter(({ code }) => code === 0);
      assert.ok(won.length >= 1, pushed.map(({ stderr }) => stderr).join(''));
      for (const [i, clone] of [one, two].entries()) {
        if (pushed[i]?.code === 0) continue;
        assert.equal(pushed[i]?.code, 30);
        const renewed = await clone.at1(['alias', `model/net@${versions[i]}`, 'champion', '--renew']);
        assert.equal(renewed.code, 12);
        assert.match(renewed.stderr, /git reset --keep origin\/main/);
        clone.git('reset', '--quiet', '--keep', 'origin/main');
        const again = await clone.at1(['alias', `model/net@${versions[i]}`, 'champion']);
        assert.ok(again.code === 0 || again.code === 22, again.stderr);
        assert.equal((await clone.at1(['push'])).code, 0);
      }
      for (const clone of [one, two]) pull(clone);
      assert.equal((await aliasOf(one, 'champion')).length, 1);
      assert.deepEqual(await aliasOf(one, 'champion'), await aliasOf(two, 'champion'));
      assert.equal((await two.at1(['verify'])).code, 0);
    }
  }).timeout(scaled(120_000));

  it('land in two lanes without a conflict', async () => {
    for (let round = 0; round < SCALE.promotions; round++) {
      const version = round % 2 === 0 ? '1.0.0' : '1.1.0';
      for (const [clone, alias] of [
        [one, 'first'],
        [two, 'second'],
      ] as const) {
        const done = await clone.at1(['alias', `model/net@${version}`, alias]);
        assert.equal(done.code, 0, done.stderr);
      }
      assert.equal((await one.at1(['push'])).code, 0);
      two.git('pull', '--quiet', '--rebase');
      assert.equal((await two.at1(['push'])).code, 0);
      pull(one);
      assert.deepEqual(await aliasOf(one, 'first'), [version]);
      assert.deepEqual(await aliasOf(one, 'second'), [version]);
      assert.equal((await one.at1(['verify'])).code, 0);
    }
    assert.equal(one.git('status', '--porcelain', 'model'), '');
  }).timeout(scaled(120_000));
});
