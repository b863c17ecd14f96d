/** A thread that helps `verify`: with it, without it and with a broken one the result is the same. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Oid } from '../../src/git-format/oid.js';
import { openRegistry, tag, type VerifyResult, verify } from '../../src/index.js';
import { type FromThread, type Opening, VerifyBeside } from '../../src/ops/verify-beside.js';
import { codesOf } from '../helpers/fold-results.js';
import { git } from '../helpers/git.js';
import { ana, bo, environmentOf, eve, HistoryBuilder } from '../helpers/registry-fixture.js';
import { useTempDir } from '../helpers/temp-dir.js';

const dir = useTempDir();
const repository = () => dir.at('registry');
let b: HistoryBuilder;
let root: Oid;
let tip: Oid;
let environment: Awaited<ReturnType<typeof environmentOf>>;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  root = await b.commit([], await b.genesis(ana, { principals: [ana, bo] }));
  tip = await b.commit([root], await b.version('model/good@1.0.0'));
  environment = await environmentOf(dir.at('home'), ana);
});

const open = (at?: string) => openRegistry({ dir: repository(), environment, at });

interface Told {
  readonly result: VerifyResult;
  readonly progress: readonly number[];
}

async function told(options: Parameters<typeof verify>[2], ref?: string, at?: string): Promise<Told> {
  const progress: number[] = [];
  const result = await verify(await open(at), { ref, onProgress: (bytes) => progress.push(bytes) }, options);
  return { result, progress };
}

/** What the thread said at its end, and the result: the same as without a thread. */
async function verifiedBeside(ref?: string, at?: string) {
  await told({}, ref, at);
  const alone = await told({}, ref, at);
  let end: Extract<FromThread, { kind: 'end' }> | undefined;
  const start = (opening: Opening): Worker => {
    const worker = startFromSource(opening);
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'end') end = message;
    });
    return worker;
  };
  const beside = await told({ warmUp: 1, start }, ref, at);
  assert.deepEqual(beside.result, alone.result);
  assert.equal(beside.progress.at(-1), alone.progress.at(-1));
  return { end, result: beside.result };
}

