/** A promotion from registration to rollback, as people do it: by commands, through a remote, landed in every way. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '../helpers/git.js';
import { inProcess } from '../helpers/run-cli.js';
import { addRemote, type Clone, cloneFrom, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { opensshOf, publicLineOf, signPolicy } from '../helpers/sign-policy.js';
import { useTempDir } from '../helpers/temp-dir.js';

const BRANCH = 'promote/fraud-1.0.0-production';
const EVENT = 'model/fraud/events/production/0001.toml';

/** Production takes two of three; going back takes one who is on call. */
const RULES = `[[rules]]
artifacts = ["model/*"]
actions = ["promote:production"]
role = "owner"
threshold = 2

[[rules]]
artifacts = ["model/*"]
actions = ["rollback:production"]
role = "oncall"
threshold = 1

[[rules]]
artifacts = ["*"]
actions = ["*"]
role = "owner"
threshold = 1
`;

interface Team {
  readonly bare: string;
  readonly ana: Clone;
  readonly bo: Clone;
  readonly carol: Clone;
}

async function ok(clone: Clone, ...argv: string[]): Promise<string> {
  const done = await clone.at1(argv);
  assert.equal(done.code, 0, `at1 ${argv.join(' ')}: ${done.stderr}${done.stdout}`);
  return done.stdout;
}

/** A registry with three people, one version that is in staging, and a proposal for production that ana signed. */
async function makeTeam(dir: string): Promise<Team> {
  const ana = await initRegistry(join(dir, 'ana'), makePerson(join(dir, 'home-ana'), 'ana'));
  const bare = join(dir, 'hub.git');
  addRemote(ana, bare);
  const others = ['bo', 'carol'].map((name) => makePerson(join(dir, `home-${name}`), name));
  for (const person of others) await person.makeKey();
  await ok(ana, 'policy', 'add-principal', 'bo', publicLineOf(join(dir, 'home-bo')));
  await ok(ana, 'policy', 'add-principal', 'carol', publicLineOf(join(dir, 'home-carol')), '--role', 'oncall');
  const path = join(ana.dir, '.at1', 'policy', 'policy.toml');
  const before = readFileSync(path, 'utf8');
  const digest = createHash('sha256').update(before).digest('hex');
  const next = before
    .replace(/^version = \d+/m, (line) => `version = ${Number(line.slice('version = '.length)) + 1}`)
    .replace(/^previous = .*$/m, `previous = "sha256:${digest}"`)
    .replace(/\[\[rules\]\][\s\S]*$/, RULES);
  writeFileSync(path, next);
  signPolicy(ana.dir, 'ana', opensshOf(join(dir, 'home-ana')));
  ana.git('add', '-A');
  ana.git('commit', '-qm', 'production takes two');
  await ana.register('model/fraud@1.0.0');
  await ok(ana, 'promote', 'model/fraud@1.0.0', 'staging');
  ana.git('push', '-q', '-u', 'origin', 'main');
  const proposed = await ok(ana, 'promote', 'model/fraud@1.0.0', 'production', '--reason', 'good in March');
  assert.match(proposed, /1 more signature \(bo\)/);
  ana.git('push', '-q', 'origin', BRANCH);
  const [bo, carol] = others.map((person) => cloneFrom(bare, join(dir, person.name), person)) as [Clone, Clone];
  return { bare, ana, bo, carol };
}

/** As a forge lands it: with an identity of its own, and no key. */
function land(bare: string, dir: string, how: 'merge' | 'squash' | 'rebase'): void {
  git(dir, ['clone', '--quiet', bare, 'forge']);
  const forge = join(dir, 'forge');
  if (how === 'merge') git(forge, ['merge', '-q', '--no-ff', '-m', 'Merge pull request', `origin/${BRANCH}`]);
  if (how === 'squash') {
    git(forge, ['merge', '-q', '--squash', `origin/${BRANCH}`]);
    git(forge, ['commit', '-qm', 'promote (#1)']);
  }
  if (how === 'rebase') {
    git(forge, ['switch', '-q', '--detach', `origin/${BRANCH}`]);
    git(forge, ['rebase', '-q', '--force-rebase', 'origin/main']);
    git(forge, ['branch', '-f', 'main', 'HEAD']);
  }
  git(forge, ['push', '-q', 'origin', 'main:main']);
}

