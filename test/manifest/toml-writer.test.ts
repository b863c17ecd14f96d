/** Canonical TOML by the rules of docs/format/registry.md section 3.2, one by one, and back through the reader. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import { isFlat, isScalar, type Shape } from '../../src/manifest/shape.js';
import { readToml } from '../../src/manifest/toml.js';
import { writeBasic, writeKey, writeToml } from '../../src/manifest/toml-writer.js';

const STRING: Shape = { kind: 'string' };
const INTEGER: Shape = { kind: 'integer' };
const FLOAT: Shape = { kind: 'float' };
const BOOLEAN: Shape = { kind: 'boolean' };
const list = (item: Shape): Shape => ({ kind: 'list', item });
const map = (value: Shape): Shape => ({ kind: 'map', value });
const record = (properties: Record<string, Shape>): Shape => ({
  kind: 'record',
  properties: Object.entries(properties),
});

const POINT = record({ x: INTEGER, y: INTEGER });
const write = (shape: Shape, document: object): string => writeToml('urn:x', shape, document);
const body = (shape: Shape, document: object): string => write(shape, document).slice('#:schema urn:x\n\n'.length);
const one = (shape: Shape, value: unknown): string => body(record({ v: shape }), { v: value });

describe('canonical TOML', () => {
  it('begins with its schema and an empty line, and ends with a line feed', () => {
    assert.equal(write(record({ a: INTEGER }), { a: 1 }), '#:schema urn:x\n\na = 1\n');
    assert.equal(write(record({ a: INTEGER }), {}), '#:schema urn:x\n\n');
  });

  it('has values first and tables after them, both in the order of the schema', () => {
    const shape = record({
      table: record({ b: STRING, a: INTEGER }),
      z: BOOLEAN,
      people: map(record({ keys: list(STRING), point: POINT })),
      names: map(list(STRING)),
      lines: list(record({ role: STRING, points: list(POINT) })),
      points: list(POINT),
      a: FLOAT,
      absent: STRING,
    });
    const document = {
      a: 1,
      points: [{ y: 2, x: 1 }, { x: 3 }],
      lines: [{ role: 'one', points: [{ x: 1, y: 1 }] }, { role: 'two' }],
      names: { 'b c': ['x'], B: [], a: ['y', 'z'] },
      people: { bo: { keys: ['k'] }, 'ana.l': { keys: [], point: { x: 0, y: -1 } } },
      z: false,
      table: { a: 5, b: '' },
    };
    assert.equal(
      body(shape, document),
      `z = false
points = [
  { x = 1, y = 2 },
  { x = 3 },
]
a = 1.0

[table]
b = ""
a = 5

[people."ana.l"]
keys = []
point = { x = 0, y = -1 }

[people.bo]
keys = ["k"]

[names]
B = []
a = ["y", "z"]
"b c" = ["x"]

[[lines]]
role = "one"
points = [
  { x = 1, y = 1 },
]

[[lines]]
role = "two"
`,
    );
  });

  it('has bare keys of letters, digits, hyphen and underscore, and quoted ones', () => {
    for (let code = 0x20; code < 0x100; code++) {
      const c = String.fromCharCode(code);
      assert.equal(writeKey(`a${c}`) === `a${c}`, /^[A-Za-z0-9_-]$/.test(c), c);
      assert.equal(writeKey(`${c}a`) === `${c}a`, /^[A-Za-z0-9_-]$/.test(c), c);
    }
    assert.equal(writeKey(''), '""');
    assert.equal(writeKey('a "b"'), '"a \\"b\\""');
  });

  it('has integers in decimal and floats that are recognised as such', () => {
    assert.equal(one(INTEGER, Number.MAX_SAFE_INTEGER), 'v = 9007199254740991\n');
    for (const [value, text] of [
      [1, '1.0'],
      [-0, '-0.0'],
      [0, '0.0'],
      [0.91, '0.91'],
      [1e-7, '1e-7'],
      [1e21, '1e+21'],
      [123456789012345680000, '123456789012345680000.0'],
    ] as const) {
      assert.equal(one(FLOAT, value), `v = ${text}\n`);
    }
    assert.equal(one(BOOLEAN, true), 'v = true\n');
  });

  it('has strings on one line, or over several where they hold a line feed', () => {
    for (const [value, text] of [
      ['', '""'],
      ['a\tb', '"a\\tb"'],
      ['"\\', '"\\"\\\\"'],
      ['a\r\u0007', '"a\\r\\u0007"'],
      ['\n', '"""\n\n"""'],
      ['a\nb', '"""\na\nb"""'],
      ['a\n\tb', '"""\na\n\tb"""'],
      ['\\\n', '"""\n\\\\\n"""'],
      ['a "b" c\n', '"""\na "b" c\n"""'],
      ['""\n"""\n""""', '"""\n"\\"\n"\\""\n"\\""\\""""'],
      ['\n"', '"""\n\n\\""""'],
      ['\n""', '"""\n\n"\\""""'],
      ['\r\n', '"""\n\\r\n"""'],
    ] as const) {
      assert.equal(one(STRING, value), `v = ${text}\n`);
    }
    assert.equal(writeBasic('a\nb'), '"a\\nb"');
  });

  it('is read back as what was written', () => {
    const text = fc.oneof(fc.string({ unit: fc.constantFrom('"', '\\', '\n', 'a', 'ä', '😀', ' ') }), fc.constant('x'));
    const point = fc.record({ x: fc.maxSafeInteger(), y: fc.maxSafeInteger() }, { noNullPrototype: true });
    const document = fc.record(
      {
        text,
        points: fc.array(point, { maxLength: 3 }),
        names: fc.dictionary(fc.stringMatching(/^[a-z". ]{1,4}$/), text, { maxKeys: 3, noNullPrototype: true }),
        lines: fc.array(fc.record({ text, points: fc.array(point, { maxLength: 2 }) }), { minLength: 1, maxLength: 3 }),
      },
      { noNullPrototype: true },
    );
    const line = record({ text: STRING, points: list(POINT) });
    const shape = record({ text: STRING, points: list(POINT), names: map(STRING), lines: list(line) });
    fc.assert(
      fc.property(document, (value) => {
        const lines = value.lines.map((_, i) => `/lines/${i}/text`);
        const names = Object.keys(value.names).map((name) => `/names/${name}`);
        const read = readToml(utf8(write(shape, value)), {
          limit: 1 << 20,
          floats: false,
          multiLine: ['/text', ...lines, ...names],
        });
        assert.deepEqual(structuredClone(read.table), structuredClone(value));
      }),
    );
  });

  it('has no form for what no schema of ours asks for', () => {
    const nested = record({ table: record({ inner: list(list(STRING)) }) });
    const inner = { table: { inner: [['a']] } };
    assert.throws(() => write(nested, inner), new RangeError('no canonical form for inner inside a table'));
    assert.throws(() => write(STRING, {}), new RangeError('only records and maps have fields'));
    for (const value of [0.5, 2 ** 53, Number.NaN]) {
      assert.throws(() => one(INTEGER, value), RangeError, String(value));
    }
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.throws(() => one(FLOAT, value), new RangeError(`not a finite number: ${value}`));
    }
  });

  it('tells plain values and flat records from the others', () => {
    for (const shape of [STRING, INTEGER, FLOAT, BOOLEAN]) assert.ok(isScalar(shape) && !isFlat(shape));
    for (const shape of [list(STRING), map(STRING), record({})]) assert.ok(!isScalar(shape));
    assert.ok(isFlat(POINT) && isFlat(record({})));
    assert.ok(!isFlat(record({ a: STRING, b: list(STRING) })) && !isFlat(list(STRING)) && !isFlat(map(STRING)));
  });
});
