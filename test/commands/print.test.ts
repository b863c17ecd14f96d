/** Text for people: escapes, widths, tables, byte counts. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createPaint, displayWidth, formatBytes, plural, safeJson, safeText, table } from '../../commands/print.js';

describe('safeText', () => {
  it('leaves ordinary text of any language as it is', () => {
    for (const text of ['model/fraud-detector@1.2.0', 'Übergröße', '模型', 'می‌خواهم', '👩‍🔬 done', '']) {
      assert.equal(safeText(text), text);
    }
  });

  it('never lets a control, direction or line character through, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = safeText(text);
        assert.ok(!/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202A-\u202E\u2066-\u2069]/u.test(shown));
        assert.equal(safeText(shown), shown);
      }),
    );
  });

  it('never lets painted output carry an escape sequence the program did not make', () => {
    const paint = createPaint(true);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = paint.render(`${paint.red('x')}${text}`);
        assert.equal(line.split('\u001B').length - 1, 2);
      }),
    );
  });
});

describe('safeJson', () => {
  const STEERING =
    '\u007f\u0080\u0085\u009b\u009f\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\u001b\n\u{e0041}';

  it('escapes every character that steers a terminal or hides, in values and names', () => {
    const value = { [STEERING]: [STEERING, 'می\u200cخواهم', '##[error]'] };
    const text = safeJson(value);
    assert.deepEqual(JSON.parse(text), value);
    assert.ok(!text.includes('##['));
    assert.ok(text.includes('\\u009b') && text.includes('\\u202e') && text.includes('\\udb40\\udc41'));
    for (const character of STEERING) if (character !== '\n') assert.ok(!text.includes(character));
    assert.ok(text.includes('می\u200cخواهم'));
  });

  it('means the same and lets nothing through, whatever the text', () => {
    const unit = fc.oneof(fc.constantFrom(...STEERING), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }));
    fc.assert(
      fc.property(fc.string({ unit }), (value) => {
        const text = safeJson({ value });
        assert.deepEqual(JSON.parse(text), { value });
        assert.ok(text.split('\n').every((line) => safeText(line) === line));
      }),
    );
  });
});

describe('displayWidth', () => {
  it('counts columns, not code units', () => {
    assert.equal(displayWidth('abc'), 3);
    assert.equal(displayWidth('模型'), 4);
    assert.equal(displayWidth('e\u0301'), 1);
    assert.equal(displayWidth('\u001B'), '\\x1b'.length);
    assert.equal(displayWidth(createPaint(true).bold('abc')), 3);
  });
});

describe('table', () => {
  it('aligns by width, numbers to the right, without spaces at line ends', () => {
    const paint = createPaint(true);
    const rows = table(
      [
        ['模型', '1 B', 'x'],
        [paint.green('data'), '12 KiB', ''],
      ],
      [1],
    );
    assert.equal(rows.length, 2);
    assert.equal(rows[0], '模型     1 B  x');
    assert.equal(displayWidth(rows[1] ?? ''), 'data  12 KiB'.length);
  });

  it('makes no lines from no rows', () => {
    assert.deepEqual(table([]), []);
  });
});

describe('formatBytes', () => {
  it('shows three digits at most, and never 1024 of a unit', () => {
    const cases: readonly [number, string][] = [
      [0, '0 B'],
      [1023, '1023 B'],
      [1024, '1 KiB'],
      [1536, '1.5 KiB'],
      [1_048_575, '1 MiB'],
      [12_345_678, '11.8 MiB'],
      [10 * 2 ** 30, '10 GiB'],
      [700 * 2 ** 30, '700 GiB'],
      [2 ** 53 - 1, '8 PiB'],
    ];
    for (const [bytes, text] of cases) assert.equal(formatBytes(bytes), text);
    fc.assert(
      fc.property(fc.maxSafeNat(), (bytes) => {
        assert.match(formatBytes(bytes), /^(\d{1,4}|\d\.\d{1,2}|\d\d\.\d) ([KMGTP]i)?B$/);
      }),
    );
  });
});

describe('plural', () => {
  it('agrees with the number', () => {
    assert.deepEqual(
      [plural(1, 'file'), plural(0, 'file'), plural(2, 'entry', 'entries')],
      ['1 file', '0 files', '2 entries'],
    );
  });
});
