/** The program: streams, signals and the exit number. All else is in `commands/run.ts`. */
import { VERSION } from '../commands/version.js';

const argv = process.argv.slice(2);
const interrupt = new AbortController();

/** How to end where nothing is half done; before the library is there, nothing is. */
let whenWhole = (ends: () => void): void => ends();

// The first one is waited for until what was begun is taken back or done, which is a moment; whoever insists is obeyed.
function stopWith(code: number): () => void {
  return () => {
    const end = () => process.exit(code);
    if (interrupt.signal.aborted) end();
    interrupt.abort();
    whenWhole(end);
  };
}

const CANNOT_WRITE = 15;

// `at1 list | head`: the reader went away, which is no failure of ours; a full disk behind the output is one to tell.
// At once, and in text: a library listens too, and would end the program with a stack.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  const full = error.code === 'ENOSPC' || error.code === 'EDQUOT';
  const told = full ? 'no space left for standard output [io/full]' : 'standard output cannot be written [io/failed]';
  process.stderr.write(`error: ${told}\n`);
  interrupt.abort();
  process.exit(CANNOT_WRITE);
});
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  // Where standard error fails there is nowhere to tell it.
  if (error.code === 'EPIPE') return;
  interrupt.abort();
  process.exit(CANNOT_WRITE);
});

if (argv.length === 1 && argv[0] === '--version') {
  // Answered before anything else is loaded: scripts ask often.
  process.stdout.write(`${VERSION}\n`);
} else {
  process.on('SIGINT', stopWith(130));
  process.on('SIGTERM', stopWith(143));
  const { interrupt: whenNothingIsHalfDone, runCli } = await import('../commands/run.js');
  whenWhole = whenNothingIsHalfDone;
  const { processIo } = await import('../commands/environment.js');
  process.exitCode = await runCli(argv, processIo(interrupt.signal));
}
