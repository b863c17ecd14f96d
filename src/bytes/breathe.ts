/** Long loops that never wait let no signal, timer or abort through: they breathe now and then. */

const INTERVAL = 50;

let last = 0;

/** Lets waiting events run if none could for a while. Costs a look at the clock otherwise. */
export function breathe(): Promise<void> | undefined {
  if (performance.now() - last < INTERVAL) return undefined;
  return new Promise((resolve) => {
    setTimeout(() => {
      last = performance.now();
      resolve();
    }, 0);
  });
}
