import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { get, push, tag } from '../../src/index.js';
import { randomBytes, randomStream } from '../helpers/random-bytes.js';
import { runTool } from '../helpers/ssh-keygen.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';
import { scaled } from '../scale.js';
import { assertFsck, assertVerified, makePerson, type Person, put, sha256, treeOf } from './people.js';

describe('through a bare remote, with plain git', () => {
  const dir = useTempDir('suite');
  let ana: Person;
  let bare: string;
  let origin: string;
  const model = randomBytes(300_000, 1);

  before(async () => {
    ana = makePerson(dir.path, 'ana');
    bare = dir.at('remote.git');
    origin = dir.at('of ana');
    ana.git(dir.path, 'init', '-q', '--bare', bare);
    await ana.init(origin);
    ana.git(origin, 'remote', 'add', 'origin', bare);
    put(dir.at('model.bin'), model);
    put(dir.at('set', 'a b.csv'), 'a,b\r\n1,2\n');
    put(dir.at('set', 'ü.csv'), 'x\n');
  });

  /** Somebody who has nothing but the clone. */
  const visitor = (name: string) => makePerson(dir.path, name);

  it('tags wait until the commit is on the remote', async () => {
    const first = await ana.register(origin, { ref: 'model/fraud@1.0.0', paths: [dir.at('model.bin')] });
    await ana.register(origin, { ref: 'data/set@0.1.0', paths: [dir.at('set')] });
    assert.equal(first.tag, null);
    assert.equal(ana.git(origin, 'tag', '--list'), '');
    const early = await tag(await ana.open(origin));
    assert.deepEqual([early.created, early.waiting.length], [[], 2]);
    ana.git(origin, 'push', '-q', '-u', 'origin', 'main');
    const done = await tag(await ana.open(origin));
    assert.deepEqual(done.created.map(({ name }) => name).sort(), ['data/set@v0.1.0', 'model/fraud@v1.0.0']);
    assert.deepEqual(done.waiting, []);
    assert.equal(done.landed, 'refs/remotes/origin/main');
    assert.equal(ana.git(origin, 'rev-parse', 'model/fraud@v1.0.0^{commit}'), first.commit);
    ana.git(origin, 'push', '-q', '--tags');
    assert.deepEqual((await tag(await ana.open(origin))).created, []);
  });

  it('a fresh clone verifies without errors for somebody with an empty home, and gives the bytes', async () => {
    const guest = visitor('guest');
    const clone = dir.at('plain clone');
    guest.git(dir.path, 'clone', '-q', bare, clone);
    const result = await guest.verify(clone);
    assertVerified(result);
    assert.equal(result.trust, 'first-use');
    assert.deepEqual(
      result.findings.map(({ code }) => code),
      ['trust/first-use'],
    );
    assert.deepEqual(
      [result.checked.manifests, result.checked.signatures, result.checked.tags, result.checked.commits],
      [2, 2, 2, 3],
    );
    const registry = await guest.open(clone);
    const one = await get(registry, { ref: 'model/fraud@1.0.0', out: dir.at('guest.bin') });
    assert.equal(one.content, `sha256:${sha256(readFileSync(dir.at('guest.bin')))}`);
    assert.equal(Buffer.compare(readFileSync(dir.at('guest.bin')), model), 0);
    await get(registry, { ref: 'set', out: dir.at('guest set') });
    assert.deepEqual(treeOf(dir.at('guest set')), treeOf(dir.at('set')));
    assert.equal((await guest.verify(clone)).trust, 'remembered');
    assert.equal(guest.git(clone, 'status', '--porcelain'), '');
  });

  it('the visitor cannot register: there is no key, and one of their own is not in the policy', async () => {
    const clone = dir.at('plain clone');
    const guest = visitor('guest');
    await throwsCode(
      () => guest.register(clone, { ref: 'model/fraud@2.0.0', paths: [dir.at('model.bin')] }),
      'key/none',
    );
    await guest.init(dir.at('registry of the guest'));
    const refused = await throwsCode(
      () => guest.register(clone, { ref: 'model/fraud@2.0.0', paths: [dir.at('model.bin')] }),
      'signature/unknown-key',
    );
    assert.match(refused.hint ?? '', /at1 policy add-principal/);
    assert.equal(guest.git(clone, 'status', '--porcelain'), '');
  });

  it('stock git verifies every commit and every tag with the signers in the registry', () => {
    const clone = dir.at('plain clone');
    const guest = visitor('guest');
    const signers = ['-c', 'gpg.ssh.allowedSignersFile=.at1/allowed_signers'];
    const commits = guest.git(clone, 'rev-list', 'HEAD').split('\n');
    assert.equal(commits.length, 3);
    for (const commit of commits) guest.git(clone, ...signers, 'verify-commit', commit);
    const tags = guest.git(clone, 'tag', '--list').split('\n');
    assert.equal(tags.length, 2);
    for (const name of tags) guest.git(clone, ...signers, 'verify-tag', name);
  });

  it('stock ssh-keygen verifies manifests and policy', () => {
    const clone = dir.at('plain clone');
    const signed = [
      ['model/fraud/1.0.0.toml', 'model/fraud/1.0.0.sig', 'at1-manifest'],
      ['data/set/0.1.0.toml', 'data/set/0.1.0.sig', 'at1-manifest'],
      ['.at1/policy/policy.toml', '.at1/policy/policy.sig', 'at1-policy'],
    ] as const;
    for (const [file, folder, namespace] of signed) {
      const args = ['-Y', 'verify', '-f', `${clone}/.at1/allowed_signers`, '-I', 'ana', '-n', namespace];
      const check = (input: Uint8Array) =>
        runTool('ssh-keygen', [...args, '-s', `${clone}/${folder}/ana.sig`], { input }).status;
      const bytes = readFileSync(`${clone}/${file}`);
      assert.equal(check(bytes), 0, file);
      assert.notEqual(check(Buffer.concat([bytes, Buffer.from('#')])), 0, `${file} with one byte more`);
    }
  });

  it('git fsck finds nothing on either side', () => {
    assertFsck(ana, origin);
    assertFsck(ana, bare);
    assertFsck(visitor('guest'), dir.at('plain clone'));
  });

  for (const [setting, value] of [
    ['core.autocrlf', 'true'],
    ['core.eol', 'crlf'],
  ] as const) {
    it(`a clone with ${setting}=${value} has the same bytes and verifies`, async () => {
      const guest = visitor(`guest of ${setting}`);
      const clone = dir.at(`clone with ${setting}`);
      guest.git(dir.path, '-c', `${setting}=${value}`, 'clone', '-q', '-c', `${setting}=${value}`, bare, clone);
      assert.deepEqual(
        treeOf(clone, { without: ['.git', '.at1/cache'] }),
        treeOf(origin, { without: ['.git', '.at1/cache'] }),
      );
      assertVerified(await guest.verify(clone));
      assert.equal(guest.git(clone, 'status', '--porcelain'), '');
    });
  }

  it('300 MB pass a remote that refuses every file above 95 MiB, and come back', async () => {
    const hook = `#!/bin/sh
while read old new ref; do
  too_big=$(git rev-list --objects "$new" --not --all | git cat-file --batch-check='%(objectsize) %(rest)' | awk '$1 > 99614720')
  test -z "$too_big" || { echo "a file of $too_big bytes is too big" >&2; exit 1; }
done
`;
    writeFileSync(`${bare}/hooks/pre-receive`, hook);
    chmodSync(`${bare}/hooks/pre-receive`, 0o755);
    const size = 300_000_000;
    const stream = () => randomStream(size, 300);
    const name = 'weights.safetensors';
    const done = await ana.register(origin, { ref: 'model/big@1.0.0', content: { name, bytes: stream() } });
    assert.equal(done.size, size);
    const sent = await push(await ana.open(origin));
    assert.deepEqual(sent.refs.map(({ ref, status }) => [ref, status]).sort(), [
      ['refs/heads/main', 'updated'],
      ['refs/tags/model/big@v1.0.0', 'new'],
    ]);
    const guest = visitor('guest of the big one');
    guest.git(dir.path, 'clone', '-q', bare, dir.at('big clone'));
    const got = await get(await guest.open(dir.at('big clone')), { ref: 'model/big@1.0.0', out: dir.at('big.out') });
    assert.equal(got.content, done.content);
    const bytes = readFileSync(dir.at('big.out'));
    assert.equal(`sha256:${sha256(bytes)}`, done.content);
    let at = 0;
    for await (const piece of stream()) {
      assert.equal(Buffer.compare(bytes.subarray(at, at + piece.length), piece), 0);
      at += piece.length;
    }
    // The hook is real: what at1 cuts into segments it would not have let through whole.
    ana.git(dir.path, 'clone', '-q', bare, dir.at('whole'));
    put(dir.at('whole', 'whole.bin'), new Uint8Array(96 << 20));
    ana.git(dir.at('whole'), 'add', 'whole.bin');
    ana.git(dir.at('whole'), 'commit', '-qm', 'a big file');
    assert.match(ana.tryGit(dir.at('whole'), 'push', '-q').stderr, /too big/);
  }).timeout(scaled(120_000));
});
