import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { parseDigest } from '../../src/digest/digest.js';
import { nodeFileSystem } from '../../src/files/file-system.js';
import { parseOid } from '../../src/git-format/oid.js';
import { parseRegistryId } from '../../src/manifest/registry-id.js';
import { memoryPath, type RegistryMemory, readMemory, writeMemory } from '../../src/store/state-memory.js';
import { faultFileSystem } from '../helpers/fault-fs.js';
import { useTempDir } from '../helpers/temp-dir.js';

describe('the memory outside the repository', () => {
  const dir = useTempDir();
  const id = parseRegistryId('01ARZ3NDEKTSV4RRFFQ69G5FAV');
  const other = parseRegistryId('01ARZ3NDEKTSV4RRFFQ69G5FAW');
  const memory: RegistryMemory = {
    root: parseDigest('a'.repeat(64)),
    trust: 'first-use',
    branches: new Map([
      ['refs/remotes/origin/main', { commit: parseOid('1'.repeat(40)), policyVersion: 3 }],
      ['refs/remotes/büro/main', { commit: parseOid('2'.repeat(40)), policyVersion: 1 }],
    ]),
  };

  it('comes back as it was written, in a file only its owner can read', async () => {
    assert.deepEqual(await readMemory(dir.at('state'), id), { kind: 'absent' });
    assert.deepEqual(await writeMemory(dir.at('state'), id, memory), { kind: 'written' });
    const found = await readMemory(dir.at('state'), id);
    assert.ok(found.kind === 'found');
    assert.equal(found.memory.root, memory.root);
    assert.equal(found.memory.trust, 'first-use');
    assert.deepEqual(new Map(found.memory.branches), new Map([...memory.branches].sort()));
    if (process.platform !== 'win32') {
      assert.equal((await stat(memoryPath(dir.at('state'), id))).mode & 0o777, 0o600);
      assert.equal((await stat(dir.at('state'))).mode & 0o777, 0o700);
    }
    assert.deepEqual(await readMemory(dir.at('state'), other), { kind: 'absent' });
  });

  it('writes the same text whatever the order of the branches', async () => {
    await writeMemory(dir.path, id, memory);
    const text = await readFile(memoryPath(dir.path, id), 'utf8');
    await writeMemory(dir.path, id, { ...memory, branches: new Map([...memory.branches].reverse()) });
    assert.equal(await readFile(memoryPath(dir.path, id), 'utf8'), text);
  });

  it('says that a damaged memory is damaged, and replaces it', async () => {
    await writeMemory(dir.path, id, memory);
    const path = memoryPath(dir.path, id);
    const written = await readFile(path, 'utf8');
    // As memories of before have none: what follows must be seen without it.
    const good = written.replace(/,\n {2}"sum": "[0-9a-f]{64}"/, '');
    await writeFile(path, good);
    assert.equal((await readMemory(dir.path, id)).kind, 'found');
    const broken = [
      written.replace('origin/main', 'origin/mail'),
      written.replace(/"sum": "./, '"sum": "x'),
      good.replace('origin/main"', '$&, "sum": ""'),
      '',
      '{}',
      'null',
      '[]',
      'not json',
      good.slice(0, -20),
      good.replace('"version": 1', '"version": 2'),
      good.replace(id, other),
      good.replace('first-use', 'blind'),
      good.replace('"a', '"A'),
      good.replaceAll('büro', 'origin'),
      good.replace('"policyVersion": 3', '"policyVersion": 0.5'),
      good.replace('1'.repeat(40), '1'.repeat(39)),
      good.replace('"trust"', '"extra": 1,\n  "trust"'),
      good.replace('"branches": [', '"branches": 3, "x": ['),
      ' '.repeat(2 * 1024 * 1024),
    ];
    for (const text of broken) {
      await writeFile(path, text);
      const found = await readMemory(dir.path, id);
      assert.equal(found.kind, 'damaged', text.slice(0, 200));
      assert.ok(found.kind === 'damaged' && found.path === path && found.message !== '');
    }
    await writeFile(path, Buffer.from([0xff, 0xfe]));
    assert.equal((await readMemory(dir.path, id)).kind, 'damaged');
    assert.equal((await writeMemory(dir.path, id, memory)).kind, 'written');
    assert.equal((await readMemory(dir.path, id)).kind, 'found');
  });

  it('never crashes on any text', async () => {
    const path = memoryPath(dir.path, id);
    await mkdir(dirname(path));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
        await writeFile(path, text);
        assert.equal((await readMemory(dir.path, id)).kind, 'damaged');
      }),
      { numRuns: 50 },
    );
  });

  it('says when it cannot be kept, and leaves the old one', async () => {
    await writeFile(dir.at('file'), '');
    const under = await writeMemory(dir.at('file', 'state'), id, memory);
    assert.ok(under.kind === 'unwritable' && under.code === 'trust/state-unwritable');
    await writeMemory(dir.path, id, memory);
    const later = { ...memory, trust: 'pinned' as const };
    for (let step = 0; ; step++) {
      const faulty = faultFileSystem(nodeFileSystem, step, 'ENOSPC');
      const result = await writeMemory(dir.path, id, later, faulty.fs);
      if (faulty.operations.length <= step) break;
      if (result.kind === 'unwritable') assert.equal((await readMemory(dir.path, id)).kind, 'found');
    }
    assert.deepEqual(await readdir(dir.at('registries')), [`${id}.json`]);
  });

  it('does not follow a link', async () => {
    const path = memoryPath(dir.path, id);
    await writeMemory(dir.path, id, memory);
    await rm(path);
    await symlink('/etc/hostname', path);
    assert.equal((await readMemory(dir.path, id)).kind, 'damaged');
    assert.equal((await writeMemory(dir.path, id, memory)).kind, 'unwritable');
  });
});
