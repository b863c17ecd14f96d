import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromUtf8, utf8 } from '../../src/bytes/text.js';
import { At1Error, type ErrorCode } from '../../src/errors.js';
import {
  type Manifest,
  readConfig,
  readLayout,
  readManifest,
  readPolicy,
  writeConfig,
  writeLayout,
  writeManifest,
  writePolicy,
} from '../../src/manifest/documents.js';
import { signingEngines } from '../helpers/test-engines.js';
import { throwsCode } from '../helpers/throws-code.js';
import { anyLayout, anyManifest } from './arbitraries.js';
import { A, B, EXAMPLE, REGISTRY } from './example.js';

const read = (text: string): Manifest => readManifest(utf8(text), signingEngines);
const write = (manifest: Manifest): string => fromUtf8(writeManifest(manifest, signingEngines));
/** Documents have objects without a prototype; comparison wants ordinary ones. */
const plain = <T>(value: T): T => structuredClone(value);

describe('the manifest', () => {
  it('reads and writes the worked example byte for byte', () => {
    const manifest = read(EXAMPLE);
    assert.equal(manifest.content, A);
    assert.equal(manifest.metrics?.f1, 1);
    assert.equal(manifest.card?.text, '# Fraud "detector"\nC:\\models');
    assert.equal(manifest.files[0]?.segments?.[1]?.stored, 40);
    assert.equal(write(manifest), EXAMPLE);
  });

  it('reads back every manifest it writes, and writes it again alike', () => {
    fc.assert(
      fc.property(anyManifest, (manifest) => {
        const text = write(manifest);
        const back = read(text);
        assert.deepEqual(plain(back), plain(manifest));
        assert.equal(write(back), text);
      }),
      { numRuns: 300 },
    );
  });

  it('answers any change of bytes with a refusal or with the same canonical text', () => {
    const edit = fc.record({ at: fc.nat(), remove: fc.nat({ max: 3 }), insert: fc.stringMatching(/^[ -~\n]{0,3}$/) });
    fc.assert(
      fc.property(anyManifest, fc.array(edit, { minLength: 1, maxLength: 3 }), (manifest, edits) => {
        let text = write(manifest);
        for (const { at, remove, insert } of edits) {
          const from = at % text.length;
          text = text.slice(0, from) + insert + text.slice(from + remove);
        }
        // A cut may go through a surrogate pair, whose halves are no text: compare what the bytes say.
        text = fromUtf8(utf8(text));
        try {
          assert.equal(write(read(text)), text);
        } catch (error) {
          assert.ok(error instanceof At1Error, String(error));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('survives every flip of a byte in the example', () => {
    const bytes = utf8(EXAMPLE);
    for (let at = 0; at < bytes.length; at++) {
      for (const mask of [0x01, 0x20, 0x80]) {
        const changed = bytes.slice();
        changed[at] = (changed[at] as number) ^ mask;
        try {
          assert.deepEqual(writeManifest(readManifest(changed, signingEngines), signingEngines), changed);
        } catch (error) {
          assert.ok(error instanceof At1Error, `${at}: ${String(error)}`);
        }
      }
    }
  });

  const refused: [string, ErrorCode, string, string][] = [
    ['an unknown field', 'document/schema', 'size = 8\nd', 'colour = "red"\nsize = 8\nd'],
    ['a missing field', 'document/schema', 'kind = "model"\n', ''],
    ['another kind', 'document/schema', '"model"', '"models"'],
    ['a bad name', 'document/schema', 'fraud-detector', 'Fraud'],
    ['a bad version', 'document/schema', '"1.0.0"', '"01.0.0"'],
    ['a date that does not exist', 'document/schema', '2026-11-22', '2026-02-30'],
    ['a date that is not a string', 'document/syntax', '"2026-11-22T01:02:03Z"', '2026-11-22T01:02:03Z'],
    ['a wrong content digest', 'manifest/content-mismatch', `sha256:${A}`, `sha256:${B}`],
    ['segments that do not add up', 'document/schema', 'size = 5,', 'size = 6,'],
    ['files that do not add up', 'document/schema', 'size = 8\ndescription', 'size = 9\ndescription'],
    ['an empty segment among others', 'document/schema', 'size = 5, sha256', 'size = 0, sha256'],
    ['a path that leaves', 'document/schema', '"model.onnx"', '"../model.onnx"'],
    ['an escaped bidirectional mark', 'document/syntax', 'Finds fraud', 'Finds \\u202Efraud'],
    ['a raw bidirectional mark', 'document/syntax', 'Finds fraud', 'Finds \u202efraud'],
    ['a carriage return', 'document/syntax', 'f1 = 1.0\n', 'f1 = 1.0\r\n'],
    ['a byte order mark', 'document/syntax', '#:schema', '\ufeff#:schema'],
    ['a control character in the card', 'document/syntax', '# Fraud', '\\u001B# Fraud'],
    ['inf', 'document/syntax', 'f1 = 1.0', 'f1 = inf'],
    ['nan', 'document/syntax', 'f1 = 1.0', 'f1 = nan'],
    ['a duplicate key', 'document/syntax', 'f1 = 1.0', 'auc = 1.0'],
    ['a prototype as metric', 'document/schema', 'f1 = 1.0', '__proto__ = 1.0'],
    ['a prototype as field', 'document/schema', '[card]', '[__proto__]\nx = 1\n\n[card]'],
    ['a constructor as field', 'document/schema', '[card]', '[constructor.prototype]\nx = 1\n\n[card]'],
    ['an integer beyond the safe ones', 'document/syntax', 'size = 8\ndesc', 'size = 9007199254740993\ndesc'],
    ['an integer for a metric', 'document/not-canonical', 'f1 = 1.0', 'f1 = 1'],
    ['a float for a size', 'document/not-canonical', 'size = 8\ndesc', 'size = 8.0\ndesc'],
    ['a comment', 'document/not-canonical', 'f1 = 1.0', 'f1 = 1.0 # good'],
    ['another order', 'document/not-canonical', 'auc = 0.91\nf1 = 1.0', 'f1 = 1.0\nauc = 0.91'],
    ['executable = false', 'document/schema', 'executable = true', 'executable = false'],
    ['no segments', 'document/schema', 'segments = [', 'x = ['],
    ['no schema line', 'document/not-canonical', '#:schema urn:at1:schema:manifest:1\n\n', ''],
    ['a later format', 'registry/format-unsupported', 'manifest:1', 'manifest:2'],
    ['no final line feed', 'document/not-canonical', '},\n]\n', '},\n]'],
  ];
  for (const [what, code, from, to] of refused) {
    it(`refuses ${what}`, async () => {
      assert.ok(EXAMPLE.includes(from), from);
      await throwsCode(() => read(EXAMPLE.replace(from, () => to)), code);
    });
  }

  it('says line and column of what is wrong', async () => {
    const cases: [string, string, ErrorCode, number, number][] = [
      ['auc = 0.91', 'auc = 0.91 0', 'document/syntax', 14, 12],
      ['"model.onnx"', '"a\\\\b"', 'document/schema', 24, 1],
      ['"fraud-detector"', '"Fraud"', 'document/schema', 5, 1],
      ['stored = 40', 'stored = 0', 'document/schema', 31, 3],
      ['f1 = 1.0', 'f1 = 1', 'document/not-canonical', 15, 7],
    ];
    for (const [from, to, code, line, column] of cases) {
      const { facts } = await throwsCode(() => read(EXAMPLE.replace(from, () => to)), code);
      assert.deepEqual([facts.line, facts.column], [line, column], to);
    }
  });

  it('refuses paths that are unsorted, twins, or inside one another', async () => {
    const cases: [string[], ErrorCode][] = [
      [['b', 'a'], 'document/schema'],
      [['a', 'a'], 'document/schema'],
      [['Model', 'model'], 'manifest/name-twin'],
      [['STRASSE', 'straße'], 'manifest/name-twin'],
      [['A', 'a/x'], 'manifest/name-twin'],
      [['a', 'a/x'], 'manifest/name-twin'],
      [['a', 'a-b', 'a/x/y'], 'manifest/name-twin'],
    ];
    const base = read(EXAMPLE);
    for (const [paths, code] of cases) {
      const files = paths.map((path) => ({ ...base.files[0], path }) as Manifest['files'][number]);
      await throwsCode(() => write({ ...base, form: 'tree', size: 8 * files.length, files }), code);
    }
  });

  it('keeps cards byte for byte, and shows their invisible characters as escapes', () => {
    const base = read(EXAMPLE);
    for (const text of [
      '',
      '\n',
      '\r\n',
      '"""\n"""',
      '""\n""""',
      '\\\n"',
      '\n\n',
      'tab\there\n',
      '\u202eevil\n',
      '\ufeff',
      '👩‍💻\n',
    ]) {
      const written = write({ ...base, card: { format: 'markdown', text } });
      assert.equal(read(written).card?.text, text);
      assert.ok(!/[\u200d\u202e\ufeff\r]/.test(written));
    }
  });

  it('keeps to its limits', async () => {
    const base = read(EXAMPLE);
    await throwsCode(() => readManifest(new Uint8Array(16 * 1024 * 1024 + 1), signingEngines), 'document/too-large');
    const metrics = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`m${i}`, i]));
    write({
      ...base,
      metrics: metrics(1000),
      description: 'x'.repeat(4096),
      card: { format: 'toml', text: 'x'.repeat(262144) },
    });
    await throwsCode(() => write({ ...base, metrics: metrics(1001) }), 'document/schema');
    await throwsCode(() => write({ ...base, description: 'ä'.repeat(2049) }), 'document/schema');
    await throwsCode(() => write({ ...base, card: { format: 'toml', text: 'ä'.repeat(131073) } }), 'document/schema');
    const segment = { ...base.files[0]?.segments?.[0], size: 1 } as NonNullable<
      Manifest['files'][number]['segments']
    >[number];
    const withSegments = (count: number) => ({
      ...base,
      size: count,
      files: [{ ...base.files[0], size: count, segments: Array(count).fill(segment) }] as Manifest['files'],
    });
    write(withSegments(64));
    await throwsCode(() => write(withSegments(65)), 'document/schema');
  });

  it('refuses sums that are too large to be exact', async () => {
    const base = read(EXAMPLE);
    const layout = { ...base.files[0]?.segments?.[0] };
    const { segments: _segments, ...file } = base.files[0] as Manifest['files'][number];
    const files = ['a', 'b'].map((path) => ({
      ...file,
      path,
      size: Number.MAX_SAFE_INTEGER,
      layout,
    })) as unknown as Manifest['files'];
    await throwsCode(() => write({ ...base, form: 'tree', size: Number.MAX_SAFE_INTEGER, files }), 'document/schema');
  });

  it('has the numbers of its metrics to the last bit', () => {
    const values = [0, -0, 1, -1, 0.1, 1e21, 1e-7, 5e-324, Number.MAX_VALUE, 2 ** 53, 123456789012345680000];
    for (const value of values) {
      assert.ok(Object.is(read(write({ ...read(EXAMPLE), metrics: { value } })).metrics?.value, value), String(value));
    }
  });

  it('leaves the prototypes of the program alone', async () => {
    const before = Object.getOwnPropertyNames(Object.prototype).sort();
    for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__defineGetter__']) {
      await throwsCode(() => read(EXAMPLE.replace('[card]', `[${key}.x]\npolluted = 1\n\n[card]`)), 'document/schema');
      await throwsCode(() => read(EXAMPLE.replace('f1 = 1.0', `f1 = { ${key} = 1 }`)), 'document/schema');
    }
    assert.deepEqual(Object.getOwnPropertyNames(Object.prototype).sort(), before);
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  });
});

describe('the layout', () => {
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(anyLayout, (layout) => {
        const bytes = writeLayout(layout);
        assert.deepEqual(plain(readLayout(bytes)), plain(layout));
        assert.deepEqual(writeLayout(readLayout(bytes)), bytes);
      }),
    );
  });

  it('refuses sizes that do not add up', async () => {
    await throwsCode(
      () =>
        readLayout(
          utf8(
            `#:schema urn:at1:schema:layout:1\n\nsize = 3\nsegments = [\n  { size = 2, sha256 = "${A}", object = "${B}", stored = 9 },\n]\n`,
          ),
        ),
      'document/schema',
    );
  });
});

