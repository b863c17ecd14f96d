/** What somebody without a key can make everybody read: little, however cheap it was to push. */
import assert from 'node:assert/strict';
import type { GitObject, Oid } from '../../src/git-format/oid.js';
import { readSignatures, SIGNATURE_LIMIT } from '../../src/history/judge-signatures.js';
import { registryTreeAt } from '../../src/history/registry-tree.js';
import { codesOf, errorsOf, goodVersions, rowOf } from '../helpers/fold-results.js';
import { ana, HistoryBuilder } from '../helpers/registry-fixture.js';

let b: HistoryBuilder;
let root: Oid;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  root = await b.commit([], await b.genesis(ana, { principals: [ana], owners: [ana] }));
});

describe('a signature file that is too long', () => {
  it('is asked for with a limit, once for all its names, and blamed under each', async () => {
    const long = new Uint8Array(SIGNATURE_LIMIT + 1);
    const names = Array.from({ length: 40 }, (_, i) => `model/x/1.0.0.sig/s${i}.sig`);
    const files = Object.fromEntries(names.map((name) => [name, long]));
    const tip = await b.commit([root], { ...(await b.version('model/x@1.0.0')), ...files });
    const folded = await b.fold(tip);
    const problems = rowOf(folded, 'model/x@1.0.0').problems;
    assert.deepEqual(
      problems.map(({ subject }) => subject),
      [...names].sort(),
    );
    assert.deepEqual(new Set(codesOf(problems, 'error')), new Set(['signature/malformed']));
  });

  it('never counted, so it may be taken away', async () => {
    const files = { 'model/x/1.0.0.sig/s.sig': new Uint8Array(SIGNATURE_LIMIT + 1) };
    const dirty = await b.commit([root], { ...(await b.version('model/x@1.0.0')), ...files });
    const clean = await b.commit([dirty], { 'model/x/1.0.0.sig/s.sig': null });
    assert.deepEqual(errorsOf(await b.fold(clean)), []);
    assert.deepEqual(goodVersions(await b.fold(clean)), ['model/x@1.0.0']);
  });

  it('is never read whole by a reader that can tell', async () => {
    const files = await b.version('model/x@1.0.0');
    const tip = await b.commit([root], files);
    const limits: (number | undefined)[] = [];
    const reader = {
      read(oid: Oid, limit?: number): Promise<GitObject> {
        limits.push(limit);
        return b.read(oid);
      },
    };
    const tree = await registryTreeAt({ reader, prefix: '' }, tip);
    limits.length = 0;
    await readSignatures(reader, tree as Oid, 'model/x/1.0.0.sig');
    assert.equal(limits.at(-1), SIGNATURE_LIMIT);
  });
});
