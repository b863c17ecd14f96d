/** The fold as a whole: however it is cut, and with whichever engines, it comes to the same. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromUtf8 } from '../../src/bytes/text.js';
import { formatCatalog, parseTrustedCatalog } from '../../src/catalog/catalog-format.js';
import type { Oid } from '../../src/git-format/oid.js';
import { foldHistory } from '../../src/history/fold.js';
import { createPortableEngines } from '../../src/portable/engines.js';
import { errorsOf, goodVersions } from '../helpers/fold-results.js';
import { ana, bo, carol, eve, HistoryBuilder, type Key, type NewFile } from '../helpers/registry-fixture.js';

const KEYS: readonly Key[] = [ana, bo, carol, eve];

/** What somebody does next: honest or not, on the mainline or on a branch that is merged later. */
type Step =
  | {
      readonly do: 'register';
      readonly name: number;
      readonly version: number;
      readonly key: number;
      readonly content: number;
    }
  | { readonly do: 'sign'; readonly name: number; readonly version: number; readonly key: number }
  | { readonly do: 'remove' | 'restore'; readonly name: number; readonly version: number }
  | { readonly do: 'policy'; readonly members: readonly number[]; readonly signer: number; readonly skip: boolean }
  | { readonly do: 'foreign' | 'branch' | 'junk' }
  | { readonly do: 'merge'; readonly ours: boolean };

const small = (max: number) => fc.nat({ max });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('register' as const),
      name: small(2),
      version: small(2),
      key: small(3),
      content: small(1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('sign' as const), name: small(2), version: small(2), key: small(3) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('remove' as const, 'restore' as const),
      name: small(2),
      version: small(2),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('policy' as const),
      members: fc.subarray([0, 1, 2], { minLength: 1 }),
      signer: small(3),
      skip: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('foreign' as const, 'branch' as const, 'junk' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('merge' as const), ours: fc.boolean() }) },
);

const refOf = ({ name, version }: { name: number; version: number }) => `model/m${name}@1.${version}.0`;
const pathOf = (step: { name: number; version: number }) => `${refOf(step).replace('@', '/')}.toml`;

/** Mainline tips, oldest first. */
async function play(b: HistoryBuilder, steps: readonly Step[]): Promise<Oid[]> {
  let tip = await b.commit([], await b.genesis(ana, { principals: [ana, bo], threshold: 1 }));
  const tips = [tip];
  let branch: Oid | undefined;
  let junk = 0;
  for (const step of steps) {
    if (step.do === 'branch') {
      branch = tip;
      continue;
    }
    const side = branch !== undefined && step.do !== 'merge' && junk++ % 2 === 0;
    const at = side ? (branch as Oid) : tip;
    const files = b.filesBelow(at, '');
    let changes: Record<string, NewFile> = {};
    const parents: Oid[] = [at];
    if (step.do === 'register') {
      changes = await b.version(refOf(step), { keys: [KEYS[step.key] as Key], content: `${step.content}` });
    } else if (step.do === 'sign') {
      const bytes = files[pathOf(step)];
      const key = KEYS[step.key] as Key;
      const armor = bytes === undefined ? null : await b.sign(key, 'at1-manifest', bytes);
      changes = { [`${pathOf(step).slice(0, -5)}.sig/${key.name}.sig`]: armor };
    } else if (step.do === 'remove') {
      for (const path of Object.keys(files)) if (path.startsWith(pathOf(step).slice(0, -5))) changes[path] = null;
    } else if (step.do === 'restore') {
      const first = tips.map((one) => b.filesBelow(one, '')[pathOf(step)]).find((bytes) => bytes !== undefined);
      changes = { [pathOf(step)]: first ?? null };
    } else if (step.do === 'policy') {
      const version = Number(/^version = (\d+)/m.exec(fromUtf8(files['.at1/policy/policy.toml'] as Uint8Array))?.[1]);
      const principals = step.members.map((member) => KEYS[member] as Key);
      const signer = KEYS[step.signer] as Key;
      changes = await b.policy(version + (step.skip ? 2 : 1), at, [signer], { principals });
    } else if (step.do === 'junk') {
      changes = { [`model/Junk${junk}/1.0.0.toml`]: 'x', 'model/j/1.0.0.toml': junk % 3 === 0 ? null : `${junk}` };
    } else if (step.do === 'merge') {
      if (branch === undefined) continue;
      parents.push(branch);
      changes = step.ours ? {} : b.filesBelow(branch, '');
      branch = undefined;
    } else changes = { 'README.md': `${tips.length}` };
    const made = await b.commit(parents, changes, { key: null });
    if (side) branch = made;
    else {
      tip = made;
      tips.push(tip);
    }
  }
  return tips;
}

