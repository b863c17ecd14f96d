/** Changes of a policy in real registries: what is in force then, what waits for others, and what is refused. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  addPrincipal,
  addRule,
  changeBar,
  pull,
  push,
  type Registry,
  removePrincipal,
  removeRule,
  revokeKey,
  rotateKey,
  showPolicy,
  signPolicy,
  verify,
} from '../../src/index.js';
import { addRemote, type Clone, cloneFrom, initRegistry, makePerson, type Person } from '../helpers/sample-registry.js';
import { demandObjects } from '../helpers/sign-policy.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

const dir = useTempDir();
let ana: Clone;
let bo: Person;
let key: string;

beforeEach(async () => {
  ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home-ana'), 'ana'));
  bo = makePerson(dir.at('home-bo'), 'bo');
  key = (await bo.makeKey()).public;
});

const policyFile = () => join(ana.dir, '.at1', 'policy', 'policy.toml');

async function as(person: Person): Promise<Registry> {
  const registry = await ana.open();
  return { ...registry, environment: { ...registry.environment, ...person.environment } };
}

async function isTrue(clone: Clone = ana): Promise<void> {
  const { ok, findings } = await verify(await clone.open());
  assert.ok(ok, JSON.stringify(findings));
}

/** From here on it takes both of them to change the policy, and one of them for all else. */
async function takesTwo(): Promise<void> {
  await addPrincipal(await ana.open(), { name: 'bo', key });
  const asked = { artifacts: ['*'], actions: ['policy'], role: 'owner', threshold: 2 };
  const { branch, state } = await addRule(await ana.open(), asked);
  assert.deepEqual([branch, state], ['policy/3', 'waiting']);
  assert.equal((await signPolicy(await as(bo), 'policy/3')).state, 'in-force');
  ana.git('merge', '--quiet', '--ff-only', 'policy/3');
  ana.git('branch', '--quiet', '--delete', 'policy/3');
  await isTrue();
}

describe('a change of the policy by one who may', () => {
  it('is in force at once, with rules, bars, keys and people, and all of it is true', async () => {
    await addPrincipal(await ana.open(), { name: 'bo', key });
    const rule = { artifacts: ['model/**'], actions: ['promote:production'], role: 'owner', threshold: 2 };
    const added = await addRule(await ana.open(), { ...rule, evidence: ['eval'], metrics: ['auc >= 0.9'] });
    assert.deepEqual([added.state, added.branch, added.version], ['in-force', null, 3]);
    assert.equal(added.what, 'add rule 1: 2 of owner for promote:production of model/**');
    await changeBar(await ana.open(), { artifact: 'model/fraud', metric: 'auc >= 0.9' });
    await throwsCode(
      async () => changeBar(await ana.open(), { artifact: 'model/fraud', metric: 'auc >= 0.9' }),
      'policy/exists',
    );
    await removeRule(await ana.open(), 1);
    await changeBar(await ana.open(), { artifact: 'model/fraud', remove: true });
    const desk = (await makePerson(dir.at('home-desk'), 'desk').makeKey()).public;
    await rotateKey(await ana.open(), { principal: 'bo', key: desk });
    await removePrincipal(await ana.open(), 'bo');
    const { version, principals, rules } = await showPolicy(await ana.open());
    assert.deepEqual([version, principals.length, rules.length], [8, 1, 1]);
    assert.equal(ana.git('status', '--porcelain'), '');
    await isTrue();
  });

  it('keeps what it asks of every gate', async () => {
    demandObjects(ana.dir, 'decode');
    await signPolicy(await ana.open());
    await addPrincipal(await ana.open(), { name: 'bo', key });
    await addRule(await ana.open(), { artifacts: ['model/*'], actions: ['tag'], role: 'owner' });
    await changeBar(await ana.open(), { artifact: 'model/fraud', metric: 'auc >= 0.9' });
    await revokeKey(await ana.open(), { who: 'bo', cutoff: 'HEAD', reason: 'lost' });
    await removePrincipal(await ana.open(), 'bo');
    const { gate, bars, rules, revoked } = await showPolicy(await ana.open());
    assert.deepEqual([gate, bars.length, rules.length, revoked.length], [{ objects: 'decode' }, 1, 2, 1]);
    await isTrue();
  });

  it('warns of what cannot be meant', async () => {
    const rule = { artifacts: ['model/*'], actions: ['promote:production'], role: 'owner' };
    const { warnings } = await addRule(await ana.open(), { ...rule, at: 2 });
    assert.deepEqual(warnings, ['rule 2 can never match: rule 1 takes everything before it']);
  });

  it('is refused over an edit that is not committed, and leaves it', async () => {
    writeFileSync(policyFile(), `# a thought of mine\n${readFileSync(policyFile(), 'utf8')}`);
    const before = readFileSync(policyFile(), 'utf8');
    const rule = { artifacts: ['model/*'], actions: ['tag'], role: 'owner' };
    await throwsCode(async () => addRule(await ana.open(), rule), 'worktree/differs');
    await throwsCode(async () => removePrincipal(await ana.open(), 'ana'), 'policy/invalid');
    assert.equal(readFileSync(policyFile(), 'utf8'), before);
  });

  it('is refused where nobody could accept it', async () => {
    const asked = { artifacts: ['*'], actions: ['*'], role: 'nobody', members: ['ana'] };
    await addRule(await ana.open(), { ...asked, artifacts: ['model/**'], at: 1 });
    await addRule(await ana.open(), { artifacts: ['*'], actions: ['register'], role: 'owner', at: 1 });
    const head = ana.git('rev-parse', 'HEAD');
    const { message } = await throwsCode(async () => removeRule(await ana.open(), 3), 'policy/denied');
    assert.equal(message, 'no rule of the new policy says who may change it');
    assert.equal(ana.git('rev-parse', 'HEAD'), head);
    assert.equal(ana.git('status', '--porcelain'), '');
  });
});

