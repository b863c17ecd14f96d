/**
 * The card of a version that comes from MLflow: TOML with all that was known of the model, the same text for the same run.
 * What does not fit is left out, the largest first, and named: docs/mlflow.md.
 */
import { compareText, utf8 } from '../bytes/text.js';
import { CARD_LIMIT } from '../manifest/check-manifest.js';
import { formatTimestamp } from '../manifest/timestamp.js';
import { writeBasic, writeFloat, writeKey, writeString } from '../manifest/toml-writer.js';
import type { MetricValue, MlflowDataset, MlflowDocument, MlflowText } from './document.js';
import type { Texts } from './fields.js';
import { addressOf, compareDatasets } from './lineage-of-run.js';
import { withoutPasswords } from './without-passwords.js';

export interface MlflowCard {
  readonly text: string;
  /** Names of what is not in it, the largest first. */
  readonly leftOut: readonly string[];
}

/** What MLflow makes of other things it holds, and long. */
const DERIVED_TAGS = new Set(['mlflow.log-model.history']);
/** Bytes of the list of what was left out. */
const LIST_LIMIT = 16 * 1024;
const SHOWN_NAME = 120;
const PROFILE_LIMIT = 4096;
const INTRODUCTION = '# What MLflow knew of this model when it was registered.\n';

/** A line or a few that are in the card together or not at all. */
interface Unit {
  readonly name: string;
  readonly text: string;
  readonly size: number;
  /** Stays, whatever its size: it says what the card is about. */
  readonly kept?: true;
}

interface Table {
  /** Undefined where every unit begins with a header of its own. */
  readonly header: string | undefined;
  readonly units: readonly Unit[];
}

export function writeCard(document: MlflowDocument): MlflowCard {
  const missing: Unit[] = [];
  const tables = tablesOf(document, missing).filter(({ header, units }) => header === 'mlflow' || units.length > 0);
  const dropped = new Set(missing);
  let size = INTRODUCTION.length + LIST_LIMIT;
  for (const { header, units } of tables) {
    size += (header?.length ?? 0) + 4;
    for (const unit of units) size += unit.size;
  }
  const byBytes = tables.flatMap(({ units }) => units).sort(largestFirst);
  for (const unit of byBytes) {
    if (size <= CARD_LIMIT) break;
    if (unit.kept) continue;
    dropped.add(unit);
    size -= unit.size;
  }
  const leftOut = [...dropped].sort(largestFirst);
  const rest = tables.map(({ header, units }, index) => {
    const lines = units.filter((unit) => !dropped.has(unit)).map(({ text }) => text);
    // The first table is [mlflow]: the list is said where a reader begins.
    if (index === 0) lines.push(listOf(leftOut));
    if (lines.join('') === '') return '';
    return `\n${header === undefined ? '' : `[${header}]\n`}${lines.join(header === undefined ? '\n' : '')}`;
  });
  return { text: `${INTRODUCTION}${rest.join('')}`, leftOut: leftOut.map(({ name }) => name) };
}

function tablesOf(document: MlflowDocument, missing: Unit[]): Table[] {
  const { model, registered, signature } = { ...document, signature: document.model.signature };
  const texts = (header: string, values: Texts): Table => ({ header, units: unitsOf(header, values) });
  const tags = (header: string, values: Texts): Table => {
    const table = texts(header, values);
    const derived = table.units.filter(({ name }) => DERIVED_TAGS.has(name.slice(header.length + 1)));
    missing.push(...derived);
    return { header, units: table.units.filter((unit) => !derived.includes(unit)) };
  };
  return [
    { header: 'mlflow', units: headOf(document) },
    texts('flavors', model.flavors),
    texts('params', document.params),
    { header: 'metrics', units: [...document.metrics].sort(byKey).map(([name, value]) => metricUnit(name, value)) },
    texts('signature', new Map(Object.entries(signature ?? {}).filter((part): part is [string, string] => !!part[1]))),
    { header: 'files', units: model.texts.flatMap((file) => fileUnit('files', file.path, file, missing)) },
    { header: 'input_example', units: exampleOf(model.inputExample, missing) },
    tags('tags', document.tags),
    tags('model_tags', model.tags),
    tags('version_tags', registered?.tags ?? new Map()),
    { header: undefined, units: [...document.datasets].sort(compareDatasets).map((one) => datasetUnit(one, missing)) },
  ];
}

