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

  it('finds keys in quotes, dotted keys, and tables of the same name one by one', () => {
    const text = [
      '# a = 1', // 1
      'a . "b.c" = 1',
      '"x = y"\t= 2',
      "'it''s' = 3",
      'one = """on one line"""',
      "raw = '''", // 6
      'one = 9',
      '[one]',
      "''' # the end",
      'two = 2',
      'list = [', // 11
      '  { a = 1 }, # = {',
      '\t{ a = 2 },',
      ']',
      '[[t]]',
      '[[u]]', // 16
      'v = 1',
      '[[t]]',
      'v = 2',
      '[[t.w]]',
      ' v = 3', // 21
      '[ "q]" . r ]',
      'v = 4',
      'plain text',
      'more = [ { x = 1 } ]',
      '  { a = 3 }', // 26
    ].join('\n');
    const cases: [(string | number)[], number, number][] = [
      [['a', 'b.c'], 2, 1],
      [['x = y'], 3, 1],
      [['its'], 4, 1],
      [['one'], 5, 1],
      [['raw'], 6, 1],
      [['two'], 10, 1],
      [['list'], 11, 1],
      [['list', 0, 'a'], 12, 3],
      [['list', 1], 13, 2],
      [['list', 2], 11, 1],
      [['t', 0], 15, 1],
      [['t', 0, 'v'], 15, 1],
      [['u', 0, 'v'], 17, 1],
      [['t', 1], 18, 1],
      [['t', 1, 'v'], 19, 1],
      [['t', 'w', 0, 'v'], 21, 2],
      [['q]', 'r', 'v'], 23, 1],
      [['q]', 'r', 'more', 0], 26, 3],
    ];
    for (const [pointer, line, column] of cases) {
      assert.deepEqual(locate(text, pointer), { line, column }, String(pointer));
    }
    for (const pointer of [['a'], ['nothing'], ['plain text'], ['t', 2], ['w']]) {
      assert.equal(locate(text, pointer), undefined, String(pointer));
    }
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
    const text = '\nab\n\n😀c\n';
    for (let at = 0; at <= text.length; at++) {
      const lines = text.slice(0, at).split('\n');
      assert.deepEqual(lineAndColumn(text, at), { line: lines.length, column: (lines.at(-1) ?? '').length + 1 });
    }
  });

  it('writes pointers and reads them back', () => {
    for (const pointer of [[], ['a'], ['a/b', 3, '~1'], ['x', '~0/']])
      assert.deepEqual(parsePointer(showPointer(pointer)), pointer);
    assert.equal(showPointer(['a/b~c', 0]), '/a~1b~0c/0');
    // A number of nine digits at most is an index; what only looks like one is a key.
    assert.deepEqual(parsePointer('/0/999999999/1000000000/01/-1/1.0//x1/1x'), [
      ...[0, 999_999_999, '1000000000', '01', '-1', '1.0', '', 'x1', '1x'],
    ]);
  });
});
