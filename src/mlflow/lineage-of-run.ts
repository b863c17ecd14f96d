/** What a model of MLflow comes from, as links of a manifest: the run that produced it, and the datasets the run says it read. */
import { compareText } from '../bytes/text.js';
import { escapeHidden } from '../manifest/hidden-text.js';
import { holdsPassword, isUri, type Relation } from '../manifest/lineage.js';
import type { MlflowDataset, MlflowDocument } from './document.js';
import { publicAddress, withoutPasswords } from './without-passwords.js';

/** As `at1 register` takes it. */
export interface RunLink {
  readonly relation: Relation;
  readonly of: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Where MLflow's tag mlflow.data.context says one of these, the model was measured on the data and not made of it. */
const MEASURED = new Set(['eval', 'evaluation', 'val', 'valid', 'validation', 'test', 'testing']);
const PARAMETER_LIMIT = 1024;
const NAME_LIMIT = 200;

/** The run first, then the datasets in the order of their names; no two links are to the same thing in the same way. */
export function linksOfRun(document: MlflowDocument): RunLink[] {
  const links = new Map<string, RunLink>();
  for (const dataset of [...document.datasets].sort(compareDatasets)) {
    const relation = relationOf(dataset);
    const parameters = parametersOf({
      context: dataset.context,
      digest: dataset.digest,
      name: dataset.name,
      source_type: dataset.sourceType,
    });
    const address = addressOf(dataset);
    // Two parts of one file are two datasets: the second goes by its name and digest.
    const of = [address, nameOf(dataset)].find((one) => one !== undefined && !links.has(`${relation} ${one}`));
    if (of !== undefined) links.set(`${relation} ${of}`, { relation, of, parameters });
  }
  return [...runLink(document), ...links.values()];
}

function runLink({ server, run, model, registered }: MlflowDocument): RunLink[] {
  if (run === null) return [];
  // Where people look at it; without a server, as MLflow itself writes it, which says nothing of the machine.
  const of = server === null ? `runs:/${run.id}` : `${server}/#/experiments/${run.experimentId}/runs/${run.id}`;
  const parameters = parametersOf({
    artifact: model.artifact,
    experiment: run.experiment,
    model_id: model.id,
    model_version: registered === null ? null : `${registered.name}/${registered.version}`,
    run: run.id,
    run_name: run.name,
  });
  return [{ relation: 'produced-by', of, parameters }];
}

function relationOf({ context }: MlflowDataset): Relation {
  return MEASURED.has(context.trim().toLowerCase()) ? 'evaluated-on' : 'trained-on';
}

/** Where the data is, if others can go there: a path of the machine that trained says nothing to them. */
export function addressOf({ source }: MlflowDataset): string | undefined {
  const said = saidAddress(source);
  if (said === undefined || !/^[a-z][a-z0-9+.-]+:\//i.test(said) || /^file:/i.test(said)) return undefined;
  const encoded = publicAddress(said).replace(/[^!-~]/gu, encodeURIComponent);
  const colon = encoded.indexOf(':');
  const address = encoded.slice(0, colon).toLowerCase() + encoded.slice(colon);
  return isUri(address) && !holdsPassword(address) ? address : undefined;
}

/** MLflow writes JSON, of which the fields depend on the kind of source. */
function saidAddress(source: string): string | undefined {
  let fields: unknown;
  try {
    fields = JSON.parse(source);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return source;
  }
  if (typeof fields !== 'object' || fields === null) return undefined;
  const { uri, url } = fields as { readonly uri?: unknown; readonly url?: unknown };
  return [uri, url].find((one): one is string => typeof one === 'string');
}

function nameOf({ name, digest }: MlflowDataset): string {
  const part = (text: string) => encodeURIComponent([...withoutPasswords(text)].slice(0, NAME_LIMIT).join('')) || '-';
  return `mlflow-dataset:/${part(name)}/${part(digest)}`;
}

/** On one line, visible, and within what a manifest takes; what is longer is in the card. */
function parametersOf(values: Readonly<Record<string, string | null>>): Record<string, string> {
  const kept: [string, string][] = [];
  for (const [name, value] of Object.entries(values)) {
    const text = escapeHidden(withoutPasswords(value ?? '').replace(/[\t\n]/g, ' '));
    if (text !== '' && text.length <= PARAMETER_LIMIT) kept.push([name, text]);
  }
  return Object.fromEntries(kept);
}

/** In one order, whatever order a store answers in. */
export function compareDatasets(a: MlflowDataset, b: MlflowDataset): number {
  const key = ({ name, digest, context, source }: MlflowDataset) => [name, digest, context, source].join('\0');
  return compareText(key(a), key(b));
}
