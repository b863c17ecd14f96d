/** at1 attest, eval add and eval list: evidence about bytes, whatever they are called. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { AttestResult, EvidenceResult, ShowResult } from '../../src/index.js';
import { ana } from '../helpers/registry-fixture.js';
import type { Clone } from '../helpers/sample-registry.js';
import { stagedRegistry } from '../helpers/staged-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

const NET = 'model/net@1.0.0';

describe('evidence', () => {
  const dir = useTempDir();
  let clone: Clone;
  let here: Terminal;

  beforeEach(async () => {
    const { as } = await stagedRegistry(dir.path);
    clone = await as(ana);
    here = terminalOf(clone.person, clone.dir);
  });

  it('is added by `at1 attest`, with what was measured, against what, and which reports', async () => {
    writeFileSync(dir.at('report.html'), '<p>all well</p>');
    writeFileSync(dir.at('march.csv'), 'a,b\n1,2\n');
    const words = `attest ${NET} --type eval --metric auc=0.93 --result pass --json`;
    const done = await here.at1(words, '--suite', dir.at('march.csv'), '--file', dir.at('report.html'));
    assert.equal(done.code, 0, done.stderr);
    const result = done.json as AttestResult;
    assert.deepEqual([result.type, result.by, result.versions], ['eval', 'ana', [NET]]);
    assert.match(clone.git('log', '-1', '--format=%s'), /^at1: attest eval of model\/net@1\.0\.0$/);
    const shown = await here.json<ShowResult>('show', `show ${NET}`);
    const [evidence] = shown.evidence;
    assert.deepEqual([evidence?.type, evidence?.result, evidence?.metrics], ['eval', 'pass', { auc: 0.93 }]);
    assert.equal(evidence?.suite, `sha256:${createHash('sha256').update('a,b\n1,2\n').digest('hex')}`);
    assert.deepEqual(
      evidence?.files.map(({ path, size }) => [path, size]),
      [['report.html', 15]],
    );
    assert.match(await here.text(`show ${NET}`), /\neval +pass +auc = 0\.93 +ana /);
    assert.equal((await here.at1('verify')).code, 0);
  });

  it('is there before its version is: it speaks of bytes', async () => {
    writeFileSync(dir.at('new.bin'), 'the newest');
    const early = await here.json<AttestResult>('attest', 'attest --type scan', dir.at('new.bin'));
    assert.deepEqual(early.versions, []);
    await clone.register('model/net@2.0.0', 'the newest');
    const listed = await here.json<EvidenceResult>('eval-list', 'eval list model/net@2.0.0');
    assert.deepEqual(
      [listed.content, listed.versions, listed.evidence.length],
      [early.content, ['model/net@2.0.0'], 1],
    );
    assert.match(
      await here.text(`eval list ${early.content}`),
      /^TYPE [\s\S]*\nscan [\s\S]*1 piece of evidence about sha256:/,
    );
    assert.equal(
      (await here.json<EvidenceResult>('eval-list', 'eval list model/net@2.0.0 --type eval')).evidence.length,
      0,
    );
  });

  it('is added by `at1 eval add`, for which the type goes without saying', async () => {
    const added = await here.json<AttestResult>(
      'attest',
      `eval add ${NET} --metric accuracy=0.5 --expires 2030-01-01T00:00:00Z`,
    );
    assert.equal(added.type, 'eval');
    const text = await here.text(`eval list ${NET}`);
    assert.match(text, /\neval +accuracy = 0\.5 .*2030-01-01 00:00/);
  });

  it('is refused where something in it makes no sense, and nothing is committed', async () => {
    const before = clone.git('rev-parse', 'HEAD');
    for (const [words, exit, said] of [
      [`attest ${NET}`, 2, /flag type/],
      [`attest ${NET} --type Eval`, 2, /capital/],
      [`attest ${NET} --type eval --metric auc`, 2, /--metric/],
      [`attest ${NET} --type eval --result maybe`, 2, /pass/],
      [`attest model/nothing@1.0.0 --type eval`, 12, /model named nothing/],
      [`attest sha256:12 --type eval`, 2, /digest/],
      [`attest ${NET} --type eval --expires yesterday`, 2, /not a time/],
      ['eval add', 2, /what/i],
      ['eval list model/nothing@1.0.0', 12, /nothing/],
    ] as const) {
      const done = await here.at1(words);
      assert.equal(done.code, exit, `${words}: ${done.stderr}`);
      assert.match(done.stderr, said);
    }
    assert.equal(clone.git('rev-parse', 'HEAD'), before);
    assert.equal(clone.git('status', '--porcelain', 'evidence'), '');
  });
});
