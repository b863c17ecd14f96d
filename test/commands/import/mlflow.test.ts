/**
 * at1 import mlflow without an MLflow: documents that were made before, and Pythons that are missing, lack something, or say
 * what they should not. With the real MLflow it is tried in integrations/mlflow/tests.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'smol-toml';
import type { Planned } from '../../../commands/import/planned.js';
import type { MlflowImport, RegisterResult, ShowResult } from '../../../src/index.js';
import { initRegistry, makePerson } from '../../helpers/sample-registry.js';
import { useTempDir } from '../../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../../helpers/terminal.js';
import { RUN_ID, wholeDocument } from '../../mlflow/documents.js';

type Imported = MlflowImport & { readonly registered: RegisterResult; readonly planned: Planned | null };

describe('importing from MLflow', () => {
  const dir = useTempDir();
  let here: Terminal;

  beforeEach(async () => {
    const ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home'), 'ana'));
    for (const name of ['work', 'work/model', 'tmp']) mkdirSync(dir.at(name));
    writeFileSync(dir.at('work', 'model', 'MLmodel'), 'flavors: {}\n');
    writeFileSync(dir.at('work', 'model', 'weights.bin'), 'weights');
    writeFileSync(dir.at('work', 'document.json'), JSON.stringify(wholeDocument()));
    const env = { AT1_REGISTRY: ana.dir, AT1_PYTHON: dir.at('python'), TMPDIR: dir.at('tmp') };
    here = terminalOf(ana.person, dir.at('work'), { env });
  });

  const show = (ref: string) => here.json<ShowResult>('show', `show ${ref}`);
  const document = 'import mlflow --document document.json --files model';

  describe('`at1 import mlflow` with a document', () => {
    it('registers the files with card, numbers and lineage, and says what is in the card only', async () => {
      const { code, stdout, stderr } = await here.at1(document);
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^chosen: model\/fraud 1\.0\.0\nregistered model\/fraud@1\.0\.0\n {2}2 files, /);
      assert.match(stderr, /in the card only: 2 metrics\n/);
      assert.match(stderr, /not in the card, which names them: tags\.mlflow\.log-model\.history\n/);
      const shown = await show('model/fraud');
      assert.deepEqual([shown.metrics, shown.description], [{ auc: 0.93, zero: 0 }, 'Finds fraud.']);
      assert.deepEqual(
        shown.lineage.map(({ relation, uri }) => `${relation} ${uri}`),
        [
          `produced-by http://mlflow.example.org:5000/team/#/experiments/3/runs/${RUN_ID}`,
          'trained-on https://data.example.org/t.csv',
        ],
      );
      const card = parse(shown.card?.text ?? '') as Record<string, Record<string, unknown>>;
      assert.deepEqual([card.mlflow?.model_version, card.params?.C], ['3', '1.0']);
      assert.match(await here.text('verify'), /ok|verified|no problems/i);
    });

    it('gives scripts what was taken over', async () => {
      const { registered, planned, ...taken } = await here.json<Imported>('import-mlflow', document);
      assert.equal(planned, null);
      assert.equal(registered.ref, 'model/fraud@1.0.0');
      assert.deepEqual(taken, {
        run: { id: RUN_ID, experiment: 'credit', server: 'http://mlflow.example.org:5000/team' },
        modelVersion: 'fraud/3',
        modelId: 'm-69db6b97139446969d5da9328c16437e',
        cardOnly: ['loss', 'é'],
        leftOut: ['tags.mlflow.log-model.history'],
      });
      const bare = { ...wholeDocument(), run: null, registered: null };
      writeFileSync(dir.at('work', 'document.json'), JSON.stringify(bare));
      const again = await here.json<Imported>('import-mlflow', document);
      assert.deepEqual([again.registered.ref, again.run, again.modelVersion], ['model/model@1.0.0', null, null]);
    });

    it('shows with --dry-run what it would register, and registers nothing', async () => {
      const text = await here.text(`${document} --dry-run`);
      assert.match(text, /^would register model\/fraud\nproduced-by +http:\/\/mlflow/);
      assert.match(text, /\nauc +0\.93\n/);
      assert.match(text, /\n\[params\]\nC = "1\.0"\n/);
      const { registered, planned } = await here.json<Imported>('import-mlflow', `${document} net@1.0.0 --dry-run`);
      assert.deepEqual([registered, planned?.ref, planned?.description], [null, 'model/net@1.0.0', 'Finds fraud.']);
      const bare = { ...wholeDocument(), registered: null, metrics: {}, datasets: [], run: null };
      writeFileSync(dir.at('work', 'document.json'), JSON.stringify(bare));
      const other = await here.json<Imported>('import-mlflow', `${document} --dry-run`);
      assert.deepEqual([other.planned?.description, other.planned?.lineage], [null, []]);
      assert.equal(existsSync(dir.at('registry', 'model')), false);
    });

    it('takes what is said by hand: reference, description, lineage, licence, level of the version', async () => {
      await here.text('register data/train@1.0.0 model/weights.bin');
      const words = '-d mine --license MIT --lineage trained-on=data/train@1.0.0 --bump minor -m because --level fast';
      await here.text(`import mlflow net --document document.json --files model ${words}`);
      const again = await here.json<Imported>('import-mlflow', `${document} net ${words}`);
      assert.equal(again.registered.ref, 'model/net@1.1.0');
      const shown = await show('model/net@1.1.0');
      assert.deepEqual([shown.description, shown.license], ['mine', 'MIT']);
      assert.deepEqual(
        shown.lineage.map(({ relation, ref }) => [relation, ref]),
        [
          ['produced-by', null],
          ['trained-on', 'data/train@1.0.0'],
        ],
      );
      const exact = await here.json<Imported>('import-mlflow', `${document} pacha://data/x@2.0.0 --no-commit`);
      assert.deepEqual([exact.registered.ref, exact.registered.state], ['data/x@2.0.0', 'written']);
    });

    it('reads standard input, and one file for a model that is one', async () => {
      const terminal = terminalOf(makePerson(dir.at('home'), 'ana'), dir.at('work'), {
        env: { AT1_REGISTRY: dir.at('registry') },
        stdin: JSON.stringify(wholeDocument()),
      });
      await terminal.text('import mlflow one --document - --files model/weights.bin');
      assert.equal((await show('model/one')).form, 'file');
    });

    it('refuses words that do not go together, and documents that are none', async () => {
      await here.refuses(2, 'usage/invalid', 'import mlflow');
      await here.refuses(2, 'usage/invalid', 'import mlflow --run a --model b/1 --tracking-uri x');
      await here.refuses(2, 'usage/invalid', 'import mlflow --document document.json');
      await here.refuses(2, 'usage/invalid', 'import mlflow --model a/1 --artifact b --tracking-uri x');
      assert.match(await here.refuses(2, 'usage/invalid', `import mlflow --run ${RUN_ID}`), /MLFLOW_TRACKING_URI/);
      await here.refuses(2, 'usage/path', 'import mlflow --document nothing.json --files model');
      await here.refuses(2, 'usage/path', 'import mlflow --document document.json --files nothing');
      writeFileSync(dir.at('work', 'document.json'), '{}');
      await here.refuses(23, 'document/schema', document);
      const nameless = { ...wholeDocument(), registered: null, run: { ...wholeDocument().run, name: '日本' } };
      writeFileSync(dir.at('work', 'document.json'), JSON.stringify(nameless));
      assert.match(await here.refuses(2, 'usage/reference', document), /at1 import mlflow model\/NAME/);
    });
  });

  describe('`at1 import mlflow` with a Python', () => {
    const ask = `import mlflow --run ${RUN_ID} --tracking-uri http://ana:hunter2@localhost:5000`;

    /** A program in the place of Python; what it is told is in `$request`, the folder it may write to in `$folder`. */
    const python = (script: string) => {
      const read = 'read -r request\nfolder=$(printf "%s" "$request" | sed \'s/.*"folder":"\\([^"]*\\)".*/\\1/\')\n';
      writeFileSync(dir.at('python'), `#!/bin/sh\n${read}${script}\n`, { mode: 0o755 });
    };
    const answers = (answer: object) => {
      writeFileSync(dir.at('answer.json'), JSON.stringify(answer));
      python(`cat '${dir.at('answer.json')}'`);
    };
    const lacks = (kind: string, more = {}) =>
      answers({ document: 1, error: { kind, message: '', choices: [], ...more } });

    before(function () {
      // The Python that is played here is a shell script.
      if (process.platform === 'win32') this.skip();
    });
    afterEach(() => assert.deepEqual(readdirSync(dir.at('tmp')), []));

    it('registers what it fetched into a private folder, which is gone afterwards', async () => {
      writeFileSync(dir.at('answer.json'), JSON.stringify(wholeDocument()));
      const look = `ls -ld "$folder" > '${dir.at('seen')}'; printf "%s" "$request" > '${dir.at('request')}'`;
      python(`${look}\nmkdir "$folder/model"\necho hi > "$folder/model/MLmodel"\ncat '${dir.at('answer.json')}'`);
      assert.match(await here.text(`${ask} --artifact deep/model`), /^chosen: model\/fraud 1\.0\.0\n/);
      assert.match(readFileSync(dir.at('seen'), 'utf8'), /^drwx------/);
      const { folder, ...request } = JSON.parse(readFileSync(dir.at('request'), 'utf8')) as { folder: string };
      assert.equal(existsSync(folder), false);
      assert.deepEqual(request, {
        protocol: 1,
        run: RUN_ID,
        model: null,
        artifact: 'deep/model',
        tracking_uri: 'http://ana:hunter2@localhost:5000',
      });
      assert.deepEqual(
        (await show('model/fraud')).files.map(({ path }) => path),
        ['MLmodel'],
      );
    });

    it('takes one file of that folder where the model is one, and no other', async () => {
      const whole = wholeDocument();
      writeFileSync(dir.at('answer.json'), JSON.stringify({ ...whole, model: { ...whole.model, file: 'w.bin' } }));
      python(`mkdir "$folder/model"\necho hi > "$folder/model/w.bin"\ncat '${dir.at('answer.json')}'`);
      await here.text(ask);
      assert.deepEqual(
        (await show('model/fraud')).files.map(({ path }) => path),
        ['w.bin'],
      );
      writeFileSync(dir.at('answer.json'), JSON.stringify({ ...whole, model: { ...whole.model, file: '../w.bin' } }));
      await here.refuses(23, 'document/schema', ask);
      python(`ln -s '${dir.at('work')}' "$folder/model"\ncat '${dir.at('answer.json')}'`);
      writeFileSync(dir.at('answer.json'), JSON.stringify(whole));
      await here.refuses(2, 'artifact/unsupported-file', ask);
    });

    it('says what to run where something is missing', async () => {
      const named = dir.at('python');
      assert.match(await here.refuses(16, 'capability/missing', ask), /cannot start Python as .*\n.*AT1_PYTHON=/);
      lacks('no-mlflow');
      assert.ok((await here.refuses(16, 'capability/missing', ask)).includes(`run: ${named} -m pip install mlflow\n`));
      lacks('no-plugin');
      const plugin = `run: ${named} -m pip install ./integrations/mlflow`;
      assert.ok((await here.refuses(16, 'capability/missing', ask)).includes(`${plugin}\n`));
      for (const kind of ['old-plugin', 'protocol']) {
        lacks(kind);
        assert.ok((await here.refuses(16, 'capability/missing', ask)).includes(`${plugin} --upgrade\n`));
      }
    });

    it('tells of what MLflow refused by its kind', async () => {
      lacks('several', { message: 'run a has several models', choices: ['m-1 (a)', 'm-2 (b)'] });
      const several = await here.refuses(2, 'usage/invalid', ask);
      assert.match(
        several,
        /MLflow: run a has several models .*\nhint: name one with --artifact: m-1 \(a\), m-2 \(b\)\n/,
      );
      lacks('not-found', { message: 'no such run' });
      assert.match(await here.refuses(12, 'artifact/not-found', ask), /hint: check the name, and --tracking-uri\n/);
      lacks('unsafe', { message: 'names ../x' });
      await here.refuses(15, 'io/unsafe-path', ask);
      lacks('request', { message: 'no' });
      await here.refuses(2, 'usage/invalid', ask);
      for (const kind of ['failed', 'else', 'constructor']) {
        lacks(kind, { message: 'over' });
        await here.refuses(31, 'remote/failed', ask);
      }
    });

    it('believes nothing else that a Python prints, or does not', async () => {
      python('echo Downloading');
      await here.refuses(23, 'document/syntax', ask);
      python('true');
      await here.refuses(23, 'document/syntax', ask);
      python('echo "ModuleNotFoundError: x at http://ana:hunter2@h" >&2; exit 1');
      const failed = await here.refuses(15, 'io/failed', ask);
      assert.match(
        failed,
        /ended with 1 before it had answered .*\nhint: ModuleNotFoundError: x at http:\/\/\*\*\*@h\n/,
      );
      python('kill -9 $$');
      assert.match(await here.refuses(15, 'io/failed', ask), /ended by SIGKILL/);
      python('exec yes');
      await here.refuses(23, 'document/too-large', ask);
      python('exec <&-; mkdir "$folder/model"; exit 3');
      await here.refuses(15, 'io/failed', ask);
      answers({ ...wholeDocument(), more: 1 });
      await here.refuses(23, 'document/schema', ask);
      answers(wholeDocument());
      await here.refuses(2, 'usage/path', ask);
    });

    it('asks nothing where the registry or the key is not there', async () => {
      python(`touch '${dir.at('asked')}'`);
      await here.refuses(10, 'registry/not-found', `${ask} --registry ${dir.at('work')}`);
      assert.equal(existsSync(dir.at('asked')), false);
    });
  });
});
