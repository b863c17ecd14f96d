import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type ConfigEntry, makeConfig, parseConfig, readConfigFile } from '../../src/git/config.js';
import { git, runGit } from '../helpers/git.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

const SAMPLES: readonly string[] = [
  '',
  'x = 1\n[a]b\n',
  '[core]\n\tbare = false\n',
  '\ufeff[core]\nbare\n',
  '[Core]\nBare = YES # comment\n; comment\n[user]name = A  B\t; c\n',
  '[remote "Or\\"i\\\\g.in"]\n url = "a # b"  \n url=c\\\n  d\n',
  '[branch.Old.Style]\n x-Y = "q\\"\\n\\t" z\n',
  '[a]\nb = " lead" mid "trail "\nc =\nd = ""\r\ne = x\r\n',
  '[core] bare = true\n',
  '[a]\nb = x\\',
  '[a]\nb = x \\\r\n',
];

const BROKEN: readonly string[] = [
  '[core\n',
  '[core]\nb = "open\n',
  '[core]\nb = "open\\',
  '[core]\nb = x\\\r',
  '[core]\nb = \\q\n',
  '[core]\n1b = x\n',
  '[core]\nb c\n',
  '[core "x]\n',
];

describe('git config files', () => {
  const temp = useTempDir();

  it('are read as git reads them', () => {
    for (const text of SAMPLES) {
      writeFileSync(temp.at('config'), text);
      const listed = git(temp.path, ['config', '--file', temp.at('config'), '--list', '-z']);
      const ours = parseConfig(text, 'config').map(({ name, value }) =>
        value === undefined ? name : `${name}\n${value}`,
      );
      assert.equal(ours.map((line) => `${line}\0`).join(''), listed, JSON.stringify(text));
    }
  });

  it('are refused where git refuses them, with the line', async () => {
    for (const text of BROKEN) {
      writeFileSync(temp.at('config'), text);
      assert.notEqual(runGit(temp.path, ['config', '--file', temp.at('config'), '--list']).status, 0, text);
      const error = await throwsCode(() => parseConfig(text, 'config'), 'git/unsupported');
      assert.ok(Number(error.facts.line) >= 1);
    }
  });

  it('give the last value, booleans and sub-sections', async () => {
    const config = makeConfig(parseConfig('[A]b=1\n[a]b=2\n[a "X"]c\n[a "y"]c=off\nd=maybe\n', 'config'));
    assert.equal(config.get('a.B'), '2');
    assert.deepEqual(config.all('a.b'), ['1', '2']);
    assert.equal(config.get('a.x.c'), undefined);
    assert.equal(config.boolean('a.X.c'), true);
    assert.equal(config.boolean('a.y.c'), false);
    assert.equal(config.boolean('a.none'), undefined);
    await throwsCode(() => config.boolean('a.y.d'), 'git/unsupported');
    assert.deepEqual(config.subsections('a'), ['X', 'y']);
  });

  it('include others, also on condition of the place', async () => {
    mkdirSync(temp.at('sub'));
    writeFileSync(
      temp.at('config'),
      '[include]path = sub/one\n[includeIf "gitdir:~/projects/"]path = ~/two\n[user]name = last\n',
    );
    writeFileSync(temp.at('sub', 'one'), '[user]name = one\n[include]path = missing\n');
    writeFileSync(temp.at('two'), '[user]email = two\n');
    const read = (gitDir: string): ConfigEntry[] => readConfigFile(temp.at('config'), { home: temp.path, gitDir });
    const inside = makeConfig(read(temp.at('projects', 'x', '.git')));
    assert.deepEqual(inside.all('user.name'), ['one', 'last']);
    assert.equal(inside.get('user.email'), 'two');
    assert.equal(makeConfig(read(temp.at('play', 'x', '.git'))).get('user.email'), undefined);
    writeFileSync(temp.at('loop'), '[include]path = loop\n');
    await throwsCode(() => readConfigFile(temp.at('loop'), { home: undefined, gitDir: undefined }), 'git/unsupported');
  });
});
