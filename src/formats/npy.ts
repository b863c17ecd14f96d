/** npy, versions 1 to 3: one array after a small header in the notation of Python, of which only its fixed form is read. */
import { fromLatin1 } from '../bytes/text.js';
import { bytesOfElements, type Dtype, elementsOf, parseDtype } from './dtype.js';
import { type FileShape, malformed, placeTensor, RANK_LIMIT, type TensorPlace } from './file-shape.js';
import type { HeaderSource } from './header-source.js';

export const NPY_MAGIC = '\x93NUMPY';

const PREFIX = 12;
const TEXT_LIMIT = 1024 * 1024;

/** One array at its place, or why its elements are not told. */
export interface NpyArray {
  readonly tensor: TensorPlace;
  readonly warning: string | undefined;
}

export async function readNpy(source: HeaderSource): Promise<FileShape> {
  const { tensor, warning } = await readArray(source, 0, source.size, 'array');
  const rest = source.size - tensor.offset - tensor.length;
  const warnings = warning === undefined ? [] : [warning];
  if (rest > 0) warnings.push(`${rest} bytes after the array`);
  return { format: 'npy', tensors: [tensor], seams: [], warnings };
}

/** The array in the `length` bytes from `start`. */
export async function readArray(source: HeaderSource, start: number, length: number, name: string): Promise<NpyArray> {
  const prefix = await source.window(start, Math.min(PREFIX, length), 'npy header');
  if (prefix.length < PREFIX || fromLatin1(prefix.subarray(0, 6)) !== NPY_MAGIC) throw malformed('not an npy array');
  const version = prefix[6] as number;
  if (version < 1 || version > 3 || prefix[7] !== 0) throw malformed(`npy version ${version}.${prefix[7]}`);
  const view = new DataView(prefix.buffer, prefix.byteOffset, PREFIX);
  const textLength = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const textStart = version === 1 ? 10 : 12;
  if (textLength > TEXT_LIMIT || textLength > length - textStart) throw malformed(`npy header of ${textLength} bytes`);
  const text = fromLatin1(await source.window(start + textStart, textLength, 'npy header'));
  const { descr, fortran, shape } = new PythonDict(text).read();
  const offset = start + textStart + textLength;
  const available = length - textStart - textLength;
  const type = descr === undefined ? undefined : elementOf(descr);
  if (type === undefined) {
    const opaque = { name, dtype: 'OPAQUE', shape, offset, length: available } as const;
    return { tensor: placeTensor(opaque), warning: `type of element not known: ${descr?.slice(0, 40) ?? 'records'}` };
  }
  const elements = elementsOf(shape);
  const bytes = elements === undefined ? undefined : bytesOfElements(type.dtype, elements);
  if (bytes === undefined || bytes > available) throw malformed('npy array longer than the file');
  const { dtype, byteOrder } = type;
  const place = {
    name,
    dtype,
    byteOrder,
    shape,
    offset,
    length: bytes,
    ...(fortran ? { fortran: true as const } : {}),
  };
  return { tensor: placeTensor(place), warning: undefined };
}

const LETTERS: Readonly<Record<string, string>> = { f: 'F', i: 'I', u: 'U', c: 'C', M: 'I', m: 'I' };

/** `<f4` and its like; times are numbers. Undefined for text, objects, records and types with no name here. */
function elementOf(descr: string): { readonly dtype: Dtype; readonly byteOrder: 'little' | 'big' } | undefined {
  const [, order, letter = '', digits] = /^([<>|=])([a-zA-Z])([0-9]{1,2})(?:\[[0-9A-Za-z]{1,16}\])?$/.exec(descr) ?? [];
  const bits = Number(digits) * 8;
  const dtype = letter === 'b' && bits === 8 ? 'BOOL' : parseDtype(`${LETTERS[letter] ?? '?'}${bits}`);
  if (dtype === undefined) return undefined;
  return { dtype, byteOrder: order === '>' ? 'big' : 'little' };
}

interface Dict {
  /** Undefined for records, whose description is a list. */
  readonly descr: string | undefined;
  readonly fortran: boolean;
  readonly shape: readonly number[];
}

/** Reads `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`: the keys in any order, each once. */
class PythonDict {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Dict {
    let descr: { readonly text: string | undefined } | undefined;
    let fortran: boolean | undefined;
    let shape: number[] | undefined;
    this.#expect('{');
    while (!this.#accept('}')) {
      const key = this.#string();
      this.#expect(':');
      if (key === 'descr' && descr === undefined) descr = { text: this.#description() };
      else if (key === 'fortran_order' && fortran === undefined) fortran = this.#boolean();
      else if (key === 'shape' && shape === undefined) shape = this.#tuple();
      else throw malformed('npy header with a key that does not belong');
      if (!this.#accept(',') && this.#peek() !== '}') throw malformed("npy header without ',' or '}'");
    }
    if (this.#peek() !== '') throw malformed('npy header with something after its end');
    if (descr === undefined || fortran === undefined || shape === undefined) throw malformed('npy header lacks a key');
    return { descr: descr.text, fortran, shape };
  }

  #peek(): string {
    while (' \n\t\r'.includes(this.#text[this.#at] ?? '?')) this.#at++;
    return this.#text[this.#at] ?? '';
  }

  #accept(token: string): boolean {
    this.#peek();
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  #expect(token: string): void {
    if (!this.#accept(token)) throw malformed(`npy header without '${token}' at ${this.#at}`);
  }

  #string(): string {
    const quote = this.#peek();
    const end = quote === "'" || quote === '"' ? this.#text.indexOf(quote, this.#at + 1) : -1;
    if (end < 0) throw malformed(`npy header without a string at ${this.#at}`);
    const text = this.#text.slice(this.#at + 1, end);
    if (text.includes('\\')) throw malformed('npy header with an escape');
    this.#at = end + 1;
    return text;
  }

  /** A string, or a list of any depth, which is passed over. */
  #description(): string | undefined {
    if (this.#peek() !== '[') return this.#string();
    let depth = 0;
    do {
      const character = this.#peek();
      if (character === '') throw malformed('npy header ends in a list');
      if (character === "'" || character === '"') this.#string();
      else {
        if ('[('.includes(character)) depth++;
        if ('])'.includes(character)) depth--;
        this.#at++;
      }
    } while (depth > 0);
    return undefined;
  }

  #boolean(): boolean {
    if (this.#accept('True')) return true;
    this.#expect('False');
    return false;
  }

  #tuple(): number[] {
    const found: number[] = [];
    this.#expect('(');
    while (!this.#accept(')')) {
      if (found.length >= RANK_LIMIT) throw malformed(`npy array of more than ${RANK_LIMIT} dimensions`);
      this.#peek();
      const digits = /^[0-9]{1,16}/.exec(this.#text.slice(this.#at, this.#at + 17))?.[0] ?? '';
      const value = Number(digits);
      if (digits === '' || !Number.isSafeInteger(value))
        throw malformed('npy header with a dimension that is no number');
      this.#at += digits.length;
      // Python 2 wrote long integers so.
      this.#accept('L');
      found.push(value);
      if (!this.#accept(',') && this.#peek() !== ')') throw malformed("npy header without ',' or ')'");
    }
    return found;
  }
}
