/** Patterns of rules: `*` is any text inside one part, `**` as a whole part is any number of parts, never none. */

/** A lone `*` matches everything. Time is bounded by the product of the lengths: no backtracking over parts twice. */
export function matchesPattern(pattern: string, text: string, separator: '/' | ':'): boolean {
  if (pattern === '*') return true;
  return matchParts(pattern.split(separator), text.split(separator));
}

function matchParts(pattern: readonly string[], text: readonly string[], matchOne = matchPart): boolean {
  // reachable[j]: the pattern parts so far can match the first j parts of the text.
  let reachable = [true, ...text.map(() => false)];
  for (const part of pattern) {
    const next = reachable.map(() => false);
    for (let j = 1; j <= text.length; j++) {
      next[j] =
        part === '**'
          ? reachable[j - 1] === true || next[j - 1] === true
          : reachable[j - 1] === true && matchOne(part, text[j - 1] as string);
    }
    reachable = next;
  }
  return reachable[text.length] === true;
}

/** The usual two-pointer match: on a mismatch, the last star takes one character more. */
function matchPart(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.length && pattern[p] === text[t]) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/**
 * Whether the first pattern surely matches everything that the second one does: stars stand for themselves, and only
 * stars take them in. It may say no of two patterns where a longer look would say yes.
 */
export function coversPattern(wide: string, narrow: string, separator: '/' | ':'): boolean {
  if (wide === '*' || narrow === '*') return wide === '*';
  // `**` is any number of parts: more than one part of a pattern can take in.
  const takesIn = (part: string, other: string) => other !== '**' && matchPart(part, other);
  return matchParts(wide.split(separator), narrow.split(separator), takesIn);
}
