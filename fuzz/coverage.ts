/**
 * What the counters of the instrumented files say after a case. A branch taken twice, four or sixteen times as often as
 * ever before counts as new too: that is how loops are got through.
 */

const VARIABLE = '__at1_fuzz__';
export const COVERAGE_VARIABLE: string = VARIABLE;

interface FileCounters {
  readonly f: Readonly<Record<string, number>>;
  readonly b: Readonly<Record<string, readonly number[]>>;
}

interface Counter {
  readonly list: Readonly<Record<number, number>>;
  readonly key: number;
  readonly branch: boolean;
  /** Its value when it was last looked at. */
  last: number;
  /** One bit for each magnitude seen. */
  seen: number;
}

export interface Coverage {
  /** Forgets what was counted since the last look, as for cases that are only replayed. */
  skip(): void;
  /** True where the last case reached what none before it had. */
  isNew(): boolean;
  /** Branches taken by any case so far. */
  readonly reached: number;
  readonly total: number;
}

/** `files` by their path below the project, as the bundle names them. `loops`: whether how often counts, too. */
export function coverageOf(files: readonly string[], { loops }: { readonly loops: boolean }): Coverage {
  const all = (globalThis as unknown as Record<string, Record<string, FileCounters> | undefined>)[VARIABLE] ?? {};
  const counters: Counter[] = [];
  for (const file of files) {
    const counted = all[file];
    if (counted === undefined) throw new RangeError(`${file} is not instrumented`);
    for (const key of Object.keys(counted.f)) counters.push(counter(counted.f, Number(key), false));
    for (const list of Object.values(counted.b)) {
      for (const [key] of list.entries()) counters.push(counter(list, key, true));
    }
  }
  return {
    skip: () => {
      for (const one of counters) one.last = one.list[one.key] as number;
    },
    isNew: () => look(counters, loops),
    get reached() {
      return counters.filter(({ branch, seen }) => branch && seen !== 0).length;
    },
    total: counters.filter(({ branch }) => branch).length,
  };
}

function counter(list: Readonly<Record<number, number>>, key: number, branch: boolean): Counter {
  return { list, key, branch, last: list[key] as number, seen: 0 };
}

function look(counters: readonly Counter[], loops: boolean): boolean {
  let found = false;
  for (const one of counters) {
    const now = one.list[one.key] as number;
    const times = now - one.last;
    if (times === 0) continue;
    one.last = now;
    const bit = loops ? 1 << magnitude(times) : 1;
    if ((one.seen & bit) !== 0) continue;
    one.seen |= bit;
    found = true;
  }
  return found;
}

/** 1, 2, 3, 4 to 7, 8 to 15, 16 to 31, 32 to 127, more. */
function magnitude(times: number): number {
  if (times < 4) return times - 1;
  if (times < 8) return 3;
  if (times < 16) return 4;
  if (times < 32) return 5;
  return times < 128 ? 6 : 7;
}