describe('a change of the policy that takes two', () => {
  it('waits on a branch of its own, without touching the work tree, and is merged when both have signed', async () => {
    await takesTwo();
    const head = ana.git('rev-parse', 'HEAD');
    const ci = (await makePerson(dir.at('home-ci'), 'ci').makeKey()).public;
    const added = await addPrincipal(await ana.open(), { name: 'ci', key: ci, role: 'machine' });
    assert.deepEqual([added.state, added.branch], ['waiting', 'policy/4']);
    assert.deepEqual(
      added.signatures.map(({ policy, needs, have, missing }) => [policy, needs, have, missing]),
      [
        ['in-force', 2, 1, ['bo']],
        ['new', 2, 1, ['bo']],
      ],
    );
    assert.equal(ana.git('rev-parse', 'HEAD'), head);
    assert.equal(ana.git('status', '--porcelain'), '');
    assert.equal((await showPolicy(await ana.open())).version, 3);
    // Again it would be another one in its place.
    await throwsCode(
      async () => changeBar(await ana.open(), { artifact: 'model/x', metric: 'auc > 1' }),
      'git/ref-invalid',
    );
    const signed = await signPolicy(await as(bo), 'policy/4');
    assert.deepEqual([signed.state, signed.branch], ['in-force', 'policy/4']);
    assert.equal(ana.git('rev-parse', 'HEAD'), head);
    ana.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'policy/4');
    assert.equal((await showPolicy(await ana.open())).version, 4);
    await isTrue();
  });

  it('is true after a rebase merge too, and one signature twice is still one', async () => {
    await takesTwo();
    await changeBar(await ana.open(), { artifact: 'model/x', metric: 'auc > 0.5' });
    const again = await signPolicy(await ana.open(), 'policy/4');
    assert.deepEqual([again.commit, again.state], [null, 'waiting']);
    await signPolicy(await as(bo), 'policy/4');
    await ana.register('model/x@1.0.0');
    ana.git('cherry-pick', 'policy/4~1', 'policy/4');
    assert.equal((await showPolicy(await ana.open())).version, 4);
    await isTrue();
  });

  it('is signed by somebody who only fetched the branch', async () => {
    await takesTwo();
    addRemote(ana, dir.at('bare.git'));
    await push(await ana.open());
    const theirs = cloneFrom(dir.at('bare.git'), dir.at('bo'), bo);
    await changeBar(await ana.open(), { artifact: 'model/x', metric: 'auc > 0.5' });
    ana.git('push', '--quiet', 'origin', 'policy/4');
    await throwsCode(async () => signPolicy(await theirs.open(), 'policy/4'), 'artifact/not-found');
    theirs.git('fetch', '--quiet');
    assert.equal((await signPolicy(await theirs.open(), 'policy/4')).state, 'in-force');
    theirs.git('merge', '--quiet', '--ff-only', 'policy/4');
    await isTrue(theirs);
    await push(await theirs.open());
    await pull(await ana.open());
    assert.equal((await showPolicy(await ana.open())).version, 4);
  });

  it('is not signed by strangers, nor when another change has landed', async () => {
    await takesTwo();
    const carol = makePerson(dir.at('home-carol'), 'carol');
    await carol.makeKey();
    await changeBar(await ana.open(), { artifact: 'model/x', metric: 'auc > 0.5' });
    ana.git('branch', '--move', 'policy/4', 'first');
    await throwsCode(async () => signPolicy(await as(carol), 'first'), 'signature/unknown-key');
    await changeBar(await ana.open(), { artifact: 'model/y', metric: 'auc > 0.5' });
    await signPolicy(await as(bo), 'policy/4');
    ana.git('merge', '--quiet', '--ff-only', 'policy/4');
    await throwsCode(async () => signPolicy(await as(bo), 'first'), 'history/policy-rollback');
    await throwsCode(async () => signPolicy(await as(bo), 'nowhere'), 'artifact/not-found');
    await throwsCode(async () => signPolicy(await as(bo), '../../x'), 'artifact/not-found');
    await throwsCode(async () => signPolicy(await as(bo), 'main'), 'artifact/not-found');
  });

  it('is not signed on a branch that begins otherwise', async () => {
    await addPrincipal(await ana.open(), { name: 'bo', key });
    const other = await initRegistry(dir.at('other'), makePerson(dir.at('home-eve'), 'eve'));
    other.git('switch', '--quiet', '--create', 'policy/3');
    const eve = join(other.dir, '.at1', 'policy', 'policy.toml');
    const text = readFileSync(eve, 'utf8');
    const { version, digest } = await showPolicy(await other.open());
    const forged = text.replace(/^version = \d+/m, `previous = "${digest}"\nversion = ${version + 1}`);
    writeFileSync(eve, forged);
    other.git('-c', 'user.name=eve', '-c', 'user.email=e@x', 'commit', '--quiet', '--all', '--message', 'x');
    ana.git('fetch', '--quiet', other.dir, 'policy/3:policy/3');
    await throwsCode(async () => signPolicy(await as(bo), 'policy/3'), 'trust/root-changed');
  });

  it('refuses to sign another text than the one that follows', async () => {
    await takesTwo();
    await changeBar(await ana.open(), { artifact: 'model/x', metric: 'auc > 0.5' });
    ana.git('switch', '--quiet', 'policy/4');
    await throwsCode(
      async () => changeBar(await ana.open(), { artifact: 'model/z', metric: 'auc > 0' }),
      'policy/unsigned',
    );
    const text = readFileSync(policyFile(), 'utf8');
    writeFileSync(policyFile(), text.replace(/^previous = .*/m, `previous = "sha256:${'0'.repeat(64)}"`));
    await throwsCode(async () => signPolicy(await as(bo)), 'history/policy-chain');
    writeFileSync(policyFile(), text);
    // On the branch itself it is a commit of the branch.
    const { branch, state, commit } = await signPolicy(await as(bo));
    assert.deepEqual([branch, state, commit], [null, 'in-force', ana.git('rev-parse', 'HEAD')]);
    assert.equal(ana.git('status', '--porcelain'), '');
    await isTrue();
  });
});

