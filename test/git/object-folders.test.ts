import assert from 'node:assert/strict';
import { parseAlternatesVariable } from '../../src/git/object-folders.js';

describe('folders of objects that git lends to a hook', () => {
  const cases: readonly [string, string, readonly string[]][] = [
    ['', ':', []],
    ['/a/objects', ':', ['/a/objects']],
    ['/a:/b c', ':', ['/a', '/b c']],
    ['"/a:b":/c', ':', ['/a:b', '/c']],
    ['/c:"/tab\\there\\"\\303\\274"', ':', ['/c', '/tab\there"ü']],
    [':/a::', ':', ['/a']],
    ['"open', ':', ['"open']],
    ['C:\\a;D:\\b', ';', ['C:\\a', 'D:\\b']],
  ];
  for (const [text, separator, expected] of cases) {
    it(`are ${expected.length} in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseAlternatesVariable(text, separator), expected);
    });
  }
});
