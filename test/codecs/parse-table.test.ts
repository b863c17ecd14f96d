import assert from 'node:assert/strict';
import { utf8 } from '../../src/bytes/text.js';
import { parseTable } from '../../src/codecs/parse-table.js';
import { difference, parseTableNumber } from '../../src/codecs/table-number.js';

const parse = (text: string, exact = false) => parseTable(utf8(text), exact);

describe('a text as a table', () => {
  it('has the delimiter that cuts its lines most evenly', () => {
    assert.equal(parse('a,b;c\n1,2;3\n4,5;x\n')?.delimiter, ',');
    assert.equal(parse('a\tb\tc\nx, y\t1\t2\nz\t3\t4\n')?.delimiter, '\t');
    assert.equal(parse('1|2,5\n3|4,5\n5|6\n')?.delimiter, '|');
    assert.equal(parse('"a;b;c",1\n"d",2\n"e;;",3\n')?.delimiter, ',');
  });

  it('has a header where no cell of the first line is a number', () => {
    assert.equal(parse('name,count\nx,1\ny,2\n')?.header, 'name,count');
    assert.equal(parse('"name","1"\nx,1\ny,2\n')?.header, undefined);
    assert.equal(parse('x,0\ny,1\nz,2\n')?.header, undefined);
  });

  it('takes a column of numbers for a table of one column, and no column of words', () => {
    assert.equal(parse('1\n2\n3\n')?.columns.length, 1);
    assert.equal(parse('one\ntwo\nthree\n'), undefined);
  });

  it('undoes quotes where doing them again gives the same cell', () => {
    const table = parse('a,b\n"x","y ""z"" "\n"""",""\n"un"quoted",u"\n');
    assert.deepEqual(table?.columns[0]?.values, ['x', '"', '"un"quoted"']);
    assert.deepEqual(table?.columns[0]?.quoted, [true, true, false]);
    assert.deepEqual(table?.columns[1]?.values, ['y "z" ', '', 'u"']);
    assert.deepEqual(table?.columns[1]?.quoted, [true, true, false]);
  });

  it('keeps lines that do not fit as they are, short ones only where they are rare', () => {
    const rows = Array.from({ length: 300 }, (_, i) => `${i},x,y`);
    const rare = parse([...rows, 'comment', '1,2,3,4'].join('\n'));
    assert.deepEqual(rare?.rows.slice(300), ['comment', '1,2,3,4']);
    const often = rows.map((row, i) => (i % 10 === 0 ? `${i},short` : row)).join('\n');
    assert.equal(parse(often)?.rows[0], 2);
    assert.equal(parse(often, true)?.rows[0], '0,short');
  });
});

describe('a number in a cell', () => {
  it('is one whose text is the only one it has', () => {
    assert.deepEqual(parseTableNumber('0'), { unscaled: 0, scale: undefined });
    assert.deepEqual(parseTableNumber('-12'), { unscaled: -12, scale: undefined });
    assert.deepEqual(parseTableNumber('-0.05'), { unscaled: -5, scale: 2 });
    assert.deepEqual(parseTableNumber('999999999999999999'), { unscaled: 999999999999999999n, scale: undefined });
    for (const text of [
      '',
      '-',
      '-0',
      '00',
      '01',
      '+1',
      '1.',
      '.1',
      '-0.0',
      '00.1',
      '1e3',
      '1 ',
      '1_0',
      '1.2.3',
      '٣',
    ]) {
      assert.equal(parseTableNumber(text), undefined, text);
    }
  });

  it('has exact differences', () => {
    assert.equal(difference(999999999999999999n, -1), 1000000000000000000n);
    assert.equal(difference(3, 5), -2);
  });
});
