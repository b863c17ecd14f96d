/**
 * Patterns of paths as in git's config: `*` within a folder, `**` across folders, `?` one character. The part of git's
 * patterns people use there. Time is pattern by path, whatever the pattern: it may come from a stranger.
 */

export function globMatches(pattern: string, path: string, ignoreCase: boolean): boolean {
  const fold = ignoreCase ? foldCase : (c: string) => c;
  const units = Array.from({ length: path.length }, (_, i) => fold(path[i] as string));
  // Whether the pattern so far takes the first `i` characters of the path.
  let reached: boolean[] = [true, ...units.map(() => false)];
  let last = '';
  for (const part of pattern.split(/(\*\*\/|\*\*|\*|\?)/)) {
    if (part === '') continue;
    // Stars that take nothing the ones before them do not.
    if (part.startsWith('*') && (part === last || last === '**')) continue;
    last = part;
    if (part.startsWith('*')) {
      reached = afterStars(part, units, reached);
      continue;
    }
    for (const c of part === '?' ? [undefined] : part.split('')) {
      const wanted = c === undefined ? undefined : fold(c);
      reached = [
        false,
        ...units.map((unit, i) => reached[i] === true && (wanted === undefined ? unit !== '/' : unit === wanted)),
      ];
      if (!reached.includes(true)) return false;
    }
  }
  return reached.at(-1) === true;
}

/** `*`, `**`, or `**` and a slash: the folders before a name, or none. */
function afterStars(stars: string, units: readonly string[], before: readonly boolean[]): boolean[] {
  const after = [...before];
  let within = false;
  for (const [i, unit] of units.entries()) {
    within ||= before[i] === true;
    if (stars === '*' && unit === '/') within = false;
    if (within && (stars !== '**/' || unit === '/')) after[i + 1] = true;
  }
  return after;
}

/** As regular expressions do without `u`: one unit for one unit, and none beyond ASCII for one in it. */
function foldCase(c: string): string {
  const upper = c.toUpperCase();
  return upper.length === 1 && (upper >= '\x80' || c < '\x80') ? upper : c;
}
