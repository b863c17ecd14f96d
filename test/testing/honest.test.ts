/** What honest people do that looks like an attack: none of it is refused, at most a note is made of it. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseOid } from '../../src/git-format/oid.js';
import { CONFIG_PATH } from '../../src/manifest/layout-of-registry.js';
import { Forge } from '../../testing/forge.js';
import { copyHealthy } from '../../testing/healthy.js';
import { newEvent, newEvidence, release, signedToo } from '../../testing/new-event.js';
import { newVersion } from '../../testing/new-version.js';
import { treeOf } from '../../testing/places.js';
import { runGit } from '../../testing/run-git.js';
import { type CliResult, runCli } from '../helpers/run-cli.js';
import { useTempDir } from '../helpers/temp-dir.js';

const M1 = 'model/m@1.0.0';
const M2 = 'model/m@1.1.0';
const WORDS = 'model/words@1.0.0';
const GATE = ['gate', '--base', 'target', '--head', 'change'];

interface Found {
  readonly code: string;
  readonly severity: string;
}

/** Warnings and errors; that commits of a forge are not signed is a note. */
function wrongIn({ json }: CliResult): string[] {
  const { findings } = json as { readonly findings: readonly Found[] };
  return findings.filter(({ severity }) => severity !== 'note').map(({ code }) => code);
}

