/** What hardly ever comes up in a history, each by itself: somebody will push it. */
import assert from 'node:assert/strict';
import { fromUtf8, utf8 } from '../../src/bytes/text.js';
import type { Oid } from '../../src/git-format/oid.js';
import { readPlaced } from '../../src/history/judge-document.js';
import type { Manifest } from '../../src/manifest/documents.js';
import { parseRegistryPath } from '../../src/manifest/layout-of-registry.js';
import { treeDigest } from '../../src/manifest/tree-digest.js';
import { codesOf, errorsOf, goodVersions, rowOf } from '../helpers/fold-results.js';
import { ana, bo, carol, HistoryBuilder, type NewFile, REGISTRY } from '../helpers/registry-fixture.js';
import { withTwiceEachEntry } from '../helpers/twice-each-entry.js';

const PATH = 'model/x/1.0.0.toml';
const SIGNATURE = 'model/x/1.0.0.sig/ana.sig';
/** Makes a manifest that is longer than what is parsed unsigned. */
const card = { format: 'markdown' as const, text: 'long '.repeat(5000) };
let b: HistoryBuilder;
let root: Oid;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  root = await b.commit([], await b.genesis(ana, { principals: [ana, bo] }));
});

describe('a signature file', () => {
  it('that counted may not become a program, though its bytes are the same', async () => {
    const landed = await b.commit([root], await b.version('model/x@1.0.0'));
    const bytes = b.bytesAt(landed, SIGNATURE);
    const folded = await b.fold(await b.commit([landed], { [SIGNATURE]: { mode: '100755', bytes } }));
    assert.ok(errorsOf(folded).includes('history/signature-changed'));
    const back = await b.fold(await b.commit([landed], { [SIGNATURE]: bytes }));
    assert.deepEqual([errorsOf(back), goodVersions(back)], [[], ['model/x@1.0.0']]);
  });

  it('that is kept where a merge leaves out the manifest alone is not missed', async () => {
    const side = await b.commit([root], await b.version('model/x@1.0.0'));
    const merged = await b.commit([await b.commit([root], {}), side], { ...b.filesBelow(side, 'model'), [PATH]: null });
    const row = rowOf(await b.fold(merged), 'model/x@1.0.0');
    assert.deepEqual([row.effective, codesOf(row.problems)], [merged, ['history/manifest-removed']]);
  });

  it('that is no text is malformed', async () => {
    const files = { ...(await b.version('model/x@1.0.0')), 'model/x/1.0.0.sig/bo.sig': new Uint8Array([0xff, 0xfe]) };
    const folded = await b.fold(await b.commit([root], files));
    const row = rowOf(folded, 'model/x@1.0.0');
    assert.deepEqual(
      [row.effective === null, row.problems.map(({ code, subject }) => [code, subject])],
      [false, [['signature/malformed', 'model/x/1.0.0.sig/bo.sig']]],
    );
  });
});

describe('a long manifest', () => {
  it('that nobody signed may be left out by a merge, and nobody hears of it', async () => {
    const edit = { keys: [], edit: (honest: Manifest): Manifest => ({ ...honest, card }) };
    const side = await b.commit([root], await b.version('model/x@1.0.0', edit));
    const folded = await b.fold(await b.commit([await b.commit([root], {}), side], {}));
    assert.deepEqual([errorsOf(folded), folded.state.versions.size], [[], 0]);
  });

  it('whose signatures no git could read may be left out as well', async () => {
    const edit = (honest: Manifest): Manifest => ({ ...honest, card });
    const { [PATH]: manifest, ...signed } = await b.version('model/x@1.0.0', { edit });
    const bare = await b.commit([root], signed);
    const whole = await b.commit([bare], { [PATH]: manifest as Uint8Array });
    const landed = await withTwiceEachEntry(b, whole, 'model/x/1.0.0.sig');
    const taken = await withTwiceEachEntry(b, await b.commit([landed], {}, { onto: bare }), 'model/x/1.0.0.sig');
    const folded = await b.fold(await b.commit([await b.commit([root], {}), taken], {}));
    assert.deepEqual([errorsOf(folded), folded.state.versions.size], [[], 0]);
    const good = await b.fold(
      await b.commit([await b.commit([root], {}), await b.commit([whole], {}, { onto: bare })], {}),
    );
    assert.deepEqual(codesOf(rowOf(good, 'model/x@1.0.0').problems), [
      'history/manifest-removed',
      'history/signature-changed',
    ]);
  });
});

