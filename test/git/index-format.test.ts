import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { invalidateTrees } from '../../src/git/index-cache-tree.js';
import { changeIndex, EMPTY_INDEX, type IndexChanges, nameOf, parseIndex } from '../../src/git/index-format.js';
import type { Oid } from '../../src/git-format/oid.js';
import { git } from '../helpers/git.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';
import { decode, encode, makeRepository, openWriting } from './writing.js';

const OID = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391' as Oid;
const entry = { oid: OID, executable: false, stat: undefined, skipWorktree: false };

describe("git's index", () => {
  const dir = useTempDir();
  beforeEach(() => makeRepository(dir.path));

  const place = (path: string, text: string) => {
    mkdirSync(join(dir.path, path, '..'), { recursive: true });
    writeFileSync(dir.at(path), text);
  };
  const readIndex = () => parseIndex(new Uint8Array(readFileSync(dir.at('.git/index'))));
  const names = (bytes: Uint8Array) => {
    const index = parseIndex(bytes);
    return index.starts.slice(1).map((_, i) => decode(nameOf(index, i)));
  };
  const change = (changes: IndexChanges) => writeFileSync(dir.at('.git/index'), changeIndex(readIndex(), changes));

  it('is written back byte for byte where nothing changes, but for the cached root folder', () => {
    for (const path of ['a', 'b/c', 'b/d/e', 'z']) place(path, path);
    git(dir.path, ['add', '-A']);
    const before = readFileSync(dir.at('.git/index'));
    assert.equal(Buffer.compare(changeIndex(readIndex(), new Map()), before), 0);
  });

  it('holds what is put in, sorted by bytes, for any names', () => {
    const part = fc.stringMatching(/^[a-z0-9é._-]{1,12}$/).filter((text) => text !== '.' && text !== '..');
    fc.assert(
      fc.property(fc.uniqueArray(part, { maxLength: 30 }), fc.uniqueArray(part, { maxLength: 30 }), (one, two) => {
        const first = changeIndex(EMPTY_INDEX, new Map(one.map((name) => [`x/${name}`, entry])));
        const gone = one.filter((_, i) => i % 2 === 0);
        const changes: [string, typeof entry | null][] = [
          ...gone.map((name): [string, null] => [`x/${name}`, null]),
          ...two.map((name): [string, typeof entry] => [`x/${name}`, entry]),
        ];
        const second = changeIndex(parseIndex(first), new Map(changes));
        const expected = new Set([...one.filter((name) => !gone.includes(name)), ...two].map((name) => `x/${name}`));
        const sorted = [...expected].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        assert.deepEqual(names(second), sorted);
      }),
    );
  });

  it('takes names longer than the length field', () => {
    const long = `x/${'n'.repeat(5000)}`;
    const first = changeIndex(
      EMPTY_INDEX,
      new Map([
        [long, entry],
        ['a', entry],
      ]),
    );
    assert.deepEqual(names(first), ['a', long]);
    writeFileSync(dir.at('.git/index'), first);
    assert.equal(git(dir.path, ['ls-files']), `a\n${long}`);
  });

  it('keeps flags, stages and intent to add of other entries, in every version', () => {
    for (const version of ['2', '3', '4']) {
      for (const path of ['a', 'assumed', 'skipped']) place(path, path);
      git(dir.path, ['add', '-A']);
      git(dir.path, ['update-index', '--assume-unchanged', 'assumed']);
      git(dir.path, ['update-index', '--skip-worktree', 'skipped']);
      place('intended', 'x');
      git(dir.path, ['add', '-N', 'intended']);
      const conflict = [1, 2, 3].map((stage) => `100644 ${OID} ${stage}\tconflict\n`).join('');
      git(dir.path, ['update-index', '--index-info'], { input: conflict });
      git(dir.path, ['update-index', '--index-version', version]);
      const state = () => [git(dir.path, ['ls-files', '-s', '-t', '-v']), git(dir.path, ['ls-files', '-t'])];
      const before = state();
      change(new Map([['ours', entry]]));
      change(new Map([['ours', null]]));
      assert.deepEqual(state(), before, `version ${version}`);
    }
  });

  it('resolves a conflict at one of our paths', () => {
    const conflict = [1, 2, 3].map((stage) => `100644 ${OID} ${stage}\tours\n`).join('');
    git(dir.path, ['update-index', '--index-info'], { input: conflict });
    change(new Map([['ours', entry]]));
    assert.equal(git(dir.path, ['ls-files', '-s']), `100644 ${OID} 0\tours`);
  });

  it('refuses mandatory extensions, other versions and damage', async () => {
    place('a', 'x');
    git(dir.path, ['add', 'a']);
    const whole = new Uint8Array(readFileSync(dir.at('.git/index')));
    for (let at = 0; at < whole.length; at++) {
      const flipped = whole.slice();
      flipped[at] = (flipped[at] as number) ^ 1;
      await throwsCode(() => parseIndex(flipped), 'git/index-unsupported');
    }
    for (let end = 0; end < whole.length; end += 7) {
      await throwsCode(() => parseIndex(whole.subarray(0, end)), 'git/index-unsupported');
    }
    git(dir.path, ['update-index', '--split-index']);
    const error = await throwsCode(readIndex, 'git/index-unsupported');
    assert.equal(error.facts.extension, 'link');
  });

  it('never crashes on any bytes that claim to be an index without checksum', () => {
    const head = [...encode('DIRC'), 0, 0, 0];
    fc.assert(
      fc.property(fc.constantFrom(2, 3, 4), fc.uint8Array({ maxLength: 300 }), (version, rest) => {
        const bytes = Uint8Array.from([...head, version, 0, 0, 0, 2, ...rest, ...new Uint8Array(20)]);
        try {
          parseIndex(bytes);
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'git/index-unsupported', String(error));
        }
      }),
    );
  });

  it('marks only the folders above a change as unknown in the cache of folder ids', () => {
    for (const path of ['a/b/c', 'a/d', 'e/f']) place(path, path);
    git(dir.path, ['add', '-A']);
    git(dir.path, ['commit', '-qm', 'x']);
    const tree = readIndex().extensions.find(({ name }) => name === 'TREE')?.bytes ?? new Uint8Array(0);
    const after = decode(invalidateTrees(tree, ['a/b/new']) ?? new Uint8Array(0));
    assert.ok(after.startsWith('\0-1 2\n'));
    assert.match(after, /a\0-1 1\nb\0-1 0\n/);
    assert.match(after, /e\x001 0\n/);
    assert.equal(invalidateTrees(encode('nonsense'), ['x']), undefined);
    assert.equal(invalidateTrees(encode('\0-1 5\n'), ['x']), undefined);
    place('a/b/new', '');
    git(dir.path, ['hash-object', '-w', 'a/b/new']);
    change(new Map([['a/b/new', entry]]));
    git(dir.path, ['commit', '-qm', 'y']);
    assert.equal(git(dir.path, ['ls-tree', '-r', '--name-only', 'HEAD']), 'a/b/c\na/b/new\na/d\ne/f');
    assert.equal(git(dir.path, ['fsck', '--strict']), '');
  });

  it('does not hide a change made in the same second as the index before it', async () => {
    place('racy', 'one\n');
    place('calm', 'one\n');
    const then = new Date(Math.floor(Date.now() / 1000) * 1000 - 5000);
    utimesSync(dir.at('racy'), then, then);
    git(dir.path, ['add', '-A']);
    git(dir.path, ['commit', '-qm', 'x']);
    // The index is as old as the file, and the file is changed within that second without changing its size.
    utimesSync(dir.at('.git/index'), then, then);
    writeFileSync(dir.at('racy'), 'two\n');
    utimesSync(dir.at('racy'), then, then);
    const repo = await openWriting(dir.path);
    await repo.commit({ ours: 'x' });
    assert.equal(git(dir.path, ['diff', '--name-only', '--', 'racy', 'calm']), 'racy');
    assert.ok(statSync(dir.at('.git/index')).mtimeMs > then.getTime());
  });
});
