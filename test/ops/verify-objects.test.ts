/** Objects and manifests about them: damaged, missing, swapped, or lied about by somebody who may sign. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitOfFindings } from '../../commands/exit-codes.js';
import { blake3Of, type Digest, digestOf } from '../../src/digest/digest.js';
import type { Oid } from '../../src/git-format/oid.js';
import { get, identify, openRegistry, stats, type VerifyResult, verify } from '../../src/index.js';
import { type Manifest, writeLayout } from '../../src/manifest/documents.js';
import type { Segment } from '../../src/manifest/generated/types.js';
import { objectPath } from '../../src/manifest/layout-of-registry.js';
import { encodeSegment } from '../../src/packing/segment.js';
import { codesOf } from '../helpers/fold-results.js';
import { git } from '../helpers/git.js';
import { ana, environmentOf, HistoryBuilder, type NewFile } from '../helpers/registry-fixture.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

const dir = useTempDir();
let b: HistoryBuilder;
let root: Oid;
let tip: Oid;
let environment: Awaited<ReturnType<typeof environmentOf>>;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  root = await b.commit([], await b.genesis(ana));
  tip = await b.commit([root], await b.version('model/good@1.0.0'));
  environment = await environmentOf(dir.at('home'), ana);
});

const repository = () => dir.at('registry');
const open = (at?: string) => openRegistry({ dir: repository(), environment, at });

/** Verifies with these changes on top; a good version beside them must still be handed out. */
async function verified(changes: Record<string, NewFile>, options: { good?: boolean } = {}): Promise<VerifyResult> {
  const after = await b.commit([tip], changes);
  rmSync(repository(), { recursive: true, force: true });
  b.writeTo(repository(), after);
  const result = await verify(await open());
  if (options.good !== false) await handsOut('model/good@1.0.0');
  return result;
}

async function handsOut(ref: string): Promise<void> {
  const out = dir.at('out');
  await get(await open(), { ref, out });
  assert.equal(readFileSync(out, 'utf8'), `content of ${ref}\n`);
  rmSync(out);
}

async function refuses(ref: string, code: Parameters<typeof throwsCode>[1]): Promise<void> {
  const out = dir.at('out');
  await throwsCode(async () => get(await open(), { ref, out }), code);
  assert.ok(!existsSync(out));
  assert.deepEqual(
    readdirSync(dir.path).filter((name) => name.startsWith('out') || name.includes('tmp')),
    [],
  );
}

function assertFound(result: VerifyResult, codes: readonly string[], exit: number): void {
  assert.deepEqual([...new Set(codesOf(result.findings))].sort(), [...codes].sort(), JSON.stringify(result.findings));
  assert.equal(exitOfFindings(result.findings), exit);
  assert.equal(result.ok, exit === 0);
}

/** Of every error that is found. */
function assertSays({ findings }: VerifyResult, message: RegExp, hint: RegExp): void {
  for (const found of findings.filter(({ severity }) => severity === 'error')) {
    assert.match(found.message, message);
    assert.match(found.hint ?? '', hint);
  }
}

