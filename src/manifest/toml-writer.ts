/**
 * Our canonical TOML: one text for one document, driven by the shape of its schema. Not a general TOML writer.
 * The form is docs/format/registry.md section 3.
 */
import { compareText } from '../bytes/text.js';
import { escapeHidden } from './hidden-text.js';
import { isFlat, isScalar, type Shape } from './shape.js';

type Fields = Readonly<Record<string, unknown>>;

/** The canonical text; `schemaId` goes into the first line. The document must fit its schema. */
export function writeToml(schemaId: string, shape: Shape, document: object): string {
  const lines = [`#:schema ${schemaId}`, ''];
  writeTable(lines, [], shape, document as Fields);
  return `${lines.join('\n')}\n`;
}

/** Plain values first, because in TOML everything after a table header belongs to that table. */
function writeTable(lines: string[], path: readonly string[], shape: Shape, fields: Fields): void {
  const entries = entriesOf(shape, fields);
  for (const [key, value, inner] of entries) {
    if (isPlain(inner, path.length)) lines.push(`${writeKey(key)} = ${writeValue(inner, value)}`);
  }
  for (const [key, value, inner] of entries) {
    if (isPlain(inner, path.length)) continue;
    if (path.length > 0 && inner.kind !== 'record') throw new RangeError(`no canonical form for ${key} inside a table`);
    writeTables(lines, [...path, key], inner, value);
  }
}

/** Lists of records, records and maps that get headers of their own. */
function writeTables(lines: string[], path: readonly string[], shape: Shape, value: unknown): void {
  const header = path.map(writeKey).join('.');
  if (shape.kind === 'list') {
    for (const item of value as readonly Fields[]) {
      lines.push('', `[[${header}]]`);
      writeTable(lines, path, shape.item, item);
    }
  } else if (shape.kind === 'map' && shape.value.kind === 'record') {
    for (const [key, item, inner] of entriesOf(shape, value as Fields)) writeTables(lines, [...path, key], inner, item);
  } else {
    lines.push('', `[${header}]`);
    writeTable(lines, path, shape, value as Fields);
  }
}

/** Inside a table everything is plain; at the top, records, maps and lists of deeper records are not. */
function isPlain(shape: Shape, depth: number): boolean {
  if (isScalar(shape)) return true;
  if (shape.kind === 'list') return isScalar(shape.item) || isFlat(shape.item);
  return depth > 0 && isFlat(shape);
}

/** Present fields in the order they are written: as the schema lists them, or by the bytes of the key in a map. */
function entriesOf(shape: Shape, fields: Fields): [string, unknown, Shape][] {
  if (shape.kind === 'map') {
    return Object.keys(fields)
      .sort(compareText)
      .map((key) => [key, fields[key], shape.value]);
  }
  if (shape.kind !== 'record') throw new RangeError('only records and maps have fields');
  return shape.properties
    .filter(([key]) => fields[key] !== undefined)
    .map(([key, inner]): [string, unknown, Shape] => [key, fields[key], inner]);
}

function writeValue(shape: Shape, value: unknown): string {
  switch (shape.kind) {
    case 'string':
      return writeString(value as string);
    case 'integer':
      return writeInteger(value as number);
    case 'float':
      return writeFloat(value as number);
    case 'boolean':
      return value === true ? 'true' : 'false';
    case 'list': {
      const items = (value as readonly unknown[]).map((item) => writeValue(shape.item, item));
      return isScalar(shape.item) ? `[${items.join(', ')}]` : `[\n${items.map((item) => `  ${item},\n`).join('')}]`;
    }
    case 'map':
    case 'record': {
      const fields = entriesOf(shape, value as Fields);
      return `{ ${fields.map(([key, item, inner]) => `${writeKey(key)} = ${writeValue(inner, item)}`).join(', ')} }`;
    }
  }
}

export function writeKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : writeBasic(key);
}

function writeInteger(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${value}`);
  return String(value);
}

/** The shortest digits that read back as the same number, always recognisable as a float. */
export function writeFloat(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`);
  const text = Object.is(value, -0) ? '-0' : String(value);
  return text.includes('.') || text.includes('e') ? text : `${text}.0`;
}

/** On one line where it has one; also for text that goes into a file people read. */
export function writeString(value: string): string {
  return value.includes('\n') ? writeMultiLine(value) : writeBasic(value);
}

/** One basic string on one line; also for text that goes into a file people write. */
export function writeBasic(value: string): string {
  const text = value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\t', '\\t').replaceAll('\n', '\\n');
  return `"${escapeHidden(text)}"`;
}

/** Quotes stay readable: in a run of them every second is escaped, and so is one that ends the text. */
function writeMultiLine(value: string): string {
  const text = value.replaceAll('\\', '\\\\').replace(/"+/g, (run, at: number, whole: string) => {
    const ends = at + run.length === whole.length;
    return [...run].map((quote, i) => (i % 2 === 1 || (ends && i === run.length - 1) ? `\\${quote}` : quote)).join('');
  });
  return `"""\n${escapeHidden(text)}"""`;
}
