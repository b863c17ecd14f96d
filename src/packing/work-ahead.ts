/** Work on several items of a stream at once, results in order, never more than a few items alive. */

/** At most `most` are worked on while the next item is fetched. Where one fails, the others are waited for. */
export async function* workAhead<T, R>(
  items: AsyncIterable<T>,
  most: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const running: Promise<R>[] = [];
  try {
    for await (const item of items) {
      const result = work(item);
      // Reported when its turn comes; until then it is not an unhandled rejection.
      result.catch(() => undefined);
      running.push(result);
      if (running.length >= most) yield await (running.shift() as Promise<R>);
    }
    while (running.length > 0) yield await (running.shift() as Promise<R>);
  } finally {
    await Promise.allSettled(running);
  }
}
