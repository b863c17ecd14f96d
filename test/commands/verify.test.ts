/** at1 verify: the verdict first, then what was found, and an exit number that is 0 only where nothing is wrong. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { VerifyResult } from '../../src/index.js';
import { checkOutput } from '../helpers/check-output.js';
import { addRemote, type Clone, cloneAt, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

describe('verifying a registry', () => {
  const dir = useTempDir();
  let ana: Clone;
  let here: Terminal;

  beforeEach(async () => {
    ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home'), 'ana'));
    here = terminalOf(ana.person, ana.dir);
  });

  describe('`at1 verify`', () => {
    it('says what it checked and how the root is known', async () => {
      await ana.register('model/net@1.0.0');
      await ana.register('data/rows@1.0.0');
      const counts = 'verified: 2 versions, 2 objects, 2 signatures, 3 commits, 2 tags, ';
      const bo = terminalOf(makePerson(dir.at('home-bo'), 'bo'), ana.dir);
      const first = await bo.text('verify');
      assert.ok(first.startsWith(`${counts}trusted on first use\n`), first);
      assert.match(first, /\nnote: .*trusted on first use \[trust\/first-use\]\n {2}hint: compare it with the owner's/);
      const root = /next: pin the root: at1 verify --root (sha256:[0-9a-f]{64})\n$/.exec(first)?.[1] ?? '';
      assert.ok((await bo.text('verify')).startsWith(`${counts}from the root seen before\n`));
      assert.ok((await bo.text(`verify --root ${root}`)).startsWith(`${counts}from the pinned root\n`));
      const result = await bo.json<VerifyResult>('verify', 'verify net@1.0.0');
      assert.deepEqual(
        [result.ok, result.trust, result.checked.manifests, result.findings],
        [true, 'remembered', 1, []],
      );
    });

    it('refuses another root than the pinned one, by flag and by variable', async () => {
      const other = `sha256:${'0'.repeat(64)}`;
      for (const run of [
        await here.at1(`verify --root ${other}`),
        await ana.at1(['verify'], { env: { AT1_ROOT: other } }),
      ]) {
        assert.equal(run.code, 21);
        assert.match(run.stdout, /^NOT verified: 1 error\nerror: .*\[trust\/root-changed\]\n/);
      }
      await here.refuses(2, 'usage/invalid', 'verify --root abc');
    });

    it('names a damaged object and exits with 20, in text and in JSON', async () => {
      const { objects } = await ana.register('model/net@1.0.0');
      const path = `${ana.dir}/${objects[0]?.path}`;
      writeFileSync(path, Buffer.concat([readFileSync(path).subarray(0, 40), Buffer.from('damage')]));
      const text = await here.at1('verify');
      assert.equal(text.code, 20);
      assert.match(
        text.stdout,
        /^NOT verified: 1 error\nerror: objects\/.*needed by model\/net@1\.0\.0, but the working file is damaged: /,
      );
      assert.match(text.stdout, /\n {2}hint: at1 doctor --fix mends it from the intact copy in git\n/);
      const { code, json } = await here.at1('verify --json');
      assert.equal(code, 20);
      checkOutput('verify', json);
      assert.equal((json as VerifyResult).ok, false);
      // The copy in git is another one, and at that commit nothing else is asked.
      assert.equal((await here.at1('get net -o x')).code, 0);
    });

    it('names an edited manifest', async () => {
      await ana.register('model/net@1.0.0');
      writeFileSync(`${ana.dir}/model/net/1.0.0.toml`, 'description = "better"\n');
      const { code, stdout } = await here.at1('verify');
      assert.equal(code, 20);
      assert.match(
        stdout,
        /\nerror: model\/net\/1\.0\.0\.toml: the working file is not what is committed \[worktree\/differs\]/,
      );
    });

    it('counts many notes of one kind instead of listing them', async () => {
      for (let patch = 0; patch < 6; patch++) await ana.register(`model/net@1.0.${patch}`);
      for (let patch = 0; patch < 6; patch++) ana.git('tag', '-d', `model/net@v1.0.${patch}`);
      const { code, stdout } = await here.at1('verify');
      assert.equal(code, 0);
      assert.equal(stdout.split('[tag/missing]').length - 1, 4);
      assert.match(stdout, /\nnote: and 3 more \[tag\/missing\]\n/);
      const { findings } = await here.json<VerifyResult>('verify', 'verify');
      assert.equal(findings.filter(({ code: found }) => found === 'tag/missing').length, 6);
    });

    describe('on a tag that is missing', () => {
      const MAKE = 'at1 tag makes the missing tags';
      const PUSH = 'it is not pushed yet: at1 push sends it, then makes its tag';
      const hints = async () => {
        const { findings } = await here.json<VerifyResult>('verify', 'verify');
        const missing = findings.filter(({ code }) => code === 'tag/missing');
        return Object.fromEntries(missing.map(({ subject, hint }) => [subject.replace('tag model/net', ''), hint]));
      };

      it('says at1 push of what is not pushed yet, and at1 tag of what is', async () => {
        addRemote(ana, dir.at('bare.git'));
        await ana.register('model/net@1.0.0');
        assert.deepEqual(await hints(), { '@v1.0.0': PUSH }, 'nothing was ever pushed');
        ana.git('push', '--quiet', 'origin', 'main');
        assert.deepEqual(await hints(), { '@v1.0.0': MAKE });
        await ana.register('model/net@1.1.0');
        await here.text('promote model/net@1.0.0 staging');
        assert.deepEqual(await hints(), { '@v1.0.0': MAKE, '@v1.1.0': PUSH, '#staging#1': PUSH });
        assert.match(
          await here.text('verify'),
          /model\/net@v1\.1\.0: [^\n]+\n {2}hint: it is not pushed yet: at1 push/,
        );
        await here.text('push');
        assert.deepEqual(await hints(), {});
      });

      it('says of what is on another branch that the registry branch does not have it', async () => {
        const other = 'it is not on main yet: its tag is due once that branch has it';
        await ana.register('model/net@1.0.0');
        ana.git('tag', '-d', 'model/net@v1.0.0');
        ana.git('switch', '--quiet', '--create', 'work');
        await ana.register('model/net@1.1.0');
        assert.deepEqual(await hints(), { '@v1.0.0': MAKE, '@v1.1.0': other });
        addRemote(ana, dir.at('bare.git'));
        ana.git('push', '--quiet', 'origin', 'main', 'work');
        assert.deepEqual(await hints(), { '@v1.0.0': MAKE, '@v1.1.0': other });
      });

      it('says nothing of pushing where what was pushed cannot be read', async () => {
        addRemote(ana, dir.at('bare.git'));
        await ana.register('model/net@1.0.0');
        const { commit } = await ana.register('model/net@1.1.0');
        ana.git('push', '--quiet', 'origin', 'main');
        ana.git('reset', '--quiet', '--hard', 'HEAD~1');
        const oid = commit ?? '';
        rmSync(`${ana.dir}/.git/objects/${oid.slice(0, 2)}/${oid.slice(2)}`);
        assert.deepEqual(await hints(), { '@v1.0.0': MAKE });
      });
    });

    it('verifies a clone, a moment of the past, and an empty registry', async () => {
      assert.match(await here.text('verify'), /^verified: 0 versions, 0 objects, 0 signatures, 1 commit, 0 tags, /);
      const { commit } = await ana.register('model/net@1.0.0');
      await ana.register('model/net@1.1.0');
      const past = await here.json<VerifyResult>('verify', `verify --at ${commit}`);
      assert.deepEqual([past.head, past.checked.manifests], [commit, 1]);
      ana.git('clone', '--quiet', ana.dir, dir.at('clone'));
      const clone = terminalOf(makePerson(dir.at('home-bo'), 'bo'), cloneAt(dir.at('clone'), ana.person).dir);
      assert.match(await clone.text('verify'), /^verified: 2 versions/);
    });
  });
});