describe('verify with a thread beside it', function () {
  this.timeout(60_000);

  it('vouches for commits, objects and working files where all is well', async () => {
    const next = await b.commit([tip], await b.version('model/x@1.0.0'), { key: eve });
    b.writeTo(repository(), next);
    const { end, result } = await verifiedBeside();
    assert.deepEqual([end?.signatures.size, end?.objects, end?.worktree], [3, 2, true]);
    assert.equal(result.checked.objects, 2);
    assert.deepEqual(
      codesOf(result.findings, 'note').filter((code) => code.startsWith('commit/')),
      ['commit/unknown-signer'],
    );
    git(repository(), ['checkout', '--quiet', '--detach']);
    const past = await verifiedBeside(undefined, tip);
    assert.deepEqual([past.end?.objects, past.result.checked.objects], [1, 1]);
    const one = await verifiedBeside('model/x@1.0.0');
    assert.deepEqual([one.end?.signatures.size, one.end?.objects, one.result.checked.objects], [3, 0, 1]);
  });

  it('vouches in a bare repository, and in a folder of one', async () => {
    b.writeTo(repository(), tip);
    git(dir.path, ['clone', '--quiet', '--bare', repository(), dir.at('bare')]);
    rmSync(repository(), { recursive: true });
    git(dir.path, ['clone', '--quiet', '--bare', dir.at('bare'), repository()]);
    assert.equal((await verifiedBeside()).end?.objects, 1);
    rmSync(repository(), { recursive: true });
    b = await HistoryBuilder.make('a/b');
    const first = await b.commit([], await b.genesis(ana));
    b.writeTo(repository(), await b.commit([first], await b.version('model/good@1.0.0')));
    const registry = await openRegistry({ dir: join(repository(), 'a', 'b'), environment });
    const { checked } = await verify(registry, {}, { warmUp: 1, start: startFromSource });
    assert.equal(checked.objects, 1);
  });

  it('leaves to the other what is not well', async () => {
    const armor = await b.sign(ana, 'git', new Uint8Array([1]));
    const forged = await b.commit([tip], await b.version('model/x@1.0.0'), { armor });
    const unsigned = await b.commit([forged], await b.version('model/y@1.0.0', { keys: [] }), { key: null });
    b.writeTo(repository(), unsigned);
    const { end, result } = await verifiedBeside();
    assert.deepEqual([...(end?.signatures.keys() ?? [])], [root, tip]);
    assert.equal(end?.objects, 2);
    assert.ok(codesOf(result.findings).includes('commit/bad-signature'));

    const objects = join(repository(), 'objects');
    const [shard] = readdirSync(objects);
    const [name] = readdirSync(join(objects, shard as string));
    const path = join(objects, shard as string, name as string);
    rmSync(path);
    writeFileSync(path, 'junk');
    writeFileSync(join(repository(), 'model/good/1.0.0.toml'), 'junk');
    const damaged = await verifiedBeside();
    assert.deepEqual([damaged.end?.objects, damaged.end?.worktree], [undefined, false]);
    assert.ok(codesOf(damaged.result.findings).includes('object/damaged-copy'));
    assert.ok(codesOf(damaged.result.findings).includes('worktree/differs'));
  });

  it('vouches for tags that are signed, and for nothing else that refs of tags name', async () => {
    b.writeTo(repository(), tip);
    await tag(await open());
    const good = git(repository(), ['rev-parse', 'refs/tags/model/good@v1.0.0']).trim() as Oid;
    const refs = { 'model/x@v1.0.0': tip, 'model/y@v1.0.0': 'f'.repeat(40), 'model/z@v1.0.0': good, release: tip };
    for (const [name, oid] of Object.entries(refs)) {
      writeFileSync(join(repository(), '.git', 'packed-refs'), `${oid} refs/tags/${name}\n`, { flag: 'a' });
    }
    const { end, result } = await verifiedBeside();
    assert.deepEqual([...(end?.signatures.keys() ?? [])].sort(), [good, root, tip].sort());
    assert.deepEqual(
      new Set(codesOf(result.findings)),
      new Set(['tag/unsigned', 'git/object-missing', 'tag/name-mismatch']),
    );
  });

  it('finds a private key that was committed', async () => {
    const key = readFileSync(environment.signingKey, 'utf8');
    b.writeTo(repository(), await b.commit([tip], { 'notes/key': key }));
    const { end, result } = await verifiedBeside();
    assert.equal(end?.secrets, true);
    assert.deepEqual(codesOf(result.findings), ['key/exposed']);
  });

  it('vouches for no objects where a version was taken back in the end', async () => {
    const stolen = await b.commit([tip], await b.version('model/x@1.0.0', { keys: [bo] }));
    const revoked = [{ key: bo.line, cutoff: tip, reason: 'stolen' }];
    const policy = await b.policy(2, stolen, [ana], { principals: [ana, bo], revoked });
    b.writeTo(repository(), await b.commit([stolen], policy));
    const { end, result } = await verifiedBeside();
    assert.equal(end, undefined);
    assert.deepEqual(codesOf(result.findings), ['signature/revoked-key']);
  });

  it('is the same where no thread runs, ends early or finds another registry', async () => {
    b.writeTo(repository(), tip);
    await told({});
    const alone = await told({});
    const elsewhere = (opening: Opening) => startFromSource({ ...opening, prefix: 'elsewhere' });
    for (const start of [refuse, () => new Worker('throw 1', { eval: true }), elsewhere, undefined]) {
      assert.deepEqual(await told({ warmUp: 1, start }), alone);
    }
    assert.deepEqual(await told({ warmUp: 1000, start: refuse }), alone);
  });

  it('starts none in a partial clone, and none before there is enough to do', async () => {
    b.writeTo(repository(), tip);
    const registry = await open();
    const options = { objects: true, tags: [], onProgress: () => {}, start: refuse };
    const partial = { ...registry, repository: { ...registry.repository, partial: true } };
    for (const beside of [new VerifyBeside(partial, { ...options, warmUp: 1 }), new VerifyBeside(registry, options)]) {
      beside.step(tip, []);
      assert.deepEqual(await beside.finish([]), {
        signatures: new Map(),
        objects: undefined,
        worktree: false,
        secrets: true,
      });
      beside.close();
    }
  });

  it('is given versions in parts', async () => {
    let at = tip;
    for (let i = 0; i < 300; i++) at = await b.commit([at], { [`model/good/note-${i}.txt`]: 'x' });
    b.writeTo(repository(), await b.commit([at], await b.version('model/x@1.0.0')));
    const { end, result } = await verifiedBeside();
    assert.deepEqual([end?.signatures.size, end?.objects], [result.checked.commits, 2]);
  });
});

function refuse(): never {
  throw new RangeError('no thread');
}

/** Threads do not inherit what makes this process read TypeScript. */
function startFromSource(opening: Opening): Worker {
  const file = new URL('../../src/ops/verify.worker.ts', import.meta.url).href;
  const program = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(file)}); })`;
  return new Worker(program, { eval: true, execArgv: [], workerData: opening });
}
