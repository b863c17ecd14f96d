/** What reading commands show of stages, evidence and events: at1 show, list, status, log, verify, get, identify. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import type { IdentifyResult, ListResult, ShowResult, StatusResult, VerifyResult } from '../../src/index.js';
import { eventFiles, evidenceFiles } from '../helpers/event-fixture.js';
import { ana, bo, eve, type HistoryBuilder } from '../helpers/registry-fixture.js';
import { stagedRegistry } from '../helpers/staged-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

const NET = 'model/net@1.0.0';
const NEWER = 'model/net@1.1.0';

describe('what is shown', () => {
  const dir = useTempDir('suite');
  let here: Terminal;
  let wrong: Terminal;
  let beforeEvents: Oid;

  before(async () => {
    const more = async (b: HistoryBuilder, tip: Oid): Promise<Oid> => {
      beforeEvents = tip;
      const files = {
        ...(await evidenceFiles(b, tip, NET, { result: 'pass', metrics: { auc: 0.93, f1: 0.8 } }, [bo])),
        ...(await evidenceFiles(b, tip, NET, { type: 'scan', result: 'fail', created: '2026-03-04T13:00:00Z' })),
        ...(await eventFiles(b, tip, 'promote', NET, { edit: (one) => ({ ...one, reason: 'first one' }) })),
        ...(await eventFiles(b, tip, 'promote', NET, { lane: 'production', from: 'staging' })),
      };
      return b.commit([tip], files);
    };
    const good = await (await stagedRegistry(dir.at('good'), { more })).as(ana);
    here = terminalOf(good.person, good.dir);
    const bad = await stagedRegistry(dir.at('bad'), {
      more: async (b, tip) =>
        b.commit([tip], {
          ...(await eventFiles(b, tip, 'promote', NET, { keys: [eve] })),
          ...(await eventFiles(b, tip, 'promote', NEWER, { lane: 'production', from: 'staging', keys: [ana, bo] })),
          ...(await evidenceFiles(b, tip, NEWER, {}, [eve])),
        }),
    });
    const clone = await bad.as(ana);
    wrong = terminalOf(clone.person, clone.dir);
  });

  describe('`at1 show`', () => {
    it('has the events and the evidence about a version, in text', async () => {
      const text = await here.text(`show ${NET}`);
      assert.match(text, /\nstage +staging, production \(pending, 1 of 2\)\n/);
      assert.match(
        text,
        /\n\nEVENT +STATE +SIGNED BY +REASON\npromote staging +effective +ana +first one\npromote production +pending, 1 of 2 +ana\n/,
      );
      assert.match(
        text,
        /\n\nEVIDENCE +RESULT +METRICS +SIGNED BY +CREATED \(UTC\)\neval +pass +auc = 0\.93, f1 = 0\.8 +bo +2026-03-04 12:00\nscan +fail +ana +2026-03-04 13:00\n/,
      );
      const other = await here.text(`show ${NEWER}`);
      assert.doesNotMatch(other, /EVENT|EVIDENCE/);
      assert.match(other, /\nstage +development\n/);
    });

    it('has them in JSON', async () => {
      const { stage, waiting, events, evidence, license } = await here.json<ShowResult>('show', `show ${NET}`);
      assert.deepEqual([stage, license, waiting.length], ['staging', null, 1]);
      assert.deepEqual(
        events.map(({ lane, state, missing }) => [lane, state, missing]),
        [
          ['staging', 'effective', ['bo']],
          ['production', 'pending', ['bo']],
        ],
      );
      assert.deepEqual(
        evidence.map(({ type, state, result, metrics, signers }) => [type, state, result, metrics, signers]),
        [
          ['eval', 'effective', 'pass', { auc: 0.93, f1: 0.8 }, ['bo']],
          ['scan', 'effective', 'fail', {}, ['ana']],
        ],
      );
    });

    it('has nothing of it before it happened', async () => {
      const past = await here.json<ShowResult>('show', `show ${NET} --at ${beforeEvents}`);
      assert.deepEqual([past.stage, past.events, past.evidence], ['development', [], []]);
    });
  });

  describe('`at1 list`', () => {
    it('has the stage of each version, and what waits', async () => {
      const text = await here.text('list');
      assert.match(text, /\nmodel\/net@1\.1\.0 .* development +ana /);
      assert.match(text, /\nmodel\/net@1\.0\.0 .* staging, production \(pending, 1 of 2\) +ana /);
      const { artifacts } = await here.json<ListResult>('list', 'list model');
      assert.deepEqual(artifacts[0]?.versions[1]?.waiting, [
        { action: 'promote', lane: 'production', have: 1, needs: 2, path: 'model/net/events/production/0001.toml' },
      ]);
    });
  });

  describe('`at1 status`', () => {
    it('has the events that wait, and those that are wrong', async () => {
      const path = 'model/net/events/production/0001.toml';
      assert.ok((await here.text('status')).includes(`\nevents that wait: ${path}\n`));
      const { pendingEvents, wrong: none } = await here.json<StatusResult>('status', 'status');
      assert.deepEqual([pendingEvents, none], [[path], []]);
      const bad = await wrong.json<StatusResult>('status', 'status');
      assert.deepEqual(bad.pendingEvents, []);
      assert.deepEqual(
        bad.wrong.map((one) => one.replace(/^evidence\/.*/, 'evidence')),
        ['model/net/events/production/0001.toml', 'model/net/events/staging/0001.toml', 'evidence'],
      );
      assert.match(await wrong.text('status'), /\nnext: at1 verify tells what is wrong\n$/);
    });
  });

  describe('`at1 verify`', () => {
    it('counts events and evidence, all of them or those about one version', async () => {
      assert.match(await here.text('verify'), /^verified: 2 versions, 2 events, 2 of evidence, 2 objects, /);
      const count = async (line: string) => {
        const { ok, checked } = await here.json<VerifyResult>('verify', line);
        return [ok, checked.manifests, checked.events, checked.evidence];
      };
      assert.deepEqual(await count('verify'), [true, 2, 2, 2]);
      assert.deepEqual(await count(`verify ${NET}`), [true, 1, 2, 2]);
      assert.deepEqual(await count(`verify ${NEWER}`), [true, 1, 0, 0]);
      assert.deepEqual(await count(`verify --at ${beforeEvents}`), [true, 2, 0, 0]);
    });

    it('fails over events and evidence that nobody signed who counts, or that could not be', async () => {
      const { code, stdout } = await wrong.at1('verify');
      assert.notEqual(code, 0);
      assert.match(stdout, /model\/net\/events\/staging\/0001\.sig\/eve\.sig: .*\[signature\/unknown-key\]/);
      assert.match(
        stdout,
        /model\/net\/events\/production\/0001\.toml: it could not take effect in commit .*\[event\/refused\]/,
      );
      assert.match(stdout, /evidence\/.*\.sig\/eve\.sig: .*\[signature\/unknown-key\]/);
    });
  });

  describe('`at1 identify`', () => {
    it('tells the stage of the version that has the bytes', async () => {
      await here.text(`get ${NET} -f -o`, dir.at('bytes'));
      assert.match(
        await here.text('identify', dir.at('bytes')),
        /^model\/net@1\.0\.0: staging, signed by ana, created /,
      );
      const { versions } = await here.json<IdentifyResult>('identify', 'identify', dir.at('bytes'));
      assert.deepEqual([versions[0]?.stage, versions[0]?.withdrawn], ['staging', null]);
      const past = await here.json<IdentifyResult>('identify', `identify --at ${beforeEvents}`, dir.at('bytes'));
      assert.equal(past.versions[0]?.stage, 'development');
    });
  });

  describe('`at1 get`', () => {
    it('takes a stage for a version, now and in the past', async () => {
      assert.match(await here.text('get net:staging -f -o', dir.at('bytes')), /\nmodel\/net@1\.0\.0, /);
      await here.refuses(12, 'artifact/not-found', 'get net:production -o', dir.at('none'));
      await here.refuses(12, 'artifact/not-found', `get net:staging --at ${beforeEvents} -o`, dir.at('none'));
    });
  });
});