describe('testing: honest life', () => {
  const temp = useTempDir();
  let forge: Forge;
  let run: (line: readonly string[], dir?: string) => Promise<CliResult>;

  beforeEach(async () => {
    const copy = await copyHealthy(temp.at('place'), 'returning');
    run = (line, dir) => runCli([...line, '--json'], { cwd: dir ?? copy.dir, env: copy.environment });
    forge = await Forge.open(copy);
  });

  async function assertSound(dir?: string): Promise<void> {
    const verified = await run(['verify'], dir);
    assert.deepEqual([wrongIn(verified), verified.code], [[], 0], verified.stdout);
  }

  async function assertHolder(version: string): Promise<void> {
    const out = join(forge.place, 'out');
    rmSync(out, { recursive: true, force: true });
    const got = await run(['get', 'model/m:production', '-o', out]);
    assert.deepEqual([(got.json as { ref: string }).ref, got.code], [`model/m@${version}`, 0], got.stdout);
  }

  async function assertPasses(): Promise<void> {
    const gated = await run(GATE);
    assert.deepEqual([wrongIn(gated), gated.code], [[], 0], gated.stdout);
  }

  /** A remote that has all there is, as if it had been pushed and fetched. */
  async function withRemote(): Promise<void> {
    forge.git('clone', '--quiet', '--bare', '.', join(forge.place, 'bare.git'));
    forge.git('remote', 'add', 'origin', join(forge.place, 'bare.git'));
    forge.git('fetch', '--quiet', 'origin');
    await assertSound();
  }

  it('unpushed work is reset', async () => {
    await withRemote();
    await forge.commit(await release(forge, M2));
    await assertSound();
    await assertHolder('1.1.0');
    forge.git('reset', '--quiet', '--hard', 'origin/main');
    await assertSound();
    await assertHolder('1.0.0');
  });

  it('unpushed commits are rewritten: another order, another event of the same number', async () => {
    await withRemote();
    await forge.commit(await release(forge, M2));
    await assertSound();
    forge.git('reset', '--quiet', '--hard', 'origin/main');
    await forge.commit({ 'README.md': 'first\n' });
    await forge.commit(await release(forge, M2, { edit: (one) => ({ ...one, reason: 'said better' }) }));
    await assertSound();
    await assertHolder('1.1.0');
  });

  it('an old branch is checked out, and an old commit', async () => {
    forge.git('branch', 'old', 'main~2');
    for (const where of ['old', 'main~1']) {
      forge.git('checkout', '--quiet', where);
      await assertSound();
      await assertHolder('1.0.0');
    }
  });

  it('an old branch is merged by a colleague, with what they wrote on it', async () => {
    const old = parseOid(forge.git('rev-parse', 'main~3'));
    const side = await forge.commit({ 'notes.md': 'x\n' }, { parents: [old], ref: null });
    forge.setRef('refs/heads/target', forge.head());
    const merged = await forge.commit({ 'notes.md': 'x\n' }, { parents: [forge.head(), side] });
    forge.setRef('refs/heads/change', merged);
    await assertPasses();
    await assertSound();
    await assertHolder('1.0.0');
  });

  it('a pull makes the local side the first parent', async () => {
    const main = forge.head();
    const mine = await forge.commit(await newVersion(forge, 'model/packed@1.1.0'), { parents: [main], ref: null });
    await forge.commit(await release(forge, M2));
    const theirs = forge.head();
    const both = await forge.commit(await newVersion(forge, 'model/packed@1.1.0'), { ref: null });
    await forge.commit({}, { parents: [mine, theirs], tree: treeOf(forge, both) });
    await assertSound();
    await assertHolder('1.1.0');
  });

  it('a colleague without a key changes the README', async () => {
    forge.setRef('refs/heads/target', forge.head());
    const by = { author: { name: 'Col', email: 'col@example.org' } };
    forge.setRef('refs/heads/change', await forge.commit({ 'README.md': 'hello\n', 'src/train.py': 'x\n' }, by));
    await assertPasses();
    await assertSound();
  });

  it('a branch is brought up to date by a merge, after the owner changed a workflow on the target', async () => {
    const side = await forge.commit({ 'notes.md': 'x\n' }, { ref: null });
    const workflow = { '.github/workflows/gate.yml': 'on: push\n' };
    const target = await forge.commit(workflow, { key: forge.keys.ana });
    forge.setRef('refs/heads/target', target);
    const both = await forge.commit({ 'notes.md': 'x\n' }, { ref: null });
    await forge.commit({}, { parents: [side, target], tree: treeOf(forge, both), ref: 'refs/heads/change' });
    await assertPasses();
  });

  it('the owner changes a workflow on a branch that others work on', async () => {
    forge.setRef('refs/heads/target', forge.head());
    const one = await forge.commit({ 'notes.md': 'x\n' }, { ref: null });
    const workflow = { '.github/workflows/gate.yml': 'on: push\n' };
    const two = await forge.commit(workflow, { parents: [one], key: forge.keys.ana, ref: null });
    await forge.commit({ 'notes.md': 'y\n' }, { parents: [two], ref: 'refs/heads/change' });
    await assertPasses();
  });

  it('a clone is shallow: a note', async () => {
    const dir = join(forge.place, 'shallow');
    runGit(forge.place, forge.environment, ['clone', '--quiet', '--depth', '3', `file://${forge.dir}`, dir]);
    const verified = await run(['verify'], dir);
    assert.deepEqual([wrongIn(verified), verified.code], [[], 0], verified.stdout);
    assert.ok((verified.json as { findings: Found[] }).findings.some(({ code }) => code === 'history/shallow'));
  });

  it('tags of other programs are there', async () => {
    for (const name of ['v1.0', 'nightly', 'release/2026-03', 'models#1', 'model/m', 'other#production#1']) {
      await forge.tag(name, forge.head());
    }
    forge.git('tag', 'light');
    await assertSound();
    await assertHolder('1.0.0');
  });

  it('somebody leaves whose approval brought a version into production', async () => {
    forge.setRef('refs/heads/target', forge.head());
    const policy = await forge.policy((before) => ({
      ...before,
      principals: Object.fromEntries(Object.entries(before.principals).filter(([name]) => name !== 'bo')),
      roles: { ...before.roles, publisher: ['ana', 'carol'] },
    }));
    forge.setRef('refs/heads/change', await forge.commit(policy));
    await assertPasses();
    await assertSound();
    await assertHolder('1.0.0');
    await forge.commit(await release(forge, M2, { keys: [forge.keys.ana, forge.keys.carol] }));
    await assertSound();
    await assertHolder('1.1.0');
  });

  it('a key is revoked that was lost after all it signed had landed', async () => {
    const cutoff = forge.head();
    const policy = await forge.policy((before) => ({
      ...before,
      revoked: [{ key: forge.keys.bo.line, cutoff, reason: 'lost' }],
    }));
    await forge.commit(policy);
    await assertSound();
    await assertHolder('1.0.0');
  });

  it('evidence lands after the event that lacked it', async () => {
    await forge.commit(await release(forge, WORDS));
    await assertSound();
    assert.equal((await run(['get', 'model/words:production', '-o', '../out'])).code, 12);
    await forge.commit(await newEvidence(forge, WORDS));
    await assertSound();
    assert.equal((await run(['get', 'model/words:production', '-o', '../out'])).code, 0);
  });

  it('evidence and approvals are added after landing, to what is in effect already', async () => {
    forge.setRef('refs/heads/target', forge.head());
    await forge.commit(
      await newEvidence(forge, M1, { keys: [forge.keys.bo], edit: (one) => ({ ...one, type: 'scan' }) }),
    );
    await forge.commit(await newEvidence(forge, M1, { edit: (one) => ({ ...one, result: 'fail' }) }));
    await forge.commit(await signedToo(forge, 'model/m/events/production/0001.toml', [forge.keys.carol]));
    forge.setRef('refs/heads/change', forge.head());
    await assertPasses();
    await assertSound();
    await assertHolder('1.0.0');
  });

  it('a proposal is withdrawn, and its number used for another one', async () => {
    const waiting = await release(forge, M2, { keys: [forge.keys.bo] });
    await forge.commit(waiting);
    await assertSound();
    await forge.commit(Object.fromEntries(Object.keys(waiting).map((path) => [path, null])));
    await assertSound();
    await forge.commit(await release(forge, M2));
    await assertSound();
    await assertHolder('1.1.0');
  });

  it('a version is yanked, restored and promoted', async () => {
    await forge.commit(await newEvent(forge, 'yank', M2));
    await forge.commit(await newEvent(forge, 'restore', M2));
    await forge.commit(await release(forge, M2));
    await assertSound();
    await assertHolder('1.1.0');
    assert.equal((await run(['tag'])).code, 0);
    await assertSound();
  });

  it('what lies outside of a registry in a subfolder is none of its business', async () => {
    const dir = join(forge.place, 'mono');
    runGit(forge.place, forge.environment, ['init', '--quiet', '-b', 'main', dir]);
    assert.equal((await run(['init', 'sub', '--principal', 'ana'], dir)).code, 0);
    const sub = join(dir, 'sub');
    assert.equal((await run(['register', M1, join(forge.dir, CONFIG_PATH)], sub)).code, 0);
    const at = await Forge.open({
      place: forge.place,
      home: forge.home,
      environment: forge.environment,
      keys: forge.keys,
      dir,
    });
    at.setRef('refs/heads/target', at.head());
    const event = await release(forge, M2, { keys: [forge.keys.eve] });
    const policy = { '.at1/policy/policy.toml': 'version = 99\n', 'at1.toml.orig': 'x\n' };
    at.setRef('refs/heads/change', await at.commit({ ...event, ...policy }));
    const gated = await run(GATE, sub);
    assert.deepEqual([wrongIn(gated), gated.code], [[], 0], gated.stdout);
    await assertSound(sub);
  });
});
