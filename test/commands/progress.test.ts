/** Progress: bytes and rate on a terminal, silence elsewhere. */
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { createProgress, progressLine } from '../../commands/progress.js';

function run(isTTY: boolean, quiet = false): string {
  const stderr = Object.assign(new PassThrough(), { isTTY, columns: 60 });
  let time = 0;
  const now = (): Date => new Date(++time * 1000);
  const progress = createProgress({ stderr, now }, { label: 'model.bin', total: 4 * 2 ** 20, quiet });
  progress.add(2 ** 20);
  progress.label('other\u001B.bin');
  progress.done();
  return String(stderr.read() ?? '');
}

describe('progress', () => {
  it('says nothing where no terminal is, or under --quiet', () => {
    assert.deepEqual([run(false), run(true, true)], ['', '']);
  });

  it('shows label, bytes, share and rate, and leaves an empty line', () => {
    const clear = '\r\u001B[2K';
    const [, first, second, last] = run(true).split(clear);
    assert.equal(first, 'model.bin  1 MiB of 4 MiB (25%), 1 MiB/s');
    assert.equal(second, 'other\\x1b.bin  1 MiB of 4 MiB (25%), 512 KiB/s');
    assert.equal(last, '');
  });

  it('cuts a long label from its start, so that a line never wraps', () => {
    const line = progressLine(`${'a/'.repeat(100)}end.bin`, 2048, undefined, 0, 40);
    assert.ok(line.length < 40 && line.includes('end.bin  2 KiB'), line);
    assert.equal(progressLine('label', 2048, undefined, 0, 4), '2 KiB');
  });
});
