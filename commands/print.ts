/**
 * Text for people: control characters made visible, columns aligned by display width, colours, byte counts.
 * Names, reasons and commit messages come from strangers; nothing they contain may steer a terminal.
 */
import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';

// Cc, Cf (bidi controls, zero width, tags), line and paragraph separators, lone surrogates, noncharacters in use here.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u{FDD0}-\u{FDEF}\u{FFF9}-\u{FFFB}]/gu;
// Joiners inside words and emoji; harmless, and needed to write some languages.
const JOINERS = new Set(['\u200C', '\u200D']);
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** What begins a command to GitHub's runner wherever in a line it stands; `::` does at the beginning of one only. */
const RUNNER_COMMAND = '##[';

/** One line of text with every control and direction character written as an escape. */
export function safeText(text: string): string {
  return text.replaceAll(RUNNER_COMMAND, '##\\x5b').replace(UNSAFE, (found) => {
    if (JOINERS.has(found)) return found;
    const code = found.codePointAt(0) ?? 0;
    return NAMED[found] ?? (code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`);
  });
}

/** JSON of several lines that means the same, with the characters of `safeText` escaped, and is no command to a runner. */
export function safeJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replaceAll(RUNNER_COMMAND, '##\\u005b');
  // The line ends between the values are the only ones left.
  return text.replace(UNSAFE, (found) => (found === '\n' || JOINERS.has(found) ? found : jsonEscape(found)));
}

function jsonEscape(text: string): string {
  // Unit by unit: JSON writes what is beyond U+FFFF as two.
  return text.split('').reduce((out, unit) => `${out}\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`, '');
}

const STYLES = ['bold', 'dim', 'red', 'green', 'yellow', 'cyan'] as const;
type Style = (typeof STYLES)[number];

export type Paint = Readonly<Record<Style, (text: string) => string>> & {
  /** Makes a line ready for the terminal: marks become colours, everything else goes through `safeText`. */
  readonly render: (line: string) => string;
};

const MARK = /\u{FDD0}[^\u{FDD1}]*\u{FDD1}/gu;

/**
 * Colours are carried as marks until a line is rendered, and each run has its own secret in them:
 * text that is printed can therefore not bring colours of its own, such as a green "verified".
 */
export function createPaint(colour: boolean): Paint {
  if (!colour) {
    const plain = (text: string): string => text;
    return { bold: plain, dim: plain, red: plain, green: plain, yellow: plain, cyan: plain, render: safeText };
  }
  const secret = randomUUID();
  const mark = (code: number): string => `\u{FDD0}${secret}:${code}\u{FDD1}`;
  const own = new RegExp(`\u{FDD0}${secret}:(\\d+)\u{FDD1}`, 'u');
  const style =
    (name: Style) =>
    (text: string): string => {
      const [open, close] = inspect.colors[name] ?? [0, 0];
      return `${mark(open)}${text}${mark(close)}`;
    };
  return {
    bold: style('bold'),
    dim: style('dim'),
    red: style('red'),
    green: style('green'),
    yellow: style('yellow'),
    cyan: style('cyan'),
    // A split by a group gives text, code, text, code, ...
    render: (line) =>
      line
        .split(own)
        .map((part, index) => (index % 2 === 0 ? safeText(part) : `\u001B[${part}m`))
        .join(''),
  };
}

const ZERO_WIDTH = /^(?:\p{Mn}|\p{Me}|\u200C|\u200D)$/u;
const WIDE =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1F64F}\u{1F680}-\u{1F6FF}\u{1F900}-\u{1FAFF}\u{20000}-\u{3FFFD}]$/u;

/** Columns a line takes on a terminal, as it will be printed. */
export function displayWidth(text: string): number {
  const shown = safeText(text.replace(MARK, ''));
  let width = 0;
  for (const character of shown) {
    if (!ZERO_WIDTH.test(character)) width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}

/** Lines with two spaces between columns; numbers belong to the right: name their columns in `right`. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, displayWidth(cell));
    });
  }
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const gap = ' '.repeat((widths[column] ?? 0) - displayWidth(cell));
        return right.includes(column) ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd(),
  );
}

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** `0 B`, `1023 B`, `1.5 KiB`, `12 MiB`: three digits at most, never rounded up into the next unit's name. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${Math.floor(bytes)} B`;
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1023.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return `${value.toFixed(digits).replace(/\.0+$|(\.\d*[1-9])0+$/, '$1')} ${UNITS[unit]}`;
}

/** `1 file`, `2 files`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
