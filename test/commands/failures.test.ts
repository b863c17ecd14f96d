/** What keeps a registry from being used: each with one exit number, the same in text and in JSON, and a way out. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { getuid } from 'node:process';
import { type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

describe('what keeps a registry from being used', () => {
  const dir = useTempDir();
  let ana: Clone;
  let here: Terminal;

  beforeEach(async () => {
    ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home'), 'ana'));
    here = terminalOf(ana.person, ana.dir);
    writeFileSync(dir.at('registry', 'net.apr'), 'weights');
  });

  describe('without a registry', () => {
    it('every command that needs one says so, with exit 10', async () => {
      mkdirSync(dir.at('nothing'));
      const lost = terminalOf(ana.person, dir.at('nothing'));
      const lines = ['list', 'show net', 'log', 'stats', 'identify x', 'get net', 'verify', 'unregister net@1.0.0'];
      for (const line of [...lines, 'register model/net@1.0.0 x', 'model list', 'data get x', 'recipe download x']) {
        const text = await lost.refuses(10, 'registry/not-found', line);
        assert.match(text, /\nhint: run at1 init, or name the registry with --registry DIR\n$/);
      }
      ana.git('init', '--quiet', dir.at('plain'));
      await terminalOf(ana.person, dir.at('plain')).refuses(10, 'registry/not-found', 'list');
    });
  });

  describe('a key', () => {
    it('that is nowhere is missed with exit 14, and reads do not need it', async () => {
      const nobody = terminalOf(makePerson(dir.at('home-nobody'), 'nobody'), ana.dir);
      await nobody.refuses(14, 'key/none', 'register model/net@1.0.0 net.apr');
      await nobody.text('list');
      await nobody.text('verify');
    });

    it('that the policy does not list is refused with exit 21, and with the command to ask for', async () => {
      const bo = makePerson(dir.at('home-bo'), 'bo');
      const { public: key } = await bo.makeKey();
      const text = await terminalOf(bo, ana.dir).refuses(
        21,
        'signature/unknown-key',
        'register model/net@1.0.0 net.apr',
      );
      assert.ok(text.includes(`at1 policy add-principal NAME '${key}'`), text);
      await here.text('policy add-principal bo', key);
      assert.match(await terminalOf(bo, ana.dir).text('register model/net@1.0.0 net.apr'), /signed by bo/);
    });

    it('that is named and not there is missed with exit 14', async () => {
      await here.refuses(14, 'key/not-found', 'register model/net@1.0.0 net.apr --key nowhere');
    });
  });

  describe('a place that cannot be written', () => {
    it('is refused with exit 15, and nothing is left', async () => {
      await here.text('register model/net@1.0.0 net.apr');
      // Permissions do not hold the superuser back; a file system of the kernel does.
      const closed = getuid?.() === 0 ? '/sys' : dir.at('closed');
      if (closed !== '/sys') mkdirSync(closed);
      if (closed !== '/sys') chmodSync(closed, 0o555);
      await here.refuses(15, 'io/read-only', 'get net -o', `${closed}/net.apr`);
      await here.refuses(15, 'io/read-only', 'init', `${closed}/registry`);
    });
  });

  describe('wrong use', () => {
    it('is answered with exit 2 and the page to read', async () => {
      assert.match(await here.refuses(2, 'usage/invalid', 'list a b'), /hint: see `at1 help list`/);
      assert.match(await here.refuses(2, 'usage/invalid', 'list --att x'), /did you mean --at\?/);
      assert.match(await here.refuses(2, 'usage/invalid', 'get'), /missing argument: REF/);
      assert.match(await here.refuses(2, 'usage/invalid', 'verfy'), /did you mean `at1 verify`\?/);
      assert.match(await here.refuses(2, 'usage/invalid', 'model lst'), /did you mean `at1 model list`\?/);
      await here.refuses(2, 'usage/invalid', 'register net.apr --bump huge');
      await here.refuses(2, 'usage/invalid', 'register net.apr --level most');
    });
  });
});
