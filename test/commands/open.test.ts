/** What a command that signs says of the key in git's configuration when it cannot be that one. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DoctorResult, EventResult } from '../../src/index.js';
import { git } from '../helpers/git.js';
import { type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { sshKeygen } from '../helpers/ssh-keygen.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

const NET = 'model/net@1.0.0';
const OTHER =
  'hint: set it to an Ed25519 key of SSH, with gpg.format ssh; or name the key with --key or AT1_SIGNING_KEY\n';

const dir = useTempDir();
let clone: Clone;
let here: Terminal;

beforeEach(async () => {
  clone = await initRegistry(dir.at('registry'), makePerson(dir.at('home'), 'ana'));
  await clone.register(NET);
  here = terminalOf(clone.person, clone.dir);
});

function sshKey(name: string): { readonly path: string; readonly line: string } {
  const path = dir.at(name);
  sshKeygen(['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', path]);
  return { path, line: sshKeygen(['-y', '-f', path]).trim() };
}

const signs = async (...more: readonly string[]) => {
  const { code, stderr } = await here.at1('attest model/net@1.0.0 --type eval --metric auc=0.9', ...more);
  assert.equal(code, 0, stderr);
  return stderr;
};

describe("git's user.signingkey, where it cannot sign", () => {
  it('is said to be passed over, with the reason and what to do, and another key signs', async () => {
    const { line } = sshKey('elsewhere');
    const none = dir.at('none');
    const reasons: readonly [string, string, string][] = [
      [none, 'ssh', `no key file ${none}\n${OTHER}`],
      [
        `key::${line}`,
        'ssh',
        'only the public key is known and there is no ssh-agent to ask\n' +
          'hint: start an agent and load the key with `ssh-add`, or give the private key file\n',
      ],
    ];
    for (const [key, format, reason] of reasons) {
      clone.git('config', 'user.signingkey', key);
      if (format !== '') clone.git('config', 'gpg.format', format);
      assert.equal(await signs(), `warning: git's user.signingkey is passed over: ${reason}`);
    }
  });

  it('is nothing to speak of where it is a key of another kind, unless no other key is the one', async () => {
    const nobody = terminalOf(makePerson(dir.at('home-nobody'), 'nobody'), clone.dir);
    for (const format of ['openpgp', 'x509']) {
      clone.git('config', 'user.signingkey', '0A46826A');
      clone.git('config', 'gpg.format', format);
      assert.equal(await signs(), '');
      const { code, stderr } = await nobody.at1(`promote ${NET} staging`);
      assert.equal(code, 14);
      const reason = `it is a key for ${format}, and at1 signs with Ed25519 keys of SSH\n${OTHER}`;
      assert.ok(
        stderr.startsWith(`warning: git's user.signingkey is passed over: ${reason}error: no signing key`),
        stderr,
      );
    }
  });

  it('is said so once by a command that opens the key more often', async () => {
    clone.git('config', 'user.signingkey', dir.at('none'));
    writeFileSync(dir.at('more.bin'), 'more');
    const { code, stderr } = await here.at1('register model/net@1.1.0', dir.at('more.bin'));
    assert.deepEqual([code, stderr.split('passed over').length - 1], [0, 1]);
  });

  it('is said so before a refusal as well', async () => {
    clone.git('config', 'user.signingkey', dir.at('none'));
    const nobody = terminalOf(makePerson(dir.at('home-nobody'), 'nobody'), clone.dir);
    const { code, stderr } = await nobody.at1(`promote ${NET} staging`);
    assert.equal(code, 14);
    assert.match(
      stderr,
      /^warning: git's user\.signingkey is passed over: [^\n]+\nhint: [^\n]+\nerror: no signing key/,
    );
  });

  it('is said so by init, which then makes a key of its own', async () => {
    const folder = dir.at('new');
    mkdirSync(folder);
    git(folder, ['init', '--quiet']);
    git(folder, ['config', 'user.signingkey', dir.at('none')]);
    const eve = makePerson(dir.at('home-eve'), 'eve');
    const { code, stderr } = await terminalOf(eve, folder).at1('init --principal eve');
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^warning: git's user\.signingkey is passed over: no key file /);
  });

  it('is a finding of doctor, in JSON too', async () => {
    clone.git('config', 'user.signingkey', dir.at('none'));
    const { ok, key, findings } = await here.json<DoctorResult>('doctor', 'doctor');
    assert.deepEqual([ok, key?.principal], [true, 'ana']);
    assert.deepEqual(
      findings.map(({ severity, code, subject }) => [severity, code, subject]),
      [['warning', 'key/not-found', 'user.signingkey']],
    );
  });

  it('is nothing to speak of with --quiet, under --json, or where the key to use is named', async () => {
    clone.git('config', 'user.signingkey', dir.at('none'));
    assert.equal(await signs('--quiet'), '');
    assert.equal(await signs('--key', join(clone.person.env.AT1_CONFIG_DIR ?? '', 'keys', 'id_ed25519')), '');
    const { state } = await here.json<EventResult>('event', `promote ${NET} staging`);
    assert.equal(state, 'effective');
  });

  it('is not told of where it can sign, though the policy lists another', async () => {
    const { path } = sshKey('mine');
    clone.git('config', 'user.signingkey', `${path}.pub`);
    assert.equal(await signs(), '');
  });
});
