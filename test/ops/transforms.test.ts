/** Weights in a registry: planes, differences to the version before, and what happens when a base is lost. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { get, openRegistry, register, verify } from '../../src/index.js';
import type { FileEntry, Segment } from '../../src/manifest/generated/types.js';
import { objectPath } from '../../src/manifest/layout-of-registry.js';
import { loadState } from '../../src/ops/load-state.js';
import { manifestOf } from '../../src/ops/read-version.js';
import { git } from '../helpers/git.js';
import { normalFloats } from '../helpers/normal-floats.js';
import { ana, environmentOf, HistoryBuilder } from '../helpers/registry-fixture.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

const DEV = join(import.meta.dirname, '..', '..', 'bin', 'dev.ts');
const dir = useTempDir();
let environment: Awaited<ReturnType<typeof environmentOf>>;

beforeEach(async () => {
  const b = await HistoryBuilder.make();
  b.writeTo(dir.at('registry'), await b.commit([], await b.genesis(ana)));
  environment = await environmentOf(dir.at('home'), ana);
});

const open = () => openRegistry({ dir: dir.at('registry'), environment });

/** Three tensors of 64 Ki floats, the n-th of them made from the n-th seed. */
function safetensors(seeds: readonly number[], scale = 1, note = ''): Uint8Array {
  const tensors = seeds.map((seed) => normalFloats(65_536, seed));
  for (const data of tensors) {
    const view = new DataView(data.buffer);
    for (let i = 0; i < data.length; i += 4) view.setFloat32(i, view.getFloat32(i, true) * scale, true);
  }
  const size = 65_536 * 4;
  const places = tensors.map((_, i) => [
    `t${i}`,
    { dtype: 'F32', shape: [256, 256], data_offsets: [i * size, (i + 1) * size] },
  ]);
  const header = JSON.stringify({ __metadata__: { note }, ...Object.fromEntries(places) });
  const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
  const head = new Uint8Array(8);
  new DataView(head.buffer).setBigUint64(0, BigInt(padded.length), true);
  return Buffer.concat([head, Buffer.from(padded), ...tensors]);
}

async function registerBytes(ref: string, bytes: Uint8Array, more: { from?: string } = {}) {
  writeFileSync(dir.at('model.safetensors'), bytes);
  return register(await open(), { ref, paths: [dir.at('model.safetensors')], ...more });
}

async function fileOf(ref: string): Promise<FileEntry> {
  const registry = await open();
  const { state } = await loadState(registry);
  const row = [...state.versions.values()].find((one) => `${one.kind}/${one.name}@${one.version}` === ref);
  const [file] = (await manifestOf(registry, row ?? assert.fail(ref))).files;
  return file ?? assert.fail();
}

async function getBytes(ref: string): Promise<Uint8Array> {
  await get(await open(), { ref, out: dir.at('out'), force: true });
  return readFileSync(dir.at('out'));
}

