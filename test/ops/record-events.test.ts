/** Recording events: chains, people who act at the same time, and what the fold would call wrong. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alias, openRegistry, promote, rollback, verify, withdraw } from '../../src/index.js';
import { readEvent } from '../../src/manifest/documents.js';
import type { LaneName } from '../../src/manifest/name.js';
import { loadState } from '../../src/ops/load-state.js';
import { branchFor, lastIn, parseExpiry } from '../../src/ops/prepare-events.js';
import { recordEvents } from '../../src/ops/record-events.js';
import { evidenceFiles } from '../helpers/event-fixture.js';
import { ana, bo } from '../helpers/registry-fixture.js';
import type { Clone } from '../helpers/sample-registry.js';
import { type StagedRegistry, stagedRegistry } from '../helpers/staged-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

const NET = 'model/net@1.0.0';
const NEWER = 'model/net@1.1.0';

describe('recording events', () => {
  const dir = useTempDir();
  let staged: StagedRegistry;
  let anas: Clone;
  let bos: Clone;

  beforeEach(async () => {
    staged = await stagedRegistry(dir.path);
    [anas, bos] = [await staged.as(ana), await staged.as(bo)];
  });

  const event = (path: string) => readEvent(readFileSync(join(anas.dir, path)));

  it('says who did what, when, why, and what they saw', async () => {
    await promote(await anas.open(), { ref: NET, stage: 'staging' }, { reason: 'good', meaning: 'review' });
    const { state, policy } = await loadState(await anas.open());
    const row = state.versions.get('model/net/1.0.0.toml') ?? assert.fail();
    assert.deepEqual(
      { ...event('model/net/events/staging/0001.toml') },
      {
        registry: state.registry,
        kind: 'model',
        name: 'net',
        lane: 'staging',
        seq: 1,
        action: 'promote',
        version: '1.0.0',
        manifest: `sha256:${row.manifest}`,
        content: `sha256:${row.content}`,
        policy: `sha256:${policy.digest}`,
        from: 'development',
        actor: 'ana',
        printed: 'ana',
        created: '2026-03-04T05:06:07Z',
        meaning: 'review',
        reason: 'good',
      },
    );
  });

  it('follows the last event of the lane, whoever wrote it', async () => {
    const one = await promote(await anas.open(), { ref: NET, stage: 'staging' });
    const two = await promote(await bos.open(), { ref: NEWER, stage: 'staging' });
    assert.deepEqual([two.events[0]?.path, two.events[0]?.signers], ['model/net/events/staging/0002.toml', ['bo']]);
    assert.equal(event('model/net/events/staging/0002.toml').previous, one.events[0]?.digest);
    const { state } = await loadState(await anas.open());
    const row = state.versions.get('model/net/1.0.0.toml') ?? assert.fail();
    assert.equal(lastIn(state, row, 'staging' as LaneName)?.seq, 2);
    assert.equal(lastIn(state, row, 'production' as LaneName), undefined);
  });

  it('lets several act at once: each lands, none is lost', async () => {
    const aliases = Array.from({ length: 6 }, (_, i) => `alias-${i}`);
    await Promise.all(
      aliases.map(async (name, i) => alias(await (i % 2 === 0 ? anas : bos).open(), { ref: NET, alias: name })),
    );
    await Promise.allSettled([
      promote(await anas.open(), { ref: NET, stage: 'staging' }),
      promote(await bos.open(), { ref: NET, stage: 'archived' }),
    ]);
    const { state } = await loadState(await anas.open());
    assert.equal([...state.events.values()].filter(({ order }) => order !== null).length >= 7, true);
    assert.deepEqual(
      [...state.events.values()].filter(({ refused }) => refused),
      [],
    );
    assert.deepEqual(
      (await verify(await anas.open())).findings.filter(({ severity }) => severity === 'error'),
      [],
    );
    assert.equal(anas.git('status', '--porcelain', 'model'), '');
  });

  it('plans on the newest state, though the registry was opened before', async () => {
    const early = await bos.open();
    await promote(await anas.open(), { ref: NET, stage: 'staging' });
    assert.equal((await promote(early, { ref: NET, stage: 'staging' })).state, 'unchanged');
    assert.equal((await promote(early, { ref: NEWER, stage: 'staging' })).events[0]?.path.slice(-9), '0002.toml');
  });

  it('takes effect at once where the evidence that is asked for is there', async () => {
    const rules = [
      {
        artifacts: ['*'],
        actions: ['promote:staging'],
        role: 'owner',
        threshold: 1,
        evidence: [{ type: 'eval' }],
        metrics: ['auc >= 0.9'],
      },
      { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
    ];
    const measured = await stagedRegistry(dir.at('measured'), {
      rules,
      more: async (b, tip) =>
        b.commit([tip], {
          ...(await evidenceFiles(b, tip, NET, { metrics: { auc: 0.93 }, created: '2026-03-04T05:00:00Z' })),
          ...(await evidenceFiles(b, tip, NEWER, { metrics: { auc: 0.83 }, created: '2026-03-04T05:00:00Z' })),
        }),
    });
    const clone = await measured.as(ana);
    const good = await promote(await clone.open(), { ref: NET, stage: 'staging' });
    assert.deepEqual([good.state, good.branch, good.events[0]?.waitsFor], ['effective', null, []]);
    const bad = await promote(await clone.open(), { ref: NEWER, stage: 'staging' });
    assert.deepEqual([bad.state, bad.branch], ['pending', 'promote/net-1.1.0-staging']);
    assert.match(bad.events[0]?.waitsFor[0] ?? '', /auc >= 0\.9 is asked, and it is 0\.83/);
  });

  it('holds the stages of at1.toml, and how long they last', async () => {
    const stages = `
[stages.draft]
to = ["live"]
initial = true

[stages.live]
to = ["draft"]
unique = true
expires_days = 30
`;
    const own = await stagedRegistry(dir.at('own'), {
      more: async (b, tip) => {
        const config = new TextDecoder().decode(b.bytesAt(tip, 'at1.toml'));
        return b.commit([tip], { 'at1.toml': config + stages });
      },
    });
    const clone = await own.as(ana);
    const one = await promote(await clone.open(), { ref: NET, stage: 'live' });
    assert.equal(one.events[0]?.expires, '2026-04-03T05:06:07Z');
    const two = await promote(await clone.open(), { ref: NEWER, stage: 'live', expires: '2026-03-05T00:00:00Z' });
    assert.deepEqual(
      [two.events[0]?.expires, two.displaced],
      ['2026-03-05T00:00:00Z', [{ version: '1.0.0', from: 'live', to: 'draft' }]],
    );
    assert.equal((await rollback(await clone.open(), { artifact: 'net', stage: 'live' })).ref, NET);
    await throwsCode(async () => promote(await clone.open(), { ref: NET, stage: 'production' }), 'usage/name');
  });

  it('refuses the past and a bare repository, and lets both be asked with dryRun', async () => {
    const past = await anas.open('HEAD');
    await throwsCode(() => promote(past, { ref: NET, stage: 'staging' }), 'usage/invalid');
    anas.git('clone', '--quiet', '--bare', anas.dir, dir.at('bare.git'));
    const open = () => openRegistry({ dir: dir.at('bare.git'), environment: anas.person.environment });
    await throwsCode(async () => promote(await open(), { ref: NET, stage: 'staging' }), 'git/unsupported');
    assert.equal((await promote(await open(), { ref: NET, stage: 'staging' }, { dryRun: true })).state, 'effective');
  });

  it('says the same of a withdrawal, pending or not', async () => {
    const { events, branch } = await withdraw(await bos.open(), { ref: NET, action: 'yank' });
    assert.deepEqual(
      [events[0]?.state, events[0]?.role, events[0]?.have, events[0]?.missing, branch],
      ['pending', 'boss', 0, ['ana'], 'promote/net-1.0.0-yank'],
    );
  });

  it('passes on what a plan throws', async () => {
    const registry = await anas.open();
    const reason = new Error('unforeseen');
    await assert.rejects(
      recordEvents(registry, () => {
        throw reason;
      }),
      reason,
    );
  });
});

describe('the name of a branch for events', () => {
  const names = useTempDir();

  it('has the artifact, the version and what is done', async () => {
    const { state } = await loadState(await (await (await stagedRegistry(names.path)).as(ana)).open());
    const row = state.versions.get('model/net/1.0.0.toml') ?? assert.fail();
    const step = { action: 'promote' as const, version: row.version, from: null, expiresDays: undefined };
    const steps = (lane: string) => [{ ...step, lane: lane as LaneName }];
    assert.equal(branchFor({ row, steps: steps('production') }), 'promote/net-1.0.0-production');
    const team = { ...row, name: 'team/net' as typeof row.name };
    assert.equal(branchFor({ row: team, steps: steps('staging') }), 'promote/team-net-1.0.0-staging');
    const yank = [{ ...step, action: 'yank' as const, lane: 'lifecycle' as LaneName }];
    assert.equal(branchFor({ row, steps: yank }), 'promote/net-1.0.0-yank');
  });
});

describe('the end of a stage', () => {
  it('is a time in UTC with whole seconds', async () => {
    assert.equal(parseExpiry(undefined), undefined);
    assert.equal(parseExpiry('2027-01-31T00:00:00Z'), '2027-01-31T00:00:00Z');
    for (const text of ['', 'tomorrow', '2027-01-31', '2027-02-30T00:00:00Z', '2027-01-31T00:00:00+01:00']) {
      await throwsCode(() => parseExpiry(text), 'usage/invalid');
    }
  });
});
