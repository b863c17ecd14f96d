/** What somebody without a key can make everybody read: little, however cheap it was to push. */
import assert from 'node:assert/strict';
import { utf8 } from '../../src/bytes/text.js';
import { formatCommit } from '../../src/git-format/commit.js';
import { findEntry } from '../../src/git-format/diff-trees.js';
import type { GitObject, Oid } from '../../src/git-format/oid.js';
import { readCommit, readTreeEntries } from '../../src/git-format/read-object.js';
import { formatTree } from '../../src/git-format/tree.js';
import { readSignatures, SIGNATURE_LIMIT } from '../../src/history/judge-signatures.js';
import { registryTreeAt } from '../../src/history/registry-tree.js';
import { codesOf, errorsOf, goodVersions, rowOf } from '../helpers/fold-results.js';
import { ana, bo, HistoryBuilder } from '../helpers/registry-fixture.js';
import { within } from '../helpers/time-limit.js';

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

describe('folders that name each other many times', () => {
  /** `levels` trees of ten entries each: ten to the power of that many files. */
  function bomb(levels: number): Oid {
    const blob = b.put('blob', utf8('x\n'));
    let tree = b.put('tree', formatTree([{ mode: '100644', name: 'f.toml', oid: blob }]));
    for (let level = 0; level < levels; level++) {
      const entries = Array.from({ length: 10 }, (_, i) => ({ mode: '40000' as const, name: `d${i}`, oid: tree }));
      tree = b.put('tree', formatTree(entries));
    }
    return tree;
  }

  /** A commit whose registry holds the bomb besides everything of its parent, or of another commit. */
  async function drop(parent: Oid, levels: number, like = parent): Promise<Oid> {
    const { tree } = await readCommit(b, like);
    const model = (await findEntry(b, tree, 'model'))?.oid;
    const inside = model === undefined ? [] : await readTreeEntries(b, model);
    const holding = b.put('tree', formatTree([...inside, { mode: '40000', name: 'bomb', oid: bomb(levels) }]));
    return withFolder([parent], like, 'model', holding);
  }

  /** A commit of what another one holds, and of another folder. */
  async function withFolder(parents: readonly Oid[], like: Oid, name: string, oid: Oid): Promise<Oid> {
    const entries = await readTreeEntries(b, (await readCommit(b, like)).tree);
    const others = entries.filter((entry) => entry.name !== name);
    const tree = b.put('tree', formatTree([...others, { mode: '40000', name, oid }]));
    const person = { name: 'M', email: 'm@example.org', seconds: 1_760_000_000, timezone: '+0000' };
    return b.put('commit', formatCommit({ tree, parents, author: person, committer: person, message: 'm\n' }));
  }

  it('are refused as a whole within moments; what was there stays good, and what comes after counts', async () => {
    const good = await b.commit([root], await b.version('model/x@1.0.0'));
    const bad = await drop(good, 12);
    const folded = await within(2_000, () => b.fold(bad));
    assert.deepEqual(goodVersions(folded), ['model/x@1.0.0']);
    assert.deepEqual(
      folded.state.findings.map(({ code, severity, subject }) => [code, severity, subject]),
      [['document/too-large', 'error', `commit ${bad}`]],
    );
    const mended = await b.commit([bad], await b.version('model/x@1.0.1'), { onto: good });
    const whole = await b.fold(mended);
    assert.deepEqual(goodVersions(whole), ['model/x@1.0.0', 'model/x@1.0.1']);
    assert.deepEqual(errorsOf(whole), []);
    assert.deepEqual(await b.fold(mended, folded.state).then(({ state }) => state), whole.state);
  });

  it('are refused more often than is told one by one, and the history is the same wherever it is cut', async () => {
    const side = await b.commit([root], await b.version('model/x@1.0.0'));
    const dropped = await b.commit([side], {}, { onto: root });
    let bad = await drop(root, 80);
    const model = (await findEntry(b, (await readCommit(b, bad)).tree, 'model'))?.oid as Oid;
    for (let i = 0; i < 1001; i++) bad = await withFolder([bad], root, 'model', model);
    const merge = await withFolder([bad, dropped], root, 'model', model);
    const good = await b.commit([merge], {}, { onto: root });
    const whole = await b.fold(good);
    assert.deepEqual(errorsOf(whole), ['history/manifest-removed', 'history/signature-changed']);
    for (const cut of [bad, merge]) {
      const part = await b.fold(cut);
      assert.equal(part.state.headRefused, true);
      assert.deepEqual((await b.fold(good, part.state)).state, whole.state);
    }
    assert.equal(whole.state.headRefused, false);
  });

  it('are refused below the root of the registry too, however deep', async () => {
    const deep = await drop(root, 80);
    assert.deepEqual(errorsOf(await b.fold(deep)), ['document/too-large']);
  });

  describe('on the side of a merge', () => {
    let good: Oid;
    /** What it holds came on the side. */
    let theirs: Oid;

    beforeEach(async () => {
      good = await b.commit([root], await b.version('model/x@1.0.0'));
      theirs = await b.commit([good], await b.version('model/y@1.0.0'));
    });

    /** Told of a merge that holds what `good` holds, by this parent. */
    async function told(side: Oid) {
      const folded = await within(2_000, async () => b.fold(await b.commit([good, side], {}, { onto: good })));
      assert.deepEqual(goodVersions(folded), ['model/x@1.0.0']);
      const large = folded.state.findings.filter(({ code }) => code === 'document/too-large');
      assert.deepEqual(new Set(large.map(({ severity }) => severity)), new Set(['warning']));
      return { errors: errorsOf(folded), subjects: large.map(({ subject }) => subject) };
    }

    it('hold nothing and end nothing', async () => {
      const bad = await drop(good, 12);
      const back = await b.commit([bad], {}, { onto: good });
      assert.deepEqual((await told(bad)).errors, []);
      assert.deepEqual(await told(back), { errors: [], subjects: [`commit ${back}`, `commit ${bad}`] });
    });

    it('hide nothing that was there before them, or was put upon them', async () => {
      const lost = ['history/manifest-removed', 'history/signature-changed'];
      const after = await drop(theirs, 12, good);
      assert.deepEqual((await told(await b.commit([after], {}, { onto: good }))).errors, lost);
      assert.deepEqual((await told(await drop(theirs, 12))).errors, lost);
      const upon = await drop(await drop(good, 12), 12, theirs);
      assert.deepEqual((await told(upon)).errors, lost);
      assert.deepEqual((await told(await b.commit([upon], {}, { onto: good }))).errors, lost);
    });

    it('hide no policy that was put in their place', async () => {
      const policy = await b.policy(2, good, [ana], { principals: [ana, bo], owners: [ana, bo] });
      const raised = await b.commit([await drop(good, 12)], policy, { onto: good });
      const folded = await b.fold(
        await b.commit([good, await b.commit([raised], {}, { onto: good })], {}, { onto: good }),
      );
      assert.equal(folded.policy.policy.version, 2);
    });

    it('hide nothing where the branch has grown so much that it cannot be told from the side either', async () => {
      const blob = b.put('blob', utf8('x'));
      const folder = (count: number, mode: '40000' | '100644', oid: Oid) =>
        b.put('tree', formatTree(Array.from({ length: count }, (_, i) => ({ mode, name: `${1000 + i}`, oid }))));
      const many = folder(510, '40000', folder(500, '100644', blob));
      const grown = (names: readonly string[]) =>
        b.put('tree', formatTree(names.map((name) => ({ mode: '40000', name, oid: many }))));
      const once = await withFolder([good], good, 'run', grown(['a']));
      const twice = await withFolder([once], good, 'run', grown(['a', 'b']));
      // Of an orphan nobody ever sees what it added.
      const side = await b.commit([await drop(await b.commit([], {}, { onto: theirs }), 12)], {}, { onto: good });
      const folded = await b.fold(await withFolder([twice, side], good, 'run', grown(['a', 'b'])));
      assert.deepEqual(errorsOf(folded), ['history/manifest-removed', 'history/signature-changed']);
    });
  });
});

