/** One version and what it is tied to by lineage, nearest first: what it was made from, or what was made from it. */
import { type Graph, reversed } from './lineage.js';

export interface Walk {
  /** Each version once, with the fewest steps to it from where the walk began, which has 0. */
  readonly steps: ReadonlyMap<string, number>;
  /** Whether something beyond `depth` or `most` was left out. */
  readonly isCut: boolean;
}

/** `most`: versions at most, the first one included. Linear in what it meets: anybody may push a graph. */
export function walkLineage(
  graph: Graph,
  from: string,
  { descendants, depth, most }: { readonly descendants: boolean; readonly depth: number; readonly most: number },
): Walk {
  const next = descendants ? reversed(graph) : graph;
  const steps = new Map([[from, 0]]);
  let isCut = false;
  // A map is walked with what is added to it meanwhile.
  for (const [ref, count] of steps) {
    for (const other of next.get(ref) ?? []) {
      if (steps.has(other)) continue;
      if (count >= depth || steps.size >= most) isCut = true;
      else steps.set(other, count + 1);
    }
  }
  return { steps, isCut };
}
