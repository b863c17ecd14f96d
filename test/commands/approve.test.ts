/** at1 approve: nobody signs what they were not shown, nor what could never take effect. */
import assert from 'node:assert/strict';
import { digestOf, formatDigest } from '../../src/digest/digest.js';
import type { Oid } from '../../src/git-format/oid.js';
import { approve } from '../../src/index.js';
import { readManifest } from '../../src/manifest/documents.js';
import { eventFiles } from '../helpers/event-fixture.js';
import { ana, bo, eve, type HistoryBuilder } from '../helpers/registry-fixture.js';
import { stagedRegistry } from '../helpers/staged-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { terminalOf } from '../helpers/terminal.js';

const BRANCH = 'promote/net-1.0.0-production';
const RULES = [
  { artifacts: ['*'], actions: ['promote:production'], role: 'boss', threshold: 1 },
  { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
];
const SETUP = { principals: [ana, bo, eve], roles: { owner: ['ana', 'eve'], boss: ['bo'] }, rules: RULES };
const EVIL = 'model/evil/events/production/0001.toml';

describe('`at1 approve`', function () {
  this.timeout(60_000);
  const dir = useTempDir();

  it('signs what the change brings, and what waits on the target only where somebody names it', async () => {
    const refs = ['model/net@1.0.0', 'model/evil@1.0.0'];
    const waiting = async (b: HistoryBuilder, landed: Oid): Promise<Oid> => {
      let tip = landed;
      const add = async (ref: string, options: Parameters<typeof eventFiles>[4]) => {
        tip = await b.commit([tip], await eventFiles(b, tip, 'promote', ref, options));
      };
      await add('model/evil@1.0.0', { keys: [eve] });
      await add('model/evil@1.0.0', { lane: 'production', from: 'staging', keys: [eve] });
      await add('model/net@1.0.0', { keys: [ana] });
      return tip;
    };
    const { as, dir: repo } = await stagedRegistry(dir.path, { ...SETUP, versions: refs, more: waiting });
    const clone = await as(bo);
    const [anas, bos] = [terminalOf((await as(ana)).person, repo), terminalOf(clone.person, repo)];
    await anas.text('promote model/net@1.0.0 production');
    const signed = await bos.text(`approve ${BRANCH}`);
    assert.match(signed, /model\/net@1\.0\.0[^\n]*\n {2}content sha256:[0-9a-f]{64}\n/);
    // What is signed is shown before it is.
    assert.ok(signed.indexOf('content sha256:') < signed.indexOf('signed by bo: model/net/'));
    assert.doesNotMatch(signed, /evil/);
    assert.doesNotMatch(clone.git('ls-tree', '-r', '--name-only', BRANCH), /evil\/events\/production\/0001\.sig\/bo/);
    const named = await bos.text(`approve ${EVIL}`);
    assert.match(named, /model\/evil@1\.0\.0[^\n]*\n {2}content sha256:/);
    assert.match(clone.git('ls-tree', '-r', '--name-only', 'main'), /evil\/events\/production\/0001\.sig\/bo/);
  });

  it('signs no event about other bytes than the version has in the change', async () => {
    const { as, dir: repo, b, tip } = await stagedRegistry(dir.path, { ...SETUP, versions: ['model/net@0.9.0'] });
    const path = 'model/net/1.0.0.toml';
    const evil = (await b.version('model/net@1.0.0', { keys: [eve], content: 'evil weights\n' }))[path] as Uint8Array;
    const good = await b.version('model/net@1.0.0', { keys: [eve], content: 'good weights\n' });
    const registered = await b.commit([tip], good, { key: eve });
    const about = {
      manifest: formatDigest(digestOf(b.engines.sha256(evil))),
      content: readManifest(evil, b.engines).content,
    };
    const event = await eventFiles(b, registered, 'promote', 'model/net@1.0.0', {
      lane: 'production',
      from: 'development',
      keys: [eve],
      edit: (honest) => ({ ...honest, ...about, content: formatDigest(about.content) }),
    });
    const asked = await b.commit([registered], event, { key: eve });
    b.writeObjects(`${repo}/.git`);
    const clone = await as(bo);
    clone.git('branch', BRANCH, asked);
    const done = await terminalOf(clone.person, repo).at1(`approve ${BRANCH}`);
    assert.equal(done.code, 23, done.stderr);
    assert.match(done.stderr, /could never take effect: 1\.0\.0 is not registered with these digests/);
    assert.match(done.stderr, /event\/other-version/);
    assert.equal(clone.git('rev-parse', BRANCH), asked);
  });

  it('signs nothing else where the change becomes another one meanwhile', async () => {
    const staged = async (b: HistoryBuilder, tip: Oid) =>
      b.commit([tip], await eventFiles(b, tip, 'promote', 'model/net@1.0.0', { keys: [ana] }));
    const {
      as,
      dir: repo,
      b,
      tip,
    } = await stagedRegistry(dir.path, {
      ...SETUP,
      versions: ['model/net@1.0.0'],
      more: staged,
    });
    const release = async (reason: string) => {
      const options = { lane: 'production', from: 'staging', keys: [ana] };
      const event = await eventFiles(b, tip, 'promote', 'model/net@1.0.0', {
        ...options,
        edit: (honest) => ({ ...honest, reason }),
      });
      return b.commit([tip], event, { key: ana });
    };
    const [shown, other] = [await release('measured on 1,000 samples'), await release('measured on nothing')];
    b.writeObjects(`${repo}/.git`);
    const clone = await as(bo);
    clone.git('branch', BRANCH, shown);
    let reviews = 0;
    const onReview = () => {
      reviews++;
      clone.git('branch', '--force', BRANCH, other);
    };
    await assert.rejects(approve(await clone.open(), { what: BRANCH, onReview }), { code: 'gate/outdated' });
    assert.deepEqual([reviews, clone.git('rev-parse', BRANCH)], [1, other]);
  });
});
