/** Which ledger governs a directory, and that nobody can slip another one under it. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { findLedgerHome } from '../../src/store/ledger-home.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('the ledger of an artifact directory', () => {
  const dir = useTempDir();
  const make = (...parts: string[]) => mkdirSync(dir.at(...parts), { recursive: true });

  it('is that of the directory, which may not be there yet', async () => {
    assert.deepEqual(await findLedgerHome(dir.at('a/b')), { dir: dir.at('a/b'), prefix: undefined, exists: false });
    make('a/b/.at1-ledger');
    assert.deepEqual(await findLedgerHome(dir.at('a/b/')), { dir: dir.at('a/b'), prefix: undefined, exists: true });
  });

  it('is the topmost above it, whatever lies further down', async () => {
    make('a/.at1-ledger');
    make('a/b/c.at1.dir/.at1-ledger');
    const found = { dir: dir.at('a'), prefix: 'b/c.at1', exists: true };
    assert.deepEqual(await findLedgerHome(dir.at('a/b/c.at1.dir')), found);
    assert.deepEqual(await findLedgerHome(dir.at('a/b')), { ...found, prefix: 'b' });
  });

  it('is not looked for where everybody may write', async () => {
    make('open/.at1-ledger');
    make('open/mine');
    chmodSync(dir.at('open'), 0o1777);
    assert.deepEqual(await findLedgerHome(dir.at('open/mine')), {
      dir: dir.at('open/mine'),
      prefix: undefined,
      exists: false,
    });
    // Nor above such a folder; which directory is asked for is one's own choice.
    make('.at1-ledger');
    assert.equal((await findLedgerHome(dir.at('open/mine'))).exists, false);
    assert.deepEqual(await findLedgerHome(dir.at('open')), { dir: dir.path, prefix: 'open', exists: true });
  });

  it('is found through links on the way to the directory', async () => {
    make('real/in');
    make('real/.at1-ledger');
    symlinkSync(dir.at('real'), dir.at('link'));
    assert.deepEqual(await findLedgerHome(dir.at('link/in')), { dir: dir.at('real'), prefix: 'in', exists: true });
  });

  it('is no link and no file, wherever it would be the one that counts', async () => {
    make('a/b');
    make('elsewhere');
    const ledger = dir.at('a/.at1-ledger');
    for (const target of ['elsewhere', 'nowhere']) {
      symlinkSync(dir.at(target), ledger);
      for (const root of ['a', 'a/b']) await throwsCode(() => findLedgerHome(dir.at(root)), 'io/unsafe-path');
      rmSync(ledger);
    }
    writeFileSync(ledger, '');
    for (const root of ['a', 'a/b']) await throwsCode(() => findLedgerHome(dir.at(root)), 'io/unsafe-path');
    rmSync(ledger);
    // Further down it has no say, as a ledger there has none.
    make('a/.at1-ledger');
    writeFileSync(dir.at('a/b/.at1-ledger'), '');
    assert.deepEqual(await findLedgerHome(dir.at('a/b')), { dir: dir.at('a'), prefix: 'b', exists: true });
  });

  it('is where it was seen before, even if it is gone', async () => {
    make('a/b/.at1-ledger');
    const seen = (path: string) => path === dir.at('a');
    assert.deepEqual(await findLedgerHome(dir.at('a/b'), seen), { dir: dir.at('a'), prefix: 'b', exists: true });
    assert.deepEqual(await findLedgerHome(dir.at('a'), seen), { dir: dir.at('a'), prefix: undefined, exists: true });
  });

  it('has no relative directory, nor one whose name no artifact can have', async () => {
    await throwsCode(() => findLedgerHome('a'), 'usage/path');
    make('a/.at1-ledger');
    make('a/x.at1');
    await throwsCode(() => findLedgerHome(dir.at('a/x.at1')), 'usage/path');
  });
});
