/** The files of a ledger: one chain whoever writes, and what is missing or other than it was is noticed. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { parseArtifactPath } from '../../src/artifacts/artifact-path.js';
import { type Change, parseEntry } from '../../src/artifacts/ledger-entry.js';
import { Ledger } from '../../src/store/ledger.js';
import { refusingAt } from '../helpers/changes.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { signingEngines } from '../helpers/test-engines.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('a ledger on the disk', () => {
  const dir = useTempDir();
  const open = () => new Ledger(dir.path, signingEngines.sha256);
  const gone = (path: string): Change => ({ op: 'delete', path: parseArtifactPath(path) });
  const append = (ledger: Ledger, path: string) =>
    ledger.append({ plan: () => [gone(path)], time: () => '2026-11-29T05:40:00Z', sign: async () => undefined });
  const entry = (sequence: number) => dir.at('.at1-ledger', `${String(sequence).padStart(12, '0')}.entry`);

  it('is one chain, with fifty writers at once', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, i) => append(open(), `w${i}`)));
    const { sequence } = await open().read();
    assert.equal(sequence, 50);
    const paths = new Set<string>();
    for (let i = 1; i <= 50; i++) for (const { path } of parseEntry(readFileSync(entry(i))).changes) paths.add(path);
    assert.equal(paths.size, 50);
    assert.deepEqual(
      readdirSync(dir.at('.at1-ledger')).filter((name) => !name.endsWith('.entry')),
      [],
    );
  });

  it('goes on where the file system has no hard links', async () => {
    await append(open(), 'a');
    let step = 0;
    // The link is some step of it: it is refused in turn with all others, which fail or not.
    for (; step < 12; step++)
      await refusingAt(step, 'ENOTSUP', () => append(open(), `s${step}`)).catch(() => undefined);
    const { sequence } = await open().read();
    assert.ok(sequence >= 2, `${sequence} entries`);
    await append(open(), 'last');
    assert.equal((await open().read()).sequence, sequence + 1);
  });

  it('has no entry where nothing changes', async () => {
    const ledger = open();
    assert.deepEqual(await ledger.append({ plan: () => [], time: () => '', sign: async () => undefined }), []);
    assert.equal((await ledger.read()).sequence, 0);
  });

  it('notices what is missing or was changed, when opened and while open', async () => {
    const ledger = open();
    for (const path of ['a', 'b', 'c']) await append(ledger, path);
    const [second, third] = [readFileSync(entry(2)), readFileSync(entry(3))];
    rmSync(entry(3));
    await throwsCode(() => ledger.read(), 'ledger/broken');
    await throwsCode(() => append(ledger, 'd'), 'ledger/broken');
    // The same bytes again are the same entry.
    writeFileSync(entry(3), third);
    assert.equal((await ledger.read()).sequence, 3);
    writeFileSync(entry(3), String(third).replace('"path":"c"', '"path":"x"'));
    await throwsCode(() => ledger.read(), 'ledger/broken');
    writeFileSync(entry(3), third);
    writeFileSync(entry(2), String(second).replace('"path":"b"', '"path":"x"'));
    await throwsCode(() => open().read(), 'ledger/broken');
    rmSync(entry(2));
    await throwsCode(() => open().read(), 'ledger/broken');
  });

  it('is not begun anew where it was seen and is gone', async () => {
    const ledger = open();
    await append(ledger, 'a');
    renameSync(dir.at('.at1-ledger'), dir.at('aside'));
    await throwsCode(() => ledger.read(), 'ledger/broken');
    await throwsCode(() => append(ledger, 'b'), 'ledger/broken');
    assert.equal(existsSync(dir.at('.at1-ledger')), false);
  });

  it('is not read or written through a link', async () => {
    const ledger = open();
    await append(ledger, 'a');
    renameSync(dir.at('.at1-ledger'), dir.at('aside'));
    symlinkSync(dir.at('aside'), dir.at('.at1-ledger'));
    for (const one of [ledger, open()]) {
      await throwsCode(() => one.read(), 'io/unsafe-path');
      await throwsCode(() => append(one, 'b'), 'io/unsafe-path');
    }
    assert.deepEqual(readdirSync(dir.at('aside')), ['000000000001.entry']);
  });
});
