/** What is said of documents that are wrong in one place, and of which place. */
import assert from 'node:assert/strict';
import { utf8 } from '../../src/bytes/text.js';
import type { ErrorCode, Facts } from '../../src/errors.js';
import {
  CONFIG_LIMIT,
  MANIFEST_LIMIT,
  type Manifest,
  POLICY_LIMIT,
  readConfig,
  readLayout,
  readManifest,
  readPolicy,
  writeConfig,
  writeLayout,
  writeManifest,
  writePolicy,
} from '../../src/manifest/documents.js';
import { parseRelPath } from '../../src/manifest/rel-path.js';
import { signingEngines } from '../helpers/test-engines.js';
import { throwsCode } from '../helpers/throws-code.js';
import { A, B, C, EXAMPLE, REGISTRY } from './example.js';

const read = (text: string): Manifest => readManifest(utf8(text), signingEngines);
const write = (manifest: Manifest): Uint8Array => writeManifest(manifest, signingEngines);

/** What is replaced by what; what is said, with line and column where there is one, and the pointer. */
type Edit = readonly [string, string, string, string, string?];

function refuses(code: ErrorCode, edits: readonly Edit[]): void {
  for (const [from, to, message, place, at] of edits) {
    it(message.slice(0, 90), async () => {
      assert.ok(EXAMPLE.includes(from));
      const error = await throwsCode(() => read(EXAMPLE.replace(from, () => to)), code);
      const { line, column } = error.facts;
      assert.deepEqual(
        [error.message, line === undefined ? '' : `${line}:${column}`, error.facts.at],
        [message, place, at],
      );
    });
  }
}

const DESCRIPTION = 'description = "Finds fraud."';

describe('a manifest that does not fit its schema', () => {
  refuses('document/schema', [
    ['name = "fraud-detector"\n', '', "field 'name' is missing in the document", '', ''],
    ['size = 5, ', '', "field 'size' is missing in /files/0/segments/0", '30:3', '/files/0/segments/0'],
    ['[metrics]', '[metric]', "unknown field 'metric' in the document", '13:1', '/metric'],
    ['stored = 50', 'stored = 50, x = 1', "unknown field 'x' in /files/0/segments/0", '30:3', '/files/0/segments/0/x'],
    ['"markdown"\n', '"markdown"\nmore = 1\n', "unknown field 'more' in /card", '19:1', '/card/more'],
    [
      '[metrics]',
      `[${'m'.repeat(99)}]`,
      `unknown field '${'m'.repeat(80)}' in the document`,
      '13:1',
      `/${'m'.repeat(99)}`,
    ],
    ['kind = "model"', 'kind = "thing"', '/kind must be one of model, data, recipe', '4:1', '/kind'],
    ['auc = 0.91', '"a|b" = 0.91', "name 'a|b' is not allowed in /metrics", '13:1', '/metrics'],
    ['auc = 0.91', 'auc = "x"', '/metrics/auc must be number', '14:1', '/metrics/auc'],
    [DESCRIPTION, 'description = ""', '/description must NOT have fewer than 1 characters', '11:1', '/description'],
  ]);
});

