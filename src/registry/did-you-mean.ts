/** Names near to one that was not found, for the facts of an error. */
import { compareText } from '../bytes/text.js';

const MOST = 3;
/** Names are at most 128 bytes; longer input is not a slip of the hand. */
const LONGEST = 160;

/** At most three candidates within a third of the length, nearest first. */
export function nearest(asked: string, candidates: Iterable<string>): string[] {
  if (asked.length > LONGEST) return [];
  const limit = Math.max(2, Math.floor(asked.length / 3));
  const near: { readonly name: string; readonly distance: number }[] = [];
  for (const name of new Set(candidates)) {
    if (Math.abs(name.length - asked.length) > limit) continue;
    const distance = editDistance(asked, name);
    if (distance <= limit) near.push({ name, distance });
  }
  near.sort((a, b) => a.distance - b.distance || compareText(a.name, b.name));
  return near.slice(0, MOST).map(({ name }) => name);
}

/** Insertions, deletions and replacements between two texts. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
