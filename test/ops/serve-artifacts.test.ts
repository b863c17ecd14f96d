/** Artifact directories: there and back, what tampering does, several writers, and dead ones. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { concatBytes } from '../../src/bytes/writer.js';
import { writeStream } from '../../src/container/write.js';
import { processMark, TEMP_PREFIX } from '../../src/files/process-mark.js';
import { type ServeOptions, serveArtifacts } from '../../src/index.js';
import { generateKey } from '../../src/keys/key-store.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { defaultEnvironment } from '../../src/ops/environment.js';
import { collect } from '../helpers/collect.js';
import { buried } from '../helpers/dead-process.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { useTempDir } from '../helpers/temp-dir.js';

interface Answer {
  readonly id: number | null;
  readonly ok: boolean;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: string; readonly message: string };
}

type Request = Readonly<Record<string, string>>;

const MIB = 1024 * 1024;

describe('artifact directories', () => {
  const dir = useTempDir();
  const environment = () => defaultEnvironment({ home: dir.path, configDir: dir.at('config') });

  /** All at once, in a process of their own as far as the library can tell. */
  async function ask(requests: readonly Request[], over: Partial<ServeOptions> = {}): Promise<Answer[]> {
    const answers = new Map<number, Answer>();
    const lines = requests.map((request, id) => `${JSON.stringify({ id, root: dir.at('store'), ...request })}\n`);
    await serveArtifacts({
      environment: environment(),
      version: '0',
      input: (async function* () {
        yield lines.join('');
      })(),
      answer: (line) => {
        const answer = JSON.parse(line) as Answer;
        answers.set(answer.id as number, answer);
      },
      ...over,
    });
    return requests.map((_, id) => answers.get(id) as Answer);
  }

  async function done(request: Request): Promise<Readonly<Record<string, unknown>>> {
    const [answer] = await ask([request]);
    assert.ok(answer?.ok, JSON.stringify(answer));
    return answer.result as Readonly<Record<string, unknown>>;
  }

  async function refused(request: Request, code: string): Promise<string> {
    const [answer] = await ask([request]);
    assert.equal(answer?.error?.code, code, JSON.stringify(answer));
    return answer?.error?.message as string;
  }

  function local(name: string, content: string | Uint8Array): string {
    writeFileSync(dir.at(name), content);
    return dir.at(name);
  }

  async function log(path: string, content: string | Uint8Array): Promise<void> {
    await done({ op: 'put', path, local: local('input', content) });
  }

  async function content(path: string): Promise<string> {
    await done({ op: 'get', path, local: dir.at('output') });
    return readFileSync(dir.at('output'), 'utf8');
  }

  const store = (...parts: string[]) => dir.at('store', ...parts);
  const entry = (sequence: number) => store('.at1-ledger', `${String(sequence).padStart(12, '0')}.entry`);

  async function paths(path = ''): Promise<string[]> {
    const { artifacts } = (await done({ op: 'list', path })) as { artifacts: { path: string; folder: boolean }[] };
    return artifacts.map((artifact) => artifact.path + (artifact.folder ? '/' : ''));
  }

  it('give every byte back, of any size, and keep nothing temporary', async () => {
    const sizes = [0, 1, 63, 64, 1000, 300_000, 4 * 1024 * 1024 - 1, 4 * 1024 * 1024, 9 * 1024 * 1024 + 7];
    for (const size of sizes) {
      const noise = Buffer.from(randomBytes(size, 3));
      for (const data of [noise, Buffer.alloc(size, 'metric 1\n')]) {
        await done({ op: 'put', path: `d/${size}`, local: local('input', data) });
        await done({ op: 'get', path: `d/${size}`, local: dir.at('output') });
        assert.ok(readFileSync(dir.at('output')).equals(data), `${size} bytes`);
      }
    }
    assert.deepEqual(readdirSync(store('.at1-ledger', 'staged')), []);
    assert.deepEqual(readdirSync(dir.path).sort(), ['input', 'output', 'store']);
  });

  it('give large ones back, several at once, of what does not compress and of what does by turns', async () => {
    const noise = randomBytes(45 * MIB + 11, 5);
    const mixed = noise.slice();
    // Of frames that compress, in part or whole, some lie between others in what is read at once.
    mixed
      .fill(6, 3 * MIB, 8 * MIB)
      .fill(7, 16 * MIB, 24 * MIB)
      .fill(9, 41 * MIB, 42 * MIB);
    const inputs = { noise, mixed };
    const requests = Object.entries(inputs).map(([path, data]) => ({ path, local: local(`in-${path}`, data) }));
    const puts = await ask(requests.map((request) => ({ op: 'put', ...request })));
    for (const { ok } of puts) assert.ok(ok);
    const outputs = [...requests, ...requests].map(({ path }, i) => ({ path, local: dir.at(`out-${i}`) }));
    const gets = await ask(outputs.map((request) => ({ op: 'get', ...request })));
    for (const [i, { path }] of outputs.entries()) {
      assert.ok(gets[i]?.ok, JSON.stringify(gets[i]));
      const data = inputs[path as keyof typeof inputs];
      assert.ok(readFileSync(dir.at(`out-${i}`)).equals(data), path);
      assert.equal(gets[i]?.result?.sha256, createHash('sha256').update(data).digest('hex'));
    }
    const checks = await ask(requests.map(({ path }) => ({ op: 'integrity', path })));
    for (const { path } of requests) {
      const found = createHash('sha256')
        .update(readFileSync(store(`${path}.at1`)))
        .digest('hex');
      assert.ok(
        checks.some(({ result }) => result?.container === found),
        path,
      );
    }
    const bad = readFileSync(store('noise.at1'));
    bad[33 * MIB] = (bad[33 * MIB] as number) ^ 1;
    writeFileSync(store('noise.at1'), bad);
    writeFileSync(dir.at('out-0'), 'before');
    await refused({ op: 'get', path: 'noise', local: dir.at('out-0') }, 'container/digest-mismatch');
    assert.equal(readFileSync(dir.at('out-0'), 'utf8'), 'before');
  });

  it('use the same memory for whatever is asked one after the other', async () => {
    await log('x', randomBytes(24 * MIB, 8));
    const count = 40;
    const before = process.memoryUsage().rss;
    let answered = () => {};
    await serveArtifacts({
      environment: environment(),
      version: '0',
      input: (async function* () {
        for (let id = 0; id < count; id++) {
          const answer = new Promise<void>((resolve) => {
            answered = resolve;
          });
          yield `${JSON.stringify({ id, op: 'get', root: dir.at('store'), path: 'x', local: dir.at('out') })}\n`;
          await answer;
        }
      })(),
      answer: (line) => {
        assert.ok((JSON.parse(line) as Answer).ok, line);
        answered();
      },
    });
    const grown = process.memoryUsage().rss - before;
    assert.ok(grown < 200 * MIB, `${Math.round(grown / MIB)} MiB more after ${count} times 24 MiB`);
  });

  it('store at any level', async () => {
    const floats = new Uint8Array(Float32Array.from({ length: 50_000 }, (_, i) => Math.sin(i)).buffer);
    for (const level of ['quick', 'fast', 'balanced', 'max']) {
      await done({ op: 'put', path: level, local: local('input', floats), level });
      await done({ op: 'get', path: level, local: dir.at('output') });
      assert.deepEqual(new Uint8Array(readFileSync(dir.at('output'))), floats);
    }
  });

  it('take a tree, with empty folders, hidden files, links to files, and names in any script', async () => {
    const names = ['a', 'a.at1', 'A', 'é', 'e\u0301', '.hidden', 'sub/deep/x', 'b.at1/c', 'a b', '100%'];
    for (const name of names) {
      mkdirSync(dir.at('tree', name, '..'), { recursive: true });
      writeFileSync(dir.at('tree', name), `of ${name}`);
    }
    mkdirSync(dir.at('tree/sub/empty'));
    symlinkSync(dir.at('tree/a'), dir.at('tree/link'));
    const put = await done({ op: 'put-tree', path: 'top', local: dir.at('tree') });
    assert.equal(put.files, names.length + 1);
    for (const name of names) assert.equal(await content(`top/${name}`), `of ${name}`);
    assert.equal(await content('top/link'), 'of a');
    assert.deepEqual(await paths('top/sub'), ['top/sub/deep/', 'top/sub/empty/']);
    assert.deepEqual(await paths('top/sub/empty'), []);
    assert.deepEqual(await done({ op: 'stat', path: 'top/sub/empty' }), { kind: 'folder' });
    assert.deepEqual(await done({ op: 'stat', path: 'top/a' }), { kind: 'file' });
    assert.deepEqual(await done({ op: 'stat', path: 'top/none' }), { kind: 'none' });
    assert.deepEqual(await paths('top/a'), []);
    assert.deepEqual(await paths('top/none'), []);
    assert.equal(readdirSync(store('.at1-ledger')).filter((name) => name.endsWith('.entry')).length, 1);
  });

  it('refuse a link that leads back, what is no file, and names with a way out', async () => {
    mkdirSync(dir.at('tree/in'), { recursive: true });
    symlinkSync(dir.at('tree'), dir.at('tree/in/again'));
    await refused({ op: 'put-tree', path: '', local: dir.at('tree') }, 'artifact/unsupported-file');
    await refused({ op: 'put', path: 'x', local: dir.at('tree') }, 'artifact/unsupported-file');
    await refused({ op: 'put', path: 'x', local: dir.at('none') }, 'artifact/unsupported-file');
    await refused({ op: 'put-tree', path: 'x', local: dir.at('none') }, 'artifact/unsupported-file');
    for (const path of ['../x', '/x', 'a/../../x', '%2e%2e/x', 'a\\b', '.at1-ledger/x']) {
      for (const op of ['put', 'get']) await refused({ op, path, local: local('input', '') }, 'usage/path');
      for (const op of ['list', 'stat', 'delete', 'integrity']) await refused({ op, path }, 'usage/path');
    }
    await refused({ op: 'list', path: '', root: 'store' }, 'usage/path');
    assert.equal(existsSync(store()), true);
    assert.deepEqual(await paths(), []);
  });

  it('do not put an artifact where a folder is, nor below an artifact', async () => {
    await log('a/b', '1');
    await refused({ op: 'put', path: 'a', local: local('input', '') }, 'output/exists');
    await refused({ op: 'put', path: 'a/b/c', local: local('input', '') }, 'output/exists');
    assert.equal(await content('a/b'), '1');
    mkdirSync(dir.at('tree'));
    for (let i = 0; i < 20; i++) writeFileSync(dir.at('tree', i === 3 ? 'a' : `f${i}`), '');
    await refused({ op: 'put-tree', path: '', local: dir.at('tree') }, 'output/exists');
    assert.deepEqual(await paths(), ['a/']);
  });

  it('replace, and write no entry for the same bytes', async () => {
    await log('a', 'one');
    await log('a', 'one');
    assert.equal(existsSync(entry(2)), false);
    await log('a', 'two');
    assert.equal(await content('a'), 'two');
    // What was damaged is made good by logging it again.
    writeFileSync(store('a.at1'), 'damaged');
    await refused({ op: 'get', path: 'a', local: dir.at('output') }, 'ledger/mismatch');
    await log('a', 'two');
    assert.equal(await content('a'), 'two');
  });

  it('delete a file, a folder and everything, and what is not there', async () => {
    for (const path of ['a', 'b/c', 'b/d/e', 'bb']) await log(path, path);
    assert.deepEqual(await done({ op: 'delete', path: 'none' }), { deleted: 0 });
    assert.deepEqual(await done({ op: 'delete', path: 'b' }), { deleted: 2 });
    assert.deepEqual(await paths(), ['a', 'bb']);
    assert.deepEqual(await done({ op: 'delete', path: 'a' }), { deleted: 1 });
    await refused({ op: 'get', path: 'a', local: dir.at('output') }, 'artifact/not-found');
    writeFileSync(store('mine.txt'), 'not an artifact');
    assert.deepEqual(await done({ op: 'delete', path: '' }), { deleted: 1 });
    assert.deepEqual(readdirSync(store()).sort(), ['.at1-ledger', 'mine.txt']);
    await log('a', 'again');
    assert.equal(await content('a'), 'again');
  });

  it('speak of a folder in it as of a directory of its own, under the one ledger', async () => {
    await log('run/model/x', '1');
    const below = { root: store('run') };
    assert.deepEqual(await done({ op: 'stat', path: 'model/x', ...below }), { kind: 'file' });
    const { artifacts } = (await done({ op: 'list', path: 'model', ...below })) as { artifacts: { path: string }[] };
    assert.deepEqual(
      artifacts.map(({ path }) => path),
      ['model/x'],
    );
    await done({ op: 'put', path: 'y', local: local('input', '2'), root: store('run/model') });
    assert.equal(await content('run/model/y'), '2');
    assert.equal(existsSync(store('run/.at1-ledger')), false);
    await done({ op: 'delete', path: '', ...below });
    assert.deepEqual(await paths('run'), []);
  });

  it('take over what is there when a ledger is begun above it', async () => {
    await done({ op: 'put', path: 'x', local: local('input', 'x'), root: store('run') });
    await done({ op: 'put', path: 'y', local: local('input', 'y'), root: store('run') });
    copyFileSync(store('run/x.at1'), store('run/y.at1'));
    copyFileSync(store('run/x.at1'), store('plain.at1'));
    await log('z', 'z');
    assert.equal(await content('run/x'), 'x');
    assert.equal(await content('plain'), 'x');
    // What the ledger below refused is not made right by the one above.
    await refused({ op: 'get', path: 'run/y', local: dir.at('output') }, 'ledger/mismatch');
    await done({ op: 'put', path: 'w', local: local('input', 'w'), root: store('run') });
    assert.equal(await content('run/w'), 'w');
  });

  it('are read without a ledger, by the digest in the container alone', async () => {
    await log('a/b', 'content');
    rmSync(store('.at1-ledger'), { recursive: true });
    assert.equal(await content('a/b'), 'content');
    const { artifacts } = (await done({ op: 'list', path: 'a' })) as { artifacts: object[] };
    assert.deepEqual(artifacts, [{ path: 'a/b', folder: false, size: 7 }]);
    const { ledger } = (await done({ op: 'integrity', path: 'a/b' })) as { ledger: object };
    assert.deepEqual(ledger, { kind: 'none' });
    const bytes = readFileSync(store('a/b.at1'));
    bytes[6] = (bytes[6] as number) ^ 1;
    writeFileSync(store('a/b.at1'), bytes);
    await refused({ op: 'get', path: 'a/b', local: dir.at('output') }, 'container/digest-mismatch');
    await done({ op: 'delete', path: 'a' });
    assert.equal(existsSync(store('.at1-ledger')), false);
    assert.deepEqual(await paths(), []);
  });

  describe('that somebody tampered with', () => {
    async function outputStays(request: Request, code: string): Promise<string> {
      writeFileSync(dir.at('output'), 'before');
      const message = await refused({ ...request, local: dir.at('output') }, code);
      assert.equal(readFileSync(dir.at('output'), 'utf8'), 'before');
      return message;
    }
    const get = { op: 'get', path: 'm' };

    it('refuse another container: swapped, rolled back, packed anew, gone, and any flipped or cut byte', async () => {
      await log('m', 'old');
      copyFileSync(store('m.at1'), dir.at('old.at1'));
      await log('m', 'new');
      await log('other', 'not');
      copyFileSync(store('m.at1'), dir.at('good.at1'));
      const good = readFileSync(dir.at('good.at1'));
      copyFileSync(store('other.at1'), store('m.at1'));
      assert.match(await outputStays(get, 'ledger/mismatch'), /swapped/);
      copyFileSync(dir.at('old.at1'), store('m.at1'));
      assert.match(await outputStays(get, 'ledger/mismatch'), /rolled back/);
      rmSync(store('m.at1'));
      assert.match(await outputStays(get, 'ledger/mismatch'), /gone/);
      for (let at = 0; at < good.length; at++) {
        const bad = Buffer.from(good);
        bad[at] = (bad[at] as number) ^ 0x10;
        writeFileSync(store('m.at1'), bad);
        const [answer] = await ask([{ ...get, local: dir.at('output') }]);
        assert.equal(answer?.ok, false, `byte ${at}`);
      }
      for (let length = 0; length < good.length; length += 7) {
        writeFileSync(store('m.at1'), good.subarray(0, length));
        await outputStays(get, 'ledger/mismatch');
      }
      rmSync(store('m.at1'));
      symlinkSync(dir.at('good.at1'), store('m.at1'));
      await outputStays(get, 'io/unsafe-path');
      rmSync(store('m.at1'));
      copyFileSync(dir.at('good.at1'), store('m.at1'));
      assert.equal(await content('m'), 'new');
    });

    it('refuse another container of the same content', async () => {
      await log('m', 'aaaaaaaaaabbbbbbbbbb');
      const bytes = readFileSync(store('m.at1'));
      const content = new TextEncoder().encode('aaaaaaaaaabbbbbbbbbb');
      const frames = [content.subarray(0, 1), content.subarray(1)].map((data) => ({
        data,
        payload: { backend: 'stored' as const, bytes: data, size: data.length },
      }));
      const other = concatBytes(await collect(writeStream(frames, await createNativeEngines())));
      assert.notDeepEqual(new Uint8Array(bytes), other);
      writeFileSync(store('m.at1'), other);
      await refused({ op: 'get', path: 'm', local: dir.at('output') }, 'ledger/mismatch');
      await refused({ op: 'integrity', path: 'm' }, 'ledger/mismatch');
    });

    it('refuse a container that nobody logged, and show it', async () => {
      await log('m', 'new');
      copyFileSync(store('m.at1'), store('evil.at1'));
      assert.deepEqual(await paths(), ['evil', 'm']);
      await refused({ op: 'get', path: 'evil', local: dir.at('output') }, 'ledger/unlisted');
      await done({ op: 'delete', path: 'm' });
      copyFileSync(store('evil.at1'), store('m.at1'));
      assert.deepEqual(await paths(), ['evil']);
      await refused({ op: 'get', path: 'm', local: dir.at('output') }, 'artifact/not-found');
    });

    it('refuse a ledger that was edited, cut in the middle, or put together anew', async () => {
      for (const path of ['m', 'b', 'c']) await log(path, path);
      const backup = [1, 2, 3].map((n) => readFileSync(entry(n)));
      const restore = () => {
        backup.forEach((bytes, i) => {
          writeFileSync(entry(i + 1), bytes);
        });
      };
      rmSync(entry(2));
      await outputStays(get, 'ledger/broken');
      restore();
      rmSync(entry(1));
      await outputStays(get, 'ledger/broken');
      restore();
      writeFileSync(entry(1), String(backup[0]).replace('05', '06').replace('"size":1', '"size":2'));
      await outputStays(get, 'ledger/broken');
      writeFileSync(entry(1), String(backup[0]).slice(0, -5));
      await outputStays(get, 'ledger/malformed');
      restore();
      renameSync(entry(3), entry(4));
      await outputStays(get, 'ledger/broken');
      rmSync(entry(4));
      // Cut at the end it says less than it did; what it does not name any more is refused.
      await outputStays({ op: 'get', path: 'c' }, 'ledger/unlisted');
      restore();
      assert.equal(await content('c'), 'c');
    });

    /** Each is asked when the one before was answered, by one process; what is no request is done in between. */
    async function askWhileOpen(steps: readonly (Request | (() => void))[]): Promise<Answer[]> {
      const answers: Answer[] = [];
      await serveArtifacts({
        environment: environment(),
        version: '0',
        input: (async function* () {
          let asked = 0;
          for (const step of steps) {
            if (typeof step === 'function') step();
            else yield `${JSON.stringify({ id: asked++, root: store(), ...step })}\n`;
            while (answers.length < asked) await new Promise((wake) => setTimeout(wake, 1));
          }
        })(),
        answer: (line) => answers.push(JSON.parse(line) as Answer),
      });
      return answers;
    }

    const codes = (answers: readonly Answer[]) => answers.map(({ ok, error }) => (ok ? 'ok' : error?.code));
    const integrity = { op: 'integrity', path: 'm' };
    const everything = () => [
      { ...get, local: dir.at('output') },
      integrity,
      { op: 'list', path: '' },
      { op: 'stat', path: 'm' },
      { op: 'put', path: 'n', local: dir.at('input') },
      { op: 'put-tree', path: '', local: dir.at('tree') },
      { op: 'delete', path: '' },
    ];

    async function logTwo(): Promise<void> {
      mkdirSync(dir.at('tree'));
      await done({ op: 'put', path: 'm', local: local('input', 'evil'), root: dir.at('evil') });
      await log('m', 'good');
      writeFileSync(dir.at('output'), 'before');
    }

    it('notice while they are open that the ledger was cut', async () => {
      await log('m', '1');
      assert.deepEqual(codes(await askWhileOpen([integrity, () => rmSync(entry(1)), integrity])), [
        'ok',
        'ledger/broken',
      ]);
    });

    it('notice while they are open that the whole ledger is gone, or another one, and begin none', async () => {
      await logTwo();
      const aside = () => {
        renameSync(store('.at1-ledger'), dir.at('aside'));
        renameSync(store('m.at1'), dir.at('good.at1'));
        copyFileSync(dir.at('evil/m.at1'), store('m.at1'));
      };
      const back = () => {
        renameSync(dir.at('aside'), store('.at1-ledger'));
        renameSync(dir.at('good.at1'), store('m.at1'));
      };
      const gone = await askWhileOpen([integrity, aside, ...everything()]);
      assert.deepEqual(codes(gone), ['ok', ...everything().map(() => 'ledger/broken')]);
      assert.deepEqual(readdirSync(store()), ['m.at1']);
      assert.equal(readFileSync(dir.at('output'), 'utf8'), 'before');
      back();
      const other = () => cpSync(dir.at('evil/.at1-ledger'), store('.at1-ledger'), { recursive: true });
      const replaced = await askWhileOpen([integrity, aside, other, ...everything()]);
      assert.deepEqual(codes(replaced), ['ok', ...everything().map(() => 'ledger/broken')]);
      rmSync(store('.at1-ledger'), { recursive: true });
      // Whoever has not seen it cannot know, and says that there is none; restored, it counts as before.
      assert.deepEqual((await done(integrity)).ledger, { kind: 'none' });
      back();
      assert.deepEqual(codes(await askWhileOpen([integrity, aside, integrity, back, integrity])), [
        'ok',
        'ledger/broken',
        'ok',
      ]);
    });

    it('notice it in a folder of them too, also when the way to the folder is another one', async () => {
      await logTwo();
      await log('run/m', 'good');
      const below = { root: store('run') };
      const aside = () => renameSync(store('.at1-ledger'), dir.at('aside'));
      const back = () => renameSync(dir.at('aside'), store('.at1-ledger'));
      const planted = () => cpSync(dir.at('evil'), store('run'), { recursive: true });
      const first = await askWhileOpen([integrity, aside, planted, { ...integrity, ...below }]);
      assert.deepEqual(codes(first), ['ok', 'ledger/broken']);
      back();
      rmSync(store('run/.at1-ledger'), { recursive: true });
      await log('run/m', 'good again');
      const linked = () => {
        renameSync(store('run'), dir.at('run'));
        symlinkSync(dir.at('evil'), store('run'));
      };
      const second = await askWhileOpen([{ ...integrity, ...below }, linked, { ...integrity, ...below }]);
      assert.deepEqual(codes(second), ['ok', 'ledger/broken']);
      rmSync(store('run'));
      renameSync(dir.at('run'), store('run'));
      const opened = () => chmodSync(store(), 0o777);
      const third = await askWhileOpen([{ ...integrity, ...below }, opened, { ...integrity, ...below }]);
      assert.deepEqual(codes(third), ['ok', 'ledger/broken']);
    });

    it('are still taken over while they are open when a ledger is begun above', async () => {
      const below = { root: store('run') };
      const put = { op: 'put', path: 'm', local: local('input', '1') };
      const gone = () => rmSync(store('run/.at1-ledger'), { recursive: true });
      const answers = await askWhileOpen([
        { ...put, ...below },
        put,
        { ...integrity, ...below },
        gone,
        { ...put, ...below },
      ]);
      assert.deepEqual(codes(answers), ['ok', 'ok', 'ok', 'ok']);
      rmSync(store(), { recursive: true });
      // But not from one that was seen below and is gone.
      assert.deepEqual(codes(await askWhileOpen([{ ...put, ...below }, gone, put])), ['ok', 'ledger/broken']);
      assert.equal(existsSync(store('.at1-ledger')), false);
    });

    it('refuse a link, or anything but a folder, in the place of the ledger, and write nothing through it', async () => {
      await logTwo();
      const refusedAll = everything().map(() => 'io/unsafe-path');
      const ledger = store('.at1-ledger');
      const link = () => {
        renameSync(ledger, dir.at('aside'));
        symlinkSync(dir.at('aside'), ledger);
        copyFileSync(dir.at('evil/m.at1'), store('m.at1'));
      };
      assert.deepEqual(codes(await askWhileOpen([integrity, link, ...everything()])), ['ok', ...refusedAll]);
      assert.deepEqual(codes(await askWhileOpen(everything())), refusedAll);
      assert.deepEqual(readdirSync(dir.at('aside')).sort(), ['000000000001.entry', 'staged']);
      assert.deepEqual(readdirSync(dir.at('aside/staged')), []);
      rmSync(ledger);
      for (const target of [dir.at('nowhere'), dir.at('input')]) {
        symlinkSync(target, ledger);
        assert.deepEqual(codes(await askWhileOpen(everything())), refusedAll);
        rmSync(ledger);
      }
      writeFileSync(ledger, '');
      assert.deepEqual(codes(await askWhileOpen(everything())), refusedAll);
      assert.equal(existsSync(dir.at('nowhere')), false);
      assert.equal(readFileSync(dir.at('output'), 'utf8'), 'before');
      // Nor is a ledger begun above what it may have governed.
      mkdirSync(store('run'));
      renameSync(ledger, store('run/.at1-ledger'));
      copyFileSync(store('m.at1'), store('run/m.at1'));
      await refused({ op: 'put', path: 'n', local: dir.at('input') }, 'io/unsafe-path');
      assert.equal(existsSync(ledger), false);
    });

    it('refuse a link in the place of the folder of what waits, and write or remove nothing through it', async () => {
      await logTwo();
      const refusedAll = everything().map(() => 'io/unsafe-path');
      const staged = store('.at1-ledger/staged');
      const leftover = dir.at('victim', TEMP_PREFIX + buried(processMark(), 'killed'));
      const link = () => {
        rmSync(staged, { recursive: true });
        mkdirSync(dir.at('victim'));
        writeFileSync(leftover, 'kept');
        symlinkSync(dir.at('victim'), staged);
      };
      assert.deepEqual(codes(await askWhileOpen([integrity, link, ...everything()])), ['ok', ...refusedAll]);
      assert.deepEqual(codes(await askWhileOpen(everything())), refusedAll);
      assert.equal(readFileSync(leftover, 'utf8'), 'kept');
      assert.equal(readdirSync(dir.at('victim')).length, 1);
      rmSync(staged);
      writeFileSync(staged, '');
      assert.deepEqual(codes(await askWhileOpen(everything())), refusedAll);
      rmSync(staged);
      assert.equal(await content('m'), 'good');
      await log('n', 'next');
    });
  });

  it('are signed when a key is at hand, and say by whom; a signature that is not right is refused', async () => {
    await log('before', '0');
    await generateKey(dir.at('config'), { comment: 'ana' });
    await log('m', '1');
    const { ledger } = (await done({ op: 'integrity', path: 'm' })) as { ledger: { kind: string; key: string } };
    assert.equal(ledger.kind, 'signed');
    assert.match(ledger.key, /^SHA256:/);
    const before = (await done({ op: 'integrity', path: 'before' })) as { ledger: { kind: string } };
    assert.equal(before.ledger.kind, 'unsigned');
    const signed = readFileSync(entry(2), 'utf8');
    const forged = signed.replace('"size":1,', '"size":2,');
    writeFileSync(entry(2), forged);
    await refused({ op: 'get', path: 'm', local: dir.at('output') }, 'signature/invalid');
    writeFileSync(entry(2), signed);
    appendFileSync(entry(2), 'more');
    await refused({ op: 'get', path: 'm', local: dir.at('output') }, 'signature/malformed');
  });

  it('keep what many writers log at once, in one chain', async () => {
    const writers = Array.from({ length: 6 }, (_, writer) =>
      ask(
        Array.from({ length: 8 }, (_, i) => {
          const file = local(`w${writer}-${i}`, `${writer} ${i}`);
          return { op: 'put', path: i < 4 ? `own/${writer}-${i}` : `shared/${i}`, local: file };
        }),
      ),
    );
    for (const answers of await Promise.all(writers))
      for (const answer of answers) assert.ok(answer.ok, JSON.stringify(answer));
    for (let writer = 0; writer < 6; writer++) {
      for (let i = 0; i < 4; i++) assert.equal(await content(`own/${writer}-${i}`), `${writer} ${i}`);
    }
    for (let i = 4; i < 8; i++) assert.match(await content(`shared/${i}`), new RegExp(`^[0-5] ${i}$`));
    assert.deepEqual(readdirSync(join(store('.at1-ledger'), 'staged')), []);
    assert.equal(existsSync(store('.at1-ledger', 'places.lock')), false);
  });

  it('answer what is no request, and go on', async () => {
    const answers: Answer[] = [];
    const long = `{"id":3,"op":"hello","x":"${'x'.repeat(200_000)}"}`;
    const result = await serveArtifacts({
      environment: environment(),
      version: '9.9.9',
      input: (async function* () {
        yield 'no json\n\n{"id":1,"op":"he';
        yield new TextEncoder().encode(`llo"}\n${long}\n{"id":2,"op":"hello"}`);
      })(),
      answer: (line) => answers.push(JSON.parse(line) as Answer),
    });
    assert.equal(result.answered, 4);
    const hello = { program: 'at1', version: '9.9.9', protocol: 1 };
    assert.deepEqual(answers.find(({ id }) => id === 1)?.result, hello);
    assert.deepEqual(answers.find(({ id }) => id === 2)?.result, hello);
    assert.deepEqual(
      answers.filter(({ ok }) => !ok).map(({ error }) => error?.code),
      ['usage/invalid', 'usage/invalid'],
    );
  });
});