describe('a manifest that breaks a rule no schema can say', () => {
  const added = `${DESCRIPTION}\ndirectories = `;
  const tree = 'form = "tree"';
  refuses('document/schema', [
    ['"fraud-detector"', '"Fraud"', "/name: name 'Fraud' has capital letters", '5:1', '/name'],
    ['"1.0.0"', '"1.0.0.0"', "/version: not a version: '1.0.0.0'", '6:1', '/version'],
    ['T01:02:03Z', 'T24:02:03Z', '/created is not a date: 2026-11-22T24:02:03Z', '7:1', '/created'],
    ['size = 8\ndesc', 'size = 9\ndesc', '/size: sizes add up to 8, not 9', '10:1', '/size'],
    ['size = 3,', 'size = 4,', '/files/0/segments: sizes add up to 9, not 8', '29:1', '/files/0/segments'],
    ['"model.onnx"', '"a//b"', "/files/0/path: path 'a//b' has an empty part", '24:1', '/files/0/path'],
    [DESCRIPTION, `${added}["a"]`, 'form is file, but there is not exactly one file', '9:1', '/form'],
    [DESCRIPTION, `${added}["/"]`, "/directories/0: path '/' has an empty part", '12:1', '/directories/0'],
    [
      `form = "file"\nsize = 8\n${DESCRIPTION}`,
      `${tree}\nsize = 8\n${added}["b", "a"]`,
      '/directories: paths are not sorted by bytes',
      '12:1',
      '/directories/1',
    ],
    [
      `form = "file"\nsize = 8\n${DESCRIPTION}`,
      `${tree}\nsize = 8\n${added}["a", "a"]`,
      '/directories: paths are not unique',
      '12:1',
      '/directories/1',
    ],
    [
      'size = 5, sha256 = "cc',
      'size = 8, sha256 = "cc',
      '/files/0/segments: sizes add up to 11, not 8',
      '29:1',
      '/files/0/segments',
    ],
  ]);

  it('hints at what would be right, where the field knows', async () => {
    const { hint } = await throwsCode(() => read(EXAMPLE.replace('"fraud-detector"', '"Fraud"')), 'document/schema');
    assert.equal(hint, 'write fraud');
  });

  it('names the empty segment among others', async () => {
    const text = EXAMPLE.replace('size = 5,', 'size = 8,').replace('size = 3,', 'size = 0,');
    const error = await throwsCode(() => read(text), 'document/schema');
    assert.equal(error.message, 'an empty segment among others');
    assert.deepEqual(error.facts, { line: 31, column: 3, at: '/files/0/segments/1' });
    const empty = `#:schema urn:at1:schema:layout:1\n\nsize = 0\nsegments = [\n  { size = 0, sha256 = "${A}", object = "${B}", stored = 9 },\n]\n`;
    assert.equal(readLayout(utf8(empty)).segments.length, 1);
  });

  it('shows both content digests', async () => {
    const { message, facts } = await throwsCode(
      () => read(EXAMPLE.replace(`sha256:${A}`, `sha256:${B}`)),
      'manifest/content-mismatch',
    );
    assert.equal(message, 'the content digest is not that of the files listed');
    assert.deepEqual(facts, { line: 8, column: 1, at: '/content', expected: `sha256:${A}`, found: `sha256:${B}` });
  });

  it('shows both paths of twins', async () => {
    const base = read(EXAMPLE);
    const [file] = base.files;
    const of = (...paths: string[]): Manifest => ({
      ...base,
      form: 'tree',
      size: 8 * paths.length,
      files: paths.map((path) => ({ ...file, path })) as unknown as Manifest['files'],
    });
    for (const [paths, path, other] of [
      [['Model', 'model'], 'model', 'Model'],
      [['A', 'a/x'], 'A', 'a/x'],
      [['a', 'a/b/c'], 'a', 'a/b/c'],
      [['a/B', 'a/b/c'], 'a/B', 'a/b/c'],
    ] as const) {
      const error = await throwsCode(() => write(of(...paths)), 'manifest/name-twin');
      assert.deepEqual(error.facts, { path, other });
      assert.match(error.message, new RegExp(`^paths '${other}' and '${path}' cannot both exist`));
    }
    // Folders that share only the beginning of a name are no twins.
    const fine = { ...of('a-b', 'a.b/c', 'ab/c', 'ab/d'), directories: ['a', 'abc'].map((path) => parseRelPath(path)) };
    await throwsCode(() => write(fine as unknown as Manifest), 'manifest/content-mismatch');
    const inside = { ...of('a/b'), directories: ['a'] } as unknown as Manifest;
    await throwsCode(() => write(inside), 'manifest/name-twin');
  });

  it('has texts of at most 4 KiB, and cards of 256', async () => {
    const base = read(EXAMPLE);
    for (const field of ['description', 'purpose'] as const) {
      write({ ...base, [field]: 'ä'.repeat(2048) });
      const error = await throwsCode(() => write({ ...base, [field]: 'ä'.repeat(2049) }), 'document/schema');
      assert.equal(error.message, `/${field} is longer than 4096 bytes`);
    }
    write({ ...base, card: { format: 'toml', text: 'ä'.repeat(131_072) } });
    const card = { format: 'toml', text: 'ä'.repeat(131_073) } as const;
    const error = await throwsCode(() => write({ ...base, card }), 'document/schema');
    assert.equal(error.message, '/card/text is longer than 262144 bytes');
    assert.deepEqual(error.facts, { at: '/card/text' });
  });
});