/** What it is and where it comes from; identities stay, names people gave may be too long. */
function headOf({ server, run, model, registered }: MlflowDocument): Unit[] {
  const time = (milliseconds: number | null | undefined) =>
    milliseconds === null || milliseconds === undefined ? null : formatTimestamp(Math.floor(milliseconds / 1000));
  const kept: Unit[] = [];
  const keep = (key: string, value: string | null | undefined): void => {
    if (value !== null && value !== undefined) kept.push({ ...textUnit('mlflow', key, value), kept: true });
  };
  const said: Unit[] = [];
  const say = (key: string, value: string | null | undefined): void => {
    if (value !== null && value !== undefined) said.push(textUnit('mlflow', key, value));
  };
  keep('server', server);
  keep('run', run?.id);
  say('run_name', run?.name);
  keep('experiment_id', run?.experimentId);
  say('experiment', run?.experiment);
  keep('status', run?.status);
  keep('started', time(run?.started));
  keep('ended', time(run?.ended));
  keep('model_id', model.id);
  say('model', model.name);
  say('artifact', model.artifact);
  say('logged_with', model.loggedWith);
  say('registered_model', registered?.name);
  say('model_version', registered?.version);
  say('description', registered?.description);
  if (registered !== null && registered.aliases.length > 0) {
    const aliases = [...registered.aliases].sort(compareText).map((alias) => writeBasic(withoutPasswords(alias)));
    said.push(unit('mlflow.aliases', `aliases = [${aliases.join(', ')}]\n`));
  }
  return [...kept, ...said];
}

function unitsOf(header: string, values: Texts): Unit[] {
  return [...values].sort(byKey).map(([key, value]) => textUnit(header, key, value));
}

function textUnit(header: string, key: string, value: string): Unit {
  return unit(`${header}.${key}`, `${writeKey(key)} = ${written(value)}\n`);
}

function metricUnit(key: string, value: MetricValue): Unit {
  const number = typeof value === 'number' ? writeFloat(value) : writeBasic(value);
  return unit(`metrics.${key}`, `${writeKey(key)} = ${number}\n`);
}

function fileUnit(header: string, key: string, { size, text }: MlflowText, missing: Unit[]): Unit[] {
  if (text !== null) return [textUnit(header, key, text)];
  missing.push({ name: `${header}.${key}`, text: '', size });
  return [];
}

function exampleOf(example: MlflowText | null, missing: Unit[]): Unit[] {
  if (example === null) return [];
  return [textUnit('input_example', 'path', example.path), ...fileUnit('input_example', 'text', example, missing)];
}

function datasetUnit(dataset: MlflowDataset, missing: Unit[]): Unit {
  const { name, digest, sourceType, profile, context } = dataset;
  const fields: [string, string][] = [
    ['name', name],
    ['digest', digest],
    ['context', context],
    ['source_type', sourceType],
    ['source', addressOf(dataset) ?? ''],
  ];
  const whole = `datasets.${name}`;
  if (profile.length <= PROFILE_LIMIT) fields.push(['profile', profile]);
  else missing.push({ name: `${whole}.profile`, text: '', size: utf8(profile).length });
  const lines = fields.filter(([, value]) => value !== '').map(([key, value]) => `${key} = ${written(value)}\n`);
  return unit(whole, `[[datasets]]\n${lines.join('')}`);
}

function unit(name: string, text: string): Unit {
  return { name, text, size: utf8(text).length + 1 };
}

/** Between single quotes nothing is escaped: JSON stays readable. */
const LITERAL = /^[\x20-\x26\x28-\x7e]*$/;

function written(value: string): string {
  const text = withoutPasswords(value);
  return text.includes('"') && LITERAL.test(text) ? `'${text}'` : writeString(text);
}

function listOf(leftOut: readonly Unit[]): string {
  if (leftOut.length === 0) return '';
  const lines: string[] = [];
  let size = 0;
  for (const { name, size: bytes } of leftOut) {
    const characters = [...withoutPasswords(name)];
    const shown = characters.length > SHOWN_NAME ? `${characters.slice(0, SHOWN_NAME).join('')}…` : characters.join('');
    const line = `  ${writeBasic(`${shown} (${bytes} bytes)`)},\n`;
    size += utf8(line).length;
    if (size > LIST_LIMIT - 100) break;
    lines.push(line);
  }
  return `left_out_count = ${leftOut.length}\nleft_out = [\n${lines.join('')}]\n`;
}

function largestFirst(a: Unit, b: Unit): number {
  return b.size - a.size || compareText(a.name, b.name);
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return compareText(a, b);
}