describe('the fold of a history', () => {
  it('gives the same state wherever it is cut, and from the catalog of any cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyStep, { minLength: 4, maxLength: 24 }),
        fc.array(small(24), { minLength: 1, maxLength: 3 }),
        async (steps, cuts) => {
          const b = await HistoryBuilder.make();
          const tips = await play(b, steps);
          const whole = formatCatalog((await b.fold(tips.at(-1) as Oid)).state);
          const stops = [...new Set(cuts.map((cut) => cut % tips.length)), tips.length - 1].sort((x, y) => x - y);
          let state = (await b.fold(tips[stops[0] as number] as Oid)).state;
          for (const stop of stops) {
            const read = parseTrustedCatalog(formatCatalog(state));
            state = (await b.fold(tips[stop] as Oid, read)).state;
          }
          assert.equal(fromUtf8(formatCatalog(state)), fromUtf8(whole));
        },
      ),
      { numRuns: 60 },
    );
  }).timeout(120_000);

  it('never lets a version of a stranger take effect, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 4, maxLength: 30 }), async (steps) => {
        const b = await HistoryBuilder.make();
        const folded = await b.fold((await play(b, steps)).at(-1) as Oid);
        for (const row of folded.state.versions.values()) {
          if (row.effective === null) continue;
          assert.ok(!row.signers.includes('eve' as never));
          const names = row.signers.map((name) => KEYS.findIndex((key) => key.name === name));
          assert.ok(names.length > 0);
        }
      }),
      { numRuns: 60 },
    );
  }).timeout(120_000);

  it('is the same with portable engines', async () => {
    const b = await HistoryBuilder.make();
    const root = await b.commit([], await b.genesis(ana, { principals: [ana, bo] }));
    const one = await b.commit([root], await b.version('model/x@1.0.0', { keys: [bo] }));
    const two = await b.commit([one], await b.policy(2, one, [ana], { principals: [ana] }));
    const tip = await b.commit([two], await b.version('model/x@1.1.0', { keys: [bo] }));
    const portable = { ...b.source, engines: await createPortableEngines() };
    const [ours, theirs] = [await b.fold(tip), await foldHistory(portable, tip)];
    assert.deepEqual(formatCatalog(theirs.state), formatCatalog(ours.state));
    assert.deepEqual(goodVersions(theirs), ['model/x@1.0.0']);
    assert.deepEqual(errorsOf(theirs), ['signature/unknown-key']);
  });

  it('goes on from a state only where that state lies on the mainline', async () => {
    const b = await HistoryBuilder.make();
    const root = await b.commit([], await b.genesis(ana));
    const one = await b.commit([root], await b.version('model/x@1.0.0'));
    const other = await b.commit([root], await b.version('model/y@1.0.0'));
    const state = (await b.fold(one)).state;
    assert.deepEqual(goodVersions(await b.fold(other, state)), ['model/y@1.0.0']);
    const next = await b.commit([one], await b.version('model/x@1.1.0'));
    const resumed = await b.fold(next, state);
    assert.deepEqual([resumed.commits, goodVersions(resumed)], [1, ['model/x@1.0.0', 'model/x@1.1.0']]);
  });
});
