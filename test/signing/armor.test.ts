/** BEGIN and END lines around base64, beside what ssh-keygen and a slow decoder make of it. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatArmorText, parseArmorText } from '../../src/signing/armor.js';
import { throwsCode } from '../helpers/throws-code.js';

const BEGIN = '-----BEGIN TEST DATA-----';
const END = '-----END TEST DATA-----';

describe('armor', () => {
  it('is full lines of 70 columns and one shorter one, none of them empty, at every length', () => {
    for (let length = 1; length <= 320; length++) {
      const bytes = new Uint8Array(length).map((_, i) => i * 7);
      const text = formatArmorText('TEST DATA', bytes);
      const base64 = Buffer.from(bytes).toString('base64');
      assert.equal(text, `${BEGIN}\n${(base64.match(/.{1,70}/g) ?? []).join('\n')}\n${END}\n`);
      assert.deepEqual(parseArmorText('TEST DATA', text, 'key/invalid'), bytes);
    }
  });

  it('has one meaning: text that is read is the same bytes in the same framing', () => {
    const line = fc.constantFrom(BEGIN, END, 'AAAA', 'AA==', 'AB==', 'A', '', ' ', '-----BEGIN OTHER-----');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), fc.boolean(), (lines, final) => {
        const text = `${lines.join('\n')}${final ? '\n' : ''}`;
        let bytes: Uint8Array;
        try {
          bytes = parseArmorText('TEST DATA', text, 'key/invalid');
        } catch {
          // refusals are the next test's
          return;
        }
        const kept = text.endsWith('\n') ? text.slice(0, -1).split('\n') : lines;
        assert.deepEqual([kept[0], kept.at(-1)], [BEGIN, END]);
        assert.equal(kept.slice(1, -1).join(''), Buffer.from(bytes).toString('base64'));
      }),
    );
  });

  it('is refused under the code of its format, saying whether the frame or the body is wrong', async () => {
    const frame = /^text is not framed by BEGIN and END TEST DATA lines$/;
    const body = /^body of the TEST DATA is not canonical base64$/;
    const wrong: readonly (readonly [string, RegExp])[] = [
      ['', frame],
      [BEGIN, frame],
      [`${BEGIN}\n${END}`, frame],
      [`${BEGIN}\nAAAA`, frame],
      [`AAAA\n${END}`, frame],
      [`x\n${BEGIN}\nAAAA\n${END}`, frame],
      [`${BEGIN}\nAAAA\n${END}\nx`, frame],
      [`${BEGIN}\nAAAA\n${END}\n\n`, frame],
      [`${BEGIN}\n\n${END}`, body],
      [`${BEGIN}\nAAAA\n\n${END}`, body],
      [`${BEGIN}\nAAA\n${END}`, body],
      [`${BEGIN}\nAB==\n${END}`, body],
    ];
    for (const [text, message] of wrong) {
      for (const code of ['key/invalid', 'signature/malformed'] as const) {
        assert.match((await throwsCode(() => parseArmorText('TEST DATA', text, code), code)).message, message);
      }
    }
  });
});
