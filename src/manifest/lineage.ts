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

/** One link of the lineage, without its parameters: either to a version of this registry, or out of it. */
export type LineageLink =
  | { readonly relation: Relation; readonly ref: string; readonly content: Digest }
  | { readonly relation: Relation; readonly uri: string; readonly content: Digest | null };

const NONE: readonly LineageLink[] = [];

/** Of a manifest that has passed its checks. */
export function linksOf({ lineage }: Pick<ManifestDocument, 'lineage'>): readonly LineageLink[] {
  // Most have none, and share one.
  if (lineage === undefined) return NONE;
  return lineage.map(({ relation, ref, uri, content }) =>
    ref === undefined
      ? { relation, uri: uri as string, content: content === undefined ? null : parseDigest(content) }
      : { relation, ref, content: parseDigest(content as string) },
  );
}

export function targetOf(link: LineageLink): string {
  return 'ref' in link ? link.ref : link.uri;
}

export function isUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]{0,31}:[!-~]{1,2048}$/.test(text);
}

/** `//user:password@`: what is committed is read by everybody. */
export function holdsPassword(uri: string): boolean {
  return /^[^/?#]*:\/\/[^/?#@]*:[^/?#]*@/.test(uri);
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
      throw invalid('a URI with a password in it', [...at, 'uri'], text, 'leave out what stands before the @');
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
