/** Which key signs, with real key files and a real ssh-agent. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { equalBytes, toBase64, toHex, utf8 } from '../../src/bytes/text.js';
import type { At1Error } from '../../src/errors.js';
import {
  chooseSigner,
  type FindSignerOptions,
  findSigners,
  type SignerCandidate,
  type SignerSource,
} from '../../src/keys/find-signer.js';
import { generateKey } from '../../src/keys/key-store.js';
import { formatKeyText } from '../../src/keys/key-text.js';
import { privateKeyFromSeed } from '../../src/keys/seed.js';
import { formatPublicKey, keyIdOf } from '../../src/signing/public-key.js';
import { signMessage } from '../../src/signing/sshsig.js';
import { sshKeygen, startAgent, type TestAgent } from '../helpers/ssh-keygen.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { signingEngines as engines } from '../helpers/test-engines.js';
import { throwsCode } from '../helpers/throws-code.js';

const TEST_KEY = privateKeyFromSeed(new Uint8Array(32).fill(13), 'test key');
const nobody = () => false;

describe('findSigners', () => {
  const dir = useTempDir();
  let agent: TestAgent | undefined;
  let problems: At1Error[] = [];
  let sources: SignerSource[] = [];

  beforeEach(() => {
    problems = [];
    sources = [];
  });
  afterEach(async () => {
    await agent?.stop();
    agent = undefined;
  });

  function sshKey(name: string, passphrase = ''): string {
    const file = dir.at(name);
    sshKeygen(['-q', '-t', 'ed25519', '-a', '1', '-N', passphrase, '-C', name, '-f', file]);
    return file;
  }

  async function agentWith(...files: string[]): Promise<string> {
    agent = await startAgent(dir.at('agent.sock'));
    for (const file of files) agent.add(file);
    return agent.socket;
  }

  async function find(options: Partial<FindSignerOptions>): Promise<SignerCandidate[]> {
    const all: SignerCandidate[] = [];
    const onProblem = (problem: At1Error, source: SignerSource) => {
      problems.push(problem);
      sources.push(source);
    };
    for await (const candidate of findSigners({ configDir: dir.at('config'), onProblem, ...options })) {
      all.push(candidate);
    }
    return all;
  }

  async function only(options: Partial<FindSignerOptions>): Promise<SignerCandidate> {
    const [candidate] = await find(options);
    assert.ok(candidate, 'a candidate');
    return candidate;
  }

  async function signs(candidate: SignerCandidate): Promise<void> {
    await signMessage(await candidate.open(), 'git', utf8('x'), engines);
  }

  function summary(candidates: SignerCandidate[]): string[] {
    return candidates.map(({ source, publicKey }) => `${source} ${publicKey.comment}`);
  }

  it('finds nothing where there is nothing', async () => {
    assert.deepEqual(await find({}), []);
    assert.deepEqual(problems, []);
    await throwsCode(() => chooseSigner([], nobody), 'key/none');
  });

  it('gives explicit, git, own and agent keys in this order, each once, and all can sign', async () => {
    const explicit = sshKey('explicit');
    const forGit = sshKey('for-git');
    const socket = await agentWith(sshKey('in-agent'), forGit);
    await generateKey(dir.at('config'), { comment: 'default' });
    await generateKey(dir.at('config'), { name: 'second', comment: 'second' });
    const options = { explicit, gitSigningKey: forGit, gitFormat: 'ssh', agentSocket: socket };
    const found = await find(options);
    assert.deepEqual(summary(found), [
      'explicit explicit',
      'git for-git',
      'at1 default',
      'at1 second',
      'agent in-agent',
    ]);
    for (const candidate of found) await signs(candidate);
    assert.deepEqual(problems, []);
  });

  it('is lazy: a broken agent does not matter when an earlier key is chosen', async () => {
    const explicit = sshKey('explicit');
    const agentSocket = dir.at('no.sock');
    const chosen = await chooseSigner(
      findSigners({ configDir: dir.at('config'), explicit, agentSocket, onProblem: (p) => problems.push(p) }),
      nobody,
    );
    assert.equal(chosen.publicKey.comment, 'explicit');
    assert.deepEqual(problems, []);
    await find({ agentSocket });
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['key/agent'],
    );
  });

  describe('for an explicit key', () => {
    it('takes a private key text, plain or encrypted', async () => {
      await signs(await only({ explicit: formatKeyText(TEST_KEY) }));
      const encrypted = formatKeyText(TEST_KEY, { passphrase: 'secret', rounds: 1 });
      await signs(await only({ explicit: encrypted, passphrase: 'secret' }));
      const locked = await only({ explicit: encrypted });
      await throwsCode(() => locked.open(), 'key/passphrase');
    });

    it('takes a public key, its file, or its id, when the agent has the private one', async () => {
      const file = sshKey('key');
      const socket = await agentWith(file);
      rmSync(file);
      const line = readFileSync(`${file}.pub`, 'utf8').trim();
      const id = sshKeygen(['-l', '-f', `${file}.pub`]).split(' ')[1] as string;
      for (const explicit of [line, `key::${line}`, `${file}.pub`, file, id]) {
        const candidate = await only({ explicit, agentSocket: socket });
        assert.deepEqual([candidate.source, candidate.place], ['explicit', 'ssh-agent']);
        await signs(candidate);
      }
    });

    it('takes the private file beside a public one', async () => {
      const candidate = await only({ explicit: `${sshKey('key')}.pub` });
      assert.equal(candidate.place, dir.at('key'));
      await signs(candidate);
    });

    it('takes the name or the id of a key of ours', async () => {
      const key = await generateKey(dir.at('config'), { name: 'release', comment: 'r' });
      const id = keyIdOf(key.publicKey.raw, engines);
      for (const explicit of ['release', id]) {
        const candidate = await only({ explicit });
        assert.deepEqual([candidate.source, candidate.place], ['explicit', key.path]);
      }
    });

    it('throws instead of quietly signing with another', async () => {
      await generateKey(dir.at('config'), { comment: 'default' });
      const line = formatPublicKey(TEST_KEY.publicKey);
      const id = keyIdOf(TEST_KEY.publicKey.raw, engines);
      for (const explicit of ['none', dir.at('none'), '../none', id]) {
        await throwsCode(() => find({ explicit }), 'key/not-found');
      }
      await throwsCode(() => find({ explicit: line }), 'key/agent');
      const agentSocket = await agentWith();
      await throwsCode(() => find({ explicit: line, agentSocket }), 'key/not-found');
      sshKeygen(['-q', '-t', 'ecdsa', '-N', '', '-f', dir.at('ecdsa')]);
      await throwsCode(() => find({ explicit: dir.at('ecdsa') }), 'key/unsupported');
      await throwsCode(() => find({ explicit: dir.at('ecdsa.pub') }), 'key/unsupported');
    });

    it('never repeats in an error what may be a secret', async () => {
      const body = formatKeyText(TEST_KEY).split('\n').slice(1, -2);
      const secrets = [body.join(''), body.join('\n'), toBase64(TEST_KEY.seed), toHex(TEST_KEY.seed)];
      for (const explicit of secrets) {
        const error = await throwsCode(() => find({ explicit }), 'key/invalid');
        assert.ok(!JSON.stringify([error.message, error.hint, error.facts]).includes(explicit.slice(0, 20)));
      }
    });

    it('refuses a file that others can read when it is opened', async () => {
      const explicit = sshKey('key');
      chmodSync(explicit, 0o644);
      const candidate = await only({ explicit });
      await throwsCode(() => candidate.open(), 'key/permissions');
    });

    it('refuses a .pub whose private file is another key, unless the agent has the right one', async () => {
      const file = sshKey('key');
      const socket = await agentWith(file);
      renameSync(sshKey('other'), file);
      await throwsCode(() => find({ explicit: `${file}.pub` }), 'key/agent');
      assert.equal((await only({ explicit: `${file}.pub`, agentSocket: socket })).place, 'ssh-agent');
    });
  });

  describe('for an encrypted file', () => {
    it('asks nobody when the agent has the key', async () => {
      const file = sshKey('key');
      const socket = await agentWith(file);
      sshKeygen(['-q', '-p', '-a', '1', '-P', '', '-N', 'secret', '-f', file]);
      const passphrase = () => assert.fail('asked');
      await signs(await only({ explicit: file, agentSocket: socket, passphrase }));
    });

    it('asks only when it is opened, and falls back from a broken agent to the passphrase', async () => {
      let asked = 0;
      const passphrase = async () => {
        asked++;
        return 'secret';
      };
      const explicit = sshKey('key', 'secret');
      const candidate = await only({ explicit, agentSocket: dir.at('no.sock'), passphrase });
      assert.equal(asked, 0);
      await signs(candidate);
      assert.equal(asked, 1);
    });
  });

  describe("for git's user.signingkey", () => {
    it('takes paths, public keys and the home folder', async () => {
      const file = sshKey('key');
      mkdirSync(dir.at('home'));
      renameSync(file, dir.at('home', 'id'));
      renameSync(`${file}.pub`, dir.at('home', 'id.pub'));
      for (const gitSigningKey of ['~/id', '~/id.pub', dir.at('home', 'id')]) {
        const candidate = await only({ gitSigningKey, homeDir: dir.at('home') });
        assert.deepEqual([candidate.source, candidate.place], ['git', dir.at('home', 'id')]);
      }
      const line = readFileSync(dir.at('home', 'id.pub'), 'utf8').trim();
      const agentSocket = await agentWith(dir.at('home', 'id'));
      assert.equal((await only({ gitSigningKey: `key::${line}`, agentSocket })).source, 'git');
    });

    it('leaves GPG keys alone, and says so', async () => {
      assert.deepEqual(await find({ gitSigningKey: '0A46826A!' }), []);
      assert.deepEqual(await find({ gitSigningKey: 'ana@example.org' }), []);
      assert.deepEqual(await find({ gitSigningKey: sshKey('key'), gitFormat: 'openpgp' }), []);
      assert.deepEqual(
        problems.map(({ code }) => code),
        ['key/unsupported', 'key/unsupported', 'key/unsupported'],
      );
    });

    it('says what would let the key itself sign, else to name another', async () => {
      const unread = sshKey('unread');
      renameSync(unread, dir.at('gone'));
      const line = readFileSync(`${unread}.pub`, 'utf8').trim();
      const agentSocket = await agentWith(sshKey('in-agent'));
      assert.deepEqual(summary(await find({ gitSigningKey: `key::${line}`, agentSocket })), ['agent in-agent']);
      assert.deepEqual(summary(await find({ gitSigningKey: unread, agentSocket })), ['agent in-agent']);
      assert.deepEqual(sources, ['git', 'git']);
      assert.match(problems[0]?.hint ?? '', /ssh-add/);
      assert.match(problems[1]?.hint ?? '', /--key/);
    });

    it('reports a key it cannot use and goes on', async () => {
      await generateKey(dir.at('config'), { comment: 'default' });
      writeFileSync(dir.at('damaged'), 'nonsense');
      for (const gitSigningKey of [dir.at('none'), dir.at('damaged')]) {
        assert.deepEqual(summary(await find({ gitSigningKey })), ['at1 default']);
      }
      assert.deepEqual(
        problems.map(({ code }) => code),
        ['key/not-found', 'key/invalid'],
      );
    });
  });

  describe('chooseSigner', () => {
    it('prefers the explicit key, then the first listed one, then the first', async () => {
      const config = dir.at('config');
      await generateKey(config, { comment: 'first' });
      const listed = await generateKey(config, { name: 'b', comment: 'listed' });
      const isListed = (raw: Uint8Array) => equalBytes(raw, listed.publicKey.raw);
      const choose = async (options: Partial<FindSignerOptions>, test: typeof isListed) =>
        (await chooseSigner(findSigners({ configDir: config, ...options }), test)).publicKey.comment;
      assert.equal(await choose({ explicit: sshKey('explicit') }, isListed), 'explicit');
      assert.equal(await choose({}, isListed), 'listed');
      assert.equal(await choose({}, nobody), 'first');
    });
  });
});
