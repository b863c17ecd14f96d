import assert from 'node:assert/strict';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { invalidateTrees } from '../../src/git/index-cache-tree.js';

const text = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString('latin1');
const OID = new Uint8Array(20).fill(0x61);
const known = (name: string, entries: number, subtrees: number): Uint8Array =>
  concatBytes([utf8(`${name}\0${entries} ${subtrees}\n`), OID]);

describe("the index's cache of folder ids", () => {
  it('forgets the folders above what changes and keeps the others', () => {
    const bytes = concatBytes([known('', 3, 2), known('data', 1, 0), known('model', 2, 1), known('a', 1, 0)]);
    const id = text(OID);
    assert.equal(text(invalidateTrees(bytes, ['model/x'])), `\0-1 2\ndata\x001 0\n${id}model\0-1 1\na\x001 0\n${id}`);
  });

  it('is dropped where it makes no sense: git makes a new one', () => {
    for (const bad of ['\x001 0', '\0x y\n', '\x001 0\nshort', '\0-1 1\n', '\0-1 0\nmore']) {
      assert.equal(invalidateTrees(utf8(bad), ['a']), undefined, JSON.stringify(bad));
    }
  });

  it('is dropped where its lines or its depth have no end', () => {
    const wide = concatBytes([Uint8Array.of(0), new Uint8Array(300_000).fill(0x31), utf8('\n')]);
    const deep = utf8(`\0-1 1\n${'a\0-1 1\n'.repeat(60_000)}`);
    assert.equal(invalidateTrees(wide, ['a/b']), undefined);
    assert.equal(invalidateTrees(deep, ['a/b']), undefined);
  });
});
