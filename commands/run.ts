/** One run of the command line: words in, exit number out. The program and the tests both come through here. */
import { At1Error } from '../src/index.js';
import { bareConfig } from './base.js';
import { type CliIo, createEnvironment, type Environment, refuseLostFolder } from './environment.js';
import { EXIT } from './exit-codes.js';
import { loadCommand } from './index.js';
import { safeJson } from './print.js';
import { reportError } from './report.js';
import { VERSION } from './version.js';
import { findCommand, hasFlag, unknownCommand, wantsJson } from './words.js';

/** Never throws; several runs in one process do not touch each other. */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  const environment = createEnvironment(io);
  try {
    return await dispatch(argv, environment, io);
  } catch (error) {
    return reportError(error, environment, { json: wantsJson(argv) });
  }
}

async function dispatch(argv: readonly string[], environment: Environment, io: CliIo): Promise<number> {
  const words = findCommand(argv);
  if (words.kind === 'unknown') throw unknownCommand(words);
  const wantsHelp = hasFlag(argv, '--help', '-h');
  if (words.kind === 'none' && !wantsHelp) {
    if (asksVersion(words.rest)) {
      environment.stdout.write(wantsJson(argv) ? `${safeJson({ version: VERSION })}\n` : `${VERSION}\n`);
      return EXIT.ok;
    }
    const [first] = words.rest;
    if (first !== undefined) {
      throw new At1Error('usage/invalid', {
        message: `no command in: ${words.rest.join(' ')}`,
        hint: 'see `at1 help`',
      });
    }
  }
  if (words.kind === 'command' && !wantsHelp) {
    // Also where all paths are absolute: what we call asks for the current folder, and fails in its own words.
    if (words.name !== 'help') refuseLostFolder(io);
    return execute(words.name, words.rest, environment);
  }
  const about = words.kind === 'none' ? [] : words.name.split(' ');
  return execute('help', [...about, ...(wantsJson(argv) ? ['--json'] : [])], environment);
}

/** `--version`, and beside it only what every command takes and that makes sense here. */
function asksVersion(words: readonly string[]): boolean {
  const others = words.filter((word) => word !== '--version' && word !== '-V');
  return others.length < words.length && others.every((word) => ['--json', '--quiet', '-q'].includes(word));
}

async function execute(name: string, argv: readonly string[], environment: Environment): Promise<number> {
  const loaded = await loadCommand(name);
  if (loaded === undefined) throw new TypeError(`command ${name} is not in the table`);
  const command = new loaded([...argv], bareConfig());
  command.id = name;
  return command.execute(environment);
}
