/** at1 rollback: back to what was in a stage before, with the signatures that its own rule asks for. */
import assert from 'node:assert/strict';
import type { EventResult, ListResult } from '../../src/index.js';
import { ana, bo } from '../helpers/registry-fixture.js';
import { type Clone, makePerson } from '../helpers/sample-registry.js';
import { stagedRegistry } from '../helpers/staged-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

/** Production takes both, going back there takes one, back to staging both. */
const RULES = [
  { artifacts: ['*'], actions: ['rollback:staging'], role: 'owner', threshold: 2 },
  { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
];

describe('going back', () => {
  const dir = useTempDir();
  let clone: Clone;
  let here: Terminal;

  beforeEach(async () => {
    const { as } = await stagedRegistry(dir.path, { rules: RULES });
    clone = await as(ana);
    here = terminalOf(clone.person, clone.dir);
    await here.text('promote model/net@1.0.0 production --through');
    await here.text('promote model/net@1.1.0 production --through');
  });

  const stages = async () => {
    const { artifacts } = await here.json<ListResult>('list', 'list');
    return artifacts.flatMap(({ versions }) => versions.map(({ version, stage }) => `${version} ${stage}`));
  };

  describe('`at1 rollback`', () => {
    it('gives a stage back to the version that had it, and tells who leaves', async () => {
      const text = await here.text('rollback model/net production --reason', 'latency doubled');
      assert.match(
        text,
        /^model\/net@1\.0\.0 is back in production\n {2}rule 2 of the policy: 1 of 1 from owner, signed by ana\n {2}1\.1\.0 left production for archived\ncommit /,
      );
      assert.deepEqual(await stages(), ['1.1.0 archived', '1.0.0 production']);
      assert.match(clone.git('log', '-1', '--format=%s%n%b'), /^at1: rollback model\/net@1\.0\.0 production\nlatency/);
      assert.match(await here.text('verify'), /^verified: 2 versions, 5 events/);
    });

    it('goes back and forth, in JSON', async () => {
      const back = await here.json<EventResult>('event', 'rollback net production');
      const [event] = back.events;
      assert.deepEqual(
        [back.ref, event?.action, event?.from, event?.lane],
        ['model/net@1.0.0', 'rollback', 'archived', 'production'],
      );
      assert.deepEqual(back.displaced, [{ version: '1.1.0', from: 'production', to: 'archived' }]);
      const forth = await here.json<EventResult>('event', 'rollback net production');
      assert.equal(forth.ref, 'model/net@1.1.0');
      assert.deepEqual(await stages(), ['1.1.0 production', '1.0.0 archived']);
    });

    it('takes the version that is named, if it had the stage', async () => {
      assert.match(await here.text('rollback net staging --to 1.0.0 --dry-run'), /^model\/net@1\.0\.0 would wait/);
      assert.match(await here.text('rollback net production --to 1.0.0'), /^model\/net@1\.0\.0 is back/);
    });

    it('passes over a version that was withdrawn', async () => {
      await here.text('yank net@1.0.0');
      await here.refuses(12, 'artifact/not-found', 'rollback net production');
      const text = await here.refuses(22, 'event/refused', 'rollback net production --to 1.0.0');
      assert.match(text, /version 1\.0\.0 is yanked/);
    });

    it('writes nothing with --dry-run', async () => {
      const before = clone.git('for-each-ref');
      const text = await here.text('rollback net production --dry-run');
      assert.match(
        text,
        /^model\/net@1\.0\.0 would be back in production\n[\s\S]*would leave production for archived\nnothing was written\n$/,
      );
      assert.deepEqual([clone.git('for-each-ref'), await stages()], [before, ['1.1.0 production', '1.0.0 archived']]);
    });

    it('goes to a branch where it needs more signatures than one', async () => {
      const before = clone.git('rev-parse', 'HEAD');
      const { branch, state, events } = await here.json<EventResult>('event', 'rollback net staging');
      assert.deepEqual([branch, state], ['promote/net-1.1.0-staging', 'pending']);
      assert.deepEqual(events[0]?.missing, ['bo']);
      assert.equal(clone.git('rev-parse', 'HEAD'), before);
    });
  });

  describe('wrong use of `at1 rollback`', () => {
    it('is told', async () => {
      await here.refuses(2, 'usage/reference', 'rollback net@1.0.0 production');
      await here.refuses(2, 'usage/version', 'rollback net production --to first');
      assert.match(await here.refuses(2, 'usage/name', 'rollback net produktion'), /did you mean production\?/);
      await here.refuses(2, 'usage/invalid', 'rollback net');
      assert.match(await here.refuses(12, 'artifact/not-found', 'rollback nett production'), /did you mean net\?/);
      await here.refuses(12, 'artifact/not-found', 'rollback net production --to 9.0.0');
    });

    it('asks for what never was', async () => {
      const { as } = await stagedRegistry(dir.at('fresh'));
      const fresh = await as(bo);
      const bos = terminalOf(fresh.person, fresh.dir);
      const text = await bos.refuses(12, 'artifact/not-found', 'rollback net production');
      assert.match(text, /no version had production before/);
      await bos.text('promote net@1.0.0 staging');
      await bos.refuses(22, 'event/refused', 'rollback net staging --to 1.1.0');
      await bos.refuses(22, 'event/refused', 'rollback net staging --to 1.0.0');
    });

    it('has no key', async () => {
      const nobody = terminalOf(makePerson(dir.at('home-nobody'), 'nobody'), clone.dir);
      await nobody.refuses(14, 'key/none', 'rollback net production');
    });
  });
});
