/** What a manifest says its version was made from: the rules a schema cannot say. docs/format/registry.md section 4.1. */
import { compareText } from '../bytes/text.js';
import { type Digest, parseDigest } from '../digest/digest.js';
import { inField, invalid } from './check.js';
import type { LineageEntry, ManifestDocument } from './generated/types.js';
import { parseReference } from './reference.js';
import type { Pointer } from './toml-place.js';

export type Relation = LineageEntry['relation'];

/** In the order in which help and documents name them. */
export const RELATIONS: readonly Relation[] = [
  'derived-from',
  'fine-tuned-from',
  'distilled-from',
  'merged-from',
  'quantized-from',
  'pruned-from',
  'trained-on',
  'evaluated-on',
  'produced-by',
];

/** One thing a version comes from. */
export interface LineageRequest {
  /** One of `RELATIONS`. */
  readonly relation: string;
  /** A reference of this registry (`data/train@1.0.0`, `data/train`, `base:production`), or a URI of something elsewhere. */
  readonly of: string;
  /** Content digest, `sha256:…`; of a reference it is looked up. */
  readonly content?: string | undefined;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/**
 * One link of the lineage as far as rules ask: to a version of this registry, or out of it. What is elsewhere is named in the
 * manifest alone: whoever folds a history keeps these, and anybody may push long URIs.
 */
export type LineageLink =
  | { readonly relation: Relation; readonly ref: string; readonly content: Digest }
  | { readonly relation: Relation; readonly ref: null; readonly content: Digest | null };

const NONE: readonly LineageLink[] = [];

/** Of a manifest that has passed its checks. */
export function linksOf({ lineage }: Pick<ManifestDocument, 'lineage'>): readonly LineageLink[] {
  // Most have none, and share one.
  if (lineage === undefined) return NONE;
  return lineage.map(({ relation, ref, content }) => {
    const digest = content === undefined ? null : parseDigest(content);
    // The schema has a digest beside every reference.
    return ref === undefined || digest === null
      ? { relation, ref: null, content: digest }
      : { relation, ref, content: digest };
  });
}

export function isUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]{0,31}:[!-~]{1,2048}$/.test(text);
}

/** Schemes that readers of the WHATWG kind give a host to, whatever the slashes. */
const WEB = /^(?:https?|ftp|wss?):[/\\]*/i;
const HOSTED = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * A name or password in front of the host: what is committed is read by everybody, and tokens stand there too. `git@` is
 * none. Keys with slashes in them count: what follows a colon in the host and is no port belongs to a password.
 */
export function holdsPassword(uri: string): boolean {
  const start = (WEB.exec(uri) ?? HOSTED.exec(uri))?.[0];
  if (start === undefined) return false;
  const rest = uri.slice(start.length);
  const [host = ''] = rest.split(/[/\\?#]/, 1);
  if (host.includes('@')) return !/^git@[^@]*$/.test(host);
  const port = /^(?:\[[^\]]*\]|[^:]*):(.*)$/.exec(host)?.[1];
  return port !== undefined && !/^[0-9]*$/.test(port) && rest.includes('@');
}

/** The order in which lineage is written. */
export function compareLinks(a: LineageEntry, b: LineageEntry): number {
  return compareText(a.relation, b.relation) || compareText(a.ref ?? a.uri ?? '', b.ref ?? b.uri ?? '');
}

export function checkLineage({ kind, name, version, lineage = [] }: ManifestDocument, text: string | undefined): void {
  const own = `${kind}/${name}@${version}`;
  for (const [i, entry] of lineage.entries()) {
    const at: Pointer = ['lineage', i];
    if (entry.ref !== undefined) checkRef(entry.ref, own, [...at, 'ref'], text);
    if (entry.uri !== undefined && holdsPassword(entry.uri)) {
      throw invalid('a URI with a name or password in it', [...at, 'uri'], text, 'leave out what stands before the @');
    }
    if (i > 0 && compareLinks(lineage[i - 1] as LineageEntry, entry) >= 0) {
      throw invalid('/lineage: entries are not unique and sorted by relation and target', at, text);
    }
    const names = (entry.parameters ?? []).map((parameter) => parameter.name);
    for (let j = 1; j < names.length; j++) {
      if (compareText(names[j - 1] as string, names[j] as string) >= 0) {
        throw invalid('parameters are not unique and sorted by their names', [...at, 'parameters', j], text);
      }
    }
  }
}

function checkRef(ref: string, own: string, pointer: Pointer, text: string | undefined): void {
  const { kind, name, selector } = inField(pointer, text, () => parseReference(ref));
  const exact = selector.kind === 'exact' ? `${kind}/${name}@${selector.version}` : undefined;
  if (exact !== ref) throw invalid(`'${ref}' is not an exact reference, kind/name@1.2.0`, pointer, text);
  if (ref === own) throw invalid('a version cannot come from itself', pointer, text);
}
