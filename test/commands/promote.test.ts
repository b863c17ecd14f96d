/** at1 promote: one person alone, two where the policy asks for two, and everything that is refused. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventResult, ListResult, VerifyResult } from '../../src/index.js';
import { systemError, withInterceptor } from '../helpers/changes.js';
import { checkOutput } from '../helpers/check-output.js';
import { ana, bo, eve } from '../helpers/registry-fixture.js';
import { inProcess } from '../helpers/run-cli.js';
import { addRemote, type Clone, makePerson } from '../helpers/sample-registry.js';
import { stagedRegistry } from '../helpers/staged-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

const NET = 'model/net@1.0.0';
const NEWER = 'model/net@1.1.0';

describe('promoting', () => {
  const dir = useTempDir();
  let clone: Clone;
  let here: Terminal;
  let bos: Terminal;

  beforeEach(async () => {
    const { as } = await stagedRegistry(dir.path);
    clone = await as(ana);
    here = terminalOf(clone.person, clone.dir);
    bos = terminalOf((await as(bo)).person, clone.dir);
  });

  const head = () => clone.git('rev-parse', 'HEAD');
  const branches = () => clone.git('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n');
  const tags = () => clone.git('tag', '--list').split('\n');
  /** Every file of the folder, git's own among them, with size and time: what nothing may have touched. */
  const everything = () =>
    readdirSync(clone.dir, { recursive: true, encoding: 'utf8' })
      .filter((path) => !path.startsWith(join('.at1', 'cache')) && !path.startsWith(join('.git', 'at1')))
      .sort()
      .map((path) => [path, statSync(join(clone.dir, path)).isFile() ? readFileSync(join(clone.dir, path)) : null]);
  const stageOf = async (ref: string): Promise<string | null | undefined> => {
    const { artifacts } = await here.json<ListResult>('list', 'list');
    return artifacts
      .flatMap(({ kind, name, versions }) => versions.map((one) => [`${kind}/${name}@${one.version}`, one] as const))
      .find(([name]) => name === ref)?.[1].stage;
  };

  describe('`at1 promote`', () => {
    it('tells where the version is, by which rule, who signed it, and what to do next', async () => {
      const text = await here.text(`promote ${NET} staging --reason`, 'beats the one before');
      assert.match(
        text,
        /^model\/net@1\.0\.0 is in staging\n {2}rule 3 of the policy: 1 of 1 from owner, signed by ana\ncommit [0-9a-f]{40}\nnext: at1 push/,
      );
      assert.match(clone.git('log', '-1', '--format=%B'), /^at1: promote model\/net@1\.0\.0 staging\n\nbeats the one/);
      assert.match(await here.text(`show ${NET}`), /\nstage +staging\n[\s\S]*\npromote staging +effective +ana +beats/);
    });

    it('writes an event, its signature and the tags in one commit, and all of it verifies', async () => {
      const result = await here.json<EventResult>('event', `promote ${NET} staging --meaning review`);
      const path = 'model/net/events/staging/0001.toml';
      const signature = 'model/net/events/staging/0001.sig/ana.sig';
      assert.deepEqual(clone.git('show', '--format=', '--name-only', 'HEAD').split('\n'), [signature, path]);
      assert.equal(head(), result.commit);
      assert.deepEqual([result.ref, result.state, result.branch, result.displaced], [NET, 'effective', null, []]);
      const { digest, signers, ...event } = result.events[0] ?? assert.fail();
      assert.deepEqual(signers, ['ana']);
      assert.deepEqual(event, {
        path,
        action: 'promote',
        lane: 'staging',
        version: '1.0.0',
        from: 'development',
        expires: null,
        reason: null,
        state: 'effective',
        rule: 3,
        role: 'owner',
        needs: 1,
        have: 1,
        missing: ['bo'],
        waitsFor: [],
      });
      assert.match(readFileSync(join(clone.dir, path), 'utf8'), /\nmeaning = "review"\n/);
      assert.deepEqual(tags(), ['model/net#staging#1', 'model/net@v1.0.0', 'model/net@v1.1.0']);
      assert.ok(clone.git('cat-file', 'tag', 'model/net#staging#1').includes(`\nEvent: ${digest}\n`));
      const signers2 = '-c gpg.ssh.allowedSignersFile=.at1/allowed_signers'.split(' ');
      clone.git(...signers2, 'verify-tag', 'model/net#staging#1');
      clone.git(...signers2, 'verify-commit', 'HEAD');
      const { ok, checked, findings } = await here.json<VerifyResult>('verify', 'verify');
      assert.deepEqual([ok, checked.events, checked.tags], [true, 1, 3]);
      assert.deepEqual(
        findings.filter(({ severity }) => severity !== 'note'),
        [],
      );
    });

    it('takes a version that is not named for the latest one, and short words for the usual stages', async () => {
      assert.match(
        await here.text('promote net prod --through --dry-run'),
        /^model\/net@1\.1\.0 would be in staging\n/,
      );
      assert.match(await here.text('promote net Stage'), /^model\/net@1\.1\.0 is in staging\n/);
    });

    it('goes one step at a time, or over the steps in between with --through, all in one commit', async () => {
      const before = head();
      const text = await here.refuses(22, 'event/refused', `promote ${NET} production`);
      assert.match(text, /no way leads from development to production/);
      assert.match(text, /hint: first to staging: at1 promote REF staging/);
      assert.equal(head(), before);
      const { events, commit } = await here.json<EventResult>('event', `promote ${NET} production --through --pr`);
      assert.deepEqual(
        events.map(({ lane, from, state }) => [lane, from, state]),
        [
          ['staging', 'development', 'effective'],
          ['production', 'staging', 'pending'],
        ],
      );
      assert.equal(clone.git('rev-parse', `${commit}~1`), before);
    });

    it('ends by itself where --expires says so', async () => {
      const text = await here.text(`promote ${NET} staging --expires 2999-01-31T00:00:00Z`);
      assert.match(text, /^model\/net@1\.0\.0 is in staging until 2999-01-31T00:00:00Z\n/);
      assert.match(await here.text(`promote ${NET} staging --expires 2999-02-28T00:00:00Z`), /until 2999-02-28/);
      assert.equal(await stageOf(NET), 'staging');
      await here.refuses(2, 'usage/invalid', `promote ${NEWER} staging --expires tomorrow`);
      await here.refuses(2, 'usage/invalid', `promote ${NEWER} staging --expires 2020-01-01T00:00:00Z`);
      assert.equal(await stageOf(NEWER), 'development');
    });

    it('is over when its time has run out', async function () {
      // Only a run in this process has a clock of its own.
      if (!inProcess) this.skip();
      await here.text(`promote ${NET} staging --expires 2999-01-31T00:00:00Z`);
      const later = terminalOf(clone.person, clone.dir, { now: () => new Date('2999-01-31T00:00:00Z') });
      const { artifacts } = await later.json<ListResult>('list', 'list');
      assert.equal(artifacts[0]?.versions[1]?.stage, null);
      await later.refuses(12, 'artifact/not-found', 'get net:staging -o', dir.at('got'));
      assert.match(await here.text('get net:staging -o', dir.at('got')), /1\.0\.0/);
    });
  });

  describe('`at1 promote --dry-run`', () => {
    it('tells what would be, and writes nothing at all', async () => {
      await here.text('list');
      const before = everything();
      const text = await here.text(`promote ${NET} staging --dry-run`);
      assert.match(
        text,
        /^model\/net@1\.0\.0 would be in staging\n {2}rule 3 of the policy: 1 of 1 from owner, signed by ana\nnothing was written\n$/,
      );
      const result = await here.json<EventResult>('event', `promote ${NET} staging --dry-run`);
      assert.deepEqual([result.dryRun, result.state, result.commit, result.branch], [true, 'effective', null, null]);
      assert.deepEqual(everything(), before);
    });

    it('tells who is missing, and who would leave', async () => {
      await here.text(`promote ${NET} staging`);
      const text = await here.text(`promote ${NET} production --dry-run`);
      assert.match(text, /^model\/net@1\.0\.0 would wait to be in production\n/);
      assert.match(text, /\n {2}still needed: 1 more signature \(bo\)\nnothing was written\n$/);
      const { events } = await here.json<EventResult>('event', `promote ${NET} production --dry-run`);
      assert.deepEqual([events[0]?.needs, events[0]?.have, events[0]?.missing], [2, 1, ['bo']]);
    });
  });

  describe('`at1 promote`, where one signature is not enough', () => {
    beforeEach(async () => {
      await here.text(`promote ${NET} staging`);
    });

    it('goes to a branch of its own, and touches neither the branch nor the index nor the work tree', async () => {
      writeFileSync(join(clone.dir, 'mine'), 'mine');
      clone.git('add', 'mine');
      writeFileSync(join(clone.dir, 'mine'), 'changed');
      const state = () => [head(), clone.git('status', '--porcelain=v2'), clone.git('ls-files', '--stage'), tags()];
      const before = state();
      const text = await here.text(`promote ${NET} production`);
      const branch = 'promote/net-1.0.0-production';
      assert.match(text, /^model\/net@1\.0\.0 waits to be in production\n/);
      assert.match(
        text,
        /\n {2}rule 1 of the policy: 1 of 2 from owner, signed by ana\n {2}still needed: 1 more signature \(bo\)\n/,
      );
      assert.ok(
        text.includes(` on the branch ${branch}\nnext: git push -u origin ${branch}, then open a pull request\n`),
      );
      assert.deepEqual(state(), before);
      assert.deepEqual(branches(), ['main', branch]);
      assert.equal(clone.git('rev-parse', `${branch}~1`), head());
      clone.git('fsck', '--strict');
      assert.deepEqual(clone.git('diff', '--name-only', 'HEAD', branch).split('\n'), [
        'model/net/events/production/0001.sig/ana.sig',
        'model/net/events/production/0001.toml',
      ]);
    });

    it('says in JSON on which branch it is', async () => {
      const result = await here.json<EventResult>('event', `promote ${NET} production`);
      assert.deepEqual([result.state, result.branch], ['pending', 'promote/net-1.0.0-production']);
      assert.equal(clone.git('rev-parse', 'promote/net-1.0.0-production'), result.commit);
    });

    it('is refused where the branch is there already', async () => {
      await here.text(`promote ${NET} production`);
      const before = clone.git('for-each-ref');
      const text = await here.refuses(13, 'git/branch-exists', `promote ${NET} production`);
      assert.match(text, /the branch promote\/net-1\.0\.0-production is there already/);
      assert.match(text, /--renew/);
      assert.equal(clone.git('for-each-ref'), before);
    });

    it('is refused at once where another branch is in the way', async () => {
      for (const name of ['promote', 'promote/net-1.0.0-production/mine']) {
        clone.git('branch', name);
        const before = clone.git('for-each-ref');
        const text = await here.refuses(20, 'git/ref-invalid', `promote ${NET} production`);
        assert.ok(text.includes(`the branch ${name} is in the way of the branch promote/net-1.0.0-production`), text);
        assert.equal(clone.git('for-each-ref'), before);
        clone.git('branch', '-D', name);
      }
    });

    it('waits on the branch that is checked out, where that is not the registry branch', async () => {
      clone.git('switch', '--quiet', '--create', 'work');
      const text = await here.text(`promote ${NET} production`);
      assert.match(text, /\nnext: push this branch; others sign with at1 approve\n$/);
      assert.deepEqual(branches(), ['main', 'work']);
      assert.match(await here.text('list'), /1\.0\.0 .* staging, production \(pending, 1 of 2\) /);
      assert.match(await here.text(`show ${NET}`), /\npromote production +pending, 1 of 2 +ana\n/);
      assert.match(await here.text('log'), /promote production \(pending\) +model\/net@1\.0\.0 +ana/);
      assert.match(await here.text('status'), /\nevents that wait: model\/net\/events\/production\/0001\.toml\n/);
      await here.refuses(12, 'artifact/not-found', 'get net:production -o', dir.at('got'));
    });
  });

  describe('`at1 promote` said twice', () => {
    it('is unchanged the second time: it names the event that did it, and writes nothing, nor needs a key', async () => {
      const { events } = await here.json<EventResult>('event', `promote ${NET} staging`);
      const before = everything();
      const text =
        'unchanged, in staging already: model/net@1.0.0\n  by model/net/events/staging/0001.toml, signed by ana\n';
      assert.equal(await here.text(`promote ${NET} stage`), `${text}next: at1 push, where there is a remote\n`);
      assert.equal(await here.text(`promote ${NET} staging --dry-run`), `${text}nothing was written\n`);
      const nobody = terminalOf(makePerson(dir.at('home-nobody'), 'nobody'), clone.dir);
      assert.deepEqual(await nobody.json('event', `promote ${NET} staging --pr`), {
        ref: NET,
        state: 'unchanged',
        already: 'staging',
        dryRun: false,
        events,
        displaced: [],
        dropped: null,
        commit: null,
        branch: null,
      });
      assert.deepEqual(everything(), before);
    });

    it('is unchanged where no event of the version brought it there', async () => {
      const before = everything();
      const { state, already, events } = await here.json<EventResult>('event', `promote ${NEWER} development`);
      assert.deepEqual([state, already, events], ['unchanged', 'development', []]);
      assert.deepEqual(everything(), before);
    });

    it('is refused where another version came into the stage after it: it would not be what the stage means', async () => {
      for (const ref of [NET, NEWER]) await here.text(`promote ${ref} staging`);
      const before = everything();
      const text = await here.refuses(22, 'event/refused', `promote ${NET} staging`);
      assert.match(text, /version 1\.0\.0 is in staging already, but 1\.1\.0, which came later, is what staging means/);
      assert.match(await here.text(`promote ${NEWER} staging`), /^unchanged, in staging already/);
      assert.deepEqual(everything(), before);
    });

    it('is a new event where its place runs out', async () => {
      const until = '--expires 2099-01-01T00:00:00Z';
      await here.text(`promote ${NET} staging ${until}`);
      const { state, already, commit } = await here.json<EventResult>('event', `promote ${NET} staging ${until}`);
      assert.deepEqual([state, already, commit], ['effective', null, head()]);
    });
  });

  describe('`at1 promote --pr`', () => {
    it('goes to a branch though one signature is enough', async () => {
      const before = head();
      const text = await here.text(`promote ${NET} staging --pr`);
      assert.match(text, /^model\/net@1\.0\.0 is in staging\n/);
      assert.match(text, /on the branch promote\/net-1\.0\.0-staging\nnext: git push -u origin promote/);
      assert.deepEqual([head(), await stageOf(NET)], [before, 'development']);
    });
  });

  describe('`at1 promote` with a remote', () => {
    it('commits, and leaves the tags to at1 push', async () => {
      addRemote(clone, dir.at('bare.git'));
      await here.text(`promote ${NET} staging`);
      assert.deepEqual(tags(), ['']);
      await here.text('push');
      assert.ok(tags().includes('model/net#staging#1'));
      assert.ok(clone.git('ls-remote', '--tags', 'origin').includes('refs/tags/model/net#staging#1\n'));
    });
  });

  describe('wrong use of `at1 promote`', () => {
    it('names a stage there is not', async () => {
      assert.match(await here.refuses(2, 'usage/name', `promote ${NET} stagin`), /did you mean staging\?/);
      const text = await here.refuses(2, 'usage/name', `promote ${NET} qa`);
      assert.match(text, /the stages are development, staging, production, archived/);
    });

    it('names a version there is not, or none that can be one', async () => {
      assert.match(await here.refuses(12, 'artifact/not-found', 'promote model/net@9.0.0 staging'), /did you mean/);
      await here.refuses(12, 'artifact/not-found', 'promote model/nett@1.0.0 staging');
      await here.refuses(2, 'usage/reference', 'promote model/net@ staging');
      await here.refuses(2, 'usage/invalid', `promote ${NET}`);
      await here.refuses(2, 'usage/invalid', `promote ${NET} staging --meaning joy`);
    });

    it('gives an end to a place that has none, or puts what is yanked where it is', async () => {
      await here.text(`promote ${NET} staging`);
      const text = await here.refuses(22, 'event/refused', `promote ${NET} staging --expires 2099-01-01T00:00:00Z`);
      assert.match(text, /version 1\.0\.0 is in staging already/);
      await here.text(`yank ${NET}`);
      assert.match(await here.refuses(22, 'event/refused', `promote ${NET} staging`), /version 1\.0\.0 is yanked/);
    });

    it('renews what has landed', async () => {
      await here.text(`promote ${NET} staging`);
      const text = await here.refuses(22, 'event/refused', `promote ${NET} staging --renew`);
      assert.match(text, /version 1\.0\.0 is in staging already: there is nothing to renew/);
    });

    it('has no key, or one that the policy does not list', async () => {
      const nobody = terminalOf(makePerson(dir.at('home-nobody'), 'nobody'), clone.dir);
      await nobody.refuses(14, 'key/none', `promote ${NET} staging`);
      await here.refuses(14, 'key/not-found', `promote ${NET} staging --key nowhere`);
      const { person } = await (await stagedRegistry(dir.at('other'))).as(eve);
      const text = await terminalOf(person, clone.dir).refuses(21, 'signature/unknown-key', `promote ${NET} staging`);
      assert.match(text, /at1 policy add-principal NAME 'ssh-ed25519 /);
    });

    it('meets a folder that cannot be written', async function () {
      // The changes of another process cannot be made to fail.
      if (!inProcess) this.skip();
      const before = clone.git('for-each-ref');
      const refuse = () => {
        throw systemError('EROFS', 'write');
      };
      const { code, json } = await withInterceptor(refuse, () => here.at1(`promote ${NET} staging --json`));
      checkOutput('error', json);
      assert.deepEqual([code, (json as { error: { code: string } }).error.code], [15, 'io/read-only']);
      assert.equal(clone.git('for-each-ref'), before);
      assert.equal(clone.git('status', '--porcelain', '--untracked-files=no'), '');
      await here.text(`promote ${NET} staging`);
    });

    it('is in a folder that is no registry', async () => {
      await terminalOf(clone.person, dir.path).refuses(10, 'registry/not-found', `promote ${NET} staging`);
    });
  });

  describe('displacement', () => {
    it('is told before and after, and the one before is archived', async () => {
      const rules = [{ artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 }];
      clone = await (await stagedRegistry(dir.at('lenient'), { rules })).as(ana);
      here = terminalOf(clone.person, clone.dir);
      await here.text(`promote ${NET} production --through`);
      const dry = await here.text(`promote ${NEWER} production --through --dry-run`);
      assert.match(dry, /\n {2}1\.0\.0 would leave production for archived\nnothing was written\n$/);
      const { displaced } = await here.json<EventResult>('event', `promote ${NEWER} production --through`);
      assert.deepEqual(displaced, [{ version: '1.0.0', from: 'production', to: 'archived' }]);
      assert.deepEqual([await stageOf(NET), await stageOf(NEWER)], ['archived', 'production']);
      assert.match(await here.text('get net:production -o', dir.at('got')), /^wrote .*\nmodel\/net@1\.1\.0, /);
      assert.match(await here.text('identify', dir.at('got')), /^model\/net@1\.1\.0: production, signed by ana/);
      const past = await here.text(`show net:production --at ${clone.git('rev-parse', 'HEAD~1')}`);
      assert.match(past, /^model\/net@1\.0\.0\n/);
    });
  });

  describe('a policy', () => {
    it('that lets somebody do nothing of the kind denies it, and nothing is written', async () => {
      const rules = [{ artifacts: ['*'], actions: ['register', 'policy', 'tag'], role: 'owner', threshold: 1 }];
      clone = await (await stagedRegistry(dir.at('strict'), { rules })).as(ana);
      here = terminalOf(clone.person, clone.dir);
      const before = head();
      const text = await here.refuses(22, 'policy/denied', `promote ${NET} staging`);
      assert.match(text, /signed by ana, who may not do this \(promote:staging\)/);
      assert.match(text, /hint: at1 policy show tells who may/);
      await here.refuses(22, 'policy/denied', `promote ${NET} staging --dry-run`);
      assert.deepEqual([head(), branches()], [before, ['main']]);
    });

    it('that asks for evidence, bounds and a license says what is lacking', async () => {
      const rules = [
        {
          artifacts: ['*'],
          actions: ['promote:staging'],
          role: 'owner',
          threshold: 1,
          evidence: [{ type: 'eval' }],
          metrics: ['auc >= 0.9'],
          licenses: ['MIT'],
          pickle: 'refuse' as const,
        },
        { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
      ];
      clone = await (await stagedRegistry(dir.at('strict'), { rules })).as(ana);
      here = terminalOf(clone.person, clone.dir);
      const text = await here.text(`promote ${NET} staging`);
      assert.match(text, /^model\/net@1\.0\.0 waits to be in staging\n {2}rule 1 of the policy: 1 of 1 from owner/);
      assert.match(text, /\n {2}not yet: it lacks evidence: eval; auc >= 0\.9 is asked, .*; its license is not named/);
      assert.match(text, /; model\.bin may be a pickle/);
      assert.doesNotMatch(text, /still needed/);
      assert.match(text, /on the branch promote\/net-1\.0\.0-staging\n/);
    });

    it('that keeps the author apart counts the author for nothing', async () => {
      const rules = [
        { artifacts: ['*'], actions: ['promote:*'], role: 'owner', threshold: 1, separate_author: true },
        { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
      ];
      const strict = await stagedRegistry(dir.at('strict'), { rules });
      clone = await strict.as(ana);
      here = terminalOf(clone.person, clone.dir);
      bos = terminalOf((await strict.as(bo)).person, clone.dir);
      assert.match(await here.text(`promote ${NET} staging --dry-run`), /: 0 of 1 from owner.*\n.*signature \(bo\)/);
      assert.match(await bos.text(`promote ${NET} staging`), /^model\/net@1\.0\.0 is in staging\n/);
    });
  });
});
