/** What a version was made from, at the command line: said at register, shown, reviewed, asked for, withdrawn. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GateResult, LineageResult, PolicyResult, ShowResult } from '../../src/index.js';
import { git } from '../helpers/git.js';
import { type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

const ZEROS = `sha256:${'0'.repeat(64)}`;

describe('lineage at the command line', () => {
  const dir = useTempDir();
  let ana: Clone;
  let here: Terminal;

  beforeEach(async () => {
    ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home'), 'ana'));
    mkdirSync(dir.at('work'));
    here = terminalOf(ana.person, dir.at('work'), { env: { AT1_REGISTRY: ana.dir } });
    for (const name of ['net.apr', 'rows.csv', 'tuned.apr']) writeFileSync(dir.at('work', name), `${name}\n`);
    await here.text('register data/rows@1.0.0 rows.csv');
  });

  const shown = (ref: string) => here.json<ShowResult>('show', `show ${ref}`);

  it('is pinned to a version with its content, whatever was named', async () => {
    await here.text('register model/net@1.0.0 net.apr --lineage trained-on=rows');
    const uri = `s3://bucket/extra.csv@${ZEROS}`;
    await here.text(
      `register model/tuned@1.0.0 tuned.apr --lineage fine-tuned-from=net@^1.0 --lineage trained-on=${uri} --lineage produced-by=https://ci.example/7`,
    );
    const { lineage } = await shown('model/tuned@1.0.0');
    const { content } = await shown('model/net@1.0.0');
    assert.deepEqual(lineage, [
      { relation: 'fine-tuned-from', ref: 'model/net@1.0.0', uri: null, content, parameters: {} },
      { relation: 'produced-by', ref: null, uri: 'https://ci.example/7', content: null, parameters: {} },
      { relation: 'trained-on', ref: null, uri: 's3://bucket/extra.csv', content: ZEROS, parameters: {} },
    ]);
    const text = await here.text('show model/tuned@1.0.0');
    assert.match(text, /\nfine-tuned-from +model\/net@1\.0\.0\n/);
    assert.match(await here.text('verify'), /ok|no error|verified/i);
  });

  it('does not stand in the way of the decoders that know nothing of it', async () => {
    await here.text(
      'register model/net@1.0.0 net.apr --lineage trained-on=rows --lineage produced-by=https://x/?a=["b"]#{}',
    );
    const decoders = join(import.meta.dirname, '..', '..', 'decoders');
    const read = (program: string, name: string) =>
      execFileSync(program, [join(decoders, name), 'verify', ana.dir, 'model/net@1.0.0'], { encoding: 'utf8' });
    assert.match(read('python3', 'at1.py'), /model\/net/);
    assert.match(read(process.execPath, 'at1-decode.mjs'), /model\/net/);
  });

  it('takes parameters in a batch', async () => {
    const lineage = [
      { relation: 'merged-from', of: 'data/rows', parameters: { weight: '0.5', base: 'yes' } },
      { relation: 'derived-from', of: 'https://example.org/m', content: ZEROS },
    ];
    writeFileSync(
      dir.at('work', 'batch'),
      `${JSON.stringify({ ref: 'model/net@1.0.0', paths: ['net.apr'], lineage })}\n`,
    );
    await here.text('register --batch batch');
    const found = (await shown('model/net@1.0.0')).lineage.map(({ relation, parameters }) => [relation, parameters]);
    assert.deepEqual(found, [
      ['derived-from', {}],
      ['merged-from', { base: 'yes', weight: '0.5' }],
    ]);
    for (const wrong of [
      {},
      [{ relation: 'merged-from' }],
      [{ relation: 'x', of: 'y', z: '' }],
      [{ relation: 'a', of: 'b', parameters: { c: 1 } }],
    ]) {
      writeFileSync(dir.at('work', 'batch'), JSON.stringify({ paths: ['net.apr'], lineage: wrong }));
      const { code, stderr } = await here.at1('register --batch batch');
      assert.equal(code, 2);
      assert.match(stderr, /line 1: lineage is not a list of/);
    }
  });

  const REFUSED: Readonly<Record<string, readonly [string, number, RegExp]>> = {
    'no relation': ['data/rows', 2, /not a relation and what it is to: 'data\/rows'/],
    'nothing behind it': ['trained-on=', 2, /not a relation and what it is to/],
    'a relation nobody knows': [
      'trained-by=data/rows',
      2,
      /'trained-by' is not a relation.*\n.*did you mean trained-on/,
    ],
    'one that is like none': ['is=data/rows', 2, /'is' is not a relation.*\n.*one of derived-from, /],
    'a version that is not there': ['trained-on=data/none@1.0.0', 12, /data\/none/],
    'a version that is not there, by digest': [`trained-on=data/rows@${ZEROS}`, 12, /no version/],
    'no reference and no URI': ['trained-on=../rows.csv', 2, /'\.\.\/rows\.csv' is neither a reference nor a URI/],
    'a password with another mistake': ['trained-on=HTTPS://ana:secret@example.org/t', 2, /name or password/],
    'a password without a relation': ['https://ana:secret@example.org/t?a=1', 2, /not a relation and what it is to/],
    'a token': ['trained-on=https://secret@example.org/t', 2, /name or password/],
    'a key with a slash in it': ['trained-on=s3://AKIA:se/secret@bucket/t', 2, /name or password/],
    'a digest of 63 digits': [`trained-on=s3://b/t@sha256:${'a'.repeat(63)}`, 2, /has a digest that is none/],
    'a digest in capitals': [`trained-on=s3://b/t@SHA256:${'a'.repeat(64)}`, 2, /has a digest that is none/],
    'two digests': [`trained-on=s3://b/t@${ZEROS}@${ZEROS}`, 2, /has a digest that is none/],
    'a password': ['trained-on=https://ana:secret@example.org/t', 2, /holds a name or password/],
  };
  for (const [what, [given, exit, message]] of Object.entries(REFUSED)) {
    it(`refuses ${what}`, async () => {
      const head = git(ana.dir, ['rev-parse', 'HEAD']);
      const { code, stderr } = await here.at1(`register model/net@1.0.0 net.apr --lineage ${given}`);
      assert.equal(code, exit, stderr);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /secret/);
      assert.equal(git(ana.dir, ['rev-parse', 'HEAD']), head);
    });
  }

  it('refuses the same thing named twice, and a digest that is another', async () => {
    const twice = await here.at1(
      'register model/net net.apr --lineage trained-on=rows --lineage trained-on=data/rows@1.0.0',
    );
    assert.deepEqual([twice.code, /data\/rows@1\.0\.0 is named twice/.test(twice.stderr)], [2, true]);
    const lineage = [{ relation: 'trained-on', of: 'data/rows@1.0.0', content: ZEROS }];
    writeFileSync(dir.at('work', 'batch'), JSON.stringify({ paths: ['net.apr'], lineage }));
    const other = await here.at1('register --batch batch');
    assert.equal(other.code, 23, other.stderr);
  });

  it('is asked for by a rule, and shown to whoever reviews', async () => {
    const rule = 'policy rule --artifacts model/** --actions promote:* --role owner --complete-lineage';
    await here.text(rule);
    assert.match(await here.text('policy show'), /\n {6}lineage complete\n/);
    const { rules } = await here.json<PolicyResult>('policy-show', 'policy show');
    assert.deepEqual(
      rules.map(({ completeLineage }) => completeLineage),
      [true, false],
    );
    await here.text('register model/net@1.0.0 net.apr');
    const { stdout, stderr } = await here.at1('promote model/net@1.0.0 staging --dry-run');
    assert.match(stdout + stderr, /its lineage is not complete: it does not say what it was made from/);
    await here.text('register model/tuned@1.0.0 tuned.apr --lineage trained-on=rows');
    const base = git(ana.dir, ['rev-parse', 'HEAD']);
    await here.text('promote model/tuned@1.0.0 staging');
    const judged = await here.json<GateResult>('gate', `gate --base ${base} --head HEAD`);
    assert.deepEqual(
      judged.review.events.map(({ lineage }) => lineage.map(({ ref }) => ref)),
      [['data/rows@1.0.0']],
    );
    const markdown = await here.text(`gate --base ${base} --head HEAD --format markdown`);
    assert.match(markdown, /\n- trained-on data\/rows&#64;1\.0\.0\n/);
    assert.match(await here.text(`gate --base ${base} --head HEAD`), /\n {2}trained-on data\/rows@1\.0\.0\n/);
  });

  it('tells of a parent that was revoked', async () => {
    await here.text('register model/net@1.0.0 net.apr --lineage trained-on=rows');
    await here.text('revoke data/rows@1.0.0 --reason poisoned');
    const { problems } = await shown('model/net@1.0.0');
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [['lineage/revoked', 'warning']],
    );
    const { code, stdout } = await here.at1('verify');
    assert.equal(code, 0);
    assert.match(stdout, /lineage\/revoked/);
  });

  describe('followed to its end by `at1 lineage`', () => {
    beforeEach(async () => {
      await here.text('register model/net@1.0.0 net.apr --lineage trained-on=rows');
      await here.text(
        `register model/tuned@1.0.0 tuned.apr --lineage fine-tuned-from=net --lineage trained-on=rows --lineage trained-on=s3://b/x"y|z@${ZEROS}`,
      );
      writeFileSync(dir.at('work', 'small.apr'), 'small\n');
      await here.text('register model/small@1.0.0 small.apr --lineage quantized-from=tuned');
      await here.text('promote tuned staging');
    });

    it('is a tree, in which nothing is told twice', async () => {
      const text = await here.text('lineage small');
      assert.deepEqual(text.split('\n').slice(0, 6), [
        'model/small@1.0.0: development, signed by ana',
        '└─ quantized-from model/tuned@1.0.0: staging, signed by ana',
        '   ├─ fine-tuned-from model/net@1.0.0: development, signed by ana',
        '   │  └─ trained-on data/rows@1.0.0: development, signed by ana',
        '   ├─ trained-on data/rows@1.0.0: development, signed by ana',
        `   └─ trained-on s3://b/x"y|z (${ZEROS})`,
      ]);
      const back = await here.text('lineage rows --descendants');
      assert.deepEqual(back.split('\n').slice(0, 5), [
        'data/rows@1.0.0: development, signed by ana',
        '├─ trained-on model/net@1.0.0: development, signed by ana',
        '│  └─ fine-tuned-from model/tuned@1.0.0: staging, signed by ana',
        '│     └─ quantized-from model/small@1.0.0: development, signed by ana',
        '└─ trained-on model/tuned@1.0.0: staging, signed by ana (above)',
      ]);
    });

    it('is the same as data, with steps, and cut where that is asked for', async () => {
      const { versions, links, cut } = await here.json<LineageResult>('lineage-graph', 'lineage small');
      assert.deepEqual(
        versions.map(({ ref, steps }) => `${ref} ${steps}`),
        ['model/small@1.0.0 0', 'model/tuned@1.0.0 1', 'data/rows@1.0.0 2', 'model/net@1.0.0 2'],
      );
      assert.deepEqual([links.length, cut, links.every(({ problem }) => problem === null)], [5, false, true]);
      const near = await here.json<LineageResult>('lineage-graph', 'lineage small --depth 1');
      assert.deepEqual([near.versions.length, near.links.length, near.cut], [2, 1, true]);
      const none = await here.json<LineageResult>('lineage-graph', 'lineage rows');
      assert.deepEqual([none.versions.length, none.links.length], [1, 0]);
    });

    it('tells of what was revoked, and still answers about it', async () => {
      await here.text('revoke data/rows@1.0.0 --reason poisoned');
      assert.match(await here.text('lineage small'), /trained-on data\/rows@1\.0\.0: revoked, signed by ana/);
      assert.match(
        await here.text('lineage data/rows@1.0.0 --descendants'),
        /^data\/rows@1\.0\.0: revoked[\s\S]+model\/small/,
      );
    });

    it('is a graph that no name breaks out of', async () => {
      const mermaid = await here.text('lineage tuned --format mermaid');
      assert.match(mermaid, /^graph LR\n {2}n0\["model\/tuned@1\.0\.0<br\/>staging"\]\n/);
      assert.ok(mermaid.includes('s3://b/x#34;y#124;z<br/>sha256:000000000000'), mermaid);
      assert.match(mermaid, /\n {2}n\d -->\|fine-tuned-from\| n0\n/);
      const dot = await here.text('lineage tuned --format dot');
      assert.ok(dot.startsWith('digraph lineage {') && dot.includes('s3://b/x\\"y|z'), dot);
    });
  });
});