describe('at1.toml', () => {
  const config = { format: 1, id: REGISTRY, branch: 'main', storage: 'git' } as const;

  it('reads back what it writes', () => {
    assert.deepEqual(plain(readConfig(writeConfig(config))), config);
  });

  it('may be written by people in any form', () => {
    const text = `# ours\nstorage='git'\nid = '${REGISTRY}' # never changes\n"branch" = "team/main"\nformat = 0x1`;
    assert.equal(readConfig(utf8(text)).branch, 'team/main');
  });

  it('says when it was made for a newer program', async () => {
    await throwsCode(() => readConfig(utf8('format = 2\nshards = 4\n')), 'registry/format-unsupported');
  });

  it('refuses branches that git refuses, and floats for integers', async () => {
    for (const branch of ['', '-x', 'a..b', 'a b', 'x.lock', '/a', 'a/', 'a//b', '@', 'HEAD', 'a/.b', 'a~1', 'a.']) {
      await throwsCode(() => writeConfig({ ...config, branch }), 'document/schema');
    }
    await throwsCode(
      () => readConfig(utf8(`format = 1.0\nid = "${REGISTRY}"\nbranch = "main"\nstorage = "git"\n`)),
      'document/syntax',
    );
  });
});

describe('the policy document', () => {
  it('is written in canonical form and read in any', () => {
    const document = {
      registry: REGISTRY,
      version: 1,
      principals: { ana: { name: 'Ana', keys: ['ssh-ed25519 AAAA ana'] }, 'bo.b': { keys: ['ssh-ed25519 BBBB'] } },
      roles: { owner: ['ana'], 'a.b': ['bo.b'] },
      rules: [{ artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 }],
    };
    const bytes = writePolicy(document);
    assert.deepEqual(plain(readPolicy(bytes).document), document);
    assert.ok(fromUtf8(bytes).includes('[principals."bo.b"]'));
    assert.deepEqual(plain(readPolicy(utf8(`${fromUtf8(bytes)}# the end`)).document), document);
  });
});
