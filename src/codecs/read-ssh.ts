/** Codec ssh (id 0): lines of an sshd log, their fields in streams of their own and messages as templates with variables. */
import { malformed, overLimit } from '../container/format.js';
import { numbersOf } from './numbers.js';
import { Output } from './output.js';
import { type Cells, cellsOf, linesOf, type Streams, streamOf } from './streams.js';

const LF = 10;
const SPACE = 0x20;
const VERBATIM = 0;
const TEMPLATED = 2;
/** "<*>". */
const HOLE = [0x3c, 0x2a, 0x3e] as const;
/** So that a template is not much more in memory than in its stream. */
const MAX_HOLES = 2 ** 20;
/** Shorter templates are prepared anew for each line: kept, they would weigh far more than in their stream. */
const WORTH_KEEPING = 1024;

export function readSsh(streams: Streams, limit: number): Uint8Array {
  const meta = numbersOf(streams, 'meta');
  const count = meta.uint();
  const finalNewline = meta.u8() !== 0;
  const flags = streamOf(streams, 'flags');
  if (count > flags.length) throw malformed(`${count} lines with flags for ${flags.length}`);
  const fields = ['months', 'days', 'times', 'hosts'].map((name) => linesOf(streams, name));
  const pids = numbersOf(streams, 'pids');
  const templates = new Templates(cellsOf(streams, 'templates'));
  const templateIds = numbersOf(streams, 'template_ids');
  const variables = linesOf(streams, 'vars');
  const messages = linesOf(streams, 'rawmsgs');
  const verbatim = linesOf(streams, 'verbatim');
  const output = new Output(limit);
  for (let i = 0; i < count; i++) {
    if (i > 0) output.u8(LF);
    const flag = flags[i];
    if (flag === VERBATIM) {
      output.bytes(verbatim.next());
      continue;
    }
    for (const field of fields) {
      output.bytes(field.next());
      output.u8(SPACE);
    }
    output.ascii(`sshd[${pids.uint()}]: `);
    if (flag === TEMPLATED) templates.fill(templateIds.uint(), variables.next(), output);
    else output.bytes(messages.next());
  }
  if (finalNewline) output.u8(LF);
  return output.finish();
}

/** A template without its holes, and where they were. */
interface Template {
  readonly text: Uint8Array;
  readonly holes: Uint32Array;
}

/** Long ones are prepared once each: a line then costs what it yields, however many holes stay empty. */
class Templates {
  readonly #cells: Cells;
  readonly #prepared = new Map<number, Template>();

  constructor(cells: Cells) {
    this.#cells = cells;
  }

  /** `cell`: variables with NUL between two; holes beyond them stay empty. */
  fill(id: number, cell: Uint8Array, output: Output): void {
    const { text, holes } = this.#prepare(id);
    let [from, at] = [0, 0];
    for (const hole of holes) {
      if (at > cell.length) break;
      const found = cell.indexOf(0, at);
      const end = found < 0 ? cell.length : found;
      output.bytes(text.subarray(from, hole));
      output.bytes(cell.subarray(at, end));
      from = hole;
      at = end + 1;
    }
    output.bytes(text.subarray(from));
  }

  #prepare(id: number): Template {
    const known = this.#prepared.get(id);
    if (known !== undefined) return known;
    const cell = this.#cells.at(id);
    const template = withoutHoles(cell);
    if (cell.length >= WORTH_KEEPING) this.#prepared.set(id, template);
    return template;
  }
}

function withoutHoles(template: Uint8Array): Template {
  let count = 0;
  for (let at = 0; at < template.length; at++) if (isHole(template, at)) count++;
  if (count > MAX_HOLES) throw overLimit('variables of a template', count, MAX_HOLES);
  const text = new Uint8Array(template.length - count * HOLE.length);
  const holes = new Uint32Array(count);
  for (let at = 0, to = 0, hole = 0; at < template.length; ) {
    if (isHole(template, at)) {
      holes[hole++] = to;
      at += HOLE.length;
    } else text[to++] = template[at++] as number;
  }
  return { text, holes };
}

/** No two of them overlap. */
function isHole(template: Uint8Array, at: number): boolean {
  return template[at] === HOLE[0] && template[at + 1] === HOLE[1] && template[at + 2] === HOLE[2];
}
