/** Every operation of the file layer goes wrong once: killed, full, failing, short; and power cuts in memory. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareBytes, utf8 } from '../../src/bytes/text.js';
import { At1Error } from '../../src/errors.js';
import { type FileSystem, nodeFileSystem } from '../../src/files/file-system.js';
import { TEMP_PREFIX } from '../../src/files/process-mark.js';
import { writeAtomic, writeAtomicBatch } from '../../src/store/atomic.js';
import { readFileBounded } from '../../src/store/read-file.js';
import { CrashFileSystem } from '../helpers/crash-fs.js';
import { type Fault, faultFileSystem, Killed } from '../helpers/fault-fs.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { useTempDir } from '../helpers/temp-dir.js';

const CODES: Partial<Record<Fault, string>> = {
  ENOSPC: 'io/full',
  EDQUOT: 'io/full',
  EROFS: 'io/read-only',
  EIO: 'io/failed',
  EMFILE: 'io/failed',
};

const OLD = utf8('the old content');
const NEW = randomBytes(3000, 1);

describe('writeAtomic under faults', () => {
  const dir = useTempDir();

  for (const exclusive of [false, true]) {
    for (const fault of ['kill', 'short', 'ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EMFILE'] as const) {
      it(`shows nothing torn when ${fault} strikes any step (${exclusive ? 'exclusive' : 'replacing'})`, async () => {
        let step = 0;
        for (; ; step++) {
          const folder = dir.at(String(step));
          mkdirSync(folder);
          const path = join(folder, 'ziel ü');
          if (!exclusive) writeFileSync(path, OLD);
          const faulty = faultFileSystem(nodeFileSystem, step, fault);
          const error = await failure(writeAtomic(path, NEW, { exclusive, fs: faulty.fs }));
          if (faulty.operations.length <= step) break;
          const bytes = await readFileBounded(path, 1e6);
          const isNew = bytes !== undefined && compareBytes(bytes, NEW) === 0;
          if (!isNew) assert.deepEqual(bytes, exclusive ? undefined : OLD, `step ${step}`);
          if (error === undefined) assert.ok(isNew, `acknowledged but not there, step ${step}`);
          else if (fault === 'kill') assert.ok(error instanceof Killed);
          else assert.equal((error as At1Error).code, CODES[fault], String(error));
          const litter = readdirSync(folder).filter((name) => name !== 'ziel ü');
          assert.ok(litter.every((name) => name.startsWith(TEMP_PREFIX)));
          // A live process cleans up, unless the removal itself is what failed.
          const removing = faulty.operations[step]?.startsWith('unlink');
          if (fault !== 'kill' && !removing) assert.deepEqual(litter, [], `step ${step}`);
        }
        assert.ok(step >= 6, `only ${step} steps`);
      });
    }
  }

  it('never reports a failed sync as success, not even at a second try', async () => {
    const path = dir.at('x');
    const probe = faultFileSystem(nodeFileSystem, -1, 'EIO');
    await writeAtomic(path, NEW, { fs: probe.fs });
    const step = probe.operations.findIndex((operation) => operation.startsWith('sync '));
    const faulty = faultFileSystem(nodeFileSystem, step, 'EIO');
    await assert.rejects(writeAtomic(path, NEW, { fs: faulty.fs }), At1Error);
    assert.equal(faulty.operations.filter((operation) => operation.startsWith('sync ')).length, 1);
  });

  it('keeps batches whole: no torn file at any step', async () => {
    const names = ['a', 'b', 'c'];
    let step = 0;
    for (; ; step++) {
      const folder = dir.at(String(step));
      mkdirSync(folder);
      const faulty = faultFileSystem(nodeFileSystem, step, step % 2 === 0 ? 'kill' : 'ENOSPC');
      const files = names.map((name) => ({ path: join(folder, name), source: NEW }));
      const error = await failure(writeAtomicBatch(files, { fs: faulty.fs, concurrency: 2 }));
      if (faulty.operations.length <= step) break;
      const present = readdirSync(folder).filter((name) => !name.startsWith(TEMP_PREFIX));
      for (const name of present) assert.equal(compareBytes(readFileSync(join(folder, name)), NEW), 0);
      if (error === undefined) assert.deepEqual(present, names);
    }
    assert.ok(step > 15);
  });
});

describe('writeAtomic and power cuts', () => {
  it('leaves the old or the new file at every moment, and the new one once it is acknowledged', async () => {
    let states = 0;
    for (const exclusive of [false, true]) {
      for (let step = 0; ; step++) {
        const disk = new CrashFileSystem();
        if (!exclusive) await writeAtomic('/x', OLD, { fs: disk });
        const faulty = faultFileSystem(disk, step, 'kill');
        const error = await failure(writeAtomic('/a/b/x', NEW, { exclusive, parents: true, fs: faulty.fs }));
        const second = error === undefined ? undefined : await failure(writeAtomic('/x', NEW, { fs: faulty.fs }));
        for (let seed = 0; seed < 40; seed++) {
          states++;
          const after = disk.crash(chooser(seed));
          await expectOneOf(after, '/a/b/x', [undefined, NEW]);
          await expectOneOf(after, '/x', exclusive ? [undefined, NEW] : [OLD, NEW]);
          if (error === undefined) await expectOneOf(after, '/a/b/x', [NEW]);
        }
        if (error === undefined || second === undefined) break;
      }
    }
    assert.ok(states > 1000, `${states} states`);
  });

  it('finds the loss when a sync is left out, so the simulation can be trusted', async () => {
    let lost = 0;
    for (let seed = 0; seed < 40; seed++) {
      const disk = new CrashFileSystem();
      await writeAtomic('/x', NEW, { sync: false, fs: disk });
      const bytes = await readFileBounded('/x', 1e6, disk.crash(chooser(seed)));
      if (bytes === undefined || compareBytes(bytes, NEW) !== 0) lost++;
    }
    assert.ok(lost > 10);
  });
});

describe('writeAtomic on a real machine', () => {
  const dir = useTempDir();
  const script = fileURLToPath(new URL('write-child.ts', import.meta.url));

  it('reports a file size limit as io/full and keeps the old file', function () {
    if (process.platform === 'win32') this.skip();
    writeFileSync(dir.at('x'), OLD);
    // Blocks of 1024 bytes in bash; SIGXFSZ is ignored by node, so that the write fails with EFBIG.
    const done = spawnSync('bash', ['-c', 'ulimit -f 4 && exec "$@"', 'bash', ...child(script, dir.at('x'))], {
      encoding: 'utf8',
      env: { ...process.env, TSX_DISABLE_CACHE: '1' },
    });
    assert.equal(done.stdout, 'io/full', done.stderr);
    assert.deepEqual(new Uint8Array(readFileSync(dir.at('x'))), OLD);
    assert.deepEqual(readdirSync(dir.path), ['x']);
  });

  it('reports a folder it may not write as io/read-only and leaves nothing', function () {
    if (process.getuid === undefined) this.skip();
    const folder = dir.at('locked');
    mkdirSync(folder, { mode: 0o555 });
    chmodSync(dir.path, 0o755);
    // root ignores modes, so the child gives its rights away first.
    const [command, ...args] = child(script, join(folder, 'x'), process.getuid() === 0 ? '65534' : '');
    const done = spawnSync(command as string, args, { encoding: 'utf8' });
    assert.equal(done.stdout, 'io/read-only', done.stderr);
    assert.deepEqual(readdirSync(folder), []);
  });
});

function child(script: string, path: string, uid = ''): string[] {
  return [process.execPath, '--import', 'tsx', script, path, uid];
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    return error;
  }
}

async function expectOneOf(fs: FileSystem, path: string, allowed: (Uint8Array | undefined)[]): Promise<void> {
  const bytes = await readFileBounded(path, 1e6, fs);
  const matches = allowed.some((one) =>
    one === undefined || bytes === undefined ? one === bytes : compareBytes(one, bytes) === 0,
  );
  assert.ok(matches, `${path} has ${bytes?.length} bytes`);
}

/** The first two disks are the extremes (nothing or everything survives), the rest is random. */
function chooser(seed: number): (limit: number) => number {
  if (seed === 0) return () => 0;
  if (seed === 1) return (limit) => limit - 1;
  const bytes = randomBytes(4096, seed);
  let at = 0;
  return (limit) => ((bytes[at++ % 4096] as number) * 256 + (bytes[at++ % 4096] as number)) % limit;
}
