import assert from 'node:assert/strict';
import { fromLatin1 } from '../../src/bytes/text.js';
import { checkAllowedSigners } from '../../src/checks/check-allowed-signers.js';
import { checkTags } from '../../src/checks/check-tags.js';
import type { Oid } from '../../src/git-format/oid.js';
import { parseTag } from '../../src/git-format/tag.js';
import type { FoldResult } from '../../src/history/fold.js';
import type { RegistryState, VersionRow } from '../../src/history/registry-state.js';
import { registryTreeAt } from '../../src/history/registry-tree.js';
import { readConfig } from '../../src/manifest/documents.js';
import { ALLOWED_SIGNERS_PATH, CONFIG_PATH, POLICY_PATH } from '../../src/manifest/layout-of-registry.js';
import { codesOf, errorsOf, goodVersions } from '../helpers/fold-results.js';
import { HistoryBuilder } from '../helpers/registry-fixture.js';
import { damages } from './damage.js';
import { Graft } from './graft.js';
import { bitsOf, keepCounts, type Outcome, orRefused, type Row, restOf, tally } from './tally.js';

const MANIFEST = 'data/a/1.0.0.toml';
const SIGNATURE = 'data/a/1.0.0.sig/ana.sig';
const POLICY_SIGNATURE = '.at1/policy/policy.sig/ana.sig';

interface Folded extends FoldResult {
  readonly reader: Graft;
}

