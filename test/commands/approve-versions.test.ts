/** Versions that take several signatures: registered on a branch, shown and signed by others, let in by the gate. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ApproveResult,
  approve,
  type GateResult,
  type RegisterResult,
  type ReviewedVersion,
  type StatusResult,
  type VerifyResult,
} from '../../src/index.js';
import { ana, bo, carol, eve, type HistoryBuilder } from '../helpers/registry-fixture.js';
import type { Clone } from '../helpers/sample-registry.js';
import { type StagedSetup, stagedRegistry } from '../helpers/staged-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

const RULES = [
  { artifacts: ['model/**'], actions: ['register'], role: 'publisher', threshold: 2 },
  { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
];
const SETUP = {
  principals: [ana, bo, carol, eve],
  roles: { owner: ['ana'], publisher: ['ana', 'bo', 'carol'] },
  rules: RULES,
  versions: ['data/words@1.0.0'],
};
const SAFE = 'model/safe@1.0.0';
const PATH = 'model/safe/1.0.0.toml';
const BRANCH = 'register/safe-1.0.0';

describe('versions that take two', function () {
  this.timeout(60_000);
  const dir = useTempDir();
  let clone: Clone;
  let anas: Terminal;
  let bos: Terminal;
  let eves: Terminal;
  let b: HistoryBuilder;

  async function start(more?: StagedSetup['more']) {
    const made = await stagedRegistry(dir.path, { ...SETUP, more });
    clone = await made.as(ana);
    b = made.b;
    const terminal = async (key: typeof ana) => terminalOf((await made.as(key)).person, clone.dir);
    [anas, bos, eves] = [terminalOf(clone.person, clone.dir), await terminal(bo), await terminal(eve)];
    writeFileSync(dir.at('weights.bin'), 'weights\n');
    writeFileSync(dir.at('card.md'), '# Safe\n\nMeasured by hand.\n');
    return made;
  }

  const register = () => anas.text(`register ${SAFE} --license MIT --card`, dir.at('card.md'), dir.at('weights.bin'));

  const onBranch = async () => {
    await start();
    clone.git('switch', '--quiet', '--create', BRANCH);
    return register();
  };

  /** What a change does is shown to whoever asks, also where nothing of theirs counts for it. */
  async function shownAndRefused(who: Terminal, exit: number, code: string, line: string, ...more: string[]) {
    const { stdout, stderr, ...done } = await who.at1(line, ...more);
    assert.deepEqual([done.code, stderr.includes(`[${code}]`), stdout.includes(SAFE)], [exit, true, true], stderr);
  }

  const judge = () => anas.at1(`gate --base main --head ${BRANCH} --json`);

  it('are registered on a branch, and never left waiting on the registry branch', async () => {
    await start();
    const refused = await anas.refuses(22, 'policy/denied', `register ${SAFE}`, dir.at('weights.bin'));
    assert.match(
      refused,
      /ana alone may not register model\/safe: it takes 2 of publisher \(bo or carol may sign too\)/,
    );
    assert.match(refused, /git switch -c register\/safe-1\.0\.0/);
    await eves.refuses(22, 'policy/denied', `register ${SAFE}`, dir.at('weights.bin'));
    clone.git('switch', '--quiet', '--create', BRANCH);
    await eves.refuses(22, 'policy/denied', `register ${SAFE}`, dir.at('weights.bin'));
    const text = await register();
    assert.match(
      text,
      /\n {2}waits, 1 of 2: 1 more signature \(bo or carol\)\nthe next push sends \d+ B of new objects\nnext: git push -u origin register\/safe-1\.0\.0; others sign with at1 approve register\/safe-1\.0\.0\n$/,
    );
    const again = await bos.json<RegisterResult>('register', `register ${SAFE}`, dir.at('weights.bin'));
    assert.deepEqual([again.state, again.waits], ['unchanged', { have: 1, needs: 2, missing: ['bo', 'carol'] }]);
    const status = await anas.json<StatusResult>('status', 'status');
    assert.deepEqual(status.pendingVersions, [{ ref: SAFE, path: PATH, have: 1, needs: 2, missing: ['bo', 'carol'] }]);
    assert.match(
      await anas.text('status'),
      /\npending: model\/safe@1\.0\.0, 1 of 2 signatures: still needed: 1 more signature \(bo or carol\)\n/,
    );
    assert.deepEqual((await anas.at1(`get ${SAFE} -o`, dir.at('out'))).code, 12);
  });

  it('are shown whole before they are signed, and count when the last one has signed', async () => {
    await onBranch();
    const waiting = await judge();
    assert.equal(waiting.code, 22, waiting.stdout);
    const { findings, review } = waiting.json as GateResult;
    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'error').map(({ code, subject }) => [code, subject]),
      [['gate/pending', PATH]],
    );
    const [version] = review.versions as [ReviewedVersion];
    assert.deepEqual(
      [version.have, version.needs, version.role, version.missing],
      [1, 2, 'publisher', ['bo', 'carol']],
    );
    const told = await anas.at1(`gate --base main --head ${BRANCH}`);
    assert.match(
      told.stdout,
      /\n {2}still needed: 1 more signature \(bo or carol\), with at1 approve register\/safe-1\.0\.0\n/,
    );
    const markdown = await anas.at1(`gate --base main --head ${BRANCH} --format markdown`);
    assert.match(
      markdown.stdout,
      /: 1 of 2 from publisher; \*\*still needed: 1 more signature \(bo or carol\)\*\*, with `at1 approve register\/safe-1\.0\.0`\n/,
    );

    clone.git('switch', '--quiet', 'main');
    const text = await bos.text(`approve ${BRANCH}`);
    const signedAt = text.indexOf(`signed by bo: ${PATH}`);
    for (const shown of [
      SAFE,
      version.content,
      version.manifest,
      'license MIT',
      'model',
      '    # Safe',
      '    Measured by hand.',
      'weights.bin',
    ]) {
      assert.ok(text.includes(shown) && text.indexOf(shown) < signedAt, `${shown}\n${text}`);
    }
    const message = clone.git('log', '-1', '--format=%B', BRANCH);
    assert.equal(message.trim(), `at1: bo approves\n\nManifest: ${PATH}`);
    const good = await judge();
    assert.equal(good.code, 0, good.stdout);
    clone.git('merge', '--quiet', '--no-ff', '-m', 'land', BRANCH);
    const { ok } = await anas.json<VerifyResult>('verify', 'verify');
    assert.ok(ok);
    await anas.text(`get ${SAFE} -o`, dir.at('out'));
    assert.equal(readFileSync(dir.at('out'), 'utf8'), 'weights\n');
    assert.match(await anas.text('tag'), /model\/safe@v1\.0\.0/);
  });

  it('of a branch that was merged wait for nobody any more, though it is still there', async () => {
    await onBranch();
    assert.equal((await bos.at1(`approve ${BRANCH}`)).code, 0);
    clone.git('switch', '--quiet', 'main');
    assert.match((await bos.at1('approve')).stderr, /nothing in this change waits for a signature/);
    clone.git('merge', '--quiet', '--ff-only', BRANCH);
    await bos.refuses(12, 'artifact/not-found', 'approve');
    assert.match((await bos.at1('approve')).stderr, /no change waits for approval here/);
  });

  it('are signed by nobody twice, and by nobody whose signature would not count', async () => {
    await onBranch();
    await shownAndRefused(anas, 13, 'artifact/exists', `approve ${BRANCH}`);
    await shownAndRefused(eves, 22, 'policy/denied', `approve ${BRANCH}`);
    await bos.text(`approve ${BRANCH}`);
    await shownAndRefused(bos, 12, 'artifact/not-found', `approve ${BRANCH}`);
  });

  it('are signed by a print that somebody else adds, and by none over other bytes or for another purpose', async () => {
    await onBranch();
    const tip = clone.git('rev-parse', BRANCH);
    const printed = await bos.json<ApproveResult>('approve', `approve ${BRANCH} --print`);
    assert.deepEqual([printed.commit, clone.git('rev-parse', BRANCH)], [null, tip]);
    const manifest = readFileSync(join(clone.dir, PATH));
    writeFileSync(dir.at('other.sig'), await b.sign(bo, 'at1-event', manifest));
    await shownAndRefused(anas, 21, 'signature/invalid', `approve ${BRANCH} --from`, dir.at('other.sig'));
    writeFileSync(dir.at('other.sig'), await b.sign(bo, 'at1-manifest', Buffer.concat([manifest, Buffer.from('\n')])));
    await shownAndRefused(anas, 21, 'signature/invalid', `approve ${BRANCH} --from`, dir.at('other.sig'));
    assert.equal(clone.git('rev-parse', BRANCH), tip);
    writeFileSync(dir.at('mine.sig'), printed.signed[0]?.armor ?? '');
    const added = await anas.json<ApproveResult>('approve', `approve ${BRANCH} --from`, dir.at('mine.sig'));
    assert.deepEqual(
      added.signed.map(({ by, path }) => [by, path]),
      [['bo', PATH]],
    );
    assert.equal((await judge()).code, 0);
  });

  it('are signed as they were shown, or not at all', async () => {
    await onBranch();
    const shown = clone.git('rev-parse', BRANCH);
    clone.git('switch', '--quiet', '--create', 'other', 'main');
    writeFileSync(dir.at('weights.bin'), 'evil weights\n');
    await register();
    const other = clone.git('rev-parse', 'other');
    clone.git('switch', '--quiet', 'main');
    let reviews = 0;
    const onReview = () => {
      reviews++;
      clone.git('branch', '--force', BRANCH, other);
    };
    const registry = await clone.open();
    const signingKey = dir.at('home-of-bo', 'key-of-bo');
    const asBo = { ...registry, environment: { ...registry.environment, signingKey } };
    await assert.rejects(approve(asBo, { what: BRANCH, onReview }), { code: 'gate/outdated' });
    assert.deepEqual([reviews, clone.git('rev-parse', BRANCH) !== shown], [1, true]);
    assert.equal(clone.git('rev-parse', BRANCH), other);
  });

  it('that wait on the registry branch are signed there, by their path alone', async () => {
    await start(async (builder, tip) => builder.commit([tip], await builder.version(SAFE, { keys: [ana] })));
    await anas.text('tag');
    const text = await bos.text('status');
    assert.match(text, /\nnext: whoever is missing signs it: at1 approve model\/safe\/1\.0\.0\.toml\n$/);
    clone.git('switch', '--quiet', '--create', 'work');
    clone.git('commit', '--quiet', '--allow-empty', '-m', 'x');
    await bos.refuses(12, 'artifact/not-found', 'approve work');
    clone.git('switch', '--quiet', 'main');
    await bos.refuses(12, 'artifact/not-found', 'approve');
    await bos.refuses(12, 'artifact/not-found', 'approve model/none/1.0.0.toml');
    const signed = await bos.text(`approve ${PATH}`);
    assert.match(
      signed,
      /^model\/safe@1\.0\.0 is to be registered \(pending\)\n[\s\S]*signed by bo: model\/safe\/1\.0\.0\.toml\ncommit \S+ on main\nnext: at1 push, where there is a remote\n$/,
    );
    assert.ok((await anas.json<VerifyResult>('verify', 'verify')).ok);
    await anas.text(`get ${SAFE} -o`, dir.at('out'));
  });

  it('are not signed where the branch spoilt them', async () => {
    await start(async (builder, tip) => builder.commit([tip], await builder.version(SAFE, { keys: [ana] })));
    clone.git('switch', '--quiet', '--create', 'work');
    writeFileSync(join(clone.dir, PATH), 'nothing\n');
    clone.git('commit', '--quiet', '--all', '-m', 'x');
    await bos.refuses(24, 'history/manifest-changed', `approve ${PATH}`);
  });
});
