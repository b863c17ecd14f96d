/** at1 alias: given, moved, ended, taken away; what it finds, and the names it may not have. */
import assert from 'node:assert/strict';
import type { EventResult, ShowResult } from '../../src/index.js';
import { ana } from '../helpers/registry-fixture.js';
import { inProcess } from '../helpers/run-cli.js';
import { type Clone, makePerson } from '../helpers/sample-registry.js';
import { stagedRegistry } from '../helpers/staged-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

describe('aliases', () => {
  const dir = useTempDir();
  let clone: Clone;
  let here: Terminal;

  beforeEach(async () => {
    const rules = [
      { artifacts: ['*'], actions: ['alias:shared'], role: 'owner', threshold: 2 },
      { artifacts: ['*'], actions: ['alias:closed'], role: 'boss', threshold: 1 },
      {
        artifacts: ['*'],
        actions: ['register', 'policy', 'tag', 'yank', 'alias:c*', 'alias:shared'],
        role: 'owner',
        threshold: 1,
      },
    ];
    clone = await (await stagedRegistry(dir.path, { rules })).as(ana);
    here = terminalOf(clone.person, clone.dir);
  });

  const holder = async (lane: string) => (await here.json<ShowResult>('show', `show net:${lane}`)).version;

  describe('`at1 alias`', () => {
    it('gives a version a name of your own, which finds it', async () => {
      const text = await here.text('alias model/net@1.0.0 champion');
      assert.match(
        text,
        /^model\/net@1\.0\.0 is called champion\n {2}rule 3 of the policy: 1 of 1 from owner, signed by ana\ncommit [0-9a-f]{40}\nnext: /,
      );
      assert.equal(await holder('champion'), '1.0.0');
      assert.match(await here.text('get net:champion -o', dir.at('got')), /\nmodel\/net@1\.0\.0, /);
      assert.match(await here.text('list'), /1\.0\.0 .* development, champion +ana/);
      assert.match(await here.text('log'), /alias champion +model\/net@1\.0\.0 +ana/);
    });

    it('moves it, and displaces nothing', async () => {
      await here.text('alias net@1.0.0 champion');
      const { state, displaced, events } = await here.json<EventResult>('event', 'alias net@1.1.0 champion');
      assert.deepEqual([state, displaced, events[0]?.from], ['effective', [], null]);
      assert.equal(await holder('champion'), '1.1.0');
      const { aliases, stage } = await here.json<ShowResult>('show', 'show net@1.0.0');
      assert.deepEqual([aliases, stage], [[], 'development']);
      assert.match(await here.text('verify'), /^verified: 2 versions, 2 events/);
    });

    it('makes no tag: GTO knows no aliases', async () => {
      await here.text('alias net@1.0.0 champion');
      assert.deepEqual(clone.git('tag', '--list').split('\n'), ['model/net@v1.0.0', 'model/net@v1.1.0']);
    });

    it('takes it away again', async () => {
      await here.text('alias net@1.0.0 champion');
      assert.match(await here.text('alias --remove net champion'), /^model\/net@1\.0\.0 is called champion no more\n/);
      await here.refuses(12, 'artifact/not-found', 'show net:champion');
      assert.match(
        await here.refuses(12, 'artifact/not-found', 'alias --remove net champion'),
        /no version of net has the alias champion/,
      );
      const again = await here.json<EventResult>('event', 'alias net@1.0.0 champion');
      assert.equal(again.events[0]?.path, 'model/net/events/champion/0003.toml');
    });

    it('ends by itself, and may be given longer', async function () {
      await here.text('alias net@1.0.0 champion --expires 2999-01-31T00:00:00Z');
      await here.text('alias net@1.0.0 champion --expires 2999-02-28T00:00:00Z');
      // Only a run in this process has a clock of its own.
      if (!inProcess) this.skip();
      const at = (time: string) => terminalOf(clone.person, clone.dir, { now: () => new Date(time) });
      await at('2999-02-27T00:00:00Z').text('show net:champion');
      const later = at('2999-02-28T00:00:00Z');
      await later.refuses(12, 'artifact/not-found', 'show net:champion');
      const { aliases } = await later.json<ShowResult>('show', 'show net@1.0.0');
      assert.deepEqual(aliases, []);
      await later.text('alias net@1.0.0 champion');
      assert.equal((await later.json<ShowResult>('show', 'show net:champion')).version, '1.0.0');
      await later.refuses(22, 'event/refused', 'alias net@1.0.0 champion');
    });

    it('writes nothing with --dry-run', async () => {
      const before = clone.git('for-each-ref');
      assert.match(
        await here.text('alias net@1.0.0 champion --dry-run'),
        /would be called champion\n[\s\S]*\nnothing was written\n$/,
      );
      assert.deepEqual([clone.git('for-each-ref'), clone.git('status', '--porcelain', 'model')], [before, '']);
    });

    it('goes to a branch where it needs more signatures', async () => {
      const text = await here.text('alias net@1.0.0 shared');
      assert.match(text, /^model\/net@1\.0\.0 waits to be called shared\n/);
      assert.match(text, /on the branch promote\/net-1\.0\.0-shared\n/);
    });
  });

  describe('wrong use of `at1 alias`', () => {
    it('takes a word that is none', async () => {
      assert.match(await here.refuses(2, 'usage/name', 'alias net@1.0.0 staging'), /at1 promote REF staging/);
      await here.refuses(2, 'usage/name', 'alias net@1.0.0 lifecycle');
      assert.match(await here.refuses(2, 'usage/name', 'alias net@1.0.0 Champion'), /write champion/);
      await here.refuses(2, 'usage/name', 'alias net@1.0.0 1.0.0');
      await here.refuses(2, 'usage/name', 'alias net@1.0.0 latest');
      await here.refuses(2, 'usage/name', 'alias --remove net staging');
    });

    it('names the wrong thing, or nothing', async () => {
      await here.refuses(2, 'usage/reference', 'alias --remove net@1.0.0 champion');
      await here.refuses(12, 'artifact/not-found', 'alias net@3.0.0 champion');
      await here.refuses(2, 'usage/invalid', 'alias net@1.0.0');
      await here.refuses(2, 'usage/invalid', 'alias --remove net champion --expires 2999-01-01T00:00:00Z');
    });

    it('gives what is there, or to a version that was withdrawn', async () => {
      await here.text('alias net@1.0.0 champion');
      await here.refuses(22, 'event/refused', 'alias net@1.0.0 champion');
      await here.text('yank net@1.1.0');
      assert.match(await here.refuses(22, 'event/refused', 'alias net@1.1.0 champion'), /version 1\.1\.0 is yanked/);
    });

    it('is of somebody who may not, or has no key', async () => {
      await here.refuses(22, 'policy/denied', 'alias net@1.0.0 mine');
      const nobody = terminalOf(makePerson(dir.at('home-nobody'), 'nobody'), clone.dir);
      await nobody.refuses(14, 'key/none', 'alias net@1.0.0 champion');
    });
  });
});