describe('a manifest that is no TOML of ours', () => {
  refuses('document/syntax', [
    ['f1 = 1.0', 'f1 = inf', 'inf and nan are not numbers here', '15:1', '/metrics/f1'],
    ['auc = 0.91', 'auc = 1979-05-27', 'dates are written as strings, in quotes', '14:1', '/metrics/auc'],
    ['size = 8\ndesc', 'size = 9007199254740992\ndesc', 'integer 9007199254740992 is out of range', '10:1', '/size'],
    ['auc = 0.91', '"a\\u200Bb" = 0.91', 'character U+200B in a key', '13:1', '/metrics'],
    ['"model"', '"mo\r\ndel"', 'carriage return in the document', '4:11'],
    ['# Fraud', '# Fr\u200baud', 'invisible character U+200B in the document', '20:5'],
    ['"model.onnx"', '"a\\tb"', 'character U+0009 in /files/0/path', '24:1', '/files/0/path'],
    ['C:\\\\models', 'C:\\u0007', 'character U+0007 in /card/text', '19:1', '/card/text'],
    ['Finds fraud.', 'Finds\\u200B.', 'character U+200B in /description', '11:1', '/description'],
  ]);

  it('is told how to end its lines', async () => {
    const { hint } = await throwsCode(() => read(EXAMPLE.replaceAll('\n', '\r\n')), 'document/syntax');
    assert.equal(hint, 'use line feeds alone at the ends of lines');
  });

  it('is refused before it is parsed where it is too long', async () => {
    const cases: readonly (readonly [(bytes: Uint8Array) => unknown, number])[] = [
      [(bytes) => readManifest(bytes, signingEngines), MANIFEST_LIMIT],
      [readLayout, 16 * 1024 * 1024],
      [readPolicy, POLICY_LIMIT],
      [readConfig, CONFIG_LIMIT],
    ];
    assert.deepEqual([MANIFEST_LIMIT, POLICY_LIMIT, CONFIG_LIMIT], [16 * 1024 * 1024, 1024 * 1024, 1024 * 1024]);
    for (const [parse, limit] of cases) {
      // Zeros are not text, which is looked at only within the limit.
      await throwsCode(() => parse(new Uint8Array(limit)), 'document/syntax');
      const error = await throwsCode(() => parse(new Uint8Array(limit + 1)), 'document/too-large');
      assert.equal(error.message, `document of ${limit + 1} bytes exceeds the limit of ${limit}`);
      assert.deepEqual(error.facts, { size: limit + 1, limit });
    }
  });
});

