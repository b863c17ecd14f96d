/**
 * Types of the storages in a PyTorch pickle, from the order of its instructions: nothing is loaded, made or called. Only
 * the form `('storage', torch XStorage, 'N', device, count)` is known; at the first instruction that is not, it ends.
 */
import { Cursor } from '../bytes/cursor.js';
import { fromLatin1 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { bytesOfElements, type Dtype } from './dtype.js';
import { STEP_LIMIT } from './file-shape.js';

export interface StorageType {
  readonly dtype: Dtype;
  readonly elements: number;
  readonly bytes: number;
}

const STORAGES: Readonly<Record<string, Dtype>> = {
  'torch DoubleStorage': 'F64',
  'torch FloatStorage': 'F32',
  'torch HalfStorage': 'F16',
  'torch BFloat16Storage': 'BF16',
  'torch LongStorage': 'I64',
  'torch IntStorage': 'I32',
  'torch ShortStorage': 'I16',
  'torch CharStorage': 'I8',
  'torch ByteStorage': 'U8',
  'torch BoolStorage': 'BOOL',
};

/** What a tuple of a storage is made of: a text, a number, or something that does not matter. */
type Item = string | number | undefined;

/** Items in a row that are remembered: a storage has five. */
const ROW = 8;
const MEMO_LIMIT = 1 << 20;

/** By the storage's name. Never throws: what is not understood has no type. */
export function storagesOf(pickle: Uint8Array): ReadonlyMap<string, StorageType> {
  const found = new Map<string, StorageType>();
  try {
    walk(new Cursor(pickle, 'file/malformed'), found);
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
  }
  return found;
}

/** Passes over instructions, with the last few texts and numbers at hand; a persistent id says that they are a storage. */
function walk(cursor: Cursor, found: Map<string, StorageType>): void {
  const memo = new Map<number, Item>();
  let row: Item[] = [];
  const push = (item: Item) => {
    row.push(item);
    if (row.length > ROW) row.shift();
  };
  const remember = (index: number) => {
    if (memo.size < MEMO_LIMIT) memo.set(index, row.at(-1));
  };
  for (let steps = 0; steps < STEP_LIMIT && cursor.remaining > 0; steps++) {
    const instruction = String.fromCharCode(cursor.u8());
    switch (instruction) {
      case '\x80': // protocol
        cursor.skip(1);
        break;
      case 'c': // a name in a module
        push(`${line(cursor)} ${line(cursor)}`);
        break;
      case 'X':
        push(fromLatin1(cursor.take(cursor.u32le())));
        break;
      case '\x8c':
        push(fromLatin1(cursor.take(cursor.u8())));
        break;
      case 'K':
        push(cursor.u8());
        break;
      case 'M':
        push(cursor.u8() | (cursor.u8() << 8));
        break;
      case 'J':
        push(cursor.u32le());
        break;
      case '\x8a':
        push(long(cursor.take(cursor.u8())));
        break;
      case 'h':
        push(memo.get(cursor.u8()));
        break;
      case 'j':
        push(memo.get(cursor.u32le()));
        break;
      case 'q':
        remember(cursor.u8());
        break;
      case 'r':
        remember(cursor.u32le());
        break;
      case '(': // a mark
        row = [];
        break;
      case 'Q': // a persistent id: the tuple before it
        addStorage(row, found);
        row = [undefined];
        break;
      case 't': // a tuple: its items stay at hand for the persistent id, and it is what is remembered next
        push(undefined);
        break;
      case 'G':
        cursor.skip(8);
        push(undefined);
        break;
      default:
        // Instructions without an argument that PyTorch uses: they make something that does not matter here.
        if (!')]}01\x81\x85\x86\x87\x88\x89NRbuseal.2'.includes(instruction)) return;
        push(undefined);
    }
  }
}

/** The last five before the tuple itself. */
function addStorage(row: readonly Item[], found: Map<string, StorageType>): void {
  const [tag, storage, name, device, elements] = row.slice(-6, -1);
  if (tag !== 'storage' || typeof storage !== 'string' || typeof name !== 'string') return;
  if (typeof device !== 'string' || typeof elements !== 'number' || !Number.isSafeInteger(elements)) return;
  const dtype = Object.hasOwn(STORAGES, storage) ? STORAGES[storage] : undefined;
  const bytes = dtype === undefined ? undefined : bytesOfElements(dtype, elements);
  if (dtype === undefined || bytes === undefined) return;
  const known = found.get(name);
  // One storage is named by every view of it, and always in the same way.
  const same = known === undefined || (known.dtype === dtype && known.bytes === bytes);
  found.set(name, { dtype, elements, bytes: same ? bytes : Number.NaN });
}

/** A text up to a line feed. */
function line(cursor: Cursor): string {
  let text = '';
  for (;;) {
    const byte = cursor.u8();
    if (byte === 0x0a) return text;
    if (text.length >= 256) return cursor.fail('a name that is too long');
    text += String.fromCharCode(byte);
  }
}

/** Little-endian, and not negative. */
function long(bytes: Uint8Array): Item {
  if (bytes.length > 8 || ((bytes.at(-1) ?? 0) & 0x80) !== 0) return undefined;
  let value = 0;
  for (let i = bytes.length - 1; i >= 0; i--) value = value * 256 + (bytes[i] as number);
  return Number.isSafeInteger(value) ? value : undefined;
}
