/** Starts work on the next items while the last results are used: reading, hashing and writing overlap, order stays. */

/** Pieces under way at once. Each may hold a segment of 8 MiB a few times over, so this bounds memory. */
const AHEAD = 3;

/** Results in the order of the items. Ends only when nothing it started is running any more. */
export async function* readAhead<Item, Result>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<Result>,
  ahead = AHEAD,
): AsyncGenerator<Result, void, undefined> {
  const running: Promise<Result>[] = [];
  try {
    for (const item of items) {
      const job = work(item);
      // Reported when it is this one's turn; until then it is not an unhandled rejection.
      job.catch(() => undefined);
      running.push(job);
      if (running.length > ahead) yield await (running.shift() as Promise<Result>);
    }
    while (running.length > 0) yield await (running.shift() as Promise<Result>);
  } finally {
    await Promise.allSettled(running);
  }
}