describe('what nobody signed', () => {
  /** More than is parsed without a signature. */
  const card = { format: 'markdown' as const, text: 'long '.repeat(5000) };

  it('is not parsed where it is long', async () => {
    const broken = `${'#'.repeat(20_000)}\nnot = [a manifest`;
    const files = Object.fromEntries([1, 2, 3].map((i) => [`model/x/9.0.${i}.toml`, broken]));
    const folded = await b.fold(await b.commit([root], files));
    assert.deepEqual(errorsOf(folded), ['signature/missing', 'signature/missing', 'signature/missing']);
  });

  it('lands when the signature comes, or the policy that knows who signed', async () => {
    const all = await b.version('model/x@1.0.0', { keys: [bo], edit: (honest) => ({ ...honest, card }) });
    const { 'model/x/1.0.0.sig/bo.sig': signature, ...manifest } = all;
    const bare = await b.commit([root], manifest);
    assert.deepEqual(errorsOf(await b.fold(bare)), ['signature/missing']);
    const signed = await b.commit([bare], { 'model/x/1.0.0.sig/bo.sig': signature as string });
    assert.deepEqual(errorsOf(await b.fold(signed)), ['signature/missing']);
    const policy = await b.policy(2, signed, [ana], { principals: [ana, bo], owners: [ana, bo] });
    const known = await b.fold(await b.commit([signed], policy));
    assert.deepEqual([errorsOf(known), goodVersions(known)], [[], ['model/x@1.0.0']]);
    const early = await b.commit([root], await b.policy(2, root, [ana], { principals: [ana, bo], owners: [ana, bo] }));
    const later = await b.commit([await b.commit([early], manifest)], {
      'model/x/1.0.0.sig/bo.sig': signature as string,
    });
    const landed = await b.fold(later);
    assert.deepEqual([errorsOf(landed), rowOf(landed, 'model/x@1.0.0').commit], [[], later]);
  });

  it('is told a thousand times, and then summed up; cleared away, nothing is left to complain of', async () => {
    const names = Array.from({ length: 3000 }, (_, i) => `model/X${i}.toml`);
    const dirty = await b.commit([root], Object.fromEntries(names.map((name) => [name, 'x'])));
    const folded = await b.fold(dirty);
    assert.equal(errorsOf(folded).length, 1001);
    assert.match(folded.state.findings.at(-1)?.message ?? '', /left out/);
    const clean = await b.commit([dirty], Object.fromEntries(names.map((name) => [name, null])));
    const after = await b.fold(clean);
    assert.deepEqual(errorsOf(after), []);
    assert.deepEqual((await b.fold(clean, folded.state)).state, after.state);
  });
});

describe('a time no calendar has', () => {
  it('is told, and does not drag the tags of later versions with it', async () => {
    const plain = await b.commit([root], await b.version('model/x@1.0.0'));
    const { tree } = await readCommit(b, plain);
    const person = { name: 'M', email: 'm@example.org', seconds: 999_999_999_999_999, timezone: '+0000' };
    const bytes = formatCommit({ tree, parents: [root], author: person, committer: person, message: 'm\n' });
    const far = b.put('commit', bytes);
    const next = await b.commit([far], await b.version('model/x@1.0.1'), { onto: plain });
    const folded = await b.fold(next);
    assert.deepEqual(
      folded.state.findings.map(({ code, severity }) => [code, severity]),
      [['commit/implausible-time', 'warning']],
    );
    assert.ok(rowOf(folded, 'model/x@1.0.1').tagTime < 2_000_000_000);
    assert.ok(rowOf(folded, 'model/x@1.0.1').tagTime > rowOf(folded, 'model/x@1.0.0').tagTime);
  });
});
