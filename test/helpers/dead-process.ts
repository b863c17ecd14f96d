/** Process marks in file names (`src/files/process-mark.ts`), made those of a process that is gone. */

const MARK = /([1-9][0-9]*)-([0-9]+|x)-([0-9a-f]{12})-([0-9a-f]{12}|x)-([0-9a-f]{12}|x)-([0-9a-f]{16})$/;

/**
 * `killed`: the number belongs to another process by now; `power`: the system has been started anew; `elsewhere`: of
 * another machine, about which nothing is known. Names without a mark stay as they are.
 */
export function buried(name: string, how: 'killed' | 'power' | 'elsewhere' = 'killed'): string {
  if (how === 'killed') return name.replace(MARK, '$1-1-$3-$4-$5-$6');
  return name.replace(MARK, how === 'power' ? '$1-$2-$3-000000000000-$5-$6' : '$1-$2-000000000000-$4-$5-$6');
}
