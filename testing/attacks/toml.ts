/** What TOML allows and a registry does not: two readings, hidden characters, prototypes, depth and size without end. */

import { utf8 } from '../../src/bytes/text.js';
import type { Attack, Refusal } from '../attack.js';
import { before, field, signed } from './manifests.js';

const bytesWith = (text: string, mark: string, bytes: readonly number[]): Uint8Array => {
  const [head = '', tail = ''] = text.split(mark);
  return Uint8Array.from([...utf8(head), ...bytes, ...utf8(tail)]);
};
const metric = (line: string) => (text: string) =>
  text.replace('\n[[files]]', () => `\n[metrics]\n${line}\n\n[[files]]`);
const described = (value: string) => before('\n[[files]]', `description = ${value}`);

type Line = readonly [string, number, string, Refusal['code'], (text: string) => string | Uint8Array];

const LINES: readonly Line[] = [
  [
    'duplicate-key',
    19,
    'a key twice: some parsers take the first, others the last',
    'document/syntax',
    before('form', 'form = "tree"'),
  ],
  ['duplicate-table', 19, 'a table twice', 'document/syntax', (text) => metric('a = 1.0')(metric('a = 2.0')(text))],
  [
    'quoted-key',
    19,
    'a key in quotes that need not be',
    'document/not-canonical',
    (text) => text.replace('\nform =', '\n"form" ='),
  ],
  ['literal-string', 19, 'a text in single quotes', 'document/not-canonical', field('form', "'file'")],
  [
    'comment',
    19,
    'a comment that a reviewer reads and no program',
    'document/not-canonical',
    before('form', '# approved by security'),
  ],
  [
    'field-order',
    19,
    'fields in another order',
    'document/not-canonical',
    (text) => text.replace(/(^kind = .*\n)(^name = .*\n)/m, '$2$1'),
  ],
  [
    'integer-form',
    19,
    'a number with underscores',
    'document/not-canonical',
    (text) => text.replace(/^(size = )(\d)(\d)/m, '$1$2_$3'),
  ],
  [
    'hex-integer',
    19,
    'a number in hexadecimal',
    'document/not-canonical',
    (text) => text.replace(/^size = (\d+)/m, (_, n) => `size = 0x${Number(n).toString(16)}`),
  ],
  [
    'dotted-key',
    19,
    'a table written as a dotted key',
    'document/not-canonical',
    before('\n[[files]]', 'metrics.a = 1.0'),
  ],
  ['carriage-return', 19, 'lines that end in CR and LF', 'document/syntax', (text) => text.replaceAll('\n', '\r\n')],
  ['byte-order-mark', 19, 'a byte order mark', 'document/syntax', (text) => `\u{feff}${text}`],
  [
    'not-utf8',
    19,
    'bytes that are not UTF-8',
    'document/not-utf8',
    (text) => bytesWith(described('"MARK"')(text), 'MARK', [0xc3, 0x28]),
  ],
  [
    'overlong-utf8',
    19,
    'a slash in an overlong form of UTF-8',
    'document/not-utf8',
    (text) => bytesWith(described('"MARK"')(text), 'MARK', [0xc0, 0xaf]),
  ],
  [
    'utf16',
    19,
    'the whole text in UTF-16',
    'document/not-utf8',
    (text) => Uint8Array.from([0xff, 0xfe, ...[...utf8(text)].flatMap((byte) => [byte, 0])]),
  ],
  ['proto-key', 20, 'a field `__proto__`', 'document/schema', before('form', '__proto__ = { ok = true }')],
  [
    'proto-table',
    20,
    'a table `__proto__`',
    'document/schema',
    (text) => text.replace('\n[[files]]', '\n[__proto__]\nok = true\n\n[[files]]'),
  ],
  ['proto-metric', 20, 'a metric `__proto__`', 'document/schema', metric('__proto__ = 1.0')],
  [
    'constructor-key',
    20,
    'a table `constructor.prototype`',
    'document/schema',
    (text) => text.replace('\n[[files]]', '\n[constructor.prototype]\nok = true\n\n[[files]]'),
  ],
  ['tostring-key', 20, 'a field `toString`', 'document/schema', before('form', 'toString = "x"')],
  ['nul', 21, 'a NUL as an escape', 'document/syntax', described('"a\\u0000b"')],
  ['raw-nul', 21, 'a NUL as it is', 'document/syntax', (text) => bytesWith(described('"MARK"')(text), 'MARK', [0])],
  [
    'escape-sequence',
    86,
    'a terminal sequence that would write the line anew',
    'document/syntax',
    described('"good\\u001b[2K\\u001b[1Averified"'),
  ],
  ['raw-escape-sequence', 86, 'a terminal sequence as it is', 'document/syntax', described('"good\u001b[2K"')],
  [
    'c1-control',
    86,
    'a C1 control, which some terminals take for ESC [',
    'document/syntax',
    described('"good\\u009b2K"'),
  ],
  ['bidi', 21, 'a mark that turns the direction of text', 'document/syntax', described('"user\\u202e evil"')],
  ['bidi-isolate', 21, 'an isolate of another direction', 'document/syntax', described('"user\\u2066 evil"')],
  ['zero-width', 21, 'a space of no width', 'document/syntax', described('"pass\\u200bed"')],
  ['soft-hyphen', 21, 'a hyphen that is not shown', 'document/syntax', described('"pass\\u00aded"')],
  ['tag-character', 21, 'a tag character, which hides whole words', 'document/syntax', described('"ok\\U000E0041"')],
  ['hidden-in-comment', 21, 'a hidden character in a comment', 'document/syntax', before('form', '# a\u202eb')],
  [
    'card-escape',
    86,
    'a terminal sequence in the card',
    'document/syntax',
    (text) =>
      text.replace('\n[[files]]', '\n[card]\nformat = "markdown"\ntext = "\\u001b]0;title\\u0007"\n\n[[files]]'),
  ],
  ['float-as-size', 19, 'a size with a point', 'document/not-canonical', field('size', '28.0')],
  ['infinite-metric', 25, 'a metric without end', 'document/syntax', metric('a = inf')],
  ['nan-metric', 25, 'a metric that is no number', 'document/syntax', metric('a = nan')],
  ['huge-float', 25, 'a metric of 1e400', 'document/syntax', metric('a = 1e400')],
  ['long-integer', 25, 'a metric of ten thousand digits', 'document/syntax', metric(`a = ${'9'.repeat(10_000)}`)],
  [
    'long-float',
    25,
    'a metric of a million digits',
    'document/not-canonical',
    metric(`a = 0.${'1'.repeat(1_000_000)}`),
  ],
  ['toml-date', 19, 'a date as TOML has it', 'document/syntax', field('created', '2026-03-05T00:00:00Z')],
  [
    'deep-arrays',
    25,
    'lists nested ten thousand deep',
    'document/syntax',
    before('form', `x = ${'['.repeat(10_000)}${']'.repeat(10_000)}`),
  ],
  [
    'deep-tables',
    25,
    'inline tables nested ten thousand deep',
    'document/syntax',
    before('form', `x = ${'{ a = '.repeat(10_000)}1${' }'.repeat(10_000)}`),
  ],
  [
    'deep-dots',
    25,
    'a dotted key of a hundred thousand parts',
    'document/syntax',
    before('form', `${'a.'.repeat(100_000)}a = 1`),
  ],
  [
    'unclosed-string',
    25,
    'a text of a million bytes without an end',
    'document/syntax',
    described(`"${'a'.repeat(1_000_000)}`),
  ],
  ['comments', 25, 'a million lines of comments', 'document/not-canonical', (text) => text + '#\n'.repeat(1_000_000)],
  ['blank-lines', 25, 'ten million blank lines', 'document/not-canonical', (text) => text + '\n'.repeat(10_000_000)],
  [
    'many-keys',
    25,
    'a hundred thousand metrics',
    'document/schema',
    metric(Array.from({ length: 100_000 }, (_, i) => `m${i} = 1.0`).join('\n')),
  ],
  [
    'many-tables',
    25,
    'a hundred thousand tables that nobody knows',
    'document/schema',
    (text) => text + Array.from({ length: 100_000 }, (_, i) => `[t${i}]\n`).join(''),
  ],
  [
    'many-files',
    25,
    'a hundred thousand entries of files, all of them empty',
    'document/schema',
    (text) => text + '\n[[files]]\n'.repeat(100_000),
  ],
  [
    'too-large',
    25,
    'a manifest of more than 16 MiB',
    'document/too-large',
    (text) => text + '\n'.repeat(16 * 1024 * 1024),
  ],
  ['long-description', 25, 'a description of 5000 bytes', 'document/schema', described(`"${'a'.repeat(5000)}"`)],
  ['empty', 19, 'no text at all', 'document/schema', () => ''],
  ['not-toml', 19, 'JSON', 'document/syntax', () => '{"registry": "x"}\n'],
];

export const toml: readonly Attack[] = LINES.map((line) => signed('toml', line, 23, []));
