/** `like`: % is any text, _ any one character, everything else itself. In bytes, where a character has one or more of them. */

const PERCENT = 37;
const UNDERSCORE = 95;

/** Whether a text is like the pattern; both with a character for each byte. */
export function likeTest(pattern: string): (text: string) => boolean {
  if (pattern.includes('_')) return (text) => isLike(text, pattern);
  const [first = '', ...others] = pattern.split('%');
  const last = others.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const piece of others) {
      const found = text.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return at + last.length <= text.length;
  };
}

/** At most the product of both lengths in steps. */
function isLike(text: string, pattern: string): boolean {
  let [at, in_] = [0, 0];
  // Where the last % was, and up to where it has eaten: the only one that is ever tried again.
  let [star, eaten] = [-1, 0];
  while (at < text.length) {
    const code = pattern.charCodeAt(in_);
    if (code === PERCENT) {
      star = in_++;
      eaten = at;
    } else if (code === UNDERSCORE) {
      at = nextCharacter(text, at);
      in_++;
    } else if (code === text.charCodeAt(at)) {
      at++;
      in_++;
    } else if (star >= 0) {
      eaten = nextCharacter(text, eaten);
      at = eaten;
      in_ = star + 1;
    } else {
      return false;
    }
  }
  while (pattern.charCodeAt(in_) === PERCENT) in_++;
  return in_ === pattern.length;
}

/** Past the byte at `at` and those that go on with its character in UTF-8. */
function nextCharacter(text: string, at: number): number {
  let next = at + 1;
  while ((text.charCodeAt(next) & 0xc0) === 0x80) next++;
  return next;
}
