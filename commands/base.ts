/**
 * The base of every command: common flags, output, exit numbers. oclif parses; running and reporting are ours,
 * because oclif's own exits differ between text and --json and write to the process directly.
 */
import { Command } from '@oclif/core/command';
import { Config } from '@oclif/core/config';
import * as Flags from '@oclif/core/flags';
import type { ArgInput, Input, ParserOutput } from '@oclif/core/interfaces';
import { At1Error } from '../src/index.js';
import type { Environment } from './environment.js';
import { EXIT } from './exit-codes.js';
import { createPaint, type Paint, safeJson } from './print.js';
import { createProgress, type Progress } from './progress.js';
import { reportError } from './report.js';
import { VERSION } from './version.js';
import { hasFlag, wantsJson } from './words.js';

/** What the table of commands holds: a concrete command with its statics. */
export type CommandClass = (new (
  argv: string[],
  config: Config,
) => At1Command) &
  Pick<
    typeof At1Command,
    'summary' | 'description' | 'examples' | 'args' | 'flags' | 'baseFlags' | 'strict' | 'hidden'
  >;

// What oclif calls FlagOutput and ArgOutput.
type Values = Record<string, unknown>;

/** oclif's configuration without its loading step, which would search folders and plugins we do not have. */
export function bareConfig(): Config {
  return Object.assign(new Config({ root: '' }), {
    bin: 'at1',
    name: 'at1-registry',
    version: VERSION,
    runHook: async () => ({ failures: [], successes: [] }),
  });
}

export abstract class At1Command extends Command {
  static override enableJsonFlag = true;
  static override baseFlags = {
    json: Flags.boolean({ summary: 'Print the result as JSON.', helpGroup: 'GLOBAL' }),
    registry: Flags.string({
      summary: 'Folder of the registry (or AT1_REGISTRY; default: found from the current folder upwards).',
      helpValue: 'DIR',
      helpGroup: 'GLOBAL',
    }),
    quiet: Flags.boolean({ summary: 'Print results and errors only.', char: 'q', helpGroup: 'GLOBAL' }),
  };

  #environment: Environment | undefined;
  #paint: Paint | undefined;
  #exit: number = EXIT.ok;
  #quiet = false;
  #registry: string | undefined;
  readonly #progresses: Progress[] = [];

  /** What a command does; it returns the result that --json prints. */
  abstract override run(): Promise<object>;

  /** Runs the command and returns the exit number; never throws. */
  async execute(environment: Environment): Promise<number> {
    this.#environment = environment;
    try {
      const result = await this.run();
      if (this.jsonEnabled()) environment.stdout.write(`${safeJson(result)}\n`);
      return this.#exit;
    } catch (error) {
      this.#endProgress();
      const known = { ...this.ctor.baseFlags, ...this.ctor.flags };
      return reportError(error, environment, {
        json: this.jsonEnabled(),
        command: this.id,
        flags: Object.keys(known),
      });
    } finally {
      this.#endProgress();
    }
  }

  get environment(): Environment {
    if (this.#environment === undefined) throw new TypeError('a command runs through execute()');
    return this.#environment;
  }

  get paint(): Paint {
    this.#paint ??= createPaint(this.environment.colour);
    return this.#paint;
  }

  /** The folder to look for a registry from: --registry, AT1_REGISTRY, the current folder. */
  get registryDir(): string {
    const { environment } = this;
    if (this.#registry !== undefined) return environment.resolve(this.#registry);
    return environment.registryDir ?? environment.cwd;
  }

  /** Sets the exit number of a run that has a result but did not end well, such as a failed verification. */
  exitWith(code: number): void {
    this.#exit = code;
  }

  override jsonEnabled(): boolean {
    return wantsJson(this.argv);
  }

  /** Lines of the result; control characters are escaped, a line feed inside a line too. Silent under --json. */
  override log(lines: string | readonly string[] = ''): void {
    if (!this.jsonEnabled()) this.#write(this.environment.stdout, lines);
  }

  /** A value as JSON, in which every control character is escaped already. */
  raw(value: object): void {
    if (!this.jsonEnabled()) this.environment.stdout.write(`${safeJson(value)}\n`);
  }

  /** A remark or warning on standard error. Silent under --json and --quiet. */
  note(lines: string | readonly string[]): void {
    if (!this.jsonEnabled() && !this.#quiet) this.#write(this.environment.stderr, lines);
  }

  /** The last line: what to do next. */
  next(line: string): void {
    if (!this.#quiet) this.log(`${this.paint.dim('next:')} ${line}`);
  }

  /** Progress on standard error; taken away when the command ends. */
  progress(label: string, total?: number): Progress {
    const progress = createProgress(this.environment, { label, total, quiet: this.#quiet || this.jsonEnabled() });
    this.#progresses.push(progress);
    return progress;
  }

  protected override async parse<F extends Values, B extends Values, A extends Values>(
    options?: Input<F, B, A>,
    argv?: string[],
  ): Promise<ParserOutput<F, B, A>> {
    if (this.jsonEnabled() && !hasFlag(this.argv, '--json')) throw jsonValue();
    const chosen = options ?? (this.ctor as Input<F, B, A>);
    // Copied by name: a spread would leave out the statics a command inherits.
    const { flags, baseFlags, args, strict, constraints } = chosen;
    const given = { flags, baseFlags, strict, constraints, enableJsonFlag: true, args: withoutStdin(args) };
    const parsed = await super.parse(given as Input<F, B, A>, argv);
    for (const name of NEVER_EMPTY) if ((parsed.flags as Values)[name] === '') throw emptyFlag(name);
    const { quiet, registry } = parsed.flags as { quiet?: unknown; registry?: unknown };
    this.#quiet = quiet === true;
    this.#registry = typeof registry === 'string' ? registry : undefined;
    return parsed;
  }

  #write(stream: NodeJS.WritableStream, lines: string | readonly string[]): void {
    const list = typeof lines === 'string' ? [lines] : lines;
    stream.write(list.map((line) => `${this.paint.render(line)}\n`).join(''));
  }

  #endProgress(): void {
    for (const progress of this.#progresses.splice(0)) progress.done();
  }
}

/** An empty value is what a script passes whose variable was not set; the current folder is not what it meant. */
const NEVER_EMPTY = ['registry', 'out', 'root', 'at', 'key'] as const;

function emptyFlag(name: string): At1Error {
  return new At1Error('usage/invalid', {
    message: `--${name} is empty`,
    hint: `give --${name} a value, or leave it out`,
  });
}

/** `--json=false` would print JSON all the same. */
function jsonValue(): At1Error {
  return new At1Error('usage/invalid', { message: '--json takes no value', hint: 'give --json, or leave it out' });
}

/** oclif fills a missing argument from standard input when that is a pipe; scripts would be surprised. */
function withoutStdin<A extends Values>(args: ArgInput<A> | undefined): ArgInput<A> {
  const entries = Object.entries(args ?? {}).map(([name, arg]) => [
    name,
    Object.assign({}, arg, { ignoreStdin: true }),
  ]);
  return Object.fromEntries(entries) as ArgInput<A>;
}
