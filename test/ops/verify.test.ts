/** `verify` on repositories on the disk: every kind of damage and forgery has its code and its exit number. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitOfFindings } from '../../commands/exit-codes.js';
import type { Oid } from '../../src/git-format/oid.js';
import { get, openRegistry, tag, type VerifyResult, verify } from '../../src/index.js';
import { codesOf } from '../helpers/fold-results.js';
import { git } from '../helpers/git.js';
import { ana, environmentOf, eve, HistoryBuilder, type NewFile } from '../helpers/registry-fixture.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

const dir = useTempDir();
let b: HistoryBuilder;
let root: Oid;
let tip: Oid;
let environment: Awaited<ReturnType<typeof environmentOf>>;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  root = await b.commit([], await b.genesis(ana));
  tip = await b.commit([root], await b.version('model/good@1.0.0'));
  environment = await environmentOf(dir.at('home'), ana);
});

const repository = () => dir.at('registry');
const open = (at?: string) => openRegistry({ dir: repository(), environment, at });

/** Verifies with these changes on top; a good version beside them must still be handed out. */
async function verified(changes: Record<string, NewFile>, options: { good?: boolean } = {}): Promise<VerifyResult> {
  const after = await b.commit([tip], changes);
  rmSync(repository(), { recursive: true, force: true });
  b.writeTo(repository(), after);
  const result = await verify(await open());
  if (options.good !== false) await handsOut('model/good@1.0.0');
  return result;
}

async function handsOut(ref: string): Promise<void> {
  const out = dir.at('out');
  await get(await open(), { ref, out });
  assert.equal(readFileSync(out, 'utf8'), `content of ${ref}\n`);
  rmSync(out);
}

async function refuses(ref: string, code: Parameters<typeof throwsCode>[1]): Promise<void> {
  const out = dir.at('out');
  await throwsCode(async () => get(await open(), { ref, out }), code);
  assert.ok(!existsSync(out));
  assert.deepEqual(
    readdirSync(dir.path).filter((name) => name.startsWith('out') || name.includes('tmp')),
    [],
  );
}

function assertFound(result: VerifyResult, codes: readonly string[], exit: number): void {
  assert.deepEqual([...new Set(codesOf(result.findings))].sort(), [...codes].sort(), JSON.stringify(result.findings));
  assert.equal(exitOfFindings(result.findings), exit);
  assert.equal(result.ok, exit === 0);
}

describe('verify of what somebody pushed', () => {
  it('finds nothing wrong where nothing is', async () => {
    const result = await verified({});
    assertFound(result, [], 0);
    assert.equal(result.trust, 'first-use');
    assert.deepEqual(result.checked, { ...result.checked, objects: 1, manifests: 1, commits: 2 });
    assert.equal((await verify(await open())).trust, 'remembered');
  });

  it('names unsigned and strangely signed manifests, and get refuses them', async () => {
    for (const [options, code] of [
      [{ keys: [] }, 'signature/missing'],
      [{ keys: [eve] }, 'signature/unknown-key'],
      [{ filedUnder: 'eve' }, 'signature/wrong-place'],
      [{ namespace: 'git' }, 'signature/namespace'],
    ] as const) {
      assertFound(await verified(await b.version('model/x@1.0.0', options)), [code], 21);
      await refuses('model/x@1.0.0', code);
    }
  });

  it('names documents out of place with exit 23, and get knows nothing of them', async () => {
    const files = await b.version('model/x@1.0.0');
    const manifest = files['model/x/1.0.0.toml'] as Uint8Array;
    assertFound(await verified({ 'model/y/1.0.0.toml': manifest }), ['manifest/wrong-place'], 23);
    await refuses('model/y@1.0.0', 'artifact/not-found');
    assertFound(await verified({ 'model/y/1.0.0.toml': '[' }), ['document/syntax'], 23);
    const link = { mode: '120000' as const, bytes: '../good/1.0.0.toml' };
    assertFound(
      await verified({ 'model/y/1.0.0.toml': link }, { good: false }),
      ['manifest/wrong-place', 'worktree/differs'],
      20,
    );
  });

  it('names changed history with exit 24', async () => {
    const changed = await b.version('model/good@1.0.0', { content: 'other' });
    const result = await verified(changed, { good: false });
    assertFound(result, ['history/manifest-changed', 'history/signature-changed', 'signature/invalid'], 24);
    await refuses('model/good@1.0.0', 'history/manifest-changed');
  });

  it('names a policy that does not follow, and goes on under the one before', async () => {
    const theirs = await b.policy(2, root, [eve], { principals: [ana, eve] });
    assertFound(await verified(theirs), ['policy/unsigned', 'policy/allowed-signers'], 21);
  });

  it('names a forged commit, and takes an unsigned one for a note', async () => {
    const armor = await b.sign(ana, 'git', new Uint8Array([1]));
    const forged = await b.commit([tip], await b.version('model/x@1.0.0'), { armor });
    const plain = await b.commit([forged], await b.version('model/y@1.0.0'), { key: null });
    b.writeTo(repository(), plain);
    const result = await verify(await open());
    assertFound(result, ['commit/bad-signature'], 21);
    assert.ok(codesOf(result.findings, 'note').includes('commit/unsigned'));
    await handsOut('model/x@1.0.0');
  });

  it('does not believe the working tree', async () => {
    const theirs = await b.version('model/x@1.0.0', { keys: [ana] });
    b.writeTo(repository(), tip);
    for (const [path, file] of Object.entries(theirs)) {
      mkdirSync(join(repository(), path, '..'), { recursive: true });
      writeFileSync(join(repository(), path), file as Uint8Array);
    }
    await refuses('model/x@1.0.0', 'artifact/not-found');
    writeFileSync(join(repository(), 'model/good/1.0.0.toml'), 'junk');
    writeFileSync(join(repository(), '.at1/policy/policy.toml'), 'junk');
    const result = await verify(await open());
    assertFound(result, ['worktree/differs'], 20);
    await handsOut('model/good@1.0.0');
  });
});

describe('verify of tags', () => {
  it('believes the registry branch of a configured remote, not a branch whose name only ends like it', async () => {
    const ahead = await b.commit([tip], await b.version('model/ahead@1.0.0'));
    b.writeTo(repository(), tip);
    b.writeTo(dir.at('other'), ahead);
    await tag(await openRegistry({ dir: dir.at('other'), environment }));
    git(repository(), ['fetch', '--quiet', dir.at('other'), 'refs/tags/*:refs/tags/*']);
    git(repository(), ['config', 'remote.origin.url', dir.at('other')]);
    for (const name of ['elsewhere/main', 'origin/side/main']) {
      git(repository(), ['update-ref', `refs/remotes/${name}`, ahead]);
    }
    const subjects = async () => (await verify(await open())).findings.map(({ subject }) => subject);
    assert.ok((await subjects()).some((subject) => subject.includes('model/ahead@v1.0.0')));
    git(repository(), ['update-ref', 'refs/remotes/origin/main', ahead]);
    assert.ok(!(await subjects()).some((subject) => subject.includes('model/ahead@v1.0.0')));
  });
});
