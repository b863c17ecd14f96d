/** The program: streams, signals and the exit number. All else is in `commands/run.ts`. */
import { VERSION } from '../commands/version.js';
import { interrupt } from '../src/index.js';

const argv = process.argv.slice(2);
const stopped = new AbortController();

function end(code: number): void {
  stopped.abort();
  interrupt(() => process.exit(code));
}

// The first signal waits until what was begun is taken back or finished; a second one ends the program at once.
function stopWith(code: number): () => void {
  return () => (stopped.signal.aborted ? process.exit(code) : end(code));
}

const CANNOT_WRITE = 15;

// `at1 list | head`: the reader went away, which is no failure of ours; a full disk behind the output is one to tell.
// At once, and in text: a library listens too, and would end the program with a stack.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  const full = error.code === 'ENOSPC' || error.code === 'EDQUOT';
  const told = full ? 'no space left for standard output [io/full]' : 'standard output cannot be written [io/failed]';
  process.stderr.write(`error: ${told}\n`);
  end(CANNOT_WRITE);
});
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  // Where standard error fails there is nowhere to tell it.
  if (error.code !== 'EPIPE') end(CANNOT_WRITE);
});

if (argv.length === 1 && argv[0] === '--version') {
  // Answered before anything else is loaded: scripts ask often.
  process.stdout.write(`${VERSION}\n`);
} else {
  process.on('SIGINT', stopWith(130));
  process.on('SIGTERM', stopWith(143));
  const { runCli } = await import('../commands/run.js');
  const { processIo } = await import('../commands/environment.js');
  process.exitCode = await runCli(argv, processIo(stopped.signal));
}
