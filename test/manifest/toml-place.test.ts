import assert from 'node:assert/strict';
import { lineAndColumn, locate, parsePointer, showPointer } from '../../src/manifest/toml-place.js';

const TEXT = `# a policy
version = 1
text = """
version = 9
[nothing]
"""

[principals.ana]
keys = ["x"]

[principals."bo.b"]
  keys = [
    "y",
  ]

[[rules]]
role = "owner"
[[rules]]
role = "other"
segments = [
  { size = 1 },
  { size = 2 },
]
`;

describe('places in a document', () => {
  it('finds the line of a value by its pointer', () => {
    const cases: [(string | number)[], number, number][] = [
      [['version'], 2, 1],
      [['principals', 'ana', 'keys'], 9, 1],
      [['principals', 'ana', 'unknown'], 8, 1],
      [['principals', 'bo.b', 'keys', 0], 12, 3],
      [['rules', 0, 'role'], 17, 1],
      [['rules', 1, 'role'], 19, 1],
      [['rules', 1, 'segments', 1, 'size'], 22, 3],
    ];
    for (const [pointer, line, column] of cases)
      assert.deepEqual(locate(TEXT, pointer), { line, column }, String(pointer));
  });

  it('says nothing where nothing fits', () => {
    assert.equal(locate(TEXT, ['missing']), undefined);
    assert.equal(locate('', ['a']), undefined);
    assert.equal(locate(TEXT, []), undefined);
  });

  it('counts lines and columns from one', () => {
    assert.deepEqual(lineAndColumn('ab\ncd', 0), { line: 1, column: 1 });
    assert.deepEqual(lineAndColumn('ab\ncd', 2), { line: 1, column: 3 });
    assert.deepEqual(lineAndColumn('ab\ncd', 3), { line: 2, column: 1 });
  });

  it('writes pointers and reads them back', () => {
    for (const pointer of [[], ['a'], ['a/b', 3, '~1'], ['x', '~0/']])
      assert.deepEqual(parsePointer(showPointer(pointer)), pointer);
  });
});
