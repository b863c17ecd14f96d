/** From what MLflow knows of a model to what is registered: name, card, numbers and lineage. Everything here is a pure function. */
import { compareText, utf8 } from '../bytes/text.js';
import { DESCRIPTION_LIMIT } from '../manifest/check-manifest.js';
import { findHidden } from '../manifest/hidden-text.js';
import type { LineageRequest } from '../manifest/lineage.js';
import { isName } from '../manifest/name.js';
import { writeCard } from './card.js';
import type { MlflowDocument } from './document.js';
import { linksOfRun, type RunLink } from './lineage-of-run.js';
import { withoutPasswords } from './without-passwords.js';

export interface VersionOfModel {
  /** A legal name made of what MLflow calls it; undefined where none can be made. */
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly card: { readonly format: 'toml'; readonly text: string };
  readonly metrics: Readonly<Record<string, number>>;
  readonly lineage: readonly LineageRequest[];
  /** Metrics that a manifest cannot hold: no finite number, another kind of name, or beyond the first thousand. */
  readonly cardOnly: readonly string[];
  /** What is not even in the card. */
  readonly leftOut: readonly string[];
}

const METRIC_NAME = /^[A-Za-z0-9][A-Za-z0-9_./: @%+-]{0,127}$/;
const METRIC_LIMIT = 1000;
const LINEAGE_LIMIT = 256;

/** `said` is lineage by hand: of data it takes the place of what the run says in the same relation; all else is added. */
export function versionOfModel(document: MlflowDocument, said: readonly LineageRequest[] = []): VersionOfModel {
  const { registered, run, model } = document;
  const { text, leftOut } = writeCard(document);
  const sorted = [...document.metrics].sort(([a], [b]) => compareText(a, b));
  const fitting = sorted.filter((entry): entry is [string, number] => isFitting(entry)).slice(0, METRIC_LIMIT);
  const metrics = Object.fromEntries(fitting);
  const { lineage, missing } = lineageOf(linksOfRun(document), said);
  return {
    name: legalName(registered?.name ?? run?.name ?? model.name ?? ''),
    description: plainDescription(registered?.description ?? null),
    card: { format: 'toml', text },
    metrics,
    lineage,
    cardOnly: sorted.map(([name]) => name).filter((name) => !Object.hasOwn(metrics, name)),
    leftOut: [...leftOut, ...missing],
  };
}

function isFitting([name, value]: readonly [string, unknown]): boolean {
  return typeof value === 'number' && METRIC_NAME.test(name);
}

function lineageOf(
  own: readonly RunLink[],
  said: readonly LineageRequest[],
): { readonly lineage: LineageRequest[]; readonly missing: string[] } {
  const relations = new Set(said.map(({ relation }) => relation));
  const kept = own.filter(
    ({ relation, of }) =>
      !(relation !== 'produced-by' && relations.has(relation)) &&
      !said.some((other) => other.relation === relation && other.of === of),
  );
  const room = Math.max(0, LINEAGE_LIMIT - said.length);
  const missing = kept.slice(room).map(({ relation, of }) => `lineage ${relation} ${of}`);
  return { lineage: [...said, ...kept.slice(0, room)], missing };
}

/** Where it fits as it is; the card has it in any case. */
function plainDescription(text: string | null): string | undefined {
  const shown = withoutPasswords(text ?? '');
  const fits = shown !== '' && findHidden(shown) < 0 && utf8(shown).length <= DESCRIPTION_LIMIT;
  return fits ? shown : undefined;
}

/** Lower case, other characters as `-`; dots stay where they may, since they tell versions of a name apart. */
function legalName(text: string): string | undefined {
  const name = text
    .slice(0, 1000)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[._-]+|[._-]+$/g, '');
  return isName(name) ? name : undefined;
}