describe('a policy that was edited by hand', () => {
  async function edit(): Promise<void> {
    const { version, digest } = await showPolicy(await ana.open());
    const text = readFileSync(policyFile(), 'utf8').replace(/^previous = .*\n/m, '');
    writeFileSync(policyFile(), text.replace(/^version = \d+/m, `previous = "${digest}"\nversion = ${version + 1}`));
  }

  it('is committed with its signature', async () => {
    await throwsCode(async () => signPolicy(await ana.open()), 'artifact/not-found');
    await edit();
    const { state, branch } = await signPolicy(await ana.open());
    assert.deepEqual([state, branch], ['in-force', null]);
    assert.equal(ana.git('status', '--porcelain'), '');
    await isTrue();
  });

  it('goes to a branch where that is not enough, and stays in the work tree', async () => {
    await takesTwo();
    await edit();
    const text = readFileSync(policyFile(), 'utf8');
    assert.equal((await signPolicy(await ana.open())).branch, 'policy/4');
    assert.equal(readFileSync(policyFile(), 'utf8'), text);
    assert.equal((await signPolicy(await as(bo), 'policy/4')).state, 'in-force');
  });

  it('is not signed where it is no policy', async () => {
    writeFileSync(policyFile(), readFileSync(policyFile(), 'utf8').replace('threshold = 1', 'threshold = 2'));
    await throwsCode(async () => signPolicy(await ana.open()), 'policy/invalid');
  });
});

