/** Lines by template: the text of a line with a NUL in the place of each slot. */
import { fromLatin1 } from '../bytes/text.js';
import { LF } from './json-text.js';
import type { Scan } from './scan-json.js';

/** Longer lines are left alone: their templates are rarely shared. */
const LONGEST_LINE = 65_536;
export const NO_TEMPLATE = -1;

export interface Template {
  /** With a NUL for each slot. */
  readonly text: Uint8Array;
  readonly slots: number;
  lines: number;
}

export interface Line {
  readonly start: number;
  /** Without the line feed. */
  readonly end: number;
  /** Its first slot, if it has any. */
  readonly slot: number;
  /** `NO_TEMPLATE` for a line that holds NUL, is very long, or came when there were too many templates. */
  readonly template: number;
}

export interface TemplatedText {
  readonly templates: readonly Template[];
  readonly lines: readonly Line[];
  readonly finalNewline: boolean;
}

export function templatesOf(data: Uint8Array, { slots }: Scan, most: number): TemplatedText {
  const templates: Template[] = [];
  const numbers = new Map<string, number>();
  const lines: Line[] = [];
  const buffer = new Uint8Array(LONGEST_LINE);
  let slot = 0;
  for (let start = 0; start < data.length; ) {
    const found = data.indexOf(LF, start);
    const end = found < 0 ? data.length : found;
    const first = slot;
    while (slot < slots.length && slots.start(slot) < end) slot++;
    let template = NO_TEMPLATE;
    if (end - start <= LONGEST_LINE && !data.subarray(start, end).includes(0)) {
      let [from, to] = [start, 0];
      for (let i = first; i < slot; i++) {
        buffer.set(data.subarray(from, slots.start(i)), to);
        to += slots.start(i) - from;
        buffer[to++] = 0;
        from = slots.end(i);
      }
      // A slot takes a byte at least, so that no template is longer than its line.
      buffer.set(data.subarray(from, end), to);
      to += end - from;
      const name = fromLatin1(buffer.subarray(0, to));
      template = numbers.get(name) ?? NO_TEMPLATE;
      if (template === NO_TEMPLATE && templates.length < most) {
        template = templates.length;
        numbers.set(name, template);
        templates.push({ text: buffer.slice(0, to), slots: slot - first, lines: 0 });
      }
      const known = templates[template];
      if (known !== undefined) known.lines++;
    }
    lines.push({ start, end, slot: first, template });
    start = end + 1;
  }
  return { templates, lines, finalNewline: data.at(-1) === LF };
}
