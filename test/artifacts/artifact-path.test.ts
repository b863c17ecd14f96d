import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type ArtifactPath,
  artifactFolderOf,
  artifactOfFile,
  containerPath,
  folderPath,
  joinArtifactPath,
  parseArtifactPath,
  parseFolderPath,
} from '../../src/artifacts/artifact-path.js';
import { At1Error } from '../../src/errors.js';
import { throwsCode } from '../helpers/throws-code.js';
import { SCALE } from '../scale.js';

/** Every spelling that led out of a directory in a published weakness of MLflow, and their kin. */
const TRAVERSALS = [
  '',
  '/',
  '//',
  '///',
  '/etc/passwd',
  '.',
  './',
  './a',
  '..',
  '../',
  '../a',
  'a/..',
  'a/../..',
  'a/../../etc/passwd',
  'a//b',
  'a/',
  'a/./b',
  '..\\a',
  'a\\..\\..\\b',
  '\\\\host\\share\\x',
  'C:\\x',
  'C:/x',
  'c:x',
  '%2e%2e/a',
  '%2E%2E/a',
  '.%2e/a',
  '%2e',
  '..%2fa',
  '%2fetc%2fpasswd',
  '%252e%252e/a',
  '%252e%252e%252fa',
  '%25252e%25252e',
  'a%5c..%5cb',
  'a%255cb',
  'a%00b',
  'a%0ab',
  'a\0b',
  'a\nb',
  'a\u0085b',
  'C%3a',
  '\ud800',
  '.at1-ledger',
  '.at1-ledger/000000000001.entry',
  'x/.AT1-Ledger/y',
  '.at1-tmp-x',
];

describe('paths of artifacts', () => {
  it('accept names in any script, and what only looks special', () => {
    for (const path of [
      'a',
      'a.at1',
      'a.at1/b',
      'model/MLmodel',
      'Ä/日本/👨‍👩‍👧.png',
      'e\u0301',
      '\u00e9',
      'a b',
      'a?b#c;d',
      '100%',
      'a%20b',
      '...',
      '..a',
      'a..',
      '.hidden',
      '.git/config',
      'x'.repeat(251),
    ]) {
      assert.equal(parseArtifactPath(path), path);
    }
  });

  it('refuse every way out, encoded however often', async () => {
    for (const path of [...TRAVERSALS, 'x'.repeat(252), 'x/'.repeat(2100), `${'x'.repeat(248)}.at1/y`]) {
      await throwsCode(() => parseArtifactPath(path), 'usage/path');
    }
    await throwsCode(() => parseArtifactPath(`%${'25'.repeat(20)}41`), 'usage/path');
  });

  it('take nothing for the directory itself', () => {
    assert.equal(parseFolderPath(''), undefined);
    assert.equal(parseFolderPath('a'), 'a');
    assert.equal(joinArtifactPath(undefined, 'a/b'), 'a/b');
    assert.equal(joinArtifactPath('x' as ArtifactPath, 'a/b'), 'x/a/b');
  });

  it('become files that no folder of another artifact can be', () => {
    const files = [
      ['a', 'a.at1'],
      ['a.at1', 'a.at1.at1'],
      ['a.at1/b', 'a.at1.dir/b.at1'],
      ['a.at1.dir/b', 'a.at1.dir.dir/b.at1'],
      ['a.dir/b', 'a.dir/b.at1'],
    ] as const;
    for (const [path, file] of files) assert.equal(containerPath(parseArtifactPath(path)), file);
    assert.equal(folderPath(parseArtifactPath('a.at1')), 'a.at1.dir');
    assert.equal(artifactFolderOf('a.at1'), undefined);
    assert.equal(artifactFolderOf('a.at1.dir'), 'a.at1');
    assert.equal(artifactFolderOf('.at1-ledger'), undefined);
    assert.equal(artifactOfFile('.at1'), undefined);
    assert.equal(artifactOfFile('notes.txt'), undefined);
    assert.equal(artifactOfFile('a.at1.at1'), 'a.at1');
  });

  it('are files one to one: what is read from the disk is what was written', () => {
    const part = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
      fc.constantFrom('a', 'a.at1', 'a.at1.dir', 'a.dir', '%41', 'A', 'é', 'e\u0301', '.at1', '.dir'),
    );
    const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    const seen = new Map<string, string>();
    fc.assert(
      fc.property(path, (text) => {
        let parsed: ArtifactPath;
        try {
          parsed = parseArtifactPath(text);
        } catch (error) {
          assert.ok(error instanceof At1Error && error.code === 'usage/path');
          return;
        }
        const file = containerPath(parsed);
        assert.equal(seen.get(file) ?? text, text, `${file} is two artifacts`);
        seen.set(file, text);
        const names = file.split('/');
        const last = artifactOfFile(names.pop() as string);
        assert.equal([...names.map(artifactFolderOf), last].join('/'), text);
        assert.equal(
          names.every((name) => !name.endsWith('.at1')),
          true,
        );
      }),
      { numRuns: SCALE.properties },
    );
  });
});
