/** at1 policy check: places, the chain, signatures that are needed, and what cannot be meant; in text and JSON. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckPolicyResult } from '../../src/index.js';
import { checkOutput } from '../helpers/check-output.js';
import { type Clone, initRegistry, makePerson, type Person } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';

const dir = useTempDir();
let ana: Clone;
let bo: Person;
let key: string;
let path: string;
let original: string;
let digest: string;

beforeEach(async () => {
  ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home-ana'), 'ana'));
  bo = makePerson(dir.at('home-bo'), 'bo');
  key = (await bo.makeKey()).public;
  assert.equal((await ana.at1(['policy', 'add-principal', 'bo', key])).code, 0);
  path = join(ana.dir, '.at1', 'policy', 'policy.toml');
  original = readFileSync(path, 'utf8');
  digest = (await check([], 0)).inForce.digest;
});

async function check(args: readonly string[], exit: number): Promise<CheckPolicyResult> {
  const { code, json, stderr } = await ana.at1(['policy', 'check', ...args, '--json']);
  assert.equal(code, exit, JSON.stringify(json) + stderr);
  checkOutput('policy-check', json);
  const text = await ana.at1(['policy', 'check', ...args]);
  assert.equal(text.code, exit);
  return json as CheckPolicyResult;
}

/** The text as the next version. */
function next(text = original): string {
  return text.replace(/^version = 2/m, 'version = 3').replace(/^previous = .*/m, `previous = "${digest}"`);
}

const told = ({ findings }: CheckPolicyResult) => findings.map(({ code, severity, line }) => [severity, code, line]);
const lineOf = (text: string, what: string) => text.split('\n').findIndex((line) => line.startsWith(what)) + 1;

