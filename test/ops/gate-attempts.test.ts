/** What people who may push try to get past the gate: abandoned commits, lost objects, dates to come, copies of a registry. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { utf8 } from '../../src/bytes/text.js';
import { formatCommit, signCommit } from '../../src/git-format/commit.js';
import type { Oid } from '../../src/git-format/oid.js';
import { readCommit, readTreeEntries } from '../../src/git-format/read-object.js';
import { formatTree } from '../../src/git-format/tree.js';
import { type Environment, type GateResult, gate, openRegistry, verify } from '../../src/index.js';
import { formatKeyText } from '../../src/keys/key-text.js';
import { privateKeyFromSeed } from '../../src/keys/seed.js';
import { loadState } from '../../src/ops/load-state.js';
import { eventFiles, evidenceFiles } from '../helpers/event-fixture.js';
import { codesOf } from '../helpers/fold-results.js';
import {
  ana,
  bo,
  type Changes,
  environmentOf,
  eve,
  HistoryBuilder,
  type NewFile,
} from '../helpers/registry-fixture.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';
import { within } from '../helpers/time-limit.js';

const REST = { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 };

describe('the gate, against', () => {
  const dir = useTempDir();
  let b: HistoryBuilder;
  let environment: Partial<Environment>;

  beforeEach(async () => {
    b = await HistoryBuilder.make();
    environment = await environmentOf(dir.at('home'), ana);
  });

  const open = (at: Oid, where = 'registry') => openRegistry({ dir: dir.at(where), at, environment });

  async function judge(base: Oid, head: Oid): Promise<GateResult> {
    b.writeTo(dir.at('registry'), head);
    return gate(await open(base), { head });
  }

  const errors = async (base: Oid, head: Oid) => [...new Set(codesOf((await judge(base, head)).findings))].sort();
  const without = (files: Changes): Changes => Object.fromEntries(Object.keys(files).map((path) => [path, null]));

  it('a shallow clone that hides what a merge brought: nothing found out in it is kept', async () => {
    const root = await b.commit([], await b.genesis(ana));
    const kept = await b.commit([root], await b.version('data/x@1.0.0'));
    const dropped = await b.version('data/y@1.0.0');
    let side = await b.commit([root], dropped);
    side = await b.commit([side], without(dropped));
    for (const number of [1, 2, 3, 4, 5, 6, 7, 8]) side = await b.commit([side], { [`note ${number}.md`]: 'x' });
    const merge = await b.commit([kept, side], {}, { onto: kept });
    b.writeTo(dir.at('registry'), merge);
    execFileSync('git', ['clone', '-q', '--depth', '4', `file://${dir.at('registry')}`, dir.at('shallow')]);
    const there = await open(merge, 'shallow');
    assert.equal((await loadState(there)).state.root.complete, false);
    await gate(there, { head: merge });
    const { state } = await loadState(await open(merge));
    assert.equal(state.root.complete, true);
    assert.deepEqual(codesOf([...state.versions.values()].flatMap(({ problems }) => problems)).sort(), [
      'history/manifest-removed',
      'history/signature-changed',
    ]);
  });

  it('a key that was stolen before its signatures landed: it can be revoked, whatever it signed', async () => {
    const root = await b.commit([], await b.genesis(ana, { principals: [ana, bo] }));
    for (const keys of [[ana, bo], [bo]]) {
      const landed = await b.commit([root], await b.version('data/x@1.0.0', { keys }));
      const revoked = [{ key: bo.line, cutoff: root }];
      const after = await b.commit([landed], await b.policy(2, landed, [ana], { principals: [ana], revoked }));
      const judged = await judge(landed, after);
      assert.deepEqual(codesOf(judged.findings), []);
      assert.deepEqual(codesOf(judged.findings, 'warning'), ['signature/revoked-key']);
      const { state } = await loadState(await open(after));
      assert.deepEqual(
        [...state.versions.values()].map(({ effective }) => effective !== null),
        [keys.length === 2],
      );
    }
  });

  it('a waiting version whose object goes when the last signature comes, and objects of versions in effect', async () => {
    const rules = [{ ...REST, actions: ['register'], threshold: 2 }, REST];
    const root = await b.commit([], await b.genesis(ana, { principals: [ana, bo], rules }));
    const files = await b.version('data/x@1.0.0');
    const object = Object.keys(files).find((path) => path.startsWith('objects/')) as string;
    const landed = await b.commit([root], files);
    const path = 'data/x/1.0.0.sig/bo.sig';
    const second = { [path]: (await b.version('data/x@1.0.0', { keys: [bo] }))[path] as NewFile };
    const damaged = await errors(landed, await b.commit([landed], { ...second, [object]: 'no container' }));
    assert.deepEqual(damaged, ['object/digest-mismatch', 'object/missing']);
    assert.deepEqual(await errors(landed, await b.commit([landed], { ...second, [object]: null })), ['object/missing']);
    const both = await b.commit([landed], second);
    assert.deepEqual(await errors(landed, both), []);
    assert.deepEqual(await errors(both, await b.commit([both], { [object]: null })), ['object/missing']);
    assert.deepEqual(await errors(landed, await b.commit([landed], without(files))), []);
  });

  it('a steering file that somebody left on a branch that never landed, brought back by a merge of anybody', async () => {
    const file = '.github/workflows/gate.yml';
    const root = await b.commit([], { ...(await b.genesis(ana)), [file]: 'first' });
    const abandoned = await b.commit([root], { [file]: 'off, for a try' });
    const target = await b.commit([root], { [file]: 'hardened' });
    const merged = await b.commit([target, abandoned], { [file]: 'off, for a try' }, { key: eve });
    assert.deepEqual(await errors(target, merged), ['policy/denied']);
    const stepped = await b.commit([await b.commit([target], { [file]: 'better' })], { [file]: 'best' });
    const honest = await b.commit([target, stepped], { [file]: 'best' }, { key: eve });
    assert.deepEqual(await errors(target, honest), []);
  });

  /** What `head` holds, and a folder `name` of `width` times `width` names of one file. */
  async function copies(parent: Oid, name: string, bytes: string, width: number): Promise<Oid> {
    const blob = b.put('blob', utf8(bytes));
    const folder = (mode: '40000' | '100644', oid: Oid) =>
      b.put('tree', formatTree(Array.from({ length: width }, (_, i) => ({ mode, name: `${1000 + i}`, oid }))));
    const { tree, author } = await readCommit(b, parent);
    const junk = { mode: '40000' as const, name, oid: folder('40000', folder('100644', blob)) };
    const top = b.put('tree', formatTree([...(await readTreeEntries(b, tree)), junk]));
    return b.put('commit', formatCommit({ tree: top, parents: [parent], author, committer: author, message: 'x\n' }));
  }

  it('a folder of two objects and many names, there and gone again in commit after commit', async () => {
    const root = await b.commit([], await b.genesis(ana));
    let head = root;
    for (let i = 0; i < 2; i++) {
      head = await copies(head, 'junk', 'x', 400);
      head = await b.commit([head], {}, { onto: root });
    }
    await within(5_000, () => throwsCode(() => judge(root, head), 'document/too-large'));
  });

  it('a key that lies in many places of one commit, and is told at some of them', async () => {
    const root = await b.commit([], await b.genesis(ana));
    const key = formatKeyText(privateKeyFromSeed(ana.seed, ana.name));
    const head = await b.commit([await copies(root, 'junk', key, 12)], {}, { onto: root });
    const { findings } = await judge(root, head);
    assert.deepEqual([codesOf(findings).length, new Set(codesOf(findings))], [100, new Set(['key/exposed'])]);
  });

  it('a file that steers under many names', async () => {
    const root = await b.commit([], await b.genesis(ana));
    const head = await b.commit([await copies(root, '.github', 'x', 40)], {}, { onto: root });
    const { findings } = await judge(root, head);
    assert.deepEqual([codesOf(findings).length, new Set(codesOf(findings))], [1000, new Set(['policy/denied'])]);
    const stays = (await judge(root, await copies(root, '.github', 'x', 40))).findings;
    assert.equal(codesOf(stays).length, 1000);
  });

  it('dates to come: what would wait when it lands today waits in the gate', async () => {
    const asks = { evidence: [{ type: 'scan', max_age_days: 7 }] };
    const rules = [{ ...REST, actions: ['promote:staging'], ...asks }, REST];
    const root = await b.commit([], await b.genesis(ana, { principals: [ana, bo], rules }));
    const landed = await b.commit([root], await b.version('data/x@1.0.0'));
    const scan = { type: 'scan', result: 'pass', created: '2099-01-01T00:00:00Z' } as const;
    const evidence = await evidenceFiles(b, landed, 'data/x@1.0.0', scan, [bo]);
    const event = await eventFiles(b, landed, 'promote', 'data/x@1.0.0', {
      keys: [bo],
      edit: (honest) => ({ ...honest, created: '2099-01-02T00:00:00Z' }),
    });
    const { tree, author } = await readCommit(b, await b.commit([landed], { ...evidence, ...event }));
    const later = { ...author, seconds: Date.UTC(2099, 0, 3) / 1000 };
    const bytes = formatCommit({ tree, parents: [landed], author: later, committer: later, message: 'later\n' });
    const head = b.put('commit', signCommit(bytes, await b.sign(bo, 'git', bytes)));
    assert.deepEqual(await errors(landed, head), ['gate/pending']);
  });

  it('a copy of the registry in another folder, with the cache of the first', async () => {
    b = await HistoryBuilder.make('first');
    const one = await b.commit([], await b.genesis(ana));
    const files = b.filesBelow(one, '');
    b.writeTo(dir.at('registry'), one);
    const first = await open(one, 'registry/first');
    await gate(first, { head: one });
    const place = { ...first, prefix: 'second' };
    const { catalogPlace } = await import('../../src/ops/load-state.js');
    const { loadTargetCatalog } = await import('../../src/catalog/catalog-file.js');
    assert.notEqual(await loadTargetCatalog(catalogPlace(first)), undefined);
    assert.equal(await loadTargetCatalog(catalogPlace(place)), undefined);
    assert.ok(Object.keys(files).length > 0);
    assert.equal((await verify(first)).ok, true);
  });
});
