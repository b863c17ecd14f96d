/** Files with tensors, written here by hand and byte by byte, and broken ones made of them. */
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import type { FileShape } from '../../src/formats/file-shape.js';
import type { RandomAccess } from '../../src/formats/header-source.js';
import { findTensors } from '../../src/formats/tensors.js';

export function sourceOf(bytes: Uint8Array): RandomAccess {
  return { read: async (offset, length) => bytes.slice(offset, offset + length) };
}

export function foundIn(bytes: Uint8Array): Promise<FileShape> {
  return findTensors(sourceOf(bytes), bytes.length);
}

export function u16(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, (value >> 8) & 0xff);
}

export function u32(value: number, big = false): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, !big);
  return bytes;
}

export function u64(value: number | bigint, big = false): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt.asUintN(64, BigInt(value)), !big);
  return bytes;
}

export function safetensorsOf(header: string | Uint8Array, data: number | Uint8Array = 0): Uint8Array {
  const bytes = typeof header === 'string' ? utf8(header) : header;
  return concatBytes([u64(bytes.length), bytes, typeof data === 'number' ? new Uint8Array(data) : data]);
}

export function npyOf(header: string, data: number | Uint8Array = 0, version = 1): Uint8Array {
  const text = utf8(header);
  const length = version === 1 ? u16(text.length) : u32(text.length);
  const magic = Uint8Array.of(0x93, ...utf8('NUMPY'), version, 0);
  return concatBytes([magic, length, text, typeof data === 'number' ? new Uint8Array(data) : data]);
}

export interface GgufTensor {
  readonly name: string;
  readonly shape: readonly (number | bigint)[];
  readonly type: number;
  readonly offset: number | bigint;
}

export interface GgufParts {
  readonly version?: number;
  readonly tensors?: readonly GgufTensor[];
  readonly tensorCount?: number | bigint;
  readonly values?: readonly Uint8Array[];
  readonly valueCount?: number | bigint;
  readonly alignment?: number;
  readonly data?: number | Uint8Array;
  readonly big?: boolean;
}

export function ggufOf(parts: GgufParts): Uint8Array {
  const { version = 3, tensors = [], values = [], alignment = 32, data = 0, big = false } = parts;
  const wide = (value: number | bigint) => (version === 1 ? u32(Number(value), big) : u64(value, big));
  const text = (value: string) => concatBytes([wide(utf8(value).length), utf8(value)]);
  const head = concatBytes([
    utf8('GGUF'),
    u32(version, big),
    wide(parts.tensorCount ?? tensors.length),
    wide(parts.valueCount ?? values.length),
    ...values,
    ...tensors.flatMap(({ name, shape, type, offset }) => [
      text(name),
      u32(shape.length, big),
      ...shape.map(wide),
      u32(type, big),
      u64(offset, big),
    ]),
  ]);
  const padding = new Uint8Array((alignment - (head.length % alignment)) % alignment);
  return concatBytes([head, padding, typeof data === 'number' ? new Uint8Array(data) : data]);
}

/** A metadata value: its key, the number of its type, its bytes. */
export function ggufValue(key: string, type: number, bytes: Uint8Array, big = false): Uint8Array {
  return concatBytes([u64(utf8(key).length, big), utf8(key), u32(type, big), bytes]);
}

export interface ZipEntry {
  readonly name: string;
  readonly data: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  /** What the directory says, where that is to differ from the truth. */
  readonly says?: {
    readonly name?: string;
    readonly headerAt?: number;
    readonly length?: number;
    readonly original?: number;
  };
}

export function zipOf(
  entries: readonly ZipEntry[],
  end: { readonly count?: number; readonly at?: number } = {},
): Uint8Array {
  const local: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, data, method = 0, flags = 0, says = {} } of entries) {
    const sizes = [u32(0), u32(data.length), u32(data.length)];
    const header = [utf8('PK\x03\x04'), u16(20), u16(flags), u16(method), u32(0), ...sizes, u16(name.length), u16(0)];
    const member = concatBytes([...header, utf8(name), data]);
    const claimed = [u32(0), u32(says.length ?? data.length), u32(says.original ?? says.length ?? data.length)];
    const called = says.name ?? name;
    directory.push(
      concatBytes([
        utf8('PK\x01\x02'),
        u16(20),
        u16(20),
        u16(flags),
        u16(method),
        u32(0),
        ...claimed,
        u16(called.length),
        u16(0),
        u16(0),
        u16(0),
        u16(0),
        u32(0),
        u32(says.headerAt ?? at),
        utf8(called),
      ]),
    );
    local.push(member);
    at += member.length;
  }
  const listed = concatBytes(directory);
  const count = u16(end.count ?? entries.length);
  const tail = [utf8('PK\x05\x06'), u16(0), u16(0), count, count, u32(listed.length), u32(end.at ?? at), u16(0)];
  return concatBytes([...local, listed, ...tail]);
}

export function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    bytes.push(Number(rest & 0x7fn) | (rest >= 0x80n ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}

/** A protobuf field: bytes with their length, or a number. */
export function field(number: number, value: Uint8Array | number | bigint): Uint8Array {
  if (!(value instanceof Uint8Array)) return concatBytes([varint(number << 3), varint(value)]);
  return concatBytes([varint((number << 3) | 2), varint(value.length), value]);
}

export function onnxTensor(
  name: string,
  shape: readonly (number | bigint)[],
  type: number,
  raw: Uint8Array,
): Uint8Array {
  return concatBytes([...shape.map((n) => field(1, n)), field(2, type), field(8, utf8(name)), field(9, raw)]);
}

export function onnxOf(...initializers: readonly Uint8Array[]): Uint8Array {
  return concatBytes([field(1, 8), field(7, concatBytes(initializers.map((tensor) => field(5, tensor))))]);
}
