/**
 * What `python -m at1_mlflow.export` says of a logged model: docs/format/mlflow-document.md. It comes from another program and
 * out of a server somebody else runs, so every field is looked at; what it amounts to is for the other files here.
 */
import { At1Error } from '../errors.js';
import { parseRelPath } from '../manifest/rel-path.js';
import { LAST_SECOND } from '../manifest/timestamp.js';
import { Fields, matching, parseJson, type Texts, textAt, wholeNumber, wrong } from './fields.js';

export const PROTOCOL = 1;
/** Of a whole document, in bytes. */
export const DOCUMENT_LIMIT = 32 * 1024 * 1024;

/** What is no number in a manifest stays a word. */
export type MetricValue = number | 'nan' | 'inf' | '-inf';

export interface MlflowRun {
  readonly id: string;
  readonly name: string | null;
  readonly experimentId: string;
  readonly experiment: string | null;
  readonly status: string;
  /** Milliseconds since 1970. */
  readonly started: number | null;
  readonly ended: number | null;
}

export interface MlflowDataset {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly profile: string;
  readonly context: string;
}

/** A file of the model; null where its text is too long, or none. */
export interface MlflowText {
  readonly path: string;
  readonly size: number;
  readonly text: string | null;
}

export interface MlflowModel {
  /** Of a logged model of MLflow 3. */
  readonly id: string | null;
  readonly name: string | null;
  /** Its place among the artifacts of the run. */
  readonly artifact: string | null;
  /** Its name, where the model is one file. */
  readonly file: string | null;
  readonly tags: Texts;
  /** Versions by flavour; '' where none is said. */
  readonly flavors: Texts;
  readonly loggedWith: string | null;
  readonly signature: Readonly<Record<'inputs' | 'outputs' | 'params', string | null>> | null;
  readonly texts: readonly MlflowText[];
  readonly inputExample: MlflowText | null;
}

export interface MlflowRegistered {
  readonly name: string;
  readonly version: string;
  readonly description: string | null;
  readonly aliases: readonly string[];
  readonly tags: Texts;
}

export interface MlflowDocument {
  /** The tracking server as people open it; null where there is none. */
  readonly server: string | null;
  readonly run: MlflowRun | null;
  readonly params: Texts;
  readonly metrics: ReadonlyMap<string, MetricValue>;
  readonly tags: Texts;
  readonly datasets: readonly MlflowDataset[];
  readonly model: MlflowModel;
  /** Its version in the model registry of MLflow. */
  readonly registered: MlflowRegistered | null;
}

/** Why there is no document, in the words of the exporter. */
export interface MlflowProblem {
  readonly kind: string;
  readonly message: string;
  readonly choices: readonly string[];
}

export type MlflowAnswer = { readonly document: MlflowDocument } | { readonly problem: MlflowProblem };

/** Throws `document/syntax`, `document/schema`, `document/too-large`. */
export function parseAnswer(text: string): MlflowAnswer {
  if (text.length > DOCUMENT_LIMIT) throw tooLarge();
  const fields = new Fields(parseJson(text), '');
  if (fields.value('document') !== PROTOCOL) throw wrong('/document', `not ${PROTOCOL}`);
  if (fields.has('error')) {
    fields.only('document', 'error');
    const error = fields.inner('error');
    error.only('kind', 'message', 'choices');
    return { problem: { kind: error.text('kind'), message: error.text('message'), choices: error.list('choices') } };
  }
  return { document: documentOf(fields) };
}

export function tooLarge(): At1Error {
  return new At1Error('document/too-large', {
    message: `what MLflow knows of this model has more than ${DOCUMENT_LIMIT} bytes`,
    facts: { limit: DOCUMENT_LIMIT },
  });
}

