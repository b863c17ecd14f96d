/** The program that `action.yml` names, bundled into `action/gate.mjs`: streams and the exit number, nothing else. */
import { processIo } from '../commands/environment.js';
import { runAction } from './run.js';

// Until somebody has judged: a run that breaks off anywhere has not passed.
process.exitCode = 1;
process.stdout.on('error', () => process.exit(1));
process.exitCode = await runAction(processIo());
