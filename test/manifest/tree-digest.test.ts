import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compareText, utf8 } from '../../src/bytes/text.js';
import { digestOf } from '../../src/digest/digest.js';
import { parseRelPath } from '../../src/manifest/rel-path.js';
import { canonicalListing, treeDigest } from '../../src/manifest/tree-digest.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { signingEngines } from '../helpers/test-engines.js';

/** The program whose output the listing must equal. */
const ORACLE = 'sha256sum';
const sha256 = (text: string) => digestOf(signingEngines.sha256(utf8(text)));

describe('the canonical listing', () => {
  const temp = useTempDir();

  it('is what sha256sum prints for the files in byte order', () => {
    const paths = ['b.txt', 'a/z', 'a-b', 'a b', 'a/y/x', '😀', '\uffee', 'Ä', '*star', '"q"', "it's"];
    for (const path of paths) {
      mkdirSync(dirname(temp.at(path)), { recursive: true });
      writeFileSync(temp.at(path), `content of ${path}`);
    }
    const sorted = [...paths].sort(compareText);
    const printed = execFileSync(ORACLE, ['--', ...sorted], { cwd: temp.path, encoding: 'utf8' });
    const files = paths.map((path) => ({ path: parseRelPath(path), sha256: sha256(`content of ${path}`) }));
    assert.equal(canonicalListing(files), printed);
    writeFileSync(join(temp.path, 'listing'), printed);
    const whole = execFileSync(ORACLE, ['listing'], { cwd: temp.path, encoding: 'utf8' }).slice(0, 64);
    assert.equal(treeDigest(files, [], signingEngines), whole);
  });

  it('adds executables and then empty directories, each in byte order', () => {
    const file = (path: string, executable?: boolean) => ({
      path: parseRelPath(path),
      sha256: sha256(path),
      executable,
    });
    const listing = canonicalListing(
      [file('b', true), file('c'), file('a', true)],
      [parseRelPath('z/y'), parseRelPath('x')],
    );
    assert.equal(
      listing,
      `${sha256('a')}  a\n${sha256('b')}  b\n${sha256('c')}  c\nexecutable  a\nexecutable  b\ndirectory  x\ndirectory  z/y\n`,
    );
  });
});
