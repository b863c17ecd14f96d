/** Policies as they are used: keys as bytes, each key of one person, and every policy loaded once. */
import assert from 'node:assert/strict';
import { toHex, utf8 } from '../../src/bytes/text.js';
import type { Oid } from '../../src/git-format/oid.js';
import { loadPolicy, loadPolicyBlob } from '../../src/history/load-policy.js';
import { ana, bo, HistoryBuilder, keyOf } from '../helpers/registry-fixture.js';
import { throwsCode } from '../helpers/throws-code.js';

const POLICY = '.at1/policy/policy.toml';
const second = keyOf('ana', 1);
let b: HistoryBuilder;
let root: Oid;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  root = await b.commit([], await b.genesis(ana, { principals: [ana, second, bo] }));
});

describe('a loaded policy', () => {
  it('knows whose each key is', () => {
    const { owners, keys, policy, bytes } = loadPolicy(b.bytesAt(root, POLICY), b.engines);
    const all = [ana, second, bo].map(({ signer, name }) => [toHex(signer.publicKey.raw), name]);
    assert.deepEqual([...owners], all);
    assert.deepEqual(
      [...keys].map(([name, own]) => [name, own.map(({ raw }) => toHex(raw))]),
      [
        ['ana', [all[0]?.[0], all[1]?.[0]]],
        ['bo', [all[2]?.[0]]],
      ],
    );
    assert.deepEqual([policy.version, bytes], [1, b.bytesAt(root, POLICY)]);
  });

  it('refuses one key for two people, however it is written, and one that anybody can sign for', async () => {
    const text = new TextDecoder().decode(b.bytesAt(root, POLICY));
    const key = ana.line.split(' ').slice(0, 2).join(' ');
    // A space that is none for the rule on texts, and is trimmed where the key is read.
    const twice = utf8(text.replace(bo.line, `${key}\u00a0`));
    const same = await throwsCode(() => loadPolicy(twice, b.engines), 'policy/invalid');
    assert.equal(same.message, "one key is listed for 'ana' and for 'bo'");
    const identity = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEA${'A'.repeat(40)}`;
    const weak = await throwsCode(() => loadPolicy(utf8(text.replace(bo.line, identity)), b.engines), 'key/weak');
    assert.deepEqual(
      [weak.message, weak.hint],
      [
        "the key of principal 'bo' is not a point of the prime-order group: anyone could sign for it",
        'refuse this key and ask for one made by ssh-keygen -t ed25519',
      ],
    );
  });

  it('is read once by a reader, and again by another', async () => {
    const blob = b.fileAt(root, POLICY);
    let reads = 0;
    const make = () => ({
      read(oid: Oid) {
        reads++;
        return b.read(oid);
      },
    });
    const reader = make();
    const first = await loadPolicyBlob(reader, blob, b.engines);
    assert.equal(await loadPolicyBlob(reader, blob, b.engines), first);
    assert.equal(reads, 1);
    assert.notEqual(await loadPolicyBlob(make(), blob, b.engines), first);
    assert.equal(reads, 2);
  });
});
