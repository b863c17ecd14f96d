/** A file larger than memory should ever be needed for: mostly a hole, as images of disks are, with data here and there. */
import assert from 'node:assert/strict';
import { open, stat } from 'node:fs/promises';
import { randomBytes } from '../helpers/random-bytes.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { operate, sha256OfFile } from './large-file.js';

const GIB = 1024 ** 3;
const SIZE = 5 * GIB;

describe('a file of 5 GiB', () => {
  const temp = useTempDir('suite');

  it('registers, verifies and comes back in less than 400 MiB of memory', async () => {
    const file = await open(temp.at('sparse.img'), 'w');
    for (let at = 0; at < SIZE; at += GIB) await file.write(randomBytes(1 << 20, at / GIB), 0, 1 << 20, at + 12_345);
    await file.truncate(SIZE);
    await file.close();
    await operate('init', temp.path);
    const registered = await operate('register', temp.path, {
      ref: 'data/image@1.0.0',
      paths: [temp.at('sparse.img')],
    });
    assert.equal(registered.result.size, SIZE);
    assert.ok(Number(registered.result.stored) < 64 * 1024 ** 2, 'holes are stored once');
    const verified = await operate('verify', temp.path);
    assert.equal(verified.result.ok, true);
    await operate('get', temp.path, { ref: 'data/image@1.0.0', out: temp.at('out.img') });
    assert.equal((await stat(temp.at('out.img'))).size, SIZE);
    assert.equal(`sha256:${await sha256OfFile(temp.at('out.img'))}`, registered.result.content);
  });
});
