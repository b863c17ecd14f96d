/** The `string` of the SSH protocols: a big-endian u32 length and that many bytes. */
import type { Cursor } from '../bytes/cursor.js';
import { fromLatin1, utf8 } from '../bytes/text.js';
import { ByteWriter } from '../bytes/writer.js';

/** The only key and signature type this project signs with or trusts. */
export const ED25519 = 'ssh-ed25519';

export function readString(cursor: Cursor, what: string): Uint8Array {
  return cursor.take(cursor.u32be(`length of ${what}`), what);
}

/** A `string` that must be printable ASCII: names of types, ciphers and namespaces. */
export function readName(cursor: Cursor, what: string): string {
  const bytes = readString(cursor, what);
  if (bytes.some((byte) => byte < 0x21 || byte > 0x7e)) cursor.fail(`${what} is not printable ASCII`);
  return fromLatin1(bytes);
}

export function writeString(writer: ByteWriter, value: Uint8Array | string): ByteWriter {
  const bytes = typeof value === 'string' ? utf8(value) : value;
  return writer.u32be(bytes.length).bytes(bytes);
}

/** Several `string`s in a row. */
export function strings(...values: (Uint8Array | string)[]): Uint8Array {
  const writer = new ByteWriter();
  for (const value of values) writeString(writer, value);
  return writer.finish();
}