describe('a document of another version', () => {
  const config = (first: string, format = 'format = 1') =>
    utf8(`${first}${format}\nid = "${REGISTRY}"\nbranch = "main"\nstorage = "git"\n`);
  const newer = async (parse: () => unknown, found: number): Promise<void> => {
    const error = await throwsCode(parse, 'registry/format-unsupported');
    assert.equal(error.message, `format version ${found}, but this program knows version 1`);
    assert.equal(error.hint, 'use a newer at1');
    assert.deepEqual(error.facts satisfies Facts, { expected: 1, found });
  };

  it('says so before anything else is found wrong with it', async () => {
    await newer(() => read('#:schema urn:at1:schema:manifest:2\nshards = 4\n'), 2);
    await newer(() => readLayout(utf8('#:schema urn:at1:schema:layout:999999999\n')), 999_999_999);
    await newer(() => readPolicy(utf8('#:schema urn:at1:schema:policy:2\n')), 2);
    await newer(() => readConfig(utf8('format = 0\n')), 0);
    await newer(() => readConfig(config('', 'format = 3')), 3);
    // In at1.toml the field counts, because people may leave out the first line.
    assert.equal(readConfig(config('#:schema urn:at1:schema:registry:7\n')).format, 1);
    await newer(() => readConfig(utf8('#:schema urn:at1:schema:registry:7\n')), 7);
  });

  it('is another kind of wrong where the first line names no version', async () => {
    for (const first of [
      '#:schema urn:at1:schema:policy:x\n',
      '#:schema urn:at1:schema:policy:\n',
      '#:schema urn:at1:schema:policy:1234567890\n',
      '#:schema urn:at1:schema:manifest:2\n',
      ' #:schema urn:at1:schema:policy:2\n',
      '#:schema urn:at1:schema:policy:2',
      '',
    ]) {
      const error = await throwsCode(() => readPolicy(utf8(first)), 'document/schema');
      assert.equal(error.message, "field 'registry' is missing in the document");
    }
    const { message } = await throwsCode(() => readConfig(utf8('format = "2"\n')), 'document/schema');
    assert.equal(message, "field 'id' is missing in the document");
  });
});

describe('a document that is valid but not canonical', () => {
  it('shows the first character that differs', async () => {
    for (const [from, to, line, column] of [
      ['manifest:1', 'manifest:x', 1, 34],
      ['f1 = 1.0', 'f1 = 1.00', 15, 9],
      ['\n[card]', '[card]', 16, 1],
    ] as const) {
      const error = await throwsCode(() => read(EXAMPLE.replace(from, to)), 'document/not-canonical');
      assert.deepEqual([error.facts.line, error.facts.column], [line, column]);
      assert.match(error.message, /valid, but not in the canonical form/);
      assert.match(error.hint ?? '', /write it again with at1/);
    }
    const longer = await throwsCode(() => read(`${EXAMPLE}\n`), 'document/not-canonical');
    assert.equal(longer.facts.line, 33);
    const layout = `#:schema urn:at1:schema:layout:1\n\nsize = 2\nsegments = [{ size = 2, sha256 = "${A}", object = "${B}", stored = 9 }]\n`;
    await throwsCode(() => readLayout(utf8(layout)), 'document/not-canonical');
  });
});

describe('what would be refused is not written', () => {
  it('by any writer', async () => {
    const segment = { size: 2, sha256: A, object: C, stored: 9 };
    const unfit = { size: 2, segments: [] } as unknown as Parameters<typeof writeLayout>[0];
    await throwsCode(() => writeLayout(unfit), 'document/schema');
    await throwsCode(() => writeLayout({ size: 3, segments: [segment] } as never), 'document/schema');
    await throwsCode(() => writePolicy({} as never), 'document/schema');
    await throwsCode(() => writeConfig({} as never), 'document/schema');
    const config = { format: 1, id: REGISTRY, branch: 'a b', storage: 'git' } as const;
    const error = await throwsCode(() => writeConfig(config), 'document/schema');
    assert.equal(error.message, '/branch is not the name of a git branch');
    assert.deepEqual(error.facts, { at: '/branch' });
    await throwsCode(() => write({ ...read(EXAMPLE), kind: 'x' } as never), 'document/schema');
    // Hidden characters fit the schema, and are caught by reading back.
    await throwsCode(() => write({ ...read(EXAMPLE), description: 'a\u200bb' }), 'document/syntax');
  });
});
