/** Structures of the compact protocol of Thrift, as far as parquet has them: fields in ascending order, nested as they come. */
import { utf8 } from '../bytes/text.js';
import { NumberWriter } from '../codecs/number-writer.js';

const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;
const SHORT_LIST = 15;

export class ThriftStruct {
  readonly #out = new NumberWriter();
  #last = 0;

  i32(field: number, value: number): this {
    this.#head(field, I32);
    this.#out.signed(value);
    return this;
  }

  i64(field: number, value: number): this {
    this.#head(field, I64);
    this.#out.signed(value);
    return this;
  }

  text(field: number, value: string): this {
    this.#head(field, BINARY);
    this.#binary(value);
    return this;
  }

  struct(field: number, value: ThriftStruct): this {
    this.#head(field, STRUCT);
    this.#out.bytes(value.finish());
    return this;
  }

  structs(field: number, values: readonly ThriftStruct[]): this {
    this.#list(field, STRUCT, values.length);
    for (const value of values) this.#out.bytes(value.finish());
    return this;
  }

  i32s(field: number, values: readonly number[]): this {
    this.#list(field, I32, values.length);
    for (const value of values) this.#out.signed(value);
    return this;
  }

  texts(field: number, values: readonly string[]): this {
    this.#list(field, BINARY, values.length);
    for (const value of values) this.#binary(value);
    return this;
  }

  /** With the mark of its end. */
  finish(): Uint8Array {
    return new NumberWriter().bytes(this.#out.finish()).u8(0).finish();
  }

  #head(field: number, type: number): void {
    this.#out.u8(((field - this.#last) << 4) | type);
    this.#last = field;
  }

  #list(field: number, type: number, length: number): void {
    this.#head(field, LIST);
    if (length < SHORT_LIST) this.#out.u8((length << 4) | type);
    else this.#out.u8((SHORT_LIST << 4) | type).uint(length);
  }

  #binary(text: string): void {
    const bytes = utf8(text);
    this.#out.uint(bytes.length).bytes(bytes);
  }
}
