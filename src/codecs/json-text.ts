/** The tokens of JSON as bytes, found without asking whether the whole is valid. */

export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
export const OPEN_ARRAY = 0x5b;
export const CLOSE_ARRAY = 0x5d;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const LF = 10;

/** Past the closing quotation mark of the string that starts at `at`; -1 where its line or the data ends before. */
export function endOfString(data: Uint8Array, at: number): number {
  for (let i = at + 1; i < data.length; i++) {
    const byte = data[i];
    if (byte === QUOTE) return i + 1;
    if (byte === BACKSLASH) i++;
    // Behind a backslash too.
    if (data[i] === LF) return -1;
  }
  return -1;
}

/** Past the number or word that starts at `at`: `at` itself where there is none. */
export function endOfWord(data: Uint8Array, at: number): number {
  let end = at;
  while (end < data.length && IS_WORD[data[end] as number] === 1) end++;
  return end;
}

/** Past blanks, which do not include the line feed. */
export function endOfBlanks(data: Uint8Array, at: number): number {
  let end = at;
  while (data[end] === 0x20 || data[end] === 0x09 || data[end] === 0x0d) end++;
  return end;
}

/** What numbers, `true`, `false`, `null` and the words of careless writers (`NaN`, `Infinity`) consist of. */
const IS_WORD = new Uint8Array(256);
for (const byte of new TextEncoder().encode('+-._0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ')) {
  IS_WORD[byte] = 1;
}

/** By its front alone: an object, or an array of anything that JSON has (which a log in brackets has not). */
export function looksLikeJson(data: Uint8Array): boolean {
  const start = endOfSpace(data, 0);
  if (data[start] === OPEN_OBJECT) return true;
  if (data[start] !== OPEN_ARRAY) return false;
  const first = endOfSpace(data, start + 1);
  if (data[first] === QUOTE || data[first] === OPEN_OBJECT || data[first] === OPEN_ARRAY) return true;
  const after = endOfSpace(data, endOfWord(data, first));
  return after > first && data[after] === COMMA;
}

function endOfSpace(data: Uint8Array, at: number): number {
  let end = endOfBlanks(data, at);
  while (data[end] === LF) end = endOfBlanks(data, end + 1);
  return end;
}