describe('a manifest', () => {
  it('with its segments in a layout of its own counts what the layout takes', async () => {
    const files = await b.version('model/x@1.0.0', {
      edit: (honest) => ({
        ...honest,
        files: honest.files.map(({ segments = [], ...file }) => ({
          ...file,
          layout: { ...(segments[0] as NonNullable<(typeof segments)[0]>), stored: 321 },
        })),
      }),
    });
    const row = rowOf(await b.fold(await b.commit([root], files)), 'model/x@1.0.0');
    assert.deepEqual([row.stored, row.files], [321, 1]);
  });

  it('that cannot be parsed for a reason nobody foresaw is passed on with that reason', async () => {
    const asTree = (honest: Manifest): Manifest => ({
      ...honest,
      form: 'tree',
      content: treeDigest(honest.files, [], b.engines),
    });
    const landed = await b.commit([root], await b.version('model/x@1.0.0', { edit: asTree }));
    const place = parseRegistryPath(PATH);
    assert.ok(place.kind === 'manifest');
    const reason = new Error('unforeseen');
    const fail = () => {
      throw reason;
    };
    const engines = { ...b.engines, sha256: fail };
    const read = readPlaced({ read: (oid) => b.read(oid) }, b.fileAt(landed, PATH), PATH, place, REGISTRY, engines);
    await assert.rejects(read, reason);
  });
});

describe('a change of at1.toml', () => {
  it('by a commit whose signature is of another one was signed by nobody', async () => {
    const config = fromUtf8(b.bytesAt(root, 'at1.toml')).replace('"main"', '"trunk"');
    const signed = await b.commit([root], { 'at1.toml': config });
    const other = fromUtf8(b.objects.get(signed)?.bytes as Uint8Array).replace('a change', 'a chance');
    const { findings } = (await b.fold(b.put('commit', utf8(other)))).state;
    assert.deepEqual(
      findings.filter(({ code }) => code === 'policy/denied').map(({ message }) => message),
      ['a commit that nobody of the policy signed changed at1.toml, and the policy gives no right to configure'],
    );
  });
});

describe('a policy from the side', () => {
  const everything = (commit: Oid): Record<string, NewFile> => b.filesBelow(commit, '');

  it('is raised where the registry begins at the merge itself, and the version it brings counts', async () => {
    const two = await b.commit([root], await b.policy(2, root, [ana], { principals: [ana, carol] }));
    const side = await b.commit([two], await b.version('model/x@1.0.0', { keys: [carol] }));
    const foreign = await b.commit([], { 'README.md': 'x' });
    const merged = await b.commit([foreign, side], { ...everything(root), ...b.filesBelow(side, 'model') });
    const folded = await b.fold(merged);
    assert.deepEqual(
      [folded.state.root.commit, folded.state.policy.version, goodVersions(folded)],
      [merged, 2, ['model/x@1.0.0']],
    );
  });

  it('lets in what counted under it alone, though the next one dropped who signed', async () => {
    const two = await b.commit([root], await b.policy(2, root, [ana], { principals: [ana, carol] }));
    const side = await b.commit([two], await b.version('model/x@1.0.0', { keys: [carol] }));
    const three = await b.commit([side], await b.policy(3, side, [ana], { principals: [ana] }));
    const merged = await b.commit([await b.commit([root], {}), three], everything(three));
    const folded = await b.fold(merged);
    assert.equal(folded.state.policy.version, 3);
    const row = rowOf(folded, 'model/x@1.0.0');
    assert.deepEqual([row.effective, row.signers], [merged, ['carol']]);
  });

  it('knew nothing of a version whose signatures cannot be read there', async () => {
    const forged = await b.commit([root], await b.version('model/x@1.0.0', { keys: [bo] }), { key: bo });
    const copied = await b.commit([root], b.filesBelow(forged, 'model'), { key: bo });
    const two = await b.commit([copied], await b.policy(2, copied, [ana], { principals: [ana] }));
    const broken = await withTwiceEachEntry(b, two, 'model/x/1.0.0.sig');
    const policy = Object.fromEntries(Object.entries(everything(two)).filter(([path]) => path.startsWith('.at1/')));
    const folded = await b.fold(await b.commit([forged, broken], policy, { key: bo }));
    assert.equal(folded.state.policy.version, 2);
    const row = rowOf(folded, 'model/x@1.0.0');
    assert.deepEqual([row.effective, codesOf(row.problems, 'warning')], [null, ['history/rewound']]);
  });

  it('that names no policy before it is not raised, however high its number', async () => {
    const five = await b.commit([root], await b.policy(5, undefined, [ana], { principals: [ana] }));
    const folded = await b.fold(await b.commit([await b.commit([root], {}), five], {}));
    assert.equal(folded.state.policy.version, 1);
  });

  it('counts at the edge of a shallow clone too', async () => {
    const two = await b.commit([root], await b.policy(2, root, [ana], { principals: [ana] }));
    const merged = await b.commit([await b.commit([root], {}), two], {});
    b.shallow.add(two);
    assert.equal((await b.fold(merged)).state.policy.version, 2);
  });
});
