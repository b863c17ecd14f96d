/** at1 deprecate, yank and revoke: what they say, what readers hear of them afterwards, and what cannot be undone. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { EventResult, GetResult, IdentifyResult, LogEntry, ShowResult, VerifyResult } from '../../src/index.js';
import { checkOutput } from '../helpers/check-output.js';
import { ana, bo } from '../helpers/registry-fixture.js';
import { type Clone, makePerson } from '../helpers/sample-registry.js';
import { stagedRegistry } from '../helpers/staged-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

const OLD = 'model/net@1.0.0';
const NEW = 'model/net@1.1.0';
const RULES = [
  { artifacts: ['*'], actions: ['revoke'], role: 'boss', threshold: 1 },
  { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
];

describe('withdrawing', () => {
  const dir = useTempDir();
  let clone: Clone;
  let here: Terminal;
  let bos: Terminal;

  beforeEach(async () => {
    const { as } = await stagedRegistry(dir.path, { rules: RULES });
    clone = await as(ana);
    here = terminalOf(clone.person, clone.dir);
    bos = terminalOf((await as(bo)).person, clone.dir);
  });

  const get = (ref: string, ...flags: string[]) => here.at1(`get ${ref} --json -f -o`, dir.at('got'), ...flags);
  const standing = async (ref: string) => (await here.json<ShowResult>('show', `show ${ref}`)).withdrawn?.state ?? null;
  const tagsOf = (mark: string) => clone.git('tag', '--list', `model/net${mark}*`).split('\n');

  describe('`at1 deprecate`', () => {
    it('advises against a version, which is given out with a warning', async () => {
      const text = await here.text(`deprecate ${NEW} --reason`, 'use the next one');
      assert.match(
        text,
        /^model\/net@1\.1\.0 is deprecated\n {2}rule 2 of the policy: 1 of 1 from owner, signed by ana\ncommit /,
      );
      const { code, json } = await get('net');
      assert.equal(code, 0);
      assert.deepEqual([(json as GetResult).ref, (json as GetResult).warnings], [NEW, ['1.1.0 is deprecated']]);
      assert.match((await here.at1('get net -f -o', dir.at('got'))).stderr, /warning: 1\.1\.0 is deprecated/);
      assert.match(await here.text('list'), /1\.1\.0 .* development +ana +[0-9a-f]{12} +deprecated\n/);
      assert.match(await here.text(`show ${NEW}`), /\nwithdrawn +deprecated by ana, .* UTC: use the next one\n/);
      assert.deepEqual(tagsOf('@v1.1.0'), ['model/net@v1.1.0']);
    });

    it('takes it back with --undo, and only what is there', async () => {
      await here.refuses(22, 'event/refused', `deprecate --undo ${NEW}`);
      await here.text(`deprecate ${NEW}`);
      await here.refuses(22, 'event/refused', `deprecate ${NEW}`);
      const { events } = await here.json<EventResult>('event', `deprecate --undo ${NEW}`);
      assert.deepEqual([events[0]?.action, events[0]?.lane], ['restore', 'lifecycle']);
      assert.equal(await standing(NEW), null);
      assert.match(await here.text('verify'), /^verified: 2 versions, 2 events/);
    });

    it('writes nothing with --dry-run, and goes to a branch with --pr', async () => {
      const before = clone.git('for-each-ref');
      assert.match(
        await here.text(`deprecate ${NEW} --dry-run`),
        /would be deprecated\n[\s\S]*\nnothing was written\n$/,
      );
      assert.equal(clone.git('for-each-ref'), before);
      const { branch } = await here.json<EventResult>('event', `deprecate ${NEW} --pr`);
      assert.deepEqual([branch, await standing(NEW)], ['promote/net-1.1.0-deprecate', null]);
    });
  });

  describe('`at1 yank`', () => {
    it('takes a version from everybody who does not name it exactly', async () => {
      assert.match(await here.text(`yank ${NEW} --reason`, 'wrong tokenizer'), /^model\/net@1\.1\.0 is yanked\n/);
      assert.equal(((await get('net')).json as GetResult).ref, OLD);
      assert.equal(((await get('net@^1')).json as GetResult).ref, OLD);
      const exact = (await get(NEW)).json as GetResult;
      assert.deepEqual([exact.ref, exact.warnings], [NEW, ['1.1.0 is yanked']]);
      await here.refuses(22, 'event/refused', `promote ${NEW} staging`);
      await here.text(`yank ${OLD}`);
      await here.refuses(12, 'artifact/not-found', 'get net -o', dir.at('none'));
    });

    it('has a tag for going and a tag for coming back', async () => {
      await here.text(`yank ${NEW}`);
      assert.deepEqual(tagsOf('@v1.1.0'), ['model/net@v1.1.0', 'model/net@v1.1.0!#1']);
      const { events } = await here.json<EventResult>('event', `yank --undo ${NEW}`);
      assert.equal(events[0]?.action, 'restore');
      assert.deepEqual(tagsOf('@v1.1.0'), ['model/net@v1.1.0', 'model/net@v1.1.0!#1', 'model/net@v1.1.0#2']);
      assert.equal(((await get('net')).json as GetResult).ref, NEW);
      const { ok, checked } = await here.json<VerifyResult>('verify', 'verify');
      assert.deepEqual([ok, checked.tags], [true, 4]);
    });

    it('leaves the version in its stage, with a warning', async () => {
      await here.text(`promote ${OLD} production --through`);
      await here.text(`yank ${OLD}`);
      const held = (await get('net:production')).json as GetResult;
      assert.deepEqual([held.ref, held.warnings], [OLD, ['1.0.0 is yanked']]);
    });

    it('may come after a deprecation, and not twice', async () => {
      await here.text(`deprecate ${OLD}`);
      await here.text(`yank ${OLD}`);
      assert.equal(await standing(OLD), 'yanked');
      await here.refuses(22, 'event/refused', `yank ${OLD}`);
      await here.refuses(22, 'event/refused', `deprecate ${OLD}`);
    });
  });

  describe('`at1 revoke`', () => {
    beforeEach(async () => {
      await here.text(`promote ${OLD} production --through`);
      await here.text(`alias ${OLD} champion`);
      await here.text('get net:production -o', dir.at('bytes'));
    });

    it('refuses the version from then on, and takes it out of its stage and aliases', async () => {
      assert.match(
        await here.text(`revoke ${OLD} --reason`, 'poisoned'),
        /^model\/net@1\.0\.0 is revoked\n {2}rule 1 of/,
      );
      const text = await here.refuses(21, 'artifact/revoked', `get ${OLD} -o`, dir.at('never'));
      assert.match(text, /by: ana/);
      assert.ok(!existsSync(dir.at('never')));
      await here.refuses(12, 'artifact/not-found', 'get net:production -o', dir.at('never'));
      await here.refuses(12, 'artifact/not-found', 'show net:champion');
      const { stage, aliases, withdrawn } = await here.json<ShowResult>('show', `show ${OLD}`);
      assert.deepEqual([stage, aliases, withdrawn?.reason], [null, [], 'poisoned']);
      assert.ok(tagsOf('').includes('model/net#production!#4'));
      assert.ok(tagsOf('').includes('model/net@v1.0.0!#5'));
      assert.match(await here.text('list'), /1\.0\.0 .* revoked\n/);
    });

    it('lets go of it for those who ask for it with --allow-revoked', async () => {
      await here.text(`revoke ${OLD}`);
      const { code, json } = await get(OLD, '--allow-revoked');
      checkOutput('get', json);
      assert.deepEqual([code, (json as GetResult).warnings], [0, ['1.0.0 is revoked']]);
      await here.refuses(12, 'artifact/not-found', 'get net:production --allow-revoked -o', dir.at('never'));
    });

    it('makes identify vouch for the bytes no more', async () => {
      await here.text(`revoke ${OLD}`);
      const { code, stdout } = await here.at1('identify', dir.at('bytes'));
      assert.equal(code, 21);
      assert.match(stdout, /^not vouched for: .*\nmodel\/net@1\.0\.0: revoked, signed by ana/);
      const { json } = await here.at1('identify --json', dir.at('bytes'));
      checkOutput('identify', json);
      const { known, versions } = json as IdentifyResult;
      assert.deepEqual([known, versions[0]?.stage, versions[0]?.withdrawn?.state], [false, null, 'revoked']);
    });

    it('is for ever', async () => {
      await here.text(`revoke ${OLD}`);
      for (const line of [`yank --undo ${OLD}`, `deprecate --undo ${OLD}`, `revoke ${OLD}`, `yank ${OLD}`]) {
        await here.refuses(22, 'event/refused', line);
      }
      await here.refuses(2, 'usage/invalid', `revoke --undo ${OLD}`);
      await here.refuses(22, 'event/refused', `promote ${OLD} staging`);
      await here.refuses(22, 'event/refused', `alias ${OLD} champion`);
      assert.equal(await standing(OLD), 'revoked');
      assert.match(await here.text('verify'), /^verified: 2 versions, 4 events/);
    });

    it('waits for somebody of the role where another one asks', async () => {
      const text = await bos.text(`revoke ${OLD}`);
      assert.match(
        text,
        /^model\/net@1\.0\.0 waits to be revoked\n {2}rule 1 of the policy: 0 of 1 from boss, signed by bo\n/,
      );
      assert.match(text, /still needed: 1 more signature \(ana\)\n[\s\S]*on the branch promote\/net-1\.0\.0-revoke\n/);
      assert.equal(await standing(OLD), null);
    });

    it('stands in the log with all the rest, newest first', async () => {
      await here.text(`revoke ${OLD}`);
      const { entries } = await here.json<{ entries: LogEntry[] }>('log', 'log model/net');
      assert.deepEqual(
        entries.map(({ event, lane, ref }) => `${event}${lane === null ? '' : ` ${lane}`} ${ref.split('@')[1]}`),
        [
          'revoke 1.0.0',
          'alias champion 1.0.0',
          'promote production 1.0.0',
          'promote staging 1.0.0',
          'registered 1.1.0',
          'registered 1.0.0',
        ],
      );
    });
  });

  describe('wrong use of withdrawals', () => {
    it('is told, and nothing is written', async () => {
      const before = clone.git('for-each-ref');
      const nobody = terminalOf(makePerson(dir.at('home-nobody'), 'nobody'), clone.dir);
      for (const word of ['deprecate', 'yank', 'revoke']) {
        await here.refuses(2, 'usage/invalid', word);
        await here.refuses(12, 'artifact/not-found', `${word} model/net@9.0.0`);
        await nobody.refuses(14, 'key/none', `${word} ${OLD}`);
      }
      assert.equal(clone.git('for-each-ref'), before);
    });

    it('counts for nobody whom no rule names', async () => {
      const rules = [{ artifacts: ['*'], actions: ['register', 'policy'], role: 'owner', threshold: 1 }];
      const strict = await (await stagedRegistry(dir.at('strict'), { rules })).as(ana);
      for (const word of ['deprecate', 'yank', 'revoke']) {
        await terminalOf(strict.person, strict.dir).refuses(22, 'policy/denied', `${word} ${OLD}`);
      }
    });
  });
});
