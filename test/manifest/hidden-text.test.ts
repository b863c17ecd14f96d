/** Hidden characters: the code has the list of the description, character by character, and hides nothing else. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  escapeCharacter,
  escapeHidden,
  findControl,
  findHidden,
  nameCharacter,
} from '../../src/manifest/hidden-text.js';

const page = readFileSync(new URL('../../docs/format/registry.md', import.meta.url), 'utf8');
const [, controls = '', invisible = ''] =
  /^Controls: ([\s\S]*), lone surrogates\. Invisible: ([\s\S]*?)\. The/m.exec(page) ?? [];

function codesOf(list: string): Set<number> {
  const codes = new Set<number>();
  for (const range of list.replaceAll('U+', '').split(/,\s*/)) {
    const [first = '', last = first] = range.split('-');
    for (let code = Number.parseInt(first, 16); code <= Number.parseInt(last, 16); code++) codes.add(code);
  }
  return codes;
}

describe('hidden characters', () => {
  it('are those of docs/format/registry.md, of all there are', () => {
    const control = codesOf(controls);
    for (let code = 0xd800; code <= 0xdfff; code++) control.add(code);
    const hidden = new Set([...control, ...codesOf(invisible)]);
    assert.equal(hidden.size, 6249);
    // All of the planes that have any, and a few of the others.
    for (let code = 0; code <= 0x10ffff; code += (code > 0xffff && code < 0xdffff) || code > 0xe1000 ? 99 : 1) {
      const c = String.fromCodePoint(code);
      if (findHidden(c) !== (hidden.has(code) ? 0 : -1)) assert.fail(`hidden: ${code.toString(16)}`);
      if (findControl(c) !== (control.has(code) ? 0 : -1)) assert.fail(`control: ${code.toString(16)}`);
    }
  });

  it('are all invisible by Unicode, too', () => {
    const unseen = /^[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]$/u;
    for (const code of [...codesOf(controls), ...codesOf(invisible)]) assert.match(String.fromCodePoint(code), unseen);
  });

  it('are found where they first stand', () => {
    assert.equal(findHidden('a\u200b\u200b'), 1);
    assert.equal(findHidden('\t\n ä😀'), -1);
    assert.equal(findControl('\u200b\r\u0007'), 2);
  });

  it('are written as escapes that TOML reads, each of them', () => {
    assert.equal(escapeHidden('a\rb\u0000c\u202ed\u{e0041}e\u202ef'), 'a\\rb\\u0000c\\u202Ed\\U000E0041e\\u202Ef');
    assert.equal(escapeHidden('tab\tline\n"\\'), 'tab\tline\n"\\');
    assert.equal(escapeCharacter(0xffff), '\\uFFFF');
    assert.equal(escapeCharacter(0x10000), '\\U00010000');
  });

  it('are named by their number in messages', () => {
    assert.equal(nameCharacter('a\u0007', 1), 'U+0007');
    assert.equal(nameCharacter('\u{e0fff}', 0), 'U+E0FFF');
  });
});
