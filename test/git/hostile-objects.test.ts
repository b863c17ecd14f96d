/** Objects that lie about their size, or cost more to unpack than anybody should pay for one of them. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { GitReader } from '../../src/git/reader.js';
import { openRepository } from '../../src/git/repository.js';
import { hashObject, type Oid } from '../../src/git-format/oid.js';
import { readSmallBlob } from '../../src/git-format/read-object.js';
import {
  copyFrom,
  deltaOf,
  type ForgedEntry,
  insert,
  KIND,
  offsetDelta,
  plainEntry,
  writePack,
} from '../../testing/pack-forge.js';
import { sha1 } from '../git-format/oracle.js';
import { git } from '../helpers/git.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';
import { within } from '../helpers/time-limit.js';

const MIB = 1024 * 1024;
const CONTENT = utf8('a small document\n');
const OID = hashObject('blob', CONTENT, sha1);

describe('an object that is not what it costs', () => {
  const dir = useTempDir();
  let objects: string;

  beforeEach(() => {
    git(dir.path, ['init', '--quiet']);
    objects = dir.at('.git', 'objects');
  });

  const reader = async () => new GitReader(await openRepository(dir.path));

  function loose(oid: Oid, inflated: Uint8Array): void {
    mkdirSync(join(objects, oid.slice(0, 2)), { recursive: true });
    writeFileSync(join(objects, oid.slice(0, 2), oid.slice(2)), deflateSync(inflated));
  }

  /** `depth` times all of `size` bytes again, then the content. */
  function chain(size: number, depth: number): ForgedEntry[] {
    const copies: Uint8Array[] = [];
    for (let at = 0; at < size; at += 0xffff00) copies.push(copyFrom(at, Math.min(0xffff00, size - at)));
    let last = plainEntry(KIND.blob, new Uint8Array(size));
    const entries: ForgedEntry[] = [{ bytes: last }];
    for (let i = 0; i < depth; i++) {
      last = offsetDelta(last.length, deltaOf(size, size, ...copies));
      entries.push({ bytes: last });
    }
    const end = offsetDelta(last.length, deltaOf(size, CONTENT.length, insert(CONTENT)));
    return [...entries, { oid: OID, bytes: end }];
  }

  it('is refused where a chain of deltas makes megabytes for a few bytes, and at once the second time', async () => {
    writePack(objects, chain(60 * MIB, 4000));
    const hostile = await reader();
    assert.equal((await throwsCode(() => hostile.read(OID), 'git/invalid-object')).facts.damaged, true);
    await within(1_000, async () => {
      for (let times = 0; times < 100; times++) await throwsCode(() => hostile.read(OID), 'git/invalid-object');
    });
    assert.equal(hostile.has(OID), true);
  });

  it('is read where the chain is one that git makes', async () => {
    writePack(objects, chain(MIB, 50));
    assert.deepEqual((await (await reader()).read(OID)).bytes, CONTENT);
    assert.equal(git(dir.path, ['cat-file', 'blob', OID]), 'a small document');
  });

  for (const size of [5000n, 60n * BigInt(MIB), 2n ** 62n]) {
    it(`is damaged, not too large, where it declares ${size} bytes it does not have`, async () => {
      writePack(objects, [{ oid: OID, bytes: plainEntry(KIND.blob, CONTENT, size) }]);
      await throwsCode(async () => readSmallBlob(await reader(), OID, 4096), 'git/invalid-object');
      await throwsCode(async () => (await reader()).read(OID), 'git/invalid-object');
    });
  }

  it('is damaged, not too large, where a loose one declares bytes it does not have', async () => {
    loose(OID, utf8(`blob 5000\0${new TextDecoder().decode(CONTENT)}`));
    await throwsCode(async () => readSmallBlob(await reader(), OID, 4096), 'git/invalid-object');
  });

  it('is too large where it is, packed or loose', async () => {
    const large = new Uint8Array(5 * MIB).fill(7);
    const oid = hashObject('blob', large, sha1);
    writePack(objects, [{ oid, bytes: plainEntry(KIND.blob, large) }]);
    const small = utf8('x'.repeat(5000));
    const looseOid = hashObject('blob', small, sha1);
    loose(looseOid, concatBytes([utf8('blob 5000\0'), small]));
    for (const one of [oid, looseOid]) {
      await throwsCode(async () => readSmallBlob(await reader(), one, 4096), 'document/too-large');
    }
    assert.deepEqual((await (await reader()).read(oid)).bytes, large);
  });

  it('is a file, or nothing is waited for', async function () {
    if (process.platform === 'win32') this.skip();
    mkdirSync(join(objects, OID.slice(0, 2)), { recursive: true });
    execFileSync('mkfifo', [join(objects, OID.slice(0, 2), OID.slice(2))]);
    await throwsCode(async () => (await reader()).read(OID), 'git/invalid-object');
  });

  it('is looked for in an index of the length its own count allows', async () => {
    const entry = { oid: OID, bytes: plainEntry(KIND.blob, CONTENT) };
    const path = writePack(objects, [entry]);
    truncateSync(`${path}.idx`, 3 * 1024 * MIB);
    assert.match((await throwsCode(async () => (await reader()).read(OID), 'git/invalid-object')).message, /longer/);
  });
});
