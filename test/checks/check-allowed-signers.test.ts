/** The file stock git believes must be the one the policy gives. */
import assert from 'node:assert/strict';
import { checkAllowedSigners } from '../../src/checks/check-allowed-signers.js';
import { readCommit } from '../../src/git-format/read-object.js';
import { registryTree } from '../../src/history/registry-tree.js';
import { ALLOWED_SIGNERS_PATH } from '../../src/manifest/layout-of-registry.js';
import { ana, HistoryBuilder, type NewFile } from '../helpers/registry-fixture.js';

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
});
