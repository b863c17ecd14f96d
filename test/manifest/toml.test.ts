import assert from 'node:assert/strict';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import { type ReadOptions, readToml } from '../../src/manifest/toml.js';
import { throwsCode } from '../helpers/throws-code.js';
import { within } from '../helpers/time-limit.js';

const OPTIONS: ReadOptions = { limit: 1 << 20, floats: true };
const table = (text: string, options: Partial<ReadOptions> = {}) =>
  readToml(utf8(text), { ...OPTIONS, ...options }).table;

describe('the TOML reader', () => {
  it('gives tables without a prototype, whatever their keys', () => {
    const read = table('a = 1\n__proto__ = 2\n[constructor]\nprototype = { x = true }\n[[t]]\nb = "c"');
    assert.equal(Object.getPrototypeOf(read), null);
    assert.deepEqual(Object.keys(read).sort(), ['__proto__', 'a', 'constructor', 't']);
    assert.equal(Object.getPrototypeOf(read.constructor as object), null);
  });

  it('refuses bytes that are not UTF-8', async () => {
    for (const bytes of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80]]) {
      await throwsCode(() => readToml(Uint8Array.from(bytes), OPTIONS), 'document/not-utf8');
    }
  });

  it('checks the size before it reads', async () => {
    await throwsCode(() => readToml(new Uint8Array(11).fill(0xff), { ...OPTIONS, limit: 10 }), 'document/too-large');
  });

  it('finds hidden characters in comments, keys and strings', async () => {
    for (const c of [
      '\0',
      '\u0008',
      '\u001b',
      '\u007f',
      '\u0085',
      '\u00ad',
      '\u200b',
      '\u200d',
      '\u202e',
      '\u2066',
      '\ufeff',
      '\u{e0041}',
      '\u3164',
    ]) {
      for (const text of [`# x${c}`, `"k${c}" = 1`, `k = "v${c}"`, `k = 1${c}`]) {
        const { facts } = await throwsCode(() => table(text), 'document/syntax');
        assert.equal(facts.line, 1);
      }
      const escaped = `\\U${(c.codePointAt(0) as number).toString(16).padStart(8, '0')}`;
      await throwsCode(() => table(`k = "v${escaped}"`), 'document/syntax');
      await throwsCode(() => table(`"v${escaped}" = 1`), 'document/syntax');
    }
  });

  it('lets only named strings have several lines', async () => {
    const text = 'k = """\na\nb"""';
    await throwsCode(() => table(text), 'document/syntax');
    await throwsCode(() => table('k = "a\\tb"'), 'document/syntax');
    assert.equal(table(text, { multiLine: ['/k'] }).k, 'a\nb');
  });

  it('refuses nesting beyond sixteen, however it is written', async () => {
    const deep = (n: number) => Array(n).fill('a');
    assert.ok(table(`${deep(8).join('.')} = 1`));
    for (const text of [
      `k = ${'['.repeat(17)}1${']'.repeat(17)}`,
      `k = ${'{ a = '.repeat(17)}1${' }'.repeat(17)}`,
      `${deep(17).join('.')} = 1`,
      `[${deep(17).join('.')}]`,
      `[[${deep(17).join('.')}]]`,
      `[${deep(10).join('.')}]\n${deep(10).join('.')} = 1`,
      `k = ${'['.repeat(100_000)}`,
      `${'a.'.repeat(300_000)}a = 1`,
      `[${'a . '.repeat(200_000)}a]`,
      `"""x""".${'a.'.repeat(300_000)}a = 1`,
      `k = "#"\n${'"a".'.repeat(150_000)}a = 1`,
    ]) {
      await throwsCode(() => table(text), 'document/syntax');
    }
  });

  it('does not take the dots of text and numbers for nesting', () => {
    const dots = '.'.repeat(50);
    const text = `# ${dots}\na = "${dots}\\"${dots}"\nb = '${dots}'\nc = [${'1.5, '.repeat(40)}]\nd = """${dots}"${dots}"""""\ne = '''${dots}'''`;
    assert.equal(table(text).d, `${dots}"${dots}""`);
  });

  it('is never led astray by what stands in a string, however it is quoted', async () => {
    const dots = '.'.repeat(16);
    const piece = fc.constantFrom('"', '""', "'", "''", '\\', dots, '#', '=', ',', '{', '\n', 'a', '😀');
    const content = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
    /** Every way to write a text as a TOML string. */
    const spellings = (text: string): string[] => {
      const escaped = text.replaceAll('\\', '\\\\');
      const all = [`"${escaped.replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`];
      // Up to two quotes in a row stand as they are, also before the closing three.
      all.push(`"""\n${escaped.replaceAll('"""', '""\\"')}"""`);
      if (!/['\n]/.test(text)) all.push(`'${text}'`);
      if (!text.includes("'''")) all.push(`'''\n${text}'''`);
      return all;
    };
    const deep = Array(17).fill('a').join('.');
    await fc.assert(
      fc.asyncProperty(content, content, async (first, second) => {
        for (const one of spellings(first)) {
          for (const other of spellings(second)) {
            const text = `v = [${one}, ${other}] # ${dots}\nw = ${other} # ${dots}\n`;
            const read = table(text, { multiLine: ['/v/0', '/v/1', '/w'] });
            assert.deepEqual([read.v, read.w], [[first, second], second]);
            const lines = text.split('\n').length;
            const { message, facts } = await throwsCode(() => table(`${text}${deep} = 1`), 'document/syntax');
            assert.deepEqual([message, facts.line, facts.column], ['nested deeper than 16', lines, 32]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('counts the parts of a key from where the key begins', async () => {
    const key = (parts: number) => Array(parts).fill('a').join('.');
    for (const text of [`${key(16)} = 1`, `k = { ${key(15)} = 1, ${key(9)}.b = 2 }`, `[${key(15)}]\nb = 1`])
      table(text);
    for (const text of [
      `k = 1\n${key(17)} = 1`,
      `k = { ${key(16)} = 1 }`,
      `k = { b = 1.5, ${key(17)} = 1 }`,
      `[${key(16)}]\nb.c = 1`,
      `${key(17)} = 1`,
    ]) {
      const { message } = await throwsCode(() => table(text), 'document/syntax');
      assert.match(message, /nested deeper than 16|nested/);
    }
    // Strings without an end are the parser's to refuse, whatever dots follow.
    for (const text of [`k = "${'.'.repeat(20)}`, `k = '${'.'.repeat(20)}\n`, `k = """${'.'.repeat(20)}`, 'k = "\\']) {
      assert.doesNotMatch((await throwsCode(() => table(text), 'document/syntax')).message, /deeper/);
    }
  });

  it('refuses numbers it cannot hold, dates, and floats where there are none', async () => {
    for (const text of [
      'k = 9007199254740992',
      'k = -9223372036854775808',
      'k = nan',
      'k = -inf',
      'k = 1979-05-27',
      'k = 07:32:00',
    ]) {
      await throwsCode(() => table(text), 'document/syntax');
    }
    await throwsCode(() => table('k = 1.0', { floats: false }), 'document/syntax');
    assert.equal(table('k = 1e0').k, 1);
    assert.equal(table('k = 9007199254740991').k, Number.MAX_SAFE_INTEGER);
  });

  it('says where the parser stopped', async () => {
    const { facts, message } = await throwsCode(() => table('a = 1\nb = = 2\n'), 'document/syntax');
    assert.deepEqual([facts.line, facts.column], [2, 5]);
    assert.ok(!message.includes('\n'));
  });

  it('reads a million comment lines and a hundred thousand tables in seconds', async () => {
    const large = { limit: 16 << 20 };
    await within(20_000, () => {
      assert.deepEqual(Object.keys(table('# comment line\n'.repeat(1_000_000), large)), []);
      const { files } = table('[[files]]\nsize = 1\npath = "x"\n'.repeat(100_000), large);
      assert.equal((files as unknown[]).length, 100_000);
    });
  });
});
