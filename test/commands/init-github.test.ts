/** at1 init --github: the gate as workflows, in a new registry and in one that is there; nothing of others is touched. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { addPrincipal, gate, type InitGithubResult, showPolicy } from '../../src/index.js';
import { runAction } from '../helpers/action.js';
import { git, runGit } from '../helpers/git.js';
import { addRemote, cloneAt, cloneFrom, initRegistry, makePerson, type Person } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

const COMMIT = 'c0ffee0000000000000000000000000000c0ffee';
const ACTION = `--action example/at1@${COMMIT}`;
/** Not a dependency: used where somebody has installed it. */
const LINTER = 'actionlint';
const NAMES = ['at1-gate.yml', 'at1-land.yml', 'at1-reusable.yml'];

describe('files for GitHub', () => {
  const dir = useTempDir();
  let ana: Person;
  let here: Terminal;

  beforeEach(() => {
    ana = makePerson(dir.at('home'), 'ana');
    mkdirSync(dir.at('work'));
    here = terminalOf(ana, dir.at('work'));
  });

  const workflow = (name: string) => readFileSync(dir.at('work', '.github', 'workflows', name), 'utf8');
  const init = (line: string) => here.json<InitGithubResult>('init', `init ${line}`);

  describe('`at1 init --github`', () => {
    it('starts the registry first, and commits the files after it, signed', async () => {
      const text = await here.text(`init --github ${ACTION} --owner @org/team --principal ana`);
      assert.match(text, /^registry [0-9A-Z]{26} /);
      for (const name of NAMES) assert.ok(text.includes(`wrote .github/workflows/${name}\n`), text);
      assert.match(text, /wrote \.github\/CODEOWNERS\ncommit [0-9a-f]{12}, signed by ana\nnext: push it/);
      const subjects = git(dir.at('work'), ['log', '--format=%s']).split('\n');
      assert.deepEqual([subjects.length, subjects[0]], [2, 'at1: judge changes before they land']);
      assert.equal(git(dir.at('work'), ['status', '--porcelain']), '');
      const signers = ['-c', 'gpg.ssh.allowedSignersFile=.at1/allowed_signers'];
      assert.equal(runGit(dir.at('work'), [...signers, 'verify-commit', 'HEAD']).status, 0);
      assert.equal((await here.at1('verify')).code, 0);
    });

    it('only adds the files in a registry that is there, and pins its root', async () => {
      const clone = await initRegistry(dir.at('work'), ana);
      const { root } = await showPolicy(await clone.open());
      const first = clone.git('rev-parse', 'HEAD');
      const done = await init(`--github ${ACTION}`);
      assert.deepEqual([done.commit, done.root, done.principal], [null, root, 'ana']);
      assert.deepEqual(
        done.github.files.map(({ state }) => state),
        ['written', 'written', 'written'],
      );
      assert.equal(clone.git('rev-parse', 'HEAD~1'), first);
      assert.equal(clone.git('rev-parse', 'HEAD'), done.github.commit);
      assert.ok(workflow('at1-gate.yml').includes(`\n          root: ${root}\n`));
      const again = await init(`--github ${ACTION}`);
      assert.deepEqual(
        [again.github.commit, new Set(again.github.files.map(({ state }) => state))],
        [null, new Set(['present'])],
      );
    });

    it('prints what would be written, and writes nothing', async () => {
      const text = await here.text(`init --github ${ACTION} --dry-run`);
      assert.match(text, /would write \.github\/workflows\/at1-gate\.yml\n {4}# Written by/);
      assert.match(text, /root: sha256:…/);
      assert.ok(!existsSync(dir.at('work', '.git')) && !existsSync(dir.at('work', '.github')));
      const clone = await initRegistry(dir.at('work'), ana);
      const head = clone.git('rev-parse', 'HEAD');
      const done = await init(`--github ${ACTION} --dry-run --owner @ana`);
      assert.deepEqual([done.github.dryRun, done.github.files.length, done.github.commit], [true, 4, null]);
      assert.deepEqual([clone.git('rev-parse', 'HEAD'), clone.git('status', '--porcelain')], [head, '']);
    });

    it('leaves what is there as it is, in the work tree or committed', async () => {
      const clone = await initRegistry(dir.at('work'), ana);
      mkdirSync(dir.at('work', '.github', 'workflows'), { recursive: true });
      writeFileSync(dir.at('work', '.github', 'workflows', 'at1-gate.yml'), 'mine\n');
      writeFileSync(dir.at('work', '.github', 'workflows', 'at1-land.yml'), 'mine too\n');
      clone.git('add', '.github/workflows/at1-land.yml');
      clone.git('commit', '--quiet', '-m', 'mine');
      rmSync(dir.at('work', '.github', 'workflows', 'at1-land.yml'));
      writeFileSync(dir.at('work', 'CODEOWNERS'), '* @somebody\n');
      const text = await here.text(`init --github ${ACTION} --owner @org/team`);
      assert.match(text, /left \.github\/workflows\/at1-gate\.yml as it is/);
      assert.match(text, /left \.github\/workflows\/at1-land\.yml as it is/);
      assert.match(
        text,
        /left CODEOWNERS as it is; add these lines.*\n {4}\/\.at1\/ @org\/team\n {4}\/at1\.toml @org\/team\n {4}\/\.github\/ @org\/team\n/,
      );
      assert.match(text, /wrote \.github\/workflows\/at1-reusable\.yml/);
      assert.equal(workflow('at1-gate.yml'), 'mine\n');
      assert.equal(readFileSync(dir.at('work', 'CODEOWNERS'), 'utf8'), '* @somebody\n');
      assert.equal(clone.git('show', '--format=', '--name-only', 'HEAD'), '.github/workflows/at1-reusable.yml');
      writeFileSync(
        dir.at('work', 'CODEOWNERS'),
        '* @somebody\n/.at1/ @org/team\n/at1.toml @org/team\n/.github/ @org/team\n',
      );
      assert.match(await here.text(`init --github ${ACTION} --owner @org/team`), /there already: CODEOWNERS/);
    });

    it('puts them at the top of a repository whose registry is a folder', async () => {
      git(dir.at('work'), ['init', '--quiet', '--initial-branch=trunk+1']);
      const done = await init(`it's/here --github ${ACTION} --owner @org/team`);
      assert.ok(done.dir.endsWith("it's/here"));
      assert.match(workflow('at1-gate.yml'), /branches: \['trunk\\\+1'\]/);
      assert.match(workflow('at1-gate.yml'), /registry: 'it''s\/here'/);
      assert.match(workflow('at1-land.yml'), /AT1_REGISTRY: 'clone\/it''s\/here'/);
      const owners = readFileSync(dir.at('work', '.github', 'CODEOWNERS'), 'utf8');
      assert.equal(owners, "/it's/here/.at1/ @org/team\n/it's/here/at1.toml @org/team\n/.github/ @org/team\n");
    });

    it('refuses an action that can be moved, an owner that is none, and flags without --github', async () => {
      for (const action of ['example/at1@v1', 'example/at1', `example/at1@${COMMIT.slice(1)}`, `x@${COMMIT}`]) {
        await here.refuses(2, 'usage/invalid', `init --github --action ${action}`);
      }
      assert.match(await here.refuses(2, 'usage/invalid', 'init --github'), /--action is missing/);
      await here.refuses(2, 'usage/invalid', `init --github ${ACTION} --owner team`);
      await here.refuses(2, 'usage/invalid', `init ${ACTION}`);
      assert.ok(!existsSync(dir.at('work', '.git')));
    });

    it('refuses whoever may not configure, another root, and a folder behind a link', async () => {
      const clone = await initRegistry(dir.at('work'), ana);
      const bo = makePerson(dir.at('home-bo'), 'bo');
      const { public: key } = await bo.makeKey();
      await addPrincipal(await clone.open(), { name: 'bo', key, role: 'reader' });
      await terminalOf(bo, dir.at('work')).refuses(22, 'policy/denied', `init --github ${ACTION}`);
      const other = terminalOf(ana, dir.at('work'), { env: { AT1_ROOT: `sha256:${'1'.repeat(64)}` } });
      await other.refuses(21, 'trust/root-changed', `init --github ${ACTION}`);
      mkdirSync(dir.at('elsewhere'));
      symlinkSync(dir.at('elsewhere'), dir.at('work', '.github'));
      await here.refuses(15, 'io/unsafe-path', `init --github ${ACTION}`);
    });
  });

  describe('the workflows', () => {
    beforeEach(async () => {
      await init(`--github ${ACTION} --owner @org/team`);
    });

    it('name every action by a commit, ask for no right but to read, and give no shell what a stranger wrote', () => {
      for (const name of NAMES) {
        const text = workflow(name);
        const used = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
        assert.ok(
          used.length >= 2 && used.every((action) => /^[\w-]+\/[\w.-]+@[0-9a-f]{40}$/.test(action ?? '')),
          name,
        );
        assert.match(text, /\npermissions:\n {2}contents: read\n\n/);
        assert.ok(!/pull_request_target|workflow_run|github\.event|github\.head_ref|: inherit/.test(text), name);
        const checkouts = text.split('uses: actions/checkout').slice(1);
        assert.ok(
          checkouts.every((step) => step.slice(0, 300).includes('persist-credentials: false')),
          name,
        );
        assert.ok(!/[\t\r]/.test(text) && text.split('\n').every((line) => line === line.trimEnd()), name);
        const shell = [...text.matchAll(/run: \|\n((?: {10}.*\n)+)|run: (.*)/g)].map(
          ([, block, line]) => block ?? line,
        );
        assert.ok(
          shell.every((script) => !script?.includes('${{')),
          name,
        );
        for (const script of shell) {
          assert.equal(spawnSync('bash', ['-n'], { input: script ?? '', encoding: 'utf8' }).stderr, '');
        }
      }
      assert.ok(!workflow('at1-gate.yml').includes('secrets'));
      assert.match(workflow('at1-gate.yml'), /on:\n {2}pull_request:\n {4}branches: \['main'\]\n {2}merge_group:\n/);
      assert.match(workflow('at1-gate.yml'), /fetch-depth: 0\n {10}persist-credentials: false\n/);
    });

    it('are found good by actionlint, where that is installed', async function () {
      const require = createRequire(import.meta.url);
      let path: string;
      try {
        path = require.resolve(LINTER);
      } catch {
        // No dependency of this project: whoever has it installed has the workflows looked at.
        return this.skip();
      }
      const { createLinter } = (await import(path)) as {
        createLinter: () => Promise<(text: string, path: string) => readonly { readonly kind: string }[]>;
      };
      const lint = await createLinter();
      for (const name of NAMES) {
        // It does not know the newer runners.
        const found = lint(workflow(name), `.github/workflows/${name}`).filter(({ kind }) => kind !== 'runner-label');
        assert.deepEqual(found, [], name);
      }
    });

    it('pass the gate themselves, and nobody but who may configure changes them', async () => {
      const clone = cloneAt(dir.at('work'), ana);
      const landed = await gate(await clone.open(clone.git('rev-parse', 'HEAD~1')), {
        head: clone.git('rev-parse', 'HEAD'),
      });
      assert.deepEqual(
        landed.findings.filter(({ severity }) => severity === 'error'),
        [],
      );
      const base = clone.git('rev-parse', 'HEAD');
      writeFileSync(dir.at('work', '.github', 'workflows', 'at1-gate.yml'), 'on: never\n');
      clone.git('commit', '--quiet', '-a', '-m', 'no more judging');
      const { root } = await showPolicy(await clone.open());
      const payload = { before: base, after: clone.git('rev-parse', 'HEAD') };
      const done = await runAction(clone, dir.path, { inputs: { root }, event: { name: 'push', payload } });
      assert.equal(done.code, 22, done.log);
      assert.match(done.log, /::error file=\.github\/workflows\/at1-gate\.yml,line=1,title=policy\/denied::/);
    });

    it('make tags with a key from a secret, by the steps that at1-land.yml names', async () => {
      const clone = cloneAt(dir.at('work'), ana);
      addRemote(clone, dir.at('origin.git'));
      const text = workflow('at1-land.yml');
      assert.ok(text.includes('        run: node at1/bin/run.js tag\n'));
      await clone.register('model/base@1.0.0');
      clone.git('push', '--quiet', 'origin', 'main');
      const ci = makePerson(dir.at('runner'), 'ci');
      const fresh = cloneFrom(dir.at('origin.git'), dir.at('clone'), ci);
      const key = readFileSync(join(dir.at('home'), 'config', 'keys', 'id_ed25519'), 'utf8');
      const { root } = await showPolicy(await clone.open());
      const env = { AT1_SIGNING_KEY: key, AT1_ROOT: root, AT1_REGISTRY: fresh.dir };
      const done = await fresh.at1(['tag'], { cwd: dir.path, env });
      assert.equal(done.code, 0, done.stderr);
      fresh.git('push', '--quiet', 'origin', '--tags');
      assert.equal(git(dir.at('origin.git'), ['tag']), 'model/base@v1.0.0');
    });
  });
});
