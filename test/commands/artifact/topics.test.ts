/** pacha's verbs, at1 model, data and recipe: each gives what the main command gives, and pacha's own page runs. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { GetResult, ListResult, RegisterResult, ShowResult } from '../../../src/index.js';
import { runCli } from '../../helpers/run-cli.js';
import { makePerson } from '../../helpers/sample-registry.js';
import { useTempDir } from '../../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../../helpers/terminal.js';

describe('the verbs of pacha', () => {
  const dir = useTempDir();
  let here: Terminal;

  beforeEach(() => {
    mkdirSync(dir.at('work'));
    here = terminalOf(makePerson(dir.at('home'), 'ana'), dir.at('work'));
    for (const name of ['model.apr', 'data.ald', 'recipe.toml'])
      writeFileSync(dir.at('work', name), `bytes of ${name}`);
  });

  describe("pacha's page", () => {
    it('runs line by line in a fresh folder', async () => {
      const lines = [
        'at1 init',
        'at1 model register fraud-detector model.apr -v 1.0.0',
        'at1 model list',
        'at1 model inspect fraud-detector',
        'at1 data register training-set data.ald -v 1.0.0',
        'at1 data list',
        'at1 stats',
        'at1 model stage fraud-detector -v 1.0.0 -t staging',
      ];
      for (const line of lines) {
        const stdout = await here.text(line.slice('at1 '.length));
        assert.match(stdout, /\nnext: at1 /, line);
      }
      assert.match(await here.text('verify'), /^verified: 2 versions/);
    });
  });

  // Every verb of every topic: what the table of commands promises.
  const TOPICS = [
    {
      kind: 'model',
      register: 'model register thing model.apr',
      list: 'model list',
      get: 'model get thing',
      inspect: 'model inspect thing',
      download: 'model download thing',
      file: 'model.apr',
    },
    {
      kind: 'data',
      register: 'data register thing data.ald',
      list: 'data list',
      get: 'data get thing',
      inspect: 'data inspect thing',
      download: 'data download thing',
      file: 'data.ald',
    },
    {
      kind: 'recipe',
      register: 'recipe register thing recipe.toml',
      list: 'recipe list',
      get: 'recipe get thing',
      inspect: 'recipe inspect thing',
      download: 'recipe download thing',
      file: 'recipe.toml',
    },
  ] as const;

  for (const topic of TOPICS) {
    const { kind, file } = topic;
    describe(`at1 ${kind}`, () => {
      beforeEach(async () => {
        await here.text('init');
      });

      it('registers, lists, shows and writes, in text and in JSON', async () => {
        const made = await here.json<RegisterResult>('register', `${topic.register} -v 1.0.0 -d thing -p tests`);
        assert.equal(made.ref, `${kind}/thing@1.0.0`);
        writeFileSync(dir.at('work', file), 'second');
        assert.match(await here.text(topic.register), new RegExp(`^chosen: ${kind}/thing 1\\.0\\.1\\n`));
        assert.match(await here.text(topic.list), new RegExp(`\\n${kind}/thing@1\\.0\\.1 `));
        const { artifacts } = await here.json<ListResult>('list', `${topic.list} thing`);
        assert.equal(artifacts[0]?.versions.length, 2);
        for (const line of [topic.get, topic.inspect]) {
          const shown = await here.json<ShowResult>('show', `${line} -v 1.0.0`);
          assert.deepEqual([shown.version, shown.description, shown.purpose], ['1.0.0', 'thing', 'tests']);
          assert.match(await here.text(line), new RegExp(`^${kind}/thing@1\\.0\\.1\\n`));
        }
        const got = await here.json<GetResult>('get', `${topic.download} -v 1.0.0 -o got`);
        assert.equal(readFileSync(got.path, 'utf8'), `bytes of ${file}`);
        assert.match(await here.text(`${topic.download} -o got --force`), /^wrote /);
        assert.equal(readFileSync(got.path, 'utf8'), 'second');
      });

      it('reads the past, and refuses as the main commands do', async () => {
        const { commit } = await here.json<RegisterResult>('register', `${topic.register} -v 1.0.0`);
        writeFileSync(dir.at('work', file), 'second');
        await here.text(`${topic.register} -v 2.0.0`);
        for (const line of [topic.get, topic.inspect]) {
          assert.equal((await here.json<ShowResult>('show', `${line} --at ${commit}`)).version, '1.0.0');
        }
        assert.ok(!(await here.text(`${topic.list} --at ${commit}`)).includes('2.0.0'));
        assert.equal(
          (await here.json<GetResult>('get', `${topic.download} --at ${commit} -o past`)).ref,
          `${kind}/thing@1.0.0`,
        );
        await here.refuses(13, 'artifact/exists', `${topic.register} -v 1.0.0`);
        await here.refuses(12, 'artifact/not-found', `${topic.get} -v 3.0.0`);
        await here.refuses(12, 'artifact/not-found', `${topic.list} nothing`);
        await here.refuses(2, 'usage/reference', `${topic.inspect} -v latst`);
        await here.refuses(2, 'usage/invalid', `${kind} register thing`);
      });
    });
  }

  describe('a topic without a verb', () => {
    it('shows its verbs', async () => {
      for (const { kind } of TOPICS) {
        const { code, stdout } = await runCli([kind]);
        assert.equal(code, 0);
        for (const verb of ['download', 'get', 'inspect', 'list', 'register'])
          assert.ok(stdout.includes(`${kind} ${verb}`));
      }
    });
  });
});
