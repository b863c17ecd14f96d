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

/**
 * Adds the block, or moves it to the end: later lines win in git, so it counts only where nothing but blank lines and
 * comments follow it.
 */
export function withAttributes(text: string): string {
  const at = text.lastIndexOf(BLOCK);
  if (at >= 0 && (at === 0 || text[at - 1] === '\n') && saysNothing(text.slice(at + BLOCK.length))) return text;
  const others = text.split(BLOCK).join('');
  const ended = others === '' || others.endsWith('\n') ? others : `${others}\n`;
  return `${ended}${BLOCK}`;
}

function saysNothing(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(#.*)?$/.test(line));
}
