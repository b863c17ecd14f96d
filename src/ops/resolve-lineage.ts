/** What a version comes from, as people name it, turned into what a manifest says: exact versions with their content. */
import { compareText } from '../bytes/text.js';
import { refOf } from '../checks/check-lineage.js';
import { formatDigest, parseDigest } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import type { RegistryState } from '../history/registry-state.js';
import type { LineageEntry } from '../manifest/generated/types.js';
import { compareLinks, holdsPassword, isUri, type LineageRequest } from '../manifest/lineage.js';
import { isReference, parseRelation, quoted } from '../registry/lineage-request.js';
import { resolveVersion } from './resolve-version.js';

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
  // Some texts are both, as a:b is; with a digest of its own it is meant as a URI, since of a reference the digest is looked up.
  if (!isReference(of) || (content !== undefined && isUri(of))) {
    if (holdsPassword(of)) {
      throw new At1Error('usage/invalid', {
        message: `the URI of ${relation} holds a name or password`,
        hint: 'leave out what stands before the @: everybody who has the registry would read it',
      });
    }
    if (!isUri(of)) {
      throw new At1Error('usage/invalid', {
        message: `'${quoted(of)}' is neither a reference nor a URI`,
        hint: 'write data/train@1.0.0 for a version of this registry, else a URI such as https://example.org/train.csv',
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
  const ref = refOf(row);
  if (content !== undefined && content !== found) {
    throw new At1Error('lineage/other-content', { message: `${ref} has the content ${found}, not ${content}` });
  }
  return { ...start, ref, content: found, ...rest };
}
