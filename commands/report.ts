/**
 * Errors as people and programs see them: one line with the code, the facts, what to do next; or one JSON object.
 * Every failure becomes an At1Error here first, so that text and --json cannot differ in code or exit number.
 */
import { CLIError, ExitError } from '@oclif/core/errors';
import { At1Error, type Facts } from '../src/index.js';
import type { Environment } from './environment.js';
import { EXIT, exitOf } from './exit-codes.js';
import { createPaint, safeJson, safeText } from './print.js';
import { closest } from './suggest.js';

export interface ReportOptions {
  readonly json: boolean;
  /** For the hint of a usage error: `see at1 help <command>`. */
  readonly command?: string | undefined;
  /** Long flag names of the command, for did-you-mean. */
  readonly flags?: readonly string[];
}

/** Prints the error and returns the exit number. */
export function reportError(thrown: unknown, environment: Environment, options: ReportOptions): number {
  if (hasCode(thrown, 'EPIPE')) return EXIT.brokenPipe;
  if (environment.signal.aborted) return EXIT.interrupted;
  if (thrown instanceof ExitError) return thrown.oclif.exit ?? EXIT.ok;
  const error = toAt1Error(thrown, options);
  const exit = exitOf(error.code);
  if (options.json) {
    const { code, message, hint, facts } = error;
    const body = { error: { code, message, hint: hint ?? null, facts, exit } };
    environment.stdout.write(`${safeJson(body)}\n`);
    if (environment.debug) environment.stderr.write(stackOf(thrown));
    return exit;
  }
  const colour = environment.colour && environment.stderr.isTTY === true;
  environment.stderr.write(`${errorLines(error, colour).join('\n')}\n`);
  if (environment.debug) environment.stderr.write(stackOf(thrown));
  return exit;
}

function errorLines(error: At1Error, colour: boolean): string[] {
  const paint = createPaint(colour);
  const lines = [`${paint.red('error:')} ${error.message} ${paint.dim(`[${error.code}]`)}`];
  for (const [name, value] of Object.entries(error.facts)) {
    const text = factText(value);
    // A fact the message or the hint already states would be noise.
    const told = text !== undefined && text.length > 3 && `${error.message}\n${error.hint ?? ''}`.includes(text);
    if (text !== undefined && !told) lines.push(`  ${name}: ${text}`);
  }
  if (error.hint !== undefined) lines.push(`${paint.cyan('hint:')} ${error.hint}`);
  return lines.map(paint.render);
}

const SHOWN = 10;

function factText(value: Facts[string]): string | undefined {
  if (value === null || value === '') return undefined;
  if (typeof value !== 'object') return String(value);
  const more = value.length > SHOWN ? `, and ${value.length - SHOWN} more` : '';
  return value.length === 0 ? undefined : value.slice(0, SHOWN).join(', ') + more;
}

export function toAt1Error(thrown: unknown, options: Pick<ReportOptions, 'command' | 'flags'> = {}): At1Error {
  if (thrown instanceof At1Error) return withoutParserPrefix(thrown);
  if (thrown instanceof CLIError) return usageError(thrown, options);
  if (isSystemError(thrown)) return systemError(thrown);
  // What a flag's own `parse` throws arrives with the parser's words around it.
  if (thrown instanceof Error && PARSING.test(thrown.message)) return usageError(thrown, options);
  return new At1Error('internal/unexpected', {
    message: thrown instanceof Error ? `unexpected failure: ${thrown.message}` : 'unexpected failure',
    hint: 'this is a mistake in at1: run again with AT1_DEBUG=1 and report what it prints',
    cause: thrown,
  });
}

const PARSING = /^Parsing --(\S+) \n\t([\s\S]*)\nSee more help with --help$/;

function withoutParserPrefix(error: At1Error): At1Error {
  const parsed = PARSING.exec(error.message);
  if (parsed === null) return error;
  const details = { message: `--${parsed[1]}: ${parsed[2]}`, facts: error.facts, cause: error };
  return new At1Error(error.code, error.hint === undefined ? details : { ...details, hint: error.hint });
}

function usageError(error: Error, options: Pick<ReportOptions, 'command' | 'flags'>): At1Error {
  const see = `see \`at1 help${options.command === undefined ? '' : ` ${options.command}`}\``;
  const unknown = unknownFlags(error);
  const guess = unknown[0] === undefined ? undefined : closest(unknown[0].replace(/=.*$/s, ''), flagNames(options));
  return new At1Error('usage/invalid', {
    message: usageMessage(error, unknown),
    hint: guess === undefined ? see : `did you mean ${guess}? ${see}`,
    cause: error,
  });
}

function flagNames(options: Pick<ReportOptions, 'flags'>): string[] {
  return (options.flags ?? []).map((name) => `--${name}`);
}

function unknownFlags(error: Error): string[] {
  return 'flags' in error && Array.isArray(error.flags) ? error.flags.map(String) : [];
}

/** One line, ours; the parser's messages span several and repeat the usage text. */
function usageMessage(error: Error, unknown: readonly string[]): string {
  if (unknown.length > 0)
    return `unknown ${unknown.length === 1 ? 'flag' : 'flags'} ${unknown.map(firstWord).join(', ')}`;
  if ('args' in error && Array.isArray(error.args)) {
    const names = error.args.map((arg: unknown) =>
      typeof arg === 'object' && arg !== null && 'name' in arg ? String(arg.name).toUpperCase() : String(arg),
    );
    const missing = typeof error.args[0] === 'object';
    return `${missing ? 'missing' : 'unexpected'} argument${names.length === 1 ? '' : 's'}: ${names.join(', ')}`;
  }
  const parsed = PARSING.exec(error.message);
  const text = parsed === null ? error.message : `--${parsed[1]}: ${parsed[2]}`;
  const lines = text
    .split('\n')
    // Reasons are dimmed by the parser where the terminal has colours.
    .map((line) => line.replace(/\u001B\[\d+m/g, '').trim())
    .filter((line) => line !== '' && !/^(The following errors? occurred:|See more help with --help)$/.test(line));
  const [first = 'wrong use of the command', ...rest] = lines;
  return [first.charAt(0).toLowerCase() + first.slice(1), ...rest].join('; ');
}

/** A private key pasted where none belongs begins with dashes as a flag does; it must not end up in a log. */
function firstWord(text: string): string {
  return text.split(/\s/, 1)[0]?.slice(0, 40) ?? '';
}

interface SystemError extends Error {
  readonly code: string;
  readonly syscall: string;
  readonly path?: string;
}

function isSystemError(thrown: unknown): thrown is SystemError {
  return thrown instanceof Error && 'syscall' in thrown && 'code' in thrown && typeof thrown.code === 'string';
}

function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}

function systemError(error: SystemError): At1Error {
  const facts = { ...(error.path === undefined ? {} : { path: error.path }), errno: error.code };
  const on = error.path === undefined ? '' : ` ${error.path}`;
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new At1Error('io/full', { message: `no space left${on && ` for${on}`}`, facts, cause: error });
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new At1Error('io/read-only', {
        message: `no permission for${on || ` ${error.syscall}`}`,
        facts,
        cause: error,
      });
    default:
      return new At1Error('io/failed', {
        message: `${error.syscall} failed on${on || ' a file'}`,
        facts,
        cause: error,
      });
  }
}

function stackOf(thrown: unknown): string {
  let text = '';
  for (let at: unknown = thrown; at instanceof Error; at = at.cause) {
    text += `${(at.stack ?? at.message).split('\n').map(safeText).join('\n')}\n`;
  }
  return text;
}
