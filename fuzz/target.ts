/** What a target is: a parser, the rules that what it accepts must keep, and where its inputs come from. */
import type { Random } from './random.js';

interface Common {
  readonly name: string;
  /** For the table in docs/fuzzing.md: what is read, and what is held against it. */
  readonly about: string;
  /** Files of `src/` whose branches count, without `src/` and `.ts`. */
  readonly files: readonly string[];
  seeds(): readonly Uint8Array[] | Promise<readonly Uint8Array[]>;
  /** Words of the format. */
  readonly tokens?: readonly (string | Uint8Array)[];
  /** Longest input that is made; 2048 unless said. */
  readonly maxLength?: number;
  /** Makes checksums and lengths right again, so that what lies behind them is reached too. */
  mend?(input: Uint8Array, random: Random): Uint8Array | Promise<Uint8Array>;
  close?(): void;
}

/** Runs inside this process, guided by the branches it reaches. */
export interface ParserTarget extends Common {
  readonly kind: 'parser';
  /** At1Error: refused. Returns: accepted, with all rules kept. Anything else thrown is a finding. */
  run(input: Uint8Array): void | Promise<void>;
  /** One of how many cases asked for is run; 1 unless a case is slow by its nature. */
  readonly oneIn?: number;
}

/** Asks another program about many inputs at once: fewer cases, without guidance. */
export interface DifferentialTarget extends Common {
  readonly kind: 'differential';
  /** One problem or undefined for each input, in order. */
  compare(inputs: readonly Uint8Array[]): Promise<readonly (string | undefined)[]>;
  readonly batch: number;
  /** One of how many cases asked for is run. */
  readonly oneIn: number;
}

export type Target = ParserTarget | DifferentialTarget;

/** A rule that something accepted does not keep. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

export function violated(message: string): never {
  throw new Violation(message);
}

/** For what must not fail after the input was accepted: also an At1Error is a finding there. */
export function mustHold<T>(what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new Violation(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export async function mustHoldLater<T>(what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new Violation(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
