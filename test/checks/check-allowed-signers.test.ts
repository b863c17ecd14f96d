/** The file stock git believes must be the one the policy gives. */
import assert from 'node:assert/strict';
import { fromUtf8 } from '../../src/bytes/text.js';
import { allowedSignersOf, checkAllowedSigners } from '../../src/checks/check-allowed-signers.js';
import type { Oid } from '../../src/git-format/oid.js';
import { readCommit } from '../../src/git-format/read-object.js';
import { registryTree } from '../../src/history/registry-tree.js';
import { ALLOWED_SIGNERS_PATH } from '../../src/manifest/layout-of-registry.js';
import { ana, bo, HistoryBuilder, type NewFile } from '../helpers/registry-fixture.js';

describe('allowed_signers', () => {
  it('is right as it was generated, and wrong in every other way', async () => {
    const b = await HistoryBuilder.make();
    const root = await b.commit([], await b.genesis(ana));
    const { policy } = await b.fold(root);
    const check = async (file: NewFile | undefined) => {
      const tip = file === undefined ? root : await b.commit([root], { [ALLOWED_SIGNERS_PATH]: file });
      const tree = await registryTree(b, (await readCommit(b, tip)).tree, '');
      return (await checkAllowedSigners(b, tree as NonNullable<typeof tree>, policy))?.code;
    };
    assert.equal(await check(undefined), undefined);
    for (const file of [null, '', 'eve ssh-ed25519 AAAA\n']) assert.equal(await check(file), 'policy/allowed-signers');
    const bytes = b.bytesAt(root, ALLOWED_SIGNERS_PATH);
    assert.equal(await check({ mode: '120000', bytes }), 'policy/allowed-signers');
    b.damage(b.fileAt(root, ALLOWED_SIGNERS_PATH));
    assert.equal(await check(undefined), 'git/invalid-object');
  });

  it('has a line for each key, and is told in words where it has not', async () => {
    const b = await HistoryBuilder.make();
    const root = await b.commit([], await b.genesis(ana, { principals: [bo, ana] }));
    const { policy } = await b.fold(root);
    const namespaces = 'namespaces="git,at1-manifest,at1-policy,at1-event,at1-evidence"';
    const text =
      '# Made from .at1/policy/policy.toml; edits are overwritten. Nothing at1 verifies depends on this file.\n' +
      `ana ${namespaces} ${ana.line}\nbo ${namespaces} ${bo.line}\n`;
    assert.equal(fromUtf8(allowedSignersOf(policy)), text);
    const told = async (file: NewFile) => {
      const tip = await b.commit([root], { [ALLOWED_SIGNERS_PATH]: file });
      const tree = await registryTree(b, (await readCommit(b, tip)).tree, '');
      return checkAllowedSigners(b, tree as NonNullable<typeof tree>, policy);
    };
    const wrong = {
      severity: 'error',
      code: 'policy/allowed-signers',
      subject: ALLOWED_SIGNERS_PATH,
      hint: 'stock git would believe it: restore it with at1 doctor --fix',
    };
    assert.equal(await told(text), undefined);
    assert.deepEqual(await told(null), { ...wrong, message: 'the file is missing' });
    for (const other of [`${text}#`, text.slice(0, -1)]) {
      assert.deepEqual(await told(other), { ...wrong, message: 'the file does not say what the policy says' });
    }
    assert.equal((await told(new Uint8Array(2 ** 21)))?.code, 'document/too-large');
  });

  it('passes on what nobody foresaw', async () => {
    const b = await HistoryBuilder.make();
    const root = await b.commit([], await b.genesis(ana));
    const { policy } = await b.fold(root);
    const { tree } = await readCommit(b, root);
    const reason = new Error('unforeseen');
    const file = b.fileAt(root, ALLOWED_SIGNERS_PATH);
    const reader = { read: (oid: Oid) => (oid === file ? Promise.reject(reason) : b.read(oid)) };
    await assert.rejects(checkAllowedSigners(reader, tree, policy), reason);
  });
});