function documentOf(fields: Fields): MlflowDocument {
  fields.only('document', 'server', 'run', 'params', 'metrics', 'tags', 'datasets', 'model', 'registered');
  return {
    server: fields.maybe('server', (value, at) => matching(value, at, SERVER)),
    run: fields.maybe('run', (value, at) => runOf(new Fields(value, at))),
    params: fields.texts('params'),
    metrics: new Map(fields.entries('metrics', metricOf)),
    tags: fields.texts('tags'),
    datasets: fields.items('datasets', (value, at) => datasetOf(new Fields(value, at))),
    model: modelOf(fields.inner('model')),
    registered: fields.maybe('registered', (value, at) => registeredOf(new Fields(value, at))),
  };
}

// Without what lets one in, and without what would hide the rest of the address.
const SERVER = /^https?:\/\/[a-zA-Z0-9.:[\]_-]{1,255}(\/[A-Za-z0-9._~%,;=+!*'()&$-]{1,255}){0,7}$/;
const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,255}$/;
const STATUS = /^[A-Z_]{1,32}$/;

function runOf(fields: Fields): MlflowRun {
  fields.only('id', 'name', 'experiment_id', 'experiment', 'status', 'started', 'ended');
  return {
    id: matching(fields.value('id'), fields.at('id'), ID),
    name: fields.maybe('name', textAt),
    experimentId: matching(fields.value('experiment_id'), fields.at('experiment_id'), ID),
    experiment: fields.maybe('experiment', textAt),
    status: matching(fields.value('status'), fields.at('status'), STATUS),
    started: fields.maybe('started', (value, at) => wholeNumber(value, at, LAST_SECOND * 1000)),
    ended: fields.maybe('ended', (value, at) => wholeNumber(value, at, LAST_SECOND * 1000)),
  };
}

function metricOf(value: unknown, at: string): MetricValue {
  if (value === 'nan' || value === 'inf' || value === '-inf') return value;
  // What JSON writes as 1e999 is read as infinite.
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw wrong(at, 'not a number');
}

function datasetOf(fields: Fields): MlflowDataset {
  fields.only('name', 'digest', 'source_type', 'source', 'profile', 'context');
  return {
    name: fields.text('name'),
    digest: fields.text('digest'),
    sourceType: fields.text('source_type'),
    source: fields.text('source'),
    profile: fields.text('profile'),
    context: fields.text('context'),
  };
}

function modelOf(fields: Fields): MlflowModel {
  const names = ['id', 'name', 'artifact', 'file', 'tags', 'flavors', 'logged_with', 'signature', 'texts'];
  fields.only(...names, 'input_example');
  return {
    id: fields.maybe('id', (value, at) => matching(value, at, ID)),
    name: fields.maybe('name', textAt),
    artifact: fields.maybe('artifact', textAt),
    file: fields.maybe('file', fileName),
    tags: fields.texts('tags'),
    flavors: fields.texts('flavors'),
    loggedWith: fields.maybe('logged_with', textAt),
    signature: fields.maybe('signature', (value, at) => signatureOf(new Fields(value, at))),
    texts: fields.items('texts', (value, at) => fileOf(new Fields(value, at))),
    inputExample: fields.maybe('input_example', (value, at) => fileOf(new Fields(value, at))),
  };
}

function signatureOf(fields: Fields): MlflowModel['signature'] {
  fields.only('inputs', 'outputs', 'params');
  const part = (name: string) => fields.maybe(name, textAt);
  return { inputs: part('inputs'), outputs: part('outputs'), params: part('params') };
}

function fileOf(fields: Fields): MlflowText {
  fields.only('path', 'size', 'text');
  const size = wholeNumber(fields.value('size'), fields.at('size'), Number.MAX_SAFE_INTEGER);
  return { path: fields.text('path'), size, text: fields.maybe('text', textAt) };
}

function registeredOf(fields: Fields): MlflowRegistered {
  fields.only('name', 'version', 'description', 'aliases', 'tags');
  return {
    name: fields.text('name'),
    version: fields.text('version'),
    description: fields.maybe('description', textAt),
    aliases: fields.list('aliases'),
    tags: fields.texts('tags'),
  };
}

function fileName(value: unknown, at: string): string {
  const name = textAt(value, at);
  try {
    if (!name.includes('/')) return parseRelPath(name);
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
  }
  throw wrong(at, 'not the name of a file');
}
