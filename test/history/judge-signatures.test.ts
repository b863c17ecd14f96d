/** Signature files of one document: each is checked once, and as many as anybody needs are looked at. */
import assert from 'node:assert/strict';
import { utf8 } from '../../src/bytes/text.js';
import type { Oid } from '../../src/git-format/oid.js';
import { readCommit } from '../../src/git-format/read-object.js';
import { judgeSignatures, readSignatures, SIGNATURE_LIMIT } from '../../src/history/judge-signatures.js';
import type { LoadedPolicy } from '../../src/history/load-policy.js';
import { ana, bo, HistoryBuilder, type NewFile } from '../helpers/registry-fixture.js';

let b: HistoryBuilder;
let policy: LoadedPolicy;
const message = utf8('a document\n');

beforeEach(async () => {
  b = await HistoryBuilder.make();
  policy = (await b.fold(await b.commit([], await b.genesis(ana, { principals: [ana, bo] })))).policy;
});

async function read(files: Record<string, NewFile>) {
  const { tree } = await readCommit(b, await b.commit([], files, { key: null }));
  return readSignatures(b, tree, 'x.sig');
}

describe('the files of a signature folder', () => {
  it('are those that end in .sig, in byte order, with their problems', async () => {
    const { files, problems } = await read({
      'x.sig/b.sig': 'b',
      'x.sig/B.sig': 'B',
      'x.sig/a.sig': new Uint8Array(SIGNATURE_LIMIT),
      'x.sig/c': 'c',
      'x.sig/d.sig/e': 'e',
    });
    assert.deepEqual(
      files.map(({ name, path, bytes }) => [name, path, bytes.length]),
      [
        ['B', 'x.sig/B.sig', 1],
        ['a', 'x.sig/a.sig', 4096],
        ['b', 'x.sig/b.sig', 1],
      ],
    );
    assert.deepEqual(
      problems.map(({ code, subject }) => [code, subject]),
      [
        ['signature/wrong-place', 'x.sig/c'],
        ['signature/wrong-place', 'x.sig/d.sig'],
      ],
    );
  });

  it('are at most 256, or none of them is looked at', async () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`x.sig/p${i}.sig`, `${i}`]));
    const most = await read(many(256));
    assert.deepEqual([most.files.length, most.problems], [256, []]);
    const more = await read(many(257));
    assert.deepEqual([more.files, more.problems.map(({ subject }) => subject)], [[], ['x.sig']]);
    assert.deepEqual(await read({ y: 'y' }), { files: [], problems: [] });
  });
});

describe('judging signatures', () => {
  it('checks equal bytes once, and hashes the document once for all', async () => {
    const armors = [await b.sign(ana, 'at1-manifest', message), await b.sign(bo, 'at1-manifest', message)];
    const { files } = await read({
      ...Object.fromEntries(['ana', 'eve', 'zoe'].map((name) => [`x.sig/${name}.sig`, armors[0] as string])),
      'x.sig/bo.sig': armors[1] as string,
    });
    const counts = { verified: 0, hashed: 0 };
    const engines = {
      ...b.engines,
      sha512: (data: Uint8Array) => {
        if (data === message) counts.hashed++;
        return b.engines.sha512(data);
      },
      ed25519Verify: (...given: Parameters<typeof b.engines.ed25519Verify>) => {
        counts.verified++;
        return b.engines.ed25519Verify(...given);
      },
    };
    const judged = judgeSignatures(files, 'at1-manifest', message, policy, engines);
    assert.deepEqual([...judged.principals], ['ana', 'bo']);
    assert.deepEqual(
      judged.problems.map(({ code, subject }) => [code, subject]),
      [
        ['signature/wrong-place', 'x.sig/eve.sig'],
        ['signature/wrong-place', 'x.sig/zoe.sig'],
      ],
    );
    assert.deepEqual([judged.checked, counts], [4, { verified: 2, hashed: 1 }]);
  });

  it('passes on what nobody foresaw', async () => {
    const { files } = await read({ 'x.sig/ana.sig': await b.sign(ana, 'at1-manifest', message) });
    const reason = new Error('unforeseen');
    const fail = () => {
      throw reason;
    };
    const engines = { ...b.engines, ed25519Verify: fail };
    assert.throws(() => judgeSignatures(files, 'at1-manifest', message, policy, engines), reason);
  });
});

describe('what a version lacks when git has lost its parts', () => {
  const path = 'model/x/1.0.0.toml';
  let landed: Oid;

  beforeEach(async () => {
    const root = await b.commit([], await b.genesis(ana, { principals: [ana, bo] }));
    landed = await b.commit([root], await b.version('model/x@1.0.0'));
  });

  it('is told when a later signature asks for the manifest', async () => {
    const { state } = await b.fold(landed);
    const more = await b.version('model/x@1.0.0', { keys: [bo] });
    const next = await b.commit([landed], { 'model/x/1.0.0.sig/bo.sig': more['model/x/1.0.0.sig/bo.sig'] as string });
    b.objects.delete(b.fileAt(landed, path));
    const row = (await b.fold(next, state)).state.versions.get(path);
    assert.deepEqual(
      row?.problems.map(({ code }) => code),
      ['git/object-missing'],
    );
    assert.equal(row?.effective, landed);
  });

  it('is told as a removal where a merge leaves it out', async () => {
    const root = (await readCommit(b, landed)).parents[0] as Oid;
    const merged = await b.commit([await b.commit([root], {}), landed], {});
    b.objects.delete(b.fileAt(landed, path));
    const { findings, versions } = (await b.fold(merged)).state;
    assert.deepEqual(
      [findings.map(({ code, subject, severity }) => [severity, code, subject]), versions.size],
      [[['error', 'history/manifest-removed', path]], 0],
    );
  });
});
