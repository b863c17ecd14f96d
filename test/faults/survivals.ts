/** What survives a power cut, in the order in which it is most telling: the edges first, then anything. */
import type { Survival } from './crash-disk.js';

const NONE: Survival = { content: () => 0, names: () => 0 };
const ALL: Survival = { content: (count) => count, names: (count) => count };

const EDGES: readonly (() => Survival)[] = [
  () => NONE,
  () => ALL,
  // Names without what was written, as after a delayed allocation, and the other way round.
  () => ({ content: () => 0, names: (count) => count }),
  () => ({ content: (count) => count, names: () => 0 }),
  // The right length, no content: zeros.
  () => ({ content: () => 0.001, names: (count) => count }),
  () => ({ content: (count) => Math.max(0, count - 0.5), names: (count) => count }),
];

/** How many ways there are before they are left to chance, and some of those. */
export const WAYS = EDGES.length + 4;

/** Number `n` of the ways at one moment; from the seventh on by chance, the same for the same seed. */
export function survivalAt(n: number, seed: number): Survival {
  const edge = EDGES[n];
  if (edge !== undefined) return edge();
  const random = randomOf(seed * 65_537 + n);
  if (n % 2 === 0) {
    // All but one, whichever is asked for then.
    let left = Math.floor(random() * 24);
    const dropping = (count: number) => (left-- === 0 ? 0 : count);
    return { content: dropping, names: dropping };
  }
  return {
    content: (count) => (random() < 0.3 ? random() * count : Math.floor(random() * (count + 1))),
    names: (count) => Math.floor(random() * (count + 1)),
  };
}

/** A linear congruential generator: any order will do, as long as it comes again. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  for (let i = 0; i < 4; i++) next();
  return next;
}