describe('keys in a policy', () => {
  const keyOf = async (name: string) => (await makePerson(dir.at(`home-${name}`), name).makeKey()).public;

  it('are changed by their only owner in two steps, each signed by a key that counts', async () => {
    const desk = makePerson(dir.at('home-desk'), 'desk');
    const text = (await desk.makeKey()).public;
    const { hint } = await throwsCode(
      async () => rotateKey(await ana.open(), { principal: 'ana', key: text }),
      'policy/denied',
    );
    assert.match(hint ?? '', /at1 policy rotate ana KEY --add/);
    await rotateKey(await ana.open(), { principal: 'ana', key: text, add: true });
    await rotateKey(await as(desk), { principal: 'ana', key: text });
    const { principals } = await showPolicy(await ana.open());
    assert.equal(principals[0]?.keys.length, 1);
    await throwsCode(async () => removePrincipal(await ana.open(), 'ana'), 'policy/invalid');
    await throwsCode(async () => rotateKey(await as(desk), { principal: 'ana', key: text }), 'policy/principal-exists');
    await isTrue();
  });

  it('of one person are not given to another', async () => {
    await addPrincipal(await ana.open(), { name: 'bo', key });
    await throwsCode(async () => rotateKey(await ana.open(), { principal: 'ana', key }), 'policy/principal-exists');
    await throwsCode(async () => rotateKey(await ana.open(), { principal: 'zoe', key }), 'usage/name');
    const { message } = await throwsCode(async () => removePrincipal(await ana.open(), 'bob'), 'usage/name');
    assert.equal(message, 'the policy knows nobody called bob');
  });

  it('are revoked from a commit of the mainline on, by their id, text or owner', async () => {
    await addPrincipal(await ana.open(), { name: 'bo', key });
    const cutoff = ana.git('rev-parse', 'HEAD');
    await revokeKey(await ana.open(), { who: 'bo', cutoff: 'HEAD', reason: 'stolen "at" night' });
    assert.match(
      readFileSync(policyFile(), 'utf8'),
      new RegExp(
        `\n\\[\\[revoked\\]\\]\nkey = "${key.replaceAll('+', '\\+')}"\ncutoff = "${cutoff}"\nreason = "stolen \\\\"at\\\\" night"\n$`,
      ),
    );
    await throwsCode(async () => revokeKey(await ana.open(), { who: 'bo', cutoff, reason: 'x' }), 'policy/exists');
    const ci = await keyOf('ci');
    await revokeKey(await ana.open(), { who: ci, cutoff: cutoff.slice(0, 12), reason: 'x' });
    await isTrue();
  });

  it('are not revoked by what is no commit of the mainline, nor by themselves', async () => {
    await addPrincipal(await ana.open(), { name: 'bo', key });
    const revoke = async (who: string, cutoff: string) => revokeKey(await ana.open(), { who, cutoff, reason: 'x' });
    ana.git('tag', 'f'.repeat(40));
    ana.git('commit', '--quiet', '--allow-empty', '-m', 'aside');
    const aside = ana.git('rev-parse', 'HEAD');
    ana.git('reset', '--quiet', '--hard', 'HEAD~1');
    for (const cutoff of ['f'.repeat(40), aside, '2026-01-01', '2026-01-01T00:00:00Z', ''])
      await assert.rejects(revoke('bo', cutoff), cutoff);
    await throwsCode(() => revoke('zoe', 'HEAD'), 'key/not-found');
    await throwsCode(() => revoke('SHA256:x', 'HEAD'), 'key/invalid');
    // Ana's signature would not count under the policy that revokes her key.
    const { state, signatures } = await revoke('ana', 'HEAD');
    assert.deepEqual([state, signatures[1]?.missing], ['waiting', ['bo']]);
    await removePrincipal(await ana.open(), 'bo');
    await throwsCode(() => revoke('ana', 'HEAD'), 'policy/denied');
    assert.equal((await showPolicy(await ana.open())).version, 3);
  });
});
