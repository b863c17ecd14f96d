/** at1 pack, unpack, inspect: single files there and back, in text and JSON, and what is refused. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatStreamSet, type NamedPayload } from '../../src/container/stream-set.js';
import { type Block, writeStream, writeWhole } from '../../src/container/write.js';
import { digestOf } from '../../src/digest/digest.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { checkOutput } from '../helpers/check-output.js';
import { normalFloats } from '../helpers/normal-floats.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { type CliResult, inProcess, runCli } from '../helpers/run-cli.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { signingEngines } from '../helpers/test-engines.js';

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'containers');
const vectors = join(import.meta.dirname, '..', 'fixtures', 'vectors');
const dir = useTempDir();
const at1 = (...argv: string[]) => runCli(argv, { cwd: dir.path });

const TEXT = 'a line that repeats\n'.repeat(5000);
const SHA256 = `sha256:${digestOf(signingEngines.sha256(new TextEncoder().encode(TEXT)))}`;

async function refused(argv: string[], exit: number, code: string): Promise<CliResult> {
  const json = await at1(...argv, '--json');
  assert.equal(json.code, exit, json.stdout);
  checkOutput('error', json.json);
  const text = await at1(...argv);
  assert.equal(text.code, exit);
  assert.ok(text.stderr.includes(`[${code}]`), text.stderr);
  return text;
}

describe('at1 pack and unpack', () => {
  it('give every byte back, and name the digest that sha256sum prints', async () => {
    writeFileSync(dir.at('train.csv'), TEXT);
    const packed = await at1('pack', 'train.csv', '--json');
    assert.equal(packed.code, 0);
    checkOutput('pack', packed.json);
    const { stored, ...rest } = packed.json as { stored: number };
    assert.deepEqual(rest, { path: dir.at('train.csv.at1'), size: TEXT.length, sha256: SHA256, floor: 'not raced' });
    assert.equal(readFileSync(dir.at('train.csv.at1')).length, stored);
    assert.ok(stored < TEXT.length / 100);
    const unpacked = await at1('unpack', 'train.csv.at1', '-o', 'back.csv', '--json');
    assert.equal(unpacked.code, 0);
    checkOutput('unpack', unpacked.json);
    assert.deepEqual(unpacked.json, { path: dir.at('back.csv'), size: TEXT.length, stored, sha256: SHA256 });
    assert.equal(readFileSync(dir.at('back.csv'), 'utf8'), TEXT);
  });

  it('say what they wrote', async () => {
    writeFileSync(dir.at('train.csv'), TEXT);
    const packed = await at1('pack', 'train.csv');
    assert.match(
      packed.stdout,
      /^wrote .*train\.csv\.at1\n97\.7 KiB as \d+ B \(\d\.\d%\)\nsha256:[0-9a-f]{64}\nfloor: not raced\nnext: at1 unpack /,
    );
    const unpacked = await at1('unpack', 'train.csv.at1', '-o', 'b');
    assert.deepEqual([unpacked.code, unpacked.stdout], [0, `wrote ${dir.at('b')}\n97.7 KiB\n${SHA256}\n`]);
  });

  it('compare with xz at level max, and take the type of the numbers', async () => {
    writeFileSync(dir.at('a'), TEXT);
    const max = await at1('pack', 'a', '--level', 'max', '--json');
    checkOutput('pack', max.json);
    assert.equal((max.json as { floor: string }).floor, 'verified');
    assert.match((await at1('pack', 'a', '--level', 'max', '-f')).stdout, /^floor: verified$/m);
    writeFileSync(dir.at('weights'), normalFloats(20_000, 1));
    assert.equal((await at1('pack', 'weights', '--dtype', 'f32')).code, 0);
    assert.match((await at1('inspect', 'weights.at1')).stdout, /codec embed/);
    await refused(['pack', 'weights', '--dtype', 'F33', '-f'], 2, 'usage/invalid');
    await refused(['pack', 'weights', '--dtype', 'F32', '--queryable', '-f'], 2, 'usage/invalid');
    await refused(['pack', 'weights', '--threads', '0', '-f'], 2, 'usage/invalid');
  });

  it('take empty files, and files that do not compress', async () => {
    const noise = randomBytes(300_000, 7);
    for (const [name, bytes] of [
      ['empty', new Uint8Array(0)],
      ['noise', noise],
    ] as const) {
      writeFileSync(dir.at(name), bytes);
      for (const level of ['balanced', 'max']) {
        assert.equal((await at1('pack', name, '-o', `${name}.at1`, '--force', '--level', level)).code, 0);
        assert.equal((await at1('unpack', `${name}.at1`, '-o', `${name}.back`, '-f')).code, 0);
        assert.deepEqual(new Uint8Array(readFileSync(dir.at(`${name}.back`))), bytes);
      }
    }
  });

  it('replace nothing without --force', async () => {
    writeFileSync(dir.at('a'), TEXT);
    writeFileSync(dir.at('a.at1'), 'precious');
    await refused(['pack', 'a'], 13, 'output/exists');
    assert.equal(readFileSync(dir.at('a.at1'), 'utf8'), 'precious');
    assert.equal((await at1('pack', 'a', '--force')).code, 0);
    await refused(['unpack', 'a.at1'], 13, 'output/exists');
    assert.equal((await at1('unpack', 'a.at1', '-f')).code, 0);
  });

  it('refuse folders, links, files that are not there and names without an end', async () => {
    mkdirSync(dir.at('folder'));
    writeFileSync(dir.at('folder', 'a'), 'a');
    symlinkSync('folder/a', dir.at('link'));
    await refused(['pack', 'folder'], 2, 'artifact/unsupported-file');
    await refused(['pack', 'link'], 2, 'artifact/unsupported-file');
    assert.notEqual((await at1('pack', 'nothing')).code, 0);
    writeFileSync(dir.at('plain'), 'x');
    await refused(['unpack', 'plain'], 2, 'usage/invalid');
    await refused(['pack'], 2, 'usage/invalid');
    await refused(['pack', 'plain', '--level', 'best'], 2, 'usage/invalid');
  });

  it('leave nothing behind where the container is broken', async () => {
    writeFileSync(dir.at('a'), TEXT);
    await at1('pack', 'a');
    const whole = readFileSync(dir.at('a.at1'));
    const flipped = Uint8Array.from(whole);
    flipped[whole.length - 1] = (flipped[whole.length - 1] ?? 0) ^ 1;
    for (const [name, bytes] of [
      ['flipped', flipped],
      ['cut', whole.subarray(0, whole.length - 40)],
      ['no-container', new TextEncoder().encode('PK not ours')],
      ['nothing', new Uint8Array(0)],
    ] as const) {
      writeFileSync(dir.at('broken.at1'), bytes);
      const { code, json } = await at1('unpack', 'broken.at1', '-o', 'out', '--json');
      assert.equal(code, 20, name);
      checkOutput('error', json);
    }
    assert.deepEqual(readdirSync(dir.path).sort(), ['a', 'a.at1', 'broken.at1']);
  });

  it('give back what a codec stands for', async () => {
    for (const name of ['embed-bf16', 'osm-basic', 'vcf-delta', 'stream-safetensors-seek']) {
      const { code } = await at1('unpack', join(vectors, `${name}.at1`), '-o', name);
      assert.equal(code, 0, name);
      assert.deepEqual(readFileSync(dir.at(name)), readFileSync(join(vectors, `${name}.expected`)));
    }
  });

  it('show progress on a terminal only', async function () {
    // A terminal can be played only in this process; from source this test always runs.
    if (!inProcess) this.skip();
    writeFileSync(dir.at('a'), randomBytes(3_000_000, 1));
    const { stderr } = await runCli(['pack', 'a'], { cwd: dir.path, terminal: true });
    assert.match(stderr, /a {2}2\.86 MiB/);
    assert.equal((await runCli(['pack', 'a', '-f'], { cwd: dir.path })).stderr, '');
  });
});

describe('at1 unpack of a bundle', () => {
  const stored = (name: string, bytes: Uint8Array): NamedPayload => ({
    name,
    payload: { backend: 'stored', bytes, size: bytes.length },
  });
  const container = (text: string): Uint8Array => {
    const bytes = Buffer.from(text);
    return writeWhole({ backend: 'stored', bytes, size: bytes.length }, signingEngines.sha256(bytes));
  };
  const bundle = (entries: Readonly<Record<string, Uint8Array>>): Buffer => {
    const names = Object.keys(entries);
    const streams = Object.values(entries).map((bytes, i) => stored(`e${i}`, bytes));
    const manifest = stored('manifest', Buffer.from(JSON.stringify(names.map((name) => ({ name })))));
    return Buffer.concat([Buffer.from('AT1\x02\x0c'), formatStreamSet([...streams, manifest])]);
  };

  it('makes a folder of its files, and names the digest of each', async () => {
    writeFileSync(dir.at('models.at1'), bundle({ 'a/one.txt': container('one'), 'b.txt': container('') }));
    const { code, json } = await at1('unpack', 'models.at1', '--json');
    assert.equal(code, 0);
    checkOutput('unpack', json);
    const sha256 = (text: string): string => `sha256:${digestOf(signingEngines.sha256(Buffer.from(text)))}`;
    assert.deepEqual(json, {
      path: dir.at('models'),
      size: 3,
      stored: readFileSync(dir.at('models.at1')).length,
      sha256: null,
      files: [
        { path: 'a/one.txt', size: 3, sha256: sha256('one') },
        { path: 'b.txt', size: 0, sha256: sha256('') },
      ],
    });
    assert.equal(readFileSync(dir.at('models', 'a', 'one.txt'), 'utf8'), 'one');
    assert.equal(readFileSync(dir.at('models', 'b.txt'), 'utf8'), '');
    const text = await at1('unpack', 'models.at1', '-o', 'again');
    assert.equal(text.stdout, `wrote ${dir.at('again')}\n3 B\n${sha256('one')}  a/one.txt\n${sha256('')}  b.txt\n`);
    await refused(['unpack', 'models.at1'], 13, 'output/exists');
  });

  it('leaves nothing behind where one entry is broken, and does not leave the folder', async () => {
    const broken = container('two');
    broken[6] = 0x54;
    const before = ['models.at1'];
    for (const entries of [
      { one: container('one'), two: broken },
      { one: container('one'), two: container('two').subarray(0, -1) },
      { one: container('one'), '../two': container('two') },
      { one: container('one'), '/two': container('two') },
      { one: container('one'), ONE: container('two') },
    ]) {
      writeFileSync(dir.at('models.at1'), bundle(entries));
      const { code, json } = await at1('unpack', 'models.at1', '--json');
      assert.equal(code, 20);
      checkOutput('error', json);
      assert.deepEqual(readdirSync(dir.path), before);
    }
  });
});

describe('at1 inspect', () => {
  it('shows every vector there is as its schema says, or says that it is malformed', async () => {
    const names = readdirSync(fixtures).filter((name) => name.endsWith('.at1'));
    assert.ok(names.length > 20);
    let shown = 0;
    for (const name of names) {
      const { code, json } = await at1('inspect', join(fixtures, name), '--json');
      if (code === 0) {
        checkOutput('inspect', json);
        shown++;
      } else {
        checkOutput('error', json);
        assert.ok([16, 20].includes(code), `${name}: ${code}`);
      }
    }
    assert.ok(shown > 10);
  });

  it('prints mode, codec, frames, sizes and trailer, and that it proved nothing', async () => {
    writeFileSync(dir.at('a'), TEXT);
    await at1('pack', 'a');
    const { stdout, code } = await at1('inspect', 'a.at1');
    assert.equal(code, 0);
    const lines = stdout.split('\n');
    assert.match(lines[0] ?? '', /^a\.at1: \d+ B, (whole|stream), codec \w+, 1 frame$/);
    assert.equal(lines[1], 'original: 97.7 KiB');
    assert.equal(lines[2], `trailer: ${SHA256}`);
    assert.ok(lines.includes('nothing was decoded or verified'));
    assert.ok(stdout.includes('zstd'));
  });

  it('adds up the streams of a codec by their names', async () => {
    const { stdout, code } = await at1('inspect', join(vectors, 'stream-safetensors-seek.at1'));
    assert.equal(code, 0);
    assert.match(stdout, /^stream +stored +original +backend\nmeta +17 +17 +stored\ndata +3879 +5320 +stored zstd$/m);
    const { json } = await at1('inspect', join(vectors, 'embed-w32.at1'), '--json');
    checkOutput('inspect', json);
    const { frames } = json as { frames: { streams: object[] }[] };
    assert.deepEqual(
      frames[0]?.streams.map((stream) => Object.keys(stream)),
      [0, 1].map(() => ['name', 'backend', 'offset', 'length', 'outputSize']),
    );
  });

  it('lists twenty frames of many, and all of them under --json', async () => {
    const blocks = async function* (): AsyncGenerator<Block> {
      for (let byte = 0; byte < 25; byte++) {
        const data = Uint8Array.of(byte);
        yield { data, payload: { backend: 'stored', bytes: data, size: 1 } };
      }
    };
    const parts: Uint8Array[] = [];
    for await (const part of writeStream(blocks(), await createNativeEngines())) parts.push(part);
    writeFileSync(dir.at('many.at1'), Buffer.concat(parts));
    const { stdout } = await at1('inspect', 'many.at1');
    assert.equal(stdout.match(/ raw {3}stored$/gm)?.length, 20);
    assert.match(stdout, /^and 5 more frames$/m);
    const { json } = await at1('inspect', 'many.at1', '--json');
    checkOutput('inspect', json);
    assert.equal((json as { frames: unknown[] }).frames.length, 25);
  });

  it('fails for what is no container, and for what is not there', async () => {
    writeFileSync(dir.at('plain'), 'PK not ours');
    await refused(['inspect', 'plain'], 20, 'container/malformed');
    assert.notEqual((await at1('inspect', 'nothing')).code, 0);
    assert.ok(!existsSync(dir.at('nothing')));
  });
});
