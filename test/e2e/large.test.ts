/** A file of 256 MiB that does not compress: it comes back, and memory stays flat. Larger ones are in the slow test. */
import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
import { randomStream } from '../helpers/random-bytes.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { operate, sha256OfFile } from './large-file.js';

const SIZE = 256 * 1024 * 1024;

describe('a large file', () => {
  const temp = useTempDir('suite');

  it('registers, verifies and comes back in less than 400 MiB of memory', async function () {
    this.timeout(180_000);
    const file = await open(temp.at('large.bin'), 'w');
    for await (const piece of randomStream(SIZE, 11)) await file.write(piece);
    await file.close();
    await operate('init', temp.path);
    const request = { ref: 'data/large@1.0.0', paths: [temp.at('large.bin')] };
    const registered = await operate('register', temp.path, request);
    assert.equal(registered.result.size, SIZE);
    const verified = await operate('verify', temp.path);
    assert.deepEqual(verified.result.findings, []);
    await operate('get', temp.path, { ref: 'data/large@1.0.0', out: temp.at('out.bin') });
    assert.equal(`sha256:${await sha256OfFile(temp.at('out.bin'))}`, registered.result.content);
    assert.equal(await sha256OfFile(temp.at('large.bin')), await sha256OfFile(temp.at('out.bin')));
  });
});
