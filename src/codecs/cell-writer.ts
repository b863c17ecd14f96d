/** Cells of a stream while they are collected: a line feed between two of them. */
import { LF } from './json-text.js';
import { NumberWriter } from './number-writer.js';

export class CellWriter {
  readonly #writer = new NumberWriter();
  #count = 0;

  /** Bytes without line feed. */
  add(cell: Uint8Array): void {
    if (this.#count++ > 0) this.#writer.u8(LF);
    this.#writer.bytes(cell);
  }

  /** A view; the writer is used up. */
  finish(): Uint8Array {
    return this.#writer.finish();
  }
}
