/**
 * Lines and columns for messages. The parser reports places of syntax errors only; a value that is wrong is found
 * again here by its pointer. A best effort: the nearest enclosing table or key, never a wrong document.
 */

/** Keys and list indices from the top of a document. */
export type Pointer = readonly (string | number)[];

/** Both from 1; columns in UTF-16 units, as editors count. A type, not an interface, so that it serves as facts. */
export type Place = { readonly line: number; readonly column: number };

/** `/files/3/path`, as JSON pointers are written. */
export function showPointer(pointer: Pointer): string {
  return pointer.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

export function parsePointer(text: string): Pointer {
  const parts = text.split('/').slice(1);
  return parts.map((part) => {
    const plain = part.replaceAll('~1', '/').replaceAll('~0', '~');
    return /^(0|[1-9][0-9]{0,8})$/.test(plain) ? Number(plain) : plain;
  });
}

export function lineAndColumn(text: string, at: number): Place {
  let line = 1;
  let start = 0;
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', start)) {
    line++;
    start = next + 1;
  }
  return { line, column: at - start + 1 };
}

export function locate(text: string, pointer: Pointer): Place | undefined {
  const wanted = pointer.map(String);
  const seen = new Map<string, number>();
  let best: Place | undefined;
  let bestLength = 0;
  const consider = (path: readonly string[], line: number, column: number): void => {
    if (path.length <= bestLength || !path.every((part, i) => part === wanted[i])) return;
    bestLength = path.length;
    best = { line, column };
  };
  let table: readonly string[] = [];
  let list: readonly string[] = [];
  let items = 0;
  let insideString = '';
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    const column = raw.length - raw.trimStart().length + 1;
    if (insideString !== '') {
      if (line.includes(insideString)) insideString = '';
      continue;
    }
    if (line.startsWith('{')) {
      consider([...list, String(items++)], index + 1, column);
    } else if (line.startsWith('[[')) {
      const path = keyParts(line.slice(2), ']');
      const count = seen.get(path.join('\0')) ?? 0;
      seen.set(path.join('\0'), count + 1);
      table = [...path, String(count)];
      consider(table, index + 1, column);
    } else if (line.startsWith('[')) {
      table = keyParts(line.slice(1), ']');
      consider(table, index + 1, column);
    } else if (line !== '' && !line.startsWith('#') && line.includes('=')) {
      list = [...table, ...keyParts(line, '=')];
      items = 0;
      consider(list, index + 1, column);
      insideString = opensString(line);
    }
  }
  return best;
}

/** The quotes of a multi-line string that begins on this line and does not end on it. */
function opensString(line: string): string {
  const value = line.slice(line.indexOf('=') + 1).trim();
  const quotes = value.slice(0, 3);
  if (quotes !== '"""' && quotes !== "'''") return '';
  return value.indexOf(quotes, 3) < 0 ? quotes : '';
}

/** `a."b c".d` up to the end mark, as parts. */
function keyParts(text: string, end: string): string[] {
  const parts: string[] = [];
  let part = '';
  let quote = '';
  for (const c of text) {
    if (quote !== '') {
      if (c === quote) quote = '';
      else part += c;
    } else if (c === '"' || c === "'") quote = c;
    else if (c === end) break;
    else if (c === '.') {
      parts.push(part);
      part = '';
    } else if (c !== ' ' && c !== '\t') part += c;
  }
  return [...parts, part];
}
