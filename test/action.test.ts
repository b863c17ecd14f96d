/** The action as GitHub runs it: the committed bundle, alone in a process, for every event, on good and on bad changes. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  catalogPath,
  loadTargetCatalog,
  saveCatalog,
  saveTargetCatalog,
  targetCatalogPath,
} from '../src/catalog/catalog-file.js';
import type { Digest } from '../src/digest/digest.js';
import type { Oid } from '../src/git-format/oid.js';
import { showPolicy } from '../src/index.js';
import { catalogPlace, loadState } from '../src/ops/load-state.js';
import { type ActionCall, commandsIn, runAction } from './helpers/action.js';
import { checkOutput } from './helpers/check-output.js';
import { git } from './helpers/git.js';
import { runProgram } from './helpers/run-cli.js';
import { addRemote, type Clone, cloneAt, initRegistry, makePerson } from './helpers/sample-registry.js';
import { useTempDir } from './helpers/temp-dir.js';

const NONE = '0'.repeat(40);

describe('the action', () => {
  const dir = useTempDir('suite');
  let clone: Clone;
  let root: string;
  /** main; a branch with a second version; a branch on which somebody changed a manifest that had landed. */
  let main: string;
  let good: string;
  let bad: string;

  before(async () => {
    clone = await initRegistry(dir.at('work'), makePerson(dir.at('home'), 'ana'));
    await clone.register('model/base@1.0.0');
    root = (await showPolicy(await clone.open())).root;
    main = clone.git('rev-parse', 'HEAD');
    clone.git('switch', '--quiet', '-c', 'good');
    await clone.register('model/base@1.1.0');
    good = clone.git('rev-parse', 'HEAD');
    clone.git('switch', '--quiet', '-c', 'bad', main);
    writeFileSync(join(clone.dir, 'model/base/1.0.0.toml'), 'nothing\n');
    clone.git('commit', '--quiet', '-a', '-m', '::set-output name=ok::true');
    bad = clone.git('rev-parse', 'HEAD');
    clone.git('switch', '--quiet', 'main');
  });

  const run = (call: Omit<ActionCall, 'inputs'> & { readonly inputs?: ActionCall['inputs'] }) =>
    runAction(clone, dir.path, { ...call, inputs: { root, ...call.inputs } });

  /** As GitHub does: what main would be with the branch, on a ref of its own. */
  function mergeOf(branch: string, onto = main): string {
    const tree = clone.git('merge-tree', '--write-tree', onto, branch);
    return clone.git('commit-tree', tree, '-p', onto, '-p', branch, '-m', 'merge');
  }

  const pullRequest = (branch: string, sha = mergeOf(branch)) => ({
    event: { name: 'pull_request', sha, payload: { pull_request: { head: { sha: branch }, title: '$(reboot)' } } },
  });

  describe('on a good change', () => {
    it('judges the merge commit of a pull request against its first parent', async () => {
      const done = await run(pullRequest(good));
      assert.equal(done.code, 0, done.log);
      assert.deepEqual([done.review.base, done.review.ok, done.review.trust], [main, true, 'pinned']);
      checkOutput('gate', done.review);
      assert.deepEqual(
        [...done.outputs].filter(([name]) => name === 'ok' || name === 'pending'),
        [
          ['ok', 'true'],
          ['pending', '0'],
        ],
      );
      assert.match(done.outputs.get('summary') ?? '', /This change may land: 1 version/);
      assert.match(done.summary, /### Versions/);
      assert.deepEqual(commandsIn(done.log), []);
    });

    it('judges the two ends that a merge group names', async () => {
      const payload = { merge_group: { base_sha: main, head_sha: mergeOf(good) } };
      const done = await run({ event: { name: 'merge_group', payload } });
      assert.deepEqual([done.code, done.review.base, done.review.ok], [0, main, true], done.log);
    });

    it('judges what a push brought, and on a new branch its last commit', async () => {
      for (const before of [main, NONE]) {
        const done = await run({ event: { name: 'push', sha: good, payload: { before, after: good } } });
        assert.deepEqual([done.code, done.review.base, done.review.head], [0, main, good], done.log);
      }
    });

    it('takes the two ends from its inputs, by name too', async () => {
      const done = await run({ inputs: { base: 'main', head: 'good', objects: 'present', 'allow-pending': 'false' } });
      assert.deepEqual([done.code, done.review.objects], [0, 'present'], done.log);
    });

    it('verifies what is checked out, and any commit that it is told', async () => {
      const done = await run({ inputs: { mode: 'verify' } });
      assert.equal(done.code, 0, done.log);
      assert.match(done.log, /Verified: 1 versions/);
      checkOutput('verify', done.review);
      const other = await run({ inputs: { mode: 'verify', head: good } });
      assert.match(other.summary, /Verified: 2 versions/);
    });
  });

  describe('on a bad change', () => {
    const refused = async (call: Parameters<typeof run>[0], code: number, what: string) => {
      const done = await run(call);
      assert.equal(done.code, code, done.log);
      assert.equal(done.outputs.get('ok'), 'false');
      const commands = commandsIn(done.log);
      assert.ok(commands.length > 0 && commands.every((line) => line.startsWith('::error')), done.log);
      assert.ok(
        commands.some((line) => line.includes(what)),
        done.log,
      );
      assert.ok(done.summary.includes('❌'));
      return done;
    };

    it('refuses a changed manifest for every event, and shows the place', async () => {
      const place = '::error file=model/base/1.0.0.toml,line=1,title=history/manifest-changed::';
      await refused(pullRequest(bad), 24, place);
      const sha = mergeOf(bad);
      const group = { merge_group: { base_sha: main, head_sha: sha } };
      await refused({ event: { name: 'merge_group', payload: group } }, 24, place);
      await refused({ event: { name: 'push', payload: { before: main, after: bad } } }, 24, place);
    });

    it('refuses a push that takes commits away', async () => {
      await refused({ event: { name: 'push', payload: { before: good, after: main } } }, 30, 'gate/outdated');
    });

    it('refuses another root than the pinned one', async () => {
      await refused({ ...pullRequest(good), inputs: { root: `sha256:${'1'.repeat(64)}` } }, 21, 'trust/root-changed');
      const verified = { inputs: { mode: 'verify', root: `sha256:${'1'.repeat(64)}` } };
      await refused(verified, 21, 'trust/root-changed');
    });

    it('does not ask AT1_ROOT', async () => {
      const done = await run({ ...pullRequest(good), env: { AT1_ROOT: `sha256:${'1'.repeat(64)}` } });
      assert.equal(done.code, 0, done.log);
    });

    it('refuses a merge commit that is not of what was pushed', async () => {
      const of = (sha: string) => ({ ...pullRequest(good, sha) });
      await refused(of(mergeOf(bad)), 2, 'is not the merge of this pull request');
      await refused(of(good), 2, 'is not the merge of this pull request');
    });

    it('refuses to run where a pull request has the rights of its target', async () => {
      const event = { name: 'pull_request_target', sha: main, payload: {} };
      await refused({ event }, 2, 'run it on: pull_request');
    });

    it('says in one line what no change is in', async () => {
      await refused({ event: { name: 'schedule', sha: main } }, 2, 'give base and head, or use mode: verify');
      await refused({ event: { name: 'push', payload: { before: main, after: NONE } } }, 2, 'deletes a branch');
      await refused({ event: { name: 'push', payload: { before: main } } }, 2, 'after names no commit');
      await refused({ event: { name: 'merge_group', payload: {} } }, 2, 'merge_group.head_sha names no commit');
      await refused(
        { event: { name: 'push', payload: { before: NONE, after: 'f'.repeat(40) } } },
        32,
        'git/object-missing',
      );
    });
  });

  describe('its inputs', () => {
    const wrong: readonly [string, Readonly<Record<string, string>>, RegExp][] = [
      ['an empty root', { root: '' }, /the input root is empty/],
      ['a root that is no digest', { root: 'main' }, /the input root is no digest/],
      ['an input that is not known', { rooot: 'x' }, /unknown input 'rooot'/],
      ['another mode', { mode: 'skip' }, /the input mode is 'skip'/],
      ['another way to look at objects', { objects: 'none' }, /the input objects is 'none'/],
      ['anything but true and false', { 'allow-pending': 'yes' }, /the input allow-pending is 'yes'/],
      ['a head without a base', { head: 'main' }, /the input head is given and base is not/],
      ['a base to verify', { mode: 'verify', base: 'main' }, /the input base has no meaning in mode verify/],
    ];
    for (const [name, inputs, pattern] of wrong) {
      it(`refuses ${name} with one line`, async () => {
        const done = await run({ ...pullRequest(good), inputs });
        assert.equal(done.code, 2, done.log);
        const commands = commandsIn(done.log);
        assert.equal(commands.length, 1, done.log);
        assert.match(commands[0] ?? '', pattern);
        assert.equal(done.outputs.get('ok'), 'false');
      });
    }
  });

  describe('on a push', () => {
    it('refuses a merge that takes the branch in from the side, which a pull request may show', async () => {
      const merged = clone.git('commit-tree', `${good}^{tree}`, '-p', good, '-p', main, '-m', 'pull');
      // What stands on main already, made again so that main is its second parent.
      const foxtrot = clone.git('commit-tree', `${good}^{tree}`, '-p', `${main}~1`, '-p', main, '-m', 'pull');
      const told = await run({ event: { name: 'push', payload: { before: main, after: foxtrot } } });
      assert.notEqual(told.code, 0, told.log);
      assert.match(told.log, /::error title=gate\/outdated::.*into another history/);
      const fine = await run({ event: { name: 'push', payload: { before: main, after: merged } } });
      assert.doesNotMatch(fine.log, /into another history/);
    });

    it('believes nothing that lies on the runner, though this user once sealed it', async () => {
      const env = { AT1_STATE_DIR: dir.at('home', 'state') };
      const call = { env, event: { name: 'push', payload: { before: main, after: good } } };
      const before = await run(call);
      const registry = await clone.open();
      const { state } = await loadState(registry, { tip: main as Oid });
      const place = catalogPlace(registry);
      const wrong = { ...state, root: { ...state.root, policy: 'f'.repeat(64) as Digest } };
      assert.deepEqual(
        [await saveTargetCatalog(place, wrong), await saveCatalog(place, wrong)],
        [undefined, undefined],
      );
      const after = await run(call);
      assert.deepEqual([after.code, after.review], [0, before.review]);
      assert.deepEqual(await loadTargetCatalog(place), wrong);
      rmSync(targetCatalogPath(place));
      rmSync(catalogPath(clone.dir));
    });
  });

  describe('names that try to be commands', () => {
    it('has none of them in the log, the outputs or the summary', async () => {
      const evil = '::error::x\r\n::add-mask::y\n##[set-output name=ok]true <img src=x> `$(reboot)` @everyone';
      clone.git('switch', '--quiet', '-c', 'evil', main);
      const path = 'model/base/\n::set-output name=ok::true\n##[error].toml';
      const full = join(clone.dir, path);
      mkdirSync(join(full, '..'), { recursive: true });
      writeFileSync(full, `reason = """\n${evil}\n"""\n`);
      writeFileSync(join(clone.dir, 'model/base/1.0.0.toml'), `${evil}\n`);
      clone.git('add', '.');
      clone.git('commit', '--quiet', '-m', evil);
      const head = clone.git('rev-parse', 'HEAD');
      clone.git('switch', '--quiet', 'main');
      const done = await run({ event: { name: 'push', payload: { before: main, after: head } } });
      assert.equal(done.code, 24, done.log);
      const commands = commandsIn(done.log);
      assert.ok(commands.length > 0 && commands.every((line) => /^::(error|warning|notice) /.test(line)), done.log);
      assert.deepEqual([...done.outputs.keys()], ['ok', 'pending', 'review-json', 'summary']);
      assert.equal(done.outputs.get('ok'), 'false');
      assert.ok(!/^##\[|<img|(^|[^&])@everyone/m.test(done.summary), done.summary);
    });

    it('says nothing that steers where a ref of the event does', async () => {
      const done = await run({ inputs: { base: '\n::set-output name=ok::true', head: 'x\r::debug::y' } });
      assert.equal(done.code, 12, done.log);
      assert.deepEqual(commandsIn(done.log).length, 1, done.log);
    });
  });

  describe('clones', () => {
    it('tells a shallow one to fetch everything', async () => {
      addRemote(clone, dir.at('origin.git'));
      clone.git('push', '--quiet', 'origin', 'main', 'good');
      git(dir.path, ['clone', '--quiet', '--depth', '1', `file://${dir.at('origin.git')}`, 'shallow']);
      const shallow = cloneAt(dir.at('shallow'), clone.person);
      for (const inputs of [
        { root, base: 'main' },
        { root, mode: 'verify' },
      ]) {
        const done = await runAction(shallow, dir.path, { inputs, event: { name: 'push', sha: main } });
        assert.equal(done.code, 16, done.log);
        assert.match(done.log, /::error title=git\/shallow::.*shallow.*fetch-depth: 0/);
      }
    });

    it('fetches what a blobless one left out', async () => {
      git(dir.at('origin.git'), ['config', 'uploadpack.allowFilter', 'true']);
      git(dir.at('origin.git'), ['config', 'uploadpack.allowAnySHA1InWant', 'true']);
      const from = `file://${dir.at('origin.git')}`;
      git(dir.path, ['clone', '--quiet', '--filter=blob:none', '--no-checkout', from, 'blobless']);
      const blobless = cloneAt(dir.at('blobless'), clone.person);
      const payload = { before: main, after: good };
      const done = await runAction(blobless, dir.path, { inputs: { root }, event: { name: 'push', payload } });
      assert.deepEqual([done.code, done.review.ok], [0, true], done.log);
    });

    it('finds a registry in a folder of the repository', async () => {
      git(dir.path, ['init', '--quiet', '--initial-branch=main', 'mono']);
      const inside = await initRegistry(dir.at('mono', 'registry'), clone.person);
      const base = inside.git('rev-parse', 'HEAD');
      await inside.register('model/base@1.0.0');
      const event = { name: 'push', payload: { before: base, after: inside.git('rev-parse', 'HEAD') } };
      const own = (await showPolicy(await inside.open())).root;
      const done = await runAction(inside, dir.path, {
        inputs: { root: own, registry: 'registry' },
        event,
        workspace: dir.at('mono'),
      });
      assert.deepEqual([done.code, done.review.ok], [0, true], done.log);
    });
  });

  describe('the summary', () => {
    it('is cut within a mebibyte, and says so', async () => {
      const step = dir.at('summary.md');
      writeFileSync(step, `${'x'.repeat(1024 * 1024 - 300)}\n`);
      const done = await run({ ...pullRequest(good), env: { GITHUB_STEP_SUMMARY: step } });
      assert.equal(done.code, 0, done.log);
      const text = readFileSync(step);
      assert.ok(text.length <= 1024 * 1024);
      assert.match(text.toString('utf8'), /the summary is cut here.*review-json`\.\*\*\n$/);
    });
  });

  describe('the bundle', () => {
    it('runs where nothing else of this project is', async () => {
      cpSync(join(import.meta.dirname, '..', 'action', 'gate.mjs'), dir.at('alone', 'gate.mjs'));
      const env = { ...clone.person.environment.variables, GITHUB_WORKSPACE: clone.dir };
      const done = await runProgram(dir.at('alone', 'gate.mjs'), [], env, dir.at('alone'));
      assert.equal(done.code, 2, done.stderr.toString());
      assert.match(done.stdout.toString(), /^::error title=usage\/invalid::.*the input root is empty/m);
      rmSync(dir.at('alone'), { recursive: true });
    });

    it('is what action.yml names, with every input and output that it has', () => {
      const text = readFileSync(join(import.meta.dirname, '..', 'action.yml'), 'utf8');
      assert.match(text, /\nruns:\n {2}using: node20\n {2}main: action\/gate\.mjs\n/);
      const named = (section: string) =>
        [...(new RegExp(`\\n${section}:\\n((?: .*\\n)+)`).exec(text)?.[1] ?? '').matchAll(/^ {2}([a-z-]+):/gm)].map(
          ([, name]) => name,
        );
      assert.deepEqual(named('inputs').sort(), [
        'allow-pending',
        'base',
        'head',
        'mode',
        'objects',
        'registry',
        'root',
      ]);
      assert.deepEqual(named('outputs').sort(), ['ok', 'pending', 'review-json', 'summary']);
      assert.ok(!text.includes('${{'));
    });
  });
});
