/**
 * How often and how big the tests repeat themselves: as much as fits into every run, or with AT1_SCALE=full what
 * `.ci/run --full` proves. Systematic lists (attacks, vectors, steps of a crash) are whole in both.
 */
const full = process.env.AT1_SCALE === 'full';

export const SCALE = {
  /** Random histories that are judged by the fold and by a model of the rules. */
  histories: full ? 4000 : 250,
  /** Whether each object of a history is lost in every way, or in one. */
  everyLoss: full,
  /** Processes that register at once in one working tree, and how often that is done. */
  writers: full ? 50 : 20,
  writerRounds: full ? 20 : 1,
  /** Processes that register one and the same version at once, as often as above. */
  twins: full ? 50 : 6,
  /** Operations of one random history, and how many histories there are. */
  historyOperations: full ? 500 : 72,
  historyRounds: full ? 20 : 1,
  /** Versions registered in a row while git is at work in the same tree. */
  besideGit: full ? 300 : 5,
  /** Rounds of two clones that push the same version, and of a git that is killed under a push or pull. */
  pushes: full ? 100 : 2,
  gitKills: full ? 200 : 3,
  /** Rounds of two clones that promote in one lane, and in two. */
  promotions: full ? 100 : 2,
  /** Disks found after a power cut, over all writing commands. */
  crashStates: full ? 20_000 : 2_000,
  /** Processes in each of which one step goes wrong, per kind of fault. */
  faultyProcesses: full ? 60 : 6,
  /** Steps of a command in each of which it is interrupted, in a process each. */
  interrupts: full ? 60 : 4,
  /** Processes that are killed while they register. */
  kills: full ? 1000 : 100,
  /** Values for each property that formats must keep. */
  properties: full ? 100_000 : 1000,
  /** Inputs that every fuzz target is given; those that ask other programs run a part of it. */
  fuzzCases: full ? 1_000_000 : 10_000,
  /** Random bits flipped, one at a time, in a container of 8 MiB of either mode. */
  largeFlips: full ? 1_000 : 10,
  /** Whether all bits of longer containers of codecs are flipped, or one a byte. */
  everyCodecBit: full,
  /** Damaged caches, of each sort, beside which a command is run. */
  besideDamaged: full ? 300 : 8,
} as const;

/** A busy machine, with coverage and two test files at once, takes this many times as long as a quiet one. */
const BUSY = 4;

/** For mocha: how long what takes `milliseconds` on a quiet machine may take before it counts as hanging, at any scale. */
export function scaled(milliseconds: number): number {
  return milliseconds * (full ? 20 : BUSY);
}
