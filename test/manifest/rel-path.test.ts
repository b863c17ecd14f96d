import assert from 'node:assert/strict';
import { compareBytes, compareText, utf8 } from '../../src/bytes/text.js';
import { foldPath, parseRelPath } from '../../src/manifest/rel-path.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('paths inside a version', () => {
  it('accepts ordinary names of files, in any script', () => {
    for (const path of [
      'a',
      'a/b.txt',
      'Ä/日本/😀',
      '.gitignore',
      'a b',
      '-x',
      '...',
      'aux.c',
      'ab:c',
      'x.git',
      'p'.repeat(255),
    ]) {
      assert.equal(parseRelPath(path), path);
    }
  });

  it('refuses what could leave, hide, or mean another file elsewhere', async () => {
    const bad = [
      '',
      '/',
      '/a',
      'a/',
      'a//b',
      '.',
      '..',
      'a/..',
      './a',
      'a/./b',
      'a\\b',
      '..\\a',
      'C:',
      'c:/x',
      'C:x',
      '\\\\host\\share',
      'a\0b',
      'a\nb',
      'a\tb',
      'a\rb',
      'a\u007fb',
      'a\u0085b',
      'a\u202eb',
      'a\u200bb',
      '\ufeffa',
      'a\u00adb',
      'a\u0308',
      '\ud800',
      '.git',
      'a/.GIT/hooks',
      'git~1',
      '.git.',
      '.Git . ./config',
      'a/.git:x/b',
      'git~1 ',
      'p'.repeat(256),
      `${'p/'.repeat(2048)}p`,
    ];
    for (const path of bad) await throwsCode(() => parseRelPath(path), 'usage/path');
  });

  it('are sorted by bytes, not by UTF-16 units', () => {
    const paths = ['\uffee', '😀', 'a', 'B', 'a/b', 'a-b'].map(parseRelPath);
    const sorted = [...paths].sort(compareText);
    assert.deepEqual(
      sorted,
      [...paths].sort((a, b) => compareBytes(utf8(a), utf8(b))),
    );
    assert.deepEqual(sorted.slice(-2), ['\uffee', '😀']);
  });

  it('folds what a careless file system takes for one', () => {
    for (const [a, b] of [
      ['A', 'a'],
      ['Ä', 'ä'],
      ['Straße', 'STRASSE'],
      ['STRAẞE', 'straße'],
      ['Σ', 'ς'],
      ['\u212a', 'k'],
    ]) {
      assert.equal(foldPath(a as string), foldPath(b as string));
    }
    assert.notEqual(foldPath('a'), foldPath('ä'));
  });
});
