/** The program: streams, signals and the exit number. All else is in `commands/run.ts`. */
import { VERSION } from '../commands/version.js';

const argv = process.argv.slice(2);
const interrupt = new AbortController();

// Listeners of the signal remove temporary files and locks before it is over; they run at once.
function stopWith(code: number): () => void {
  return () => {
    interrupt.abort();
    process.exit(code);
  };
}

// `at1 list | head`: the reader went away, which is no failure of ours; other errors of these streams are.
function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

if (argv.length === 1 && argv[0] === '--version') {
  // Answered before anything else is loaded: scripts ask often.
  process.stdout.write(`${VERSION}\n`);
} else {
  process.once('SIGINT', stopWith(130));
  process.once('SIGTERM', stopWith(143));
  process.stdout.on('error', ignoreBrokenPipe);
  process.stderr.on('error', ignoreBrokenPipe);
  const { runCli } = await import('../commands/run.js');
  const { processIo } = await import('../commands/environment.js');
  process.exitCode = await runCli(argv, processIo(interrupt.signal));
}
