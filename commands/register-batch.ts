/** `at1 register --batch`: JSON lines, one version a line, all of them in one commit or none. */
import { At1Error, type LineageRequest, type RegisterRequest } from '../src/index.js';
import type { Environment } from './environment.js';
import { readCard, readInput, readText, usage } from './register-input.js';

export interface BatchLine {
  /** Counted from 1, as editors do. */
  readonly line: number;
  readonly request: RegisterRequest;
}

/** `-` is standard input. Errors name the line. */
export async function readBatch(from: string, environment: Environment): Promise<BatchLine[]> {
  const text = from === '-' ? await readInput(environment) : await readText(from, environment);
  const lines: BatchLine[] = [];
  for (const [index, content] of text.split('\n').entries()) {
    const line = index + 1;
    if (content.trim() !== '') lines.push({ line, request: await requestOf(content, line, environment) });
  }
  if (lines.length === 0) throw usage('the batch is empty', 'one JSON object a line, with ref and paths');
  return lines;
}

const FIELDS = ['ref', 'paths', 'description', 'purpose', 'license', 'metrics', 'lineage', 'card'];

async function requestOf(content: string, line: number, environment: Environment): Promise<RegisterRequest> {
  const fields = fieldsOf(content, line);
  const refuse = (why: string) => usage(`line ${line}: ${why}`, `the fields are ${FIELDS.join(', ')}`);
  for (const name of Object.keys(fields)) if (!FIELDS.includes(name)) throw refuse(`unknown field '${name}'`);
  const text = (name: string): string | undefined => {
    const value = fields[name];
    if (value !== undefined && typeof value !== 'string') throw refuse(`${name} is not text`);
    return value;
  };
  const { paths = [], metrics = {}, lineage = [] } = fields;
  if (!isTexts(paths) || paths.length === 0) throw refuse('paths is not a list of files or folders');
  if (!isNumbers(metrics)) throw refuse('metrics is not an object of numbers');
  if (!isLineage(lineage)) {
    throw refuse(
      'lineage is not a list of {"relation", "of"}, with content and parameters of text where these are known',
    );
  }
  const card = text('card');
  return {
    ref: text('ref'),
    paths,
    cwd: environment.cwd,
    description: text('description'),
    purpose: text('purpose'),
    license: text('license'),
    metrics,
    lineage,
    card: card === undefined ? undefined : await atLine(line, () => readCard(card, environment)),
  };
}

function fieldsOf(content: string, line: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(content);
    if (isRecord(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw usage(`line ${line}: not a JSON object`, 'write {"ref": "model/name@1.0.0", "paths": ["model.apr"]}');
}

async function atLine<T>(line: number, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw withLine(error, line);
  }
}

/** The same failure, saying which line it came from. */
export function withLine(error: unknown, line: number | undefined): unknown {
  if (!(error instanceof At1Error) || line === undefined) return error;
  const { code, message, hint } = error;
  const { request, ...facts } = error.facts;
  const details = { message: `line ${line}: ${message}`, facts: { ...facts, line }, cause: error };
  return new At1Error(code, hint === undefined ? details : { ...details, hint });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isNumbers(value: unknown): value is Record<string, number> {
  return isRecord(value) && Object.values(value).every((item) => typeof item === 'number');
}

function isLineage(value: unknown): value is readonly LineageRequest[] {
  return (
    Array.isArray(value) &&
    value.every((item) => {
      if (!isRecord(item)) return false;
      const { relation, of, content = '', parameters = {}, ...others } = item;
      const texts = [relation, of, content, ...(isRecord(parameters) ? Object.values(parameters) : [parameters])];
      return isTexts(texts) && Object.keys(others).length === 0;
    })
  );
}
