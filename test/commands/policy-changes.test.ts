/** at1 policy rule, bar, rotate, remove-principal, revoke and sign: text, JSON, and what is refused. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicyChange } from '../../src/index.js';
import { checkOutput } from '../helpers/check-output.js';
import type { CliResult } from '../helpers/run-cli.js';
import { type Clone, initRegistry, makePerson, type Person } from '../helpers/sample-registry.js';
import { demandObjects } from '../helpers/sign-policy.js';
import { useTempDir } from '../helpers/temp-dir.js';

const dir = useTempDir();
let ana: Clone;
let bo: Person;

beforeEach(async () => {
  ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home-ana'), 'ana'));
  bo = makePerson(dir.at('home-bo'), 'bo');
  const { code, stderr } = await ana.at1(['policy', 'add-principal', 'bo', (await bo.makeKey()).public]);
  assert.equal(code, 0, stderr);
});

async function done(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  const result = await ana.at1(argv, { env });
  assert.equal(result.code, 0, result.stderr);
  return result;
}

async function change(argv: readonly string[]): Promise<Record<string, unknown>> {
  const { json } = await done([...argv, '--json']);
  checkOutput('policy-change', json);
  return json as Record<string, unknown>;
}

async function refused(argv: readonly string[], exit: number, code: string): Promise<void> {
  const text = await ana.at1(argv);
  assert.equal(text.code, exit, text.stderr);
  assert.ok(text.stderr.includes(`[${code}]`), text.stderr);
  const json = await ana.at1([...argv, '--json']);
  assert.equal(json.code, exit);
  checkOutput('error', json.json);
}

const TWO = ['policy', 'rule', '--artifacts', '*', '--actions', 'policy', '--role', 'owner', '--threshold', '2'];

describe('at1 policy rule', () => {
  it('adds a rule with all it asks, and removes it', async () => {
    const { stdout, stderr } = await done([
      ...['policy', 'rule', '--artifacts', 'model/**', '--artifacts', 'data/x', '--actions', 'promote:production'],
      ...['--role', 'reviewer', '--member', 'ana', '--member', 'bo', '--threshold', '2', '--separate-author'],
      ...['--evidence', 'eval:reviewer:90', '--evidence', 'scan', '--metric', 'auc >= 0.9', '--metric', 'loss < 1'],
      ...['--license', 'MIT', '--license', 'BSD-3-Clause', '--refuse-pickle'],
    ]);
    assert.match(
      stdout,
      /^add rule 1: 2 of reviewer for promote:production of model\/\*\*, data\/x\npolicy 3 sha256:\S+\ncommit \S+\nnext: /,
    );
    assert.equal(stderr, '');
    const { what, version, state } = await change(['policy', 'rule', '--remove', '1']);
    assert.deepEqual([what, version, state], ['remove rule 1', 4, 'in-force']);
  });

  it('says what is no number of a rule', async () => {
    for (const text of ['add', '0', '1.5', '12345']) {
      await refused(['policy', 'rule', '--remove', text], 2, 'usage/invalid');
    }
  });

  it('tells which rules can never match', async () => {
    const asked = ['--artifacts', 'data/x', '--actions', 'register', '--role', 'owner', '--at', '2'];
    const { stderr } = await done(['policy', 'rule', ...asked]);
    assert.equal(stderr, 'note: rule 2 can never match: rule 1 takes everything before it\n');
  });

  it('goes to a branch where one signature is not enough, and others sign it there', async () => {
    const { stdout } = await done(TWO);
    assert.match(
      stdout,
      /^waits for signatures: add rule 1: .*\npolicy 3 sha256:\S+\n {2}by the policy in force: 1 of 1 from owner, enough\n {2}by the new policy: 1 of 2 from owner, still needed: 1 more signature \(bo\)\ncommit \S+ on the branch policy\/3\nnext: git push -u origin policy\/3; others sign with at1 policy sign policy\/3\n$/,
    );
    await refused(TWO, 20, 'git/ref-invalid');
    const signed = await done(['policy', 'sign', 'policy/3'], bo.env);
    assert.match(
      signed.stdout,
      /^policy 2 becomes 3\n {2}- sha256:\S+\n {2}\+ sha256:\S+\n {2}\+ rule 1: .*2 of owner\npolicy 3 is signed by bo\npolicy 3 \S+\ncommit \S+ on the branch policy\/3\nnext: /,
    );
    ana.git('merge', '--quiet', '--ff-only', 'policy/3');
    await refused(['policy', 'remove-principal', 'bo'], 23, 'policy/invalid');
    assert.equal((await ana.at1(['verify'])).code, 0);
  });

  it('refuses half a rule, and numbers that are not there', async () => {
    await refused(['policy', 'rule'], 2, 'usage/invalid');
    await refused(['policy', 'rule', '--role', 'owner'], 2, 'usage/invalid');
    await refused(['policy', 'rule', '--remove'], 2, 'usage/invalid');
    await refused(['policy', 'rule', '2', '--role', 'owner'], 2, 'usage/invalid');
    await refused(['policy', 'rule', '--remove', '2'], 2, 'usage/invalid');
    await refused(['policy', 'rule', '--remove', '1'], 23, 'policy/invalid');
    await refused([...TWO.slice(0, -1), '3'], 23, 'policy/invalid');
    await refused([...TWO, '--member', 'ana'], 13, 'policy/exists');
  });
});

describe('at1 policy bar', () => {
  it('sets a bar and takes it away', async () => {
    await ana.register('model/fraud@1.0.0');
    const { stdout } = await done(['policy', 'bar', 'fraud', '--metric', 'auc >= 0.9']);
    assert.match(stdout, /^set the bar of model\/fraud before production: auc >= 0.9\n/);
    await refused(['policy', 'bar', 'model/fraud', '--metric', 'auc >= 0.90'], 13, 'policy/exists');
    await refused(['policy', 'bar', 'model/fraud'], 2, 'usage/invalid');
    await refused(['policy', 'bar', 'other', '--metric', 'auc >= 0.9'], 2, 'usage/reference');
    await refused(['policy', 'bar', 'model/fraud', '--stage', 'staging', '--remove'], 2, 'usage/name');
    const { what } = await change(['policy', 'bar', 'model/fraud', '--metric', 'auc >= 0.9', '--remove']);
    assert.equal(what, 'remove the bar of model/fraud before production');
  });
});

describe('at1 policy gate', () => {
  it('says what every gate must do, and says it otherwise where it stands, comments kept', async () => {
    const { what, state } = await change(['policy', 'gate', '--objects', 'decode']);
    assert.deepEqual([what, state], ['every gate looks at objects: decode', 'in-force']);
    await refused(['policy', 'gate', '--objects', 'decode'], 13, 'policy/exists');
    const path = join(ana.dir, '.at1', 'policy', 'policy.toml');
    assert.match(readFileSync(path, 'utf8'), /\n\n\[gate\]\nobjects = "decode"\n$/);
    writeFileSync(path, readFileSync(path, 'utf8').replace('objects = "decode"', 'objects = "decode" # each of them'));
    const raised = readFileSync(path, 'utf8').replace(/^version = 3/m, 'version = 4');
    const digest = ana.git('show', 'HEAD:.at1/policy/policy.toml');
    const previous = createHash('sha256').update(`${digest}\n`).digest('hex');
    writeFileSync(path, raised.replace(/^previous = .*$/m, `previous = "sha256:${previous}"`));
    await done(['policy', 'sign']);
    await change(['policy', 'gate', '--objects', 'present']);
    assert.match(readFileSync(path, 'utf8'), /\n\[gate\]\nobjects = "present" # each of them\n$/);
    const { stdout } = await done(['policy', 'gate', '--objects', 'skip', '--dry-run']);
    assert.match(stdout, /\n {2}~ every gate looks at objects: present becomes skip\n/);
    await refused(['policy', 'gate'], 2, 'usage/invalid');
    await refused(['policy', 'gate', '--objects', 'all'], 2, 'usage/invalid');
    assert.equal((await ana.at1(['verify'])).code, 0);
  });
});

describe('at1 policy rotate, remove-principal and revoke', () => {
  it('change a key, revoke the old one and let somebody go', async () => {
    const text = (await makePerson(dir.at('home-new'), 'new').makeKey()).public;
    writeFileSync(dir.at('registry', 'new.pub'), `${text}\n`);
    const { json } = await ana.at1(['key', 'show', '--json'], { env: bo.env });
    const old = (json as { id: string }).id;
    const added = await change(['policy', 'rotate', 'bo', 'new.pub', '--add']);
    assert.match(String(added.what), /^add the key SHA256:\S+ to bo$/);
    await refused(['policy', 'rotate', 'bo', 'new.pub', '--add'], 13, 'policy/principal-exists');
    await done(['policy', 'rotate', 'bo', text]);
    const revoked = await change(['policy', 'revoke', old, '--since-now', '--reason', 'stolen']);
    assert.equal(revoked.what, `revoke ${old} after ${ana.git('rev-parse', 'HEAD~1').slice(0, 12)}`);
    const { what } = await change(['policy', 'remove-principal', 'bo']);
    assert.equal(what, 'remove bo');
    assert.equal((await ana.at1(['verify'])).code, 0);
  });

  it('refuse what is not said, or not there', async () => {
    await refused(['policy', 'revoke', 'bo', '--reason', 'x'], 2, 'usage/invalid');
    await refused(['policy', 'revoke', 'bo', '--cutoff', 'HEAD'], 2, 'usage/invalid');
    await refused(['policy', 'revoke', 'bo', '--cutoff', 'HEAD', '--since-now', '--reason', 'x'], 2, 'usage/invalid');
    await refused(['policy', 'revoke', 'bo', '--since-now', '--reason', 'two\nlines'], 2, 'usage/invalid');
    await refused(['policy', 'revoke', 'zoe', '--since-now', '--reason', 'x'], 14, 'key/not-found');
    await refused(['policy', 'remove-principal', 'zoe'], 2, 'usage/name');
    await refused(['policy', 'rotate', 'bo', 'nothing.pub'], 14, 'key/not-found');
    await refused(['policy', 'sign'], 12, 'artifact/not-found');
    await refused(['policy', 'sign', 'policy/9'], 12, 'artifact/not-found');
  });
});

describe('at1 policy sign', () => {
  it('shows what the policy changes of the one in force before it signs, and tells it as JSON', async () => {
    await done(TWO);
    const { stdout } = await done(['policy', 'sign', 'policy/3', '--dry-run'], bo.env);
    const [first, before, after, rule] = stdout.split('\n');
    assert.deepEqual(
      [first, before?.slice(0, 11), after?.slice(0, 11)],
      ['policy 2 becomes 3', '  - sha256:', '  + sha256:'],
    );
    assert.match(rule ?? '', /^ {2}\+ rule 1: \* +policy +2 of owner$/);
    const { json } = await done(['policy', 'sign', 'policy/3', '--json'], bo.env);
    checkOutput('policy-change', json);
    const { difference, digest } = json as PolicyChange;
    assert.deepEqual([difference.after, difference.rules.length], [{ version: 3, digest }, 1]);
    const { digest: inForce } = (await done(['policy', 'show', '--json'])).json as { digest: string };
    assert.equal(difference.before.digest, inForce);
  });

  it('shows it also to whoever may not sign, and signs nothing', async () => {
    await done(TWO);
    const before = ana.git('rev-parse', 'policy/3');
    const eve = makePerson(dir.at('home-eve'), 'eve');
    await eve.makeKey();
    const { code, stdout, stderr } = await ana.at1(['policy', 'sign', 'policy/3'], { env: eve.env });
    assert.match(stdout, /^policy 2 becomes 3\n/);
    assert.deepEqual([code, /signature\/unknown-key/.test(stderr)], [21, true]);
    assert.equal(ana.git('rev-parse', 'policy/3'), before);
  });
});

describe('--dry-run of what changes the policy', () => {
  /** Everything but the cache, which is none of the registry. */
  function everything(): Record<string, string> {
    const found: Record<string, string> = {};
    for (const entry of readdirSync(ana.dir, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && !path.includes(join('.at1', 'cache'))) {
        found[path] = createHash('sha256').update(readFileSync(path)).digest('hex');
      }
    }
    return found;
  }

  it('tells what would change and who would have to sign, and writes nothing', async () => {
    const key = (await makePerson(dir.at('home-new'), 'new').makeKey()).public;
    const before = everything();
    for (const [argv, schema, expected] of [
      [
        ['policy', 'add-principal', 'carol', key],
        'policy-add-principal',
        /\n {2}\+ principal carol, key SHA256:\S+\n {2}~ role owner: \+ carol\n/,
      ],
      [['policy', 'rotate', 'bo', key], 'policy-change', /\n {2}~ principal bo, keys - SHA256:\S+ \+ SHA256:\S+\n/],
      [
        ['policy', 'remove-principal', 'bo'],
        'policy-change',
        /\n {2}- principal bo, key SHA256:\S+\n {2}~ role owner: - bo\n/,
      ],
      [
        ['policy', 'revoke', 'bo', '--since-now', '--reason', 'lost'],
        'policy-change',
        /\n {2}\+ revoked key SHA256:\S+ after [0-9a-f]{12}: lost\n/,
      ],
      [
        ['policy', 'bar', 'model/x', '--metric', 'auc >= 0.9'],
        'policy-change',
        /\n {2}\+ bar of model\/x before production: auc >= 0.9\n/,
      ],
      [
        TWO,
        'policy-change',
        /\n {2}\+ rule 1: [\s\S]*\nit would wait for signatures: add rule 1: [\s\S]*still needed: 1 more signature \(bo\)\nnothing was written; it would be on the branch policy\/3\n$/,
      ],
    ] as const) {
      const { stdout } = await done([...argv, '--dry-run']);
      assert.match(stdout, /^policy 2 becomes 3\n/);
      assert.match(stdout, expected);
      assert.match(stdout, /\nnothing was written.*\n$/);
      assert.doesNotMatch(stdout, /\nnext: |\ncommit /);
      const { json } = await done([...argv, '--dry-run', '--json']);
      checkOutput(schema, json);
      const { dryRun, commit } = json as PolicyChange;
      assert.deepEqual([dryRun, commit], [true, null]);
      assert.deepEqual(everything(), before, argv.join(' '));
    }
  });

  it('says the same digest as the change then has, and is refused like it', async () => {
    const argv = ['policy', 'bar', 'model/x', '--metric', 'auc >= 0.9'];
    const planned = await change([...argv, '--dry-run']);
    const made = await change(argv);
    assert.deepEqual([planned.digest, planned.version, planned.state], [made.digest, made.version, made.state]);
    await refused([...argv, '--dry-run'], 13, 'policy/exists');
    await refused(['policy', 'rule', '--remove', '1', '--dry-run'], 23, 'policy/invalid');
    const removed = await done(['policy', 'bar', 'model/x', '--remove', '--dry-run']);
    assert.match(removed.stdout, /\n {2}- bar of model\/x before production: auc >= 0.9\n/);
  });

  it('leaves a policy that waits unsigned, on its branch or edited by hand', async () => {
    await done(TWO);
    let before = everything();
    const planned = await ana.at1(['policy', 'sign', 'policy/3', '--dry-run', '--json'], { env: bo.env });
    checkOutput('policy-change', planned.json);
    const { state, commit, branch } = planned.json as PolicyChange;
    assert.deepEqual([state, commit, branch], ['in-force', null, 'policy/3']);
    assert.deepEqual(everything(), before);
    // Where a change waits, another one has no place: a plan says so as well.
    await refused([...TWO, '--dry-run'], 20, 'git/ref-invalid');
    demandObjects(ana.dir, 'decode');
    before = everything();
    const { stdout } = await done(['policy', 'sign', '--dry-run']);
    assert.match(
      stdout,
      /\n {2}~ every gate looks at objects: skip becomes decode\nit would be in force at once: signed by ana\n/,
    );
    assert.deepEqual(everything(), before);
  });
});