describe('at1 policy check', () => {
  it('says that the policy in force is', async () => {
    const result = await check([], 0);
    assert.deepEqual([result.state, result.ok, result.findings], ['in-force', true, []]);
    const { stdout } = await ana.at1(['policy', 'check']);
    assert.equal(stdout, 'policy 2 is in force\n');
  });

  it('tells whose signatures a next one takes', async () => {
    writeFileSync(path, next().replace('threshold = 1', 'threshold = 2'));
    const result = await check([], 0);
    assert.deepEqual(
      result.signatures.map(({ policy, needs, have, missing }) => [policy, needs, have, missing]),
      [
        ['in-force', 1, 0, ['ana', 'bo']],
        ['new', 2, 0, ['ana', 'bo']],
      ],
    );
    // The signature of the version before.
    assert.deepEqual(told(result), [['warning', 'signature/invalid', null]]);
    const { stdout } = await ana.at1(['policy', 'check']);
    assert.match(
      stdout,
      /policy 3 follows policy 2, which is in force\n {2}by the policy in force: 0 of 1 from owner, still needed: 1 more signature \(ana or bo\)\n {2}by the new policy: 0 of 2 from owner, still needed: 2 more signatures \(ana or bo\)\nnext: at1 policy sign\n$/,
    );
  });

  it('counts the signatures that lie beside the file', async () => {
    writeFileSync(path, next().replace('threshold = 1', 'threshold = 2'));
    const { code, stderr } = await ana.at1(['policy', 'sign']);
    assert.equal(code, 0, stderr);
    ana.git('switch', '--quiet', '--force', 'policy/3');
    const { signatures, findings } = await check([], 0);
    assert.deepEqual(
      signatures.map(({ have, missing }) => [have, missing]),
      [
        [1, ['bo']],
        [1, ['bo']],
      ],
    );
    assert.deepEqual(findings, []);
    ana.git('switch', '--quiet', 'main');
    ana.git('branch', '-D', 'policy/3');
  });

  const astray: [string, (text: string) => string, string, string, number][] = [
    ['of the same number', (text) => `${text}# more\n`, 'history/policy-rollback', 'version', 24],
    [
      'that leaves out the one before',
      (text) => text.replace('version = 2', 'version = 3'),
      'history/policy-chain',
      'previous',
      24,
    ],
    [
      'of another registry',
      (text) => next(text).replace(/registry = "01./, 'registry = "01Z'),
      'manifest/other-registry',
      'registry',
      23,
    ],
  ];
  for (const [what, edit, code, key, exit] of astray) {
    it(`refuses one ${what}, and says what to write`, async () => {
      writeFileSync(path, edit(original));
      const result = await check([], exit);
      assert.equal(result.state, 'astray');
      assert.deepEqual(told(result), [['error', code, lineOf(edit(original), `${key} =`)]]);
      assert.match(result.findings[0]?.hint ?? '', new RegExp(`^write ${key} = `));
    });
  }

  const broken: [string, (text: string) => string, string, string][] = [
    ['no TOML', (text) => text.replace('owner = [', 'owner = [['), 'document/syntax', ''],
    ['an unknown field', (text) => text.replace('threshold = 1', 'treshold = 1'), 'document/schema', ''],
    [
      'a role that is not there',
      (text) => text.replace('role = "owner"', 'role = "onwer"'),
      'policy/invalid',
      'role =',
    ],
    ['too high a threshold', (text) => text.replace('threshold = 1', 'threshold = 3'), 'policy/invalid', 'threshold ='],
    ['somebody unknown', (text) => text.replace('"bo"]', '"zoe"]'), 'policy/invalid', 'owner ='],
    [
      'a bad action',
      (text) => text.replace('actions = ["*"]', 'actions = ["promote:"]'),
      'policy/invalid',
      'actions =',
    ],
  ];
  for (const [what, edit, code, at] of broken) {
    it(`says where there is ${what}`, async () => {
      const text = edit(next());
      assert.notEqual(text, next());
      writeFileSync(path, text);
      const result = await check([], 23);
      assert.equal(result.state, 'invalid');
      assert.equal(result.findings[0]?.code, code);
      if (at === '') assert.ok((result.findings[0]?.line ?? 0) > 0);
      else assert.equal(result.findings[0]?.line, lineOf(text, at));
    });
  }

  it('tells every key that is none, with its owner', async () => {
    const text = next().replaceAll(/"ssh-ed25519 AAAA/g, '"ssh-ed25519 BBBB');
    writeFileSync(path, text);
    const { findings } = await check([], 14);
    assert.deepEqual(
      findings.map(({ message, line }) => [message.split(':')[0], line]),
      [
        ['ana', text.split('\n').findIndex((line) => line.startsWith('keys =')) + 1],
        ['bo', text.split('\n').findLastIndex((line) => line.startsWith('keys =')) + 1],
      ],
    );
  });

  it('tells what cannot be meant, and is content all the same', async () => {
    const rule =
      '\n[[rules]]\nartifacts = ["model/*"]\nactions = ["promte:x", "policy"]\nrole = "owner"\nthreshold = 1\n';
    const text = `${next()}${rule}`.replace('owner = ["ana", "bo"]', 'owner = ["ana"]\nspare = ["ana"]');
    writeFileSync(path, text);
    const { findings, ok } = await check([], 0);
    assert.equal(ok, true);
    assert.deepEqual(
      findings.filter(({ code }) => code === 'policy/unused').map(({ message, line }) => [message.slice(0, 30), line]),
      [
        ['rule 2 can never match: rule 1', text.split('\n').lastIndexOf('[[rules]]') + 1],
        ['rule 2 has the action promte:x', text.split('\n').findLastIndex((line) => line.startsWith('actions')) + 1],
        ['rule 2 has the action policy, ', text.split('\n').findLastIndex((line) => line.startsWith('actions')) + 1],
        ['no rule names the role spare, ', lineOf(text, 'spare')],
        ['bo is in no role', lineOf(text, '[principals.bo]')],
      ],
    );
  });

  it('refuses one that nobody could ever change or accept', async () => {
    writeFileSync(path, next().replace('actions = ["*"]', 'actions = ["register"]'));
    const { findings } = await check([], 23);
    assert.deepEqual(findings[0]?.message, 'no rule says who may change the policy, so it can never be accepted');
  });

  it('reads another file, and refuses one that is not there', async () => {
    writeFileSync(join(ana.dir, 'draft.toml'), next());
    const { file, state, findings } = await check(['draft.toml'], 0);
    assert.deepEqual([file, state, findings], ['draft.toml', 'follows', []]);
    rmSync(join(ana.dir, 'draft.toml'));
    const { code, json } = await ana.at1(['policy', 'check', 'draft.toml', '--json']);
    assert.equal(code, 2);
    checkOutput('error', json);
  });
});
