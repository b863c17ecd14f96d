/** Adding people to a policy: what they may do then, from a clone of their own, and what stays as it was. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addPrincipal, pull, push, showPolicy, verify } from '../../src/index.js';
import { addRemote, type Clone, cloneFrom, initRegistry, makePerson, type Person } from '../helpers/sample-registry.js';
import { runTool } from '../helpers/ssh-keygen.js';
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

async function isTrue(clone: Clone): Promise<void> {
  const { ok, findings } = await verify(await clone.open());
  assert.ok(ok, JSON.stringify(findings));
}

describe('a principal who was added', () => {
  it('registers from another clone with their own key, and everybody can verify it', async () => {
    await addPrincipal(await ana.open(), { name: 'bo', key });
    addRemote(ana, dir.at('bare.git'));
    await push(await ana.open());
    const clone = cloneFrom(dir.at('bare.git'), dir.at('bo'), bo);
    const { signer } = await clone.register('model/fraud@1.0.0');
    assert.equal(signer, 'bo');
    await isTrue(clone);
    await push(await clone.open());
    await pull(await ana.open());
    await isTrue(ana);
    await ana.register('model/fraud@1.0.1');
    await isTrue(ana);
  });

  it('changes the policy in turn, and the signature of the version before goes', async () => {
    const { root } = await showPolicy(await ana.open());
    await addPrincipal(await ana.open(), { name: 'bo', key });
    const ci = (await makePerson(dir.at('home-ci'), 'ci').makeKey()).public;
    const asBo = await ana.open();
    await addPrincipal(
      { ...asBo, environment: { ...asBo.environment, ...bo.environment } },
      { name: 'ci', key: ci, role: 'tagger', printedName: 'CI' },
    );
    const policy = await showPolicy(await ana.open());
    assert.deepEqual(
      policy.principals.map(({ name, printed, roles }) => [name, printed, roles.includes('owner')]),
      [
        ['ana', 'ana', true],
        ['bo', 'bo', true],
        ['ci', 'CI', false],
      ],
    );
    assert.equal(policy.version, 3);
    assert.equal(policy.root, root);
    assert.equal(ana.git('ls-files', '.at1/policy'), '.at1/policy/policy.sig/bo.sig\n.at1/policy/policy.toml');
    await isTrue(ana);
  });

  it('in a role that no rule names may do nothing', async () => {
    await addPrincipal(await ana.open(), { name: 'bo', key, role: 'auditor' });
    const asBo = await ana.open();
    const registry = { ...asBo, environment: { ...asBo.environment, ...bo.environment } };
    const ci = (await makePerson(dir.at('home-ci'), 'ci').makeKey()).public;
    await throwsCode(() => addPrincipal(registry, { name: 'ci', key: ci }), 'policy/denied');
    await isTrue(ana);
  });

  it('signs what stock git and ssh-keygen accept, by the generated allowed_signers', async () => {
    await addPrincipal(await ana.open(), { name: 'bo', key });
    const clone: Clone = { ...ana, person: bo };
    await addPrincipal(
      { ...(await ana.open()), environment: { ...(await ana.open()).environment, ...bo.environment } },
      { name: 'ci', key: (await makePerson(dir.at('home-ci'), 'ci').makeKey()).public },
    );
    const config = ['-c', 'gpg.format=ssh', '-c', 'gpg.ssh.allowedSignersFile=.at1/allowed_signers'];
    clone.git(...config, 'verify-commit', 'HEAD', 'HEAD~1', 'HEAD~2');
    const policy = join(ana.dir, '.at1', 'policy', 'policy.toml');
    const args = ['-Y', 'verify', '-f', join(ana.dir, '.at1', 'allowed_signers'), '-I', 'bo', '-n', 'at1-policy'];
    const checked = runTool('ssh-keygen', [...args, '-s', policy.replace(/toml$/, 'sig/bo.sig')], {
      input: readFileSync(policy),
    });
    assert.equal(checked.status, 0, checked.stderr + checked.stdout);
  });
});

describe('the file of the policy', () => {
  it('keeps comments, order and layout when somebody is added', async () => {
    const path = join(ana.dir, '.at1', 'policy', 'policy.toml');
    await addPrincipal(await ana.open(), { name: 'bo', key });
    const before = readFileSync(path, 'utf8');
    const ci = (await makePerson(dir.at('home-ci'), 'ci').makeKey()).public;
    await addPrincipal(await ana.open(), { name: 'ci', key: ci });
    const after = readFileSync(path, 'utf8').split('\n');
    const lost = before.split('\n').filter((line) => !after.includes(line));
    assert.deepEqual(
      lost.map((line) => line.split(/\s*=/)[0]),
      ['version', 'previous', 'owner'],
      'nothing else changed',
    );
  });

  it('is read from HEAD: an edit that is not committed is neither used nor lost silently', async () => {
    const path = join(ana.dir, '.at1', 'policy', 'policy.toml');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, `# a thought of mine\n${text}`);
    await throwsCode(async () => addPrincipal(await ana.open(), { name: 'bo', key }), 'worktree/differs');
    assert.equal(readFileSync(path, 'utf8'), `# a thought of mine\n${text}`);
  });

  it('refuses names and keys that are there, roles that are no words, and weak keys', async () => {
    const add = async (request: Parameters<typeof addPrincipal>[1]) => addPrincipal(await ana.open(), request);
    await add({ name: 'bo', key });
    const other = (await makePerson(dir.at('home-ci'), 'ci').makeKey()).public;
    await throwsCode(() => add({ name: 'bo', key: other }), 'policy/principal-exists');
    await throwsCode(() => add({ name: 'bo2', key }), 'policy/principal-exists');
    await throwsCode(() => add({ name: 'ci', key: other, role: 'No Role' }), 'usage/name');
    await throwsCode(() => add({ name: 'ci', key: 'ssh-rsa AAAA' }), 'key/unsupported');
    assert.equal((await showPolicy(await ana.open())).version, 2);
    assert.equal(ana.git('status', '--porcelain'), '');
  });
});
