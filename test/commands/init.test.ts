/** at1 init: a first registry in an empty folder, in a repository, in a subfolder; and what it refuses. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { InitResult } from '../../src/index.js';
import { git } from '../helpers/git.js';
import { makePerson, type Person } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

describe('starting a registry', () => {
  const dir = useTempDir();
  let ana: Person;
  let here: Terminal;

  beforeEach(() => {
    ana = makePerson(dir.at('home'), 'ana');
    mkdirSync(dir.at('work'));
    here = terminalOf(ana, dir.at('work'));
  });

  describe('`at1 init`', () => {
    it('makes a registry of the current folder, with a key, and says what others pin', async () => {
      const text = await here.text('init --principal ana');
      assert.match(text, /^registry [0-9A-Z]{26} in .*work, on branch main\n/);
      assert.match(text, /\nowner {4}ana, new key SHA256:\S+ \(.*\)\nroot {5}sha256:[0-9a-f]{64}\n/);
      assert.match(text, /\nnext: at1 register FILE\n$/);
      assert.equal(git(dir.at('work'), ['log', '--format=%s', '--all']).trim().split('\n').length, 1);
      assert.match(await here.text('list'), /^no versions yet\nnext: at1 register FILE\n$/);
    });

    it('takes a folder, a branch and a name, and tells all of it as JSON', async () => {
      const made = await here.json<InitResult>('init', 'init sub/registry --branch trunk --principal bo');
      assert.deepEqual([made.branch, made.principal, made.key.created], ['trunk', 'bo', true]);
      assert.ok(made.dir.endsWith('registry'));
      const again = await here.json<InitResult>('init', 'init other');
      assert.deepEqual([again.key.created, again.key.id], [false, made.key.id]);
    });

    it('makes the folder of --registry one, where no other is named', async () => {
      assert.match(await here.text('init --registry elsewhere'), /\nnext: cd elsewhere && at1 register FILE\n$/);
      assert.match(await here.text('list --registry elsewhere'), /^no versions yet/);
    });

    it('signs with the key it is told', async () => {
      const { path } = await makePerson(dir.at('home-bo'), 'bo').makeKey();
      const made = await here.json<InitResult>('init', 'init --key', path);
      assert.deepEqual([made.key.created, made.key.source.includes('home-bo')], [false, true]);
    });

    it('refuses a registry, a folder with something else in it, and a bad name', async () => {
      await here.text('init');
      await here.refuses(13, 'registry/exists', 'init');
      mkdirSync(dir.at('work', 'x', 'model'), { recursive: true });
      writeFileSync(dir.at('work', 'x', 'model', 'net.py'), 'pass\n');
      const text = await here.refuses(13, 'registry/foreign-folder', 'init x');
      assert.match(text, /at1 init registry/);
      await here.refuses(2, 'usage/name', 'init y --principal Ana');
    });

    it('names a damaged HEAD of git, as every command does', async () => {
      await here.text('init');
      writeFileSync(dir.at('work', '.git', 'HEAD'), '');
      for (const line of ['init', 'list', 'doctor']) {
        assert.match(
          await here.refuses(20, 'git/ref-invalid', line),
          /HEAD is empty[\s\S]*echo "ref: refs\/heads\/main"/,
        );
      }
    });

    it('refuses a registry that is committed and not checked out', async () => {
      await here.text('init');
      rmSync(dir.at('work', 'at1.toml'));
      const head = git(dir.at('work'), ['rev-parse', 'HEAD']);
      assert.match(await here.refuses(13, 'registry/exists', 'init'), /git checkout HEAD -- at1\.toml/);
      assert.equal(git(dir.at('work'), ['rev-parse', 'HEAD']), head);
    });

    it('keeps the lines of .gitattributes that are committed and not checked out', async () => {
      git(dir.at('work'), ['init', '--quiet']);
      writeFileSync(dir.at('work', '.gitattributes'), '*.bin filter=lfs\n');
      git(dir.at('work'), ['add', '.']);
      git(dir.at('work'), ['commit', '--quiet', '-m', 'first']);
      rmSync(dir.at('work', '.gitattributes'));
      await here.text('init');
      assert.match(git(dir.at('work'), ['show', 'HEAD:.gitattributes']), /^\*\.bin filter=lfs\n# at1/);
    });
  });
});
