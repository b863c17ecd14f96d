/** Which field a parser names as missing, for every place where its input may end. */
import { At1Error } from '../../src/errors.js';

/** The names in order, each once; empty when the parser found nothing wrong with any shorter input. */
export function cutFields(bytes: Uint8Array, parse: (cut: Uint8Array) => unknown): string[] {
  const fields: string[] = [];
  for (let length = 0; length < bytes.length; length++) {
    try {
      parse(bytes.slice(0, length));
    } catch (error) {
      if (!(error instanceof At1Error)) throw error;
      const field = /^(.*): length \d+ exceeds \d+ available/.exec(error.message)?.[1];
      if (field !== undefined && fields.at(-1) !== field) fields.push(field);
    }
  }
  return fields;
}
