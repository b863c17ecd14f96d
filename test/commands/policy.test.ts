/** at1 policy show and add-principal: every way to give a key, in text and JSON, and what is refused. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { toBase64 } from '../../src/bytes/text.js';
import { checkOutput } from '../helpers/check-output.js';
import type { CliResult } from '../helpers/run-cli.js';
import { type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { sshKeygen } from '../helpers/ssh-keygen.js';
import { useTempDir } from '../helpers/temp-dir.js';

const dir = useTempDir();
let ana: Clone;
let key: string;

beforeEach(async () => {
  ana = await initRegistry(dir.at('ana registry'), makePerson(dir.at('home-ana'), 'ana'));
  key = (await makePerson(dir.at('home-bo'), 'bo').makeKey()).public;
});

async function refused(argv: readonly string[], exit: number, code: string, stdin?: string): Promise<CliResult> {
  const options = stdin === undefined ? {} : { stdin };
  const text = await ana.at1(argv, options);
  assert.equal(text.code, exit, text.stderr);
  assert.ok(text.stderr.includes(`[${code}]`), text.stderr);
  const json = await ana.at1([...argv, '--json'], options);
  assert.equal(json.code, exit);
  checkOutput('error', json.json);
  assert.equal(json.stderr, '');
  return text;
}

describe('at1 policy show', () => {
  it('tells the principals, their keys and roles, the rules and the root', async () => {
    const { code, json } = await ana.at1(['policy', 'show', '--json']);
    assert.equal(code, 0);
    checkOutput('policy-show', json);
    const { version, digest, root, principals } = json as {
      version: number;
      digest: string;
      root: string;
      principals: { name: string; roles: string[] }[];
    };
    assert.equal(version, 1);
    assert.equal(digest, root);
    assert.deepEqual(
      principals.map(({ name }) => name),
      ['ana'],
    );
    assert.ok(principals[0]?.roles.includes('owner'));
    const { stdout } = await ana.at1(['policy', 'show']);
    assert.match(stdout, /^policy 1 of registry [0-9A-Z]{26}\ndigest sha256:/);
    assert.match(stdout, /\nprincipals\n {2}ana .*owner.*SHA256:/);
    assert.match(stdout, /\nrules\n {2}\S/);
  });

  it('tells what rules ask beyond signatures, bars and revoked keys', async () => {
    const evidence = [
      '--evidence',
      'eval:owner:90',
      '--evidence',
      'scan',
      '--metric',
      'auc >= 0.9',
      '--license',
      'MIT',
    ];
    const rule = ['--artifacts', 'model/**', '--actions', 'promote:*', '--role', 'owner', '--separate-author'];
    const run = async (...argv: string[]) => assert.equal((await ana.at1(['policy', ...argv])).code, 0, argv.join(' '));
    await run('rule', ...rule, ...evidence, '--refuse-pickle');
    await run('bar', 'model/x', '--metric', 'auc >= 0.95');
    await run('revoke', key, '--since-now', '--reason', 'lost');
    const { json } = await ana.at1(['policy', 'show', '--json']);
    checkOutput('policy-show', json);
    const { stdout } = await ana.at1(['policy', 'show']);
    assert.ok(
      stdout.includes(
        `\nrules\n  model/**  promote:*  1 of owner, not the author
      evidence eval by 1 of owner of at most 90 days
      evidence scan
      auc >= 0.9
      license MIT
      no pickles
  *         *          1 of owner

bars
  model/x  production  auc >= 0.95

revoked keys
  SHA256:`,
      ),
      stdout,
    );
    assert.match(stdout, / {2}after [0-9a-f]{12} {2}lost\nnext: /);
  });

  it('fails outside of a registry', async () => {
    const { code, json } = await ana.at1(['policy', 'show', '--registry', dir.path, '--json']);
    assert.equal(code, 10);
    checkOutput('error', json);
  });
});

describe('at1 policy add-principal', () => {
  it('takes the key as text, and leaves the next version signed and committed', async () => {
    const { code, json } = await ana.at1(['policy', 'add-principal', 'bo', key, '--printed', 'Bo Chen', '--json']);
    assert.equal(code, 0);
    checkOutput('policy-add-principal', json);
    const { version, commit } = json as { version: number; commit: string };
    assert.equal(version, 2);
    assert.equal(ana.git('rev-parse', 'HEAD'), commit);
    assert.equal(ana.git('status', '--porcelain'), '');
    const { stdout } = await ana.at1(['policy', 'show']);
    assert.match(stdout, /^ {2}bo +Bo Chen +owner +SHA256:/m);
    const signers = readFileSync(`${ana.dir}/.at1/allowed_signers`, 'utf8');
    assert.ok(signers.includes(key.split(' ')[1] ?? 'no key'), 'stock git knows the new key as well');
  });

  it('takes a .pub file, and standard input', async () => {
    writeFileSync(dir.at('ana registry', 'bo.pub'), `${key}\n`);
    assert.equal((await ana.at1(['policy', 'add-principal', 'bo', 'bo.pub'])).code, 0);
    const ci = (await makePerson(dir.at('home-ci'), 'ci').makeKey()).public;
    const { code, stdout } = await ana.at1(['policy', 'add-principal', 'ci', '-'], { stdin: `${ci}\n` });
    assert.equal(code, 0);
    assert.match(stdout, /^ci is owner now, with key SHA256:\S+\npolicy 3 sha256:\S+\ncommit [0-9a-f]{40}\nnext: /);
  });

  it('gives the role that is asked for', async () => {
    const { json } = await ana.at1(['policy', 'add-principal', 'bo', key, '--role', 'auditor', '--json']);
    assert.deepEqual([(json as { role: string }).role, (json as { rules: number }).rules], ['auditor', 0]);
    const carol = (await makePerson(dir.at('home-carol'), 'carol').makeKey()).public;
    const { stderr } = await ana.at1(['policy', 'add-principal', 'carol', carol, '--role', 'auditor']);
    assert.match(stderr, /^note: no rule of the policy names the role auditor yet/m);
    const { stdout } = await ana.at1(['policy', 'show']);
    assert.match(stdout, /^ {2}bo +auditor +SHA256:/m);
  });

  it('refuses a principal that is there already, and a key that is', async () => {
    assert.equal((await ana.at1(['policy', 'add-principal', 'bo', key])).code, 0);
    await refused(['policy', 'add-principal', 'bo', key], 13, 'policy/principal-exists');
    assert.notEqual((await ana.at1(['policy', 'add-principal', 'bo2', key])).code, 0);
  });

  it('refuses weak keys, other types, garbage and files that are not there', async () => {
    const head = ana.git('rev-parse', 'HEAD');
    // The point of order 1: whatever is "signed" with it verifies.
    const blob = new Uint8Array([
      0,
      0,
      0,
      11,
      ...new TextEncoder().encode('ssh-ed25519'),
      0,
      0,
      0,
      32,
      1,
      ...new Uint8Array(31),
    ]);
    await refused(['policy', 'add-principal', 'bo', `ssh-ed25519 ${toBase64(blob)}`], 14, 'key/weak');
    sshKeygen(['-q', '-t', 'ecdsa', '-N', '', '-f', dir.at('ec')]);
    await refused(['policy', 'add-principal', 'bo', dir.at('ec.pub')], 14, 'key/unsupported');
    await refused(['policy', 'add-principal', 'bo', 'ssh-ed25519 AAAA'], 14, 'key/invalid');
    await refused(['policy', 'add-principal', 'bo', 'nothing.pub'], 14, 'key/not-found');
    await refused(['policy', 'add-principal', 'bo', '-'], 14, 'key/invalid', '');
    await refused(['policy', 'add-principal', 'bo', '-'], 14, 'key/invalid', `${key}\n${key}\n`);
    await refused(['policy', 'add-principal', 'Bo Chen', key], 2, 'usage/name');
    await refused(['policy', 'add-principal', 'bo'], 2, 'usage/invalid');
    assert.equal(ana.git('rev-parse', 'HEAD'), head);
    assert.equal(ana.git('status', '--porcelain'), '');
  });

  it('refuses a private key without showing any of it', async () => {
    sshKeygen(['-q', '-t', 'ed25519', '-N', '', '-f', dir.at('secret')]);
    const text = readFileSync(dir.at('secret'), 'utf8');
    const secret = text.split('\n')[3] ?? '';
    const ways: [given: string, exit: number, code: string, stdin?: string][] = [
      [dir.at('secret'), 14, 'key/invalid'],
      ['-', 14, 'key/invalid', text],
      // It begins with dashes, as flags do.
      [text, 2, 'usage/invalid'],
    ];
    for (const [given, exit, code, stdin] of ways) {
      const { stderr } = await refused(['policy', 'add-principal', 'bo', given], exit, code, stdin);
      assert.ok(secret.length > 40 && !stderr.includes(secret), stderr);
    }
  });

  it('refuses whoever is not in the policy, and tells them what to ask for', async () => {
    const bo = makePerson(dir.at('home-bo'), 'bo');
    const { code, stderr } = await ana.at1(['policy', 'add-principal', 'bo', key], { env: bo.env });
    assert.equal(code, 21);
    assert.ok(stderr.includes("at1 policy add-principal NAME 'ssh-ed25519 "), stderr);
  });

  it('signs with the key that --key names', async () => {
    const bo = makePerson(dir.at('home-bo'), 'bo');
    const made = dir.at('home-ana', 'config', 'keys', 'id_ed25519');
    const done = await ana.at1(['policy', 'add-principal', 'bo', key, '--key', made], { env: bo.env });
    assert.equal(done.code, 0, done.stderr);
  });
});
