/** Codec vcf (id 5): lines of a VCF file as nine columns, and genotypes as exceptions from one default token. */
import { malformed, overLimit } from '../container/format.js';
import { type Numbers, numbersOf, Sum } from './numbers.js';
import { Output } from './output.js';
import { linesOf, type Streams, streamOf } from './streams.js';
import { Strings } from './strings.js';

const LF = 10;
const TAB = 9;
const VERBATIM = 0;
const AFTER_POS = ['id', 'ref', 'alt', 'qual', 'filter', 'info', 'format'];

export function readVcf(streams: Streams, limit: number): Uint8Array {
  const meta = numbersOf(streams, 'meta');
  const count = meta.uint();
  const finalNewline = meta.u8() !== 0;
  const samples = meta.uint();
  const deltas = meta.u8() !== 0;
  const usual = meta.string();
  const vocabulary = Strings.read(meta);
  const flags = streamOf(streams, 'flags');
  if (count > flags.length) throw malformed(`${count} lines with flags for ${flags.length}`);
  const chromosomes = linesOf(streams, 'chrom');
  const position = deltas ? sums(numbersOf(streams, 'pos')) : cells(streams, 'pos');
  const fields = AFTER_POS.map((name) => linesOf(streams, name));
  const verbatim = linesOf(streams, 'verbatim');
  const output = new Output(limit);
  let row: GenotypeRow | undefined;
  for (let i = 0; i < count; i++) {
    if (i > 0) output.u8(LF);
    if (flags[i] === VERBATIM) {
      output.bytes(verbatim.next());
      continue;
    }
    output.bytes(chromosomes.next());
    output.u8(TAB);
    position(output);
    output.u8(TAB);
    for (const field of fields) {
      output.bytes(field.next());
      output.u8(TAB);
    }
    // Not before a line needs it: many samples are a lot of memory.
    row ??= new GenotypeRow(samples, usual, vocabulary, numbersOf(streams, 'gt'), limit);
    row.next(output);
  }
  if (finalNewline) output.u8(LF);
  return output.finish();
}

function sums(deltas: Numbers): (output: Output) => void {
  const sum = new Sum();
  return (output) => output.ascii(String(sum.add(deltas.signed())));
}

function cells(streams: Streams, name: string): (output: Output) => void {
  const lines = linesOf(streams, name);
  return (output) => output.bytes(lines.next());
}

class GenotypeRow {
  readonly #samples: number;
  readonly #vocabulary: Strings;
  readonly #exceptions: Numbers;
  /** Bytes of a default token and the TAB after it. */
  readonly #step: number;
  /** As many default tokens as samples, each followed by TAB, but for the last. */
  readonly #usual: Uint8Array;

  constructor(samples: number, usual: Uint8Array, vocabulary: Strings, exceptions: Numbers, limit: number) {
    this.#samples = samples;
    this.#vocabulary = vocabulary;
    this.#exceptions = exceptions;
    this.#step = usual.length + 1;
    const size = samples * this.#step;
    if (size - 1 > limit) throw overLimit('genotypes of a line', size - 1, limit);
    const row = new Uint8Array(size);
    if (samples > 0) {
      row.set(usual);
      row[usual.length] = TAB;
      for (let done = this.#step; done < size; done *= 2) row.copyWithin(done, 0, Math.min(done, size - done));
    }
    this.#usual = row.subarray(0, Math.max(0, size - 1));
  }

  next(output: Output): void {
    const count = this.#exceptions.count(2);
    let next = 0;
    for (let i = 0, sample = 0; i < count; i++) {
      sample += this.#exceptions.uint();
      // A sample named twice would have two readings.
      if (sample < next || sample >= this.#samples) throw malformed(`genotype of sample ${sample} of ${this.#samples}`);
      output.bytes(this.#usual.subarray(next * this.#step, sample * this.#step));
      output.bytes(this.#vocabulary.at(this.#exceptions.uint()));
      next = sample + 1;
      if (next < this.#samples) output.u8(TAB);
    }
    output.bytes(this.#usual.subarray(next * this.#step));
  }
}
