/** at1 register: what is a reference and what a path, what is chosen, batches, cards, metrics, what comes next. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { RegisterResult, ShowResult } from '../../src/index.js';
import { runCli } from '../helpers/run-cli.js';
import { addRemote, type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

describe('registering', () => {
  const dir = useTempDir();
  let ana: Clone;
  let here: Terminal;

  beforeEach(async () => {
    ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home'), 'ana'));
    // Files lie outside the registry, and the registry is named: the current folder is that of the files.
    mkdirSync(dir.at('work'));
    here = terminalOf(ana.person, dir.at('work'), { env: { AT1_REGISTRY: ana.dir } });
    writeFileSync(dir.at('work', 'net.apr'), 'weights\n'.repeat(1000));
    writeFileSync(dir.at('work', 'rows.csv'), 'a,b\n1,2\n');
  });

  const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

  describe('`at1 register`', () => {
    it('says what it stored, who signed and what to do next', async () => {
      const text = await here.text('register model/net@1.0.0 net.apr');
      assert.match(text, /^registered model\/net@1\.0\.0\n {2}1 file, 7\.81 KiB, stored in \d+ B \(1 new object\)\n/);
      assert.match(text, /\n {2}content [0-9a-f]{12}, signed by ana, commit [0-9a-f]{12}, tag model\/net@v1\.0\.0\n/);
      assert.match(text, /\nnext: at1 show model\/net@1\.0\.0\n$/);
      assert.ok(!text.includes('chosen'));
    });

    it('gives scripts the digests of files, objects and manifest', async () => {
      const made = await here.json<RegisterResult>('register', 'register model/net@1.0.0 net.apr');
      assert.equal(made.content, `sha256:${sha256(dir.at('work', 'net.apr'))}`);
      assert.equal(made.tag, 'model/net@v1.0.0');
      assert.equal(made.files[0]?.path, 'net.apr');
      assert.equal(made.objects[0]?.digest, sha256(dir.at('registry', made.objects[0]?.path ?? '')));
      assert.equal(made.manifest.sha256, sha256(dir.at('registry', made.manifest.path)));
    });

    it('chooses kind, name and the next version where they are not given, and says so', async () => {
      assert.match(await here.text('register net.apr'), /^chosen: model\/net 1\.0\.0\nregistered model\/net@1\.0\.0\n/);
      writeFileSync(dir.at('work', 'net.apr'), 'second');
      assert.match(await here.text('register net.apr'), /^chosen: model\/net 1\.0\.1\n/);
      writeFileSync(dir.at('work', 'net.apr'), 'third');
      assert.match(await here.text('register net net.apr --bump minor'), /^chosen: model\/net 1\.1\.0\n/);
      assert.match(await here.text('register other/rows rows.csv'), /^chosen: data\/other\/rows 1\.0\.0\n/);
    });

    it('says of the same bytes that they are there already, and succeeds', async () => {
      const first = await here.json<RegisterResult>('register', 'register model/net@1.0.0 net.apr');
      const text = await here.text('register model/net@1.0.0 net.apr');
      assert.match(text, /^unchanged, registered before with the same bytes: model\/net@1\.0\.0\n/);
      const again = await here.json<RegisterResult>('register', 'register pacha://model/net@1.0.0 net.apr');
      assert.deepEqual([again.state, again.commit, again.stored], ['unchanged', first.commit, 0]);
      const { stderr } = await here.at1('register model/net net.apr');
      assert.match(stderr, /these bytes are model\/net@1\.0\.0 already: nothing was stored twice/);
    });

    it('takes other bytes for no registered version, with exit 13', async () => {
      await here.text('register model/net@1.0.0 net.apr');
      const text = await here.refuses(13, 'artifact/exists', 'register model/net@1.0.0 rows.csv');
      assert.match(text, /leave the version out/);
    });

    it('tells reference and path apart, and refuses a word that may be both', async () => {
      mkdirSync(dir.at('work', 'model', 'net'), { recursive: true });
      writeFileSync(dir.at('work', 'model', 'net', 'a.apr'), 'a');
      // A kind in front and a file after it: the reference, whatever lies in the folder of that name.
      assert.match(await here.text('register model/net net.apr'), /^chosen: model\/net 1\.0\.0\n/);
      // Alone and there: the path.
      assert.match(await here.text('register model/net'), /^chosen: model\/net 1\.0\.1\n/);
      const text = await here.refuses(2, 'usage/invalid', 'register rows.csv net.apr');
      assert.match(text, /say model\/rows\.csv for the name, or \.\/rows\.csv for the path/);
      await here.refuses(2, 'usage/path', 'register nothing.apr');
      await here.refuses(2, 'usage/invalid', 'register model/net@1.0.0');
      await here.refuses(2, 'usage/invalid', 'register --purpose x');
      await here.refuses(2, 'usage/reference', 'register model/net@1.0 net.apr');
      await here.refuses(2, 'usage/name', 'register model/Net@1.0.0 net.apr');
    });

    it('keeps description, purpose, metrics and card', async () => {
      writeFileSync(dir.at('work', 'card.md'), '# Net\n\nUse\twith care.\n');
      await here.text(
        'register model/net@1.0.0 net.apr --metric auc=0.91 --metric loss/val=-1e-3 --card card.md -d',
        'a net',
        '-p',
        'tests of cards',
        '-m',
        'first try',
      );
      const shown = await here.json<ShowResult>('show', 'show net');
      assert.deepEqual(shown.metrics, { auc: 0.91, 'loss/val': -0.001 });
      assert.deepEqual([shown.description, shown.purpose], ['a net', 'tests of cards']);
      assert.deepEqual(shown.card, { format: 'markdown', text: '# Net\n\nUse\twith care.\n' });
      assert.match(ana.git('log', '-1', '--format=%B'), /first try/);
      const text = await here.text('show net');
      assert.match(text, /\nmetrics {6}auc = 0\.91\n {13}loss\/val = -0\.001\n/);
      assert.match(text, /\ncard \(markdown\)\n {2}# Net\n\n {2}Use {4}with care\.\n/);
    });

    it('reads metrics and cards strictly', async () => {
      for (const metric of [
        'auc',
        '=1',
        'auc=',
        'auc=0x10',
        'auc=1,5',
        'auc=.5',
        'auc=01',
        'auc=Infinity',
        'auc=1e999',
      ]) {
        await here.refuses(2, 'usage/invalid', `register model/net@1.0.0 net.apr --metric ${metric}`);
      }
      await here.refuses(2, 'usage/invalid', 'register model/net@1.0.0 net.apr --metric a=1 --metric a=2');
      await here.refuses(2, 'usage/invalid', 'register model/net@1.0.0 net.apr --card net.apr');
      await here.refuses(2, 'usage/path', 'register model/net@1.0.0 net.apr --card none.md');
      writeFileSync(dir.at('work', 'latin.md'), Buffer.from([0x80, 0xff]));
      await here.refuses(23, 'document/not-utf8', 'register model/net@1.0.0 net.apr --card latin.md');
    });

    it('leaves the commit to the user with --no-commit', async () => {
      const text = await here.text('register model/net@1.0.0 net.apr --no-commit');
      assert.match(text, /^written, not committed: model\/net@1\.0\.0\n/);
      assert.match(text, /\nnext: git add objects model\/net && git commit\n$/);
      assert.match(ana.git('status', '--porcelain'), /\?\? model\//);
    });

    it('says what the next push sends where there is a remote, and waits with the tag', async () => {
      addRemote(ana, dir.at('bare'));
      const text = await here.text('register model/net@1.0.0 net.apr --level max');
      assert.match(text, /\nthe next push sends \d+ B of new objects\nnext: at1 push\n$/);
      const made = await here.json<RegisterResult>('register', 'register data/rows@1.0.0 rows.csv');
      assert.equal(made.tag, null);
      await here.text('push');
      const again = await here.json<RegisterResult>('register', 'register data/rows@1.0.0 rows.csv');
      assert.deepEqual([again.state, again.tag], ['unchanged', 'data/rows@v1.0.0']);
      assert.match(await here.text('register data/rows@1.0.0 rows.csv'), /\nnext: at1 show data\/rows@1\.0\.0\n$/);
    });
  });

  describe('`at1 register --batch`', () => {
    const batch = (...lines: readonly (object | string)[]) => {
      const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
      writeFileSync(dir.at('work', 'batch.jsonl'), `${text}\n`);
    };

    it('registers all lines in one commit', async () => {
      writeFileSync(dir.at('work', 'card.toml'), 'a = 1\n');
      batch(
        { ref: 'model/net@1.0.0', paths: ['net.apr'], description: 'a net', metrics: { auc: 0.5 }, card: 'card.toml' },
        '',
        { paths: ['rows.csv'], purpose: 'tests' },
      );
      const { registered } = await here.json<{ registered: RegisterResult[] }>(
        'register',
        'register --batch batch.jsonl',
      );
      assert.deepEqual(
        registered.map(({ ref }) => ref),
        ['model/net@1.0.0', 'data/rows@1.0.0'],
      );
      assert.equal(registered[0]?.commit, registered[1]?.commit);
      const shown = await here.json<ShowResult>('show', 'show net');
      assert.deepEqual([shown.card?.format, shown.metrics], ['toml', { auc: 0.5 }]);
      assert.match(await here.text('register --batch batch.jsonl'), /^unchanged[^\n]*net@1\.0\.0\n/);
    });

    it('takes standard input', async () => {
      const stdin = `${JSON.stringify({ ref: 'data/rows@1.0.0', paths: ['rows.csv'] })}\n`;
      const env = { ...ana.person.env, AT1_REGISTRY: ana.dir };
      const { code, stdout } = await runCli(['register', '--batch', '-'], { cwd: dir.at('work'), env, stdin });
      assert.equal(code, 0);
      assert.match(stdout, /^registered data\/rows@1\.0\.0\n/);
    });

    it('takes a pipe that is written to late, and does not wait for one that nobody writes to', async function () {
      // Windows has no such pipes in its file system.
      if (process.platform === 'win32') this.skip();
      const pipe = dir.at('work', 'pipe.md');
      execFileSync('mkfifo', [pipe]);
      for (const words of ['--batch pipe.md', 'model/net@1.0.0 net.apr --card pipe.md']) {
        const text = await here.refuses(15, 'io/unsafe-path', `register ${words}`);
        assert.match(text, /pipe with nothing in it[^\n]*\nhint: /);
      }
      await here.refuses(15, 'io/unsafe-path', 'register model/net@1.0.0 net.apr --key', pipe);
      const line = JSON.stringify({ ref: 'data/rows@1.0.0', paths: ['rows.csv'] });
      // Held open for reading too, so that there is a writer before the batch is read, and given more than a pipe holds,
      // so that there is one until then.
      const late = `exec 3<>"$1"; echo; sleep 0.3; printf '%s\n%200000s' '${line}' '' >&3`;
      const writer = spawn('sh', ['-c', late, 'sh', pipe]);
      try {
        await new Promise((resolve) => writer.stdout.once('data', resolve));
        assert.match(await here.text('register --batch pipe.md'), /^registered data\/rows@1\.0\.0\n/);
      } finally {
        writer.kill('SIGKILL');
      }
    });

    it('registers none where one line is wrong, and names the line', async () => {
      const good = { ref: 'model/net@1.0.0', paths: ['net.apr'] };
      const cases: readonly [object | string, number, string][] = [
        ['{', 2, 'usage/invalid'],
        ['[]', 2, 'usage/invalid'],
        [{ ref: 'data/rows@1.0.0' }, 2, 'usage/invalid'],
        [{ ref: 1, paths: ['rows.csv'] }, 2, 'usage/invalid'],
        [{ paths: ['rows.csv'], metrics: { auc: '1' } }, 2, 'usage/invalid'],
        [{ paths: ['rows.csv'], tags: [] }, 2, 'usage/invalid'],
        [{ paths: ['rows.csv'], card: 'rows.csv' }, 2, 'usage/invalid'],
        [{ ref: 'data/rows', paths: ['gone.csv'] }, 2, 'usage/path'],
        [{ ref: 'model/net@2.0.0', paths: ['rows.csv'] }, 2, 'usage/invalid'],
      ];
      for (const [line, exit, code] of cases) {
        batch(good, '', line);
        const text = await here.refuses(exit, code, 'register --batch batch.jsonl');
        assert.match(text, /^error: line 3: /);
      }
      assert.match(await here.text('list'), /^no versions yet/);
      batch('');
      await here.refuses(2, 'usage/invalid', 'register --batch batch.jsonl');
      await here.refuses(2, 'usage/invalid', 'register --batch batch.jsonl net.apr');
      await here.text('register model/net@1.0.0 net.apr');
      batch({ ref: 'data/rows@1.0.0', paths: ['rows.csv'] }, { ref: 'model/net@1.0.0', paths: ['rows.csv'] });
      assert.match(await here.refuses(13, 'artifact/exists', 'register --batch batch.jsonl'), /line 2: /);
    });
  });
});
