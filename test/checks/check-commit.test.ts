/** What the signature of a commit is worth: nothing missing is an error, anything false is. */
import assert from 'node:assert/strict';
import { checkCommit, goodSignatureOf, judgeSigner } from '../../src/checks/check-commit.js';
import type { Oid } from '../../src/git-format/oid.js';
import { readCommit } from '../../src/git-format/read-object.js';
import { ana, eve, HistoryBuilder } from '../helpers/registry-fixture.js';

let b: HistoryBuilder;
let root: Oid;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  root = await b.commit([], await b.genesis(ana));
});

async function check(oid: Oid): Promise<string> {
  const { policy } = await b.fold(root);
  const found = await checkCommit(oid, await readCommit(b, oid), policy, b.engines);
  return found === undefined ? 'good' : `${found.severity} ${found.code}`;
}

describe('the signature of a commit', () => {
  it('of somebody in the policy is good', async () => {
    assert.equal(await check(root), 'good');
  });

  it('may be missing, of a stranger, or of another kind: squash and rebase do that', async () => {
    assert.equal(await check(await b.commit([root], {}, { key: null })), 'note commit/unsigned');
    assert.equal(await check(await b.commit([root], {}, { key: eve })), 'note commit/unknown-signer');
    const pgp = '-----BEGIN PGP SIGNATURE-----\n\nabcd\n-----END PGP SIGNATURE-----\n';
    assert.equal(await check(await b.commit([root], {}, { armor: pgp })), 'note commit/host-signed');
  });

  it('is told in words where it is not good', async () => {
    const { policy } = await b.fold(root);
    const told = async (oid: Oid) => checkCommit(oid, await readCommit(b, oid), policy, b.engines);
    const about = (oid: Oid) => ({ severity: 'note', subject: `commit ${oid}`, hint: null });
    const unsigned = await b.commit([root], {}, { key: null });
    assert.deepEqual(await told(unsigned), {
      ...about(unsigned),
      code: 'commit/unsigned',
      message: 'the commit is not signed; the signature files in its tree are what counts',
    });
    const pgp = '-----BEGIN PGP SIGNATURE-----\n\nabcd\n-----END PGP SIGNATURE-----\n';
    const hosted = await b.commit([root], {}, { armor: pgp });
    assert.deepEqual(await told(hosted), {
      ...about(hosted),
      code: 'commit/host-signed',
      message: 'the commit carries a pgp signature, which is not judged',
    });
    const strange = await b.commit([root], {}, { key: eve });
    assert.deepEqual(await told(strange), {
      ...about(strange),
      code: 'commit/unknown-signer',
      message: 'signed by a key that the policy does not list',
    });
    const altered = await b.commit([root], {}, { armor: await b.sign(ana, 'git', new Uint8Array([1])) });
    assert.deepEqual(await told(altered), {
      ...about(altered),
      severity: 'error',
      code: 'commit/bad-signature',
      message: 'signature does not match the content',
      hint: 'the commit was altered after it was signed',
    });
  });

  it('may be looked at first and judged later, where it is good', async () => {
    const { policy } = await b.fold(root);
    const signer = async (oid: Oid) => goodSignatureOf(await readCommit(b, oid), b.engines);
    for (const oid of [root, await b.commit([root], {}, { key: eve })]) {
      const found = judgeSigner(oid, (await signer(oid))?.key ?? '', policy);
      assert.deepEqual(found, await checkCommit(oid, await readCommit(b, oid), policy, b.engines));
    }
    const pgp = '-----BEGIN PGP SIGNATURE-----\n\nabcd\n-----END PGP SIGNATURE-----\n';
    const bad = [{ key: null }, { armor: pgp }, { armor: await b.sign(ana, 'git', new Uint8Array([1])) }];
    for (const options of bad) assert.equal(await signer(await b.commit([root], {}, options)), undefined);
  });

  it('must not be wrong', async () => {
    const armor = await b.sign(ana, 'git', new Uint8Array([1]));
    assert.equal(await check(await b.commit([root], {}, { armor })), 'error commit/bad-signature');
    const purpose = await b.sign(ana, 'at1-manifest', new Uint8Array([1]));
    assert.equal(await check(await b.commit([root], {}, { armor: purpose })), 'error commit/bad-signature');
  });
});
