/** Joins neighbours in a row while that makes the whole smaller: always the two that gain most, until no two gain. */

/** `join` tries two; undefined where that is not wanted or no longer affordable. */
export async function mergeNeighbours<T>(
  items: readonly T[],
  sizeOf: (item: T) => number,
  join: (a: T, b: T) => Promise<T | undefined>,
): Promise<readonly T[]> {
  const merged = [...items];
  const tried: (T | undefined)[] = [];
  const tryAt = async (at: number): Promise<void> => {
    tried[at] = await join(merged[at] as T, merged[at + 1] as T);
  };
  const gainAt = (at: number): number => {
    const together = tried[at];
    return together === undefined ? 0 : sizeOf(merged[at] as T) + sizeOf(merged[at + 1] as T) - sizeOf(together);
  };
  for (let at = 0; at + 1 < merged.length; at++) await tryAt(at);
  for (;;) {
    let best = 0;
    for (let at = 1; at < tried.length; at++) if (gainAt(at) > gainAt(best)) best = at;
    if (gainAt(best) <= 0) return merged;
    merged.splice(best, 2, tried[best] as T);
    tried.splice(best, 1);
    if (best > 0) await tryAt(best - 1);
    if (best < tried.length) await tryAt(best);
  }
}
