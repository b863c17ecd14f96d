/** Steps that every document takes after parsing: its schema, then whatever rules a schema cannot say. */
import { At1Error, type Facts } from '../errors.js';
import type { SchemaError, Validator } from './generated/validators.js';
import { locate, type Pointer, parsePointer, showPointer } from './toml-place.js';

/** A document that is wrong; `text`, where known, gives line and column. */
export function invalid(message: string, pointer: Pointer, text: string | undefined, hint?: string): At1Error {
  const place: Facts = (text === undefined ? undefined : locate(text, pointer)) ?? {};
  return new At1Error('document/schema', {
    message,
    facts: { ...place, at: showPointer(pointer) },
    ...(hint === undefined ? {} : { hint }),
  });
}

export function checkSchema(validator: Validator, value: unknown, text: string | undefined): void {
  if (validator(value)) return;
  // What is wrong with a name is said first, without the name; the error after it has both.
  const errors = validator.errors ?? [];
  const error = errors.find(({ keyword }) => keyword === 'propertyNames') ?? errors[0];
  if (error === undefined) throw new TypeError('a validator failed without an error');
  const extra = error.params.additionalProperty;
  const pointer = parsePointer(error.instancePath);
  const at = typeof extra === 'string' ? [...pointer, extra] : pointer;
  throw invalid(describe(error), at, text);
}

function describe(error: SchemaError): string {
  const where = error.instancePath === '' ? 'the document' : error.instancePath.slice(0, 200);
  const { additionalProperty, missingProperty, allowedValues, propertyName } = error.params;
  if (typeof additionalProperty === 'string') return `unknown field '${additionalProperty.slice(0, 80)}' in ${where}`;
  if (typeof missingProperty === 'string') return `field '${missingProperty}' is missing in ${where}`;
  if (Array.isArray(allowedValues)) return `${where} must be one of ${allowedValues.join(', ')}`;
  if (typeof propertyName === 'string') return `name '${propertyName.slice(0, 80)}' is not allowed in ${where}`;
  return `${where} ${error.message ?? 'is not valid'}`;
}

/** Runs a parser of one field, so that its error says where in the document the field is. */
export function inField<T>(pointer: Pointer, text: string | undefined, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    throw invalid(`${showPointer(pointer)}: ${error.message}`, pointer, text, error.hint);
  }
}
