/** What a version comes from, as people name it, turned into what a manifest says: exact versions with their content. */
import { compareText } from '../bytes/text.js';
import { formatDigest, parseDigest } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import type { RegistryState } from '../history/registry-state.js';
import type { LineageEntry } from '../manifest/generated/types.js';
import { compareLinks, holdsPassword, isUri, RELATIONS, type Relation } from '../manifest/lineage.js';
import { parseReference } from '../manifest/reference.js';
import { nearest } from '../registry/did-you-mean.js';
import { resolveVersion } from './resolve-version.js';

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

const SUFFIX = /@(sha256:[0-9a-f]{64})$/;

/** `trained-on=data/train@1.0.0`, `derived-from=https://example.org/model@sha256:…`. */
export function parseLineage(text: string): LineageRequest {
  const at = text.indexOf('=');
  const [relation, of] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
  if (at < 1 || of === '') {
    throw new At1Error('usage/invalid', {
      message: `not a relation and what it is to: '${text.slice(0, 200)}'`,
      hint: 'write it like trained-on=data/train@1.0.0',
    });
  }
  parseRelation(relation);
  const digest = SUFFIX.exec(of)?.[1];
  if (digest === undefined || isReference(of)) return { relation, of };
  return { relation, of: of.slice(0, -digest.length - 1), content: digest };
}

/** Throws `usage/*`, and for references what `resolveVersion` throws. */
export function resolveLineage(state: RegistryState, requests: readonly LineageRequest[], now: string): LineageEntry[] {
  const entries = requests.map((request) => entryOf(state, request, now)).sort(compareLinks);
  for (const [i, entry] of entries.entries()) {
    if (i > 0 && compareLinks(entries[i - 1] as LineageEntry, entry) === 0) {
      throw new At1Error('usage/invalid', {
        message: `${entry.relation} ${entry.ref ?? entry.uri} is named twice`,
        hint: 'name each thing once for each relation',
      });
    }
  }
  return entries;
}

function entryOf(
  state: RegistryState,
  { relation, of, content, parameters }: LineageRequest,
  now: string,
): LineageEntry {
  const known = Object.entries(parameters ?? {})
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, value]) => ({ name, value }));
  const rest = known.length === 0 ? {} : { parameters: known };
  const start = { relation: parseRelation(relation) };
  if (!isReference(of)) {
    if (!isUri(of)) {
      throw new At1Error('usage/invalid', {
        message: `'${of.slice(0, 200)}' is neither a reference nor a URI`,
        hint: 'write data/train@1.0.0 for a version of this registry, else a URI such as https://example.org/train.csv',
      });
    }
    if (holdsPassword(of)) {
      throw new At1Error('usage/invalid', {
        message: `the URI of ${relation} holds a password`,
        hint: 'leave out what stands before the @: everybody who has the registry would read it',
      });
    }
    return {
      ...start,
      uri: of,
      ...(content === undefined ? {} : { content: formatDigest(parseDigest(content)) }),
      ...rest,
    };
  }
  const { row } = resolveVersion(state, of, { now });
  const found = formatDigest(row.content);
  const ref = `${row.kind}/${row.name}@${row.version}`;
  if (content !== undefined && content !== found) {
    throw new At1Error('lineage/other-content', { message: `${ref} has the content ${found}, not ${content}` });
  }
  return { ...start, ref, content: found, ...rest };
}

function parseRelation(text: string): Relation {
  const found = RELATIONS.find((one) => one === text);
  if (found !== undefined) return found;
  const near = nearest(text, RELATIONS);
  throw new At1Error('usage/invalid', {
    message: `'${text.slice(0, 80)}' is not a relation`,
    hint: near.length > 0 ? `did you mean ${near.join(' or ')}?` : `one of ${RELATIONS.join(', ')}`,
  });
}

function isReference(text: string): boolean {
  try {
    parseReference(text);
    return true;
  } catch (error) {
    if (error instanceof At1Error) return false;
    throw error;
  }
}
