import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { type ConfigEntry, makeConfig, parseConfig, readConfigFile } from '../../src/git/config.js';
import { globMatches } from '../../src/git/glob.js';
import { git, runGit } from '../helpers/git.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';
import { within } from '../helpers/time-limit.js';

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

  it('are read at once, whatever the pattern of a place', async () => {
    const gitDir = `/${'a/'.repeat(100)}.git`;
    const entries = ['*'.repeat(34), '*a'.repeat(40), '**/'.repeat(34), '**a'.repeat(34), '*?'.repeat(50)].map(
      (pattern) => `[includeIf "gitdir:${pattern}ZZ"]path = x\n`,
    );
    writeFileSync(temp.at('config'), entries.join(''));
    const found = await within(1_000, () => readConfigFile(temp.at('config'), { home: undefined, gitDir }));
    assert.equal(found.length, entries.length);
  });

  it('match places as a regular expression would', () => {
    const piece = fc.constantFrom('*', '**', '**/', '***', '?', '/', 'a', 'A', 'b', '.', '\n', 'k', '\u212a', 'ß', 'ſ');
    const text = (maxLength: number) => fc.array(piece, { maxLength }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text(6), text(8), fc.boolean(), (pattern, path, ignoreCase) => {
        assert.equal(globMatches(pattern, path, ignoreCase), slowlyMatches(pattern, path, ignoreCase));
      }),
    );
  });

  it('match places as git does', () => {
    mkdirSync(temp.at('One', 'two', 'three'), { recursive: true });
    git(temp.at('One', 'two', 'three'), ['init', '--quiet']);
    const gitDir = temp.at('One', 'two', 'three', '.git');
    const patterns = [
      'three/',
      'One/**/.git',
      'One/*/.git',
      'One/*/*/.git',
      'one/**',
      'O?e/t*/**',
      'One/***/.git',
      '**ee/',
    ];
    for (const condition of patterns.flatMap((pattern) => [`gitdir:${pattern}`, `gitdir/i:${pattern}`])) {
      writeFileSync(temp.at('main'), `[includeIf "${condition}"]path = ${temp.at('more')}\n`);
      writeFileSync(temp.at('more'), '[user]name = found\n');
      const theirs = runGit(temp.path, [
        '--git-dir',
        gitDir,
        'config',
        '--includes',
        '--file',
        temp.at('main'),
        'user.name',
      ]);
      const ours = makeConfig(readConfigFile(temp.at('main'), { home: undefined, gitDir })).get('user.name');
      assert.equal(ours, theirs.status === 0 ? 'found' : undefined, condition);
    }
  });
});

function slowlyMatches(pattern: string, path: string, ignoreCase: boolean): boolean {
  const source = pattern
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => {
      if (part === '**/') return '(?:.*/)?';
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      if (part === '?') return '[^/]';
      return part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}$`, ignoreCase ? 'is' : 's').test(path);
}
