/** One line of progress on standard error, bytes and rate, only where that is a terminal; otherwise silence. */
import type { Environment } from './environment.js';
import { displayWidth, formatBytes, safeText } from './print.js';

export interface Progress {
  /** More bytes are done. */
  add(bytes: number): void;
  /** What is worked on now, such as a file name. */
  label(text: string): void;
  /** Takes the line away; the result is printed by the command. */
  done(): void;
}

const EVERY_MS = 100;
const SILENT: Progress = { add: () => {}, label: () => {}, done: () => {} };

/** For library calls that report the sum so far. */
export function following(progress: Progress): (total: number) => void {
  let seen = 0;
  return (total) => {
    progress.add(total - seen);
    seen = total;
  };
}

export function createProgress(
  environment: Pick<Environment, 'stderr' | 'now'>,
  options: { readonly label: string; readonly total?: number | undefined; readonly quiet?: boolean },
): Progress {
  const { stderr } = environment;
  if (stderr.isTTY !== true || options.quiet === true) return SILENT;
  const started = environment.now().getTime();
  let label = options.label;
  let bytes = 0;
  let shownAt = 0;
  const show = (): void => {
    const now = environment.now().getTime();
    if (now - shownAt < EVERY_MS) return;
    shownAt = now;
    stderr.write(`\r\u001B[2K${progressLine(label, bytes, options.total, now - started, stderr.columns ?? 80)}`);
  };
  return {
    add(more) {
      bytes += more;
      show();
    },
    label(text) {
      label = text;
      show();
    },
    done() {
      if (shownAt !== 0) stderr.write('\r\u001B[2K');
    },
  };
}

export function progressLine(
  label: string,
  bytes: number,
  total: number | undefined,
  elapsedMs: number,
  columns: number,
): string {
  const part = total === undefined ? '' : ` of ${formatBytes(total)}`;
  const percent = total === undefined || total === 0 ? '' : ` (${Math.floor((Math.min(bytes, total) / total) * 100)}%)`;
  const rate = elapsedMs < EVERY_MS ? '' : `, ${formatBytes((bytes / elapsedMs) * 1000)}/s`;
  const numbers = `${formatBytes(bytes)}${part}${percent}${rate}`;
  const room = Math.max(0, columns - numbers.length - 3);
  let name = safeText(label);
  // The end of a path says more than its start.
  while (displayWidth(name) > room && name !== '') name = [...name].slice(1).join('');
  return name === '' ? numbers : `${name}  ${numbers}`;
}
