/** What a version was made from, a line each. */
import type { ShowResult } from '../src/index.js';

type Link = ShowResult['lineage'][number];

/** `trained-on`, `data/train@1.0.0 (rows = 1000)`. */
export function lineageLine({ relation, ref, uri, parameters }: Link): [string, string] {
  const more = Object.entries(parameters).map(([name, value]) => `${name} = ${value}`);
  return [relation, `${ref ?? uri ?? ''}${more.length === 0 ? '' : ` (${more.join(', ')})`}`];
}
