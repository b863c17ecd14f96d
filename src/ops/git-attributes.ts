/**
 * The block of `.gitattributes` that keeps registry files byte-exact: no line-end conversion, and no text merging or
 * deltas for containers. What else the file holds stays as it is.
 */

const BEGIN = '# at1: registry files are byte-exact';
const END = '# at1: end';

const BLOCK = [
  BEGIN,
  '/at1.toml -text',
  '/.gitattributes -text',
  '/.at1/** -text',
  '/model/** -text',
  '/data/** -text',
  '/recipe/** -text',
  '/run/** -text',
  '/evidence/** -text',
  '/objects/**/*.at1 -text -delta -diff -merge',
  END,
  '',
].join('\n');

/** Adds the block, or leaves it where it is. Later lines win in git, so it goes to the end. */
export function withAttributes(text: string): string {
  if (text.includes(BLOCK)) return text;
  const ended = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return `${ended}${BLOCK}`;
}
