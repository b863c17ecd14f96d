/** What a client asks `at1 artifacts --stdio`, one JSON object a line: docs/format/artifacts-protocol.md. */
import { At1Error } from '../errors.js';
import { LEVELS, type Level } from '../transforms/level.js';
import { type Fields, parseFields } from './json-line.js';

export const PROTOCOL = 1;
/** Of a request, in characters. */
export const LINE_LIMIT = 64 * 1024;

/** `quick`: zstd where that helps much, and otherwise the bytes as they are. */
export type StoreLevel = 'quick' | Level;

export type ArtifactRequest =
  | { readonly op: 'hello' }
  | {
      readonly op: 'put' | 'put-tree';
      readonly root: string;
      /** Of the artifact, or of the folder that the tree becomes. */
      readonly path: string;
      /** The local file or folder, absolute. */
      readonly local: string;
      readonly level: StoreLevel;
    }
  | { readonly op: 'get'; readonly root: string; readonly path: string; readonly local: string }
  | { readonly op: 'list' | 'stat' | 'delete' | 'integrity'; readonly root: string; readonly path: string };

export interface NumberedRequest {
  readonly id: number;
  readonly request: ArtifactRequest;
}

const STORE_LEVELS: readonly string[] = ['quick', ...LEVELS];

/** Throws `usage/invalid`; `idOf` tells whom to answer then. */
export function parseRequest(line: string): NumberedRequest {
  if (line.length > LINE_LIMIT) throw invalid(`a request of ${line.length} characters`);
  const fields = fieldsOf(line);
  const { id, op, ...rest } = fields;
  if (!isId(id)) throw invalid('a request without a whole number as its id');
  return { id, request: requestOf(op, rest) };
}

/** Null where it cannot be told. */
export function idOf(line: string): number | null {
  try {
    const { id } = fieldsOf(line.slice(0, LINE_LIMIT));
    return isId(id) ? id : null;
  } catch (error) {
    if (error instanceof At1Error) return null;
    throw error;
  }
}

function requestOf(op: unknown, fields: Fields): ArtifactRequest {
  switch (op) {
    case 'hello':
      only(fields, []);
      return { op };
    case 'put':
    case 'put-tree': {
      only(fields, ['root', 'path', 'local', 'level']);
      const { level = 'quick' } = fields;
      if (typeof level !== 'string' || !STORE_LEVELS.includes(level)) throw invalid('unknown level');
      return { op, ...place(fields), local: textOf(fields, 'local'), level: level as StoreLevel };
    }
    case 'get':
      only(fields, ['root', 'path', 'local']);
      return { op, ...place(fields), local: textOf(fields, 'local') };
    case 'list':
    case 'stat':
    case 'delete':
    case 'integrity':
      only(fields, ['root', 'path']);
      return { op, ...place(fields) };
    default:
      throw invalid('unknown op');
  }
}

function place(fields: Fields): { readonly root: string; readonly path: string } {
  const { path } = fields;
  // What a path may hold is judged where paths are.
  if (typeof path !== 'string') throw invalid("no text for 'path'");
  return { root: textOf(fields, 'root'), path };
}

function fieldsOf(line: string): Fields {
  const fields = parseFields(line);
  if (fields === undefined) throw invalid('a line that is no JSON object');
  return fields;
}

function only(fields: Fields, known: readonly string[]): void {
  for (const name of Object.keys(fields)) {
    if (!known.includes(name)) throw invalid(`unknown field '${name.slice(0, 40)}'`);
  }
}

function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === 'string' && !value.includes('\0')) return value;
  throw invalid(`no text for '${name}'`);
}

function isId(value: unknown): value is number {
  // An answer cannot say -0, and whoever asked with it would wait for ever.
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0);
}

function invalid(what: string): At1Error {
  return new At1Error('usage/invalid', {
    message: `artifacts protocol: ${what}`,
    hint: 'see docs/format/artifacts-protocol.md',
  });
}
