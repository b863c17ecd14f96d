/** One JSON object on a line: how entries of a ledger and requests are written. What its fields may be is for their readers. */
export type Fields = Readonly<Record<string, unknown>>;

/** Undefined for anything but an object. */
export function parseFields(line: string): Fields | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}
