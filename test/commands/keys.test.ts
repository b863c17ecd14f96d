/** at1 key generate, list, show, import: in text and JSON, checked with ssh-keygen. */
import assert from 'node:assert/strict';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { checkOutput } from '../helpers/check-output.js';
import { runCli } from '../helpers/run-cli.js';
import { makePerson, type Person } from '../helpers/sample-registry.js';
import { sshKeygen } from '../helpers/ssh-keygen.js';
import { useTempDir } from '../helpers/temp-dir.js';

interface KeyJson {
  readonly path: string;
  readonly id: string;
  readonly public: string;
  readonly encrypted: boolean;
}

const dir = useTempDir();
let ana: Person;

beforeEach(() => {
  ana = makePerson(dir.at('ana'), 'ana');
});

const at1 = (argv: readonly string[], env: Record<string, string> = {}) =>
  runCli(argv, { cwd: dir.path, env: { ...ana.env, ...env } });

describe('at1 key generate', () => {
  it('makes a key that ssh-keygen reads, for its owner only', async () => {
    const { code, json } = await at1(['key', 'generate', 'ci', '--comment', 'ci@build', '--json']);
    assert.equal(code, 0);
    checkOutput('key-generate', json);
    const key = json as KeyJson;
    assert.equal(sshKeygen(['-y', '-P', '', '-f', key.path]).trim(), key.public);
    assert.ok(sshKeygen(['-l', '-f', key.path]).includes(key.id));
    assert.equal(statSync(key.path).mode & 0o077, 0);
    assert.ok(key.public.endsWith(' ci@build'));
  });

  it('prints the path, the id, the public key and what to do with it', async () => {
    const { code, stdout, stderr } = await at1(['key', 'generate']);
    assert.deepEqual([code, stderr], [0, '']);
    const [made, id, line, next] = stdout.split('\n');
    assert.match(made ?? '', /^made .*id_ed25519$/);
    assert.match(id ?? '', /^SHA256:[A-Za-z0-9+/]{43}$/);
    assert.match(line ?? '', /^ssh-ed25519 AAAA/);
    assert.equal(next, `next: somebody in the policy runs: at1 policy add-principal NAME '${line}'`);
  });

  it('encrypts the key with AT1_PASSPHRASE, and never prints that', async () => {
    const { json, stdout } = await at1(['key', 'generate', '--json'], { AT1_PASSPHRASE: 'correct horse' });
    const key = json as KeyJson;
    assert.equal(key.encrypted, true);
    assert.ok(!stdout.includes('correct horse'));
    assert.ok(sshKeygen(['-y', '-P', 'correct horse', '-f', key.path]).startsWith('ssh-ed25519 '));
    assert.throws(() => sshKeygen(['-y', '-P', 'wrong', '-f', key.path]));
  });

  it('never replaces a key', async () => {
    const first = (await at1(['key', 'generate', '--json'])).json as KeyJson;
    const text = await at1(['key', 'generate']);
    assert.equal(text.code, 14);
    assert.match(text.stderr, /\[key\/exists\]/);
    const json = await at1(['key', 'generate', '--json']);
    assert.equal(json.code, 14);
    checkOutput('error', json.json);
    assert.equal(((await at1(['key', 'show', '--json'])).json as KeyJson).id, first.id);
  });

  it('refuses names that would leave the folder of keys', async () => {
    for (const name of ['../x', 'a/b', '.hidden']) assert.equal((await at1(['key', 'generate', name])).code, 2, name);
  });
});

describe('at1 key list and show', () => {
  it('lists the default key first, then by name', async () => {
    for (const name of ['zoe', 'ci', 'id_ed25519']) await at1(['key', 'generate', name, '--comment', `${name}@x`]);
    const { json } = await at1(['key', 'list', '--json']);
    checkOutput('key-list', json);
    const { stdout } = await at1(['key', 'list']);
    assert.deepEqual(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[0]),
      ['id_ed25519', 'ci', 'zoe'],
    );
    assert.match(stdout, /^zoe {9}SHA256:\S{43} +zoe@x$/m);
  });

  it('says that there is none, and how to make one', async () => {
    const { code, stdout } = await at1(['key', 'list']);
    assert.deepEqual([code, stdout], [0, 'no keys\nnext: at1 key generate\n']);
    checkOutput('key-list', (await at1(['key', 'list', '--json'])).json);
  });

  it('names files that are no keys, and lists the rest', async () => {
    await at1(['key', 'generate']);
    writeFileSync(dir.at('ana', 'config', 'keys', 'broken.key'), 'not a key', { mode: 0o600 });
    const { code, stdout, stderr } = await at1(['key', 'list']);
    assert.equal(code, 0);
    assert.match(stdout, /^id_ed25519 /);
    assert.match(stderr, /^warning: key broken: /);
    const { json } = await at1(['key', 'list', '--json']);
    checkOutput('key-list', json);
    assert.equal((json as { problems: string[] }).problems.length, 1);
  });

  it('prints the public key alone on standard output', async () => {
    const made = (await at1(['key', 'generate', '--comment', 'ana', '--json'])).json as KeyJson;
    const shown = await at1(['key', 'show']);
    assert.equal(shown.stdout, `${made.public}\n`);
    assert.ok(shown.stderr.includes(made.id));
    const { json } = await at1(['key', 'show', '--json']);
    checkOutput('key-show', json);
    assert.deepEqual(json, made);
    assert.ok(!JSON.stringify(json).includes('PRIVATE'));
  });

  it('fails for a key that is not there', async () => {
    const text = await at1(['key', 'show', 'nobody']);
    assert.equal(text.code, 14);
    assert.match(text.stderr, /\[key\/not-found\]/);
    const json = await at1(['key', 'show', 'nobody', '--json']);
    assert.equal(json.code, 14);
    checkOutput('error', json.json);
  });
});