async function codesOfVerify(): Promise<string[]> {
  const { findings } = await verify(await open());
  return findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

describe('weights in a registry', () => {
  it('are cut at tensors, kept as planes, and come back', async () => {
    const bytes = safetensors([1, 2, 3]);
    await registerBytes('model/m@1.0.0', bytes);
    const { segments = [] } = await fileOf('model/m@1.0.0');
    assert.deepEqual(
      segments.map(({ transform, size }) => [transform, size === 65_536 * 4]),
      [[undefined, false], ...Array.from({ length: 3 }, () => ['planes', true])],
    );
    const stored = segments.reduce((sum, segment) => sum + segment.stored, 0);
    assert.ok(stored < bytes.length / 1.1, `${stored} of ${bytes.length}`);
    assert.deepEqual(Buffer.from(await getBytes('m')), bytes);
    assert.deepEqual(await codesOfVerify(), []);
  });

  it('of which one tensor changed store that tensor, the others once', async () => {
    await registerBytes('model/m@1.0.0', safetensors([1, 2, 3]));
    await registerBytes('model/m@1.1.0', safetensors([1, 9, 3]));
    const [first, second] = [await fileOf('model/m@1.0.0'), await fileOf('model/m@1.1.0')];
    const objects = (file: FileEntry) => file.segments?.map(({ object }) => object) ?? [];
    const shared = objects(second).filter((object) => objects(first).includes(object));
    assert.equal(shared.length, 3, 'the header and two tensors');
  });

  it('that moved a little are kept as the difference to the version before, and to the one before that', async () => {
    const versions = [1, 1 + 1e-5, 1 + 2e-5].map((scale) => safetensors([1, 2, 3], scale));
    for (const [n, bytes] of versions.entries()) await registerBytes(`model/m@1.${n}.0`, bytes);
    const last = await fileOf('model/m@1.2.0');
    assert.deepEqual(
      last.segments?.slice(1).map(({ transform }) => transform),
      ['delta', 'delta', 'delta'],
    );
    assert.equal(last.bases?.length, 6, 'two older forms of each tensor');
    const sizeOf = (list: readonly Segment[] = []) => list.reduce((sum, { stored }) => sum + stored, 0);
    assert.ok(sizeOf(last.segments) < sizeOf((await fileOf('model/m@1.0.0')).segments) / 1.5);
    for (const [n, bytes] of versions.entries()) assert.deepEqual(Buffer.from(await getBytes(`m@1.${n}.0`)), bytes);
    assert.deepEqual(await codesOfVerify(), []);
    git(dir.path, ['clone', '-q', 'registry', 'clone']);
    const clone = await openRegistry({ dir: dir.at('clone'), environment });
    await get(clone, { ref: 'm@1.2.0', out: dir.at('cloned') });
    assert.deepEqual(readFileSync(dir.at('cloned')), versions[2]);
  });

  it('make no chain longer than eight', async () => {
    for (let n = 0; n <= 9; n++) await registerBytes(`model/m@1.${n}.0`, safetensors([1], 1 + n * 1e-5));
    const transforms: unknown[] = [];
    for (let n = 0; n <= 9; n++) transforms.push((await fileOf(`model/m@1.${n}.0`)).segments?.[1]?.transform);
    assert.deepEqual(transforms, ['planes', ...Array.from({ length: 8 }, () => 'delta'), 'planes']);
    assert.deepEqual(Buffer.from(await getBytes('m@1.8.0')), safetensors([1], 1 + 8e-5));
  }).timeout(120_000);

  it('may be near to a version of another name', async () => {
    await registerBytes('model/base@1.0.0', safetensors([1, 2]));
    await registerBytes('model/tuned@1.0.0', safetensors([1, 2], 1 + 1e-5), { from: 'model/base@1.0.0' });
    assert.equal((await fileOf('model/tuned@1.0.0')).bases?.length, 2);
    await throwsCode(
      () => registerBytes('model/other@1.0.0', safetensors([5]), { from: 'model/none' }),
      'artifact/not-found',
    );
  });

  it('whose base is damaged are not given, and verify says where the damage is', async () => {
    await registerBytes('model/m@1.0.0', safetensors([1]));
    await registerBytes('model/m@1.1.0', safetensors([1], 1 + 1e-5));
    const base = (await fileOf('model/m@1.1.0')).bases?.[0] ?? assert.fail();
    const path = dir.at('registry', ...objectPath(base.object).split('/'));
    // The only copy: git's is gone, too.
    const oid = git(dir.at('registry'), ['rev-parse', `HEAD:${objectPath(base.object)}`]).trim();
    rmSync(path, { force: true });
    const loose = dir.at('registry', '.git', 'objects', oid.slice(0, 2), oid.slice(2));
    const kept = readFileSync(loose);
    rmSync(loose);
    await throwsCode(() => getBytes('m@1.1.0'), 'object/missing');
    assert.ok((await codesOfVerify()).includes('object/missing'));
    mkdirSync(dir.at('registry', '.git', 'objects', oid.slice(0, 2)), { recursive: true });
    writeFileSync(loose, kept);
    assert.deepEqual(Buffer.from(await getBytes('m@1.1.0')), safetensors([1], 1 + 1e-5));
  });

  it('whose base is taken back while they are registered are stored without it', async () => {
    const seeds = [1, 2, 3, 4];
    await registerBytes('model/m@1.0.0', safetensors(seeds));
    // Another header, so that nothing but differences leads to the version before.
    const next = safetensors(seeds, 1 + 1e-5, 'next');
    let taken: number | null | undefined;
    const takeBack = (bytes: number) => {
      if (taken !== undefined || bytes < next.length) return;
      const argv = ['--import', 'tsx', DEV, 'unregister', 'model/m@1.0.0', '--registry', dir.at('registry')];
      const { configDir, stateDir, home, signingKey } = environment;
      const env = {
        ...process.env,
        AT1_CONFIG_DIR: configDir,
        AT1_STATE_DIR: stateDir,
        HOME: home,
        AT1_SIGNING_KEY: signingKey,
      };
      taken = spawnSync(process.execPath, argv, { cwd: join(DEV, '..', '..'), env }).status;
    };
    writeFileSync(dir.at('next.safetensors'), next);
    const request = { ref: 'model/m@1.1.0', paths: [dir.at('next.safetensors')] };
    assert.equal((await register(await open(), request, { onProgress: takeBack })).state, 'registered');
    assert.equal(taken, 0);
    assert.deepEqual(await codesOfVerify(), []);
    assert.deepEqual(Buffer.from(await getBytes('m@1.1.0')), next);
  });
});