describe('a promotion', () => {
  const temp = useTempDir('test');
  const gateOf = (clone: Clone, ...more: string[]) =>
    clone.at1(['gate', '--base', 'origin/main', '--head', `origin/${BRANCH}`, ...more]);

  for (const how of ['merge', 'squash', 'rebase'] as const) {
    it(`is proposed, approved, let in, landed by ${how}, tagged, verified, and rolled back by one on call`, async () => {
      const { bare, ana, bo, carol } = await makeTeam(temp.path);
      const early = await gateOf(bo);
      assert.equal(early.code, 22);
      assert.match(early.stdout, /still needed: 1 more signature \(bo\), with at1 approve/);
      const stranger = await carol.at1(['approve', BRANCH]);
      assert.deepEqual([stranger.code, /policy\/denied/.test(stranger.stderr)], [22, true]);
      assert.match(await ok(bo, 'approve', BRANCH), /signed by bo: model\/fraud\/events\/production\/0001\.toml/);
      bo.git('fetch', '-q');
      const late = await gateOf(bo);
      assert.equal(late.code, 0, late.stdout);
      assert.match(late.stdout, /may land: 1 event/);
      const twice = await bo.at1(['approve', BRANCH]);
      assert.equal(twice.code, 12);
      land(bare, temp.path, how);
      await ok(ana, 'pull');
      assert.match(await ok(ana, 'tag'), /model\/fraud#production#3/);
      const verified = await ana.at1(['verify', '--json']);
      assert.equal(verified.code, 0, verified.stdout);
      assert.match(await ok(ana, 'list'), /model\/fraud@1\.0\.0 .* production/);
      // Stock tools believe the same.
      ana.git('-c', 'gpg.ssh.allowedSignersFile=.at1/allowed_signers', 'verify-tag', 'model/fraud#production#3');
      await ana.register('model/fraud@1.1.0');
      await ok(ana, 'promote', 'model/fraud@1.1.0', 'staging');
      await ok(ana, 'promote', 'model/fraud@1.1.0', 'production');
      await ok(ana, 'push');
      ana.git('push', '-q', 'origin', 'promote/fraud-1.1.0-production');
      await ok(bo, 'approve', 'promote/fraud-1.1.0-production');
      ana.git('fetch', '-q');
      ana.git('merge', '-q', '--ff-only', 'origin/promote/fraud-1.1.0-production');
      await ok(ana, 'push');
      await ok(carol, 'pull');
      const back = await ok(carol, 'rollback', 'model/fraud', 'production', '--reason', 'too slow');
      assert.match(back, /1\.0\.0 is back in production/);
      await ok(carol, 'push');
      await ok(bo, 'pull');
      assert.match(await ok(bo, 'list'), /model\/fraud@1\.0\.0 .* production/);
      assert.equal((await bo.at1(['verify'])).code, 0);
      assert.match(await ok(bo, 'log'), /rollback production +model\/fraud@1\.0\.0 +carol .*too slow/);
    }).timeout(120_000);
  }

  it('is approved by somebody who may not push, through somebody who may', async () => {
    const { ana, bo } = await makeTeam(temp.path);
    const printed = await bo.at1(['approve', BRANCH, '--print']);
    assert.match(printed.stdout, /^-----BEGIN SSH SIGNATURE-----\n/);
    const added = await ana.at1(['approve', BRANCH, '--from', '-'], { stdin: printed.stdout });
    assert.equal(added.code, 0, added.stderr);
    assert.match(added.stdout, /signed by bo/);
    ana.git('fetch', '-q');
    assert.equal((await gateOf(ana)).code, 0);
    const nonsense = await ana.at1(['approve', BRANCH, '--from', '-'], { stdin: 'no signature' });
    assert.equal(nonsense.code, 21);
  }).timeout(60_000);

  it('is renewed where another one landed in its lane first: its approvals have to be given again', async () => {
    const { ana, bo } = await makeTeam(temp.path);
    await ok(bo, 'approve', BRANCH);
    await ok(ana, 'pull');
    await ana.register('model/fraud@1.1.0');
    await ok(ana, 'promote', 'model/fraud@1.1.0', 'staging');
    await ok(ana, 'push');
    ana.git('fetch', '-q');
    const outdated = await gateOf(ana);
    assert.deepEqual([outdated.code, /gate\/outdated/.test(outdated.stdout)], [30, true]);
    const late = await bo.at1(['approve', BRANCH]);
    assert.deepEqual([late.code, /--renew/.test(late.stderr)], [30, true]);
    const renewed = await ok(ana, 'promote', 'model/fraud@1.0.0', 'production', '--renew');
    assert.match(renewed, /signatures to be given again: bo/);
    ana.git('push', '-q', '--force', 'origin', BRANCH);
    bo.git('branch', '-D', BRANCH);
    await ok(bo, 'approve', BRANCH);
    ana.git('fetch', '-q');
    assert.equal((await gateOf(ana)).code, 0);
    const review = await gateOf(ana, '--format', 'markdown');
    assert.match(review.stdout, /## ✅ This change may land: 1 event/);
    assert.equal(
      await ana.at1(['gate', '--base', 'origin/main', '--head', 'main', '--json']).then(({ code }) => code),
      0,
    );
  }).timeout(60_000);

  it('right after the first registration goes all the way, as pacha writes it', async () => {
    const clone = await initRegistry(temp.path, makePerson(temp.at('home'), 'ana'));
    await clone.register('model/fraud-detector@1.0.0');
    const staged = await ok(clone, 'model', 'stage', 'fraud-detector', '-v', '1.0.0', '-t', 'production');
    assert.match(staged, /is in staging[\s\S]*is in production/);
    assert.equal(clone.git('log', '--format=%s', '-1'), 'at1: promote model/fraud-detector@1.0.0 staging, production');
    assert.match(await ok(clone, 'list'), /model\/fraud-detector@1\.0\.0 .* production/);
    if (inProcess)
      assert.match(readFileSync(join(clone.dir, EVENT.replace('fraud', 'fraud-detector')), 'utf8'), /from = "staging"/);
  });
});