describe('at1 key import', () => {
  it('takes a key of ssh-keygen over, from a path relative to the current folder', async () => {
    sshKeygen(['-q', '-t', 'ed25519', '-N', '', '-C', 'bo@laptop', '-f', dir.at('bo')]);
    const { code, json } = await at1(['key', 'import', 'bo', '--name', 'bo', '--json']);
    assert.equal(code, 0);
    checkOutput('key-import', json);
    const key = json as KeyJson;
    assert.ok(sshKeygen(['-l', '-f', dir.at('bo.pub')]).includes(key.id));
    assert.equal(sshKeygen(['-y', '-P', '', '-f', key.path]).trim(), key.public);
    const text = await at1(['key', 'import', 'bo']);
    assert.match(text.stdout, /^imported .*id_ed25519\nSHA256:.*\nssh-ed25519 .* bo@laptop\nnext: /);
  });

  it('keeps an encrypted key encrypted, and needs its passphrase', async () => {
    sshKeygen(['-q', '-t', 'ed25519', '-N', 'horse', '-C', 'bo', '-f', dir.at('bo')]);
    const without = await at1(['key', 'import', 'bo', '--json']);
    assert.equal(without.code, 14);
    checkOutput('error', without.json);
    const { code, json } = await at1(['key', 'import', 'bo', '--json'], { AT1_PASSPHRASE: 'horse' });
    assert.equal(code, 0);
    assert.equal((json as KeyJson).encrypted, true);
  });

  it('refuses other key types, public keys and files that are not there', async () => {
    sshKeygen(['-q', '-t', 'ecdsa', '-N', '', '-f', dir.at('ec')]);
    sshKeygen(['-q', '-t', 'ed25519', '-N', '', '-f', dir.at('ed')]);
    for (const [file, expected] of [
      ['ec', 'key/unsupported'],
      ['ed.pub', 'key/invalid'],
      ['nothing', 'key/not-found'],
    ] as const) {
      const { code, json } = await at1(['key', 'import', file, '--json']);
      assert.equal(code, 14, file);
      checkOutput('error', json);
      assert.equal((json as { error: { code: string } }).error.code, expected);
    }
    assert.equal((await at1(['key', 'import'])).code, 2);
  });

  it('names a file that is no key, wherever one is given, and says what to give', async () => {
    writeFileSync(dir.at('empty'), '');
    writeFileSync(dir.at('text'), 'root:x:0:0\n');
    writeFileSync(dir.at('binary'), Uint8Array.of(0xff, 0xfe));
    mkdirSync(dir.at('folder'));
    const init = (key: string) => ['init', dir.at('registry'), '--key', key];
    for (const [argv, said] of [
      [['key', 'import', 'empty'], /^error: empty: empty \[key\/invalid\]/],
      [['key', 'import', 'text'], /^error: text: neither a private key nor [^\n]* \[key\/invalid\]/],
      [['key', 'import', 'binary'], /^error: binary is not a key file \[key\/invalid\]/],
      [['key', 'import', 'none'], /^error: there is no file none \[key\/not-found\]/],
      [['key', 'show', 'none'], /none\.key \[key\/not-found\]/],
      [init(dir.at('empty')), /^error: [^\n]*empty: empty \[key\/invalid\]/],
      [init(dir.at('text')), /^error: [^\n]*text: neither [^\n]* \[key\/invalid\]/],
      [init(dir.at('folder')), /^error: [^\n]*folder is a folder \[key\/invalid\]/],
      [init('none'), /none\.key \[key\/not-found\]/],
    ] as const) {
      const { code, stderr } = await at1(argv);
      assert.equal(code, 14, argv.join(' '));
      assert.match(stderr, said);
      assert.match(stderr, /\nhint: [^\n]*(private key|spelling|key list)[^\n]*\n$/);
    }
  });
});
