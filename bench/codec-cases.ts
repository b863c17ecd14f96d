/** The benchmark of codecs: a row per file and codec, a row per pair of versions, and a summary beside the better xz. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bestOf, type Codec, codecs, type Input, LEVELS, makeRegistry, register, type Trial } from './codecs.js';
import { type CodecFile, codecsFolder, makeCodecsCorpus } from './codecs-corpus.mjs';
import { makePairs, type Pair, pythonWith } from './codecs-pairs.mjs';
import { type Bound, entropyBound } from './entropy-bound.js';
import { shortened } from './shortened.mjs';

export interface CodecRow {
  readonly case: 'codecs';
  readonly file: string;
  readonly kind: string;
  readonly origin: string;
  readonly size: number;
  readonly sha256: string;
  readonly rounds: number;
  readonly bound?: Bound;
  readonly results: readonly (Trial & { readonly name: string })[];
}

export interface DeltaRow {
  readonly case: 'deltas';
  readonly pair: string;
  readonly what: string;
  readonly size: number;
  readonly reported: number;
  /** Bytes of the new objects where the base is there, and where it is not. */
  readonly results: readonly { readonly name: string; readonly stored: number; readonly alone: number }[];
}

export interface SkippedRow {
  readonly case: 'skipped';
  readonly name: string;
  readonly reason: string;
}

export interface CodecOptions {
  readonly work: string;
  /** Prefixes of 1 MiB, one round, no pairs from training. */
  readonly quick: boolean;
  /** Also the codecs of others that pip installs. */
  readonly peers: boolean;
  readonly wants: (name: string) => boolean;
  readonly onProgress: (text: string) => void;
}

/** What takes less than a second or so is done several times. */
const SEVERAL_ROUNDS_UP_TO = 3 << 20;
const PEERS = { zipnn: ['numpy', 'zipnn==0.5.4'], openzl: ['numpy', 'openzl==0.3.0'] };
/** Other numbers begin where they like, and splitting bytes at multiples of their width would be unfair to peers. */
const ALIGNED: Readonly<Record<string, string>> = { fp32: 'F32', fp16: 'F16', bf16: 'BF16', int8: 'U8' };

export async function* codecCases(options: CodecOptions): AsyncGenerator<CodecRow | DeltaRow | SkippedRow> {
  const { work, wants, onProgress } = options;
  const folder = codecsFolder(work);
  const { files, skipped } = await makeCodecsCorpus(folder, { onProgress, only: wants });
  for (const { name, reason } of skipped) yield { case: 'skipped', name, reason };
  const pythons: Record<string, string> = {};
  for (const [name, packages] of options.peers ? Object.entries(PEERS) : []) {
    try {
      pythons[name] = await pythonWith(folder, name, packages, onProgress);
    } catch (error) {
      yield { case: 'skipped', name, reason: String(error) };
    }
  }
  for (const file of files) yield codecRow(file, options, codecs(pythons));
  const { pairs, skipped: missing } = await makePairs(folder, {
    onProgress,
    only: (name) => wants(name) && !(options.quick && /p[123]/.test(name)),
  });
  for (const { name, reason } of missing) yield { case: 'skipped', name, reason };
  for (const pair of pairs) yield deltaRow(pair, work, options.quick);
}

function codecRow(file: CodecFile, { work, quick, onProgress }: CodecOptions, all: readonly Codec[]): CodecRow {
  const { name, kind, origin } = file;
  const home = mkdtempSync(join(work, 'codecs-'));
  try {
    const whole = readFileSync(file.path);
    const bytes = quick ? shortened(name, whole, 1 << 20) : whole;
    const path = join(home, name);
    writeFileSync(path, bytes);
    const size = bytes.length;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const aligned = file.dtype !== undefined || name.endsWith('.safetensors');
    const input: Input = { name, path, size, sha256, dtype: aligned ? ALIGNED[kind] : undefined };
    const rounds = quick || size > SEVERAL_ROUNDS_UP_TO ? 1 : 3;
    const bound = entropyBound(name, bytes, file.dtype);
    const results = all
      .filter((codec) => !(codec.name in PEERS) || suits(codec.name, input.dtype))
      .map((codec) => {
        onProgress(`${name}: ${codec.name}`);
        return { name: codec.name, ...bestOf(codec, input, home, rounds) };
      });
    const about = { case: 'codecs', file: name, kind, origin, size, sha256, rounds } as const;
    return { ...about, ...(bound === undefined ? {} : { bound }), results };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function suits(peer: string, dtype: string | undefined): boolean {
  return dtype !== undefined && (peer !== 'zipnn' || dtype !== 'U8');
}

function deltaRow(pair: Pair, work: string, quick: boolean): DeltaRow {
  const { name, what, reported } = pair;
  const home = mkdtempSync(join(work, 'deltas-'));
  try {
    const place = (side: 'base' | 'next') => {
      const bytes = readFileSync(pair[side]);
      const path = join(home, side, `model${pair[side].slice(pair[side].lastIndexOf('.'))}`);
      mkdirSync(join(home, side));
      writeFileSync(path, quick ? shortened(path, bytes, 1 << 20) : bytes);
      return path;
    };
    const [base, next] = [place('base'), place('next')];
    const results = LEVELS.map((level) => {
      const stored = storedAfter(home, [base], next, level);
      return { name: `at1 register ${level}`, stored, alone: storedAfter(home, [], next, level) };
    });
    return { case: 'deltas', pair: name, what, size: readFileSync(next).length, reported, results };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Bytes that registering the last one adds to a registry that has the others as earlier versions of the same name. */
function storedAfter(work: string, earlier: readonly string[], last: string, level: string): number {
  const folder = mkdtempSync(join(work, 'run-'));
  makeRegistry(folder);
  earlier.forEach((path, i) => {
    register(folder, `model/pair@1.${i}.0`, path, level);
  });
  return register(folder, `model/pair@1.${earlier.length}.0`, last, level).stored;
}
