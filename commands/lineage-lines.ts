/** What a version was made from, a line each. */
import type { ShowResult } from '../src/index.js';

type Link = ShowResult['lineage'][number];

/** For reviews: who fills it up must not hide what stands below. */
const MOST_LINKS = 20;
const MOST_PARAMETERS = 8;
const LONGEST = 200;

/** `trained-on`, `data/train@1.0.0 (rows = 1000)`; of what is elsewhere with its digest, by which alone it counts. */
export function lineageLine({ relation, ref, uri, content, parameters }: Link): [string, string] {
  const more = Object.entries(parameters).map(([name, value]) => `${name} = ${value}`);
  const known = ref === null ? [content ?? 'no digest', ...more] : more;
  return [relation, `${ref ?? uri ?? ''}${known.length === 0 ? '' : ` (${known.join(', ')})`}`];
}

/** The same, cut where it is long. */
export function reviewedLineage(lineage: readonly Link[]): string[] {
  const lines = lineage.slice(0, MOST_LINKS).map(({ parameters, ...link }) => {
    const some = Object.entries(parameters).slice(0, MOST_PARAMETERS);
    const line = lineageLine({ ...link, parameters: Object.fromEntries(some) }).join(' ');
    return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
  });
  const more = lineage.length - lines.length;
  return more > 0 ? [...lines, `and ${more} more`] : lines;
}
