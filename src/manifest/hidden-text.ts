/**
 * Characters a reviewer does not see: controls, zero-width, bidirectional and other invisible marks. The list is
 * fixed here and not taken from the engine's Unicode tables, so that every engine judges a document alike.
 */

/** Controls without TAB, LF and CR. Half of a surrogate pair is no character at all. */
const CONTROLS: readonly (readonly [number, number])[] = [
  [0x0000, 0x0008],
  [0x000b, 0x000c],
  [0x000e, 0x001f],
  [0x007f, 0x009f],
  [0xd800, 0xdfff],
];

/** Soft hyphen, joiners, fillers, direction marks, line and paragraph separators, tags and variation supplements. */
const INVISIBLE: readonly (readonly [number, number])[] = [
  [0x000d, 0x000d],
  [0x00ad, 0x00ad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe0fff],
];

const CONTROL = anyOf(CONTROLS, 'u');
const HIDDEN = anyOf([...CONTROLS, ...INVISIBLE], 'u');
const EVERY_HIDDEN = anyOf([...CONTROLS, ...INVISIBLE], 'gu');

function anyOf(ranges: readonly (readonly [number, number])[], flags: string): RegExp {
  const parts = ranges.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`);
  return new RegExp(`[${parts.join('')}]`, flags);
}

/** Where the first hidden character is (TAB and LF are not hidden), or -1. */
export function findHidden(text: string): number {
  return text.search(HIDDEN);
}

/** Like `findHidden`, for cards: CR and invisible marks may stand there, because the writer escapes them. */
export function findControl(text: string): number {
  return text.search(CONTROL);
}

/** The text with every hidden character as an escape that TOML reads back. */
export function escapeHidden(text: string): string {
  return text.replace(EVERY_HIDDEN, (c) => escapeCharacter(c.codePointAt(0) as number));
}

export function escapeCharacter(code: number): string {
  if (code === 0x0d) return '\\r';
  const hex = code.toString(16).toUpperCase();
  return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}

/** `U+202E`, for messages. */
export function nameCharacter(text: string, at: number): string {
  const code = text.codePointAt(at) as number;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