describe('verify of objects', () => {
  const path = async () =>
    Object.keys(await b.version('model/good@1.0.0')).find((name) => name.startsWith('objects/')) as string;
  const damage = (file: string, how: (bytes: Uint8Array) => Uint8Array) => {
    chmodSync(file, 0o644);
    writeFileSync(file, how(readFileSync(file)));
  };
  const flip = (bytes: Uint8Array) => bytes.map((byte, i) => (i === bytes.length >> 1 ? byte ^ 1 : byte));

  it('sees every flipped bit of a working file; the copy in git serves', async () => {
    b.writeTo(repository(), tip);
    const file = join(repository(), await path());
    damage(file, flip);
    const result = await verify(await open());
    assertFound(result, ['object/digest-mismatch'], 20);
    assertSays(result, /needed by model\/good@1\.0\.0, but the working file is damaged/, /doctor --fix mends it/);
    const { damaged } = await get(await open(), { ref: 'model/good@1.0.0', out: dir.at('out') });
    assert.equal(damaged.length, 1);
    assert.equal(readFileSync(dir.at('out'), 'utf8'), 'content of model/good@1.0.0\n');
  });

  it('sees truncation, and a file that is another object', async () => {
    b.writeTo(repository(), tip);
    const file = join(repository(), await path());
    damage(file, (bytes) => bytes.subarray(0, -1));
    assertFound(await verify(await open()), ['object/damaged-copy'], 20);
    const other = await encodeSegment(new TextEncoder().encode('content of model/evil@1.0.0\n'), 'balanced', b.engines);
    damage(file, () => other.container);
    assertFound(await verify(await open()), ['object/digest-mismatch'], 20);
    await handsOut('model/good@1.0.0');
  });

  it('has nothing to give where no copy is intact', async () => {
    const bytes = b.bytesAt(tip, await path());
    const result = await verified({ [await path()]: flip(bytes) }, { good: false });
    assertFound(result, ['object/digest-mismatch'], 20);
    assertSays(result, /needed by model\/good@1\.0\.0/, /another clone, or register the file again/);
    await refuses('model/good@1.0.0', 'object/digest-mismatch');
    const other = await encodeSegment(new TextEncoder().encode('content of model/evil@1.0.0\n'), 'balanced', b.engines);
    assertFound(await verified({ [await path()]: other.container }, { good: false }), ['object/digest-mismatch'], 20);
    await refuses('model/good@1.0.0', 'object/digest-mismatch');
  });

  it('does not promise that doctor mends what git holds', async () => {
    const bytes = b.bytesAt(tip, await path());
    const tree = { [await path()]: flip(bytes) };
    b.writeTo(repository(), await b.commit([tip], tree));
    damage(join(repository(), await path()), () => bytes);
    const result = await verify(await open());
    assertFound(result, ['object/digest-mismatch'], 20);
    assertSays(result, /the copy in git is damaged/, /the working file is intact: commit it/);
  });

  it('tells a missing object from a damaged one', async () => {
    assertFound(await verified({ [await path()]: null }, { good: false }), ['object/missing'], 32);
    await refuses('model/good@1.0.0', 'object/missing');
  });

  it('takes no link for an object', async () => {
    writeFileSync(dir.at('elsewhere'), b.bytesAt(tip, await path()));
    const link = { mode: '120000' as const, bytes: dir.at('elsewhere') };
    assertFound(await verified({ [await path()]: link }, { good: false }), ['object/damaged-copy'], 20);
    await refuses('model/good@1.0.0', 'object/damaged-copy');
  });

  it('survives a flipped bit in any loose object of git: a finding or a typed error, never a pass', async () => {
    b.writeTo(repository(), tip);
    const needed = new Set(git(repository(), ['rev-list', '--objects', '--no-object-names', 'HEAD']).split('\n'));
    let passed = 0;
    for (const oid of needed) {
      const file = join(repository(), '.git/objects', oid.slice(0, 2), oid.slice(2));
      const before = readFileSync(file);
      damage(file, flip);
      try {
        const { ok } = await verify(await open());
        if (ok) passed++;
      } catch (error) {
        const { code } = error as { code: string };
        assert.match(code, /^(git|document|history|policy|registry)\//);
      }
      writeFileSync(file, before);
    }
    // .gitattributes is nothing that is verified; at1.toml and the others are.
    assert.ok(passed <= 3, `${passed} of ${needed.size} passed`);
    assertFound(await verify(await open()), [], 0);
  });
});

describe('verify of a signed manifest that lies', () => {
  type Entry = Manifest['files'][number];
  const wrong = '0'.repeat(64) as Digest;

  async function lying(edit: (file: Entry) => Entry, whole: Partial<Manifest> = {}): Promise<string[]> {
    const files = await b.version('model/x@1.0.0', {
      edit: (honest) => ({ ...honest, ...whole, files: honest.files.map(edit) }),
    });
    const result = await verified(files);
    return codesOf(result.findings);
  }

  const segment = (change: Partial<Segment>) => (file: Entry) => ({
    ...file,
    segments: [{ ...(file.segments?.[0] as Segment), ...change }],
  });

  it('about the digest of a segment, its length, or that of its object', async () => {
    const content = { content: wrong };
    assert.deepEqual(await lying((file) => ({ ...segment({ sha256: wrong })(file), sha256: wrong }), content), [
      'object/content-mismatch',
      'object/content-mismatch',
    ]);
    await refuses('model/x@1.0.0', 'object/content-mismatch');
    assert.deepEqual(await lying(segment({ object: wrong })), ['object/missing']);
    assert.deepEqual(await lying(segment({ stored: 7 })), ['object/damaged-copy', 'object/damaged-copy']);
    assert.ok(
      (await lying((file) => ({ ...segment({ size: 3 })(file), size: 3 }), { size: 3 })).includes(
        'object/content-mismatch',
      ),
    );
  });

  it('about the digests of the file', async () => {
    assert.deepEqual(await lying((file) => ({ ...file, sha256: wrong }), { content: wrong }), ['file/digest-mismatch']);
    await refuses('model/x@1.0.0', 'file/digest-mismatch');
    assert.deepEqual(await lying((file) => ({ ...file, blake3: blake3Of(new Uint8Array(32)) })), [
      'file/digest-mismatch',
    ]);
  });

  it('about an object that an honest version has too', async () => {
    const shared = 'content of model/good@1.0.0\n';
    const files = await b.version('model/x@1.0.0', {
      content: shared,
      edit: (honest) => ({
        ...honest,
        content: wrong,
        files: honest.files.map((file) => ({ ...segment({ sha256: wrong })(file), sha256: wrong })),
      }),
    });
    const result = await verified(files);
    assert.ok(codesOf(result.findings).includes('object/content-mismatch'));
    const digests = await b.version('model/z@1.0.0', {
      content: shared,
      edit: (honest) => ({ ...honest, files: honest.files.map(segment({ sha256: wrong })) }),
    });
    assert.ok(codesOf((await verified(digests)).findings).includes('object/content-mismatch'));
  });

  it('about a path that leaves the folder: it is no manifest', async () => {
    const honest = await b.manifest('model/x@1.0.0');
    const text = new TextDecoder().decode(honest.manifest).replace('"model.bin"', '"../evil.bin"');
    const bytes = new TextEncoder().encode(text);
    const signature = await b.sign(ana, 'at1-manifest', bytes);
    const result = await verified({ [honest.path]: bytes, 'model/x/1.0.0.sig/ana.sig': signature, ...honest.objects });
    assert.equal(codesOf(result.findings).length, 1);
    await refuses('model/x@1.0.0', 'artifact/not-found');
  });

  it('through a layout: missing, damaged, of another size, or no layout at all', async () => {
    const data = new TextEncoder().encode('one two');
    const parts = [data.subarray(0, 4), data.subarray(4)];
    const stored: Record<string, Uint8Array> = {};
    const keep = async (bytes: Uint8Array) => {
      const { object, container, original } = await encodeSegment(bytes, 'balanced', b.engines);
      stored[objectPath(object)] = container;
      return { size: bytes.length, sha256: original, object, stored: container.length };
    };
    const segments = [await keep(parts[0] as Uint8Array), await keep(parts[1] as Uint8Array)];
    const whole = digestOf(b.engines.sha256(data));
    const version = async (bytes: Uint8Array) => {
      const layout = await keep(bytes);
      const files = await b.version('model/x@1.0.0', {
        edit: (honest) => ({
          ...honest,
          content: whole,
          size: data.length,
          files: honest.files.map(({ segments: _, ...file }) => ({
            ...file,
            size: data.length,
            sha256: whole,
            blake3: blake3Of(b.engines.blake3(data)),
            layout,
          })),
        }),
      });
      return { files: { ...files, ...stored }, layout: objectPath(layout.object) };
    };
    const good = await version(writeLayout({ size: data.length, segments }));
    assertFound(await verified(good.files), [], 0);
    await get(await open(), { ref: 'model/x', out: dir.at('out') });
    assert.equal(readFileSync(dir.at('out'), 'utf8'), 'one two');
    rmSync(dir.at('out'));
    // What a layout lists counts like what a manifest lists.
    for (const digest of [good.layout.slice(-68, -4), ...segments.map(({ object }) => object)]) {
      const { versions } = await identify(await open(), digest);
      assert.deepEqual(
        versions.map(({ ref, match }) => [ref, match]),
        [['model/x@1.0.0', 'object']],
      );
    }
    assert.equal((await stats(await open())).objects, 4);
    const without: Record<string, NewFile> = { ...good.files };
    delete without[good.layout];
    assertFound(await verified(without), ['object/missing'], 32);
    await refuses('model/x', 'object/missing');
    const damaged = { ...good.files, [good.layout]: flipMiddle(stored[good.layout] as Uint8Array) };
    assertFound(await verified(damaged), ['object/digest-mismatch'], 20);
    const short = await version(writeLayout({ size: 4, segments: segments.slice(0, 1) }));
    assertFound(await verified(short.files), ['manifest/content-mismatch'], 20);
    await refuses('model/x', 'manifest/content-mismatch');
    const junk = await version(new TextEncoder().encode('no layout'));
    assertFound(await verified(junk.files), ['document/syntax'], 23);
    const swapped = await version(writeLayout({ size: data.length, segments: [...segments].reverse() }));
    assertFound(await verified(swapped.files), ['file/digest-mismatch'], 20);
    await refuses('model/x', 'file/digest-mismatch');
  });
});

function flipMiddle(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, i) => (i === bytes.length >> 1 ? byte ^ 1 : byte));
}
