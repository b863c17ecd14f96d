/** The TOML readers of the stand-alone decoders: any manifest means to them what it means to the reader of this package. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import { readLayout, readManifest, writeLayout, writeManifest } from '../../src/manifest/documents.js';
import { signingEngines } from '../helpers/test-engines.js';
import { anyLayout, anyManifest } from '../manifest/arbitraries.js';
import { agreed, askBoth, type Job, ROOT } from './both.js';

const HEAD = '#:schema urn:at1:schema:manifest:1\n\n';

describe('the TOML of the stand-alone decoders', () => {
  it('reads every manifest and layout as this package does', async () => {
    const documents = [
      ...fc.sample(anyManifest, { numRuns: 150, seed: 7 }).map((manifest) => writeManifest(manifest, signingEngines)),
      ...fc.sample(anyLayout, { numRuns: 30, seed: 8 }).map((layout) => writeLayout(layout)),
    ];
    const { python, script } = await askBoth(documents.map((data): Job => ({ kind: 'toml', data })));
    for (const [i, data] of documents.entries()) {
      const expected = plain(i < 150 ? manifestOf(data) : readLayout(data));
      assert.deepEqual(JSON.parse(python[i] as string), expected);
      assert.deepEqual(JSON.parse(script[i] as string), expected);
    }
  });

  it('reads them as the TOML library of Python does, where that has one', () => {
    const document = utf8(
      `${HEAD}a = "x\\u00e9\\"\\\\"\nb = -1.5e-7\n\n[t."k \\t"]\nl = [1, 2]\n\n[[f]]\ng = [\n  { a = true, b = "" },\n]\n`,
    );
    const code =
      'import sys; sys.dont_write_bytecode = True; sys.path.insert(0, sys.argv[1]); import at1\n' +
      'try:\n import tomllib\nexcept ImportError:\n sys.exit(0)\n' +
      'data = sys.stdin.buffer.read(); assert at1.read_toml(data, "x") == tomllib.loads(data.decode())';
    const { status, stderr } = spawnSync('python3', ['-c', code, `${ROOT}/decoders`], { input: document });
    assert.equal(status, 0, String(stderr));
  });

  it('refuses what is no document, with the line', async () => {
    const broken = [
      'a',
      'a = ',
      'a = "x',
      'a = "\\x"',
      'a = "\\ud800"',
      'a = 1\na = 2',
      'a = [1',
      'a = { b = 1',
      '[a]\n[a]',
      '[[a]]\n[a.b]\n[a.b]',
      'a = []\n[[a]]',
      'a = 1 b = 2',
      `a = ${'['.repeat(40)}`,
      `[${'a.'.repeat(40)}a]`,
      'a = """x',
      'a = "\u0001"',
    ];
    const data = [...broken.map((text) => utf8(text)), Uint8Array.of(0x61, 0xff)];
    for (const answer of await agreed(
      data.map((bytes): Job => ({ kind: 'toml', data: bytes })),
      broken,
    )) {
      assert.equal(answer, 'document/invalid');
    }
  });
});

/** As it is written: the digest of the content with the name of its kind. */
function manifestOf(data: Uint8Array): unknown {
  const manifest = readManifest(data, signingEngines);
  return { ...manifest, content: `sha256:${manifest.content}` };
}

/** Plain data without prototypes of classes and null objects. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
