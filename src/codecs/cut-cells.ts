/** The cells of one line, quotes and all. Cutting is free to be wrong: joining gives back the line whatever it did. */

const QUOTE = 34;

/** The cells of a line as they stand; undefined for more than `most`. */
export function cutCells(line: string, delimiter: string, most: number): string[] | undefined {
  // Most lines have no quotes, and this is far quicker.
  if (!line.includes('"')) {
    const cells = line.split(delimiter);
    return cells.length > most ? undefined : cells;
  }
  const cells: string[] = [];
  for (let at = 0; ; ) {
    if (cells.length === most) return undefined;
    const end = endOfCell(line, delimiter, at);
    cells.push(line.slice(at, end));
    if (end === line.length) return cells;
    at = end + delimiter.length;
  }
}

/** A quoted cell ends where its quote is closed before a delimiter; every other at the next delimiter. */
function endOfCell(line: string, delimiter: string, start: number): number {
  if (line.charCodeAt(start) === QUOTE) {
    let at = line.indexOf('"', start + 1);
    while (at >= 0 && line.charCodeAt(at + 1) === QUOTE) at = line.indexOf('"', at + 2);
    if (at >= 0 && (at + 1 === line.length || line.startsWith(delimiter, at + 1))) return at + 1;
  }
  const end = line.indexOf(delimiter, start);
  return end < 0 ? line.length : end;
}

/** The cell without its quotes, where it has sound ones. */
export function withoutQuotes(cell: string): string {
  return unquote(cell) ?? cell;
}

/** What stands in the quotes, if quoting it again gives the same cell. */
export function unquote(cell: string): string | undefined {
  if (cell.length < 2 || cell.charCodeAt(0) !== QUOTE || cell.charCodeAt(cell.length - 1) !== QUOTE) return undefined;
  const inner = cell.slice(1, -1);
  if (!inner.includes('"')) return inner;
  const single = inner.replaceAll('""', '"');
  return single.replaceAll('"', '""') === inner ? single : undefined;
}