describe('every flipped bit, cut and addition of a committed document', () => {
  let b: HistoryBuilder;
  let genesis: Oid;
  let first: Oid;
  let tip: Oid;
  let began: RegistryState;
  let whole: FoldResult;
  keepCounts();

  before(async () => {
    b = await HistoryBuilder.make();
    genesis = await b.commit([], await b.genesis());
    first = await b.commit([genesis], await b.version('data/a@1.0.0'));
    tip = await b.commit([first], await b.version('data/a@1.1.0'));
    began = (await b.fold(genesis)).state;
    whole = await b.fold(tip);
    assert.deepEqual(goodVersions(whole), ['data/a@1.0.0', 'data/a@1.1.0']);
    assert.deepEqual(errorsOf(whole), []);
  });

  /**
   * Somebody without a key puts the damaged bytes into the commit that brought the document, a history made up anew, or
   * into a new one on top of everything. `from` is what was folded before that commit.
   */
  async function count(
    subject: string,
    path: string,
    { at, from }: { readonly at: Oid | 'top'; readonly from?: RegistryState },
    judge: (fold: () => Promise<Folded>, what: string, bytes: Uint8Array) => Promise<Outcome>,
  ): Promise<Row> {
    const bytes = b.bytesAt(tip, path);
    const commit = at === 'top' ? await b.commit([tip], { [path]: 'other' }, { key: null }) : at;
    const reader = await Graft.of(b, commit, path);
    return tally('history', subject, bytes.length, damages(bytes), (damage) => {
      const damaged = reader.with(damage.bytes);
      return judge(async () => ({ ...(await reader.fold(damaged, from)), reader }), damage.what, damage.bytes);
    });
  }

  function rowIn({ versions }: RegistryState, what?: string): VersionRow {
    return versions.get(MANIFEST) ?? assert.fail(what);
  }

  /** The version is what it was, with these errors about it. */
  function assertKept(state: RegistryState, what: string): string[] {
    const { problems, ...row } = rowIn(state, what);
    const { problems: none, ...before } = rowIn(whole.state);
    assert.deepEqual([row, none], [before, []], what);
    assert.equal(state.policy.digest, whole.state.policy.digest, what);
    return codesOf(problems);
  }

  /** Besides the names of commits, which are made of everything. */
  function nameless(state: RegistryState, change: Partial<RegistryState> = {}) {
    return { ...state, head: '', root: { ...state.root, commit: '' }, ...change };
  }

  it('of a manifest, in the commit that brings it: it does not take effect', async () => {
    const at = { at: first, from: began };
    const row = await count('manifest, in its commit', MANIFEST, at, async (fold, what) => {
      const { state } = await fold();
      const found = state.versions.get(MANIFEST);
      assert.equal(found?.effective ?? null, null, what);
      assert.ok(codesOf([...state.findings, ...(found?.problems ?? [])]).length > 0, what);
      return 'refused';
    });
    assert.deepEqual(row.same, []);
  });

  it('of a manifest, in a later commit: the version stays what it was, and is told to be changed', async () => {
    const at = { at: 'top', from: whole.state } as const;
    const row = await count('manifest, later', MANIFEST, at, async (fold, what) => {
      assert.deepEqual(assertKept((await fold()).state, what), ['history/manifest-changed'], what);
      return 'refused';
    });
    assert.deepEqual(row.same, []);
  });

  it('of a signature file, in the commit that brings it: the version does not take effect', async () => {
    const at = { at: first, from: began };
    const row = await count('signature file, in its commit', SIGNATURE, at, async (fold, what) => {
      const found = rowIn((await fold()).state, what);
      if (found.effective === null) {
        assert.equal(codesOf(found.problems).length, 1, what);
        return 'refused';
      }
      const { manifest } = rowIn(whole.state);
      assert.deepEqual([found.manifest, found.signers, found.problems], [manifest, ['ana'], []], what);
      return 'same';
    });
    // The last line feed may be missing.
    assert.deepEqual(row.same, [`cut ${row.bytes - 1}`]);
  });

  it('of a signature file, in a later commit: the version stays what it was, and its signature is told to be', async () => {
    const at = { at: 'top', from: whole.state } as const;
    const row = await count('signature file, later', SIGNATURE, at, async (fold, what) => {
      const codes = assertKept((await fold()).state, what);
      if (codes.length === 0) return 'same';
      assert.ok(codes.includes('history/signature-changed'), what);
      return 'refused';
    });
    assert.deepEqual(row.same, [`cut ${row.bytes - 1}`]);
  });

  for (const [path, same] of [
    [POLICY_PATH, 0],
    [POLICY_SIGNATURE, 1],
  ] as const) {
    it(`of ${path}, in the first commit: there is no registry to believe`, async () => {
      const row = await count(`${path}, in its commit`, path, { at: genesis }, async (fold, what) => {
        const found = await orRefused(fold);
        if (found === 'refused') return 'refused';
        assert.deepEqual(nameless(found.state), nameless(began), what);
        return 'same';
      });
      assert.deepEqual(row.same, same === 0 ? [] : [`cut ${row.bytes - 1}`]);
    });

    it(`of ${path}, in a later commit: the policy in force stays`, async () => {
      const at = { at: 'top', from: whole.state } as const;
      const row = await count(`${path}, later`, path, at, async (fold, what) => {
        const { state } = await fold();
        assert.deepEqual(nameless(state, { findings: [] }), nameless(whole.state), what);
        return codesOf(state.findings).length > 0 ? 'refused' : 'same';
      });
      assert.deepEqual(row.same, same === 0 ? [] : [`cut ${row.bytes - 1}`]);
    });
  }

  it('of .at1/allowed_signers: it is told not to be what the policy says', async () => {
    const at = { at: 'top', from: whole.state } as const;
    const row = await count('allowed_signers', ALLOWED_SIGNERS_PATH, at, async (fold, what) => {
      const { state, policy, reader } = await fold();
      assert.deepEqual(nameless(state), nameless(whole.state), what);
      const tree = (await registryTreeAt({ reader, prefix: '' }, state.head)) ?? assert.fail(what);
      assert.equal((await checkAllowedSigners(reader, tree, policy))?.code, 'policy/allowed-signers', what);
      return 'refused';
    });
    assert.deepEqual(row.same, []);
  });

  /** Nobody signs at1.toml: its comment and its name of the branch may be edited, and decide nothing of what follows. */
  function assertEdited(state: RegistryState, before: RegistryState, bytes: Uint8Array, what: string): Outcome {
    const { branch, ...config } = readConfig(bytes);
    const { branch: main, ...expected } = readConfig(b.bytesAt(tip, CONFIG_PATH));
    assert.deepEqual([config, main, branch], [expected, 'main', state.branch], what);
    assert.deepEqual(nameless(state, { branch: main }), nameless(before), what);
    return 'same';
  }

  it('of at1.toml: it is refused, or says another branch or comment', async () => {
    const at = { at: 'top', from: whole.state } as const;
    const rows = [
      await count('at1.toml, later', CONFIG_PATH, at, async (fold, what, bytes) => {
        const { state } = await fold();
        // That nobody signed the change is told of each, as a warning.
        assert.ok(state.findings.length > 0, what);
        const told = { ...state, findings: [] };
        if (codesOf(state.findings).length === 0) return assertEdited(told, whole.state, bytes, what);
        assert.deepEqual(nameless(told, { branch: 'main' }), nameless(whole.state), what);
        return 'refused';
      }),
      await count('at1.toml, in its commit', CONFIG_PATH, { at: genesis }, async (fold, what, bytes) => {
        const found = await orRefused(fold);
        return found === 'refused' ? 'refused' : assertEdited(found.state, began, bytes, what);
      }),
    ];
    const text = fromLatin1(b.bytesAt(tip, CONFIG_PATH));
    const comment = text.indexOf('\n');
    const branch = text.indexOf('main');
    for (const { same, bytes } of rows) {
      assert.deepEqual(restOf(same), [`cut ${bytes - 1}`, 'added 1 of its end']);
      for (const bit of same.filter((what) => what.includes('.'))) {
        const place = Number.parseInt(bit, 16);
        // An empty line follows the comment.
        assert.ok(place <= comment || (place >= branch && place < branch + 'main'.length), bit);
      }
    }
    assert.equal(bitsOf(rows[0]?.same ?? []), bitsOf(rows[1]?.same ?? []));
  });

  it('of a version tag, hung on its ref again: it is told to be wrong', async () => {
    const name = 'data/a@v1.0.0';
    const bytes = b.objects.get(await b.tag(rowIn(whole.state)))?.bytes ?? assert.fail();
    const { signature: _, ...good } = parseTag(bytes);
    const row = await tally('history', 'version tag', bytes.length, damages(bytes), async (damage) => {
      const { findings } = await checkTags(b.source, [whole], [{ name, oid: b.put('tag', damage.bytes) }]);
      if (codesOf(findings).length > 0) return 'refused';
      const { signature, ...tag } = parseTag(damage.bytes);
      assert.deepEqual([tag, signature?.kind], [good, 'ssh'], damage.what);
      return 'same';
    });
    assert.deepEqual(row.same, [`cut ${row.bytes - 1}`]);
  });
});
